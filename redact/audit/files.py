"""The files of a log as they lie on disk: its keys and its lines, read and written safely."""

from __future__ import annotations

import os
from pathlib import Path

from redact.audit.cosignature import Cosigner
from redact.audit.note import NoteError, Signer
from redact.disk import FILE_MODE, cannot_write, sync_folder, write_atomic
from redact.errors import RedactError, Tampered

COSIGNING_KEY = "cosigning.key"


def read_cosigner(folder: Path, origin: str) -> Cosigner:
    """The post-quantum cosigning key; a study from before there was one gets one now."""
    path = folder / COSIGNING_KEY
    if not path.exists():
        write_cosigner(folder, origin)
    try:
        return Cosigner.parse(read_part(path).decode("ascii"))
    except (NoteError, UnicodeDecodeError):
        raise Tampered("the log's cosigning key is damaged", where=str(folder)) from None


def write_cosigner(folder: Path, origin: str) -> None:
    made = Cosigner.generate(f"{origin}/cosigner")
    write_atomic(folder / COSIGNING_KEY, made.text().encode("ascii") + b"\n")


def read_signer(path: Path) -> Signer:
    try:
        return Signer.parse(read_part(path).decode("ascii"))
    except (NoteError, UnicodeDecodeError):
        raise Tampered("the log's signing key is damaged", where=str(path.parent)) from None


def write_signer(path: Path, signer: Signer) -> None:
    write_atomic(path, signer.text().encode("ascii") + b"\n")


def promote(ready: Path, path: Path) -> None:
    """Puts a file that lies ready beside it into its place."""
    try:
        ready.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise cannot_write(path, error) from None


def append_line(path: Path, line: bytes) -> None:
    """Adds a line and waits for the disk; on an error the file is as it was."""
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


def read_part(path: Path) -> bytes:
    """A file of the log; RedactError with the remedy if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise RedactError(
            "this part of the audit log cannot be read",
            where=str(path),
            remedy="Put back the audit folder from your backup.",
        ) from None
