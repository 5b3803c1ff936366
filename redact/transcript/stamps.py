"""Times that somebody typed into a transcript: before turns, in brackets, or of cues in a text.

A stamp holds from where it stands to the next one; what follows the last has no end, and what is
said after it no time. Clocks with a day or half-days are times of day, not of a recording. Behind
the point, two figures may be hundredths of a second or frames of a film: an end may be later by so
much, and is put at the end of its second.
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
_FRAMES = re.compile(r"[.,]\d\d\Z")  # or hundredths
_CUE = re.compile(rf"(?P<begins>{_CLOCK})[ \t]*(?:-->|,)[ \t]*(?P<ends>{_CLOCK})")
_DAY = re.compile(DATE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LEAST, _MOST_BACK = 2, 0.1  # stamps; the share of them that may go back, as a spoken (3:15) does


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamp:
    """A time, where it stands, from where on it holds, and the `latest` that it may mean."""

    at: int
    holds: int
    when: int
    latest: int


def typed_times(text: str, turns: Sequence[Turn]) -> tuple[Timed, ...]:
    """When stretches of a text are said, by the times in it; none if there are no two in order."""
    if cues := tuple(_cues(text)):
        return cues
    stamps = _in_order(sorted({one.at: one for one in _stamps(text, turns)}.items()))
    if len(stamps) < _LEAST:
        return ()
    first = _Stamp(at=0, holds=0, when=0, latest=0)
    return tuple(
        Timed(start=one.holds, end=after.at, begins=one.when, ends=after.latest)
        for one, after in pairwise([first, *stamps])
        if after.at > one.holds and after.when > one.when
    )


def _stamps(text: str, turns: Sequence[Turn]) -> Iterator[_Stamp]:
    of_turns = {turn.time.end for turn in turns if turn.time}
    for match in _STAMP.finditer(text):
        if match.end() not in of_turns:
            clock = match["boxed"] or match["hashed"]
            yield from _stamp(match.start(), match.end(), clock)
    for turn in turns:
        if turn.time is None or _DAY.search(text, turn.start, turn.time.start):
            continue
        if said := _IN_TURN.fullmatch(text, turn.time.start, turn.time.end):
            yield from _stamp(turn.start, turn.time.end, said["clock"])


def _stamp(at: int, holds: int, clock: str) -> Iterator[_Stamp]:
    when = milliseconds(clock)
    if when is not None:
        rest = -when % 1000 if _FRAMES.search(clock) else 0
        yield _Stamp(at=at, holds=holds, when=when, latest=when + rest)


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
