"""A person's word on who is who, applied after every linking: it outlives re-runs.

A correction points at mentions by their places, which stay while the sources do; the entities that
hold them now are the ones it speaks of. None is ever taken out: undoing one is a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from redact.core import Action, Entity, Label, Place

BY_A_PERSON = "joined or parted by a person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An entity as it was before a correction: what it was shown as, its label and its places."""

    pseudonym: str
    label: Label
    places: tuple[Place, ...]
    roster_row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person decided about the entities at these places; one class below for each action.

    `before` is how the entities meant were, to bring them back; `time` is in UTC (RFC 3339).
    """

    kind: ClassVar[str]
    places: tuple[Place, ...]
    before: tuple[Group, ...] = ()
    by: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Correction):
    """They are one."""

    kind: ClassVar[str] = "merge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(Correction):
    """The mentions at these places are somebody else."""

    kind: ClassVar[str] = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart(Correction):
    """They are each somebody else, and no question is left."""

    kind: ClassVar[str] = "apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Different(Correction):
    """The first group is none of the others, in whatever way linking would join them later."""

    kind: ClassVar[str] = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class DontKnow(Correction):
    """Whether the first group is one with any of the others cannot be said: nothing changes."""

    kind: ClassVar[str] = "dont_know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(Correction):
    """It is shown under this pseudonym."""

    kind: ClassVar[str] = "rename"
    pseudonym: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retype(Correction):
    """They are of this label."""

    kind: ClassVar[str] = "retype"
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Correction):
    """This becomes of them, whatever the policy says."""

    kind: ClassVar[str] = "act"
    action: Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Correction):
    """The correction in this row (from 1) does not hold any more."""

    kind: ClassVar[str] = "undo"
    row: int


def undone(corrections: Iterable[Correction]) -> frozenset[int]:
    """The numbers of the rows that do not hold any more."""
    return frozenset(c.row for c in corrections if isinstance(c, Undo))


def can_be_undone(corrections: tuple[Correction, ...], number: int) -> bool:
    """Whether this row (from 1) still holds and no later one that holds speaks of its places."""
    if not 1 <= number <= len(corrections) or number in undone(corrections):
        return False
    mine = corrections[number - 1]
    if isinstance(mine, Undo) or not mine.before:
        return False
    touched = _places_of(mine)
    gone = undone(corrections)
    return not any(
        n not in gone and not isinstance(later, Undo | DontKnow) and touched & _places_of(later)
        for n, later in enumerate(corrections[number:], start=number + 1)
    )


def _places_of(correction: Correction) -> set[Place]:
    return {*correction.places, *(place for group in correction.before for place in group.places)}


def correct(
    entities: Iterable[Entity], corrections: Iterable[Correction], applied: int = 0
) -> tuple[Entity, ...]:
    """The entities after all corrections, in order; a place that is no mention any more is left.

    The first so many are `applied` already: the entities are as those left them.
    """
    corrected, rows = list(entities), tuple(corrections)
    gone = undone(rows)
    for number, correction in enumerate(rows, start=1):
        if number in gone or number <= applied:
            continue
        if isinstance(correction, Undo):
            if not isinstance(rows[correction.row - 1], Different | DontKnow):  # they joined none
                corrected = _brought_back(corrected, rows[correction.row - 1].before, number)
            continue
        places = set(correction.places)
        meant = [e for e in corrected if any(m.place in places for m in e.mentions)]
        if meant:
            corrected = _corrected(corrected, meant, correction, number)
    return tuple(corrected)


def _corrected(
    entities: list[Entity], meant: list[Entity], correction: Correction, number: int
) -> list[Entity]:
    """The entities after one correction, the `number`th; `meant` are those at its places."""
    match correction:
        case Merge():
            return _merged(entities, meant)
        case Split(places=places, before=groups):
            parted = _split(entities, meant, set(places), number)
            stay = [place for group in groups for place in group.places if place not in {*places}]
            return _answered(parted, places, stay)
        case Apart(before=groups):
            return _kept_apart([_settled(e) if e in meant else e for e in entities], groups, number)
        case Different(before=(first, *others)):
            parted = entities
            for at, other in enumerate(others, start=1):
                parted = _kept_apart(parted, (first, other), number, f"-{at}")
            return _answered(parted, first.places, [p for group in others for p in group.places])
        case Rename(pseudonym=pseudonym):
            return [replace(e, renamed=pseudonym) if e is meant[0] else e for e in entities]
        case Retype(label=label):
            return [_retyped(e, label) if e in meant else e for e in entities]
        case Act(action=action):
            return [replace(e, action=action) if e in meant else e for e in entities]
        case _:
            return entities


def _kept_apart(
    entities: list[Entity], groups: Iterable[Group], number: int, part: str = ""
) -> list[Entity]:
    """No entity has mentions of two of these groups; all but one of them go to their own.

    The one of the roster's row stays, else the largest; what linking brought anew stays with it.
    """
    kept: list[Entity] = []
    for entity in entities:
        mine = {m.place for m in entity.mentions}
        held = [(group, mine.intersection(group.places)) for group in groups]
        held = [(group, places) for group, places in held if places]
        held.sort(key=lambda one: (one[0].roster_row == entity.roster_row, len(one[1])))
        away = [places for _, places in held[:-1]]
        kept += _without([entity], {place for places in away for place in places})
        for at, places in enumerate(away, start=1):
            kept.append(
                Entity(
                    id=f"{entity.label.lower()}-apart-{number}{part}-{at}",
                    label=entity.label,
                    mentions=tuple(m for m in entity.mentions if m.place in places),
                    kind=entity.kind,
                    why=(BY_A_PERSON,),
                )
            )
    return kept


def _answered(
    entities: list[Entity], one: Iterable[Place], others: Iterable[Place]
) -> list[Entity]:
    """The entities, without a question that asked only whether these are one with those."""
    one, others = {*one}, {*others}
    ones = {e.id for e in entities if _has(e, one)}
    those = {e.id for e in entities if _has(e, others)}
    entity_at = {m.place: e.id for e in entities if e.id in ones | those for m in e.mentions}
    answered = []
    for entity in entities:
        asked = (those if entity.id in ones else set()) | (ones if entity.id in those else set())
        left = tuple(place for place in entity.fits if entity_at.get(place) not in asked)
        if len(left) < len(entity.fits):
            entity = replace(entity, fits=left, question=entity.question if left else None)
        answered.append(entity)
    return answered


def _has(entity: Entity, places: set[Place]) -> bool:
    return any(mention.place in places for mention in entity.mentions)


def _settled(entity: Entity) -> Entity:
    """The entity without a question about it."""
    why = tuple(sorted({*entity.why, BY_A_PERSON}))
    return replace(entity, question=None, fits=(), why=why)


def _merged(entities: list[Entity], meant: list[Entity]) -> list[Entity]:
    first = meant[0]
    mentions = tuple(
        m if m.label == first.label else replace(m, label=first.label)
        for e in meant
        for m in e.mentions
    )
    row = next((e.roster_row for e in meant if e.roster_row), None)
    why = tuple(sorted({BY_A_PERSON, *(reason for e in meant for reason in e.why)}))
    whole = replace(
        first,
        mentions=mentions,
        why=why,
        question=None,
        fits=(),
        joins=tuple(joined for e in meant for joined in e.joins),
        roster_row=row,
    )
    return [whole if e is first else e for e in entities if e is first or e not in meant]


def _split(
    entities: list[Entity], meant: list[Entity], places: set[Place], number: int
) -> list[Entity]:
    """The mentions at these places become one entity of their own, last in the list."""
    away = [m for e in meant for m in e.mentions if m.place in places]
    first = meant[0]
    parted = Entity(
        id=f"{first.label.lower()}-parted-{number}",
        label=first.label,
        mentions=tuple(away),
        kind=first.kind,
        why=(BY_A_PERSON,),
    )
    return [*_without(entities, places), parted]


def _without(entities: Iterable[Entity], places: set[Place]) -> list[Entity]:
    """The entities without their mentions at these places; one that has no other is gone."""
    left = []
    for entity in entities:
        stay = tuple(m for m in entity.mentions if m.place not in places)
        if len(stay) == len(entity.mentions):
            left.append(entity)
        elif stay:
            left.append(replace(entity, mentions=stay))
    return left


def _brought_back(entities: list[Entity], groups: tuple[Group, ...], number: int) -> list[Entity]:
    """The entities as they were, pseudonyms and all; what is new since goes with the first."""
    back: dict[str, list[Entity]] = defaultdict(list)  # by the entity whose place they take
    taken = {place for group in groups for place in group.places}
    given: set[str] = set()  # entities whose newer mentions went with an earlier group
    for at, group in enumerate(groups):
        places = set(group.places)
        holders = [e for e in entities if any(m.place in places for m in e.mentions)]
        if not holders:
            continue
        mentions = tuple(
            m if m.label == group.label else replace(m, label=group.label, kind=None)
            for e in holders
            for m in e.mentions
            if m.place in places or (m.place not in taken and e.id not in given)
        )
        given |= {e.id for e in holders}
        name = f"{group.label.lower()}-restored-{number}-{at + 1}"
        whole = replace(
            holders[0],
            id=name,
            label=group.label,
            mentions=mentions,
            roster_row=group.roster_row,
            renamed=group.pseudonym,
        )
        back[holders[0].id].append(whole)
    return [
        one
        for entity in entities
        for one in (back[entity.id] if entity.id in given else _without([entity], taken))
    ]


def _retyped(entity: Entity, label: Label) -> Entity:
    mentions = tuple(replace(m, label=label, kind=None) for m in entity.mentions)
    why = tuple(sorted({*entity.why, BY_A_PERSON}))
    return replace(entity, label=label, mentions=mentions, kind=None, why=why, roster_row=None)
