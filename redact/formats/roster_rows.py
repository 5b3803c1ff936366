"""The rows of a roster as entries: people, and the places and organisations of their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.core import Label, ListedPerson, Nation, RosterEntry
from redact.errors import UsageError
from redact.formats.column_heads import Meaning
from redact.formats.columns import Layout
from redact.formats.listed_people import (
    ListedPeople,
    Surnames,
    is_initials,
    labels_in,
    people_in,
    person_of,
    surnames_of,
    with_aliases,
)
from redact.formats.name_cells import are_initials_of
from redact.formats.sheets import SheetRow
from redact.formats.table_remarks import Remark, Told

_KINDS: dict[str, Label] = {
    "person": "PERSON",
    "people": "PERSON",
    "individual": "PERSON",
    "place": "PLACE",
    "location": "PLACE",
    "town": "PLACE",
    "org": "ORG",
    "organisation": "ORG",
    "organization": "ORG",
    "agency": "ORG",
    "charity": "ORG",
    "company": "ORG",
}
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
_SEVERAL = re.compile(r"\s*(?:[/;>|\n]|\s\+\s|\s&\s(?=the\b))\s*")
_ALIASES = re.compile(r"\s*[;/|\n]\s*")
_PERSON_ALIASES = re.compile(r"\s*[;,/|\n]\s*")
_MARKS = re.compile(r"[,;&+/()\[\]\"“”\n]")  # of more than one plain name
_BRACKETS = re.compile(r"\s*\([^()]*\)?")
_STATE = re.compile(r"[,\s]+[A-Z]{2}\.?\Z")
_NOTHING = re.compile(r"(?:n/?a|none|-+|\?+|unknown|all|various|several|tbc|left|same)\Z", re.I)
_NO_PERSON = re.compile(r"(?:total|sum|count|notes?|key|updated|source)\b", re.IGNORECASE)
_SMALL = frozenset("of the and for in on at upon by de la le du &".split())
_NO_PLACE = frozenset(
    """north south east west northern southern eastern western city town village home office online
    zoom teams phone car hostel online remote text email bank nights all central upstairs""".split()
)
_LONGEST = 8  # words of a place or an organisation


@dataclass(slots=True)
class _Entries:
    """The entries as they are read. Row numbers are unique: further ones follow the last."""

    next_row: int
    entries: list[RosterEntry] = field(default_factory=list, repr=False)
    used: set[int] = field(default_factory=set)

    def number(self, row: int) -> int:
        """The row's own number for its first entry, a new one for each other."""
        if row not in self.used:
            self.used.add(row)
            return row
        self.next_row += 1
        return self.next_row

    def has(self, kind: Label, name: str) -> bool:
        wanted = name.casefold()
        return any(
            e.kind == kind and any(f.casefold() == wanted for f in e.forms) for e in self.entries
        )


def nation_of(text: str) -> Nation | None:
    """The nation that a cell names, None for one that is not known."""
    return _NATIONS.get(" ".join(text.casefold().split()))


def read_roster_rows(
    layout: Layout, where: str, word: str
) -> tuple[tuple[RosterEntry, ...], tuple[Remark, ...]]:
    """The entries of all rows, and what was not used; UsageError for a kind that is none."""
    last = max((row.number for row in layout.rows), default=1)
    out = _Entries(next_row=last)
    remarks: list[Remark] = []
    surnames = surnames_of(layout.cell(row, Meaning.NAME) for row in layout.rows)
    people_only, sections = not layout.of(Meaning.KIND), _Sections.of(layout)
    for row in layout.rows:
        if is_heads_again(layout, row):
            remarks.append(Remark(row.number, Told.HEADS_AGAIN))
            continue
        kind = _kind(layout.cell(row, Meaning.KIND), f"{where}, {word} {row.number}")
        people = kind == "PERSON"
        read = _people(layout, row, surnames) if people else _thing(layout, row)
        if sections.are_headed_by(row) or not read.people:
            _tell_of_no_name(layout, row, remarks, f"{where}, {word} {row.number}")
            continue
        if read.unread:
            remarks.append(Remark(row.number, Told.NOT_A_NAME))
        nation = nation_of(layout.cell(row, Meaning.NATION))
        if nation is None:
            remarks.append(Remark(row.number, Told.NATION))
        for person in read.people:
            out.entries.append(
                _entry(layout, row, kind, person, nation or "unknown", out.number(row.number))
            )
    if people_only:
        _add_things(layout, out, remarks)
    return tuple(out.entries), tuple(remarks)


def _kind(said: str, where: str) -> Label:
    plain = said.strip().casefold()
    kind = _KINDS.get(plain) or _KINDS.get(plain.removesuffix("s"))
    if kind is None and plain:
        raise UsageError(
            "the kind of this row is none of PERSON, PLACE, ORG",
            where=where,
            remedy="Write one of the three in the column `kind`.",
        )
    return kind or "PERSON"


def _as_written(layout: Layout, row: SheetRow) -> ListedPeople | None:
    """The person of a roster of our own form, which says the kind of each name, word for word.

    None where the name is not one plain name.
    """
    name = layout.cell(row, Meaning.NAME)
    if not layout.of(Meaning.KIND) or not any(c.isalnum() for c in name) or _MARKS.search(name):
        return None
    cells = layout.cells(row, Meaning.ALIAS)
    pieces = (one.strip() for cell in cells for one in _PERSON_ALIASES.split(cell))
    aliases = tuple(dict.fromkeys(one for one in pieces if any(c.isalnum() for c in one)))
    initials = [a for a in aliases if is_initials(a) and are_initials_of(a, name)]
    labels = (one for cell in layout.cells(row, Meaning.LABEL) for one in labels_in(cell))
    known = tuple(dict.fromkeys((*initials, *labels)))
    return ListedPeople(people=(ListedPerson(name=name, aliases=aliases, labels=known),))


def _people(layout: Layout, row: SheetRow, surnames: Surnames) -> ListedPeople:
    written = _as_written(layout, row)
    if written is not None:
        return written
    if layout.of(Meaning.SURNAME) or layout.of(Meaning.FIRST):
        read = person_of(layout.cell(row, Meaning.FIRST), layout.cell(row, Meaning.SURNAME))
        if not read.people and layout.of(Meaning.NAME):
            read = people_in(layout.cell(row, Meaning.NAME), surnames)
    else:
        read = people_in(layout.cell(row, Meaning.NAME), surnames)
    aliases = layout.cells(row, Meaning.ALIAS)
    unread = list(read.unread)
    people = list(read.people)
    if not people and aliases:  # only a nickname is known
        people, aliases = list(people_in(aliases[0]).people), aliases[1:]
    if people:
        person = people[0]
        for head, cell in _alias_cells(layout, row):
            if cell not in aliases:
                continue
            person, more = with_aliases(person, _with_its_head(head, cell))
            unread += more
        labels = tuple(one for cell in layout.cells(row, Meaning.LABEL) for one in labels_in(cell))
        own = (*person.labels, *read.labels, *labels)
        people[0] = ListedPerson(
            name=person.name, aliases=person.aliases, labels=tuple(dict.fromkeys(own))
        )
    return ListedPeople(people=tuple(people), unread=tuple(unread))


def _alias_cells(layout: Layout, row: SheetRow) -> Iterator[tuple[str, str]]:
    for column in layout.of(Meaning.ALIAS):
        if column.number < len(row.cells) and (cell := row.cells[column.number].strip()):
            yield column.head, cell


def _with_its_head(head: str, cell: str) -> str:
    """A former surname is said by the head of its column: `Maiden name` over `Garrioch`."""
    former = re.search(r"maiden|n[eé]e|birth|former|previous", head, re.IGNORECASE)
    alone = len(cell.split()) == 1 and not re.match(r"n[eé]e\b|was\b", cell, re.IGNORECASE)
    return f"was {cell}" if former and alone else cell


def _thing(layout: Layout, row: SheetRow) -> ListedPeople:
    """The name and further names of a place or an organisation, as they are written."""
    name = layout.cell(row, Meaning.NAME) or layout.cell(row, Meaning.SURNAME)
    if not any(c.isalnum() for c in name):
        return ListedPeople()
    aliases = [
        one.strip()
        for cell in layout.cells(row, Meaning.ALIAS)
        for one in _ALIASES.split(cell)
        if any(c.isalnum() for c in one)
    ]
    return ListedPeople(people=(ListedPerson(name=name, aliases=tuple(dict.fromkeys(aliases))),))


def is_heads_again(layout: Layout, row: SheetRow) -> bool:
    """Whether a row says the heads of the columns once more, as a new page does."""
    heads = [column.head.casefold() for column in layout.columns if column.head]
    said = [cell.strip().casefold() for cell in row.cells if cell.strip()]
    return len(said) > 1 and said == heads[: len(said)]


@dataclass(frozen=True, slots=True)
class _Sections:
    """How sections are headed in a table, looked for once: each row asks.

    `may_be` says that enough rows say more than one thing; `are_rare` that few names are written
    all in capitals.
    """

    may_be: bool
    are_rare: bool

    @classmethod
    def of(cls, layout: Layout) -> _Sections:
        rich = sum(sum(bool(c.strip()) for c in r.cells) > 1 for r in layout.rows)
        names = (layout.cell(r, m) for r in layout.rows for m in (Meaning.NAME, Meaning.SURNAME))
        in_capitals = sum(name.isupper() for name in names)
        return cls(rich * 4 >= len(layout.rows), in_capitals * 2 <= len(layout.rows))

    def are_headed_by(self, row: SheetRow) -> bool:
        """Whether a row says nothing but one cell in capitals, or one that no person is called."""
        cells = [cell.strip() for cell in row.cells if cell.strip()]
        if len(cells) != 1 or not self.may_be:
            return False
        said = cells[0]
        return (
            said.endswith(":")
            or (said.isupper() and self.are_rare and len(said) > 4)
            or bool(_NO_PERSON.match(said))
        )


def _tell_of_no_name(layout: Layout, row: SheetRow, remarks: list[Remark], where: str) -> None:
    if layout.of(Meaning.KIND) and layout.cell(row, Meaning.KIND):
        raise UsageError("this row has no name", where=where, remedy="Fill it in or delete it.")
    remarks.append(Remark(row.number, Told.NO_NAME))


def _entry(
    layout: Layout, row: SheetRow, kind: Label, named: ListedPerson, nation: Nation, number: int
) -> RosterEntry:
    return RosterEntry(
        row=number,
        kind=kind,
        name=named.name,
        aliases=named.aliases,
        role=layout.cell(row, Meaning.ROLE),
        organisation=layout.cell(row, Meaning.ORGANISATION),
        nation=nation,
        gender=layout.cell(row, Meaning.GENDER),
        category=layout.cell(row, Meaning.CATEGORY),
        size=layout.cell(row, Meaning.SIZE),
        founded=layout.cell(row, Meaning.FOUNDED),
        town_class=layout.cell(row, Meaning.TOWN_CLASS),
        interview=layout.cell(row, Meaning.INTERVIEW),
        labels=named.labels,
    )


def _add_things(layout: Layout, out: _Entries, remarks: list[Remark]) -> None:
    """The organisations and places of people's rows as entries of their own, each once."""
    asked: tuple[tuple[Label, Meaning], ...] = (
        ("ORG", Meaning.ORGANISATION),
        ("PLACE", Meaning.PLACE),
    )
    for row in layout.rows:
        for kind, meaning in asked:
            for cell in layout.cells(row, meaning):
                names = list(_things_in(cell, kind))
                if not names and not _NOTHING.match(cell):
                    remarks.append(Remark(row.number, Told.ORGANISATION))
                for name in names:
                    if not out.has("ORG", name) and not out.has("PLACE", name):
                        number = out.number(row.number)
                        entry = RosterEntry(row=number, kind=kind, name=name, aside=True)
                        out.entries.append(entry)


def _things_in(cell: str, kind: Label) -> Iterator[str]:
    """The places or organisations that a cell names, those that look like names."""
    for part in _SEVERAL.split(_BRACKETS.sub("", cell)):
        name = part.strip(" .,:?!\"'")
        if kind == "PLACE":
            name = _STATE.sub("", name)
        words = name.split()
        if not words or len(words) > _LONGEST or _NOTHING.match(name) or len(name) < 3:
            continue
        if words[0].casefold() == "the" and len(words) > 1:
            words = words[1:]
        capital = [w for w in words if w[:1].isupper()]
        small = [w for w in words if w[:1].islower() and w.casefold() not in _SMALL]
        numbers = any(c.isdigit() for c in name) if kind == "PLACE" else name[:1].isdigit()
        if not capital or small or numbers or not words[0][:1].isupper():
            continue
        if kind == "PLACE" and all(w.casefold().strip(".") in _NO_PLACE for w in words):
            continue
        yield name
