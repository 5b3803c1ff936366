"""A person joins, parts, renames, retypes entities of a study or chooses what becomes of them.

Every word is recorded with how it was before, logged, and can be undone; none is lost.
"""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

from redact.audit.events import DecisionRecorded, RunFinished
from redact.audit.log import open_log, utc_now
from redact.core import LABELS, Action, Entity, Place
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.link.corrections import (
    Act,
    Apart,
    Correction,
    Group,
    Merge,
    Rename,
    Retype,
    Split,
    Undo,
    can_be_undone,
)
from redact.replace.labels import decisions_for
from redact.replace.personas import read_persona
from redact.study import records
from redact.study.desk import Desk, log_start
from redact.study.linkage import read_safe
from redact.study.records import DECISIONS, ENTITIES
from redact.study.search import name_words
from redact.transcript.words import fold, words

_PSEUDONYM = re.compile(r"\[[^\[\]\r\n]{1,60}\]")


def merge(desk: Desk, pseudonyms: tuple[str, ...], by: str, reason: str) -> None:
    """These pseudonyms are one; UsageError unless they are two or more of one study."""
    meant = list({e.id: e for e in (_entity(desk, name) for name in pseudonyms)}.values())
    if len(meant) < 2:
        raise _usage("name two or more pseudonyms to be joined", "[Person 3] [Person 9]")
    places = tuple(entity.mentions[0].place for entity in meant)
    _record(desk, Merge(places=places, before=_before(desk, meant)), by, reason)


def apart(desk: Desk, pseudonyms: tuple[str, ...], by: str, reason: str) -> None:
    """These pseudonyms are each somebody else, and no question is left about them."""
    meant = list({e.id: e for e in (_entity(desk, name) for name in pseudonyms)}.values())
    if not meant:
        raise _usage("name the pseudonyms that are somebody each", "[Person 3] [Person 9]")
    places = tuple(entity.mentions[0].place for entity in meant)
    _record(desk, Apart(places=places, before=_before(desk, meant)), by, reason)


def split(desk: Desk, pseudonym: str, at: tuple[str, ...], by: str, reason: str) -> None:
    """What this pseudonym hides at these FILE:LINE places is somebody else."""
    entity = _entity(desk, pseudonym)
    lines = [_line_span(desk, place) for place in at]
    away = tuple(
        m.place
        for m in entity.mentions
        if any(
            m.transcript == line.transcript and line.start <= m.start < line.end for line in lines
        )
    )
    _part(desk, entity, away, by, reason)


def split_places(
    desk: Desk, pseudonym: str, places: frozenset[tuple[str, int]], by: str, reason: str
) -> None:
    """What this pseudonym hides where these mentions begin is somebody else."""
    entity = _entity(desk, pseudonym)
    away = tuple(m.place for m in entity.mentions if (m.transcript, m.start) in places)
    _part(desk, entity, away, by, reason)


def _part(desk: Desk, entity: Entity, away: tuple[Place, ...], by: str, reason: str) -> None:
    if not away or len(away) == len(entity.mentions):
        raise _usage("these places are none or all of what the pseudonym hides", "scot_01.txt:12")
    _record(desk, Split(places=away, before=_before(desk, [entity])), by, reason)


def rename(desk: Desk, pseudonym: str, to: str, by: str, reason: str) -> None:
    """The entity is shown under another label or surrogate, one that nobody has."""
    entity, wanted = _entity(desk, pseudonym), normalize("NFC", to.strip())
    named = desk.policy.actions.of(entity.label) == "surrogate" and read_persona(wanted)
    wanted = wanted if named else _bracketed(wanted)
    if not named and not _PSEUDONYM.fullmatch(wanted):
        raise _usage("a pseudonym is 1 to 60 characters in one pair of brackets", "[Manager A]")
    taken = {d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    if wanted in taken | {entry.pseudonym for entry in desk.key.entries}:
        raise _usage("this pseudonym is somebody's, or was", "[Manager A]")
    said = set(name_words(desk.key))
    if named:  # a name may be nobody's, not even in passing
        said |= {word.folded for t in desk.transcripts for word in words(t.text)}
    if said.intersection(fold(wanted)):
        raise _usage("this pseudonym has a name of the study in it", "[Manager A]")
    first, before = entity.mentions[0].place, _before(desk, [entity])
    _record(desk, Rename(places=(first,), before=before, pseudonym=wanted), by, reason)


def retype(desk: Desk, pseudonym: str, label: str, by: str, reason: str) -> None:
    """The entity is a person, a place, an organisation … after all."""
    wanted = next((one for one in LABELS if one == label), None)
    if wanted is None:
        raise _usage(f"a label is one of {', '.join(LABELS)}", "PLACE")
    entity = _entity(desk, pseudonym)
    places = tuple(mention.place for mention in entity.mentions)
    before = _before(desk, [entity])
    _record(desk, Retype(places=places, before=before, label=wanted), by, reason)


def act(desk: Desk, pseudonyms: tuple[str, ...], action: str, by: str, reason: str) -> None:
    """What becomes of these entities, whatever the policy says of their label."""
    meant = [_entity(desk, pseudonym) for pseudonym in dict.fromkeys(pseudonyms)]
    if not meant:
        raise _usage("name the pseudonyms that are meant", "[Place 2] keep")
    possible = _possible(desk, meant, action)
    places = tuple(mention.place for entity in meant for mention in entity.mentions)
    _record(desk, Act(places=places, before=_before(desk, meant), action=possible), by, reason)


def undo(desk: Desk, number: int | None, by: str, reason: str) -> None:
    """Brings back what was before this correction, numbered from 1 in corrections.jsonl.

    Without a number it is the newest that can be. Raises UsageError for one that does not hold any
    more, or on which a later one rests.
    """
    corrections = records.read_corrections(desk.study.corrections)
    if number is None:
        held = range(len(corrections), 0, -1)
        number = next((n for n in held if can_be_undone(corrections, n)), 0)
    if not can_be_undone(corrections, number):
        raise UsageError(
            "there is nothing of this number to undo",
            where="redact entity",
            remedy="Undo the later corrections of the same pseudonyms first, the newest at first.",
        )
    mine = corrections[number - 1]
    places = tuple(dict.fromkeys(place for group in mine.before for place in group.places))
    _record(desk, Undo(places=places, row=number), by, reason)


def _possible(desk: Desk, entities: list[Entity], action: str) -> Action:
    """The action, if it can become of all of these entities; UsageError if it cannot."""
    for entity in entities:
        possible = desk.policy.actions.possible(entity.label)
        if action not in possible:
            raise _usage(f"of {entity.label} can become: {', '.join(possible)}", possible[0])
    return next(one for one in possible if one == action)


def _before(desk: Desk, meant: list[Entity]) -> tuple[Group, ...]:
    """The entities as they are, to bring them back."""
    shown = {d.entity: d.pseudonym for d in records.read_decisions(desk.study.work / DECISIONS)}
    return tuple(
        Group(
            pseudonym=shown[entity.id],
            label=entity.label,
            places=tuple(mention.place for mention in entity.mentions),
            roster_row=entity.roster_row,
        )
        for entity in meant
    )


def _record(desk: Desk, correction: Correction, by: str, reason: str) -> None:
    correction = replace(correction, by=normalize("NFC", by), time=utc_now())
    path = desk.study.corrections
    corrections = [*records.read_corrections(path), correction]
    with open_log(desk.log, desk.actor()) as log:
        log_start(log, desk, "entity")
        log.append(
            DecisionRecorded(
                action=correction.kind,
                by=normalize("NFC", by),
                reason=normalize("NFC", reason),
                counts={"mentions": len(correction.places)},
                docs=tuple(sorted({place.transcript for place in correction.places})),
            )
        )
        records.write_corrections(path, corrections)
        log.append(RunFinished(command="entity", outcome="done", exit=0))


def _entity(desk: Desk, pseudonym: str) -> Entity:
    decisions = records.read_decisions(desk.study.work / DECISIONS)
    meant = decisions_for(decisions, pseudonym)
    for entity in records.read_entities(desk.study.work / ENTITIES):
        if len(meant) == 1 and entity.id == meant[0].entity:
            return entity
    if meant:
        raise UsageError(
            f"{len(meant)} entities are shown like this",
            where=pseudonym,
            remedy="Use the pseudonyms that `redact explain` gives for their places.",
        )
    raise UsageError(
        "nobody in this study has this pseudonym",
        where=pseudonym,
        remedy="Copy it from a safe transcript, for example '[Person 3]'.",
    )


def _bracketed(text: str) -> str:
    return text if text.startswith("[") else f"[{text}]"


def _line_span(desk: Desk, place: str) -> Place:
    """The stretch of the original at FILE:LINE of the safe transcripts, line for line the same."""
    name, _, line = place.rpartition(":")
    for document, transcript in zip(desk.key.documents, desk.transcripts, strict=True):
        if stem_of(document.safe_name) == stem_of(name) and line.isdigit():
            read_safe(desk.study.safe, document, desk.policy.formats)
            edges = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", transcript.text))]
            edges.append(len(transcript.text) + 1)
            if 1 <= int(line) < len(edges):
                return Place.at(transcript.id, edges[int(line) - 1], edges[int(line)])
    raise UsageError(
        "this is no line of a safe transcript",
        where=place,
        remedy="Give FILE:LINE as in the study's safe/ folder, for example scot_01.txt:12.",
    )


def _usage(what: str, example: str) -> UsageError:
    return UsageError(what, where="redact entity", remedy=f"For example {example}.")
