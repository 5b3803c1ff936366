"""Questions about who is who, the most worth asking first: people of a study in, a list out.

A question is about one person: who of these is the same one? Those who may be are beside it, each
with what speaks for it. What it is worth is how many mentions its answer is expected to bring
together: twice the mentions of both over their sum (what B-cubed gains by it), times how often such
a clue is right. What linking joined on weak evidence comes as questions of its own, to be looked
through (docs/decisions/040-questions-by-worth.md).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from redact.core import NAMES, Entity, Place
from redact.link.corrections import (
    Apart,
    Correction,
    Different,
    DontKnow,
    Merge,
    Split,
    undone,
)
from redact.link.likeness import AlikeBy
from redact.link.spelling import name_of

MOST = 8  # people beside the one who is asked about
LEAST_WORTH = 0.2  # mentions
_ONE_BODY = 0.85  # how often a place and an organisation of one name are one: of 18 were 16
_SURE = 3.0  # score of linking from which a join is not asked about
_EITHER = 0.5  # how often a place or organisation is the other that it may be
_WRONG = 0.06  # how often what linking joined below `_SURE` is two
_SIGNS = 6  # hexadecimal figures of an id


class About(StrEnum):
    """What a question is about, in the order in which they are asked."""

    SPEAKER = "speaker"  # who speaks in an interview: what else are they called?
    NAME = "name"  # an unsure or lone name, initials, a full name: who is it?
    JOIN = "join"  # what linking joined on weak evidence: is it one?


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Some mentions that are one person or thing; at `example` the name stands plainest."""

    entity: str
    places: tuple[Place, ...] = field(repr=False)
    example: Place

    @property
    def mentions(self) -> int:
        return len(self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class MayBe:
    """Somebody whom a question's person may be: what speaks for it, and how often that is right."""

    side: Side
    clue: AlikeBy
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoQuestion:
    """Which of the others is the same as `who`? `worth` is in mentions brought together."""

    id: str
    about: About
    who: Side
    others: tuple[MayBe, ...]
    worth: float

    @property
    def sides(self) -> tuple[Side, ...]:
        """Who is asked about, and then those beside it."""
        return (self.who, *(other.side for other in self.others))


def worth_of(one: int, other: int) -> float:
    """What it is worth to bring so many mentions together with so many others."""
    return 2 * one * other / (one + other)


def question(about: About, who: Side, others: Iterable[MayBe], worth: float) -> WhoQuestion:
    """The question, with an id that says whom it asks about and who is beside it."""
    others = tuple(others)
    spots = [who.places[0], *(other.side.places[0] for other in others)]
    said = "|".join([about, *(f"{p.transcript} {p.start} {p.end}" for p in spots)])
    name = f"Q{hashlib.sha256(said.encode()).hexdigest()[:_SIGNS]}"
    return WhoQuestion(id=name, about=about, who=who, others=others, worth=worth)


# Places and organisations that linking could not tell apart, and joins that were not sure


def about_others(entities: Sequence[Entity], said: Answered) -> tuple[WhoQuestion, ...]:
    """About places and organisations of which linking asks which of others they are."""
    at = {m.place: one for one in entities if one.label in NAMES for m in one.mentions}
    made = []
    for one in entities:
        if one.label == "PERSON" or not one.question:
            continue
        fitting = {at[place].id: at[place] for place in one.fits if place in at}
        others = [
            MayBe(side=_whole(other), clue=AlikeBy.FITS, share=_EITHER)
            for other in fitting.values()
            if other is not one and not said.is_answered(one.id, other.id)
        ][:MOST]
        if others:
            here = len(one.mentions)
            worth = sum(worth_of(here, other.side.mentions) * _EITHER for other in others)
            made.append(question(About.NAME, _whole(one), others, worth))
    return in_order(made)


def about_kinds(
    entities: Iterable[Entity], texts: Mapping[str, str], said: Answered
) -> tuple[WhoQuestion, ...]:
    """About organisations that bear the name of a place: one body is often read as both.

    `texts` are those of the transcripts.
    """
    named: dict[tuple[str, ...], dict[str, Entity]] = defaultdict(dict)
    for place in entities:
        for name in _names_of(place, texts) if place.label == "PLACE" else ():
            named[name][place.id] = place
    made = []
    for body in entities:
        if body.label != "ORG":
            continue
        alike = {i: one for name in _names_of(body, texts) for i, one in named[name].items()}
        others = [
            MayBe(side=_whole(one), clue=AlikeBy.KINDS, share=_ONE_BODY)
            for one in alike.values()
            if not said.is_answered(body.id, one.id)
        ][:MOST]
        if others:
            here = len(body.mentions)
            worth = sum(worth_of(here, other.side.mentions) * _ONE_BODY for other in others)
            made.append(question(About.NAME, _whole(body), others, worth))
    return in_order(made)


def _names_of(one: Entity, texts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The folded names of a place or organisation, in the order of its mentions."""
    said = (texts[m.transcript][m.start : m.end] for m in one.mentions)
    return list(dict.fromkeys(name_of(form, "ORG") for form in said))


def about_joins(
    entities: Iterable[Entity], examples: Mapping[str, Place], said: Answered
) -> tuple[WhoQuestion, ...]:
    """About what came to an entity on weak evidence, or is there for its earlier pseudonym only.

    `examples` are by entity where the name stands plainest.
    """
    made = []
    for one in entities:
        for join in one.joins:
            if join.score >= _SURE:
                continue
            came = {*join.places}
            part = tuple(m.place for m in one.mentions if m.place in came)
            rest = tuple(m.place for m in one.mentions if m.place not in came)
            if not part or not rest or said.is_joined(part, rest):
                continue
            plain = examples.get(one.id, rest[0])
            wrong = _wrong(join.score)
            other = Side(entity=one.id, places=rest, example=rest[0] if plain in came else plain)
            made.append(
                question(
                    About.JOIN,
                    Side(entity=one.id, places=part, example=part[0]),
                    [MayBe(side=other, clue=AlikeBy.JOINED, share=1 - wrong)],
                    wrong * worth_of(len(part), len(rest)),
                )
            )
    return in_order(made)


def in_order(questions: Iterable[WhoQuestion]) -> tuple[WhoQuestion, ...]:
    """The most worth asking first."""
    return tuple(sorted(questions, key=lambda one: (-one.worth, one.id)))


def _whole(entity: Entity) -> Side:
    places = tuple(mention.place for mention in entity.mentions)
    return Side(entity=entity.id, places=places, example=places[0])


def _wrong(score: float) -> float:
    """How often a join of this score is wrong; below `_SURE` the score itself says little more."""
    return _WRONG if score else _EITHER


# What people have answered


class Answered:
    """What people said that holds, of the entities as they are now."""

    def __init__(self, entities: Iterable[Entity], corrections: Iterable[Correction]) -> None:
        rows = tuple(corrections)
        gone = undone(rows)
        held = [row for number, row in enumerate(rows, start=1) if number not in gone]
        self._joined = [frozenset(row.places) for row in held if isinstance(row, Merge)]
        self._apart = [pair for row in held for pair in _told_apart(row)]
        alone = [
            row.before[0].places for row in held if isinstance(row, Apart) and len(row.before) == 1
        ]
        wanted = {place for pair in self._apart for places in pair for place in places}
        wanted.update(place for places in alone for place in places)
        entity_at = {m.place: e.id for e in entities for m in e.mentions if m.place in wanted}

        def those(places: Iterable[Place]) -> set[str]:
            return {entity_at[place] for place in places if place in entity_at}

        self._alone = {name for places in alone for name in those(places)}
        self._pairs = {
            frozenset((a, b))
            for one, other in self._apart
            for a in those(one)
            for b in those(other)
        }

    def is_answered(self, one: str, other: str) -> bool:
        """Whether somebody said that these two entities are two, or that it cannot be said."""
        return frozenset((one, other)) in self._pairs or one in self._alone or other in self._alone

    def is_joined(self, part: Iterable[Place], rest: Iterable[Place]) -> bool:
        """Whether somebody said of the two that they are one, or that it cannot be said."""
        part, rest = {*part}, {*rest}
        return any(
            not row.isdisjoint(part) and not row.isdisjoint(rest) for row in self._joined
        ) or any(
            (not part.isdisjoint(one) and not rest.isdisjoint(other))
            or (not part.isdisjoint(other) and not rest.isdisjoint(one))
            for one, other in self._apart
        )


def _told_apart(row: Correction) -> Iterator[tuple[tuple[Place, ...], tuple[Place, ...]]]:
    """Which mentions a row tells from which others, or says that it cannot be told."""
    groups = [group.places for group in row.before]
    match row:
        case Different() | DontKnow() if groups:
            yield groups[0], tuple(place for other in groups[1:] for place in other)
        case Apart():
            for at, places in enumerate(groups):
                yield places, tuple(place for other in groups[at + 1 :] for place in other)
        case Split(places=away):
            rest = (place for places in groups for place in places if place not in {*away})
            yield away, tuple(rest)
