"""The two tables a steward keeps beside the transcripts: roster.csv and interviews.csv."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterable
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


def read_roster(path: Path) -> tuple[RosterEntry, ...]:
    """The rows of a roster; UsageError naming file and line for anything amiss."""
    entries: list[RosterEntry] = []
    for line, row in _rows(path, ROSTER_COLUMNS, required=("kind", "name"), open_ended=False):
        where = f"{path}, line {line}"
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
                row=line,
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


def read_interviews(path: Path) -> tuple[Interview, ...]:
    """The rows of interviews.csv; further columns are kept in `more`, in order."""
    rows: list[Interview] = []
    seen: dict[str, int] = {}
    for line, row in _rows(
        path, INTERVIEW_COLUMNS, required=("interview", "file"), open_ended=True
    ):
        where = f"{path}, line {line}"
        for column in ("interview", "file"):
            if not row[column].strip():
                raise UsageError(
                    f"this row has no {column}", where=where, remedy="Fill it in or delete the row."
                )
        stem = Path(row["file"].strip()).stem.casefold()
        if stem in seen:
            raise UsageError(
                f"this row names the same file as line {seen[stem]}",
                where=where,
                remedy="Give each transcript one row.",
            )
        seen[stem] = line
        rows.append(
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
    return tuple(rows)


def _nation(text: str, where: str) -> Nation:
    nation = _NATIONS.get(" ".join(text.casefold().split()))
    if nation is None:
        raise UsageError(
            "the nation of this row is not known",
            where=where,
            remedy="Write Scotland or United States in the column `nation`, or leave it empty.",
        )
    return nation


def _rows(
    path: Path, columns: tuple[str, ...], required: tuple[str, ...], open_ended: bool
) -> Iterable[tuple[int, dict[str, str]]]:
    text = read_text(path).text
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader)]
    except (StopIteration, csv.Error):
        header = []
    for name in required:
        if name not in header:
            raise UsageError(
                f"the first line has no column `{name}`",
                where=str(path),
                remedy=f"Its columns are: {', '.join(columns)}.",
            )
    for name in header:
        if name not in columns and not open_ended:
            near = difflib.get_close_matches(name, columns, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else f"Use: {', '.join(columns)}."
            raise UsageError("a column of this table is not known", where=str(path), remedy=hint)
    if len(set(header)) != len(header):
        raise UsageError(
            "two columns share a name", where=str(path), remedy="Rename or delete one."
        )
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise UsageError(
                    f"this row has {len(row)} cells, the first line {len(header)}",
                    where=f"{path}, line {reader.line_num}",
                    remedy="Put cells that hold a comma in double quotes.",
                )
            yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error:
        raise UsageError(
            "this line is not CSV (a double quote is missing?)",
            where=f"{path}, line {reader.line_num}",
            remedy="Save the table again as CSV.",
        ) from None
