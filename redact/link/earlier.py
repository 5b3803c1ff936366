"""What was decided before stays: old pseudonyms never change because new transcripts came.

Linking reads the whole study anew, so a new transcript may suggest that two people are one, or that
one was two. Places that shared a pseudonym stay together and places that had two stay apart, and
the suggestion becomes a question. Only a person's corrections speak louder, and what the roster
says since: of a row that was known when the pseudonyms were given, nothing follows in silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from redact.core import NAMES, Entity, Joined, Mention, Place

_ONE_NOW = "new transcripts suggest that these are one: are they?"
_TWO_NOW = "new transcripts suggest that this was several: who is meant?"


def keep_earlier(
    entities: Iterable[Entity],
    earlier: Mapping[Place, str],
    known_rows: Container[int] = frozenset(),
) -> tuple[Entity, ...]:
    """The entities with earlier pseudonyms kept together and apart; `earlier` is by place.

    `known_rows` are the rows of the roster that said the same when those were given.
    """
    if not earlier:
        return tuple(entities)
    parted = [part for entity in entities for part in _parted(entity, earlier, known_rows)]
    return tuple(_gathered(parted, earlier, known_rows))


def _is_open(entity: Entity, known_rows: Container[int]) -> bool:
    """Whether earlier pseudonyms hold for it; not where the roster says something new."""
    return entity.label in NAMES and (not entity.roster_row or entity.roster_row in known_rows)


def _parted(
    entity: Entity, earlier: Mapping[Place, str], known_rows: Container[int]
) -> list[Entity]:
    """The entity, or one part for each pseudonym it had; what is new goes with the largest.

    So does its row of the roster, with the largest that linking was sure of.
    """
    if not _is_open(entity, known_rows):
        return [entity]
    by_label: dict[str, list[Mention]] = defaultdict(list)
    new: list[Mention] = []
    for mention in entity.mentions:
        label = earlier.get(mention.place)
        (by_label[label] if label is not None else new).append(mention)
    if len(by_label) < 2:
        return [entity]
    unsure = {place for joined in entity.joins for place in joined.places}
    sure = {label: sum(m.place not in unsure for m in by_label[label]) for label in by_label}
    largest = max(by_label, key=lambda label: (sure[label], len(by_label[label]), label))
    by_label[largest] += new
    others = tuple(part[0].place for label, part in by_label.items() if label != largest)
    return [
        replace(
            entity,
            id=f"{entity.id}.{number}",
            mentions=_in_order(mentions, entity),
            question=_ONE_NOW if label == largest else entity.question,
            fits=others if label == largest else entity.fits,
            roster_row=entity.roster_row if label == largest else None,
        )
        for number, (label, mentions) in enumerate(sorted(by_label.items()), start=1)
    ]


def _gathered(
    entities: list[Entity], earlier: Mapping[Place, str], known_rows: Container[int]
) -> list[Entity]:
    """Places that had one pseudonym put back together, in the entity that has most of them."""
    held: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for entity in entities:
        if _is_open(entity, known_rows):
            for mention in entity.mentions:
                if label := earlier.get(mention.place):
                    held[entity.label, label][entity.id] += 1
    main = {key: max(counts, key=lambda e: (counts[e], e)) for key, counts in held.items()}
    arriving: dict[str, list[Mention]] = defaultdict(list)
    leaving: dict[str, set[Place]] = defaultdict(set)
    for entity in entities:
        if not _is_open(entity, known_rows):
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
            came = Joined(tuple(m.place for m in arriving[entity.id]))
            kept.append(
                replace(
                    entity,
                    mentions=_in_order(mentions, entity),
                    question=question,
                    joins=(*entity.joins, came) if came.places else entity.joins,
                )
            )
    return kept


def _in_order(mentions: list[Mention], entity: Entity) -> tuple[Mention, ...]:
    """As the entity had them, others after, by document and place."""
    place = {id(mention): number for number, mention in enumerate(entity.mentions)}
    return tuple(
        sorted(mentions, key=lambda m: (place.get(id(m), len(place)), m.transcript, m.start))
    )
