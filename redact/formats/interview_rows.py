"""The rows of an interviews table: which transcript, who was interviewed, by whom, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from redact.core import Consent, Interview, ListedPerson
from redact.core.consent import (
    Audience,
    ConsentLevel,
    agreed_by_answers,
    is_yes,
    read_day,
    read_level,
    strictest,
)
from redact.errors import UsageError
from redact.formats.column_heads import AGREED, OF_CONSENT, Meaning
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
_NO_FURTHER = frozenset((*_FIVE, *OF_CONSENT))  # consent tells of nobody in a release


def read_interview_rows(
    layout: Layout, where: str = "interviews", word: str = "row", is_of_consent: bool = False
) -> tuple[tuple[Interview, ...], tuple[Remark, ...]]:
    """The interviews of all rows, and what was not used. A row without a file is no error.

    Of a table of consent each row has one, also if no column says a level. Raises UsageError, with
    the row as it is called in the file and the nearest level, where the column of consent says what
    is no level.
    """
    interviews: list[Interview] = []
    remarks: list[Remark] = []
    at_file: dict[str, int] = {}
    surnames = surnames_of(layout.cell(row, Meaning.PARTICIPANT) for row in layout.rows)
    if layout.head_row is not None and any(
        column.meaning not in OF_CONSENT and "consent" in column.head.casefold()
        for column in layout.columns
    ):
        remarks.append(Remark(layout.head_row, Told.CONSENT_UNREAD))
    if is_of_consent and not says_levels(layout):
        remarks = [Remark(layout.head_row or 1, Told.NO_CONSENT_COLUMN)]
    for row in layout.rows:
        one, told = _interview(layout, row, surnames)
        remarks += told
        if one is None:
            continue
        if is_of_consent or says_levels(layout):
            consent, more = _consent(layout, row, f"{where}, {word} {row.number}")
            one, remarks = replace(one, consent=consent), [*remarks, *more]
        stem = file_key(one.file) if one.file.strip() else ""
        if stem and stem in at_file:
            remarks.append(Remark(row.number, Told.SAME_FILE))
            if _differ(interviews[at_file[stem]], one):
                remarks.append(Remark(row.number, Told.CONSENT_TWICE))
            interviews[at_file[stem]] = _together(interviews[at_file[stem]], one)
            continue
        if stem:
            at_file[stem] = len(interviews)
        interviews.append(one)
    return tuple(interviews), tuple(remarks)


def says_levels(layout: Layout) -> bool:
    """Whether a column of a table says what people agreed to."""
    return any(column.meaning in (Meaning.CONSENT, *AGREED) for column in layout.columns)


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
            if column.meaning not in _NO_FURTHER and column.number < len(row.cells)
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
        consent=strictest(both) if (both := _said_of(one, other)) else None,
    )


def _said_of(*rows: Interview) -> list[Consent]:
    return [row.consent for row in rows if row.consent is not None]


def _differ(one: Interview, other: Interview) -> bool:
    return len({said.holds for said in _said_of(one, other)}) > 1


_TO: dict[Meaning, Audience] = {
    Meaning.AGREED_TEAM: "team",
    Meaning.AGREED_ARCHIVE: "safeguarded",
    Meaning.AGREED_QUOTES: "quotes",
    Meaning.AGREED_OPEN: "open",
}


def _answer(cells: Sequence[str]) -> bool | None:
    """Whether every cell says yes; None where there is none."""
    return all(is_yes(cell) is True for cell in cells) if cells else None


def _consent(layout: Layout, row: SheetRow, where: str) -> tuple[Consent, list[Remark]]:
    """What a row says of consent; UsageError for a word that is no level. No cell is repeated."""
    remarks = []
    try:
        levels = [read_level(one) for one in layout.cells(row, Meaning.CONSENT)]
    except ValueError as nearest:
        words = ", ".join(f"`{one}`" for one in ConsentLevel)
        near = f"Did you mean `{nearest}`? The words are" if str(nearest) else "Write one of"
        raise UsageError(
            "what this row says of consent is no level that redact knows",
            where=where,
            remedy=f"{near}: {words}, or leave it empty if it is not known. If the column is about "
            "something else, give it another head, such as `form signed`.",
        ) from None
    days = {}
    for meaning in (Meaning.CONSENT_DATE, Meaning.WITHDRAW_UNTIL):
        said = layout.cell(row, meaning)
        day = read_day(said) if said else ""
        if day is None:
            remarks.append(Remark(row.number, Told.NO_DAY))
        days[meaning] = day or ""
    given, until = days[Meaning.CONSENT_DATE], days[Meaning.WITHDRAW_UNTIL]
    if until and until < given:
        remarks.append(Remark(row.number, Told.DAYS_TURNED))
    answered = {meaning: layout.cells(row, meaning) for meaning in AGREED if layout.of(meaning)}
    if any(is_yes(cell) is None for cells in answered.values() for cell in cells):
        remarks.append(Remark(row.number, Told.NO_ANSWER))
    answers = {_TO[meaning]: _answer(cells) for meaning, cells in answered.items()}
    by_answers = agreed_by_answers(answers)
    if by_answers is not None:
        levels.append(by_answers)
        if answers.get("safeguarded") and by_answers in (ConsentLevel.TEAM, ConsentLevel.QUOTES):
            remarks.append(Remark(row.number, Told.NO_LEVEL_FOR))
    return (
        Consent(
            level=strictest(Consent(level=one) for one in levels).level if levels else None,
            is_said=bool(levels),
            given=given,
            until=until,
            form=layout.cell(row, Meaning.CONSENT_FORM),
            conditions=layout.cell(row, Meaning.CONDITIONS),
        ),
        remarks,
    )
