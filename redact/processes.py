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
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import cast

MOST = 8  # who is who, and writing, go in one process: more gain little
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


_FEWEST_LETTERS = 400_000  # of all texts together: with less, making a process takes longer
_work: Callable[[int], object] | None = None  # what a forked child does; it has it from its parent


def shared_out[T, R](
    work: Callable[[T], R], items: Sequence[T], letters: Callable[[T], int]
) -> list[R]:
    """What `work` gives for each item, in their order, by as many processes as there are cores.

    Where processes cannot share what is loaded, or the texts are short (`letters` of an item), it
    is done here; and so it is, whole, where a process was ended from outside.
    """
    workers = min(workers_here(), len(items))
    if workers < 2 or sum(map(letters, items)) < _FEWEST_LETTERS:
        return [work(item) for item in items]
    global _work
    _work = lambda number: work(items[number])  # noqa: E731 a child inherits it, and no text travels
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
            size = max(1, len(items) // (8 * workers))
            return [cast(R, one) for one in pool.map(_one, range(len(items)), chunksize=size)]
    except BrokenProcessPool:
        return [work(item) for item in items]
    finally:
        _work = None


def _one(number: int) -> object:
    assert _work is not None
    return _work(number)
