"""Sheets of a workbook: rows of cells, the strings that cells share, numbers that are dates."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from redact.core import Span
from redact.formats.collect import (
    NO_WORDS,
    Collector,
    Words,
    attribute,
    said_between,
    whole_number,
)
from redact.formats.delimited import FIGURES
from redact.formats.shapes import is_face
from redact.formats.slots import Change
from redact.formats.turns import Turns
from redact.formats.xml import Tag, XmlEvent, attribute_places, end_of, scan, stream, whole_element
from redact.policy import Handling

# Elements that go with all that is in them, by the kind that the report names.
_GONE_BY_KIND = {
    "formulas": "f calcPr",
    "readings": "rPh phoneticPr",
    "defined names": "definedNames",
    "rules of validation": "dataValidations conditionalFormatting",
    "targets of links": "hyperlinks",
    "headers and footers": "headerFooter",
    "properties": "fileSharing externalReferences customWorkbookViews customSheetViews "
    "AlternateContent scenarios protectedRanges",
    "comments": "legacyDrawing legacyDrawingHF",
    "marks of tables": "tableParts",
    "media": "drawing picture oleObjects controls",
    "extensions": "extLst",
}
GONE = {name: kind for kind, names in _GONE_BY_KIND.items() for name in names.split()}
# ECMA-376 18.8.30: the built-in formats of dates; of others the letters for day and year.
_DATE_FORMATS = frozenset((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 55), 57, 58))
_DATE_CODE = re.compile(r"[dyDY]")
_NO_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
# ECMA-376 18.3.1.39: what begins with & in a header is no word.
_PAGE_CODE = re.compile(rb"&amp;(?:&quot;[^&]*&quot;|\"[^\"]*\"|K[0-9A-F]{6}|\d{1,3}|[A-Z]|&amp;)")
_FONT_CODE = re.compile(rb"(?:&quot;|\")(.*?)(?:&quot;|\")")
_CUTS = frozenset("Regular Bold Italic Light Standard Normal".split())


@dataclass(slots=True, kw_only=True)
class Book(Turns):
    """With the shared strings, those that a cell shows, and which styles are of dates."""

    handling: Handling = field(kw_only=True)
    strings: list[Words] = field(default_factory=list)
    shown: set[int] = field(default_factory=set)
    date_styles: frozenset[int] = frozenset()


def cut_element(events: tuple[XmlEvent, ...], at: int, tag: Tag, out: Collector) -> int:
    """Cuts an element with all that is in it; gives the number of its end tag."""
    end = end_of(events, at)
    out.cut(tag.at, events[end].to, GONE[tag.local])
    return end


def read_strings(out: Collector, where: str) -> list[Words]:
    """The shared strings in order; readings of Japanese go."""
    events = stream(out.data, where)
    strings: list[Words] = []
    for event in events:
        if isinstance(event, Tag) and event.kind == "start" and event.local == "si":
            within = whole_element(events, event)
            strings.append(_string(within, 0, len(within) - 1, out))
    return strings


def _string(events: tuple[XmlEvent, ...], at: int, end: int, out: Collector) -> Words:
    """The words within an element, in as many pieces as it is formatted in."""
    pieces: list[Words] = []
    while at < end:
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start" and event.local in GONE:
            at = cut_element(events, at, event, out)
        elif isinstance(event, Tag) and event.kind == "start" and event.local == "t":
            last = end_of(events, at)
            if said := said_between(events, at, last):
                pieces.append(Words(text=said, part=out.part, at=event.to, to=events[last].at))
            at = last
        at += 1
    return _whole(pieces)


def _whole(pieces: Sequence[Words]) -> Words:
    if len(pieces) == 1:
        return pieces[0]
    return Words(text="".join(piece.text for piece in pieces), pieces=tuple(pieces))


def read_sheet(book: Book, where: str) -> list[list[Words]]:
    """The cells of each row that has any, in the columns where they stand."""
    events = stream(book.data, where)
    rows: list[list[Words]] = []
    for event in events:
        if not isinstance(event, Tag) or event.kind == "end":
            continue
        if event.local == "row":
            row = _row(whole_element(events, event), book)
            if any(cell.text.strip() for cell in row):
                rows.append(row)
        elif event.local == "headerFooter" and book.handling.headers == "replace":
            within = whole_element(events, event)
            _headers(within, 0, len(within) - 1, book)
        elif event.local == "legacyDrawing" and book.handling.comments == "replace":
            pass
        elif event.local in GONE:
            cut_element(whole_element(events, event), 0, event, book)
    return rows


def _row(events: tuple[XmlEvent, ...], book: Book) -> list[Words]:
    """The cells of a row; what else is in it may go."""
    row: list[Words] = []
    at = 1
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start":
            if event.local == "c":
                at = _add_cell(events, at, event, row, book)
            elif event.local in GONE:
                at = cut_element(events, at, event, book)
        at += 1
    return row


def _add_cell(events: tuple[XmlEvent, ...], at: int, tag: Tag, row: list[Words], book: Book) -> int:
    """Puts a cell into its row, where it stands; gives the number of its end tag."""
    end = end_of(events, at)
    column = _column(attribute(tag, "r"), len(row))
    row += [NO_WORDS] * (column - len(row))
    row.append(_cell(events, at, end, tag, book))
    return end


def _column(reference: str, following: int) -> int:
    """The number of a column from `AB12`; the next one where a cell does not say."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        return following
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return max(following, number - 1)


def _cell(events: tuple[XmlEvent, ...], at: int, end: int, tag: Tag, book: Book) -> Words:
    words = NO_WORDS
    if attribute(tag, "t") == "inlineStr":
        words = _string(events, at + 1, end, book)
    number = at + 1
    while number < end:
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start" and event.local in ("f", "v"):
            last = end_of(events, number)
            if event.local == "f":
                book.cut(event.at, events[last].to, "formulas")
            else:
                value = Span(event.to, events[last].at)
                said = said_between(events, number, last)
                words = _value(said, value, tag, book) or words
                if _is_date(tag, said, book):
                    book.cut(event.at, events[last].to, "dates kept as numbers")
            number = last
        number += 1
    return words


def _value(said: str, place: Span, cell: Tag, book: Book) -> Words | None:
    """The words that a cell's value stands for, if it has any."""
    match attribute(cell, "t"):
        case "s":
            number = whole_number(said)
            if number is not None and number < len(book.strings):
                book.shown.add(number)
                return book.strings[number]
        case "str" if said:
            return _whole([Words(text=said, part=book.part, at=place.start, to=place.end)])
        case "" | "n" if not _is_date(cell, said, book) and not FIGURES.match(said):
            return _number(said, place, cell, book)
    return None


def _is_date(cell: Tag, said: str, book: Book) -> bool:
    """Whether a number is shown as a date."""
    style = whole_number(attribute(cell, "s")) or 0
    return bool(said) and attribute(cell, "t") in ("", "n") and style in book.date_styles


def _number(said: str, place: Span, cell: Tag, book: Book) -> Words:
    """A long number, which may be a telephone: a cell of text if it becomes words."""
    kind = attribute_places(book.data, cell).get("t", Span(cell.to - 1, cell.to - 1))
    instead = b"str" if kind.end > kind.start else b' t="str"'
    change = Change(kind.start, kind.end, instead)
    words = Words(text=said, part=book.part, at=place.start, to=place.end, once_changed=change)
    return _whole([words])


def read_date_styles(styles: bytes, where: str) -> frozenset[int]:
    """The cell styles that show a number as a date."""
    codes: dict[int, str] = {}
    formats: list[int] = []  # of each style
    within = False
    for event in scan(styles, where):
        if not isinstance(event, Tag):
            continue
        if event.local == "cellXfs":
            within = event.kind == "start"
        elif event.kind == "start" and event.local == "numFmt":
            number = whole_number(attribute(event, "numFmtId"))
            codes[number or 0] = attribute(event, "formatCode")
        elif event.kind == "start" and event.local == "xf" and within:
            formats.append(whole_number(attribute(event, "numFmtId")) or 0)
    return frozenset(
        style
        for style, number in enumerate(formats)
        if number in _DATE_FORMATS or _DATE_CODE.search(_NO_CODE.sub("", codes.get(number, "")))
    )


def _headers(events: tuple[XmlEvent, ...], at: int, end: int, out: Collector) -> None:
    """Heads and feet of printed pages: what stands between the codes for fonts and places."""
    for event in events[at:end]:
        if isinstance(event, Tag) and event.kind == "start" and event.local != "headerFooter":
            stretch = out.data[event.to : out.data.index(b"<", event.to)]
            last = 0
            for code in [*_PAGE_CODE.finditer(stretch), None]:
                to = code.start() if code else len(stretch)
                words = html.unescape(stretch[last:to].decode("utf-8", "replace"))
                out.put_off(words, event.to + last, event.to + to)
                last = code.end() if code else to
                if code and not _is_plain_code(code[0]):
                    out.cut(event.to + code.start(), event.to + code.end(), "fonts")


def _is_plain_code(code: bytes) -> bool:
    """Whether a code of a header names no font but one that many computers have."""
    named = _FONT_CODE.search(code)
    if named is None:
        return True
    font, _, cut = named[1].decode("utf-8", "replace").partition(",")
    return font == "-" or (is_face(font) and set(cut.split()) <= _CUTS)
