"""Writing the audit log: a signed checkpoint is laid down ahead of every entry.

SECURITY.md §4.3 in short: sign the checkpoint for n+1 into `.next`, write the
line, fsync, then promote `.next`. After a crash the log is either whole, or one
entry ahead of its checkpoint with a `.next` that vouches for it, or carries a
torn tail, which is set aside and said. Anything else is refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from redact.audit.events import Event, EventError, entry_line, read_entry
from redact.audit.note import (
    NoteError,
    Signer,
    checkpoint_text,
    open_note,
    read_checkpoint,
)
from redact.audit.tree import Tree, leaf_hash
from redact.errors import RedactError, Tampered
from redact.study import FILE_MODE, cannot_write, locked, sweep_temporary, sync_folder, write_atomic

LOG = "log.jsonl"
CHECKPOINT = "log.checkpoint"
NEXT = "log.next"
SIGNING_KEY = "signing.key"
NO_HASH = bytes(32)


def utc_now() -> str:
    """RFC 3339 in UTC with milliseconds, as every entry carries it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


@dataclass(slots=True)
class AuditLog:
    """An open log, held under its lock; `append` returns only when the entry is safe on disk."""

    folder: Path
    signer: Signer = field(repr=False)
    actor: dict[str, str]
    clock: Callable[[], str] = utc_now
    tree: Tree = field(default_factory=Tree)
    last_hash: bytes = NO_HASH
    last_time: str = ""

    @property
    def origin(self) -> str:
        return self.signer.name

    @property
    def key(self) -> str:
        """The verifier key to give away: whoever holds it can check the log."""
        return str(self.signer.verifier())

    def checkpoint(self) -> str:
        """The signed checkpoint of the log as it stands."""
        return _read(self.folder / CHECKPOINT).decode("utf-8")

    def append(self, kind: str, **data: object) -> None:
        """Adds one entry. RedactError if the disk refuses; the log is then as it was."""
        now = self.clock()
        if self.last_time and now < self.last_time:
            self._append(Event("clock.regressed", {"last": self.last_time}), now)
        self._append(Event(kind, dict(data)), now)

    def _append(self, event: Event, now: str) -> None:
        line = entry_line(self.origin, self.tree.size, now, self.last_hash, self.actor, event)
        leaf = leaf_hash(line)
        grown = self.tree.add(leaf)
        note = self.signer.sign(checkpoint_text(self.origin, grown.size, grown.root()))
        write_atomic(self.folder / NEXT, note)
        _append_line(self.folder / LOG, line + b"\n")
        self._promote()
        self.tree, self.last_hash, self.last_time = grown, leaf, now

    def _promote(self) -> None:
        try:
            (self.folder / NEXT).replace(self.folder / CHECKPOINT)
            sync_folder(self.folder)
        except OSError as error:
            raise cannot_write(self.folder / CHECKPOINT, error) from None


def create_log(folder: Path, origin: str) -> Signer:
    """Makes the signing key (0600) and an empty log under a signed checkpoint of size 0."""
    signer = Signer.generate(origin)
    write_atomic(folder / SIGNING_KEY, signer.text().encode("ascii") + b"\n")
    write_atomic(folder / CHECKPOINT, signer.sign(checkpoint_text(origin, 0, Tree().root())))
    write_atomic(folder / LOG, b"")
    return signer


@contextlib.contextmanager
def open_log(folder: Path, actor: dict[str, str]) -> Iterator[AuditLog]:
    """The log under its lock, recovered from a crash if need be.

    Raises Tampered when what lies there cannot have come from a crash.
    """
    with locked(folder / "log.lock"):
        sweep_temporary(folder)
        try:
            signer = Signer.parse(_read(folder / SIGNING_KEY).decode("ascii"))
        except (NoteError, UnicodeDecodeError):
            raise Tampered("the log's signing key is damaged", where=str(folder)) from None
        log = AuditLog(folder, signer, actor)
        torn = _load(log)
        if torn:
            data = {"at": torn[0], "bytes": torn[1], "sha256": torn[2]}
            log._append(Event("log.recovered", data), log.clock())
        yield log


def _load(log: AuditLog) -> tuple[int, int, str] | None:
    """Reads the log into its tree and mends crash residue; gives the place of a torn tail."""
    data = _read(log.folder / LOG)
    whole, _, tail = data.rpartition(b"\n")
    lines = whole.split(b"\n") if whole else []
    for line in lines:
        try:
            log.last_time = str(read_entry(line)["time"])
        except EventError:
            raise _refused(log.folder, f"entry {log.tree.size} is not as it was written") from None
        log.last_hash = leaf_hash(line)
        log.tree = log.tree.add(log.last_hash)
    signed_size, signed_root = _signed(log, CHECKPOINT)
    if log.tree.size == signed_size + 1 and (log.folder / NEXT).exists():
        signed_size, signed_root = _signed(log, NEXT)
        log._promote()
    if (log.tree.size, log.tree.root()) != (signed_size, signed_root):
        raise _refused(log.folder, "it does not fit its signed checkpoint")
    (log.folder / NEXT).unlink(missing_ok=True)
    if not tail:
        return None
    at = len(data) - len(tail)
    digest = hashlib.sha256(tail).hexdigest()
    write_atomic(log.folder / f"torn-{log.tree.size}.bin", tail)
    with (log.folder / LOG).open("r+b") as file:
        file.truncate(at)
        os.fsync(file.fileno())
    return at, len(tail), digest


def _signed(log: AuditLog, name: str) -> tuple[int, bytes]:
    try:
        text = open_note(_read(log.folder / name), log.signer.verifier())
        origin, size, root = read_checkpoint(text)
    except NoteError:
        raise _refused(log.folder, "its checkpoint is damaged or signed by another key") from None
    if origin != log.origin:
        raise _refused(log.folder, "its checkpoint belongs to another log")
    return size, root


def _append_line(path: Path, line: bytes) -> None:
    flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, FILE_MODE)
        try:
            before = os.fstat(handle).st_size
            try:
                written = 0
                while written < len(line):
                    written += os.write(handle, line[written:])
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, before)
                raise
        finally:
            os.close(handle)
    except OSError as error:
        raise cannot_write(path, error) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise RedactError(
            "this part of the audit log cannot be read",
            where=str(path),
            remedy="Put back the audit folder from your backup.",
        ) from None


def _refused(folder: Path, what: str) -> Tampered:
    return Tampered(
        f"the audit log was changed: {what}",
        where=str(folder / LOG),
        remedy="Run `redact audit verify` for the place, and put back the audit folder from "
        "your backup.",
    )
