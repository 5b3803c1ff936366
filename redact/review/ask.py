"""Questions about who is who, answered at an open study: same, different, or it cannot be said.

An answer is a correction as all others are: in the log first, kept by later runs, and it can be
undone. Several answers given at once are recorded together, or none is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from redact.chain import corrected_entities
from redact.core import Entity, Place
from redact.errors import UsageError
from redact.link.asking import Questioner
from redact.link.corrections import (
    Correction,
    Different,
    DontKnow,
    Group,
    Merge,
    Retype,
    Split,
    correct,
)
from redact.link.likeness import AlikeBy
from redact.link.questions import About, Side, WhoQuestion
from redact.replace.labels import decisions_for
from redact.review.correct import record_all
from redact.study import records
from redact.study.desk import Desk
from redact.study.hold import changed, hold
from redact.study.records import DECISIONS, ENTITIES
from redact.study.state import corrections_of_entities, read_state

_WHITE = re.compile(r"\s+")
CONTEXT = 60  # characters to either side of a name
REASON = "a question about who is who"


class Reply(StrEnum):
    """What a person says of a question."""

    SAME = "same"
    DIFFERENT = "different"
    DONT_KNOW = "dont-know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied:
    """A person's reply to the question of this id.

    With `same` the `numbers` (from 1) are those beside it who are meant, and `pseudonyms` others of
    the study; without either it is the only one beside it.
    """

    id: str
    reply: Reply
    numbers: tuple[int, ...] = ()
    pseudonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SideInWords:
    """One side of a question as it stands in an original, with the words around it, in one line."""

    pseudonym: str
    mentions: int
    file: str  # the steward's own name of it
    before: str = field(repr=False)
    words: str = field(repr=False)
    after: str = field(repr=False)


def in_words(desk: Desk, sides: Iterable[Side]) -> list[SideInWords]:
    """What a person is shown of these sides: the look must be in the log before."""
    shown, texts = _shown(desk), {one.id: one.text for one in desk.transcripts}
    return [_in_words(desk, side, shown, texts[side.example.transcript]) for side in sides]


def _in_words(desk: Desk, side: Side, shown: dict[str, str], text: str) -> SideInWords:
    place = side.example
    return SideInWords(
        pseudonym=shown.get(side.entity, ""),
        mentions=side.mentions,
        file=desk.key.document(place.transcript).source_name,
        before=_one_line(text[max(0, place.start - CONTEXT) : place.start]),
        words=_one_line(text[place.start : place.end]),
        after=_one_line(text[place.end : place.end + CONTEXT]),
    )


def _one_line(text: str) -> str:
    return _WHITE.sub(" ", text)


def _shown(desk: Desk) -> dict[str, str]:
    """By entity its pseudonym."""
    return {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}


def asking_of(desk: Desk) -> Questioner:
    """The people of the study, to be asked about."""
    return Questioner(desk.transcripts, desk.roster)


@dataclass(frozen=True, slots=True)
class AsSaid:
    """Who is who by linking and all corrections, of which some may be newer than the safe texts.

    `is_whole` is false where it is not known which corrections the entities already have.
    """

    entities: tuple[Entity, ...]
    corrections: tuple[Correction, ...]
    is_whole: bool = True


def as_said(desk: Desk, linked: tuple[Entity, ...] | None = None) -> AsSaid:
    """The entities as they were linked, with the corrections made since that say who is one.

    `linked` are those of the study's file, where the caller has read them.
    """
    entities = records.read_entities(desk.study.work / ENTITIES) if linked is None else linked
    corrections = records.read_corrections(desk.study.corrections)
    applied = corrections_of_entities(desk, read_state(desk.study))
    if applied is not None and applied < len(corrections):
        entities = corrected_entities(desk.corpus, entities, corrections, applied)
    return AsSaid(entities, corrections, applied is not None)


def open_questions(
    asking: Questioner, seen: AsSaid, most: int | None = None
) -> tuple[WhoQuestion, ...]:
    """So many of the questions that nobody has answered, in the order to ask them."""
    return tuple(islice(asking.questions(seen.entities, seen.corrections), most))


def take_answers(
    desk: Desk,
    seen: AsSaid,
    questions: Iterable[WhoQuestion],
    answers: Sequence[Replied],
    by: str,
) -> AsSaid:
    """Records the answers, all or none, and gives who is who with them.

    UsageError for an id of which nothing is asked, and for a reply that does not fit its question;
    StudyChanged if somebody made a correction that was not `seen`, or it is not known which of them
    the entities have.
    """
    if not seen.is_whole:
        raise changed(desk.study)
    asked = _those_asked(questions, {told.id for told in answers})
    planned: list[Correction] = []
    after = seen.entities
    for told in answers:
        if told.id not in asked:
            raise UsageError(
                "nothing of this ID is asked",
                where=told.id,
                remedy="It may be answered already. Nothing was recorded now.",
                command=f"`redact questions {desk.study.root}` lists what is open.",
            )
        new = _corrections_of(desk, asked[told.id], told, after)
        planned += new
        for one in new:
            after = correct(after, (one,))
    with hold(desk.study, desk.seen):
        if records.read_corrections(desk.study.corrections) != seen.corrections:
            raise changed(desk.study)
        if planned:
            record_all(desk, planned, by, REASON)
        return AsSaid(after, records.read_corrections(desk.study.corrections))


def _those_asked(questions: Iterable[WhoQuestion], wanted: set[str]) -> dict[str, WhoQuestion]:
    """The questions of these ids, sought no further than they are found."""
    found: dict[str, WhoQuestion] = {}
    for question in questions:
        if question.id in wanted:
            found[question.id] = question
        if len(found) == len(wanted):
            break
    return found


def _corrections_of(
    desk: Desk, question: WhoQuestion, told: Replied, entities: Sequence[Entity]
) -> list[Correction]:
    shown = _shown(desk)
    entity_at = {m.place: one for one in entities for m in one.mentions}
    if question.about is About.JOIN:
        return [_of_a_join(question, told, entity_at, shown)]
    who = _group(entity_at[question.who.places[0]], shown)
    beside = [_group(entity_at[one.side.places[0]], shown) for one in question.others]
    if told.reply is Reply.SAME:
        chosen = [beside[number - 1] for number in _numbers(question, told)]
        chosen += [_group(one, shown) for one in _named(desk, told, entities)]
        retyped = _of_one_kind(question, who, chosen)
        if not retyped:
            _require_alike(told, who, chosen)
        left = [one for one in beside if one not in chosen and one != who]
        passed = [_about(DontKnow, (who, *left))] if left else []
        return [*passed, *retyped, _about(Merge, (who, *chosen))]
    if who in beside:
        raise _amiss(told, "another answer says that two of these are one")
    kind = Different if told.reply is Reply.DIFFERENT else DontKnow
    return [_about(kind, (who, *beside))]


def _of_a_join(
    question: WhoQuestion,
    told: Replied,
    entity_at: dict[Place, Entity],
    shown: dict[str, str],
) -> Correction:
    """One entity, of which a part is somebody else, or not."""
    part, rest = question.who, question.others[0].side
    whole = entity_at[part.places[0]]
    if told.reply is Reply.DIFFERENT:
        here = {m.place for m in whole.mentions}
        away = tuple(place for place in part.places if place in here)
        return Split(places=away, before=(_group(whole, shown),))
    if told.reply is Reply.SAME:
        places = (part.places[0], rest.places[0])
        return Merge(places=places, before=(_group(whole, shown),))
    groups = (_part(whole, part, shown), _part(whole, rest, shown))
    return _about(DontKnow, groups)


def _numbers(question: WhoQuestion, told: Replied) -> tuple[int, ...]:
    if not told.numbers and not told.pseudonyms:
        if len(question.others) > 1:
            raise _amiss(told, f"{len(question.others)} are beside it: say which is the same")
        return (1,)
    if any(not 1 <= number <= len(question.others) for number in told.numbers):
        raise _amiss(told, f"the numbers beside it are 1 to {len(question.others)}")
    return tuple(dict.fromkeys(told.numbers))


def _named(desk: Desk, told: Replied, entities: Iterable[Entity]) -> list[Entity]:
    decisions = records.read_decisions(desk.study.work / DECISIONS)
    by_id = {one.id: one for one in entities}
    found = []
    for name in told.pseudonyms:
        meant = decisions_for(decisions, name)
        if len(meant) != 1 or meant[0].entity not in by_id:
            raise _amiss(told, "it names a pseudonym that no one, or more than one, has")
        found.append(by_id[meant[0].entity])
    return found


def _of_one_kind(question: WhoQuestion, who: Group, chosen: Sequence[Group]) -> list[Correction]:
    """Where a place and an organisation are one: it is what a row lists, or most mentions say."""
    groups = (who, *chosen)
    of_kinds = all(one.clue is AlikeBy.KINDS for one in question.others)
    if not of_kinds or {one.label for one in groups} != {"ORG", "PLACE"}:
        return []
    most = max(groups, key=lambda one: (one.roster_row is not None, len(one.places)))
    return [
        Retype(places=one.places, before=(one,), label=most.label)
        for one in groups
        if one.label != most.label
    ]


def _require_alike(told: Replied, who: Group, chosen: Iterable[Group]) -> None:
    labels = sorted({who.label, *(one.label for one in chosen)})
    if len(labels) > 1:
        raise _amiss(told, f"these are of different kinds ({', '.join(labels)})")


def _about(kind: type[Correction], groups: tuple[Group, ...]) -> Correction:
    groups = tuple(dict.fromkeys(groups))
    return kind(places=tuple(group.places[0] for group in groups), before=groups)


def _group(entity: Entity, shown: dict[str, str]) -> Group:
    places = tuple(mention.place for mention in entity.mentions)
    return Group(
        pseudonym=shown.get(entity.id, ""),
        label=entity.label,
        places=places,
        roster_row=entity.roster_row,
    )


def _part(entity: Entity, side: Side, shown: dict[str, str]) -> Group:
    return Group(
        pseudonym=shown.get(entity.id, ""), label=entity.label, places=side.places, roster_row=None
    )


def _amiss(told: Replied, what: str) -> UsageError:
    return UsageError(
        what,
        where=told.id,
        remedy=f"Say {told.id}=same:1,2 (numbers beside it), {told.id}=different or "
        f"{told.id}=dont-know. Nothing was recorded.",
    )
