"""Tables of talk, .csv and .tsv (RFC 4180): a column of words, a column of speakers, and the rest.

Cells are words wherever they are; small numbers, times and usual heads of columns are
left alone. Cells that a spreadsheet would run as a formula get an apostrophe in
the safe file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from redact.errors import BadInput
from redact.formats.codec import Codec
from redact.formats.collect import NO_WORDS, Words
from redact.formats.format import RawFile
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.turns import Turns
from redact.policy import Handling

SPEECH = frozenset("text speech words utterance transcript transcription content sentence".split())
SPEAKER = frozenset("speaker name participant who role respondent".split())
# Small numbers and times; what may be a date, a telephone or an account is read with other cells.
FIGURES = re.compile(
    r"\s*(?:[+-]?\d{0,4}|[+-]?\d{1,6}[.,]\d{1,3}|(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?)\s*%?\s*\Z"
)
_USUAL_HEADS = frozenset(
    """start end begin stop time timestamp timecode duration date id no nr number turn line index
    row segment language lang confidence score note notes comment comments""".split()
)
_FORMULA = ("=", "+", "-", "@")
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_LINE_END = re.compile(r"\r\n|\r|\n|\Z")


@dataclass(frozen=True, slots=True)
class _DelimitedCell:
    """Where a cell's words stand in the text of the file; inside the quotes if it has some."""

    start: int
    end: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The numbers of the columns of words and of speakers; None for one that is not there."""

    speech: int | None
    speaker: int | None


def read_csv(file: RawFile) -> Reading:
    """What a table says. Raises BadInput for a table without a column of words, or malformed."""
    decoded = decode_text(file.data, file.where, file.encoding)
    return _read(file, decoded, _delimiter(decoded.text))


def read_tsv(file: RawFile) -> Reading:
    """What a table with tabs says; BadInput as for one with commas."""
    return _read(file, decode_text(file.data, file.where, file.encoding), "\t")


def _read(file: RawFile, decoded: DecodedText, delimiter: str) -> Reading:
    table = _DelimitedTable(
        part=WHOLE, decoded=decoded, bytes_at=ByteOffsets(decoded), delimiter=delimiter
    )
    rows = list(table.rows(file.where))
    heads = [table.said(cell) for cell in rows[0]] if rows else []
    columns = columns_of(heads, file.handling)
    if columns.speech is None:
        raise BadInput(
            "no column of this table is known to hold what was said",
            where=f"{file.where}, line 1",
            remedy='Call it text, or name it under [formats] in your policy: speech = ["…"].',
        )
    read_rows([[table.words_of(cell) for cell in row] for row in rows], columns, table)
    return table.reading_of_text(file.data, decoded)


def columns_of(heads: Sequence[str], handling: Handling) -> Columns:
    """The columns of words and of speakers, by what stands over them."""
    folded = [head.strip().casefold() for head in heads]
    speech = {*SPEECH, *(name.casefold() for name in handling.speech)}
    speaker = {*SPEAKER, *(name.casefold() for name in handling.speaker)}
    return Columns(_first_in(folded, speech), _first_in(folded, speaker))


def _first_in(heads: Sequence[str], names: Container[str]) -> int | None:
    return next((number for number, head in enumerate(heads) if head in names), None)


def read_rows(rows: Sequence[Sequence[Words]], columns: Columns, turns: Turns) -> None:
    """Rows as turns, then the other cells that are no figures, and heads that are not usual."""
    for row in rows[1:]:
        words = _cell_in(row, columns.speech)
        if words.text.strip():
            turns.segment(_cell_in(row, columns.speaker), words)
    both = (columns.speech, columns.speaker)
    for row in rows[1:]:
        spoken = both if _cell_in(row, columns.speech).text.strip() else ()
        for number, cell in enumerate(row):
            if number not in spoken and not FIGURES.match(cell.text):
                turns.aside(cell)
    for number, head in enumerate(rows[0] if rows else ()):
        is_usual = number in both or head.text.strip().casefold() in _USUAL_HEADS
        if not is_usual and not FIGURES.match(head.text):
            turns.aside(head)


def _cell_in(row: Sequence[Words], column: int | None) -> Words:
    return row[column] if column is not None and column < len(row) else NO_WORDS


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line: a comma, a semicolon or a tab."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(",;\t", key=first.count)


@dataclass(slots=True)
class _DelimitedTable(Turns):
    """With the table's characters, and where they stand in its bytes."""

    decoded: DecodedText = field(kw_only=True)
    bytes_at: ByteOffsets = field(kw_only=True)
    delimiter: str = field(kw_only=True)

    def rows(self, where: str) -> Iterator[list[_DelimitedCell]]:
        """The cells of each row that is not empty; BadInput for a quote that is not closed."""
        text = self.decoded.text
        plain = re.compile(rf'[^{self.delimiter}"\r\n][^{self.delimiter}\r\n]*|')
        at, row = 0, []
        while at <= len(text):
            is_quoted = text.startswith('"', at)
            match = (_QUOTED if is_quoted else plain).match(text, at)
            if match is None:
                raise _malformed(text, at, where)
            row.append(_DelimitedCell(match.start(is_quoted), match.end(is_quoted), is_quoted))
            at = match.end()
            if text.startswith(self.delimiter, at):
                at += 1
                continue
            line_end = _LINE_END.match(text, at)
            if line_end is None:
                raise _malformed(text, at, where)
            if len(row) > 1 or row[0].end > row[0].start:
                yield row
            row = []
            at = line_end.end()
            if at == len(text):
                return

    def said(self, cell: _DelimitedCell) -> str:
        said = self.decoded.text[cell.start : cell.end]
        return said.replace('""', '"') if cell.is_quoted else said

    def words_of(self, cell: _DelimitedCell) -> Words:
        """A cell's words; an apostrophe before a formula is not one of them, and is put there."""
        said, start = self.said(cell), self.bytes_at(cell.start)
        if said[:1] == "'" and said[1:2] in _FORMULA:
            said, start = said[1:], self.bytes_at(cell.start + 1)
        elif said[:1] in _FORMULA and not FIGURES.match(said):
            self.cut(start, start, "formulas made text", b"'")
        bare: Codec = "tabbed" if self.delimiter == "\t" else "cell"
        codec = "quoted" if cell.is_quoted else bare
        return Words(text=said, at=start, to=self.bytes_at(cell.end), codec=codec)


def _malformed(text: str, at: int, where: str) -> BadInput:
    return BadInput(
        "this line is not a table's (a double quote is missing?)",
        where=f"{where}, line {text.count(chr(10), 0, at) + 1}",
        remedy="Save the table again as CSV.",
    )
