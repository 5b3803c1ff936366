"""A study's people kept at hand while questions are answered: an answer changes what it touches.

Who may be one with whom is looked up by name and by transcript. Between two lists only people whose
entity is another now are compared anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import islice

from redact.core import Entity, Mention, Place, RosterEntry, Transcript
from redact.link.corrections import Correction
from redact.link.likeness import Likeness, Spoken, likeness, spoken_of
from redact.link.questions import (
    LEAST_WORTH,
    MOST,
    About,
    Answered,
    MayBe,
    Side,
    WhoQuestion,
    about_joins,
    about_kinds,
    about_others,
    in_order,
    question,
    worth_of,
)
from redact.link.scenes import NameUse, read_uses

_CROWD = 40  # people under one name, sound or beginning; none of so many is asked about for it

Ranked = list[tuple[float, str, Likeness]]  # what an answer is worth, whom one may be, and why


class Questioner:
    """The people of these transcripts, as the newest entities have them."""

    def __init__(
        self, transcripts: Iterable[Transcript], roster: tuple[RosterEntry, ...] = ()
    ) -> None:
        self._transcripts = {transcript.id: transcript for transcript in transcripts}
        self._roster = roster
        self._uses: dict[Place, NameUse] = {}
        self._people: dict[str, Spoken] = {}
        self._named: dict[str, dict[str, None]] = defaultdict(dict)  # by what they are found by
        self._spoken_of: dict[str, dict[str, None]] = defaultdict(dict)  # by transcript
        self._alike: dict[str, dict[str, Likeness]] = {}
        self._ranked: dict[str, Ranked] = {}
        self._most: dict[str, float] = {}

    def questions(
        self, entities: Sequence[Entity], corrections: Iterable[Correction] = ()
    ) -> Iterator[WhoQuestion]:
        """All questions that nobody has answered yet, in the order to ask them.

        First about persons, places and organisations, then the joins to look through. No two
        people are in two questions together.
        """
        self._read(entities)
        said = Answered(entities, corrections)
        yield from self._about_people(said)
        texts = {name: transcript.text for name, transcript in self._transcripts.items()}
        kinds = about_kinds(entities, texts, said)
        yield from in_order((*about_others(entities, said), *kinds))
        examples = {one.id: one.example for one in self._people.values()}
        yield from about_joins(entities, examples, said)

    # People as they are now

    def _read(self, entities: Sequence[Entity]) -> None:
        """Takes in what is another since the last time."""
        now = {one.id: one for one in entities if one.label == "PERSON"}
        changed = [
            one
            for one in now.values()
            if (known := self._people.get(one.id)) is None
            or (known.entity is not one and known.entity != one)
        ]
        gone = [name for name in self._people if name not in now]
        self._read_transcripts(now.values(), changed)
        touched: set[str] = set()
        for name in (*gone, *(one.id for one in changed)):
            touched |= self._forget(name)
        added = [self._add(one) for one in changed]
        for person in added:
            touched |= self._compare(person)
        for name in touched:
            self._ranked.pop(name, None)
            self._most.pop(name, None)

    def _read_transcripts(self, people: Iterable[Entity], changed: Iterable[Entity]) -> None:
        """The uses of names in the transcripts of mentions that are new."""
        new = {m.transcript for one in changed for m in one.mentions if m.place not in self._uses}
        if not new:
            return
        mentions: dict[str, list[Mention]] = {name: [] for name in new}
        for one in people:
            for mention in one.mentions:
                if mention.transcript in new:
                    mentions[mention.transcript].append(mention)
        for name, here in mentions.items():
            here.sort(key=lambda mention: mention.span)
            for use in read_uses(self._transcripts[name], here, self._roster):
                self._uses[use.mention.place] = use

    def _add(self, entity: Entity) -> Spoken:
        person = spoken_of(entity, [self._uses[m.place] for m in entity.mentions])
        self._people[person.id] = person
        self._alike[person.id] = {}
        for key in person.keys:
            self._named[key][person.id] = None
        for transcript in person.transcripts:
            self._spoken_of[transcript][person.id] = None
        return person

    def _forget(self, name: str) -> set[str]:
        """Whom this one was alike."""
        person = self._people.pop(name, None)
        if person is None:
            return {name}
        for key in person.keys:
            del self._named[key][name]
        for transcript in person.transcripts:
            del self._spoken_of[transcript][name]
        alike = self._alike.pop(name)
        for other in alike:
            self._alike[other].pop(name, None)
        return {name, *alike}

    def _compare(self, person: Spoken) -> set[str]:
        """Whom this one is alike now."""
        near: dict[str, None] = {}
        for key in sorted(person.keys):
            under = self._named[key]
            if len(under) <= _CROWD:
                near |= under
        by_name = {*near}
        for transcript in sorted(person.transcripts):
            near |= self._spoken_of[transcript]
        mine = self._alike[person.id]
        for name in near:
            if name == person.id or name in mine:
                continue
            alike = likeness(person, self._people[name], by_name=name in by_name)
            if alike is not None:
                mine[name] = self._alike[name][person.id] = alike
        return {person.id, *mine}

    # Questions about them

    def _may_be(self, name: str) -> Ranked:
        """Whom this one may be, the most worth first."""
        if name not in self._ranked:
            mine = self._people[name].mentions
            ranked = [
                (worth_of(mine, self._people[other].mentions) * alike.share, other, alike)
                for other, alike in self._alike[name].items()
            ]
            self._ranked[name] = sorted(ranked, key=lambda one: (-one[0], one[1]))
        return self._ranked[name]

    def _at_most(self, name: str) -> float:
        """What a question about this one is worth where nothing was asked or answered yet."""
        if name not in self._most:
            self._most[name] = _worth(self._may_be(name)[:MOST])
        return self._most[name]

    def _about_people(self, said: Answered) -> Iterator[WhoQuestion]:
        """The question of most worth first; what one has, those after it have no more."""
        spent: set[frozenset[str]] = set()

        def left(name: str) -> Ranked:
            free = (
                one
                for one in self._may_be(name)
                if frozenset((name, one[1])) not in spent and not said.is_answered(name, one[1])
            )
            return list(islice(free, MOST))

        waiting = [(-self._at_most(name), name) for name in self._people]
        heapify(waiting)
        while waiting:
            _, name = heappop(waiting)
            others = left(name)
            worth = _worth(others)
            if worth < LEAST_WORTH:
                continue
            if waiting and worth < -waiting[0][0]:
                heappush(waiting, (-worth, name))
                continue
            spent.update(frozenset((name, other)) for _, other, _ in others)
            yield self._question(name, others, worth)

    def _question(self, name: str, others: Ranked, worth: float) -> WhoQuestion:
        about = About.SPEAKER if self._people[name].speaks_in else About.NAME
        may_be = [
            MayBe(side=self._side(other), clue=alike.clue, share=alike.share)
            for _, other, alike in others
        ]
        return question(about, self._side(name), may_be, worth)

    def _side(self, name: str) -> Side:
        person = self._people[name]
        places = tuple(mention.place for mention in person.entity.mentions)
        return Side(entity=name, places=places, example=person.example)


def _worth(others: Ranked) -> float:
    return sum(worth for worth, _, _ in others)
