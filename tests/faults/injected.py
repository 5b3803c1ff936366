"""One operation in a child process, killed or failed at its n-th system call by strace.

The child is forked with everything imported and waits; strace is attached, and only then does it
work, so that calls are counted from the first touch of the study on.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redact.errors import RedactError

CALLS = (
    "openat,open,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "ftruncate,flock,mkdir,rmdir,chmod,fchmod,fchmodat,read,pread64,lseek,close,newfstatat,fstat,"
    "getdents64"
)
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
class Outcome:
    """How the child ended, the steps it acknowledged, the calls it made, and what it said.

    `code` is -SIGKILL when it was killed; `said` is its standard output and error.
    """

    code: int
    acknowledged: int
    calls: int
    said: bytes

    def is_clean(self) -> bool:
        """Killed, done, or an error that was foreseen and said in a line."""
        foreseen = b"Traceback" not in self.said and b"an error inside redact" not in self.said
        return self.code in (*EXIT_CODES, -signal.SIGKILL) and foreseen


def run_with(work: Work, folder: Path, fault: str = "", calls: str = CALLS) -> Outcome:
    """Runs `work` in a child; `fault` is strace's, such as `signal=SIGKILL:when=7`.

    The system's temporary folder is `tmp` beside the study while it runs.
    """
    go_read, go = os.pipe()
    acks, ack = os.pipe()
    words = os.memfd_create("said")
    temporary = folder.parent / "tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
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
    trace = folder.parent / f"trace-{child}"
    inject = ["-e", f"inject={calls}:{fault}"] if fault else []
    tracer = _attached(
        ["strace", "-qq", "-o", str(trace), "-e", f"trace={calls}", *inject, "-p", str(child)],
        child,
    )
    os.write(go, b"x")
    os.close(go)
    _, status = os.waitpid(child, 0)
    tracer.communicate()
    steps = b""
    while more := os.read(acks, 4096):
        steps += more
    os.close(acks)
    os.lseek(words, 0, os.SEEK_SET)
    said = b""
    while more := os.read(words, 65536):
        said += more
    os.close(words)
    made = trace.read_bytes().count(b"\n")
    trace.unlink()
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return Outcome(code, len(steps), made, said)


def _say(pipe: int) -> None:
    """An acknowledgement, by a call that is not among those counted."""
    os.writev(pipe, [b"a"])


def _attached(command: list[str], pid: int) -> subprocess.Popen[bytes]:
    """The tracer, once it holds the process; one that ends before is started again.

    On a busy machine strace now and then gives up at once: that is no fault of what is tried.
    """
    said = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        tracer = subprocess.Popen(command, stderr=subprocess.PIPE)
        while tracer.poll() is None and time.monotonic() < until:
            status = Path(f"/proc/{pid}/status").read_text("ascii")
            if "TracerPid:\t0\n" not in status:
                return tracer
        tracer.kill()
        said = tracer.communicate()[1]
    os.kill(pid, signal.SIGKILL)
    raise TimeoutError(f"strace did not attach: {said.decode('utf-8', 'replace')}")
