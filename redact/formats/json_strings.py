"""What a JSON file says and where it stands, so that other words can be put between its quotes.

Lists of like records, as recognisers write a word at a time, come as columns: a hundred thousand
words are read at the pace of the standard library.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Literal, NamedTuple

import numpy as np

from redact.core import Span

DEEPEST = 60
_MARKS = ' \t\r\n{}[],:"'
_OF_NUMBER = "-0123456789IN"  # with which a number begins: Infinity, NaN
PLACE = "\0"  # before the place of a value in a list that is a record
_LONGEST_PLACE = 7  # figures of a name that is the place of a record, and how many
LEAST = 4  # like records that are worth columns
_MOST_IN_A_LIST = 4  # values of a list in a record that is one of many like it
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_NUMBERS = frozenset((int, float))
_WITHOUT_TOKEN = frozenset((bool, type(None)))

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

    @property
    def has_no_escapes(self) -> bool:
        """Whether all of its strings stand in the file as they are."""
        return sum(self.ends) - sum(self.starts) == len("".join(self.values))


@dataclass(slots=True, kw_only=True)
class RecordTable:
    """A list of like records by its columns; a column's name leads to it from a record."""

    path: Path
    strings: dict[Path, RecordColumn] = field(default_factory=dict)
    numbers: dict[Path, RecordColumn] = field(default_factory=dict)
    names: dict[Path, RecordColumn] = field(default_factory=dict)  # of fields that are not known

    def add(self, leaf: _Leaf, column: RecordColumn) -> None:
        """Takes in a column, or more of one."""
        columns = self.strings if leaf.kind == "string" else self.numbers
        columns = self.names if leaf.kind == "name" else columns
        if leaf.path in columns:
            columns[leaf.path].add(column)
        else:
            columns[leaf.path] = column

    def every_string(self) -> Iterator[String]:
        """Each of its strings, column by column."""
        for suffix in self.strings:
            yield from self.column(suffix)

    def column(self, suffix: Path) -> Iterator[String]:
        """The strings of a column."""
        one = self.strings[suffix]
        for item, start, end, said in zip(one.items, one.starts, one.ends, one.values, strict=True):
            yield String((*self.path, item, *suffix), start, end, said)

    def names_of(self, suffix: Path) -> Iterator[String]:
        """A field's name, in each record."""
        one = self.names[suffix]
        for item, start, end, said in zip(one.items, one.starts, one.ends, one.values, strict=True):
            yield String((*self.path, item, *suffix), start, end, said, is_key=True)

    def numbers_of(self, suffix: Path) -> Iterator[Number]:
        """The numbers of a column."""
        one = self.numbers[suffix]
        for item, start, end in zip(one.items, one.starts, one.ends, strict=True):
            yield Number((*self.path, item, *suffix), start, end)


@dataclass(slots=True, kw_only=True)
class Values:
    """All that a file of JSON says but for true, false and null."""

    strings: list[String] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    lists: list[NumberList] = field(default_factory=list)
    tables: list[RecordTable] = field(default_factory=list)
    whole: Any = field(default=None, repr=False)


def read_values(
    text: str, is_known: Callable[[str], bool], *, before: int = 0, tables: bool = False
) -> Values:
    """All strings and numbers in the order of the file, and names of fields that are not known.

    Those of like records come as `tables` if these are asked for. Places count from the character
    `before` of the text. Raises ValueError for what is not plain JSON: also for a name that stands
    twice in an object, as readers differ on which one counts, and for what is nested deeper than
    DEEPEST.
    """
    places = _tokens(text, before)  # first, as it takes memory that the values then have
    try:
        whole = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    walk = _JsonWalk(places, is_known, tables)
    walk.value(whole, ())
    if walk.next != len(walk.places):  # an object has fewer names than stand in the file
        raise ValueError("a name stands twice")
    walk.values.whole = whole
    return walk.values


class _Places(NamedTuple):
    """Where each string and number stands, without quotes."""

    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.starts)


def _tokens(text: str, before: int) -> _Places:
    """The places of all strings and numbers, so many characters further to the front.

    In JSON quotes come in pairs, and beside strings there are only marks, blanks, numbers and true,
    false and null. Of other texts it says something that means nothing.
    """
    kinds = _kinds_of(text)
    quotes = np.flatnonzero(kinds == _QUOTE)
    if "\\" in text:
        quotes = np.array([at for at in quotes.tolist() if not _is_escaped(text, at)], np.int64)
    starts, ends = quotes[::2] + 1, quotes[1::2]
    # A number begins behind a mark, where no string is, and ends before the next mark.
    begins = np.flatnonzero((kinds[1:] == _BEGINS_NUMBER) & ((kinds[:-1] & _MARK) == _MARK)) + 1
    if kinds[:1] == _BEGINS_NUMBER:
        begins = np.concatenate([[0], begins])
    begins = begins[np.searchsorted(quotes, begins) % 2 == 0]
    if len(begins):
        marks = np.append(np.flatnonzero(kinds & _MARK), len(kinds))
        at = np.searchsorted(starts, begins)
        starts = np.insert(starts, at, begins)
        ends = np.insert(ends, at, marks[np.searchsorted(marks, begins)])
    places = _Places(array("I"), array("I"))
    places.starts.frombytes((starts - before).astype(np.uint32).tobytes())
    places.ends.frombytes((ends - before).astype(np.uint32).tobytes())
    return places


_MARK, _BEGINS_NUMBER, _QUOTE = 1, 2, 5  # a quote is a mark
_KINDS = bytes(
    _QUOTE if one == '"' else _MARK if one in _MARKS else _BEGINS_NUMBER * (one in _OF_NUMBER)
    for one in map(chr, range(256))
)


def _kinds_of(text: str) -> Any:
    """What each character is for JSON, as a number."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii").translate(_KINDS), np.uint8)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.frombuffer(_KINDS, np.uint8)[np.minimum(codes, 255)]


def _is_escaped(text: str, at: int) -> bool:
    """Whether a quote belongs to what a string says: backslashes in an odd number lead up to it."""
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1


class _JsonWalk:
    """Takes up the values of a file in its order, each with the next place."""

    def __init__(self, places: _Places, is_known: Callable[[str], bool], tables: bool) -> None:
        self.places, self.is_known, self.with_tables = places, is_known, tables
        self.values = Values()
        self.next = 0

    def value(self, value: Any, path: Path) -> None:
        kind = type(value)
        if len(path) >= DEEPEST and kind in (dict, list):
            raise ValueError("nested too deep")
        if kind is str:
            self.values.strings.append(String(path, *self._place(), value))
        elif kind in _NUMBERS:
            self.values.numbers.append(Number(path, *self._place()))
        elif kind is dict:
            for name, inner in value.items():
                place = self._place()
                if not self.is_known(name):
                    self.values.strings.append(String((*path, name), *place, name, is_key=True))
                is_place = len(name) < _LONGEST_PLACE and name.isdecimal()
                self.value(inner, (*path, int(name) if is_place else name))
        elif kind is list:
            self._list(value, path)

    def _place(self) -> tuple[int, int]:
        number = self.next
        if number >= len(self.places):
            raise ValueError("a name stands twice")
        self.next = number + 1
        return self.places.starts[number], self.places.ends[number]

    def _list(self, items: list[Any], path: Path) -> None:
        if self.with_tables and len(items) >= LEAST and (table := self._table(items, path)):
            self.values.tables.append(table)
            return
        first = self.next
        kinds = set(map(type, items))
        is_record = str in kinds and not kinds.isdisjoint(_NUMBERS)  # ["there", 1.5, 2.0]
        for number, item in enumerate(items):
            self.value(item, (*path, f"{PLACE}{number}" if is_record else number))
        if items and all(type(item) in _NUMBERS for item in items):
            start, end = self.places.starts[first], self.places.ends[self.next - 1]
            in_list = bool(path) and isinstance(path[-1], int)
            self.values.lists.append(NumberList(field_of(path), start, end, len(items), in_list))

    def _table(self, items: list[Any], path: Path) -> RecordTable | None:
        """A list of like records as columns, with its places taken; None for others."""
        if set(map(type, items)) != {dict} or len(path) > DEEPEST // 2:
            return None
        table = RecordTable(path=path)
        begins, number = self.next, 0
        alike = len(set(map(tuple, items))) == 1
        for run in (items,) if alike else (list(run) for _, run in groupby(items, key=tuple)):
            leaves = _leaves(run, ())
            if leaves is None:
                self.next = begins
                return None
            step = len(leaves)
            end = self.next + step * len(run)
            if end > len(self.places):
                raise ValueError("a name stands twice")
            for at, leaf in enumerate(leaves, self.next):
                if leaf.kind != "name" or not self.is_known(leaf.name):
                    column = RecordColumn(
                        values=leaf.values or [leaf.name] * len(run),
                        items=range(number, number + len(run)),
                        starts=self.places.starts[at:end:step],
                        ends=self.places.ends[at:end:step],
                    )
                    table.add(leaf, column)
            self.next = end
            number += len(run)
        return table


class _Leaf(NamedTuple):
    """What stands at one place of like records: the names of a field, strings, or numbers."""

    kind: Literal["name", "string", "number"]
    path: Path
    values: list[Any] = []  # noqa: RUF012 never changed

    @property
    def name(self) -> str:
        return str(self.path[-1])


def _leaves(values: list[Any], path: Path) -> list[_Leaf] | None:
    """The leaves of like values in the order of a file; None if they are not alike."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return [_Leaf("string", path, values)]
    if kinds <= _NUMBERS:
        return [_Leaf("number", path, values)]
    if kinds <= _WITHOUT_TOKEN:
        return []
    leaves: list[_Leaf] = []
    if kinds == {dict}:
        names = values[0].keys()
        if len(path) and len(set(map(tuple, values))) > 1:
            return None
        for name in names:
            inner = _leaves([value[name] for value in values], (*path, name))
            if inner is None:
                return None
            leaves += [_Leaf("name", (*path, name)), *inner]
        return leaves
    if kinds == {list}:
        (first, *others) = set(map(len, values))
        if others or first > _MOST_IN_A_LIST:
            return None
        for number in range(first):
            several = [value[number] for value in values]
            if set(map(type, several)) <= _NUMBERS:
                return None  # a list with numbers is looked at by itself
            inner = _leaves(several, (*path, number))
            if inner is None:
                return None
            leaves += inner
        return leaves
    return None


def field_of(path: Path) -> str:
    """The innermost name of a path."""
    named = (part for part in reversed(path) if isinstance(part, str) and part[:1] != PLACE)
    return next(named, "")


def shape_of(path: Path) -> Path:
    """A path without the numbers in it: the same for all items of a list."""
    return tuple("*" if isinstance(part, int) else part for part in path)


def characters_of(raw: str) -> list[int]:
    """Where each character of what a string says begins in what stands between its quotes.

    The last is where it ends. Two escapes that are one character together begin and end as one.
    """
    places: list[int] = []
    at = 0
    for match in _ESCAPE.finditer(raw):
        places += range(at, match.start())
        low = match[0][:2] == "\\u" and 0xDC00 <= int(match[0][2:], 16) < 0xE000
        if not (low and at == match.start() and places and raw[places[-1]] == "\\"):
            places.append(match.start())
        at = match.end()
    return [*places, *range(at, len(raw) + 1)]
