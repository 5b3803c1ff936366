"""When something is said, in the JSON of speech recognition: fields beside the words that tell it.

Their names are facts, compiled from what producers publish. A word without a time of its own (a
figure that WhisperX could not align) has none: it lies between those that have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from redact.core.timed import Timed
from redact.formats.json_lists import StringList, plain_name
from redact.formats.json_values import Path, RecordTable, Values, shape_of
from redact.formats.times import (
    MOST,
    Moment,
    SaidBetween,
    SaidColumns,
    moment,
    moment_of,
    timed,
    timed_columns,
)

# Where something begins, and where it ends; the likeliest first. "+" is a length.
_PAIRS = (
    ("start", "end"),
    ("start_time", "end_time"),
    ("startTime", "endTime"),
    ("start_ms", "end_ms"),
    ("startMs", "endMs"),
    ("startTimeMs", "endTimeMs"),
    ("startOffset", "endOffset"),
    ("BeginOffsetMillis", "EndOffsetMillis"),
    ("start_timestamp_millis", "end_timestamp_millis"),
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
# The object itself, or within it those of whisper.cpp: {"from": …, "to": …}
_WITHIN: tuple[Path, ...] = ((), ("timestamps",), ("offsets",))
_LISTED = ("timestamp", "time", "offset")  # [from, to]: fields "time 0", "time 1"
# The names of what begins, as they are compared; the likeliest first.
BEGINS = tuple(
    dict.fromkeys(plain_name(name) for name in (*_ALONE, *(first for first, _ in _PAIRS)))
)
_PARTS = {"seconds": 1000.0, "nanos": 1e-6}
_FIELDS = frozenset((*_ALONE, *(name.removeprefix("+") for pair in _PAIRS for name in pair)))


@dataclass(frozen=True, slots=True)
class _Told:
    """When an item begins, and ends if it says so."""

    begins: Moment
    ends: Moment | None = None


class _ToldColumns(NamedTuple):
    """When each record of a table begins and ends, in its own numbers."""

    begins: Any
    stops: Any

    def heard(self, starts: Sequence[int], ends: Sequence[int], first: int) -> SaidColumns:
        """The same for records from the `first` on, and where they stand; -1: nowhere."""
        told = slice(first, first + len(starts))
        columns = (np.array(starts), np.array(ends), self.begins[told], self.stops[told])
        is_there = columns[0] >= 0
        return SaidColumns(*(column[is_there] for column in columns))


class JsonTimes:
    """The times of what is said, list by list."""

    def __init__(self, values: Values, text: str) -> None:
        self._told: dict[Path, dict[str, Moment]] = defaultdict(dict)  # by object and field
        # By shape: one has one unit.
        self._said: dict[Path, list[list[SaidBetween] | SaidColumns]] = defaultdict(list)
        self._records: dict[tuple[int, Path], dict[int, _Told]] = {}  # by table and column
        self._columns: dict[int, _ToldColumns | None] = {}  # by table
        for number in values.numbers:
            self._take(number.path, text[number.start : number.end])
        for string in values.strings:
            if not string.is_key:
                self._take(string.path, string.said)

    def _take(self, path: Path, said: str) -> None:
        field = _field(path)
        if field is not None and (at := moment(said)) is not None:
            field.tell(at, self._told[field.of])

    def heard(
        self, one: StringList, starts: Sequence[int], ends: Sequence[int], first: int = 0
    ) -> None:
        """Notes where in the text the strings of a list stand, one by one, from the `first` on; -1:
        nowhere."""
        shape = shape_of((*one.path, 0, *one.suffix))
        if one.table is None:
            if not self._told:
                return
            told = [self._of_string(string.path, len(one.path)) for string in one.items]
        elif columns := self._columns_of(one.table):
            self._said[shape].append(columns.heard(starts, ends, first + one.table.behind))
            return
        else:
            records = self._records_of(one.table, one.suffix)
            if not records:
                return
            items = one.table.strings[one.suffix].items[first : first + len(starts)]
            told = [*map(records.get, items)]
        self._said[shape].append(
            [
                SaidBetween(start, end, when.begins, when.ends)
                for when, start, end in zip(told, starts, ends, strict=True)
                if when is not None and start >= 0
            ]
        )

    def times(self) -> tuple[Timed, ...]:
        """All stretches that have a time, list by list; one that says another again adds none."""
        lists: list[tuple[Timed, ...]] = []
        for parts in self._said.values():
            told = _timed(parts)
            if told not in lists:
                lists.append(told)
        return tuple(chain.from_iterable(lists))

    def _columns_of(self, table: RecordTable) -> _ToldColumns | None:
        """When each record of like lists is said, where all of them tell it in numbers."""
        whole = table.whole or table
        if id(whole) not in self._columns:
            self._columns[id(whole)] = _columns_in(whole) if whole.bounds else None
        return self._columns[id(whole)]

    def _records_of(self, table: RecordTable, suffix: Path) -> dict[int, _Told]:
        key = (id(table), suffix)
        if key not in self._records:
            self._records[key] = _of_records(table, suffix)
        return self._records[key]

    def _of_string(self, path: Path, of_list: int) -> _Told | None:
        """When it is said, by the innermost object about it that tells; its item is the last."""
        for depth in range(len(path) - 1, of_list, -1):
            for within in _WITHIN:
                fields = self._told.get((*path[:depth], *within))
                if fields is not None and (told := _of_fields(fields)):
                    return told
        return None


class _Field(NamedTuple):
    """A field that tells a time, and the object that it is of."""

    of: Path
    name: str
    scale: float = 0.0  # milliseconds in one, where it is a part: {"seconds": 1, "nanos": 900}

    def tell(self, at: Moment, fields: dict[str, Moment]) -> None:
        """Notes the time among those of its object."""
        if self.scale:
            before = fields.get(self.name, Moment(0.0, True)).number
            at = Moment(before + at.number * self.scale, True)
        fields[self.name] = at


def _field(path: Path) -> _Field | None:
    """The field that a value stands in, if it tells times."""
    above, name = path[:-1], path[-1] if path else ""
    if name in _PARTS:
        of = above[-1] if above else ""
        return _Field(above[:-1], str(of), _PARTS[str(name)]) if of in _FIELDS else None
    if isinstance(name, int):
        if not (above and above[-1] in _LISTED):
            return None
        above, name = above[:-1], f"{above[-1]} {name}"
    return _Field(above, name) if name in _FIELDS else None


def _timed(parts: Sequence[list[SaidBetween] | SaidColumns]) -> tuple[Timed, ...]:
    """The stretches of one list, of which parts come as columns."""
    columns = [part for part in parts if isinstance(part, SaidColumns)]
    if len(columns) == len(parts):
        return timed_columns(columns)
    return timed([*chain.from_iterable(map(_items_of, parts))])


def _items_of(part: list[SaidBetween] | SaidColumns) -> Iterable[SaidBetween]:
    return part.items() if isinstance(part, SaidColumns) else part


def _columns_in(table: RecordTable) -> _ToldColumns | None:
    """The times of a table whose columns have all records; None where some are no plain numbers."""
    numbers: dict[str, Any] = {}
    for suffix, column in chain(table.numbers.items(), table.strings.items()):
        field = _field(suffix)
        if field is not None:
            if suffix not in table.numbers:
                return None
            values = np.array(column.values, float)
            if not ((values >= 0) & (values < MOST)).all():
                return None
            numbers[field.name] = values
    pair = _pair_in(tuple(numbers))
    if pair is None or not pair.ends:
        return None
    begins, stops = numbers[pair.begins], numbers[pair.ends]
    return _ToldColumns(begins, begins + stops if pair.is_length else stops)


def _of_records(table: RecordTable, suffix: Path) -> dict[int, _Told]:
    """When what stands in each record of a table is said, by the number of the record."""
    told: dict[int, _Told] = {}
    if not any(map(_field, chain(table.numbers, table.strings))):
        return told
    for depth in range(len(suffix) - 1, -1, -1):
        for within in _WITHIN:
            for item, fields in _fields_in(table, (*suffix[:depth], *within)).items():
                if item not in told and (said := _of_fields(fields)):
                    told[item] = said
            if len(told) == len(table.strings[suffix].items):
                return told
    return told


def _fields_in(table: RecordTable, of: Path) -> Mapping[int, Mapping[str, Moment]]:
    """The fields of time of one object in each record."""
    fields: dict[int, dict[str, Moment]] = defaultdict(dict)
    for path, column in chain(table.numbers.items(), table.strings.items()):
        field = _field(path)
        if field is None or field.of != of:
            continue
        for item, value in zip(column.items, column.values, strict=True):
            if (at := moment_of(value)) is not None:
                field.tell(at, fields[item])
    return fields


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
