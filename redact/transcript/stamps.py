"""Times that somebody typed into a transcript: before turns, in brackets, or of cues in a text.

A stamp holds from where it stands to the next one; what follows the last has no end, and what is
said after it no time. Clocks with a day or half-days are times of day, not of a recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redact.core import Turn
from redact.core.timed import Timed, milliseconds
from redact.transcript.lines import CUE_TIMES, DATE

_CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_STAMP = re.compile(
    rf"[\[(<{{](?P<boxed>{_CLOCK})(?:[ \t]*(?:-->|[-–—]|to)[ \t]*{_CLOCK})?[\])>}}]"
    rf"|\#(?P<hashed>{_CLOCK})(?:-\d{{1,2}})?\#"
)
_IN_TURN = re.compile(
    rf"[^\w\n]*(?P<clock>{_CLOCK})(?:[ \t]*(?:-->|[-–—]|to)[ \t]*{_CLOCK})?[^\w]*"
)
_CUE = re.compile(rf"(?P<begins>{_CLOCK})[ \t]*(?:-->|,)[ \t]*(?P<ends>{_CLOCK})")
_DAY = re.compile(DATE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LEAST, _MOST_BACK = 2, 0.1  # stamps; the share of them that may go back, as a spoken (3:15) does


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A time, where it stands, and from where on it holds."""

    at: int
    holds: int
    when: int


def typed_times(text: str, turns: Sequence[Turn]) -> tuple[Timed, ...]:
    """When stretches of a text are said, by the times in it; none if there are no two in order."""
    if cues := tuple(_cues(text)):
        return cues
    stamps = _in_order(sorted({one.at: one for one in _stamps(text, turns)}.items()))
    if len(stamps) < _LEAST:
        return ()
    first = _Stamp(0, 0, 0)
    return tuple(
        Timed(start=one.holds, end=after.at, begins=one.when, ends=after.when)
        for one, after in pairwise([first, *stamps])
        if after.at > one.holds and after.when > one.when
    )


def _stamps(text: str, turns: Sequence[Turn]) -> Iterator[_Stamp]:
    of_turns = {turn.time.end for turn in turns if turn.time}
    for match in _STAMP.finditer(text):
        when = milliseconds(match["boxed"] or match["hashed"])
        if when is not None and match.end() not in of_turns:
            yield _Stamp(match.start(), match.end(), when)
    for turn in turns:
        if turn.time is None or _DAY.search(text, turn.start, turn.time.start):
            continue
        said = _IN_TURN.fullmatch(text, turn.time.start, turn.time.end)
        if said and (when := milliseconds(said["clock"])) is not None:
            yield _Stamp(turn.start, turn.time.end, when)


def _in_order(stamps: Sequence[tuple[int, _Stamp]]) -> list[_Stamp]:
    """Those that go on in time; none where too many do not."""
    kept: list[_Stamp] = []
    for _, one in stamps:
        if not kept or (one.when >= kept[-1].when and one.at >= kept[-1].holds):
            kept.append(one)
    return kept if len(stamps) - len(kept) <= _MOST_BACK * len(stamps) else []


def _cues(text: str) -> Iterator[Timed]:
    """The words below each line of times, of captions that are a text file."""
    if "-->" not in text and "," not in text:
        return
    begins: re.Match[str] | None = None
    start = end = 0
    for line in _LINE.finditer(text):
        said = line[0].rstrip("\r\n")
        cue = _CUE.search(said) if CUE_TIMES.match(said) else None
        if cue is not None or not line[0].strip():
            if begins is not None and end > start:
                yield from _cue(begins, start, end)
            begins, start, end = cue, line.end(), line.end()
        elif begins is not None:
            end = line.end()
    if begins is not None and end > start:
        yield from _cue(begins, start, end)


def _cue(times: re.Match[str], start: int, end: int) -> Iterator[Timed]:
    begins, ends = milliseconds(times["begins"]), milliseconds(times["ends"])
    if begins is not None and ends is not None and begins < ends:
        yield Timed(start=start, end=end, begins=begins, ends=ends)
