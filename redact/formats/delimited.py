"""Tables of talk, .csv and .tsv (RFC 4180): a column of words, a column of speakers, and the rest.

Cells are words wherever they are; small numbers, times and usual heads of columns are
left alone. Cells that a spreadsheet would run as a formula get an apostrophe in
the safe file.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from redact.core import Span
from redact.errors import BadInput
from redact.formats.codec import Codec
from redact.formats.collect import NO_WORDS, Words
from redact.formats.file_kinds import BY_SKIP, OR_SKIP
from redact.formats.format import RawFile
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.times import SaidBetween, column_times, timed
from redact.formats.turns import Turns
from redact.policy import Handling

# Heads that redact/data/structure/other.txt has as well: they stay as they are, others are words.
_SPEECH = frozenset("text speech words utterance transcript transcription content sentence".split())
_SPEAKER = frozenset("speaker name participant who role respondent".split())
SPEECH = _SPEECH | {"said", "what was said", "spoken text", "spoken words", "dialogue"}
SPEAKER = _SPEAKER | {
    "speakers",
    "speaker name",
    "name of speaker",
    "participant name",
    "who spoke",
    "who said it",
}
_NEAR_THE_TOP = 25  # rows in which the heads may stand
# Small numbers and times; what may be a date, a telephone or an account is read with other cells.
FIGURES = re.compile(
    r"\s*(?:[+-]?\d{0,4}|[+-]?\d{1,6}[.,]\d{1,3}|(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,6})?)\s*%?\s*\Z"
)
_USUAL_HEADS = frozenset(
    """start end begin stop time timestamp timecode duration date id no nr number turn line index
    row segment language lang confidence score note notes comment comments""".split()
)
_FILE = re.compile(
    r"[^\r\n]{1,120}\.(?:txt|docx?|md|vtt|srt|rtf|odt|pdf|json|eaf|m4a|wav|mp[34])", re.IGNORECASE
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
    """The numbers of the columns of words and of speakers; None for one that is not there.

    `first` is the first row of talk: 0 where no heads stand above it.
    """

    speech: int | None = None
    speaker: int | None = None
    first: int = 1


def read_csv(file: RawFile) -> Reading:
    """What a table says. Raises BadInput for a table without a column of words, or malformed."""
    decoded = decode_text(file.data, file.where, file.encoding)
    return _read(file, decoded, _delimiters(decoded.text))


CALL_IT_TEXT = (
    "If it is who took part or who is known, say so of that table. If it is a "
    "transcript, write text over the column of what was said. "
    f"Else move it out, {OR_SKIP}."
)
BY_TABLE = (
    "`--interviews` and `--roster` name a table; the policy's [formats] names the column of what "
    f'was said: speech = ["…"]; {BY_SKIP}'
)


def read_tsv(file: RawFile) -> Reading:
    """What a table with tabs says; BadInput as for one with commas."""
    return _read(file, decode_text(file.data, file.where, file.encoding), ("\t",))


def _read(file: RawFile, decoded: DecodedText, delimiters: Sequence[str]) -> Reading:
    """The reading by the first delimiter that parts a column of words from the others."""
    bytes_at = ByteOffsets(decoded)
    for delimiter in delimiters:
        table = _DelimitedTable(part=WHOLE, decoded=decoded, bytes_at=bytes_at, delimiter=delimiter)
        try:
            rows = deque(table.rows(file.where))
        except BadInput:
            if delimiter == delimiters[0]:
                raise
            continue
        columns = columns_of([[table.said(cell) for cell in row] for row in rows], file.handling)
        if columns.speech is not None:
            read_rows(_words_of(rows, table), columns, table)
            return table.reading_of_text(file.data, decoded)
    raise BadInput(
        "no column of this table is known to hold what was said",
        where=f"{file.where}, line 1",
        remedy=CALL_IT_TEXT,
        command=BY_TABLE,
    )


def columns_of(rows: Sequence[Sequence[str]], handling: Handling) -> Columns:
    """The columns of words and of speakers, by what stands over them, else by how they look.

    A column called `transcript` that says which files these are is none of words.
    """
    for number, row in enumerate(rows[:_NEAR_THE_TOP]):
        columns = _by_heads(row, handling)
        if columns.speech is None or (number and not _are_heads(row, handling)):
            continue
        said = _column(rows[number + 1 :], columns.speech)
        return Columns() if _are_names_of_files(said) else replace(columns, first=number + 1)
    heads = rows[0] if rows else ()
    columns = _by_heads(heads, handling)
    if columns.speaker is not None or not _USUAL_HEADS.isdisjoint(map(_folded, heads)):
        return columns
    return _columns_by_look(rows)


def _by_heads(heads: Sequence[str], handling: Handling) -> Columns:
    """The columns that this row tells, if it is one of heads."""
    folded = [_folded(head) for head in heads]
    speech = {*SPEECH, *(name.casefold() for name in handling.speech)}
    speaker = {*SPEAKER, *(name.casefold() for name in handling.speaker)}
    return Columns(_first_in(folded, speech), _first_in(folded, speaker))


def _are_heads(row: Sequence[str], handling: Handling) -> bool:
    """Whether a row further down tells columns, and does not merely hold such a word."""
    told = [_folded(cell) for cell in row if cell.strip()]
    known = {*SPEECH, *SPEAKER, *_USUAL_HEADS}
    known |= {name.casefold() for name in (*handling.speech, *handling.speaker)}
    return len(told) > 1 and sum(one in known for one in told) * 2 >= len(told)


def _folded(head: str) -> str:
    return head.strip().casefold()


def _columns_by_look(rows: Sequence[Sequence[str]]) -> Columns:
    """Those of a table without heads: long cells, and short ones of which the first comes again."""
    width = max(map(len, rows), default=0)
    columns = [_column(rows, number) for number in range(width)]
    long = [number for number, cells in enumerate(columns) if _is_talk(cells, len(rows))]
    if len(long) != 1 or len(rows) < _FEWEST_ROWS:
        return Columns()
    for number, cells in enumerate(columns):
        short = all(0 < len(cell.split()) <= _MOST_WORDS for cell in cells)
        again = len(cells) == len(rows) and cells[0] in cells[1:]
        if number != long[0] and short and again and not FIGURES.match(cells[0]):
            return Columns(long[0], number, first=0)
    return Columns()


_FEWEST_ROWS, _MOST_WORDS = 4, 4  # of a table without heads; of a speaker's name


def _column(rows: Sequence[Sequence[str]], number: int) -> list[str]:
    """The cells of a column that say something."""
    return [row[number].strip() for row in rows if number < len(row) and row[number].strip()]


def _is_talk(cells: Sequence[str], rows: int) -> bool:
    """Whether most rows have a sentence in this column."""
    return sum(len(cell.split()) > _MOST_WORDS for cell in cells) * 2 > rows


def _are_names_of_files(said: Sequence[str]) -> bool:
    return bool(said) and sum(bool(_FILE.fullmatch(cell)) for cell in said) * 2 > len(said)


def _first_in(heads: Sequence[str], names: Container[str]) -> int | None:
    return next((number for number, head in enumerate(heads) if head in names), None)


def read_rows(rows: Iterable[Sequence[Words]], columns: Columns, turns: Turns) -> None:
    """Rows as turns, then the other cells that are no figures, and heads that are not usual."""
    heads: Sequence[Words] = ()
    beside: list[Words] = []
    said: list[SaidBetween] = []
    times = column_times([])
    both = (columns.speech, columns.speaker)
    for number, row in enumerate(rows):
        if number == columns.first - 1:
            heads = row
            times = column_times([_folded(head.text) for head in heads])
            continue
        words = _cell_in(row, columns.speech)
        is_said = number >= columns.first and bool(words.text.strip())
        if is_said:
            begins = turns.segment(_cell_in(row, columns.speaker), words)
            turns.ends.append(begins)  # of a cell, also where one speaker goes on
            place = Span(begins, begins + len(words.text))
            said += times.said(place, [cell.text for cell in row])
        beside += _beside(row, both if is_said else (), turns)
    turns.times += timed(said)
    for cell in beside:
        turns.aside(cell)
    for head in heads:
        is_usual = _folded(head.text) in (_SPEECH | _SPEAKER | _USUAL_HEADS)
        if is_usual or FIGURES.match(head.text):
            turns.settle(head)
        else:
            turns.aside(head)


def _beside(row: Sequence[Words], spoken: Container[int | None], turns: Turns) -> Iterator[Words]:
    """The cells beside what is said; those of figures are settled."""
    for number, cell in enumerate(row):
        if FIGURES.match(cell.text):
            turns.settle(cell)
        elif number not in spoken:
            yield cell


def _cell_in(row: Sequence[Words], column: int | None) -> Words:
    return row[column] if column is not None and column < len(row) else NO_WORDS


def _words_of(rows: deque[list[_DelimitedCell]], table: _DelimitedTable) -> Iterator[list[Words]]:
    """The words of each row, of which the cells go: what is read of one takes its memory."""
    while rows:
        yield [table.words_of(cell) for cell in rows.popleft()]


def _delimiters(text: str) -> tuple[str, ...]:
    """A comma, a semicolon and a tab; first the one that stands most often in the first line."""
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    return tuple(sorted(",;\t", key=first.count, reverse=True))


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
        if said[:1] == "'" and said[1:2] in (*_FORMULA, "["):  # or our label instead of one
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
