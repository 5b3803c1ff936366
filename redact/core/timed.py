"""When something of a transcript is said: stretches of its text, and of its recording."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOCK = re.compile(
    r"(?:(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,3}):)?"
    r"(?P<seconds>\d{1,9})(?:[.,](?P<part>\d{1,9}))?"
)


class Timed(NamedTuple):
    """A stretch of a text, `end` exclusive, and when it is said: milliseconds of the recording.

    Its words are spread over all of that time, unless `is_somewhere`: then they are said at some
    time in it, and other things may be too. One for each of a hundred thousand words.
    """

    start: int
    end: int
    begins: int
    ends: int
    is_somewhere: bool = False


def milliseconds(clock: str) -> int | None:
    """Milliseconds that a clock or a number of seconds tells, rounded down; None for neither."""
    match = _CLOCK.fullmatch(clock.strip())
    if match is None:
        return None
    hours, minutes, seconds = (int(match[name] or 0) for name in ("hours", "minutes", "seconds"))
    part = int((match["part"] or "0").ljust(9, "0")[:9]) // 1_000_000
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + part
