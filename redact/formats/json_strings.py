"""What a JSON file says and where it stands, so that other words can be put between its quotes.

Lists of like records, as recognisers write a word at a time, come as columns: a hundred thousand
words are read at the pace of the standard library.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable
from itertools import chain, groupby
from typing import Any, NamedTuple

import numpy as np

from redact.formats.json_values import (
    PLACE,
    LeafKind,
    Number,
    NumberList,
    Path,
    RecordColumn,
    RecordTable,
    String,
    Values,
    field_of,
    shape_of,
)
from redact.formats.offsets import as_offsets

DEEPEST = 60
_MARKS = ' \t\r\n{}[],:"'
_OF_NUMBER = "-0123456789IN"  # with which a number begins: Infinity, NaN
_LONGEST_PLACE = 7  # figures of a name that is the place of a record, and how many
LEAST = 4  # like records that are worth columns
_MOST_IN_A_LIST = 4  # values of a list in a record that is one of many like it
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_NUMBERS = frozenset((int, float))
_WITHOUT_TOKEN = frozenset((bool, type(None)))
_PLAIN: dict[type, LeafKind] = {str: "string", int: "number", float: "number"}


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
    if walk.next != len(walk.places.starts):  # an object has fewer names than stand in the file
        raise ValueError("a name stands twice")
    walk.make_columns()
    walk.values.whole = whole
    return walk.values


class _Places(NamedTuple):
    """Where each string and number stands, without quotes."""

    starts: array[int]
    ends: array[int]


def _tokens(text: str, before: int) -> _Places:
    """The places of all strings and numbers, so many characters further to the front.

    In JSON quotes come in pairs, and beside strings there are only marks, blanks, numbers and true,
    false and null. Of other texts it says something that means nothing.
    """
    kinds = _kinds_of(text)
    quotes = np.flatnonzero(kinds == _QUOTE)
    if "\\" in text:
        behind = np.flatnonzero(kinds[np.maximum(quotes, 1) - 1] == _BACKSLASH).tolist()
        escaped = [n for n in behind if _is_escaped(text, int(quotes[n]))]
        quotes = np.delete(quotes, escaped)
    starts, ends = quotes[::2] + 1, quotes[1::2]
    # A number begins behind a mark, where no string is, and ends before the next mark.
    begins = np.flatnonzero((kinds[1:] == _BEGINS_NUMBER) & ((kinds[:-1] & _MARK) == _MARK)) + 1
    if kinds[:1] == _BEGINS_NUMBER:
        begins = np.concatenate([[0], begins])
    begins = begins[np.searchsorted(quotes, begins) % 2 == 0]
    if len(begins):
        at = np.searchsorted(starts, begins)
        starts = np.insert(starts, at, begins)
        ends = np.insert(ends, at, _ends_of_numbers(kinds, begins))
    return _Places(as_offsets(starts - before), as_offsets(ends - before))


def _ends_of_numbers(kinds: Any, begins: Any) -> Any:
    """The next mark behind the beginning of each number, or the end of the text."""
    ends = begins + 1
    going = np.arange(len(ends))
    for _ in range(_LONG_NUMBER):
        going = going[ends[going] < len(kinds)]
        going = going[(kinds[ends[going]] & _MARK) == 0]
        if not len(going):
            return ends
        ends[going] += 1
    marks = np.append(np.flatnonzero((kinds & _MARK).view(bool)), len(kinds))
    ends[going] = marks[np.searchsorted(marks, ends[going])]
    return ends


_MARK, _BEGINS_NUMBER, _QUOTE, _BACKSLASH = 1, 2, 5, 8  # a quote is a mark
_LONG_NUMBER = 32  # characters: longer ones are looked for otherwise
_KIND_OF = {
    **dict.fromkeys(_MARKS, _MARK),
    **dict.fromkeys(_OF_NUMBER, _BEGINS_NUMBER),
    **{'"': _QUOTE, "\\": _BACKSLASH},
}
_KINDS = bytes(_KIND_OF.get(chr(one), 0) for one in range(256))


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
        self._alike: dict[_Shape, _Alike] = {}

    def value(self, value: Any, path: Path) -> None:
        kind = type(value)
        if len(path) >= DEEPEST and kind in (dict, list):
            raise ValueError("nested too deep")
        if kind is str:
            self.values.strings.append(String(path, *self._place(), value))
        elif kind in _NUMBERS:
            self.values.numbers.append(Number(path, *self._place()))
        elif kind is dict:
            self._fields(value, path)
        elif kind is list:
            self._list(value, path)

    def _fields(self, fields: dict[str, Any], path: Path) -> None:
        """The same of an object: most of the values that are no tables are fields of one."""
        starts, ends = self.places
        for name, inner in fields.items():
            if not self.is_known(name):
                key = String((*path, name), *self._place(), name, is_key=True)
                self.values.strings.append(key)
            else:
                self.next += 1
            is_place = len(name) < _LONGEST_PLACE and name.isdecimal()
            here = (*path, int(name) if is_place else name)
            if type(inner) is str and self.next < len(starts):
                number = self.next
                self.values.strings.append(String(here, starts[number], ends[number], inner))
                self.next = number + 1
            else:
                self.value(inner, here)

    def _place(self) -> tuple[int, int]:
        number = self.next
        if number >= len(self.places.starts):
            raise ValueError("a name stands twice")
        self.next = number + 1
        return self.places.starts[number], self.places.ends[number]

    def _list(self, items: list[Any], path: Path) -> None:
        if self.with_tables and len(items) >= LEAST and self._take_records(items, path):
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

    def _take_records(self, items: list[Any], path: Path) -> bool:
        """Takes a list of like records, with their places, as columns; False for others."""
        if set(map(type, items)) != {dict} or len(path) > DEEPEST // 2:
            return False
        are_alike = [*chain.from_iterable(items)] == [*items[0]] * len(items)  # all names in order
        if are_alike and self._put_off(items, path):
            return True
        table = RecordTable(paths=[path])
        begins, number = self.next, 0
        for run in (items,) if are_alike else (list(run) for _, run in groupby(items, key=tuple)):
            leaves = _leaves(run, ())
            if leaves is None:
                self.next = begins
                return False
            step = len(leaves)
            end = self._end_of(step * len(run))
            for at, leaf in enumerate(leaves, self.next):
                if leaf.kind != "name" or not self.is_known(leaf.name):
                    column = RecordColumn(
                        values=leaf.values or [leaf.name] * len(run),
                        items=range(number, number + len(run)),
                        starts=self.places.starts[at:end:step],
                        ends=self.places.ends[at:end:step],
                    )
                    leaf.add_to(table, column)
            self.next = end
            number += len(run)
        self.values.tables.append(table)
        return True

    def _end_of(self, tokens: int) -> int:
        end = self.next + tokens
        if end > len(self.places.starts):
            raise ValueError("a name stands twice")
        return end

    def _put_off(self, items: list[dict[str, Any]], path: Path) -> bool:
        """Passes over like records of nothing but strings and numbers; False for others.

        At the end all such lists of one shape are made columns together.
        """
        values = [*chain.from_iterable(map(dict.values, items))]
        kinds, width = [*map(type, values)], len(items[0])
        if kinds != kinds[:width] * len(items):  # or some are whole numbers
            kinds = [float if one is int else one for one in kinds]
        if not width or kinds != kinds[:width] * len(items) or not _PLAIN.keys() >= set(kinds):
            return False
        end = self._end_of(2 * len(values))
        of_values = tuple(map(_PLAIN.__getitem__, kinds[:width]))
        shape = _Shape(shape_of(path), tuple(items[0]), of_values)
        alike = self._alike.get(shape)
        if alike is None:
            alike = self._alike[shape] = _Alike(RecordTable(paths=[]), [], [])
            self.values.tables.append(alike.table)
        alike.table.paths.append(path)
        alike.values.append(values)
        alike.tokens.append(self.next)
        self.next = end
        return True

    def make_columns(self) -> None:
        """Makes the columns of all lists of one shape."""
        for shape, alike in self._alike.items():
            width = len(shape.names)
            counts = [len(one) // width for one in alike.values]
            bounds = np.cumsum([0, *counts])
            values = [*chain.from_iterable(alike.values)]
            alike.values.clear()
            first = np.array(alike.tokens) - 2 * width * bounds[:-1]
            tokens = np.repeat(first, counts) + 2 * width * np.arange(bounds[-1])
            alike.table.bounds = bounds.tolist()
            for number, (name, kind) in enumerate(zip(shape.names, shape.kinds, strict=True)):
                if not self.is_known(name):
                    told = self._column([name] * len(tokens), tokens + 2 * number)
                    alike.table.names[name,] = told
                several = self._column(values[number::width], tokens + 2 * number + 1)
                alike.table.columns(kind)[name,] = several

    def _column(self, values: list[Any], tokens: Any) -> RecordColumn:
        starts, ends = (
            as_offsets(np.frombuffer(places, np.uint32)[tokens])
            for places in (self.places.starts, self.places.ends)
        )
        return RecordColumn(values=values, items=range(len(values)), starts=starts, ends=ends)


class _Shape(NamedTuple):
    """Where lists stand, and the names and kinds of the values of their records."""

    path: Path
    names: tuple[str, ...]
    kinds: tuple[LeafKind, ...]


class _Alike(NamedTuple):
    """Lists of one shape: their table, what stands in each, and the number of its first token."""

    table: RecordTable
    values: list[list[Any]]
    tokens: list[int]

    def __repr__(self) -> str:
        return f"_Alike({len(self.values)} lists)"  # the values are words


class _Leaf(NamedTuple):
    """What stands at one place of like records: the names of a field, strings, or numbers."""

    kind: LeafKind
    path: Path
    values: list[Any] = []  # noqa: RUF012 never changed

    def __repr__(self) -> str:
        return f"_Leaf({self.kind}, {len(self.values)} values)"  # the values are words

    @property
    def name(self) -> str:
        return str(self.path[-1])

    def add_to(self, table: RecordTable, column: RecordColumn) -> None:
        """Puts a column of it into a table, or more of one."""
        columns = table.columns(self.kind)
        if self.path in columns:
            columns[self.path].add(column)
        else:
            columns[self.path] = column


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


def characters_of(raw: str) -> array[int]:
    """Where each character of what a string says begins in what stands between its quotes.

    The last is where it ends. Two escapes that are one character together begin and end as one.
    """
    places = array("I")
    at = 0
    for match in _ESCAPE.finditer(raw):
        places.extend(range(at, match.start()))
        low = match[0][:2] == "\\u" and 0xDC00 <= int(match[0][2:], 16) < 0xE000
        if not (low and at == match.start() and places and raw[places[-1]] == "\\"):
            places.append(match.start())
        at = match.end()
    places.extend(range(at, len(raw) + 1))
    return places
