"""Files and folders as they lie on disk: whole or not at all, private, one writer at a time.

Files are 0600 and folders 0700. Temporary files lie beside their target.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType

from redact.errors import Busy, RedactError

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows: the lock file is held by exclusive creation instead
    fcntl = None

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def make_folder(folder: Path) -> None:
    """Creates a private folder with its parents; RedactError says why it cannot."""
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None


def cannot_write(path: Path, error: OSError) -> RedactError:
    """The error a person can act on when the system refuses a write."""
    reasons = {
        errno.ENOSPC: ("there is no space left on this disk", "Free some space and run it again"),
        errno.EDQUOT: ("the disk quota is used up", "Free some space and run it again"),
        errno.EACCES: ("no permission to write here", "Choose a folder you may write to"),
        errno.EPERM: ("no permission to write here", "Choose a folder you may write to"),
        errno.EROFS: ("this disk is read-only", "Choose a folder you may write to"),
        errno.ENOTDIR: ("a part of this path is a file", "Choose another folder"),
        errno.EEXIST: ("a file is in the way", "Choose another folder"),
    }
    code = error.errno or 0
    what, remedy = reasons.get(code, (f"cannot write ({os.strerror(code)})", "Check the folder"))
    return RedactError(
        what,
        where=str(path),
        remedy=f"{remedy}; nothing half-written is left.",
    )


def write_atomic(path: Path, data: bytes) -> None:
    """Writes the whole file or leaves what was there: temp beside it, fsync, rename, fsync.

    Raises RedactError naming the path and remedy when the system refuses.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(temporary, flags | getattr(os, "O_BINARY", 0), FILE_MODE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
    except OSError as error:
        raise cannot_write(path, error) from None


def append_lines(path: Path, data: bytes) -> None:
    """Adds whole lines to a file and waits for the disk; half a line a crash left there goes.

    Raises RedactError naming the path and remedy when the system refuses.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags, FILE_MODE)
        with os.fdopen(handle, "r+b") as file:
            file.seek(file.read().rfind(b"\n") + 1)
            file.truncate()
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise cannot_write(path, error) from None


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def files_in(folder: Path, pattern: str) -> list[Path]:
    """What lies in a folder under names of this pattern, in order; nothing if there is no folder.

    Not `Path.glob`, which takes a folder that cannot be read for an empty one: a rotation that saw
    no custodian for a disk error once locked everybody out. Raises RedactError instead.
    """
    try:
        names = [path.name for path in folder.iterdir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise cannot_read(folder, error) from None
    return [folder / name for name in sorted(names) if fnmatchcase(name, pattern)]


def files_below(folder: Path) -> list[Path]:
    """Everything in a folder and the folders in it, in order; RedactError if one is unreadable."""

    def unreadable(error: OSError) -> None:
        raise cannot_read(folder, error) from None

    found = []
    for root, folders, files in os.walk(folder, onerror=unreadable):
        found += [Path(root) / name for name in (*folders, *files)]
    return sorted(found)


def cannot_read(path: Path, error: OSError) -> RedactError:
    """The error when the system does not let a folder or file be read."""
    return RedactError(
        f"this cannot be read ({os.strerror(error.errno or 0)})",
        where=str(path),
        remedy="Check the disk and that you may read it; nothing was changed.",
    )


def sweep_temporary(folder: Path) -> None:
    """Removes what a killed writer left; only call while holding the lock."""
    for leftover in files_in(folder, ".*.tmp"):
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds an exclusive lock; RedactError when another command has it."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags, FILE_MODE)
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy(
                    "another redact command is working on this study",
                    where=str(path.parent),
                    remedy="Wait until it has finished and run this again.",
                ) from None
        yield
    finally:
        os.close(handle)
