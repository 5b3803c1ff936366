"""The two tables a steward keeps beside the transcripts: who is known, and who was interviewed.

They are read as people type them (sheets.py, columns.py, listed_people.py): each row is used or
told of in a remark. Only what leaves no way to go on is an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from redact.core import Interview, RosterEntry
from redact.errors import UsageError
from redact.formats.column_heads import Meaning, Role
from redact.formats.columns import (
    Column,
    KeptColumns,
    Layout,
    as_chosen,
    kept_of,
    lay_out,
)
from redact.formats.interview_rows import read_interview_rows
from redact.formats.roster_rows import read_roster_rows
from redact.formats.sheets import Sheet, SheetRow, letter_of, read_sheets
from redact.formats.table_remarks import Remark, Told

ROSTER_COLUMNS = (
    "kind",
    "name",
    "aliases",
    "role",
    "organisation",
    "nation",
    "gender",
    "category",
    "size",
    "founded",
    "town_class",
    "interview",
)
INTERVIEW_COLUMNS = ("interview", "file", "nation", "organisation", "role")
FOUND_LIST = ("ref", "is it a name?")  # heads that only the list of `redact tables` has


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A table as it was read: its columns, as guessed too, and what a person should know of it."""

    role: Role
    where: str
    word: str
    layout: Layout = field(repr=False)
    guessed: tuple[tuple[str, Meaning], ...] = field(repr=False)
    remarks: tuple[Remark, ...] = ()
    encoding: str = ""
    encoding_guessed: bool = False
    entries: tuple[RosterEntry, ...] = field(default=(), repr=False)
    interviews: tuple[Interview, ...] = field(default=(), repr=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.layout.columns


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidTable:
    """A table by its columns, as they were guessed and as they are read; nothing is used yet."""

    role: Role
    where: str = field(repr=False)
    sheet: Sheet = field(repr=False)
    layout: Layout = field(repr=False)
    guessed: tuple[tuple[str, Meaning], ...] = field(repr=False)


def read_table(path: Path, role: Role, kept: KeptColumns | None = None) -> TableRead:
    """A roster or an interviews table; UsageError naming file, row and remedy for what is amiss."""
    laid = lay_table(path, role, kept)
    read = _read(laid.sheet, laid.layout, laid.guessed, role, laid.where)
    if kept is None or kept.guessed == laid.guessed or kept.chosen != laid.guessed:
        return read
    edited = Remark(laid.layout.head_row or 1, Told.GUESS_EDITED)
    return replace(read, remarks=(edited, *read.remarks))


def lay_table(path: Path, role: Role, kept: KeptColumns | None = None) -> LaidTable:
    """The table by its columns, also where none of them says whom a row is about.

    Raises UsageError for a file that is no table.
    """
    where = str(path)
    sheets = read_sheets(path)
    laid = [(sheet, lay_out(sheet, role)) for sheet in sheets]
    others = [pair for pair in laid if not _is_found_list(pair[1][0])]
    if role == "roster" and len(others) < len(laid):
        raise UsageError(
            "this is the list of names that redact wrote, not a roster",
            where=where,
            remedy="Open the study, and give it back under Who is who.",
            command="Or: redact tables STUDY --take FILE --by YOUR-NAME.",
        )
    sheet, (guessed, _) = max(others or laid, key=lambda pair: pair[1][1])
    return LaidTable(
        role=role,
        where=where,
        sheet=sheet,
        layout=as_chosen(guessed, kept),
        guessed=kept_of(guessed),
    )


def _read(
    sheet: Sheet,
    layout: Layout,
    guessed: tuple[tuple[str, Meaning], ...],
    role: Role,
    where: str,
) -> TableRead:
    _require_columns(layout, role, f"{where}, {sheet.word} {layout.head_row or 1}")
    read = TableRead(
        role=role,
        where=where,
        word=sheet.word,
        layout=layout,
        guessed=guessed,
        encoding=sheet.encoding,
        encoding_guessed=sheet.guessed,
    )
    wider = layout.rows_beyond_heads() if sheet.word == "line" else ()
    beyond = [Remark(row, Told.BEYOND_HEADS) for row in wider]
    if role == "roster":
        entries, remarks = read_roster_rows(layout, where, sheet.word)
        return replace(read, entries=entries, remarks=(*remarks, *beyond))
    interviews, remarks = read_interview_rows(layout, where, sheet.word, role == "consent")
    return replace(read, interviews=interviews, remarks=(*remarks, *beyond))


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """The people, places and organisations of a roster; UsageError as read_table."""
    return read_table(path, "roster").entries


def roster_of(rows: Iterable[Mapping[str, str]]) -> tuple[RosterEntry, ...]:
    """The same of rows in memory, by the same columns; UsageError naming the row."""
    return _in_memory(rows, "roster").entries


def read_interviews(path: Path) -> tuple[Interview, ...]:
    """The rows of an interviews table; further columns are kept in `more`, in order."""
    return read_table(path, "interviews").interviews


def interviews_of(rows: Iterable[Mapping[str, str]]) -> tuple[Interview, ...]:
    """The same of rows in memory, by the same columns; UsageError naming the row."""
    return _in_memory(rows, "interviews").interviews


def _in_memory(rows: Iterable[Mapping[str, str]], role: Role) -> TableRead:
    """Rows of a program, which has the heads that we name; others are its mistakes."""
    heads: dict[str, None] = {}
    kept = [{name.strip().casefold(): cell for name, cell in row.items()} for row in rows]
    for number, row in enumerate(kept, start=1):
        where = f"{role}, row {number}"
        _check_heads(list(row), where, role)
        for head, cell in row.items():
            if not isinstance(cell, str):
                raise UsageError(
                    f"the cell `{head}` is no text",
                    where=where,
                    remedy='Write it as text, and "" for nothing.',
                )
            heads.setdefault(head)
    if not kept:
        heads = dict.fromkeys(ROSTER_COLUMNS if role == "roster" else INTERVIEW_COLUMNS)
    cells = [
        SheetRow(number=number, cells=tuple(row.get(head, "") for head in heads))
        for number, row in enumerate(kept, start=1)
    ]
    sheet = Sheet(rows=(SheetRow(number=0, cells=tuple(heads)), *cells), word="row")
    layout, _ = lay_out(sheet, role)
    return _read(sheet, layout, kept_of(layout), role, role)


def _check_heads(heads: list[str], where: str, role: Role) -> None:
    known, required = (
        (ROSTER_COLUMNS, ("kind", "name"))
        if role == "roster"
        else (INTERVIEW_COLUMNS, ("interview", "file"))
    )
    for name in required:
        if name not in heads:
            raise UsageError(
                f"there is no column `{name}`",
                where=where,
                remedy=f"Its columns are: {', '.join(known)}.",
            )
    for name in heads:
        if name not in known and role == "roster":
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Use: {', '.join(known)}."
            raise UsageError("a column of this table is not known", where=where, remedy=hint)


def _require_columns(layout: Layout, role: Role, where: str) -> None:
    """Raises UsageError for a table that says of nobody who they are, or of two columns one."""
    has = {column.meaning for column in layout.columns}
    if role == "roster":
        if not has & {Meaning.NAME, Meaning.SURNAME, Meaning.FIRST}:
            raise UsageError(
                "no column of this table is known to hold names",
                where=where,
                remedy="Write `name` over the column of names, in one row above the first name "
                "(or `surname` and `first name` over two).",
            )
    elif not has & {Meaning.FILE, Meaning.ID, Meaning.PARTICIPANT}:
        raise UsageError(
            "no column of this table is known to say which transcript a row is about",
            where=where,
            remedy="Write `file` over the column of the transcripts' names, in one row above the "
            "first of them.",
        )
    heads = [c.head.casefold() for c in layout.columns if c.head]
    twice = next((h for h in heads if heads.count(h) > 1 and h in _OWN_HEADS), None)
    if twice is not None:
        letters = [letter_of(c.number) for c in layout.columns if c.head.casefold() == twice]
        raise UsageError(
            f"two columns share a name: {' and '.join(letters)} are both `{twice}`",
            where=where,
            remedy="Rename or delete one.",
        )


_OWN_HEADS = frozenset({*ROSTER_COLUMNS, *INTERVIEW_COLUMNS})


def _is_found_list(layout: Layout) -> bool:
    """Whether a sheet is the list of `redact tables`, which has refs and answers."""
    return set(FOUND_LIST) <= {column.head.casefold() for column in layout.columns}
