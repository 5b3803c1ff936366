"""`redact review` in a process of its own that is forked from one in which all is loaded.

Fifty pages are opened in a run of the tests, and each process would spend a second on loading what
the one before it had loaded. What the command itself loads is tried where it is started as such.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from typing import TextIO


@dataclass(frozen=True, slots=True)
class Forked:
    """The process and what it says, with as much of Popen's ways as the tests use."""

    process: ForkServerProcess = field(repr=False)
    stdout: TextIO = field(repr=False)

    @property
    def returncode(self) -> int | None:
        return self.process.exitcode

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[str, None]:
        """What it still says until it ends."""
        self.process.join(timeout)
        if self.process.is_alive():
            raise subprocess.TimeoutExpired("redact review", timeout)
        with self.stdout as rest:
            return rest.read(), None


def forked(arguments: list[str]) -> Forked:
    """Starts `redact` with these arguments."""
    read, write = os.pipe()
    with Connection(write, readable=False) as said:
        process = _context().Process(target=_redact, args=(arguments, said, dict(os.environ)))
        process.start()
    return Forked(process, os.fdopen(read, encoding="utf-8"))


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.page.preloaded"])
    return context


def _redact(arguments: list[str], said: Connection, env: Mapping[str, str]) -> None:
    for out in (1, 2):
        os.dup2(said.fileno(), out)
    said.close()
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["redact", *arguments]
    from redact.cli import main

    main()
