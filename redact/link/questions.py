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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heapify, heappop, heappush

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
from redact.link.likeness import Clue, Likeness, Spoken, likeness, pairs_alike

MOST = 8  # people beside the one who is asked about
_LEAST_WORTH = 0.2  # mentions
_SURE = 3.0  # score of linking from which a join is not asked about
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
    clue: Clue
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoQuestion:
    """Which of the others is the same as `who`? `worth` is in mentions brought together."""

    id: str
    about: About
    who: Side
    others: tuple[MayBe, ...]
    worth: float


def questions_of(
    entities: Sequence[Entity], people: Sequence[Spoken], corrections: Iterable[Correction] = ()
) -> tuple[WhoQuestion, ...]:
    """All questions that nobody has answered yet, in the order to ask them.

    `people` are the persons among the entities. No pair of people is in two questions.
    """
    said = _Said(corrections)
    asked = [*_who(people, said), *_other_names(entities, said)]
    joined = sorted(_joined(entities, people, said), key=lambda q: (-q.worth, q.id))
    return (*asked, *joined)


# What people may be whom


def _who(people: Sequence[Spoken], said: _Said) -> Iterator[WhoQuestion]:
    """About persons, the one of most worth first; what one question has, the next has no more."""
    by_id = {one.id: one for one in people}
    may_be: dict[str, list[tuple[float, str, Likeness]]] = defaultdict(list)
    for one, other in pairs_alike(people):
        alike = likeness(one, other)
        if alike is None or said.is_answered(one.places, other.places):
            continue
        worth = _worth(one.mentions, other.mentions) * alike.share
        may_be[one.id].append((worth, other.id, alike))
        may_be[other.id].append((worth, one.id, alike))
    for others in may_be.values():
        others.sort(key=lambda item: (-item[0], item[1]))
    spent: set[frozenset[str]] = set()

    def left(name: str) -> list[tuple[float, str, Likeness]]:
        free = (item for item in may_be[name] if frozenset((name, item[1])) not in spent)
        return [item for item, _ in zip(free, range(MOST), strict=False)]

    waiting = [(-sum(w for w, _, _ in left(name)), name) for name in sorted(may_be)]
    heapify(waiting)
    while waiting:
        _, name = heappop(waiting)
        others = left(name)
        worth = sum(w for w, _, _ in others)
        if worth < _LEAST_WORTH:
            continue
        if waiting and worth < -waiting[0][0]:
            heappush(waiting, (-worth, name))
            continue
        spent.update(frozenset((name, other)) for _, other, _ in others)
        who = by_id[name]
        yield _question(
            About.SPEAKER if who.speaks_in else About.NAME,
            _side(who),
            [MayBe(side=_side(by_id[o]), clue=a.clue, share=a.share) for _, o, a in others],
            worth,
        )


def _worth(one: int, other: int) -> float:
    return 2 * one * other / (one + other)


def _side(one: Spoken) -> Side:
    places = tuple(mention.place for mention in one.entity.mentions)
    return Side(entity=one.id, places=places, example=one.example)


def _question(about: About, who: Side, others: Iterable[MayBe], worth: float) -> WhoQuestion:
    others = tuple(others)
    spots = [who.places[0], *(other.side.places[0] for other in others)]
    said = "|".join([about, *(f"{p.transcript} {p.start} {p.end}" for p in spots)])
    name = f"Q{hashlib.sha256(said.encode()).hexdigest()[:_SIGNS]}"
    return WhoQuestion(id=name, about=about, who=who, others=others, worth=worth)


# Places and organisations that linking could not tell apart, and joins that were not sure


def _other_names(entities: Sequence[Entity], said: _Said) -> Iterator[WhoQuestion]:
    """About places and organisations with a question that others may answer."""
    at = {m.place: one for one in entities if one.label in NAMES for m in one.mentions}
    made = []
    for one in entities:
        if one.label == "PERSON" or not one.question:
            continue
        fitting = {other.id: other for place in one.fits if (other := at.get(place)) is not None}
        who = _whole(one)
        others = [
            MayBe(side=_whole(other), clue=Clue.FITS, share=0.5)
            for other in fitting.values()
            if other is not one and not said.is_answered(who.places, _whole(other).places)
        ]
        if others:
            worth = sum(_worth(who.mentions, o.side.mentions) * o.share for o in others)
            made.append(_question(About.NAME, who, others[:MOST], worth))
    yield from sorted(made, key=lambda q: (-q.worth, q.id))


def _whole(entity: Entity) -> Side:
    places = tuple(mention.place for mention in entity.mentions)
    return Side(entity=entity.id, places=places, example=places[0])


def _joined(
    entities: Sequence[Entity], people: Sequence[Spoken], said: _Said
) -> Iterator[WhoQuestion]:
    """What came to an entity on weak evidence, or stays there for its earlier pseudonym only."""
    example = {one.id: one.example for one in people}
    for one in entities:
        held = {mention.place for mention in one.mentions}
        for join in one.joins:
            part = tuple(place for place in join.places if place in held)
            rest = tuple(m.place for m in one.mentions if m.place not in {*part})
            if not part or not rest or join.score >= _SURE or said.is_joined(part, rest):
                continue
            there = example.get(one.id, rest[0])
            other = Side(entity=one.id, places=rest, example=there if there in {*rest} else rest[0])
            share = _wrong(join.score)
            yield _question(
                About.JOIN,
                Side(entity=one.id, places=part, example=part[0]),
                [MayBe(side=other, clue=Clue.JOINED, share=1 - share)],
                share * _worth(len(part), len(rest)),
            )


def _wrong(score: float) -> float:
    """How often a join of this score is wrong."""
    return 0.5 if not score else 0.2 if score < 1 else 0.12 if score < 2 else 0.05


# What people have answered


class _Said:
    """The answers that hold, by the places they were about."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        rows = tuple(corrections)
        gone = undone(rows)
        self._apart: dict[Place, set[int]] = defaultdict(set)  # by place the rows' first sides
        self._from: dict[Place, set[int]] = defaultdict(set)  # and those they are told from
        self._alone: set[Place] = set()
        self._joined: dict[Place, set[int]] = defaultdict(set)
        number = 0
        for at, row in enumerate(rows, start=1):
            if at in gone:
                continue
            if isinstance(row, Merge):
                for place in row.places:
                    self._joined[place].add(at)
            for one, others in _told_apart(row):
                number += 1
                for place in one:
                    self._apart[place].add(number)
                for place in others:
                    self._from[place].add(number)
            if isinstance(row, Apart) and len(row.before) == 1:
                self._alone.update(row.before[0].places)

    def is_answered(self, one: Iterable[Place], other: Iterable[Place]) -> bool:
        """Whether somebody said that these two are two, or that it cannot be said."""
        if not self._apart and not self._alone:
            return False
        one, other = tuple(one), tuple(other)
        if not self._alone.isdisjoint(one) or not self._alone.isdisjoint(other):
            return True
        return bool(
            _rows(self._apart, one) & _rows(self._from, other)
            or _rows(self._apart, other) & _rows(self._from, one)
        )

    def is_joined(self, one: Iterable[Place], other: Iterable[Place]) -> bool:
        """Whether somebody said that these two are one, or that it cannot be said."""
        one, other = tuple(one), tuple(other)
        said = _rows(self._joined, one) & _rows(self._joined, other)
        return bool(said) or self.is_answered(one, other)


def _rows(by_place: dict[Place, set[int]], places: Iterable[Place]) -> set[int]:
    return {row for place in places if place in by_place for row in by_place[place]}


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
