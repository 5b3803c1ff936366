"""The list of names as a workbook or a CSV file, out and in again. Nothing in it is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redact.core import NAMES, Interview
from redact.errors import BadInput
from redact.formats.sheets import Sheet, read_sheets
from redact.formats.tables import FOUND_LIST
from redact.review.came_back import forms_in
from redact.review.name_list import FoundName
from redact.review.programs import XML_CANNOT, as_text

HEADS = (
    FOUND_LIST[0],
    "kind",
    "name",
    "also called",
    "same as",
    FOUND_LIST[1],
    "question",
    "may be",
    "how often",
    "where",
    "shown as",
    "role",
    "organisation",
    "nation",
    "gender",
)
INTERVIEW_HEADS = (
    *("interview", "file", "interviewee", "interviewer", "organisation", "role", "nation"),
)
_OURS = frozenset({*FOUND_LIST, "also called", "same as", "may be", "how often", "shown as"})
_FEWEST = 3  # of these heads, which no other table has together
_NEAR_THE_TOP = 25  # rows in which the heads may stand
_ONCE_CALLED = {"other forms": "also called"}  # heads as an earlier build wrote them
_CHANGED = HEADS[1:6]  # what a person may change
_WIDTHS = (24, 9, 28, 40, 12, 14, 34, 34, 10, 40, 20, 24, 28, 14, 10)
_HELP = (
    "What you may change in the sheet `names`, in the columns with yellow heads:",
    "kind: PERSON, PLACE or ORG.",
    "name, also called (a semicolon between two): add what the same one is called as well; take "
    "out a form that is somebody else. What you write into another row moves there.",
    "same as: the ref, or the row's number in this sheet, of the row that is the same one. "
    "Write `nobody` where the question asks and it is none of them. `may be` has those that it may "
    "be, with their refs: write the ref of the right one.",
    "is it a name?: write no where a word is no name. It will then stand in clear.",
    "A row at the end without a ref adds a name that was missed.",
    "A row that you delete changes nothing: the name stays hidden.",
    "The sheet `interviews` has who speaks in each transcript, as far as it was understood. It is "
    "not taken back from here: correct it, save it as a file of its own, and give that with "
    "redact run … --interviews FILE.",
    "Then: redact tables STUDY --take THIS-FILE --by YOUR-NAME. Delete this file after: it holds "
    "every name.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedName:
    """A row of the list as a person gives it back: its number in the file, and its cells.

    `forms` are None where the file has no column of them any more: then none was taken out.
    """

    number: int
    where: str
    ref: str
    label: str
    name: str = field(repr=False)
    forms: tuple[str, ...] | None = field(repr=False)
    same_as: str = field(repr=False)
    is_name: str


def write_names(names: Sequence[FoundName], interviews: Iterable[Interview], ending: str) -> bytes:
    """The bytes of a .xlsx with sheets for names and interviews, or of a .csv of the names."""
    rows = [_cells(one) for one in names]
    if ending == ".csv":
        return _as_csv(rows)
    return _as_workbook(rows, interviews)


def _cells(one: FoundName) -> tuple[str | int, ...]:
    return (
        one.ref,
        one.label,
        one.name,
        "; ".join(one.forms),
        "",
        "",
        one.question or ("who is this?" if one.may_be else ""),
        "; ".join(one.may_be),
        one.count,
        ", ".join(one.files),
        one.pseudonym,
        one.role,
        one.organisation,
        one.nation,
        one.gender,
    )


def _as_csv(rows: Iterable[Sequence[str | int]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADS)
    writer.writerows([as_text(c) if isinstance(c, str) else c for c in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _as_workbook(rows: Iterable[Sequence[str | int]], interviews: Iterable[Interview]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = "names"
    _fill(sheet, [HEADS, *rows], _WIDTHS)
    for letter, choices in (("B", ",".join(NAMES)), ("F", "yes,no")):
        choice = DataValidation(type="list", formula1=f'"{choices}"', showErrorMessage=False)
        sheet.add_data_validation(choice)
        choice.add(f"{letter}2:{letter}{sheet.max_row + 500}")
    held = book.create_sheet("interviews")
    given = [
        (
            one.interview,
            one.file,
            " & ".join(person.name for person in one.interviewees),
            " & ".join(person.name for person in one.interviewers),
            one.organisation,
            one.role,
            "" if one.nation == "unknown" else one.nation,
        )
        for one in interviews
    ]
    _fill(held, [INTERVIEW_HEADS, *given], (12, 40, 34, 34, 34, 28, 14))
    _fill(book.create_sheet("how to"), [(line,) for line in _HELP], (110,))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(sheet: Any, rows: Iterable[Sequence[str | int]], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for row in rows:
        sheet.append([_storable(cell) if isinstance(cell, str) else cell for cell in row])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "n" if isinstance(cell.value, int) else "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        if cell.value in _CHANGED:
            cell.fill = PatternFill("solid", fgColor="FFFFF2A8")
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _storable(cell: str) -> str:
    return " ".join(XML_CANNOT.sub("\N{REPLACEMENT CHARACTER}", cell).split())


def read_names(path: Path) -> tuple[CorrectedName, ...]:
    """The rows of a list that came back; BadInput naming the file if it is none of ours."""
    for sheet in read_sheets(path):
        rows = _said(sheet, str(path))
        if rows is not None:
            return rows
    raise BadInput(
        "this is not the list of names that redact wrote",
        where=str(path),
        remedy="Save the whole list of this study, change that, and give it back. A roster of "
        "your own is given when a study is begun.",
        command="`redact tables STUDY --to FILE` saves it.",
    )


def _said(sheet: Sheet, where: str) -> tuple[CorrectedName, ...] | None:
    top, at = _heads(sheet)
    if len(_OURS & at.keys()) < _FEWEST:
        return None
    for needed in (FOUND_LIST[0], "name"):
        if needed not in at:
            raise BadInput(
                f"the column `{needed}` of this list is gone",
                where=where,
                remedy="Save the whole list anew, and leave its columns `ref` and `name` in it.",
                command="`redact tables STUDY --to FILE` saves it.",
            )
    rows = []
    for row in sheet.rows[top + 1 :]:
        raw = {
            head: row.cells[number] if number < len(row.cells) else ""
            for head, number in at.items()
        }
        cell = {head: _bare(raw.get(head, "")) for head in HEADS[:6]}
        if not any(cell.values()):
            continue
        rows.append(
            CorrectedName(
                number=row.number,
                where=f"{where}, {sheet.word} {row.number}",
                ref=cell["ref"],
                label=cell["kind"].upper(),
                name=cell["name"],
                forms=forms_in(_unquoted(raw["also called"])) if "also called" in raw else None,
                same_as=cell["same as"],
                is_name=cell[FOUND_LIST[1]].casefold().strip(" .!"),
            )
        )
    return tuple(rows)


def _heads(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row of heads, which may have others above it, and where each of ours stands in it."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(sheet.rows[:_NEAR_THE_TOP]):
        said = [" ".join(cell.strip(" ?").casefold().split()) for cell in row.cells]
        said = [_ONCE_CALLED.get(head, head) for head in said]
        at = {head: said.index(bare) for head in HEADS if (bare := head.strip("?")) in said}
        if len(at) > len(best[1]):
            best = number, at
    return best


def _bare(cell: str) -> str:
    """A cell in one line, without the apostrophe that keeps a spreadsheet from running it."""
    return _unquoted(" ".join(cell.split()))


def _unquoted(plain: str) -> str:
    return plain[1:] if plain[:1] == "'" and as_text(plain[1:]) != plain[1:] else plain
