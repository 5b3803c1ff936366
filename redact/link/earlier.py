"""What was decided before stays: old pseudonyms never change because new transcripts came.

Linking reads the whole study anew, so a new transcript may suggest that two people are one, or that
one was two. Places that shared a pseudonym stay together and places that had two stay apart, and
the suggestion becomes a question. Only the roster and a person's corrections speak louder.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from redact.core import NAMES, Entity, Mention, Place

_ONE_NOW = "new transcripts suggest that these are one: are they?"
_TWO_NOW = "new transcripts suggest that this was several: who is meant?"


def keep_earlier(entities: Iterable[Entity], earlier: Mapping[Place, str]) -> tuple[Entity, ...]:
    """The entities with earlier pseudonyms kept together and apart; `earlier` is by place."""
    if not earlier:
        return tuple(entities)
    parted = [part for entity in entities for part in _parted(entity, earlier)]
    return tuple(_gathered(parted, earlier))


def _parted(entity: Entity, earlier: Mapping[Place, str]) -> list[Entity]:
    """The entity, or one part for each pseudonym it had; what is new goes with the largest."""
    if entity.label not in NAMES or entity.roster_row:
        return [entity]
    by_label: dict[str, list[Mention]] = defaultdict(list)
    new: list[Mention] = []
    for mention in entity.mentions:
        label = earlier.get(mention.place)
        (by_label[label] if label is not None else new).append(mention)
    if len(by_label) < 2:
        return [entity]
    largest = max(by_label, key=lambda label: (len(by_label[label]), label))
    by_label[largest] += new
    others = tuple(part[0].place for label, part in by_label.items() if label != largest)
    return [
        replace(
            entity,
            id=f"{entity.id}.{number}",
            mentions=_in_order(mentions, entity),
            question=_ONE_NOW if label == largest else entity.question,
            fits=others if label == largest else entity.fits,
        )
        for number, (label, mentions) in enumerate(sorted(by_label.items()), start=1)
    ]


def _gathered(entities: list[Entity], earlier: Mapping[Place, str]) -> list[Entity]:
    """Places that had one pseudonym put back together, in the entity that has most of them."""
    held: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entity in entities:
        if entity.label in NAMES and not entity.roster_row:
            for mention in entity.mentions:
                if label := earlier.get(mention.place):
                    held[entity.label, label][entity.id] += 1
    main = {key: max(counts, key=lambda e: (counts[e], e)) for key, counts in held.items()}
    arriving: dict[str, list[Mention]] = defaultdict(list)
    leaving: dict[str, set[Place]] = defaultdict(set)
    for entity in entities:
        if entity.label not in NAMES or entity.roster_row:
            continue
        for mention in entity.mentions:
            home = main.get((entity.label, earlier.get(mention.place, "")))
            if home is not None and home != entity.id:
                arriving[home].append(mention)
                leaving[entity.id].add(mention.place)
    kept: list[Entity] = []
    for entity in entities:
        if entity.id not in arriving and entity.id not in leaving:
            kept.append(entity)
            continue
        stay = [m for m in entity.mentions if m.place not in leaving[entity.id]]
        mentions = [*stay, *arriving[entity.id]]
        if mentions:
            question = entity.question or _TWO_NOW
            kept.append(replace(entity, mentions=_in_order(mentions, entity), question=question))
    return kept


def _in_order(mentions: list[Mention], entity: Entity) -> tuple[Mention, ...]:
    """As the entity had them, others after, by document and place."""
    place = {id(mention): number for number, mention in enumerate(entity.mentions)}
    return tuple(
        sorted(mentions, key=lambda m: (place.get(id(m), len(place)), m.transcript, m.start))
    )
