"""Who took part, from both tables: the interviews' people with those that the roster lists.

A person whom both name is one entry. A full name that fits several entries stays one of its own;
one name, or one with an initial, that fits several is one of these, and nobody new.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from redact.core import Interview, ListedPerson, RosterEntry
from redact.transcript.words import fold

_SEVERAL = re.compile(r"\s*[/;>|\n]\s*")
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*\Z")
_ALIKE = 0.75  # of two spellings of a surname, where the given name is the same


def with_interviewed(
    roster: tuple[RosterEntry, ...], rows: tuple[Interview, ...]
) -> tuple[RosterEntry, ...]:
    """The roster with the organisations and the people of the interviews that it does not list."""
    listed = list(_with_organisations(roster, rows))
    held = [
        (at, row)
        for person, row in _longest_first((p, row) for row in rows for p in row.interviewees)
        if (at := _take_in(listed, person, row)) is not None
    ]
    asking = {
        at
        for person, _ in _longest_first((p, row) for row in rows for p in row.interviewers)
        if (at := _take_in(listed, person, None)) is not None
    }
    for row in rows:
        for label in row.labels:
            _take_in_label(listed, label, range(len(listed)))
        for label in row.asked_by:
            _take_in_label(listed, label, asking)
    return tuple(_with_their_interview(listed, held))


def where_held(
    rows: tuple[Interview, ...], roster: tuple[RosterEntry, ...]
) -> tuple[Interview, ...]:
    """The rows, with the nation and the organisation of the interviewees where they say none.

    They are taken from the roster, if it lists every interviewee of the row and all have the same.
    """
    return tuple(_where_held(row, roster) for row in rows)


def agreeing_only(
    agreeing: Iterable[Interview], rows: Iterable[Interview], roster: Iterable[RosterEntry]
) -> tuple[Interview, ...]:
    """Rows of a table of consent about people whom no other table names: they are hidden too.

    Without a file and the rest: they say of a name that it is one, and not where it belongs.
    """
    known = {fold(form) for entry in roster for form in entry.forms}
    known |= {fold(person.name) for row in rows for person in row.interviewees}
    alone = (
        tuple(person for person in row.interviewees if fold(person.name) not in known)
        for row in agreeing
    )
    return tuple(
        Interview(interview="", file="", interviewees=people) for people in alone if people
    )


def _where_held(row: Interview, roster: tuple[RosterEntry, ...]) -> Interview:
    listed = [_the_one(person, roster) for person in row.interviewees]
    listed += [_labelled(label, roster) for label in row.labels]
    if not listed or None in listed:
        return row
    nations = {entry.nation for entry in listed if entry}
    bodies = {entry.organisation for entry in listed if entry}
    return replace(
        row,
        nation=nations.pop() if row.nation == "unknown" and len(nations) == 1 else row.nation,
        organisation=row.organisation or (bodies.pop() if len(bodies) == 1 else ""),
    )


def _the_one(person: ListedPerson, roster: tuple[RosterEntry, ...]) -> RosterEntry | None:
    """The roster's entry of a person; None if there is none, or more than one."""
    meant = [entry for entry in roster if _is_it(entry, person)]
    exact = [entry for entry in meant if _has_form(entry, person)]
    found = exact if len(exact) == 1 else meant
    return found[0] if len(found) == 1 else None


def _labelled(label: str, roster: tuple[RosterEntry, ...]) -> RosterEntry | None:
    """The roster's entry whose label or initials these are; None if that is nobody, or several."""
    told = [entry for entry in roster if label in entry.labels or label in entry.aliases]
    letters = [c.casefold() for c in label if c.isupper()]
    people = (entry for entry in roster if entry.kind == "PERSON")
    meant = told or [entry for entry in people if len(letters) > 1 and _has(entry, letters)]
    return meant[0] if len(meant) == 1 else None


def _longest_first(
    people: Iterable[tuple[ListedPerson, Interview]],
) -> list[tuple[ListedPerson, Interview]]:
    """Full names before short ones, which may be of the same people."""
    return sorted(people, key=lambda pair: -len(pair[0].name.split()))


def _with_organisations(
    roster: tuple[RosterEntry, ...], rows: tuple[Interview, ...]
) -> tuple[RosterEntry, ...]:
    listed = {form.casefold() for entry in roster if entry.kind == "ORG" for form in entry.forms}
    more: dict[str, Interview] = {}
    for row in rows:
        for name in _SEVERAL.split(_BRACKETS.sub("", row.organisation)):
            if name and name.casefold() not in listed:
                more.setdefault(name.casefold(), replace(row, organisation=name))
    first = max((entry.row for entry in roster), default=1) + 1
    return roster + tuple(
        RosterEntry(row=number, kind="ORG", name=row.organisation, nation=row.nation, aside=True)
        for number, row in enumerate(more.values(), start=first)
    )


def _take_in(listed: list[RosterEntry], person: ListedPerson, row: Interview | None) -> int | None:
    """The person's place in the list; they get a new one if nobody there is they.

    None if it cannot be told which of several it is.
    """
    meant = fitting = [at for at, entry in enumerate(listed) if _is_it(entry, person)]
    if len(meant) != 1:
        meant = [at for at in meant if _has_form(listed[at], person)][:1]
    if not meant and fitting and _is_short(person.name):
        return None
    if not meant:
        listed.append(
            RosterEntry(
                row=max((entry.row for entry in listed), default=1) + 1,
                kind="PERSON",
                name=person.name,
                aliases=person.aliases,
                labels=person.labels,
                role="" if row else "interviewer",
                nation=row.nation if row else "unknown",
                organisation=row.organisation if row else "",
            )
        )
        return len(listed) - 1
    entry = listed[meant[0]]
    known = {fold(form) for form in entry.forms}
    more = [form for form in (person.name, *person.aliases) if fold(form) not in known]
    labels = tuple(dict.fromkeys((*entry.labels, *person.labels)))
    listed[meant[0]] = replace(entry, aliases=(*entry.aliases, *more), labels=labels)
    return meant[0]


def _is_short(name: str) -> bool:
    """Whether it is one name, or an initial with one: Lorimer, J. Lorimer, Jonet L."""
    said = fold(name)
    return len(said) < 2 or any(len(word) == 1 for word in (said[0], said[-1]))


def _has_form(entry: RosterEntry, person: ListedPerson) -> bool:
    return fold(person.name) in {fold(form) for form in entry.forms}


def _is_it(entry: RosterEntry, person: ListedPerson) -> bool:
    """Whether an entry may be this person: the same name, shorter, by initials or by nickname."""
    if entry.kind != "PERSON":
        return False
    if _has_form(entry, person):
        return True
    said, own = fold(person.name), fold(entry.name)
    if not said or not own:
        return False
    givens = {*own[:-1], *(alias[0] for form in entry.aliases if (alias := fold(form)))}
    others = (fold(form) for form in entry.aliases)
    surnames = {own[-1], *own[1:], *(other[-1] for other in others if other)}
    if len(said) == 1:
        return said[0] in givens | surnames
    first, last = said[0], said[-1]
    given_fits = first in givens or (len(first) == 1 and any(g.startswith(first) for g in givens))
    if len(last) == 1:
        return first in givens and any(s.startswith(last) for s in surnames)
    if last in surnames:
        return given_fits or any(g[:1] == first[:1] and len(first) > 2 for g in own[:1])
    alike = any(difflib.SequenceMatcher(None, last, s).ratio() >= _ALIKE for s in surnames)
    return alike and given_fits


def _take_in_label(listed: list[RosterEntry], label: str, among: Iterable[int]) -> None:
    """Initials that one of these people alone has are theirs."""
    letters = [c.casefold() for c in label if c.isupper()]
    if any(label in entry.labels for entry in listed) or len(letters) < 2:
        return
    meant = [at for at in among if listed[at].kind == "PERSON" and _has(listed[at], letters)]
    if len(meant) == 1:
        entry = listed[meant[0]]
        listed[meant[0]] = replace(entry, labels=(*entry.labels, label))


def _has(entry: RosterEntry, letters: list[str]) -> bool:
    return any(
        letters in ([w[0] for w in said], [c for w in said for c in _initials(w)])
        for said in map(fold, entry.forms)
    )


def _initials(word: str) -> str:
    """An initial, two for a name like McRae."""
    return word[0] + word[2:3] if word.startswith("mc") else word[0]


def _with_their_interview(
    listed: Iterable[RosterEntry], held: list[tuple[int, Interview]]
) -> Iterable[RosterEntry]:
    """An interview's only interviewee is known to be it, if they gave only that one."""
    people_in = Counter(row.interview for _, row in held)
    given = Counter(at for at, _ in held)
    only = {
        at: row.interview for at, row in held if people_in[row.interview] == 1 and given[at] == 1
    }
    for at, entry in enumerate(listed):
        if at in only and not entry.interview and entry.kind == "PERSON":
            yield replace(entry, interviewed_in=only[at])
        else:
            yield entry
