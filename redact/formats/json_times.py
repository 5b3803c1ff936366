"""When something is said, in the JSON of speech recognition: fields beside the words that tell it.

Their names are facts, compiled from what producers publish. A word without a time of its own (a
figure that WhisperX could not align) has none: it lies between those that have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from redact.core import Span
from redact.core.timed import Timed
from redact.formats.json_strings import Path, Values
from redact.formats.times import Moment, SaidBetween, moment, timed

# Where something begins, and where it ends; the likeliest first. "+" is a length.
_PAIRS = (
    ("start", "end"),
    ("start_time", "end_time"),
    ("startTime", "endTime"),
    ("start_ms", "end_ms"),
    ("startMs", "endMs"),
    ("startTimeMs", "endTimeMs"),
    ("startOffset", "endOffset"),
    ("start_offset", "end_offset"),
    ("ts", "end_ts"),
    ("start_ts", "end_ts"),
    ("begin", "end"),
    ("begin", "stop"),
    ("start", "stop"),
    ("t0", "t1"),
    ("from", "to"),
    ("start", "+duration"),
    ("time", "+duration"),
    ("offsetMilliseconds", "+durationMilliseconds"),
    ("offsetInTicks", "+durationInTicks"),
    ("offset", "+duration"),
    ("Offset", "+Duration"),
    ("timestamp 0", "timestamp 1"),
    ("time 0", "time 1"),
    ("offset 0", "offset 1"),
)
_ALONE = tuple("start start_time startTime startOffset start_offset ts time timestamp".split())
_WITHIN = ("timestamps", "offsets")  # of whisper.cpp: {"from": …, "to": …}
_LISTED = ("timestamp", "time", "offset")  # [from, to]: fields "time 0", "time 1"
_FIELDS = frozenset((*_ALONE, *(name.removeprefix("+") for pair in _PAIRS for name in pair)))


class _OfList(NamedTuple):
    """A stretch of the text, the string that it is from, and how deep the item lies about it."""

    start: int
    end: int
    path: Path
    least: int

    @property
    def shape(self) -> Path:
        return tuple(["*" if isinstance(part, int) else part for part in self.path])


@dataclass(frozen=True, slots=True)
class _Told:
    """When an item begins, and ends if it says so."""

    begins: Moment
    ends: Moment | None = None


class JsonTimes:
    """The times of what is said, list by list."""

    def __init__(self, values: Values, text: str) -> None:
        self._told: dict[Path, dict[str, Moment]] = defaultdict(dict)  # by object and field
        self._heard: dict[Path, list[_OfList]] = defaultdict(list)  # by shape: one has one unit
        self._has_within = False
        for number in values.numbers:
            self._take(number.path, text[number.start : number.end])
        for string in values.strings:
            if not string.is_key:
                self._take(string.path, string.said)

    def _take(self, path: Path, said: str) -> None:
        above, name = path[:-1], path[-1]
        if isinstance(name, int):
            if not (above and above[-1] in _LISTED):
                return
            above, name = above[:-1], f"{above[-1]} {name}"
        if name in _FIELDS and (at := moment(said)) is not None:
            self._told[above][name] = at
            self._has_within = self._has_within or (bool(above) and above[-1] in _WITHIN)

    def heard(self, place: Span, path: Path, item: Path) -> None:
        """Notes that the string at `path` of an item of a list stands at a place of the text."""
        one = _OfList(start=place.start, end=place.end, path=path, least=len(item))
        self._heard[one.shape].append(one)

    def times(self) -> tuple[Timed, ...]:
        """All stretches that have a time, list by list."""
        told = ([*filter(None, map(self._said, heard))] for heard in self._heard.values())
        return tuple(one for said in told for one in timed(said))

    def _said(self, heard: _OfList) -> SaidBetween | None:
        """When it is said, by the innermost object about it that tells; its item is the last."""
        for depth in range(len(heard.path) - 1, heard.least - 1, -1):
            if (told := self._of(heard.path[:depth])) is not None:
                return SaidBetween(
                    start=heard.start, end=heard.end, begins=told.begins, ends=told.ends
                )
        return None

    def _of(self, item: Path) -> _Told | None:
        fields = self._told.get(item)
        if fields is not None and (told := _of_fields(fields)):
            return told
        for within in _WITHIN if self._has_within else ():
            inner = self._told.get((*item, within))
            if inner is not None and (told := _of_fields(inner)):
                return told
        return None


def _of_fields(fields: Mapping[str, Moment]) -> _Told | None:
    """What the fields of an object tell."""
    pair = _pair_in(tuple(fields))
    if pair is None:
        return None
    begins = fields[pair.begins]
    if not pair.ends:
        return _Told(begins)
    ends = fields[pair.ends]
    if pair.is_length and begins.is_known is ends.is_known:
        ends = Moment(begins.number + ends.number, ends.is_known)
    return _Told(begins, ends)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The fields that tell when something begins and ends, or how long it is; "" for no end."""

    begins: str
    ends: str
    is_length: bool


@cache
def _pair_in(names: tuple[str, ...]) -> _Pair | None:
    """The likeliest of the pairs among these fields."""
    for first, last in _PAIRS:
        ends = last.removeprefix("+")
        if first in names and ends in names:
            return _Pair(first, ends, last != ends)
    alone = next((name for name in _ALONE if name in names), None)
    return _Pair(alone, "", False) if alone is not None else None
