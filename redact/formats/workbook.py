"""Excel workbooks (.xlsx, ECMA-376): rows as turns like any table; formulas become their values.

Cells of all sheets are words, hidden sheets too. What does not go into the safe file: formulas,
comments, names of sheets that are words, defined names, links, rules of validation, headers and
footers, properties, printers. Pictures and charts are refused or left out.
"""

from __future__ import annotations

import posixpath
import re

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.cells import GONE, Book, cut_element, read_date_styles, read_sheet, read_strings
from redact.formats.collect import Collector, attribute
from redact.formats.delimited import (
    BY_TABLE,
    CALL_IT_TEXT,
    columns_of,
    read_rows,
)
from redact.formats.format import RawFile
from redact.formats.office import (
    PROPERTIES,
    TYPES,
    read_properties,
    scrub_relations,
    scrub_types,
    sieve_parts,
    sort_parts,
)
from redact.formats.slots import Reading
from redact.formats.xml import Tag, attribute_places, end_of, scan
from redact.policy import Handling

BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/_rels/workbook\.xml\.rels|xl/styles\.xml"
    r"|xl/theme/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels\Z"
)
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_DROPPED = {
    "comments": re.compile(
        r"xl/(?:comments|threadedComments|persons)[^/]*(?:/.*|\.xml)\Z"
        r"|xl/drawings/(?:_rels/)?[^/]*\.vml(?:\.rels)?\Z"
    ),
    "marks of tables": re.compile(r"xl/tables/.*"),  # which say the heads of columns again
    "properties": re.compile(
        r"docProps/.*|customXml/.*|\[trash\]/.*|xl/printerSettings/.*|xl/calcChain\.xml"
        r"|docMetadata/.*|xl/metadata\.xml|xl/richData/.*|xl/externalLinks/.*|xl/volatileDependencies\.xml"
    ),
}
_COMMENTS = re.compile(r"xl/(?:comments/)?comments?\d*\.xml\Z")
_BOXES = re.compile(r"xl/drawings/[^/]*\.vml\Z")  # in which Excel shows comments
_OF_BOXES = frozenset({"alt", "title", "descr", "string"})
_MEDIA = re.compile(r"xl/(?:media|charts|drawings(?!/[^/]*\.vml\Z)|diagrams|chartsheets|ink)/.*")
_PLAINSHEET = re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja)\s?\d{1,3}\Z")


def read(file: RawFile) -> Reading:
    """What an .xlsx says; BadInput for what cannot be read whole or made safe."""
    where, handling = file.where, file.handling
    members = read_members(file.data, where)
    if BOOK not in members:
        raise BadInput(
            "this is not an Excel file (it has no xl/workbook.xml)",
            where=where,
            remedy="Open it in Excel or LibreOffice and save it as .xlsx.",
        )
    book = Book(handling=handling)
    left_out = sort_parts(
        members,
        book,
        handling,
        where,
        goes=lambda name: _kind_that_goes(name, handling),
        media=_MEDIA,
        known=_is_known,
    )
    members = sieve_parts(members, left_out, book, where)
    if STRINGS in members:
        book.open(STRINGS, members[STRINGS])
        book.strings = read_strings(book, f"{where}, {STRINGS}")
    if STYLES in members:
        book.date_styles = read_date_styles(members[STYLES], f"{where}, {STYLES}")
    _read_sheets(members, book, where)
    for number, words in enumerate(book.strings):
        if number not in book.shown and words.text.strip():
            book.aside(words)  # no cell shows it, and it is in the file
    _comments(members, left_out, book, where)
    read_properties(members, left_out, book, where)
    kept = members.keys() - left_out
    for name, data in members.items():
        if name.endswith(".rels") and name in kept:
            book.open(name, data)
            scrub_relations(kept, book, f"{where}, {name}")
        elif name == TYPES:
            book.open(name, data)
            scrub_types(kept, book, f"{where}, {name}")
    return book.reading(members, left_out)


def _read_sheets(members: dict[str, bytes], book: Book, where: str) -> None:
    """Rows of all sheets as turns; BadInput if no sheet has a column of words."""
    sheets = []
    for name in _sheets_in_order(members, book, where):
        book.open(name, members[name])
        rows = read_sheet(book, f"{where}, {name}")
        if rows:
            said = [[cell.text for cell in row] for row in rows]
            sheets.append((rows, columns_of(said, book.handling)))
    if all(columns.speech is None for _, columns in sheets):
        raise BadInput(
            "no column of this workbook is known to hold what was said",
            where=where,
            remedy=CALL_IT_TEXT,
            command=BY_TABLE,
        )
    for rows, columns in sheets:
        read_rows(rows, columns, book)


def _kind_that_goes(name: str, handling: Handling) -> str | None:
    """What the report calls a part that does not go into the safe file; None for the others."""
    of_comments = _COMMENTS.match(name) or _BOXES.match(name)
    if of_comments and handling.comments == "replace":
        return None
    if PROPERTIES.match(name) and handling.properties == "replace":
        return None
    return next((kind for kind, names in _DROPPED.items() if names.match(name)), None)


def _is_known(name: str) -> bool:
    known = (_KEPT, SHEET, _COMMENTS, _BOXES, PROPERTIES)
    return name in (BOOK, STRINGS) or any(names.match(name) for names in known)


def _comments(members: dict[str, bytes], left_out: set[str], out: Collector, where: str) -> None:
    """Comments of cells as words, and the boxes they are shown in; who wrote them goes."""
    for name in members:
        is_box = _BOXES.match(name) is not None
        if name in left_out or not (is_box or _COMMENTS.match(name)):
            continue
        out.open(name, members[name])
        events = scan(out.data, f"{where}, {name}")
        for at, event in enumerate(events):
            if not isinstance(event, Tag) or event.kind != "start":
                continue
            end = end_of(events, at)
            out.blank(event, _OF_BOXES, "hidden names of objects")
            if event.local == "author" and events[end].at > event.to:
                out.cut(event.to, events[end].at, "authors")
            elif event.local == "t" or is_box:
                out.put_off_texts(events, at, end if event.local == "t" else at + 2)


def _sheets_in_order(members: dict[str, bytes], out: Collector, where: str) -> list[str]:
    """The parts of the sheets as the workbook has them; names of sheets that are words go."""
    targets = _targets(members.get("xl/_rels/workbook.xml.rels"), where)
    out.open(BOOK, members[BOOK])
    sheets: list[str | None] = []
    events = scan(out.data, f"{where}, {BOOK}")
    at = 0
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start":
            if event.local in GONE:
                at = cut_element(events, at, event, out)
            elif event.local == "sheet":
                sheets.append(targets.get(attribute(event, "id")))
                _name_of_sheet(event, len(sheets), out)
        at += 1
    return [name for name in sheets if name and name in members and SHEET.match(name)]


def _targets(relations: bytes | None, where: str) -> dict[str, str]:
    """The parts that the workbook's relations lead to, by the names of the relations."""
    targets = {}
    for event in scan(relations, f"{where}, relations of the workbook") if relations else ():
        if isinstance(event, Tag) and event.kind == "start" and event.local == "Relationship":
            target = attribute(event, "Target")
            targets[attribute(event, "Id")] = posixpath.normpath(
                posixpath.join("xl", target) if not target.startswith("/") else target[1:]
            )
    return targets


def _name_of_sheet(tag: Tag, number: int, out: Collector) -> None:
    name = attribute_places(out.data, tag).get("name")
    if name and name.end > name.start and not _PLAINSHEET.match(attribute(tag, "name")):
        out.cut(name.start, name.end, "names of sheets", b"Sheet%d" % number)
