"""The files of people's words, and the log that vouches for them.

Rulings, second readings and corrections let names stand in clear, and lie in the study as plain
lines. With each word the log has a keyed token of its whole file, which nobody can make without the
linkage key: a row that was put in, changed or taken out by hand is seen before it counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from redact.audit.entries import read_entry
from redact.audit.events import DecisionRecorded, EventError, RunStarted
from redact.audit.log import LOG, AuditLog
from redact.disk import append_lines, cannot_read, write_atomic
from redact.errors import Tampered
from redact.study import records
from redact.study.folder import Study
from redact.study.names import token

_TOKEN, _VOUCHES = b'"file_token"', b'"vouches"'
_KILLED = 1  # the log comes first: a word that it has may not be in its file


def record_lines(
    log: AuditLog, secret: bytes, path: Path, lines: bytes, decided: DecisionRecorded
) -> None:
    """Adds lines to a file of people's words; the log has them first."""
    _vouch(log, secret, path, _whole_lines(path) + lines, decided)
    append_lines(path, lines)


def record_whole(
    log: AuditLog, secret: bytes, path: Path, data: bytes, decided: DecisionRecorded
) -> None:
    """Writes a file of people's words anew; the log has it first."""
    _vouch(log, secret, path, data, decided)
    write_atomic(path, data)


def require_vouched(study: Study, secret: bytes) -> None:
    """Tampered if a file of people's words is not as the log has it; BadInput if it is damaged.

    One that is gone, or empty, says nothing and lets nothing go. One of which the log has no token
    yet was written by an earlier build.
    """
    for path in (study.rulings, study.second, study.corrections):
        data = _whole_lines(path)
        known = _newest_tokens(study.audit, path.stem, 1 + _KILLED) if data else ()
        if known and _token(secret, path, data) not in known:
            read = records.read_corrections if path == study.corrections else records.read_rulings
            read(path)  # which says the line, if it is damaged
            raise Tampered(
                f"{path.name} is not as redact wrote it: the log does not have what it says",
                where=str(path),
                remedy="Put back the newest one, from the trash or a backup. Without one delete "
                "it: what is hidden stays hidden, and what else was decided is to be decided anew.",
            )


def _vouch(
    log: AuditLog, secret: bytes, path: Path, data: bytes, decided: DecisionRecorded
) -> None:
    before = _whole_lines(path)
    if before and not _newest_tokens(log.folder, path.stem, 1):
        log.append(
            DecisionRecorded(
                action="take over",
                by="redact",
                reason="decisions of an earlier build",
                counts={"rows": before.count(b"\n")},
                file=path.stem,
                file_token=_token(secret, path, before),
            )
        )
    log.append(replace(decided, file=path.stem, file_token=_token(secret, path, data)))


def _token(secret: bytes, path: Path, data: bytes) -> str:
    return token(secret, f"words in {path.stem}", hashlib.sha256(data).hexdigest())


def _whole_lines(path: Path) -> bytes:
    """What is in the file, without half a line that a crash left there."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise cannot_read(path, error) from None
    return data[: data.rfind(b"\n") + 1]


def _newest_tokens(folder: Path, name: str, most: int) -> tuple[str, ...]:
    """The newest tokens that the log has of this file, the last first, each once in a row.

    "" stands for no file yet. The log is read from its end, and no further than they are found.
    """
    return tuple(one for one, _ in islice(groupby(_tokens(folder, name)), most))


def _tokens(folder: Path, name: str) -> Iterator[str]:
    """All tokens of this file, the newest first."""
    try:
        lines = (folder / LOG).read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise cannot_read(folder / LOG, error) from None
    of_file = name.encode("ascii")
    for line in reversed(lines):
        if _VOUCHES not in line and not (_TOKEN in line and of_file in line):
            continue
        try:
            event = read_entry(line).event
        except EventError:
            continue  # `audit verify` and every opening of the log tell it
        match event:
            case RunStarted(vouches=True):
                yield ""
            case DecisionRecorded(file=file, file_token=str(said)) if file == name:
                yield said
