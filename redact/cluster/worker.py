"""What a Dask worker runs for us: it hands a text to its reader and keeps nothing of it.

Dask may write into a log what a function raised and was given (a reader that cannot be begun, a
Dask without its spill): so nothing here has a text in its repr, and no error has one.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import IO

from redact.offline import SWITCHES

SECONDS_FOR_ONE = 1800.0
_AT_ONCE = 1 << 16
_lock = threading.Lock()  # one text at a time, whatever the worker's threads are


@dataclass(frozen=True, slots=True)
class Sealed:
    """A line for a reader, or of one; empty where the reader died."""

    line: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a worker treats what it is given."""

    spills: bool
    nanny: bool


class _ReadingProcess:
    """The reading process beside this worker."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "redact.cluster.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **SWITCHES},
        )

    def ask(self, line: bytes) -> bytes:
        """Its answer; b"" if it died, or took too long and was ended."""
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        try:
            into.write(line)
            into.flush()
            return _line_of(out)
        except OSError:
            return b""

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    @property
    def is_there(self) -> bool:
        return self._process.poll() is None


_readers: list[_ReadingProcess] = []


def ask_reader(sealed: Sealed) -> Sealed:
    """The reader's answer to this line; it is begun if there is none."""
    with _lock:
        if _readers and not _readers[0].is_there:
            _readers.pop().end()
        if not _readers:
            _readers.append(_ReadingProcess())
        answer = _readers[0].ask(sealed.line)
        if not answer:
            _readers.pop().end()
        return Sealed(answer)


def end_reader() -> None:
    """Ends the reader, and with it all that it holds in memory."""
    with _lock:
        while _readers:
            _readers.pop().end()


def habits() -> Habits:
    """Whether this worker would put on a disk what does not fit into its memory."""
    from distributed import get_worker
    from distributed.spill import SpillBuffer

    worker = get_worker()
    return Habits(spills=isinstance(worker.data, SpillBuffer), nanny=worker.nanny is not None)


def _line_of(out: IO[bytes]) -> bytes:
    """The next line; b"" at the stream's end, or when it takes too long."""
    held = bytearray()
    while not held.endswith(b"\n"):
        if not select.select([out], [], [], SECONDS_FOR_ONE)[0]:
            return b""
        piece = os.read(out.fileno(), _AT_ONCE)
        if not piece:
            return b""
        held += piece
    return bytes(held)
