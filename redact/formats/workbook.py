"""Excel workbooks (.xlsx, ECMA-376): rows as turns like any table; formulas become their values.

Cells of all sheets are words, hidden sheets too. What does not go into the safe file: formulas,
comments, names of sheets that are words, defined names, links, rules of validation, headers and
footers, properties, printers. Pictures and charts are refused or left out.
"""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass, field

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.collect import Gathering, attribute, end_of, whole_number
from redact.formats.delimited import FIGURES, columns_of, read_rows
from redact.formats.office import (
    PROPERTIES,
    TYPES,
    read_properties,
    scrub_relations,
    scrub_types,
    sort_parts,
)
from redact.formats.slots import Reading
from redact.formats.turns import Turns, Words
from redact.formats.xml import Event, Tag, Text, attribute_places, scan
from redact.policy import Formats

BOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/metadata\.xml"
    r"|xl/theme/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels\Z"
)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_DROPPED = (
    ("comments", re.compile(r"xl/(?:comments|threadedComments|persons)[^/]*(?:/.*|\.xml)\Z"
                            r"|xl/drawings/(?:_rels/)?[^/]*\.vml(?:\.rels)?\Z")),
    ("marks of tables", re.compile(r"xl/tables/.*")),  # which say the heads of columns again
    ("properties", re.compile(r"docProps/.*|customXml/.*|xl/printerSettings/.*|xl/calcChain\.xml"
                              r"|docMetadata/.*|xl/externalLinks/.*|xl/volatileDependencies\.xml")),
)  # fmt: skip
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml\Z")
_BOXES = re.compile(r"xl/drawings/[^/]*\.vml\Z")  # in which Excel shows comments
_OF_BOXES = frozenset({"alt", "title", "descr", "string"})
# ECMA-376 18.3.1.39: what begins with & in a header is no word.
_PAGE_CODE = re.compile(rb"&amp;(?:&quot;[^&]*&quot;|\"[^\"]*\"|K[0-9A-F]{6}|\d{1,3}|[A-Z]|&amp;)")
_MEDIA = re.compile(r"xl/(?:media|charts|drawings(?!/[^/]*\.vml\Z)|diagrams|chartsheets|ink)/.*")
_GONE = {
    "f": "formulas", "rPh": "readings", "phoneticPr": "readings", "definedNames": "defined names",
    "dataValidations": "rules of validation", "conditionalFormatting": "rules of validation",
    "hyperlinks": "targets of links", "headerFooter": "headers and footers",
    "fileSharing": "properties", "externalReferences": "properties", "customWorkbookViews":
    "properties", "customSheetViews": "properties", "legacyDrawing": "comments",
    "legacyDrawingHF": "comments", "tableParts": "marks of tables",
    "drawing": "media", "picture": "media", "oleObjects": "media",
    "controls": "media", "extLst": "extensions", "AlternateContent": "properties",
    "scenarios": "properties", "protectedRanges": "properties", "calcPr": "formulas",
}  # fmt: skip
# ECMA-376 18.8.30: the built-in formats of dates; of others the letters for day and year.
_DATE_FORMATS = frozenset((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 55), 57, 58))
_DATE_CODE = re.compile(r"[dyDY]")
_NOT_CODE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_PLAINSHEET = re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja)\s?\d{1,3}\Z")


def read(data: bytes, where: str, handling: Formats) -> Reading:
    """What an .xlsx says; BadInput for what cannot be read whole or made safe."""
    members = read_members(data, where)
    if BOOK not in members:
        raise BadInput("this is not an Excel file (it has no xl/workbook.xml)", where=where,
                       remedy="Open it in Excel or LibreOffice and save it as .xlsx.")  # fmt: skip
    out = Turns()
    left_out = sort_parts(
        members,
        out,
        handling,
        where,
        goes=lambda name: _kind_that_goes(name, handling),
        media=_MEDIA,
        known=_is_known,
    )
    found = _Book()
    if STRINGS in members:
        out.open(STRINGS, members[STRINGS])
        found.strings = _strings(out, f"{where}, {STRINGS}")
    if "xl/styles.xml" in members:
        found.dates = _dates(members["xl/styles.xml"], f"{where}, xl/styles.xml")
    sheets = []
    for name in _sheets_in_order(members, out, where):
        out.open(name, members[name])
        sheets.append(_rows(out, found, f"{where}, {name}", handling))
    known = [columns_of([cell.text for cell in rows[0]], handling) if rows else (None, None)
             for rows in sheets]  # fmt: skip
    if all(speech is None for speech, _ in known):
        raise BadInput(
            "no column of this workbook is known to hold what was said",
            where=where,
            remedy='Call it text, or name it under [formats] in your policy: speech = ["…"].',
        )
    for rows, (speech, speaker) in zip(sheets, known, strict=True):
        if rows:
            read_rows(rows, -1 if speech is None else speech, speaker, out)
    for number, words in enumerate(found.strings):
        if number not in found.used and words.text.strip():
            out.aside(words)  # no cell shows it, and it is in the file
    _comments(members, left_out, out, where)
    read_properties(members, left_out, out, where)
    for name, data_of in members.items():
        if name.endswith(".rels") and name not in left_out:
            out.open(name, data_of)
            scrub_relations(members.keys() - left_out, out, f"{where}, {name}")
        elif name == TYPES:
            out.open(name, data_of)
            scrub_types(members.keys() - left_out, out, f"{where}, {name}")
    return out.reading("xlsx", members, frozenset(left_out))


def _kind_that_goes(name: str, handling: Formats) -> str:
    """What the report calls a part that does not go into the safe file; "" for the others."""
    of_comments = _COMMENTS.match(name) or _BOXES.match(name)
    if of_comments and handling.comments == "replace":
        return ""
    if PROPERTIES.match(name) and handling.properties == "replace":
        return ""
    return next((kind for kind, shape in _DROPPED if shape.match(name)), "")


def _is_known(name: str) -> bool:
    shapes = (_KEPT, SHEET, _COMMENTS, _BOXES, PROPERTIES)
    return name in (BOOK, STRINGS) or any(shape.match(name) for shape in shapes)


def _comments(members: dict[str, bytes], left_out: set[str], out: Gathering, where: str) -> None:
    """Comments of cells as words, and the boxes they are shown in; who wrote them goes."""
    for name in members:
        if name in left_out or not (_COMMENTS.match(name) or _BOXES.match(name)):
            continue
        out.open(name, members[name])
        events = scan(out.data, f"{where}, {name}")
        at = 0
        while at < len(events):
            event = events[at]
            if isinstance(event, Tag) and event.kind == "start":
                end = end_of(events, at)
                out.blank(event, _OF_BOXES, "hidden names of objects")
                if event.local == "author" and events[end].at > event.to:
                    out.cut(event.to, events[end].at, "authors")
                elif event.local == "t" or _BOXES.match(name):
                    out.put_off_texts(events, at, end if event.local == "t" else at + 2)
            at += 1


def _headers(events: tuple[Event, ...], at: int, end: int, out: Gathering) -> None:
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


@dataclass(slots=True)
class _Book:
    """The shared strings, each in its pieces; which a cell shows; which styles are of dates."""

    strings: list[Words] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    dates: frozenset[int] = frozenset()


def _sheets_in_order(members: dict[str, bytes], out: Gathering, where: str) -> list[str]:
    """The parts of the sheets as the workbook has them; names of sheets that are words go."""
    out.open(BOOK, members[BOOK])
    relations = {}
    rels = members.get("xl/_rels/workbook.xml.rels", b"")
    for event in scan(rels, f"{where}, relations of the workbook") if rels else ():
        if isinstance(event, Tag) and event.kind == "start" and event.local == "Relationship":
            target = attribute(event, "Target")
            relations[attribute(event, "Id")] = posixpath.normpath(
                posixpath.join("xl", target) if not target.startswith("/") else target[1:]
            )
    sheets: list[str] = []
    events = scan(out.data, f"{where}, {BOOK}")
    at = 0
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start":
            if event.local in _GONE:
                end = end_of(events, at)
                out.cut(event.at, events[end].to, _GONE[event.local])
                at = end
            elif event.local == "sheet":
                sheets.append(relations.get(attribute(event, "id"), ""))
                start, end = attribute_places(out.data, event).get("name", (0, 0))
                if end > start and not _PLAINSHEET.match(attribute(event, "name")):
                    out.cut(start, end, "names of sheets", b"Sheet%d" % len(sheets))
        at += 1
    return [name for name in sheets if name in members and SHEET.match(name)]


def _strings(out: Gathering, where: str) -> list[Words]:
    """The shared strings in order; readings of Japanese go."""
    events = scan(out.data, where)
    found: list[Words] = []
    at = 0
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start" and event.local == "si":
            end = end_of(events, at)
            found.append(_string(events, at, end, out))
            at = end
        at += 1
    return found


def _string(events: tuple[Event, ...], at: int, end: int, out: Gathering) -> Words:
    """The words within an element, in as many pieces as it is formatted in."""
    pieces: list[Words] = []
    while at < end:
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start" and event.local in _GONE:
            last = end_of(events, at)
            out.cut(event.at, events[last].to, _GONE[event.local])
            at = last
        elif isinstance(event, Tag) and event.kind == "start" and event.local == "t":
            last = end_of(events, at)
            said = "".join(e.text for e in events[at:last] if isinstance(e, Text))
            if said:
                pieces.append(Words(said, event.to, events[last].at, "xml", out.part))
            at = last
        at += 1
    said = "".join(piece.text for piece in pieces)
    return Words(said, 0, 0, "xml", out.part, pieces=tuple(pieces))


def _rows(out: Gathering, book: _Book, where: str, handling: Formats) -> list[list[Words]]:
    """The cells of each row that has any, in the columns where they stand."""
    events = scan(out.data, where)
    rows: list[list[Words]] = []
    at = 0
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start":
            if event.local == "row":
                rows.append([])
            elif event.local == "c" and rows:
                end = end_of(events, at)
                column = _column(attribute(event, "r"), len(rows[-1]))
                rows[-1] += [Words("", 0, 0, "xml")] * (column - len(rows[-1]))
                rows[-1].append(_cell(events, at, end, event, out, book))
                at = end
            elif event.local == "headerFooter" and handling.headers == "replace":
                end = end_of(events, at)
                _headers(events, at, end, out)
                at = end
            elif event.local == "legacyDrawing" and handling.comments == "replace":
                pass
            elif event.local in _GONE:
                end = end_of(events, at)
                out.cut(event.at, events[end].to, _GONE[event.local])
                at = end
        at += 1
    return [row for row in rows if any(cell.text.strip() for cell in row)]


def _column(reference: str, following: int) -> int:
    """The number of a column from `AB12`; the next one where a cell does not say."""
    letters = re.match(r"[A-Z]{1,3}", reference)
    if letters is None:
        return following
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return max(following, number - 1)


def _cell(
    events: tuple[Event, ...], at: int, end: int, tag: Tag, out: Gathering, book: _Book
) -> Words:
    kind = attribute(tag, "t")
    words = Words("", 0, 0, "xml")
    if kind == "inlineStr":
        words = _string(events, at + 1, end, out)
    number = at + 1
    while number < end:
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start" and event.local in ("f", "v"):
            last = end_of(events, number)
            said = "".join(e.text for e in events[number:last] if isinstance(e, Text))
            if event.local == "f":
                out.cut(event.at, events[last].to, "formulas")
            elif kind == "s":
                place = whole_number(said)
                if place is not None and place < len(book.strings):
                    book.used.add(place)
                    words = book.strings[place]
            elif kind == "str" and said:
                piece = Words(said, event.to, events[last].at, "xml", out.part)
                words = Words(said, 0, 0, "xml", out.part, pieces=(piece,))
            elif kind in ("", "n") and said and _style(tag) in book.dates:
                out.cut(event.at, events[last].to, "dates kept as numbers")
            elif kind in ("", "n") and not FIGURES.match(said):
                words = _number(said, event.to, events[last].at, tag, out)
            number = last
        number += 1
    return words


def _style(tag: Tag) -> int:
    return whole_number(attribute(tag, "s")) or 0


def _number(said: str, at: int, to: int, tag: Tag, out: Gathering) -> Words:
    """A long number, which may be a telephone: a cell of text if it becomes words."""
    place = attribute_places(out.data, tag).get("t", (tag.to - 1, tag.to - 1))
    text = b"str" if place[1] > place[0] else b' t="str"'
    piece = Words(said, at, to, "xml", out.part, once_changed=(*place, text))
    return Words(said, 0, 0, "xml", out.part, pieces=(piece,))


def _dates(styles: bytes, where: str) -> frozenset[int]:
    """The cell styles that show a number as a date."""
    formats: dict[int, str] = {}
    styled: list[int] = []
    within = False
    for event in scan(styles, where):
        if not isinstance(event, Tag):
            continue
        if event.local == "cellXfs":
            within = event.kind == "start"
        elif event.kind == "start" and event.local == "numFmt":
            number = whole_number(attribute(event, "numFmtId"))
            formats[number or 0] = attribute(event, "formatCode")
        elif event.kind == "start" and event.local == "xf" and within:
            styled.append(whole_number(attribute(event, "numFmtId")) or 0)
    return frozenset(
        number for number, one in enumerate(styled)
        if one in _DATE_FORMATS or _DATE_CODE.search(_NOT_CODE.sub("", formats.get(one, "")))
    )  # fmt: skip
