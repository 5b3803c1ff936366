"""What the places of codings count: each program of coded projects has its own way (REFI-QDA 1.0).

Characters, halves of UTF-16, a break of two characters as one or as two: the program's name tells,
and the codings themselves where they are called as the words that they lie on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from redact.formats.collect import attribute, whole_number
from redact.formats.slots import Unit
from redact.formats.splicing import count_units
from redact.formats.xml import Tag

# What a program counts, where it is not characters: NVivo as Windows does, ATLAS.ti a break as one.
UNITS: dict[str, Unit] = {"NVivo": "utf-16", "ATLAS.ti": "break as one"}
_ALL_UNITS: tuple[Unit, ...] = ("character", "utf-16", "break as one", "utf-16, break as one")
_LEAST_QUOTED = 3  # characters of a name by which it is told what positions count
SELECTION = "PlainTextSelection"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedText:
    """A text of the project as its codings count it: where it begins, what stands at each place.

    `counted` gives the character at each place that the program counts; -1 within what it counts
    as several.
    """

    base: int = 0
    counted: Sequence[int] = ()
    text: str = field(default="", repr=False)
    unit: Unit = "character"


NO_TEXT = CodedText()


def as_counted(
    text: str, base: int, codings: Sequence[Tag], unit: Unit, is_known: bool
) -> CodedText:
    """A text as its codings count it: as its program does, unless the codings' names tell better.

    A coding is often called as the words that it lies on begin. `unit` is what the program counts
    as a rule, `is_known` says that we know which program it is.
    """
    ways = {
        one: CodedText(base=base, counted=_counted(text, one), text=text, unit=one)
        for one in _ALL_UNITS
    }
    usual = ways[unit]
    if len({len(way.counted) for way in ways.values()}) == 1:
        return usual
    fits = {one: _fit(way, codings, is_known) for one, way in ways.items()}
    best = max(fits.values())
    return usual if fits[unit] == best else ways[max(fits, key=fits.__getitem__)]


def _fit(way: CodedText, codings: Sequence[Tag], is_known: bool) -> int:
    """How many codings are called as what they lie on.

    Of a program that nobody knows, less those that would lie outside the text.
    """
    fit = 0
    for tag in codings:
        if is_inside(tag, way):
            name, at = attribute(tag, "name"), way.counted[int(attribute(tag, "startPosition"))]
            begins = way.text[at : at + len(name)] if at >= 0 else ""
            fit += len(name) >= _LEAST_QUOTED and in_a_line(begins) == in_a_line(name)
        else:
            fit -= not is_known
    return fit


def _counted(text: str, unit: Unit) -> Sequence[int]:
    """The character at each place that the program counts; -1 within what it counts as several."""
    if count_units(text, unit) == len(text):
        return range(len(text) + 1)
    places: list[int] = []
    for at, char in enumerate(text):
        if "break as one" in unit and char == "\n" and text[at - 1 : at] == "\r":
            continue
        places += [at, -1] if "utf-16" in unit and char > "\uffff" else [at]
    return [*places, len(text)]


def is_inside(tag: Tag, coded: CodedText) -> bool:
    numbers = [whole_number(attribute(tag, key)) for key in ("startPosition", "endPosition")]
    return all(number is not None and number < len(coded.counted) for number in numbers)


def in_a_line(text: str) -> str:
    """As an attribute says it: no line ends there."""
    return re.sub(r"\s", " ", text)
