"""Tables of talk, .csv and .tsv (RFC 4180): a column of words, a column of speakers, and the rest.

Cells are words wherever they are; small numbers, times and usual heads of columns are
left alone. Cells that a spreadsheet would run as a formula get an apostrophe in
the safe file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from redact.errors import BadInput
from redact.formats.slots import WHOLE, Codec, Cut, Reading
from redact.formats.text import ByteOffsets, decode_text
from redact.formats.turns import Turns, Words
from redact.policy import Formats

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


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where a cell's words stand in the text of the file; inside the quotes if it has some."""

    start: int
    end: int
    quoted: bool


def read(
    data: bytes, where: str, handling: Formats, tabbed: bool, encoding: str | None = None
) -> Reading:
    """What a table says. Raises BadInput for a table without a column of words, or malformed."""
    decoded = decode_text(data, where, encoding)
    text = decoded.text
    delimiter = "\t" if tabbed else _delimiter(text)
    rows = list(_rows(text, delimiter, where))
    heads = [_said(text, cell) for cell in rows[0]] if rows else []
    speech, speaker = columns_of(heads, handling)
    if speech is None:
        raise BadInput(
            "no column of this table is known to hold what was said",
            where=f"{where}, line 1",
            remedy='Call it text, or name it under [formats] in your policy: speech = ["…"].',
        )
    turns = Turns()
    offsets = ByteOffsets(decoded)
    cells = [
        [_words(text, cell, offsets, turns, delimiter == "\t") for cell in row] for row in rows
    ]
    read_rows(cells, speech, speaker, turns)
    return turns.reading_of("tsv" if tabbed else "csv", data, decoded)


def columns_of(heads: list[str], handling: Formats) -> tuple[int | None, int | None]:
    """The columns of words and of speakers, by what stands over them."""
    folded = [head.strip().casefold() for head in heads]
    speech = _column(folded, {*SPEECH, *(name.casefold() for name in handling.speech)})
    speaker = _column(folded, {*SPEAKER, *(name.casefold() for name in handling.speaker)})
    return speech, speaker


def read_rows(cells: list[list[Words]], speech: int, speaker: int | None, turns: Turns) -> None:
    """Rows as turns, then the other cells that are no figures, and heads that are not usual."""
    for row in cells[1:]:
        words = row[speech] if 0 <= speech < len(row) else None
        if words is not None and words.text.strip():
            named = row[speaker] if speaker is not None and speaker < len(row) else None
            turns.segment(named, words)
    for row in cells[1:]:
        spoken = {speech, speaker} if _has_words(row, speech) else set()
        for column, one in enumerate(row):
            if column not in spoken and not FIGURES.match(one.text):
                turns.aside(one)
    for column, head in enumerate(cells[0] if cells else ()):
        usual = column in (speech, speaker) or head.text.strip().casefold() in _USUAL_HEADS
        if not usual and not FIGURES.match(head.text):
            turns.aside(head)


def _has_words(row: list[Words], speech: int) -> bool:
    return 0 <= speech < len(row) and bool(row[speech].text.strip())


def _column(heads: list[str], names: set[str]) -> int | None:
    return next((number for number, head in enumerate(heads) if head in names), None)


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line: a comma, a semicolon or a tab."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return max(",;\t", key=first.count)


def _rows(text: str, delimiter: str, where: str) -> Iterator[list[_Cell]]:
    """The cells of each row that is not empty; BadInput for a quote that is not closed."""
    plain = re.compile(rf'[^{delimiter}"\r\n][^{delimiter}\r\n]*|')
    quoted = re.compile(r'"((?:[^"]|"")*)"')
    at, row = 0, []
    while at <= len(text):
        if text.startswith('"', at):
            match = quoted.match(text, at)
            if match is None:
                raise _malformed(text, at, where)
            row.append(_Cell(match.start(1), match.end(1), True))
        else:
            match = plain.match(text, at)
            assert match is not None
            row.append(_Cell(match.start(), match.end(), False))
        at = match.end()
        if text.startswith(delimiter, at):
            at += 1
            continue
        end = re.compile(r"\r\n|\r|\n|\Z").match(text, at)
        if end is None:
            raise _malformed(text, at, where)
        if len(row) > 1 or row[0].end > row[0].start:
            yield row
        row = []
        if end.end() == len(text):
            return
        at = end.end()


def _malformed(text: str, at: int, where: str) -> BadInput:
    return BadInput(
        "this line is not a table's (a double quote is missing?)",
        where=f"{where}, line {text.count(chr(10), 0, at) + 1}",
        remedy="Save the table again as CSV.",
    )


def _said(text: str, cell: _Cell) -> str:
    said = text[cell.start : cell.end]
    return said.replace('""', '"') if cell.quoted else said


def _words(text: str, cell: _Cell, offsets: ByteOffsets, turns: Turns, tabbed: bool) -> Words:
    """A cell's words; an apostrophe before a formula is not one of them, and is put there."""
    said, start = _said(text, cell), cell.start
    if said[:1] == "'" and said[1:2] in _FORMULA:
        said, start = said[1:], start + 1
    elif said[:1] in _FORMULA and not FIGURES.match(said):
        turns.cuts.append(Cut(WHOLE, offsets(start), offsets(start), b"'"))
        turns.dropped["formulas made text"] += 1
    bare: Codec = "tabbed" if tabbed else "cell"
    return Words(said, offsets(start), offsets(cell.end), "quoted" if cell.quoted else bare)
