"""A person's word on who is who, applied after every linking: it outlives re-runs.

A correction points at mentions by their places, which stay while the sources do; the entities that
hold them now are the ones it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, cast

from redact.core import Entity, Label, Mention

CorrectionAction = Literal["merge", "split", "rename", "retype"]
Place = tuple[str, int, int]  # transcript, start, end
BY_A_PERSON = "joined or parted by a person"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided; `to` is the new pseudonym of a rename or the label of a retype."""

    action: CorrectionAction
    places: tuple[Place, ...]
    to: str = ""


def place_of(mention: Mention) -> Place:
    return (mention.transcript, mention.start, mention.end)


def correct(entities: Iterable[Entity], corrections: Iterable[Correction]) -> tuple[Entity, ...]:
    """The entities after all corrections, in order; a place that is no mention any more is left."""
    corrected = list(entities)
    for number, correction in enumerate(corrections, start=1):
        places = set(correction.places)
        meant = [e for e in corrected if any(place_of(m) in places for m in e.mentions)]
        if not meant:
            continue
        if correction.action == "merge":
            corrected = _merged(corrected, meant)
        elif correction.action == "split":
            corrected = _split(corrected, meant, places, number)
        elif correction.action == "rename":
            first = meant[0]
            corrected = [replace(e, renamed=correction.to) if e is first else e for e in corrected]
        else:
            label = cast(Label, correction.to)
            corrected = [_retyped(e, label) if e in meant else e for e in corrected]
    return tuple(corrected)


def _merged(entities: list[Entity], meant: list[Entity]) -> list[Entity]:
    first = meant[0]
    mentions = tuple(m if m.label == first.label else replace(m, label=first.label)
                     for e in meant for m in e.mentions)  # fmt: skip
    row = next((e.roster_row for e in meant if e.roster_row), 0)
    why = tuple(sorted({BY_A_PERSON, *(reason for e in meant for reason in e.why)}))
    whole = replace(first, mentions=mentions, why=why, question="", roster_row=row)
    return [whole if e is first else e for e in entities if e is first or e not in meant]


def _split(
    entities: list[Entity], meant: list[Entity], places: set[Place], number: int
) -> list[Entity]:
    """The mentions at these places become one entity of their own, last in the list."""
    away = [m for e in meant for m in e.mentions if place_of(m) in places]
    first = meant[0]
    parted = Entity(
        f"{first.label.lower()}-parted-{number}",
        first.label,
        tuple(away),
        first.kind,
        (BY_A_PERSON,),
    )
    left = []
    for entity in entities:
        stay = tuple(m for m in entity.mentions if place_of(m) not in places)
        if stay:
            left.append(replace(entity, mentions=stay) if entity in meant else entity)
    return [*left, parted]


def _retyped(entity: Entity, label: Label) -> Entity:
    mentions = tuple(replace(m, label=label, kind="") for m in entity.mentions)
    why = tuple(sorted({*entity.why, BY_A_PERSON}))
    return replace(entity, label=label, mentions=mentions, kind="", why=why, roster_row=0)
