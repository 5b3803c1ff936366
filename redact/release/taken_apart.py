"""Files of text taken apart for gate G6: every line, cell, tag, name of a field, string and number.

With the standard library only: no line of it is shared with the readers of `formats`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from html import unescape
from importlib import resources
from itertools import pairwise
from typing import Any

MOST_FIGURES = 8  # of a number that is no telephone
_FEWEST_LETTERS = 4  # one by one, that spell something
_WHO = frozenset("speaker speaker_label speaker_id speakerId channel".split())  # A, B, A …
MEASURED = re.compile(r"(?<![\w.])([+-]?\d{1,6})\.0{0,4}\d{1,17}(?![\w.])")  # of few figures
_FRACTION = re.compile(r"\.\d+")


class SaidAs(Enum):
    """How a value is said: whole, in pieces of words, letter by letter, or so that none may."""

    WHOLE = auto()
    PIECES = auto()
    LETTERS = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Value:
    """Something a file says, and how."""

    said: str = field(repr=False)
    how: SaidAs = SaidAs.WHOLE


def of_text(text: str) -> Iterator[Value]:
    for line in text.splitlines():
        yield Value(line, SaidAs.PIECES)


def of_numbered_text(text: str) -> Iterator[Value]:
    """The same, of numbers that are measured what stands before the point."""
    for line in text.splitlines():
        yield Value(MEASURED.sub(r"\1", line), SaidAs.PIECES)


def of_inqscribe(text: str) -> Iterator[Value]:
    """The same of a text in a line, of which the ends of lines are written `\\r`."""
    for line in text.splitlines():
        yield from (Value(piece, SaidAs.PIECES) for piece in re.split(r"\\[rnt]", line))


def of_captions(text: str) -> Iterator[Value]:
    """Lines, and what stands in tags and beside times; entities as what they say in WebVTT."""
    read = unescape if text.startswith("WEBVTT") else str
    for line in text.splitlines():
        for number, piece in enumerate(re.split(r"(<[^<>]*>|\{\\[^{}]*\})", line)):
            yield Value(read(piece), SaidAs.WHOLE if number % 2 else SaidAs.PIECES)


def of_table(delimiters: str) -> Callable[[str], Iterator[Value]]:
    def read(text: str) -> Iterator[Value]:
        first = re.sub('"[^"]*"', "", text.partition("\n")[0])
        delimiter = max(delimiters, key=first.count)
        csv.field_size_limit(max(csv.field_size_limit(), len(text)))
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield from (Value(cell, SaidAs.PIECES) for cell in row)

    return read


@dataclass(frozen=True, slots=True)
class _Digits:
    """A number of JSON as it is written."""

    said: str


def of_json(text: str) -> Iterator[Value]:
    whole = json.loads(
        text,
        object_pairs_hook=_Pairs,
        parse_int=_Digits,
        parse_float=_Digits,
        parse_constant=_Digits,
    )
    numbers: dict[_Shape, list[str]] = defaultdict(list)
    letters: dict[_Path, list[str]] = defaultdict(lambda: [""])
    for path, value in _leaves(whole, ()):
        if isinstance(value, _Digits):
            numbers[_shape(path)].append(value.said)
        elif value is None:
            yield Value("", SaidAs.NEVER)
        elif path[-1:] == ("",):
            yield Value(value)
        elif len(value.strip()) == 1 and path[-1] not in _WHO:
            letters[_place_of_list(path)][-1] += value.strip()
        else:
            letters[_place_of_list(path)].append("")
            yield Value(value, SaidAs.PIECES)
    if not all(_is_measured(shape, several) for shape, several in numbers.items()):
        yield Value("", SaidAs.NEVER)
    for run in (run for runs in letters.values() for run in runs):
        if len(run) >= _FEWEST_LETTERS and len(set(run)) > 1:
            yield Value(run, SaidAs.LETTERS)


def of_json_lines(text: str) -> Iterator[Value]:
    """An object a line, as one list."""
    return of_json(f"[{','.join(line for line in re.split(r'[\r\n]+', text) if line.strip())}]")


class _Pairs(list[tuple[str, Any]]):
    """The fields of an object, also those of one name."""


_Path = tuple[str | int, ...]
_Shape = tuple[str, ...]


def _leaves(value: Any, path: _Path) -> Iterator[tuple[_Path, Any]]:
    """Every name (at the path ""), string and number with what leads to it.

    None stands for a list of numbers.
    """
    if isinstance(value, _Pairs):
        for key, inner in value:
            yield ("",), key
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        if len(value) > 2 and all(isinstance(one, _Digits) for one in value):
            yield path, None
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    elif isinstance(value, str | _Digits):
        yield path, value


def _shape(path: _Path) -> _Shape:
    return tuple("*" if isinstance(part, int) else part for part in path)


def _place_of_list(path: _Path) -> _Path:
    """What leads to the innermost list, and from its items on."""
    last = max((at for at, part in enumerate(path) if isinstance(part, int)), default=-1)
    return (*path[:last], "*", *path[last + 1 :]) if last >= 0 else path


def _is_measured(path: _Shape, numbers: list[str]) -> bool:
    """Whether numbers at one place are times or shares, or count."""
    name = next((part for part in reversed(path) if part != "*"), "")
    if name == "nanos":  # behind seconds: those of whole milliseconds
        numbers = [one.removesuffix("000000") for one in numbers]
    if any(len(re.sub(r"\D", "", _FRACTION.sub("", one))) > MOST_FIGURES for one in numbers):
        return False
    if name in _measures():
        return True
    whole = [int(one) for one in numbers if one.isdecimal()]
    if name not in _counters() or len(whole) < len(numbers):
        return False
    if max(whole) < 100:
        return True
    return all(after - before in (0, 1) or after == whole[0] for before, after in pairwise(whole))


@cache
def _measures() -> frozenset[str]:
    return _section("kind number")


@cache
def _counters() -> frozenset[str]:
    return _section("kind whole")


def _section(wanted: str) -> frozenset[str]:
    table = resources.files("redact.data").joinpath("structure/json_fields.txt")
    _, _, rest = table.read_text("utf-8").partition(f"[{wanted}]\n")
    return frozenset(rest.partition("[")[0].split())
