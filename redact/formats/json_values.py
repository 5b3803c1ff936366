"""What a JSON file says: strings, numbers and lists of numbers, each with its place in the file.

Lists of like records, as recognisers write a word at a time, are columns; so are all lists of one
shape together: a hundred thousand words are some arrays, however many segments they stand in.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np

from redact.core import Span

PLACE = "\0"  # before the place of a value in a list that is a record
LeafKind = Literal["name", "string", "number"]

Path = tuple[str | int, ...]


class String(NamedTuple):
    """A string: the names and numbers that lead to it, where it stands between its quotes.

    `start` and `end` are characters of the file's text. One that is a name itself `is_key`.
    """

    path: Path
    start: int
    end: int
    said: str
    is_key: bool = False

    @property
    def place(self) -> Span:
        return Span(self.start, self.end)

    def __repr__(self) -> str:
        return f"String({self.start}, {self.end})"  # never what it says


class Number(NamedTuple):
    """A number: the names and numbers that lead to it, and where it stands."""

    path: Path
    start: int
    end: int

    @property
    def field(self) -> str:
        """The innermost name that leads to it."""
        return field_of(self.path)

    @property
    def shape(self) -> Path:
        """The same for the numbers at one place of all items of a list."""
        return shape_of(self.path)


class NumberList(NamedTuple):
    """A list of nothing but numbers: the field it belongs to, how many, where its inside stands.

    `of_list` if it stands in a list itself.
    """

    field: str
    start: int
    end: int
    numbers: int
    of_list: bool


@dataclass(slots=True, kw_only=True)
class RecordColumn:
    """What stands at one place of each record of a list: strings, or numbers.

    `items` are the numbers of the records in the list, `starts` and `ends` characters of the file.
    """

    values: list[Any] = field(repr=False)
    items: Sequence[int]
    starts: array[int]
    ends: array[int]

    def add(self, more: RecordColumn) -> None:
        """Goes on with what later records of the list say there."""
        self.values += more.values
        if not isinstance(self.items, array):
            self.items = array("I", self.items)
        self.items.extend(more.items)
        self.starts += more.starts
        self.ends += more.ends

    def part(self, first: int, last: int) -> RecordColumn:
        """Of a column that has all records those of one list, whose records count from 0."""
        return RecordColumn(
            values=self.values[first:last],
            items=range(last - first),
            starts=self.starts[first:last],
            ends=self.ends[first:last],
        )

    @property
    def lengths(self) -> Any:
        """How many characters of the file each has, as an array."""
        return np.frombuffer(self.ends, np.uint32) - np.frombuffer(self.starts, np.uint32)

    @property
    def has_no_escapes(self) -> bool:
        """Whether all of its strings stand in the file as they are."""
        return int(self.lengths.sum()) == len("".join(self.values))


@dataclass(slots=True, kw_only=True)
class RecordTable:
    """A list of like records by its columns; a column's name leads to it from a record.

    Or several lists of one shape, one behind another: `paths` lead to them, and `bounds` are the
    numbers of their first records, and how many there are. Then each column has all records.
    """

    paths: list[Path]
    bounds: list[int] = field(default_factory=list)
    strings: dict[Path, RecordColumn] = field(default_factory=dict)
    numbers: dict[Path, RecordColumn] = field(default_factory=dict)
    names: dict[Path, RecordColumn] = field(default_factory=dict)  # of fields that are not known
    whole: RecordTable | None = None  # for one list of several, of which so many records are
    behind: int = 0  # in the lists before it
    _alone: dict[int, RecordTable] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """What leads to the list, or to the first of several."""
        return self.paths[0]

    @property
    def is_several(self) -> bool:
        return len(self.paths) > 1

    def apart(self) -> Iterator[RecordTable]:
        """Each list as a table of its own."""
        return map(self.alone, range(len(self.paths)))

    def alone(self, number: int) -> RecordTable:
        """One of the lists as a table of its own, the same one whenever it is asked for."""
        if not self.is_several:
            return self
        if number not in self._alone:
            first, last = self.bounds[number], self.bounds[number + 1]
            strings, numbers, names = (
                {name: one.part(first, last) for name, one in columns.items()}
                for columns in (self.strings, self.numbers, self.names)
            )
            self._alone[number] = RecordTable(
                paths=[self.paths[number]],
                strings=strings,
                numbers=numbers,
                names=names,
                whole=self,
                behind=first,
            )
        return self._alone[number]

    def columns(self, kind: LeafKind) -> dict[Path, RecordColumn]:
        """Those of strings, of numbers, or of names."""
        if kind == "string":
            return self.strings
        return self.numbers if kind == "number" else self.names

    def path_to(self, item: int, suffix: Path) -> Path:
        """What leads to a value of a record."""
        if len(self.paths) == 1:
            return (*self.paths[0], item, *suffix)
        number = bisect_right(self.bounds, item) - 1
        return (*self.paths[number], item - self.bounds[number], *suffix)

    def every_string(self) -> Iterator[String]:
        """Each of its strings, column by column."""
        for suffix in self.strings:
            yield from self.column(suffix)

    def column(self, suffix: Path) -> Iterator[String]:
        """The strings of a column."""
        one = self.strings[suffix]
        for item, start, end, said in zip(one.items, one.starts, one.ends, one.values, strict=True):
            yield String(self.path_to(item, suffix), start, end, said)

    def string(self, suffix: Path, n: int) -> String:
        """One string of a column."""
        one = self.strings[suffix]
        path = self.path_to(one.items[n], suffix)
        return String(path, one.starts[n], one.ends[n], one.values[n])

    def names_of(self, suffix: Path) -> Iterator[String]:
        """A field's name, in each record."""
        one = self.names[suffix]
        for item, start, end, said in zip(one.items, one.starts, one.ends, one.values, strict=True):
            yield String(self.path_to(item, suffix), start, end, said, is_key=True)

    def numbers_of(self, suffix: Path) -> Iterator[Number]:
        """The numbers of a column."""
        one = self.numbers[suffix]
        for item, start, end in zip(one.items, one.starts, one.ends, strict=True):
            yield Number(self.path_to(item, suffix), start, end)


@dataclass(slots=True, kw_only=True)
class Values:
    """All that a file of JSON says but for true, false and null."""

    strings: list[String] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    lists: list[NumberList] = field(default_factory=list)
    tables: list[RecordTable] = field(default_factory=list)
    whole: Any = field(default=None, repr=False)


def field_of(path: Path) -> str:
    """The innermost name of a path."""
    named = (part for part in reversed(path) if isinstance(part, str) and part[:1] != PLACE)
    return next(named, "")


def shape_of(path: Path) -> Path:
    """A path without the numbers in it: the same for all items of a list."""
    return tuple("*" if isinstance(part, int) else part for part in path)
