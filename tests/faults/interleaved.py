"""Two operations on one study: the second runs whole at one lock or file call of the first.

The first works in a forked child. An audit hook counts its calls and, at the one that is wanted,
forks once more: the second runs there to its end, and only then the first goes on.
"""

from __future__ import annotations

import contextvars
import fcntl
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redact.errors import RedactError
from tests.faults.injected import BROKEN, EXIT_CODES

CALLS = frozenset(
    "open os.rename os.remove os.mkdir os.rmdir os.truncate os.listdir os.scandir fcntl.flock "
    "shutil.rmtree os.chmod".split()
)
_WRITES = frozenset("os.rename os.remove os.mkdir os.rmdir os.truncate shutil.rmtree".split())
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
LOCK = "log.lock"
_NO_CALL = 0
Do = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Ended:
    """How an operation ended: its exit code, and what it said."""

    code: int
    said: str

    def is_clean(self) -> bool:
        """Done, or an error that was foreseen and said in a line."""
        foreseen = "Traceback" not in self.said and "an error inside redact" not in self.said
        return self.code in EXIT_CODES and foreseen and (self.code == 0 or bool(self.said.strip()))


@dataclass(frozen=True, slots=True)
class Both:
    """How two operations ended; with no second one there was none to run.

    `locks` are the numbers of the first's calls for a lock, among its `calls`; `unlocked` are names
    of files that the first wrote while nobody held the study's lock.
    """

    first: Ended
    second: Ended | None
    calls: int
    locks: tuple[int, ...]
    unlocked: tuple[str, ...]


@dataclass(slots=True)
class _Watch:
    """What the hook counts in one child."""

    folder: str
    at: int
    second: Callable[[], None]
    calls: int = 0
    locks: list[int] = field(default_factory=list)
    unlocked: list[str] = field(default_factory=list)
    is_on: bool = False
    strict: bool = False

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if not self.is_on or event not in CALLS:
            return
        path = given[0] if given and isinstance(given[0], str | bytes | os.PathLike) else ""
        if event != "fcntl.flock" and not os.fsdecode(path).startswith(self.folder):
            return
        self.is_on = False
        self.calls += 1
        if event == "fcntl.flock":
            self.locks.append(self.calls)
        if self.strict and _is_write(event, given) and not _is_locked(self.folder):
            self.unlocked.append(os.fsdecode(path).removeprefix(self.folder))
        if self.calls == self.at:
            self.second()
        self.is_on = True


def _is_write(event: str, given: tuple[Any, ...]) -> bool:
    if event == "open":
        return bool(int(given[2] or 0) & _WRITING) and Path(os.fsdecode(given[0])).name != LOCK
    return event in _WRITES


def _is_locked(folder: str) -> bool:
    """Whether somebody holds the lock of this study, as the system sees it."""
    try:
        handle = os.open(Path(folder, "audit", LOCK), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def interleaved(first: Do, second: Do | None, folder: Path, at: int, strict: bool = False) -> Both:
    """`first`, with the whole of `second` run just before its call number `at`, from 1."""
    temporary = folder.parent / "tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
    files = {name: os.memfd_create(name) for name in ("first", "second", "counts")}
    child = os.fork()
    if child == 0:
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)

        def whole() -> None:
            if second is not None:
                inner = os.fork()
                if inner == 0:
                    # Not within the first's lock: what it holds is not the second's.
                    os._exit(contextvars.Context().run(_done, second, folder, files["second"]))
                _, status = os.waitpid(inner, 0)
                os.write(files["counts"], f"second {os.waitstatus_to_exitcode(status)}\n".encode())

        watch = _Watch(str(folder), at, whole, strict=strict)
        sys.addaudithook(watch)
        watch.is_on = True
        code = _done(first, folder, files["first"])
        watch.is_on = False
        lines = [f"calls {watch.calls}", *(f"lock {n}" for n in watch.locks)]
        lines += [f"unlocked {name}" for name in watch.unlocked]
        os.write(files["counts"], "".join(f"{line}\n" for line in lines).encode())
        os._exit(code)
    _, status = os.waitpid(child, 0)
    said = {name: _read(handle) for name, handle in files.items()}
    counted = [line.partition(" ") for line in said["counts"].splitlines()]
    second_code = [int(value) for name, _, value in counted if name == "second"]
    return Both(
        first=Ended(os.waitstatus_to_exitcode(status), said["first"]),
        second=Ended(second_code[0], said["second"]) if second_code else None,
        calls=next((int(value) for name, _, value in counted if name == "calls"), _NO_CALL),
        locks=tuple(int(value) for name, _, value in counted if name == "lock"),
        unlocked=tuple(value for name, _, value in counted if name == "unlocked"),
    )


def _done(work: Do, folder: Path, words: int) -> int:
    """The exit code of this work, done in this process with its words kept."""
    os.dup2(words, 1)
    os.dup2(words, 2)
    sys.stdout = open(1, "w", closefd=False, buffering=1)  # noqa: SIM115 until the process ends
    sys.stderr = open(2, "w", closefd=False, buffering=1)  # noqa: SIM115
    try:
        work(folder)
        code = 0
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except RedactError as error:
        code = error.exit_code
        sys.stderr.write(error.line())
    except BaseException:  # noqa: BLE001 the child must not go on as a second test run
        traceback.print_exc()
        code = BROKEN
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _read(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    data = b""
    while more := os.read(handle, 65536):
        data += more
    os.close(handle)
    return data.decode("utf-8", "replace")
