"""The rows of an interviews table: which transcript, who was interviewed, by whom, and the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from redact.core import Interview, ListedPerson
from redact.formats.column_heads import Meaning
from redact.formats.columns import Layout
from redact.formats.listed_people import ListedPeople, Surnames, labels_in, people_in, surnames_of
from redact.formats.roster_rows import is_heads_again, nation_of
from redact.formats.sheets import SheetRow
from redact.formats.table_remarks import Remark, Told
from redact.transcript.rows import file_key

_FIVE = {
    Meaning.ID: "interview",
    Meaning.FILE: "file",
    Meaning.NATION: "nation",
    Meaning.ORGANISATION: "organisation",
    Meaning.ROLE: "role",
}


def read_interview_rows(layout: Layout) -> tuple[tuple[Interview, ...], tuple[Remark, ...]]:
    """The interviews of all rows, and what was not used. A row without a file is no error."""
    interviews: list[Interview] = []
    remarks: list[Remark] = []
    at_file: dict[str, int] = {}
    surnames = surnames_of(layout.cell(row, Meaning.PARTICIPANT) for row in layout.rows)
    for row in layout.rows:
        one, told = _interview(layout, row, surnames)
        remarks += told
        if one is None:
            continue
        stem = file_key(one.file) if one.file.strip() else ""
        if stem and stem in at_file:
            remarks.append(Remark(row.number, Told.SAME_FILE))
            interviews[at_file[stem]] = _together(interviews[at_file[stem]], one)
            continue
        if stem:
            at_file[stem] = len(interviews)
        interviews.append(one)
    return tuple(interviews), tuple(remarks)


def _interview(
    layout: Layout, row: SheetRow, surnames: Surnames
) -> tuple[Interview | None, list[Remark]]:
    remarks: list[Remark] = []
    number, file = layout.cell(row, Meaning.ID), layout.cell(row, Meaning.FILE)
    who = people_in(layout.cell(row, Meaning.PARTICIPANT), surnames)
    by = [people_in(cell) for cell in layout.cells(row, Meaning.INTERVIEWER)]
    filled = sum(bool(cell.strip()) for cell in row.cells)
    says_who = bool(file or who.people or who.labels)
    if not says_who and (not number or filled < 2 or not any(c.isdigit() for c in number)):
        return None, [Remark(row.number, Told.EMPTY)]
    if is_heads_again(layout, row):
        return None, [Remark(row.number, Told.HEADS_AGAIN)]
    if layout.of(Meaning.FILE) and not file:
        remarks.append(Remark(row.number, Told.NO_FILE))
    nation = nation_of(layout.cell(row, Meaning.NATION))
    if nation is None:
        remarks.append(Remark(row.number, Told.NATION))
    if who.unread or any(one.unread for one in by):
        remarks.append(Remark(row.number, Told.NOT_A_NAME))
    labels = [one for cell in layout.cells(row, Meaning.LABEL) for one in labels_in(cell)]
    interview = Interview(
        interview=number or PurePath(file).stem or f"row {row.number}",
        file=file,
        nation=nation or "unknown",
        organisation=layout.cell(row, Meaning.ORGANISATION),
        role=layout.cell(row, Meaning.ROLE),
        more=tuple(
            (column.head.casefold() or column.letter, row.cells[column.number].strip())
            for column in layout.columns
            if column.meaning not in _FIVE and column.number < len(row.cells)
        ),
        row=row.number,
        interviewees=_with_labels(who, labels),
        interviewers=tuple(person for one in by for person in one.people),
        labels=tuple(dict.fromkeys((*who.labels, *labels))),
        asked_by=tuple(dict.fromkeys(label for one in by for label in one.labels)),
    )
    return interview, remarks


def _with_labels(who: ListedPeople, labels: list[str]) -> tuple[ListedPerson, ...]:
    """The people of a row, each with a label where the row gives as many as there are people."""
    if len(labels) != len(who.people):
        return who.people
    return tuple(
        replace(person, labels=tuple(dict.fromkeys((*person.labels, label))))
        for person, label in zip(who.people, labels, strict=True)
    )


def _together(one: Interview, other: Interview) -> Interview:
    """Two rows of one file as one: the first row's word, and everybody of both."""
    return replace(
        one,
        interviewees=tuple(dict.fromkeys((*one.interviewees, *other.interviewees))),
        interviewers=tuple(dict.fromkeys((*one.interviewers, *other.interviewers))),
        labels=tuple(dict.fromkeys((*one.labels, *other.labels))),
        asked_by=tuple(dict.fromkeys((*one.asked_by, *other.asked_by))),
        role=one.role or other.role,
        organisation=one.organisation or other.organisation,
    )
