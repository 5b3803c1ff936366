"""The columns of a steward's tables, as they were read: shown with rows, and corrected."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redact.errors import UsageError
from redact.formats.column_heads import Meaning, Role
from redact.formats.columns import SEVERAL, KeptColumns, kept_of
from redact.formats.tables import LaidTable, lay_table

_ROWS = 3  # that are shown of a table
_LONGEST = 60  # characters of a cell
ROLES: tuple[Role, ...] = ("roster", "interviews")  # that a person chooses on the page
_OF_BOTH = {
    Meaning.ROLE: "Their role",
    Meaning.ORGANISATION: "Their organisation",
    Meaning.NATION: "Scotland or United States",
    Meaning.GENDER: "Gender",
    Meaning.LABEL: "Initials or label in the talk",
    Meaning.EMAIL: "E-mail address",
    Meaning.PHONE: "Telephone number",
    Meaning.DATE: "Date",
    Meaning.PLACE: "Place",
    Meaning.SURNAME: "Family name",
    Meaning.FIRST: "First name",
    Meaning.ALIAS: "Other names of the same",
}
_OF_CONSENT = {
    Meaning.CONSENT: "What they agreed to",
    Meaning.CONSENT_DATE: "When they agreed",
    Meaning.CONSENT_FORM: "Which consent form",
    Meaning.WITHDRAW_UNTIL: "Last day to withdraw",
    Meaning.CONDITIONS: "Conditions they set",
    Meaning.AGREED_TEAM: "Yes or no to the team",
    Meaning.AGREED_ARCHIVE: "Yes or no to an archive",
    Meaning.AGREED_QUOTES: "Yes or no to quotes",
    Meaning.AGREED_OPEN: "Yes or no to open access",
}
CHOICES: Mapping[Role, Mapping[Meaning, str]] = {
    "roster": {
        Meaning.NAME: "Name",
        Meaning.SURNAME: _OF_BOTH[Meaning.SURNAME],
        Meaning.FIRST: _OF_BOTH[Meaning.FIRST],
        Meaning.ALIAS: _OF_BOTH[Meaning.ALIAS],
        Meaning.KIND: "Person, place or organisation",
        **_OF_BOTH,
        Meaning.CATEGORY: "Kind of organisation",
        Meaning.SIZE: "Size",
        Meaning.FOUNDED: "Founded",
        Meaning.TOWN_CLASS: "Kind of town",
        Meaning.INTERVIEW: "Interview they belong to",
        Meaning.NOTE: "Note, no name in it",
        Meaning.OTHER: "Leave it aside",
    },
    "interviews": {
        Meaning.FILE: "File of the transcript",
        Meaning.ID: "Number of the interview",
        Meaning.PARTICIPANT: "Who was interviewed",
        Meaning.INTERVIEWER: "Who asked",
        **_OF_BOTH,
        **_OF_CONSENT,
        Meaning.NOTE: "Note, no name in it",
        Meaning.OTHER: "A further column of the list",
    },
    "consent": {
        Meaning.FILE: "File of the transcript",
        Meaning.ID: "Number of the interview",
        Meaning.PARTICIPANT: "Who was interviewed",
        **_OF_BOTH,
        **_OF_CONSENT,
        Meaning.OTHER: "Leave it aside",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShown:
    """A column with the cells of the first rows; `is_guess` where its head says nothing."""

    letter: str
    head: str = field(repr=False)
    meaning: Meaning
    is_guess: bool
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableShown:
    """A table by its columns; `seen` says which table that was, `rows` are those shown.

    Without `has_heads` no row was known to be the heads, and the first is read like the others.
    """

    role: Role
    name: str = field(repr=False)
    seen: str
    columns: tuple[ColumnShown, ...]
    rows: tuple[int, ...]
    word: str
    is_chosen: bool
    has_heads: bool


def table_shown(path: Path, role: Role, kept: KeptColumns | None) -> TableShown:
    """How this table's columns are read; raises UsageError for a file that is no table."""
    laid = lay_table(path, role, kept)
    rows = laid.layout.rows[:_ROWS]
    columns = tuple(
        ColumnShown(
            letter=one.letter,
            head=one.head,
            meaning=one.meaning,
            is_guess=one.by_look,
            cells=tuple(
                row.cells[one.number].strip()[:_LONGEST] if one.number < len(row.cells) else ""
                for row in rows
            ),
        )
        for one in laid.layout.columns
    )
    return TableShown(
        role=role,
        name=path.name,
        seen=_seen(laid),
        columns=columns,
        rows=tuple(row.number for row in rows),
        word=laid.sheet.word,
        has_heads=laid.layout.head_row is not None,
        is_chosen=kept_of(laid.layout) != laid.guessed,
    )


def chosen_columns(path: Path, role: Role, seen: str, said: Mapping[str, str]) -> KeptColumns:
    """What a person chose, by letter of a column.

    Raises UsageError if the table is another than the one they saw, and where two columns would be
    what only one can be.
    """
    laid = lay_table(path, role)
    if _seen(laid) != seen:
        raise UsageError(
            "this table has other columns than those that were shown",
            where=path.name,
            remedy="They are shown as they are now. Nothing was changed.",
        )
    chosen = tuple((letter, _meaning(role, said.get(letter, was))) for letter, was in laid.guessed)
    counts = Counter(meaning for _, meaning in chosen if meaning not in SEVERAL)
    for meaning, count in counts.items():
        if count > 1:
            letters = [letter for letter, one in chosen if one == meaning]
            raise UsageError(
                f"columns {' and '.join(letters)} are both read as: {CHOICES[role][meaning]}",
                where=path.name,
                remedy="Only one column can be that. Choose something else for the others.",
            )
    return KeptColumns(guessed=laid.guessed, chosen=chosen)


def _meaning(role: Role, said: str) -> Meaning:
    meaning = next((one for one in CHOICES[role] if one == said), None)
    if meaning is None:
        raise UsageError(
            "this is nothing that a column can be", where=role, remedy="Choose one of the list."
        )
    return meaning


def _seen(laid: LaidTable) -> str:
    """Tells tables apart by their heads and by what was guessed; no word can be read from it."""
    said = [[one.letter, one.head] for one in laid.layout.columns]
    whole = json.dumps([said, laid.guessed]).encode("utf-8")
    return hashlib.sha256(whole).hexdigest()
