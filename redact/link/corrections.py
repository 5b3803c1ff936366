"""A person's word on who is who, applied after every linking: it outlives re-runs.

A correction points at mentions by their places, which stay while the sources do; the entities that
hold them now are the ones it speaks of. None is ever taken out: undoing one is a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, cast

from redact.core import Action, Entity, Label, Place

CorrectionAction = Literal["merge", "split", "rename", "retype", "apart", "act", "undo"]
BY_A_PERSON = "joined or parted by a person"


@dataclass(frozen=True, slots=True)
class Group:
    """An entity as it was before a correction: what it was shown as, its label and its places."""

    pseudonym: str
    label: Label
    places: tuple[Place, ...]
    roster_row: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided: who is one, who is not, how it is shown, what becomes of it.

    `to` is the new pseudonym of a rename, the label of a retype, the action of an act, the number
    of the row (from 1) that is undone. `before` is how the entities meant were, to bring them back;
    `time` is in UTC (RFC 3339).
    """

    action: CorrectionAction
    places: tuple[Place, ...]
    to: str = ""
    before: tuple[Group, ...] = ()
    by: str = ""
    time: str = ""


def undone(corrections: Iterable[Correction]) -> frozenset[int]:
    """The numbers of the rows that do not hold any more."""
    return frozenset(int(c.to) for c in corrections if c.action == "undo")


def can_be_undone(corrections: tuple[Correction, ...], number: int) -> bool:
    """Whether this row (from 1) still holds and no later one that holds speaks of its places."""
    if not 1 <= number <= len(corrections) or number in undone(corrections):
        return False
    mine = corrections[number - 1]
    if mine.action == "undo" or not mine.before:
        return False
    touched = _places_of(mine)
    gone = undone(corrections)
    later = enumerate(corrections[number:], start=number + 1)
    return not any(n not in gone and c.action != "undo" and touched & _places_of(c)
                   for n, c in later)  # fmt: skip


def _places_of(correction: Correction) -> set[Place]:
    return {*correction.places, *(place for group in correction.before for place in group.places)}


def correct(entities: Iterable[Entity], corrections: Iterable[Correction]) -> tuple[Entity, ...]:
    """The entities after all corrections, in order; a place that is no mention any more is left."""
    corrected, rows = list(entities), tuple(corrections)
    gone = undone(rows)
    for number, correction in enumerate(rows, start=1):
        if number in gone:
            continue
        if correction.action == "undo":
            corrected = _brought_back(corrected, rows[int(correction.to) - 1].before, number)
            continue
        places = set(correction.places)
        meant = [e for e in corrected if any(m.place in places for m in e.mentions)]
        if not meant:
            continue
        if correction.action == "merge":
            corrected = _merged(corrected, meant)
        elif correction.action == "split":
            corrected = _split(corrected, meant, places, number)
        elif correction.action == "rename":
            first = meant[0]
            corrected = [replace(e, renamed=correction.to) if e is first else e for e in corrected]
        elif correction.action == "retype":
            label = cast(Label, correction.to)
            corrected = [_retyped(e, label) if e in meant else e for e in corrected]
        elif correction.action == "act":
            action = cast(Action, correction.to)
            corrected = [replace(e, action=action) if e in meant else e for e in corrected]
        else:
            why = (BY_A_PERSON,)
            corrected = [replace(e, question="", fits=(), why=tuple(sorted({*e.why, *why})))
                         if e in meant else e for e in corrected]  # fmt: skip
    return tuple(corrected)


def _merged(entities: list[Entity], meant: list[Entity]) -> list[Entity]:
    first = meant[0]
    mentions = tuple(m if m.label == first.label else replace(m, label=first.label)
                     for e in meant for m in e.mentions)  # fmt: skip
    row = next((e.roster_row for e in meant if e.roster_row), 0)
    why = tuple(sorted({BY_A_PERSON, *(reason for e in meant for reason in e.why)}))
    whole = replace(first, mentions=mentions, why=why, question="", fits=(), roster_row=row)
    return [whole if e is first else e for e in entities if e is first or e not in meant]


def _split(
    entities: list[Entity], meant: list[Entity], places: set[Place], number: int
) -> list[Entity]:
    """The mentions at these places become one entity of their own, last in the list."""
    away = [m for e in meant for m in e.mentions if m.place in places]
    first = meant[0]
    parted = Entity(
        f"{first.label.lower()}-parted-{number}",
        first.label,
        tuple(away),
        first.kind,
        (BY_A_PERSON,),
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
            m if m.label == group.label else replace(m, label=group.label, kind="")
            for e in holders
            for m in e.mentions
            if m.place in places or (m.place not in taken and e.id not in given)
        )
        given |= {e.id for e in holders}
        name = f"{group.label.lower()}-restored-{number}-{at + 1}"
        whole = replace(holders[0], id=name, label=group.label, mentions=mentions,
                        roster_row=group.roster_row, renamed=group.pseudonym)  # fmt: skip
        back[holders[0].id].append(whole)
    return [
        one
        for entity in entities
        for one in (back[entity.id] if entity.id in given else _without([entity], taken))
    ]


def _retyped(entity: Entity, label: Label) -> Entity:
    mentions = tuple(replace(m, label=label, kind="") for m in entity.mentions)
    why = tuple(sorted({*entity.why, BY_A_PERSON}))
    return replace(entity, label=label, mentions=mentions, kind="", why=why, roster_row=0)
