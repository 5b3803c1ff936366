"""The intruder's attack on a study: what they have, what the corpus says, and who is found.

Every release is attacked with what the study itself has: the people of its roster with their roles
and organisations. Truth comes from the linkage key; it and what the steward supplies are used and
not written down.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from redact.core import Entity, Gender, Nation
from redact.release.consented import entities_of
from redact.release.contents import Contents
from redact.replace.labels import is_label, number_of
from redact.risk.attack import (
    MayBe,
    Outcome,
    Words,
    in_order,
    match,
    match_style,
    narrow,
    nearest,
)
from redact.risk.background import Background, telling_words
from redact.risk.signs import (
    date_signs,
    gazetteer,
    gender_by_name,
    gender_by_pronouns,
    places_that_fit,
)
from redact.study import records
from redact.study.desk import Desk
from redact.study.records import DECISIONS
from redact.transcript.words import fold

_AROUND = 90  # characters to either side of a pseudonym that are taken for talk about its bearer
_NEXT_TO = 30  # the same for what is said of a place
_LABEL = re.compile(r"\[[^\[\]\n]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the intruder sees: by entity or interview, out of the safe texts and the data list."""

    spoken_of: dict[str, list[str]] = field(repr=False)  # talk around each person's pseudonym
    pseudonym: dict[str, str]
    interviews: dict[str, list[str]] = field(repr=False)  # text and row
    held_at: dict[str, str]  # pseudonymous organisation by interview
    spoken_in: dict[str, Counter[str]]  # of each person, organisations by interviews


def own_background(desk: Desk) -> Background | None:
    """What the study's own tables would give an intruder; None where no list names people."""
    people: dict[str, Words] = {}
    works_at: dict[str, str] = {}
    organisations: dict[str, Words] = defaultdict(Counter)
    for row in desk.roster:
        if row.kind == "PERSON":
            people[row.name] = telling_words([row.role])
            if row.organisation:
                works_at[row.name] = row.organisation
                organisations[row.organisation].update(people[row.name])
        elif row.kind == "ORG":
            said = (row.category, row.size, row.town_class, row.founded)
            organisations[row.name].update(telling_words(said))
    dates = {name: date_signs([]) for name in people}
    return (
        Background(people=people, organisations=dict(organisations), works_at=works_at, dates=dates)
        if people
        else None
    )


def attack(desk: Desk, contents: Contents, background: Background | None) -> tuple[Outcome, ...]:
    """The outcomes, of people who are spoken of, interviewees, organisations, places and style.

    Who was found stands under pseudonyms and names of safe transcripts. Without a `background`
    nothing is played.
    """
    if background is None:
        return ()
    entities = entities_of(desk)
    people = [entity for entity in entities if entity.label == "PERSON"]
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    places = _places(contents)
    seen = _seen(desk, contents, places, people, shown)
    who, interviewee = (
        _true_people(desk, people, background),
        _true_interviewees(desk, people, background),
    )
    talk = {one: telling_words(said) for one, said in seen.spoken_of.items()}
    rows = {doc: telling_words(said) for doc, said in seen.interviews.items()}
    houses = _held_at(desk, contents)
    guessed = nearest(houses, background.organisations)
    genders = _genders(seen)
    of_interviews = {doc: genders[one.id] for one in people for doc in one.interviewed_in}
    by_gender = _by_gender({**genders, **of_interviews}, background)
    by_all = _by_all(by_gender, _guessed_at(seen, guessed), background)
    dated = _dated(seen.interviews, background)
    dated_people = _dated(seen.spoken_of, background)
    with_dates = {
        name: words + background.dates.get(name, Counter())
        for name, words in background.people.items()
    }
    outcomes = (
        match("people, by what is said of them", talk, background.people, who),
        match(
            "people, by that and the gender that names and pronouns tell",
            talk,
            background.people,
            who,
            by_gender,
        ),
        match(
            "people, by that, dates, and the organisation they are spoken of in",
            _added(talk, dated_people),
            with_dates,
            who,
            by_all,
        ),
        *_by_order(people, shown, interviewee, background),
        match("interviewees, by their talk and their row", rows, background.people, interviewee),
        match(
            "interviewees, by dates and the time between them", dated, background.dates, interviewee
        ),
        match(
            "interviewees, by all of it, gender and organisation",
            _added(rows, dated),
            with_dates,
            interviewee,
            by_all,
        ),
        match(
            "organisations, by the talk in their interviews",
            houses,
            background.organisations,
            _true_organisations(desk, background),
        ),
        _by_gazetteer(desk, places, entities),
        match_style(
            "interviews of one person, by style", _talks(contents), _speakers(desk, people)
        ),
    )
    names = shown | {document.doc_id: document.safe_name for document in desk.key.documents}
    names |= {
        form.text: entry.pseudonym
        for entry in desk.key.entries
        if entry.type == "ORG"
        for form in entry.forms
    }
    return tuple(
        replace(one, right_ones=tuple(sorted(names.get(name, "[…]") for name in one.right_ones)))
        for one in outcomes
    )


def _dated(texts: Mapping[str, list[str]], background: Background) -> dict[str, Words]:
    """What they say of dates; nothing where the intruder knows nobody's: no date fits anybody."""
    if not any(background.dates.values()):
        return {name: Counter() for name in texts}
    return {name: date_signs(said) for name, said in texts.items()}


def _added(one: Mapping[str, Words], other: Mapping[str, Words]) -> dict[str, Words]:
    return {name: words + other.get(name, Counter()) for name, words in one.items()}


def _seen(
    desk: Desk,
    contents: Contents,
    places: _ReleasedPlaces,
    people: list[Entity],
    shown: Mapping[str, str],
) -> _Seen:
    held = {t.id: t.organisation for t in desk.transcripts if t.organisation}
    spoken_in: dict[str, Counter[str]] = {}
    for entity in people:
        spoken_in[entity.id] = Counter(
            held[doc] for doc in {m.transcript for m in entity.mentions} if doc in held
        )
    return _Seen(
        spoken_of={entity.id: places.around(entity, _AROUND) for entity in people},
        pseudonym=dict(shown),
        interviews=_interviewees(contents),
        held_at=held,
        spoken_in=spoken_in,
    )


def _genders(seen: _Seen) -> dict[str, Gender | None]:
    """Of people who are spoken of: by the invented name, else by the pronouns around it."""
    return {
        one: (
            None if is_label(seen.pseudonym.get(one, "[")) else gender_by_name(seen.pseudonym[one])
        )
        or gender_by_pronouns(said)
        for one, said in seen.spoken_of.items()
    }


def _by_gender(gender_of: Mapping[str, Gender | None], background: Background) -> MayBe:
    theirs = {name: gender_by_name(name) for name in background.people}

    def may_be(target: str, candidate: str) -> bool:
        mine = gender_of.get(target)
        return not (mine and theirs[candidate] and mine != theirs[candidate])

    return may_be


def _guessed_at(seen: _Seen, guessed: Mapping[str, str]) -> dict[str, str]:
    """Where the intruder believes a person to work: the guess for most of their interviews."""
    works_at = {doc: guessed[name] for doc, name in seen.held_at.items() if name in guessed}
    for one, counted in seen.spoken_in.items():
        if counted and (name := counted.most_common(1)[0][0]) in guessed:
            works_at[one] = guessed[name]
    return works_at


def _by_all(by_gender: MayBe, guessed: Mapping[str, str], background: Background) -> MayBe:
    def may_be(target: str, candidate: str) -> bool:
        there, listed = guessed.get(target), background.works_at.get(candidate)
        return by_gender(target, candidate) and (not there or not listed or there == listed)

    return may_be


def _by_order(
    people: list[Entity],
    shown: Mapping[str, str],
    interviewee: Mapping[str, str],
    background: Background,
) -> tuple[Outcome, Outcome]:
    """Whether the lowest pseudonym numbers of interviews follow the order of the list, or the
    alphabet: numbers given in the order of the files would, for files bear names."""
    lowest: dict[str, int] = {}
    for entity in people:
        numbered = number_of(shown.get(entity.id, ""))
        for doc in {m.transcript for m in entity.mentions} if numbered else ():
            lowest[doc] = min(numbered[1] if numbered else 0, lowest.get(doc, 1 << 30))
    ordered = sorted(lowest, key=lambda doc: (lowest[doc], doc))
    listed = list(background.people)
    return (
        in_order(
            "pairs of interviews, by their lowest numbers and the list's order",
            ordered,
            listed,
            interviewee,
        ),
        in_order(
            "pairs of interviews, by their lowest numbers and the alphabet",
            ordered,
            sorted(listed),
            interviewee,
        ),
    )


def _by_gazetteer(desk: Desk, places: _ReleasedPlaces, entities: Iterable[Entity]) -> Outcome:
    """What a public list of places leaves for each, by what is said next to it."""
    known = gazetteer()
    nations = {t.id: t.nation for t in desk.transcripts}
    fitting, truth = {}, {}
    for entity in entities:
        if entity.label != "PLACE":
            continue
        true = {form for form in _forms(desk, entity) if form in known}
        if true:
            mostly = Counter(nations[m.transcript] for m in entity.mentions).most_common(1)
            nation: Nation = mostly[0][0]
            fitting[entity.id] = places_that_fit(nation, places.around(entity, _NEXT_TO))
            truth[entity.id] = true
    return narrow("places, by the gazetteer", fitting, truth, len(known))


@dataclass(frozen=True, slots=True)
class _ReleasedPlaces:
    """Where each mention came to stand in the safe texts, by interview and its start."""

    text: dict[str, str] = field(repr=False)
    at: dict[tuple[str, int], tuple[int, int]]

    def around(self, entity: Entity, reach: int) -> list[str]:
        """The released words to either side of where an entity stands."""
        said: list[str] = []
        for mention in entity.mentions:
            place = self.at.get((mention.transcript, mention.start))
            if place is not None:
                whole = self.text[mention.transcript]
                said.append(whole[max(0, place[0] - reach) : place[0]])
                said.append(whole[place[1] : place[1] + reach])
        return said


def _places(contents: Contents) -> _ReleasedPlaces:
    return _ReleasedPlaces(
        {safe.id: safe.text for safe in contents.safe},
        {
            (item.doc, item.start): (item.safe_start, item.safe_end)
            for item in contents.key.replacements
        },
    )


def _interviewees(contents: Contents) -> dict[str, list[str]]:
    """By interview its safe text and the cells of its row."""
    listed = contents.data_list
    texts = {}
    for document, safe in zip(contents.key.documents, contents.safe, strict=True):
        stem = document.safe_name.rpartition(".")[0]
        row = listed.row_of(stem) if listed is not None else {}
        texts[document.doc_id] = [safe.text, *(row.values())]
    return texts


def _held_at(desk: Desk, contents: Contents) -> dict[str, Words]:
    talk_of: dict[str, Words] = defaultdict(Counter)
    for transcript, safe in zip(desk.transcripts, contents.safe, strict=True):
        if transcript.organisation:
            talk_of[transcript.organisation].update(telling_words([safe.text]))
    return dict(talk_of)


def _forms(desk: Desk, entity: Entity) -> set[tuple[str, ...]]:
    forms = {fold(desk.words_of(m.place)) for m in entity.mentions}
    listed = next((e for e in desk.roster if e.row == entity.roster_row), None)
    return forms | ({fold(form) for form in listed.forms} if listed else set())


def _true_people(desk: Desk, people: list[Entity], background: Background) -> dict[str, str]:
    named = {fold(name): name for name in background.people}
    truth = {}
    for entity in people:
        for form in _forms(desk, entity):
            if form in named:
                truth[entity.id] = named[form]
    return truth


def _true_interviewees(desk: Desk, people: list[Entity], background: Background) -> dict[str, str]:
    """Whose interview it is, by the talk's own labels and by the roster's column `interview`."""
    named = {fold(name): name for name in background.people}
    by_id = {
        row.interview: form
        for row in desk.roster
        if row.interview and row.kind == "PERSON"
        for form in row.forms
        if fold(form) in named
    }
    listed = {
        transcript.id: named[fold(by_id[row.interview])]
        for transcript, row in zip(desk.transcripts, desk.interviews, strict=True)
        if row is not None and row.interview in by_id
    }
    who = _true_people(desk, people, background)
    return listed | {
        doc: who[entity.id]
        for entity in people
        if entity.id in who
        for doc in entity.interviewed_in
    }


def _true_organisations(desk: Desk, background: Background) -> dict[str, str]:
    named = {fold(name): name for name in background.organisations}
    return {
        t.organisation: named[fold(t.organisation)]
        for t in desk.transcripts
        if t.organisation and fold(t.organisation) in named
    }


def _talks(contents: Contents) -> dict[str, list[str]]:
    """By interview the interviewee's own words: those of the speaker who says most."""
    said_by = {}
    for safe in contents.safe:
        by_label: dict[str, list[str]] = defaultdict(list)
        for line in safe.text.split("\n"):
            label, colon, rest = line.partition(":")
            if colon and len(label) < 40:
                by_label[label] += fold(_LABEL.sub(" ", rest))
        said_by[safe.id] = max(by_label.values(), key=len, default=[])
    return said_by


def _speakers(desk: Desk, people: list[Entity]) -> dict[str, str]:
    """Whose interview it is; one of its own where nobody is known for it."""
    mine = {doc: entity.id for entity in people for doc in entity.interviewed_in}
    return {t.id: mine.get(t.id, f"only {t.id}") for t in desk.transcripts}
