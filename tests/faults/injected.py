"""One operation in a child process, killed or failed at its n-th system call by strace.

The child is forked with everything imported and waits; strace is attached, and only then does it
work, so that calls are counted from the first touch of the study on.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from redact.errors import RedactError

CALLS = (
    "openat,open,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,"
    "ftruncate,flock,mkdir,rmdir,chmod,fchmod,read,pread64,lseek,close,newfstatat,fstat,getdents64"
)
WRITES = "openat,write,fsync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,mkdir,flock"
DONE, REFUSED, BROKEN = 0, 3, 4  # exit codes of the child

Work = Callable[[Path, Callable[[], None]], None]  # the folder, and what to call when acknowledged


def available() -> bool:
    """Whether strace is here and may trace."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], capture_output=True)
    return tried.returncode == 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the child ended (its exit code, or -SIGKILL), acknowledged steps, calls it made."""

    code: int
    acknowledged: int
    calls: int


def run_with(work: Work, folder: Path, fault: str = "", calls: str = CALLS) -> Outcome:
    """Runs `work` in a child; `fault` is strace's, such as `signal=SIGKILL:when=7`."""
    go_read, go = os.pipe()
    acks, ack = os.pipe()
    child = os.fork()
    if child == 0:
        code = BROKEN
        try:
            os.close(go)
            os.read(go_read, 1)
            work(folder, lambda: _say(ack))
            code = DONE
        except (RedactError, OSError):  # the command line says either in one line
            code = REFUSED
        finally:
            os._exit(code)
    os.close(go_read)
    os.close(ack)
    trace = folder.parent / f"trace-{child}"
    inject = ["-e", f"inject={calls}:{fault}"] if fault else []
    tracer = subprocess.Popen(
        ["strace", "-qq", "-o", str(trace), "-e", f"trace={calls}", *inject, "-p", str(child)],
        stderr=subprocess.DEVNULL,
    )
    _wait_for_tracer(child)
    os.write(go, b"x")
    os.close(go)
    _, status = os.waitpid(child, 0)
    tracer.wait()
    said = b""
    while more := os.read(acks, 4096):
        said += more
    os.close(acks)
    made = trace.read_bytes().count(b"\n")
    trace.unlink()
    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return Outcome(code, len(said), made)


def _say(pipe: int) -> None:
    """An acknowledgement, by a call that is not among those counted."""
    os.writev(pipe, [b"a"])


def _wait_for_tracer(pid: int) -> None:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
        if "TracerPid:\t0\n" not in status:
            return
    os.kill(pid, signal.SIGKILL)
    raise TimeoutError("strace did not attach")
