"""Files and folders as they lie on disk: whole or not at all, private, one writer at a time.

Files are 0600 and folders 0700. Temporary files lie beside their target.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
_HEAD = (
    48  # characters of a name that its temporary one begins with: names may fill their 255 bytes
)
_SECOND_COPY = re.compile(
    r"\._.*|.+ \(\d+\)\..+|.+\(.*\bconflict(?:ed)?\b.*\).*|.+\.sync-conflict-\d.*|.+ - copy\b.*|"
    r"copy of .+",
    re.IGNORECASE | re.DOTALL,
)
_TEMPORARY = re.compile(r"\..+\.(?:[0-9a-f]{8}|[0-9a-f]{12})\.tmp", re.DOTALL)


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
    _write(path, data, Path.replace)


def write_changed(path: Path, data: bytes) -> None:
    """As `write_atomic`; a file that is these bytes already is not written and synced again."""
    there = None
    with contextlib.suppress(OSError):
        there = path.read_bytes() if not path.is_symlink() else None
    if there != data:
        write_atomic(path, data)


def write_new(path: Path, data: bytes) -> None:
    """As `write_atomic`, but never over anything: RedactError if something is there already."""
    _write(path, data, _put_where_nothing_is)


def _put_where_nothing_is(temporary: Path, path: Path) -> None:
    try:
        path.hardlink_to(temporary)  # the system refuses where something is
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of a stick
        if path.exists() or path.is_symlink():
            raise FileExistsError(errno.EEXIST, "something is there") from None
        temporary.replace(path)
    else:
        temporary.unlink()


def _write(path: Path, data: bytes, put: Callable[[Path, Path], object]) -> None:
    temporary = path.with_name(f".{path.name[:_HEAD]}.{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(temporary, flags | getattr(os, "O_BINARY", 0), FILE_MODE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            put(temporary, path)
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


def files_in(folder: Path, pattern: str, everything: bool = False) -> list[Path]:
    """The files in a folder under names of this pattern, in order; nothing if there is no folder.

    Folders are left out unless `everything` is wanted, and so are second copies that a synchroniser
    or a file manager made: a key or a packet is only what redact called so.

    Not `Path.glob`, which takes a folder that cannot be read for an empty one: a rotation that saw
    no custodian for a disk error once locked everybody out. Raises RedactError instead.
    """
    try:
        there = [path for path in folder.iterdir() if fnmatchcase(path.name, pattern)]
        if not everything:
            there = [
                path
                for path in there
                if not _SECOND_COPY.fullmatch(path.name)
                and (path.is_symlink() or not path.is_dir())
            ]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise cannot_read(folder, error) from None
    return sorted(there)


def _is_a_copy_or_folder(path: Path) -> bool:
    is_folder = path.is_dir() and not path.is_symlink()
    return is_folder or _SECOND_COPY.fullmatch(path.name) is not None


def files_below(folder: Path) -> list[Path]:
    """Everything in a folder and the folders in it, in order; RedactError if one is unreadable."""

    def unreadable(error: OSError) -> None:
        raise cannot_read(folder, error) from None

    found = []
    for root, folders, files in os.walk(folder, onerror=unreadable):
        found += [Path(root) / name for name in (*folders, *files)]
    return sorted(found)


def open_to_others(path: Path) -> list[Path]:
    """The file, or the files of the folder, if other users of this machine may read them.

    None on Windows, where a file's mode says nothing of it.
    """
    if os.name == "nt":
        return []
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        return [one for one in files if one.is_file() and one.stat().st_mode & 0o077]
    except OSError:
        return []  # who reads it says what is wrong


def cannot_read(path: Path, error: OSError) -> RedactError:
    """The error when the system does not let a folder or file be read."""
    return RedactError(
        f"this cannot be read ({os.strerror(error.errno or 0)})",
        where=str(path),
        remedy="Check the disk and that you may read it; nothing was changed.",
    )


def is_temporary(name: str) -> bool:
    """Whether redact gives such a name to what it is writing just now."""
    return _TEMPORARY.fullmatch(name) is not None


def temporary_of(name: str, target: str) -> bool:
    """Whether this is a name of what is being written as `target`."""
    return is_temporary(name) and name.rsplit(".", 2)[0] == f".{target[:_HEAD]}"


def sweep_temporary(folder: Path) -> None:
    """Removes what a killed writer left; only call while holding the lock."""
    for leftover in files_in(folder, ".*.tmp", everything=True):
        if not is_temporary(leftover.name):
            continue  # another program's
        if leftover.is_dir() and not leftover.is_symlink():
            shutil.rmtree(leftover, ignore_errors=True)
        else:
            leftover.unlink(missing_ok=True)


def sweep_temporary_of(path: Path) -> None:
    """Removes what a killed writer of this file left; only call while holding the lock."""
    for leftover in files_in(path.parent, f".{glob.escape(path.name)}.*.tmp"):
        leftover.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that this process took: the file, and the handle that holds it."""

    path: Path
    handle: int

    def is_held(self) -> bool:
        """Whether the file still is the one that was locked: who deletes it frees it for others."""
        try:
            there, mine = self.path.lstat(), os.fstat(self.handle)
        except OSError:
            return False
        return (there.st_dev, there.st_ino) == (mine.st_dev, mine.st_ino)

    def require(self) -> None:
        """Raises Busy unless it is held."""
        if not self.is_held():
            raise Busy(
                "the lock of this study was taken away",
                where=str(self.path),
                remedy="Something deleted the file: a program that synchronises folders, perhaps. "
                "See that nobody else works on the study, and run this again.",
            )


@contextlib.contextmanager
def locked(path: Path) -> Iterator[Lock]:
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
        lock = Lock(path, handle)
        lock.require()
        yield lock
    finally:
        os.close(handle)
