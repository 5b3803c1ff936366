"""One operation in a child process, killed or failed at one of its system calls by strace.

The child is forked with everything imported and waits; strace is attached, and only then does it
work, so that calls are counted from the first touch of the study on. strace counts the calls of
each name apart, so a call is told by its name and its number among those of that name.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from redact.errors import RedactError

# What leaves another disk, if it is a file that is written to; the rest only look.
_CHANGING = frozenset(
    "write pwrite64 writev pwritev sendfile copy_file_range fallocate ftruncate truncate rename "
    "renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir chmod "
    "fchmod fchmodat chown fchown lchown fchownat utimensat setxattr fsetxattr".split()
)
_OPENING = frozenset("open openat openat2 creat".split())
SYNCING = frozenset("fsync fdatasync".split())  # a kill loses nothing of what is not synced yet
_LOOKING = "flock read pread64 lseek close newfstatat fstat statx getdents64 readlink".split()
CALLS = ",".join(sorted({*_CHANGING, *_OPENING, *SYNCING, *_LOOKING}))
_CALL = re.compile(r"\A(\w+)\((.*)", re.DOTALL)
_MAKES = re.compile(r"\bO_(?:CREAT|TRUNC)\b")
_NO_FILE = re.compile(r"\A\d+<(?:pipe:|socket:|anon_inode:|/memfd:|/dev/)")
KILL = "SIGKILL"
BROKEN = 99  # exit code of a child that ended with an exception nobody foresaw
EXIT_CODES = (0, 1, 2, 3, 4)

Work = Callable[[Path, Callable[[], None]], None]  # the folder, and what to call when acknowledged


def available() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True)
    return tried.returncode == 0


@dataclass(frozen=True, slots=True)
class Call:
    """A system call: its name, its number among those of this name from 1, and whether it changes
    the disk.
    """

    name: str
    number: int
    changes: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at a call before it is done: `SIGKILL`, or the name of an error."""

    call: Call
    what: str

    def __str__(self) -> str:
        return f"{self.what} at {self.call.name} {self.call.number}"

    def injection(self) -> str:
        """As strace takes it."""
        kind = "signal" if self.what == KILL else "error"
        return f"inject={self.call.name}:{kind}={self.what}:when={self.call.number}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the child ended, the steps it acknowledged, and what it said.

    `code` is -SIGKILL when it was killed; `said` is its standard output and error. `calls` are
    those it made, if it was let work without a fault.
    """

    code: int
    acknowledged: int
    calls: tuple[Call, ...]
    said: bytes

    def is_clean(self) -> bool:
        """Killed, done, or an error that was foreseen and said in a line."""
        foreseen = b"Traceback" not in self.said and b"an error inside redact" not in self.said
        return self.code in (*EXIT_CODES, -signal.SIGKILL) and foreseen


def run_with(work: Work, folder: Path, fault: Fault | None = None) -> Outcome:
    """Runs `work` in a child, with a fault or without one.

    The system's temporary folder is `tmp` beside the study while it runs. Raises TimeoutError if
    strace does not get hold of a child in two minutes.
    """
    temporary = folder.parent / "tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
    calls = fault.call.name if fault else CALLS
    inject = ["-e", fault.injection()] if fault else []
    until = time.monotonic() + 120
    while True:
        child = _waiting(work, folder, temporary)
        trace = folder.parent / f"trace-{child.pid}"
        said = ["-qq", "-y", "-s", "0", "-o", str(trace), "-e", f"trace={calls}", *inject]
        said += ["-p", str(child.pid)]
        tracer = subprocess.Popen(["strace", *said], stderr=subprocess.PIPE)
        if _holds(tracer, child.pid) and _is_let_go(child):
            outcome = _outcome(child, tracer, trace)
            return replace(outcome, calls=()) if fault else outcome
        # On a busy machine strace now and then gives up at once, or never gets hold of a child:
        # that is no fault of what is tried, and the child has done nothing yet.
        tracer.kill()
        why = tracer.communicate()[1].decode("utf-8", "replace")
        child.end()
        trace.unlink(missing_ok=True)
        if time.monotonic() > until:
            raise TimeoutError(f"strace did not attach: {why}")


@dataclass(frozen=True, slots=True)
class _Child:
    """A child that waits for a word on `go`; it acknowledges on `acks` and speaks into `words`."""

    pid: int
    go: int
    acks: int
    words: int

    def end(self) -> None:
        """Ends it, whether or not it lives, and lets go of what it was spoken to with."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        for descriptor in (self.go, self.acks, self.words):
            os.close(descriptor)


def _waiting(work: Work, folder: Path, temporary: Path) -> _Child:
    go_read, go = os.pipe()
    acks, ack = os.pipe()
    words = os.memfd_create("said")
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            os.close(go)
            os.dup2(words, 1)
            os.dup2(words, 2)
            sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
            os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
            os.read(go_read, 1)
            work(folder, lambda: _say(ack))
            code = 0
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        except RedactError as error:
            code = error.exit_code
            os.write(2, error.line().encode("utf-8"))
        except OSError:  # the command line says it in one line
            code = 1
        except BaseException:  # noqa: BLE001 the child must not go on as a second test run
            os.write(2, traceback.format_exc().encode("utf-8"))
        finally:
            os._exit(code)
    os.close(go_read)
    os.close(ack)
    return _Child(child, go, acks, words)


def _holds(tracer: subprocess.Popen[bytes], pid: int) -> bool:
    """Whether the tracer has hold of the child before it ends, and within five seconds."""
    for _ in range(500):
        if "TracerPid:\t0\n" not in Path(f"/proc/{pid}/status").read_text("ascii"):
            return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            tracer.wait(timeout=0.01)
            return False
    return False


def _is_let_go(child: _Child) -> bool:
    """Whether the child is there to be told to work: strace now and then ends one it takes."""
    with contextlib.suppress(BrokenPipeError):
        return os.write(child.go, b"x") == 1
    return False


def _outcome(child: _Child, tracer: subprocess.Popen[bytes], trace: Path) -> Outcome:
    """Waits for the child to work, and reads what became of it."""
    os.close(child.go)
    _, status = os.waitpid(child.pid, 0)
    tracer.communicate()
    steps = b""
    while more := os.read(child.acks, 4096):
        steps += more
    os.close(child.acks)
    os.lseek(child.words, 0, os.SEEK_SET)
    said = b""
    while more := os.read(child.words, 65536):
        said += more
    os.close(child.words)
    calls = _calls(trace.read_text("utf-8", "replace").splitlines())
    trace.unlink()
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return Outcome(code, len(steps), calls, said)


def _calls(lines: Iterable[str]) -> tuple[Call, ...]:
    """The calls of a trace, in their order."""
    numbers: Counter[str] = Counter()
    calls = []
    for line in lines:
        if found := _CALL.match(line):
            name, given = found.groups()
            numbers[name] += 1
            calls.append(Call(name, numbers[name], _changes(name, given)))
    return tuple(calls)


def _changes(name: str, given: str) -> bool:
    """Whether a call of this name with these words changes a file or a folder, if it is done."""
    if name in _OPENING:
        return name == "creat" or bool(_MAKES.search(given))
    return name in _CHANGING and not _NO_FILE.match(given)


def _say(pipe: int) -> None:
    """An acknowledgement, by a call that is not among those counted."""
    os.writev(pipe, [b"a"])
