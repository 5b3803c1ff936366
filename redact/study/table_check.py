"""How the tables of a study fit its transcripts: by numbers of rows, so that no name is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redact.core import Interview
from redact.formats.column_heads import Meaning
from redact.formats.table_remarks import remark_lines
from redact.formats.tables import TableRead
from redact.study.desk import Desk
from redact.study.tables_read import TablesRead
from redact.transcript.rows import match_rows
from redact.transcript.words import Forms

_SHOWN = 12  # row numbers in a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFit:
    """What matches nothing: transcripts without a row, rows without a transcript, names unsaid.

    Rows are numbered as a person counts them in the file.
    """

    transcripts_without_row: tuple[str, ...]
    rows_without_transcript: tuple[int, ...]
    roster_rows_unsaid: tuple[int, ...]


def table_fit(desk: Desk) -> TableFit:
    """How the study's tables fit its transcripts; a transcript is named by its own file."""
    held = zip(desk.key.documents, desk.interviews, strict=True)
    row_of = {document.source_name: row for document, row in held if row is not None}
    return _fit(desk.tables, {s.name: s.text for s in desk.sources}, row_of)


def fit_of(tables: TablesRead, texts: Mapping[str, str]) -> TableFit:
    """How tables fit texts, by name, of which no study is made yet."""
    return _fit(tables, texts, {n: one.row for n, one in match_rows(texts, tables.rows).items()})


def _fit(tables: TablesRead, texts: Mapping[str, str], row_of: Mapping[str, Interview]) -> TableFit:
    rows, matched = tables.rows, {row.row for row in row_of.values()}
    return TableFit(
        transcripts_without_row=tuple(n for n in texts if n not in row_of) if rows else (),
        rows_without_transcript=tuple(row.row for row in rows if row.row not in matched),
        roster_rows_unsaid=_unsaid(tables, texts.values()),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCounts:
    """The same in figures, for programs: no row and no file is named."""

    transcripts_without_row: int
    rows_without_transcript: int
    roster_rows_unsaid: int
    remarks: int


def counts_of_tables(desk: Desk) -> TableCounts:
    """How many of each there are."""
    fit = table_fit(desk)
    return TableCounts(
        transcripts_without_row=len(fit.transcripts_without_row),
        rows_without_transcript=len(fit.rows_without_transcript),
        roster_rows_unsaid=len(fit.roster_rows_unsaid),
        remarks=sum(len(one.remarks) for one in desk.tables.all),
    )


def _unsaid(tables: TablesRead, texts: Iterable[str]) -> tuple[int, ...]:
    """The rows of the roster of which no form stands in any transcript."""
    forms: Forms[int] = Forms(())
    rows_of: dict[int, set[int]] = defaultdict(set)
    listed = tables.roster.layout.rows if tables.roster else ()
    numbers = {row.number for row in listed}
    for entry in tables.entries:
        rows_of[entry.row].add(entry.row)
        for form in (*entry.forms, *entry.forms[0].split()[:1]):
            forms.add(form, entry.row)
    said = {hit.key for text in texts for hit in forms.find(text, longest=False)}
    return tuple(sorted(row for row in rows_of if row not in said and row in numbers))


def lines_of_tables(desk: Desk) -> list[str]:
    """What a person should know of the tables, in sentences; columns by letter and head."""
    lines = [*lines_of_columns(desk.tables), *lines_of_fit(table_fit(desk))]
    if lines:
        lines.append(
            f"  If a column is read wrongly, change its word in {desk.study.tables} and run again."
        )
    return lines


def lines_of_fit(fit: TableFit) -> list[str]:
    """What of tables and transcripts matches nothing, in sentences."""
    lines: list[str] = []
    if fit.roster_rows_unsaid:
        lines.append(
            f"  roster rows with a name that no transcript has: {_shown(fit.roster_rows_unsaid)}"
        )
    if fit.rows_without_transcript:
        lines.append(
            f"  interviews rows that fit no transcript: {_shown(fit.rows_without_transcript)}"
        )
    if fit.transcripts_without_row:
        names = ", ".join(fit.transcripts_without_row[:_SHOWN])
        more = len(fit.transcripts_without_row) - _SHOWN
        lines.append(
            f"  transcripts without a row: {names}{f' and {more} more' if more > 0 else ''}"
        )
    return lines


def lines_of_columns(tables: TablesRead) -> list[str]:
    """What each column of each table was read as, and what of its rows was not used."""
    return [line for table in tables.all for line in _lines_of(table)]


def _lines_of(table: TableRead) -> list[str]:
    read = [
        f"{column.letter} {column.head!r} = {column.meaning}"
        for column in table.columns
        if column.meaning != Meaning.OTHER
    ]
    aside = [column.letter for column in table.columns if column.meaning == Meaning.OTHER]
    kept = "kept as further columns" if table.role == "interviews" else "left aside"
    lines = [f"  {table.role}, {table.where}: {'; '.join(read)}"]
    if aside:
        lines.append(f"    {kept}: {', '.join(aside)}")
    if table.encoding_guessed:
        lines.append(f"    not UTF-8: read as {table.encoding} by a guess")
    lines += [f"    {line}" for line in remark_lines(table.remarks, table.word)]
    return lines


def _shown(numbers: tuple[int, ...]) -> str:
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return ", ".join(map(str, numbers[:_SHOWN])) + more
