"""How many processes read at once, and whether they share what this one has loaded.

A forked child has the models and tables of its parent at once and without memory of its own. Only
Linux forks safely enough (macOS's own libraries do not), and only a process of one thread: a lock
that another thread holds would be held in the child for ever.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from multiprocessing.context import BaseContext
from pathlib import Path

MOST = 8  # what is done after reading goes in one process: more gain little
_BYTES_FOR_ONE = 1 << 30
_AVAILABLE = "MemAvailable:"


def shares_what_is_loaded() -> bool:
    """Whether a process that is made now has what this one has loaded."""
    return sys.platform == "linux" and threading.active_count() == 1


def process_context() -> BaseContext:
    """How processes are made here: forked if they are to share, else begun anew."""
    return multiprocessing.get_context("fork" if shares_what_is_loaded() else "spawn")


def workers_here() -> int:
    """As many as there are cores and memory for; one where each would load everything anew."""
    if not shares_what_is_loaded():
        return 1
    memory = _available()
    room = MOST if memory is None else memory // _BYTES_FOR_ONE
    return max(1, min(len(os.sched_getaffinity(0)), room, MOST))


def _available() -> int | None:
    """Bytes of memory that may be taken, or None if the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:
        return None
    told = next((line for line in lines if line.startswith(_AVAILABLE)), "")
    figures = told.removeprefix(_AVAILABLE).split()
    return int(figures[0]) * 1024 if figures and figures[0].isdigit() else None
