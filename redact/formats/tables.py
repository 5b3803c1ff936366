"""The two tables a steward keeps beside the transcripts: roster.csv and interviews.csv."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from redact.core import Interview, Label, Nation, RosterEntry
from redact.errors import UsageError
from redact.formats.text import read_text

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
KINDS: dict[str, Label] = {"PERSON": "PERSON", "PLACE": "PLACE", "ORG": "ORG"}
_NATIONS: dict[str, Nation] = {
    "": "unknown",
    "unknown": "unknown",
    "scotland": "Scotland",
    "scot": "Scotland",
    "sct": "Scotland",
    "gb-sct": "Scotland",
    "scottish": "Scotland",
    "united states": "United States",
    "united states of america": "United States",
    "us": "United States",
    "u.s.": "United States",
    "usa": "United States",
    "u.s.a.": "United States",
    "america": "United States",
}


@dataclass(frozen=True, slots=True)
class _NamedColumns:
    """What a table may and must have; an open-ended one keeps further columns."""

    known: tuple[str, ...]
    required: tuple[str, ...]
    open_ended: bool


_ROSTER = _NamedColumns(ROSTER_COLUMNS, ("kind", "name"), open_ended=False)
_INTERVIEWS = _NamedColumns(INTERVIEW_COLUMNS, ("interview", "file"), open_ended=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _SheetRow:
    """A row's cells by column, and how a person finds it: `line 3` of which table."""

    number: int
    table: str
    place: str
    cells: dict[str, str]

    @property
    def where(self) -> str:
        return f"{self.table}, {self.place}"


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """The rows of a roster; UsageError naming file and line for anything amiss."""
    return _roster(_rows_of_file(path, _ROSTER))


def roster_of(rows: Iterable[Mapping[str, str]]) -> tuple[RosterEntry, ...]:
    """The same of rows in memory, by the same columns; UsageError naming the row."""
    return _roster(_rows_in_memory(rows, "roster", _ROSTER))


def read_interviews(path: Path) -> tuple[Interview, ...]:
    """The rows of interviews.csv; further columns are kept in `more`, in order."""
    return _interviews(_rows_of_file(path, _INTERVIEWS))


def interviews_of(rows: Iterable[Mapping[str, str]]) -> tuple[Interview, ...]:
    """The same of rows in memory, by the same columns; UsageError naming the row."""
    return _interviews(_rows_in_memory(rows, "interviews", _INTERVIEWS))


def _roster(rows: Iterable[_SheetRow]) -> tuple[RosterEntry, ...]:
    entries: list[RosterEntry] = []
    for given in rows:
        row, where = given.cells, given.where
        kind = KINDS.get(row["kind"].strip().upper())
        if kind is None:
            raise UsageError(
                "the kind of this row is none of PERSON, PLACE, ORG",
                where=where,
                remedy="Write one of the three in the column `kind`.",
            )
        name = row["name"].strip()
        if not any(c.isalnum() for c in name):
            raise UsageError("this row has no name", where=where, remedy="Fill it in or delete it.")
        aliases = tuple(a.strip() for a in row.get("aliases", "").split(";") if a.strip())
        entries.append(
            RosterEntry(
                row=given.number,
                kind=kind,
                name=name,
                aliases=aliases,
                role=row.get("role", "").strip(),
                organisation=row.get("organisation", "").strip(),
                nation=_nation(row.get("nation", ""), where),
                gender=row.get("gender", "").strip(),
                category=row.get("category", "").strip(),
                size=row.get("size", "").strip(),
                founded=row.get("founded", "").strip(),
                town_class=row.get("town_class", "").strip(),
                interview=row.get("interview", "").strip(),
            )
        )
    return tuple(entries)


def _interviews(rows: Iterable[_SheetRow]) -> tuple[Interview, ...]:
    interviews: list[Interview] = []
    seen: dict[str, str] = {}
    for given in rows:
        row, where = given.cells, given.where
        for column in ("interview", "file"):
            if not row[column].strip():
                raise UsageError(
                    f"this row has no {column}", where=where, remedy="Fill it in or delete the row."
                )
        stem = Path(row["file"].strip()).stem.casefold()
        if stem in seen:
            raise UsageError(
                f"this row names the same file as {seen[stem]}",
                where=where,
                remedy="Give each transcript one row.",
            )
        seen[stem] = given.place
        interviews.append(
            Interview(
                interview=row["interview"].strip(),
                file=row["file"].strip(),
                nation=_nation(row.get("nation", ""), where),
                organisation=row.get("organisation", "").strip(),
                role=row.get("role", "").strip(),
                more=tuple(
                    (name, value.strip())
                    for name, value in row.items()
                    if name not in INTERVIEW_COLUMNS
                ),
            )
        )
    return tuple(interviews)


def _nation(text: str, where: str) -> Nation:
    nation = _NATIONS.get(" ".join(text.casefold().split()))
    if nation is None:
        raise UsageError(
            "the nation of this row is not known",
            where=where,
            remedy="Write Scotland or United States in the column `nation`, or leave it empty.",
        )
    return nation


def _rows_of_file(path: Path, columns: _NamedColumns) -> Iterator[_SheetRow]:
    text = read_text(path).text
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader)]
    except (StopIteration, csv.Error):
        header = []
    _check_header(header, str(path), columns)
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            place = f"line {reader.line_num}"
            if len(row) != len(header):
                raise UsageError(
                    f"this row has {len(row)} cells, the first line {len(header)}",
                    where=f"{path}, {place}",
                    remedy="Put cells that hold a comma in double quotes.",
                )
            yield _SheetRow(
                number=reader.line_num,
                table=str(path),
                place=place,
                cells=dict(zip(header, row, strict=True)),
            )
    except csv.Error:
        raise UsageError(
            "this line is not CSV (a double quote is missing?)",
            where=f"{path}, line {reader.line_num}",
            remedy="Save the table again as CSV.",
        ) from None


def _rows_in_memory(
    rows: Iterable[Mapping[str, str]], table: str, columns: _NamedColumns
) -> Iterator[_SheetRow]:
    for number, row in enumerate(rows, start=1):
        where = f"{table}, row {number}"
        _check_header([name.strip().casefold() for name in row], where, columns)
        for name, cell in row.items():
            if not isinstance(cell, str):
                raise UsageError(
                    f"the cell `{name}` is no text",
                    where=where,
                    remedy='Write it as text, and "" for nothing.',
                )
        cells = {name.strip().casefold(): cell for name, cell in row.items()}
        yield _SheetRow(number=number, table=table, place=f"row {number}", cells=cells)


def _check_header(header: list[str], where: str, columns: _NamedColumns) -> None:
    for name in columns.required:
        if name not in header:
            raise UsageError(
                f"there is no column `{name}`",
                where=where,
                remedy=f"Its columns are: {', '.join(columns.known)}.",
            )
    for name in header:
        if name not in columns.known and not columns.open_ended:
            near = difflib.get_close_matches(name, columns.known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Use: {', '.join(columns.known)}."
            raise UsageError("a column of this table is not known", where=where, remedy=hint)
    if len(set(header)) != len(header):
        raise UsageError("two columns share a name", where=where, remedy="Rename or delete one.")
