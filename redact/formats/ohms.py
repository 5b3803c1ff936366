"""The marks of time of OHMS (Nunn Center): `1:|13(3)|19(14)`, by lines and words of a transcript.

Each says where so many minutes more are over. Its viewer shows them before a line; the line and the
word are counted from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SYNC = re.compile(r"(?P<minutes>\d{1,3}):(?P<places>[\d()|\s]*)")
_WORD = re.compile(r"\S+")
_SYNC_PLACE = re.compile(r"(?P<line>\d{1,6})(?:\((?P<word>\d{1,4})\))?")
_NEAR = 2  # times what is between two marks


@dataclass(frozen=True, slots=True)
class OhmsMark:
    """Where in a text a time is marked, and which."""

    at: int
    seconds: float


def marks_of_ohms(text: str, sync: str, duration: float) -> list[OhmsMark]:
    """Marks in order, the first at 0: `1:|13(3)` says that a minute is over at line 13, word 3.

    The last is the end, if the recording's `duration` in seconds says so and is near.
    """
    match = _SYNC.fullmatch(sync.strip())
    if match is None:
        return []
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    marks = [OhmsMark(0, 0.0)]
    step = 60.0 * int(match["minutes"])
    places = match["places"].strip().strip("|").split("|")
    for number, place in enumerate(places, start=1):
        mark = _SYNC_PLACE.fullmatch(place.strip())
        line = int(mark["line"]) - 1 if mark else -1
        if mark is None or not 0 <= line < len(starts):
            continue
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
        ends = [found.end() for found in _WORD.finditer(text, starts[line], end)]
        word = int(mark["word"] or 0)
        at = ends[min(word, len(ends)) - 1] if word and ends else starts[line]
        if at > marks[-1].at:
            marks.append(OhmsMark(at, step * number))
    if marks[-1].seconds < duration <= marks[-1].seconds + _NEAR * step:
        marks.append(OhmsMark(len(text), duration))
    return marks
