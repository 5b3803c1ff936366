"""Every person, place and organisation that a study found, as a list for a person to correct.

A row's `ref` says what stood in it and which places it means: a row that nobody changed is known as
such, and one that the study has changed under is refused.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from redact.core import (
    NAMES,
    Entity,
    Interview,
    Label,
    ListedPerson,
    Place,
    RosterEntry,
    Transcript,
)
from redact.link.questions import WhoQuestion
from redact.review.programs import XML_CANNOT
from redact.study import records
from redact.study.desk import Desk
from redact.study.records import DECISIONS, ENTITIES
from redact.transcript.vocabulary import word_list
from redact.transcript.words import fold

_TITLES = frozenset(word.casefold() for word in word_list("titles"))
_LIKELY = 0.1  # of a clue, from which somebody is written beside a name
_MOST_BESIDE = 5
_SIGNS = 8  # hexadecimal figures of each half of a ref
_REF = re.compile(r"N(\d+)-([0-9a-f]{8})-([0-9a-f]{8})")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundName:
    """One entity of the study as a row of the list. `places` are by form, as it is written here."""

    ref: str
    entity: str
    label: Label
    name: str = field(repr=False)
    forms: tuple[str, ...] = field(repr=False)
    pseudonym: str
    count: int
    files: tuple[str, ...] = field(repr=False)
    role: str = field(default="", repr=False)
    organisation: str = field(default="", repr=False)
    nation: str = ""
    gender: str = ""
    question: str = ""
    may_be: tuple[str, ...] = field(default=(), repr=False)  # others, by ref and name
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict, repr=False)

    @property
    def all_places(self) -> tuple[Place, ...]:
        return tuple(place for places in self.places.values() for place in places)


@dataclass(frozen=True, slots=True)
class RefParts:
    """What a ref says: its row's number, what stood in it, and which places it means."""

    number: int
    content: str
    places: str


def found_names(desk: Desk) -> tuple[FoundName, ...]:
    """The names of the study, people first, the most spoken of first."""
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    listed = {entry.row: entry for entry in desk.roster}
    entities = [e for e in records.read_entities(desk.study.work / ENTITIES) if e.label in NAMES]
    entities.sort(key=lambda e: (NAMES.index(e.label), -len(e.mentions), e.mentions[0].place))
    return tuple(
        _row(desk, number, entity, shown.get(entity.id, ""), listed)
        for number, entity in enumerate(entities, start=1)
    )


def with_may_be(
    names: Iterable[FoundName], questions: Iterable[WhoQuestion]
) -> tuple[FoundName, ...]:
    """The names, each that is asked about with those that it may be, as the questions have them."""
    listed = {one.entity: one for one in names}
    may_be: dict[str, list[str]] = defaultdict(list)
    for asked in questions:
        for other in asked.others:
            one = listed.get(asked.who.entity)
            beside = listed.get(other.side.entity)
            if one is None or beside is None or one is beside or other.share < _LIKELY:
                continue
            if len(may_be[one.entity]) < _MOST_BESIDE:
                may_be[one.entity].append(f"{_short(beside.ref)} {beside.name}")
    return tuple(replace(one, may_be=tuple(may_be[one.entity])) for one in listed.values())


def _short(ref: str) -> str:
    parts = parts_of(ref)
    return f"N{parts.number:03d}" if parts else ref


def found_interviews(desk: Desk) -> tuple[Interview, ...]:
    """A row for each transcript: as the study's table has it, else with the people who speak."""
    return tuple(
        row if row is not None else _interview(document.source_name, transcript)
        for document, transcript, row in zip(
            desk.key.documents, desk.transcripts, desk.interviews, strict=True
        )
    )


def _interview(file: str, transcript: Transcript) -> Interview:
    people = [one.name for one in transcript.speakers if one.kind == "person" and one.name]
    said = dict.fromkeys(in_a_cell(name) for name in people)
    return Interview(
        interview=PurePosixPath(file).stem,
        file=file,
        interviewees=tuple(ListedPerson(name=name) for name in said),
    )


def _row(
    desk: Desk, number: int, entity: Entity, pseudonym: str, listed: Mapping[int, RosterEntry]
) -> FoundName:
    entry = listed.get(entity.roster_row or -1)
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for mention in entity.mentions:
        words = in_a_cell(desk.words_of(mention.place))
        written[key_of(words)][words] += 1
        places[key_of(words)].append(mention.place)
    form_of = {key: _plainest(counted) for key, counted in written.items()}
    longest = max(form_of, key=lambda k: (_fullness(form_of[k]), len(places[k]), form_of[k]))
    name = in_a_cell(entry.name) if entry else form_of[longest]
    forms = tuple(
        form_of[key]
        for key in sorted(form_of, key=lambda key: (-len(places[key]), form_of[key]))
        if key != key_of(name)
    )
    by_form = {form_of[key]: tuple(found) for key, found in places.items()}
    files = {m.transcript for m in entity.mentions}
    return FoundName(
        ref=ref_of(number, content_of(entity.label, name, forms), by_form.values()),
        entity=entity.id,
        label=entity.label,
        name=name,
        forms=forms,
        pseudonym=pseudonym,
        count=len(entity.mentions),
        files=tuple(d.source_name for d in desk.key.documents if d.doc_id in files),
        role=entry.role if entry else "",
        organisation=entry.organisation if entry else "",
        nation=entry.nation if entry and entry.nation != "unknown" else "",
        gender=(entry.gender if entry else "") or entity.gender or "",
        question=entity.question or "",
        places=by_form,
    )


def _fullness(form: str) -> int:
    """How many words of a form are a name's own: with a capital, and no title."""
    return sum(w[:1].isupper() and w.strip(".").casefold() not in _TITLES for w in form.split())


def _plainest(counted: Counter[str]) -> str:
    """The spelling that is written most; of as many the one that is not all in capitals."""
    return max(counted, key=lambda form: (counted[form], not form.isupper(), form))


def key_of(form: str) -> tuple[str, ...]:
    """What is equal for two spellings of a form."""
    return fold(form) or (form.casefold(),)


def in_a_cell(text: str) -> str:
    """Words in one line that a workbook can hold; a semicolon parts two forms, so none is one."""
    plain = XML_CANNOT.sub("\N{REPLACEMENT CHARACTER}", text).replace(";", ",")
    return " ".join(plain.split())


def ref_of(number: int, content: str, places: Iterable[tuple[Place, ...]]) -> str:
    """The ref of a row: its number, a sign of what stands in it, a sign of its places."""
    spots = sorted(f"{p.transcript} {p.start} {p.end}" for found in places for p in found)
    return f"N{number:03d}-{content}-{_sign('|'.join(spots))}"


def content_of(label: str, name: str, forms: Iterable[str]) -> str:
    """A sign of what a person may change in a row."""
    return _sign("|".join((label, name, *sorted(forms))))


def parts_of(ref: str) -> RefParts | None:
    """What a ref says; None for a text that is none."""
    match = _REF.fullmatch(ref.strip())
    return RefParts(int(match[1]), match[2], match[3]) if match else None


def _sign(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_SIGNS]
