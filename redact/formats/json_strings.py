"""Strings of a JSON file with their places, so that other words can be put between their quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from json import decoder
from typing import NamedTuple

DEEPEST = 60
# Numbers and the like are passed over with what comes after them.
_STEP = re.compile(r'[ \t\r\n:]*(?:[^\s\[\]{},":]+[ \t\r\n]*)?([\[\]{},"])')
# Names of fields as programmers write them: start_time, endTime, EntitySets, RESULT.
_OF_A_PROGRAM = re.compile(r"[a-z0-9_$@.-][\w$@.-]*\Z|[A-Z][A-Z0-9_]*\Z|(?:[A-Z][a-z0-9]+){2,}\Z")
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

    def __repr__(self) -> str:
        return f"String({self.start}, {self.end})"  # never what it says


def read_strings(text: str) -> list[String]:
    """All strings in the order of the file, and names that no programmer gives.

    Raises ValueError for what is not plain JSON: also for a name that stands twice in an object,
    as readers differ on which one counts, and for what is nested deeper than DEEPEST.
    """
    try:
        json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("nested too deep") from None
    strings: list[String] = []
    of_a_program: set[str] = set()
    known: dict[str, str] = {}  # words and names come again and again: each is kept once
    open_: list[tuple[Path, bool]] = []  # the path of each open list or object, and if it is one
    path: Path = ()  # of the innermost
    key: str | int = 0  # what its next value is called
    is_object = named = False
    at = 0
    while match := _STEP.match(text, at):
        at, mark = match.end(), match[1]
        if mark == '"':
            start = at
            said, at = _SCAN(text, start, True)
            said = known.setdefault(said, said)
            if not is_object or named:
                strings.append(String((*path, key), start, at - 1, said))
                continue
            key, named = said, True
            if said in of_a_program:
                continue
            if _OF_A_PROGRAM.match(said):
                of_a_program.add(said)
            else:
                strings.append(String((*path, said), start, at - 1, said, is_key=True))
        elif mark == ",":
            named = False
            if isinstance(key, int):
                key += 1
        elif mark in "{[":
            open_.append((path, is_object))
            if len(open_) > DEEPEST:
                raise ValueError("nested too deep")
            if len(open_) > 1:
                path = (*path, key)
            is_object, named, key = mark == "{", False, 0
        else:
            key = path[-1] if path else 0
            path, is_object = open_.pop()
            named = True
    return strings


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
