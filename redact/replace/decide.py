"""Decisions: the policy's word on every entity, and a pseudonym that never changes hands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from redact.core import NAMES, Decision, Entity, Place, RosterEntry, Source
from redact.policy import Policy
from redact.replace.labels import (
    NOUNS,
    acronym_of,
    is_acronym,
    is_label,
    number_of,
    pseudonym,
)
from redact.replace.name_pools import gender_of_name, origin_of
from redact.replace.names import NameParts, name_parts
from redact.replace.personas import Bearer, Forbidden, Persona, draw, read_persona
from redact.replace.places import is_named, told_apart
from redact.replace.real_names import RealNames
from redact.replace.wording import (
    NO_WORDINGS,
    StudyFacts,
    Wordings,
    address_of,
    coarseness,
    noun_for,
    wording,
)
from redact.transcript.words import fold


def decide(
    entities: tuple[Entity, ...],
    policy: Policy,
    earlier: Mapping[Place, str],
    spent: Iterable[str] = (),
    said: Mapping[str, Wordings] | None = None,
    roster: tuple[RosterEntry, ...] = (),
    facts: StudyFacts = StudyFacts(),  # noqa: B008 frozen
) -> tuple[Decision, ...]:
    """One decision an entity, in the order of the entities; `said` is by entity.

    `earlier` is what an earlier run put at each (document, start, end): an
    entity keeps the pseudonym that most of its places had. `spent` are pseudonyms
    that stand in the sources or were given to entities that are gone.
    """
    said = said or {}
    labels = _labels(entities, policy, earlier, tuple(spent), said, roster, facts)
    hidden = _hidden(entities, policy, said)
    by = f"policy {policy.name} {policy.version}"
    decisions = []
    for entity in entities:
        label, mine = labels[entity.id], said.get(entity.id, NO_WORDINGS)
        owner = labels.get(entity.owner, "") if entity.owner else ""
        text = wording(entity, label, policy, mine, facts, hidden, owner)
        persona = read_persona(owner)
        if policy.actions.for_entity(entity) == "surrogate" and entity.label == "EMAIL" and persona:
            text = address_of(persona, mine.form)
        action = policy.actions.for_entity(entity)
        decisions.append(
            Decision(
                entity=entity.id,
                action=action,
                pseudonym=label,
                by=by,
                reason=_reason(entity),
                text=text,
            )
        )
    decisions = _with_acronyms(entities, decisions, said)
    return tuple(_apart(entities, decisions) if policy.actions.tell_places_apart else decisions)


def _reason(entity: Entity) -> str:
    if entity.renamed:
        return "renamed by a person"
    if Source.HIDDEN_BEFORE in entity.why:
        return "hidden before, and nobody said that it is no name"
    return "a person's choice" if entity.action else f"action for {entity.label}"


def _labels(
    entities: tuple[Entity, ...],
    policy: Policy,
    earlier: Mapping[Place, str],
    spent: tuple[str, ...],
    said: Mapping[str, Wordings],
    roster: tuple[RosterEntry, ...],
    facts: StudyFacts,
) -> dict[str, str]:
    """By entity its pseudonym: a person's word, else the earlier one, else a new one."""
    rows = {entry.row: entry for entry in roster}
    names = RealNames(
        (e.label, form.text)
        for e in entities
        if e.label in NAMES
        for form in said.get(e.id, NO_WORDINGS).forms
    )
    nouns = {e.id: _noun(e, noun_for(e, policy, rows, facts.roles), names) for e in entities}
    taken = {entity.renamed for entity in entities if entity.renamed}
    labels: dict[str, str] = {}
    for entity in entities:
        named = policy.actions.for_entity(entity) == "surrogate" and entity.label == "PERSON"
        kept = entity.renamed or _earlier_pseudonym(
            entity, "" if named else nouns[entity.id], earlier, taken
        )
        if kept:
            labels[entity.id] = kept
    gone = {*spent, *earlier.values(), *labels.values()}
    people = [
        e
        for e in entities
        if e.label == "PERSON"
        and e.id not in labels
        and policy.actions.for_entity(e) == "surrogate"
    ]
    if people:
        drawn = _draw(people, entities, said, roster, facts, gone)
        labels |= {entity: str(persona) for entity, persona in drawn.items()}
    used: dict[str, set[int]] = defaultdict(set)
    for noun, number in filter(None, map(number_of, gone)):
        used[noun].add(number)
    following: dict[str, int] = defaultdict(lambda: 1)
    for entity in entities:
        noun = nouns[entity.id]
        if entity.id not in labels:
            while following[noun] in used[noun]:
                following[noun] += 1
            labels[entity.id] = pseudonym(noun, following[noun])
            following[noun] += 1
    return labels


def _noun(entity: Entity, wanted: str, names: RealNames) -> str:
    """The role or category; the plain noun where that says a name of the study."""
    plain = NOUNS[entity.label]
    return plain if entity.label in NAMES and wanted != plain and names.stand_in(wanted) else wanted


def _earlier_pseudonym(
    entity: Entity, noun: str, earlier: Mapping[Place, str], taken: set[str]
) -> str:
    """The free one that most places had, of this noun; without a noun, a surrogate."""
    votes = Counter(
        label for mention in entity.mentions if (label := earlier.get(mention.place)) is not None
    )
    for label, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        named = number_of(label)
        fits = named is not None and named[0] == noun if noun else read_persona(label) is not None
        if label not in taken and fits:
            taken.add(label)
            return label
    return ""


def _draw(
    people: list[Entity],
    entities: tuple[Entity, ...],
    said: Mapping[str, Wordings],
    roster: tuple[RosterEntry, ...],
    facts: StudyFacts,
    gone: set[str],
) -> dict[str, Persona]:
    forms = [
        form.text
        for e in entities
        if e.label in ("PERSON", "PLACE", "ORG")
        for form in said.get(e.id, NO_WORDINGS).forms
    ]
    listed = [form for entry in roster for form in entry.forms]
    forbidden = Forbidden.of(facts.words, (*forms, *listed, *facts.names))
    rows = {entry.row: entry for entry in roster}
    bearers: dict[str, Bearer] = {}
    same: Counter[str] = Counter()
    for entity in people:
        entry = None if entity.roster_row is None else rows.get(entity.roster_row)
        bearer = _bearer(entity, said.get(entity.id, NO_WORDINGS), entry)
        same[bearer.name] += 1
        bearers[entity.id] = replace(bearer, name=f"{bearer.name}\0{same[bearer.name]}")
    taken = [persona for label in gone if (persona := read_persona(label))]
    return draw(bearers, taken, forbidden, facts.secret)


def _bearer(entity: Entity, said: Wordings, entry: RosterEntry | None) -> Bearer:
    names = [(form.text, form.count, form.of_family) for form in said.forms]
    names += [(form, 0, False) for form in (entry.forms if entry else ())]
    parts = name_parts(names)
    nation = entry.nation if entry and entry.nation != "unknown" else said.nation
    words = sorted({word for form, _, _ in names for word in fold(form)})
    return Bearer(
        name=" ".join(words),
        initials=frozenset(word[0] for word in words),
        origin=origin_of(parts.given, parts.family, nation),
        nation=nation,
        gender=entity.gender or gender_of_name(parts.usual, nation),
        has_pet_form=parts.has_pet_form,
    )


def parts_of(said: Wordings) -> NameParts:
    """The person's own names, to say them with others."""
    return name_parts((form.text, form.count, form.of_family) for form in said.forms)


def _hidden(
    entities: tuple[Entity, ...], policy: Policy, said: Mapping[str, Wordings]
) -> frozenset[tuple[str, ...]]:
    """Folded forms of places and organisations that the safe text does not name."""
    named = policy.actions.PLACE == "generalise"
    hidden: set[tuple[str, ...]] = set()
    for entity in entities:
        mine = said.get(entity.id, NO_WORDINGS)
        if entity.label == "ORG" or (
            entity.label == "PLACE" and not (named and is_named(mine.place, coarseness(policy)))
        ):
            hidden |= {fold(form.text) for form in mine.forms}
    return frozenset(hidden - {()})


def _with_acronyms(
    entities: tuple[Entity, ...], decisions: list[Decision], said: Mapping[str, Wordings]
) -> list[Decision]:
    """Acronym for acronym, where the short form is nobody else's and no form of the facts."""
    shorts = Counter(
        acronym_of(d.text)
        for e, d in zip(entities, decisions, strict=True)
        if e.label == "ORG" and is_label(d.text)
    )
    forms = {fold(form.text) for one in said.values() for form in one.forms}
    return [
        replace(decision, short=short)
        if entity.label == "ORG"
        and any(is_acronym(form.text) for form in said.get(entity.id, NO_WORDINGS).forms)
        and is_label(decision.text)
        and shorts[short := acronym_of(decision.text)] == 1
        and not any(
            form and set(form) <= set(fold(short)) for form in forms & {(w,) for w in fold(short)}
        )
        else decision
        for entity, decision in zip(entities, decisions, strict=True)
    ]


def _apart(entities: tuple[Entity, ...], decisions: list[Decision]) -> list[Decision]:
    """Letters for places that read alike, in the order of their pseudonyms' numbers."""
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, (entity, decision) in enumerate(zip(entities, decisions, strict=True)):
        numbered = number_of(decision.pseudonym)
        if entity.label == "PLACE" and numbered and decision.text != decision.pseudonym:
            alike[decision.text].append((numbered[1], at))
    told = list(decisions)
    for text, places in alike.items():
        for letter, (_, at) in enumerate(sorted(places)):
            told[at] = replace(decisions[at], text=told_apart(text, letter))
    return told
