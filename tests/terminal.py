"""The command line at a terminal of its own, as a person sits before it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from contextlib import suppress
from types import TracebackType

from tests.conftest import ROOT

_SECONDS = 120.0  # without a word from the command


class Terminal:
    """A `redact` command at a pseudo-terminal: what it shows, and keys typed to it."""

    def __init__(self, *arguments: object) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "redact.cli", *map(str, arguments)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=ROOT,
            start_new_session=True,
        )
        os.close(slave)
        self.shown = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        os.close(self.master)

    def waits_for(self, words: str, after: int = 0) -> int:
        """Reads until these words are shown behind `after`; gives where they end."""
        while (at := self.shown.find(words, after)) < 0:
            assert self._read(), f"it ended before it showed {words!r}:\n{self.shown}"
        return at + len(words)

    def types(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def presses(self, key: str) -> None:
        """Types one key once the command reads keys by themselves: what is typed before is lost."""
        until = time.monotonic() + _SECONDS
        while termios.tcgetattr(self.master)[3] & termios.ICANON:
            assert time.monotonic() < until, f"no key is asked for:\n{self.shown}"
            select.select([self.master], [], [], 0.01)
        self.types(key)

    def ends(self) -> int:
        """Reads to the end; gives the exit code."""
        while self._read():
            pass
        return self.process.wait(_SECONDS)

    def kill(self) -> None:
        """SIGKILL: nothing can be done about it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(_SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self.master], [], [], _SECONDS)
        assert ready, f"nothing is shown any more:\n{self.shown}"
        with suppress(OSError):  # EIO: the other end is closed
            if data := os.read(self.master, 65536):
                self.shown += data.decode("utf-8", "replace").replace("\r\n", "\n")
                return True
        return False
