"""Texts that cells of a workbook share, put into the cells (ECMA-376 18.4.9, 18.18.11)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redact.core import Span
from redact.formats.collect import attribute, said_between, whole_number
from redact.formats.slots import Parts
from redact.formats.workbook import SHEET, STRINGS
from redact.formats.xml import Tag, end_of, scan

_AS_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"']")
_START_TAG = re.compile(rb"<[^>]*>")


@dataclass(frozen=True, slots=True)
class _SharedCell:
    """Where a cell stands in its sheet, in bytes, and the number of the string it shows."""

    place: Span
    string: int


def unshared(parts: Parts, where: str) -> Parts:
    """The parts of a workbook with each text that several cells share in the cells themselves.

    Excel keeps it once. Where it is to become two things, one for each cell, it cannot.
    """
    strings = _contents(parts.get(STRINGS, b""), "si", where)
    cells = {
        name: list(_cells(parts[name], len(strings), where)) for name in parts if SHEET.match(name)
    }
    uses = Counter(cell.string for of_sheet in cells.values() for cell in of_sheet)
    shared = {number for number, count in uses.items() if count > 1}
    changed = dict(parts)
    for name, of_sheet in cells.items():
        for cell in reversed(of_sheet):
            if cell.string in shared:
                place = strings[cell.string]
                words = parts[STRINGS][place.start : place.end]
                changed[name] = _with_words_in(changed[name], cell.place, words)
    for number in sorted(shared, reverse=True):
        place, part = strings[number], changed[STRINGS]
        changed[STRINGS] = part[: place.start] + b"<t></t>" + part[place.end :]
    return changed


def _cells(data: bytes, strings: int, where: str) -> Iterator[_SharedCell]:
    """The cells of a sheet that show one of so many shared strings."""
    events = scan(data, where)
    for at, event in enumerate(events):
        if isinstance(event, Tag) and event.kind == "start" and event.local == "c":
            end = end_of(events, at)
            number = whole_number(said_between(events, at, end).strip())
            if attribute(event, "t") == "s" and number is not None and number < strings:
                yield _SharedCell(Span(event.at, events[end].to), number)


def _with_words_in(sheet: bytes, cell: Span, words: bytes) -> bytes:
    """A sheet with these words in the cell itself."""
    head = _START_TAG.match(sheet, cell.start, cell.end)
    if head is None:
        return sheet
    inline = _AS_SHARED.sub(b't="inlineStr"', head[0])
    return sheet[: cell.start] + b"%s<is>%s</is></c>" % (inline, words) + sheet[cell.end :]


def _contents(data: bytes, name: str, where: str) -> Sequence[Span]:
    """Where the contents of each element of this name begin and end."""
    events = scan(data, where) if data else ()
    return [
        Span(event.to, events[end_of(events, at)].at)
        for at, event in enumerate(events)
        if isinstance(event, Tag) and event.kind == "start" and event.local == name
    ]
