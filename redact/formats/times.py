"""Times that stand beside words in a file: which fields tell them, and in which unit.

A number alone does not say whether it counts seconds or milliseconds. How fast people would have
talked says it: between 2 and 60 characters a second. Times that fit neither are not believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from redact.core import Span
from redact.core.timed import Timed, milliseconds

SLOWEST, FASTEST = 0.5, 60.0  # characters a second; with pauses, if only beginnings are told
_SLOWEST_OF_SMALL = 2.0  # where a unit is smaller: 16,000 samples a second are no milliseconds
_UNITS = (1000.0, 1.0, 1e-4)  # milliseconds in one: seconds, milliseconds, ticks of 100 ns
_LONGEST = 1e9  # seconds of a recording
MOST = 1e12  # of any unit
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,2})?")
_SECONDS = re.compile(
    r"PT(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>[\d.]+)S)?|"
    r"(?P<plain>\d+(?:\.\d+)?)s"
)


class Moment(NamedTuple):
    """A time as a file tells it: a number of an unknown unit, or milliseconds."""

    number: float
    is_known: bool = False

    @property
    def counted(self) -> float:
        """In seconds where the unit is known, else in the file's own."""
        return self.number / 1000 if self.is_known else self.number


class SaidBetween(NamedTuple):
    """Words at a stretch of the text, and when they begin and end as far as the file tells."""

    start: int
    end: int
    begins: Moment
    ends: Moment | None = None


def moment(said: str) -> Moment | None:
    """The time in a string or number of a file; None where there is none."""
    text = said.strip()
    if _NUMBER.fullmatch(text):
        return Moment(float(text))
    if ":" in text and (clock := milliseconds(text)) is not None:
        return Moment(clock, True)
    match = _SECONDS.fullmatch(text)
    if match is None or text == "PT":
        return None
    if match["plain"]:
        return Moment(float(match["plain"]) * 1000, True)
    try:
        hours, minutes, seconds = (float(match[n] or 0) for n in ("hours", "minutes", "seconds"))
    except ValueError:
        return None
    return Moment((hours * 3600 + minutes * 60 + seconds) * 1000, True)


def moment_of(value: object) -> Moment | None:
    """The time in a value of a file, a string or a number; None where there is none."""
    if isinstance(value, str):
        return moment(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Moment(float(value)) if 0 <= value < MOST else None


_BEGINS = "start begin start_time begin_time starttime time timestamp timecode from in".split()
_ENDS = "end stop end_time stop_time endtime to out".split()


@dataclass(frozen=True, slots=True)
class ColumnTimes:
    """The numbers of the columns of a table that say when a row begins and ends."""

    begins: int | None = None
    ends: int | None = None

    def said(self, place: Span, cells: Sequence[str]) -> tuple[SaidBetween, ...]:
        """When a row is said whose words stand at a place of the text; none if it does not say."""
        begins, ends = (
            moment(cells[one]) if one is not None and one < len(cells) else None
            for one in (self.begins, self.ends)
        )
        if begins is None or (self.ends is not None and ends is None):
            return ()
        return (SaidBetween(start=place.start, end=place.end, begins=begins, ends=ends),)


def column_times(heads: Sequence[str]) -> ColumnTimes:
    """The columns of times, by heads in small letters."""
    named = [head.strip().replace(" ", "_").partition("_(")[0] for head in heads]
    begins = next((named.index(one) for one in _BEGINS if one in named), None)
    return ColumnTimes(begins, next((named.index(one) for one in _ENDS if one in named), None))


def timed(items: Sequence[SaidBetween]) -> tuple[Timed, ...]:
    """The stretches of one list in one unit; none where no unit makes it talk.

    What tells no end ends where the next thing begins, which may be several words on; the last of
    these has no time.
    """
    ends = _ends(items)
    following = [*(one.begins for one in items[1:]), *(one.begins for one in items[-1:])]
    unit = _unit(
        (one.end - one.start, (one.ends or after).number - one.begins.number)
        for one, after in zip(items, following, strict=True)
        if not one.begins.is_known
    )
    made = []
    for one, end in zip(items, ends, strict=True):
        if end is None or one.begins.is_known != end.is_known or not (one.begins.is_known or unit):
            continue
        scale = 1.0 if one.begins.is_known else unit or 1.0
        begins, ending = int(one.begins.number * scale), -int(-end.number * scale // 1)
        if ending > begins and one.end > one.start:
            made.append(Timed(start=one.start, end=one.end, begins=begins, ends=ending))
    return tuple(made)


class SaidColumns(NamedTuple):
    """The same of many words, in arrays: of places, and of numbers of a unit that is not known."""

    starts: Any
    ends: Any
    begins: Any
    stops: Any

    def items(self) -> Iterator[SaidBetween]:
        """One by one."""
        columns = (column.tolist() for column in self)
        for start, end, begins, stops in zip(*columns, strict=True):
            yield SaidBetween(start, end, Moment(begins), Moment(stops))


def timed_columns(parts: Sequence[SaidColumns]) -> tuple[Timed, ...]:
    """The same as `timed`, of the parts of one list."""
    starts, ends, begins, stops = (
        np.concatenate(column).astype(kind)
        for column, kind in zip(zip(*parts, strict=True), "qqdd", strict=True)
    )
    lengths = stops - begins
    is_said = lengths >= 0
    numbers = np.cumsum(lengths[is_said])[-1:].tolist()  # one after another, as `sum` does
    unit = _unit_of(int((ends - starts)[is_said].sum()), *numbers) if numbers else None
    if unit is None:
        return ()
    first, last = np.trunc(begins * unit).astype(int), -np.floor(-stops * unit).astype(int)
    has_time = (last > first) & (ends > starts)
    columns = (column[has_time].tolist() for column in (starts, ends, first, last))
    return tuple(map(Timed, *columns))


def in_seconds(place: Span, begins: float, ends: float) -> tuple[Timed, ...]:
    """When a place of the text is said; none where it ends no later than it begins, or than 0."""
    begins = max(begins, 0.0)
    if not begins < ends < _LONGEST or place.end <= place.start:
        return ()
    first, last = int(round(begins * 1000, 3)), -int(-round(ends * 1000, 3) // 1)
    return (Timed(start=place.start, end=place.end, begins=first, ends=last),)


def _ends(items: Sequence[SaidBetween]) -> list[Moment | None]:
    """Where each ends: as it says, or where the next begins that does not begin with it."""
    ends: list[Moment | None] = []
    later: Moment | None = None
    following: Moment | None = None
    for one in reversed(items):
        if following is not None and following != one.begins:
            later = following
        ends.append(one.ends or later)
        following = one.begins
    return ends[::-1]


def _unit(lengths: Iterable[tuple[int, float]]) -> float | None:
    """How many milliseconds one of these numbers is; None where it would be no talk."""
    characters, numbers = 0, 0.0
    for count, length in lengths:
        if length >= 0:
            characters, numbers = characters + count, numbers + length
    return _unit_of(characters, numbers)


def _unit_of(characters: int, numbers: float) -> float | None:
    """The same of so many characters that are said in so many of these numbers."""
    if not characters or not numbers:
        return None
    for unit in _UNITS:
        speed = characters / (numbers * unit / 1000)
        if (SLOWEST if unit == _UNITS[0] else _SLOWEST_OF_SMALL) <= speed <= FASTEST:
            return unit
    return None
