"""What a JSON file says and where it stands, so that other words can be put between its quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from json import decoder
from typing import NamedTuple

from redact.core import Span

DEEPEST = 60
# Numbers and the like are passed over with what comes after them.
_STEP = re.compile(r'[ \t\r\n:]*(?:([^\s\[\]{},":]+)[ \t\r\n]*)?([\[\]{},"])')
_NO_NUMBERS = frozenset(("true", "false", "null"))
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)", re.DOTALL)
# The standard library's own reading of a string: what it says, and the place after its last quote.
_SCAN: Callable[[str, int, bool], tuple[str, int]] = vars(decoder)["scanstring"]

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
        return _field(self.path)

    @property
    def shape(self) -> Path:
        """The same for the numbers at one place of all items of a list."""
        return tuple("*" if isinstance(part, int) else part for part in self.path)


class NumberList(NamedTuple):
    """A list of nothing but numbers: the field it belongs to, how many, where its inside stands.

    `of_list` if it stands in a list itself.
    """

    field: str
    start: int
    end: int
    numbers: int
    of_list: bool


class Values(NamedTuple):
    """All that a file of JSON says but for true, false and null."""

    strings: list[String]
    numbers: list[Number]
    lists: list[NumberList]

    def moved(self, by: int) -> Values:
        """The same, so many characters further on."""
        if not by:
            return self
        return Values(
            [one._replace(start=one.start + by, end=one.end + by) for one in self.strings],
            [one._replace(start=one.start + by, end=one.end + by) for one in self.numbers],
            [one._replace(start=one.start + by, end=one.end + by) for one in self.lists],
        )


def read_values(text: str, is_known: Callable[[str], bool]) -> Values:
    """All strings and numbers in the order of the file, and names of fields that are not known.

    Raises ValueError for what is not plain JSON: also for a name that stands twice in an object,
    as readers differ on which one counts, and for what is nested deeper than DEEPEST.
    """
    try:
        json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("nested too deep") from None
    strings: list[String] = []
    numbers: list[Number] = []
    lists: list[NumberList] = []
    known: dict[str, str] = {}  # words and names come again and again: each is kept once
    open_: list[_Open] = []
    path: Path = ()  # of the innermost
    key: str | int = 0  # what its next value is called
    is_object = named = False
    at = 0
    while match := _STEP.match(text, at):
        at, mark = match.end(), match[2]
        if match[1] and match[1] not in _NO_NUMBERS:
            numbers.append(Number((*path, key), *match.span(1)))
        elif match[1] and open_:
            open_[-1].others = True
        if mark == '"':
            start = at
            said, at = _SCAN(text, start, True)
            said = known.setdefault(said, said)
            if open_:
                open_[-1].others = True
            if not is_object or named:
                strings.append(String((*path, key), start, at - 1, said))
                continue
            key, named = said, True
            if not is_known(said):
                strings.append(String((*path, said), start, at - 1, said, is_key=True))
        elif mark == ",":
            named = False
            if isinstance(key, int):
                key += 1
        elif mark in "{[":
            if open_:
                open_[-1].others = True
            open_.append(_Open(path=path, is_object=is_object, at=at, numbers=len(numbers)))
            if len(open_) > DEEPEST:
                raise ValueError("nested too deep")
            if len(open_) > 1:
                path = (*path, key)
            is_object, named, key = mark == "{", False, 0
        else:
            key = path[-1] if path else 0
            last = open_.pop()
            count = len(numbers) - last.numbers
            if count and not is_object and not last.others:
                span = (last.at, match.start(2))
                lists.append(NumberList(_field(path), *span, count, not last.is_object))
            path, is_object = last.path, last.is_object
            named = True
    return Values(strings, numbers, lists)


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or object: what it stands in, where its inside begins, and what it holds so far."""

    path: Path
    is_object: bool
    at: int
    numbers: int
    others: bool = False


def _field(path: Path) -> str:
    """The innermost name of a path."""
    return next((part for part in reversed(path) if isinstance(part, str)), "")


def _once(pairs: list[tuple[str, object]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name stands twice")


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
