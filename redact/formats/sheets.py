"""Sheets of a steward's table, as rows of cells: any separator, any encoding, .xlsx too.

What the rows mean is for others to say (columns.py). Nothing is dropped here but empty rows.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redact.errors import UsageError
from redact.formats.archive import read_members
from redact.formats.encodings import guess_encoding
from redact.formats.text import DecodedText, decode_text, read_bytes

SEPARATORS = ",;\t|"
_LOOKED_AT = 200  # rows, for the separator
_MOST_ROWS = 100_000
_MOST_COLUMNS = 500
_SEP_LINE = re.compile(r'\A"?sep=(?P<separator>.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)
_END = "\x1eend of the table\x1e"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DAMAGE = (  # what openpyxl raises for workbooks that are not as they should be
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    SyntaxError,
    OverflowError,
)
_SAVE = "Open it in your spreadsheet and save it as .xlsx or as CSV."


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row that holds something: its number as a person counts, and its cells."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The rows of one sheet, with how it was read; `word` is what a row is called in it."""

    rows: tuple[SheetRow, ...] = field(repr=False)
    word: str
    encoding: str = ""
    guessed: bool = False


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook, or the one of a text file; UsageError naming place and remedy."""
    data = read_bytes(path)
    if data.startswith(_WORKBOOKS):
        return tuple(_of_workbook(data, str(path)))
    return (_of_text(data, str(path)),)


def _of_text(data: bytes, where: str) -> Sheet:
    decoded, guessed = _decoded(data, where)
    text, start = decoded.text, 0
    declared = _SEP_LINE.match(text)
    if declared:
        text, start = text[declared.end() :], 1
    separator = declared["separator"] if declared else _separator(text)
    rows = tuple(
        SheetRow(number=number + start, cells=cells)
        for number, cells in _rows(text, separator, where)
        if any(cell.strip() for cell in cells)
    )
    return Sheet(rows=rows, word="line", encoding=decoded.encoding, guessed=guessed)


def _decoded(data: bytes, where: str) -> tuple[DecodedText, bool]:
    """The text, and whether its encoding is a guess; a steward's table is never refused for it."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return decode_text(data, where), False
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode_text(data, where), False
    encoding = guess_encoding(data) or "cp1252"
    try:
        return decode_text(data, where, encoding), True
    except UnicodeError:
        return decode_text(data, where, "latin-1"), True


def _separator(text: str) -> str:
    """The one that parts the most rows into the same number of cells."""
    return max(SEPARATORS, key=lambda one: (_evenness(text, one), -SEPARATORS.index(one)))


def _evenness(text: str, separator: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= _LOOKED_AT:
                break
    except csv.Error:
        return 0.0
    parted = {width: count for width, count in widths.items() if width > 1}
    if not parted:
        return 0.0
    return max(float(count * min(width, 8) ** 0.5) for width, count in parted.items())


def _rows(text: str, separator: str, where: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows with their line numbers; UsageError for a quote that is never closed."""
    whole = text if text.endswith(("\n", "\r")) else f"{text}\n"
    reader = csv.reader(io.StringIO(whole + _END, newline=""), delimiter=separator)
    last: tuple[int, list[str]] = (1, [])
    try:
        for count, row in enumerate(reader, start=1):
            if row == [_END]:
                return
            if count > _MOST_ROWS or len(row) > _MOST_COLUMNS:
                raise _too_large(where)
            last = (reader.line_num, row)
            if not (row and row[-1].endswith(_END)):
                yield reader.line_num, tuple(row)
    except csv.Error:
        pass
    raise UsageError(
        "this line is not CSV (a double quote is missing?)",
        where=f"{where}, line {max(1, last[0] - ''.join(last[1]).count(chr(10)))}",
        remedy="Save the table again as CSV or .xlsx, or close the quote.",
    )


def _of_workbook(data: bytes, where: str) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    members = read_members(data, where)  # refuses bombs, passwords and .xls
    if "xl/workbook.xml" not in members:
        raise UsageError("this is no Excel workbook", where=where, remedy=_SAVE)
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
        sheets = [_cells_of(sheet, where) for sheet in book.worksheets]
    except _DAMAGE as error:
        raise UsageError(
            f"this workbook cannot be read ({type(error).__name__})", where=where, remedy=_SAVE
        ) from None
    for rows in sheets:
        yield Sheet(rows=tuple(rows), word="row")


def _cells_of(sheet: Any, where: str) -> list[SheetRow]:
    """The rows that hold something; a cell merged over rows says the same in each of them."""
    if sheet.max_row > _MOST_ROWS or sheet.max_column > _MOST_COLUMNS:
        raise _too_large(where)
    below: dict[tuple[int, int], Any] = {}
    for merged in sheet.merged_cells.ranges:
        value = sheet.cell(merged.min_row, merged.min_col).value
        for number in range(merged.min_row + 1, merged.max_row + 1):
            below[number, merged.min_col] = value
    rows = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = tuple(
            _as_text(below.get((number, at), value)) for at, value in enumerate(row, start=1)
        )
        if any(cell.strip() for cell in cells):
            rows.append(SheetRow(number=number, cells=cells))
    return rows


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else str(value)
    return str(value)


def letter_of(column: int) -> str:
    """A column's letters as spreadsheets have them: A, B, … Z, AA; `column` is from 0."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def padded(rows: Iterable[SheetRow], width: int) -> Iterator[SheetRow]:
    """The rows with as many cells as the widest may have."""
    for row in rows:
        yield SheetRow(number=row.number, cells=row.cells + ("",) * max(0, width - len(row.cells)))


def _too_large(where: str) -> UsageError:
    return UsageError(
        f"this table has more than {_MOST_ROWS:,} rows or {_MOST_COLUMNS} columns",
        where=where,
        remedy="Leave only the list of people or of interviews in it.",
    )
