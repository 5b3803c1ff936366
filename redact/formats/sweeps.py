"""No search for cycles while a file is read or written, or a study linked: a fifth of the time.

Either is a million small records, none of which goes before it is done, and none is a cycle.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_sweeps() -> Iterator[None]:
    """Python's collector rests within, if it was at work."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
