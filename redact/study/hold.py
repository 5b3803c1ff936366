"""The study's one lock, and the comparison that keeps a stale view from being written.

Whatever writes key, packets, state, decisions or log does so in `hold`. It gives the open log, and
functions that write ask for it: who has no lock has no log to give. See docs/decisions/024.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from redact.audit.log import AuditLog, open_log
from redact.disk import cannot_read, files_in, sweep_temporary
from redact.errors import StudyChanged
from redact.study.folder import Study, actor


@dataclass(frozen=True, slots=True)
class Seen:
    """SHA-256, in hex, of what must be as it was when somebody writes what follows from it.

    The key's files with their notes (they name the recipient), the folder of packets, the policy.
    What is decided and how far the study has come is read within the lock, or compared there.
    """

    key: str
    custody: str
    policy: str


@dataclass(frozen=True, slots=True)
class _Holding:
    """A log that is open, and the process that opened it: a child has not its parent's lock."""

    log: AuditLog
    process: int


_HOLDING: ContextVar[Mapping[Path, _Holding] | None] = ContextVar("holding", default=None)


def as_it_lies(study: Study) -> Seen:
    """The study as it is now; a file that another command just took away counts as none."""
    policy = [study.policy] if study.policy.exists() else []
    return Seen(
        key=_digest(_plain_files(study.linkage)),
        custody=_digest(_plain_files(study.custody)),
        policy=_digest(policy),
    )


def _plain_files(folder: Path) -> list[Path]:
    """Not what a killed writer left: the next writer sweeps it away."""
    return [path for path in files_in(folder, "*") if not path.name.startswith(".")]


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                found = hashlib.file_digest(file, "sha256").digest()
        except (FileNotFoundError, IsADirectoryError):
            continue
        except OSError as error:
            raise cannot_read(path, error) from None
        digest.update(os.fsencode(path.name) + b"\0" + found)
    return digest.hexdigest()


@contextlib.contextmanager
def hold(study: Study, seen: Seen | None = None) -> Iterator[AuditLog]:
    """The study's log under its lock, if the study still is what was `seen`; one hold in another.

    Raises Busy while another command has the lock, and StudyChanged, with nothing written, if key,
    packets or policy are not those that were seen any more.
    """
    root, process = study.root.resolve(), os.getpid()
    held = _HOLDING.get() or {}
    outer = held.get(root)
    if outer is not None and outer.process == process:
        require_seen(study, seen)
        yield outer.log
        return
    with open_log(study.audit, actor(study)) as log:
        for folder in (study.linkage, study.originals, study.custody):
            sweep_temporary(folder)
        require_seen(study, seen)
        before = _HOLDING.set({**held, root: _Holding(log, process)})
        try:
            yield log
        finally:
            _HOLDING.reset(before)


def require_seen(study: Study, seen: Seen | None) -> None:
    """Raises StudyChanged unless the study still is what was seen; within the lock."""
    if seen is not None and as_it_lies(study) != seen:
        raise changed(study)


def changed(study: Study) -> StudyChanged:
    """The error when somebody else changed the study under a command's eyes."""
    return StudyChanged(
        "the study changed meanwhile: nothing was written; run it again", where=str(study.root)
    )
