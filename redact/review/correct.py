"""A person joins, parts, renames, retypes entities of a study or chooses what becomes of them.

Every word is recorded with how it was before, logged, and can be undone; none is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from unicodedata import normalize

from redact.audit.events import DecisionRecorded, RunFinished
from redact.audit.log import utc_now
from redact.core import LABELS, Action, Decision, Entity, Place
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
from redact.study.hold import hold
from redact.study.linkage import read_safe
from redact.study.nameless import require_nameless
from redact.study.records import DECISIONS, ENTITIES
from redact.study.search import name_words
from redact.study.word_files import record_whole, require_vouched
from redact.transcript.words import fold, words

_AT = re.compile(r"@(D\d+):(\d+)")  # one who has no pseudonym yet, by a place
_PSEUDONYM = re.compile(r"\[[^\[\]\r\n]{1,60}\]")


@dataclass(frozen=True, slots=True)
class Known:
    """Who is who before a correction, and what they are shown as: read once for all it asks."""

    entities: tuple[Entity, ...]
    decisions: tuple[Decision, ...]

    def meant(self, name: str) -> Entity:
        """Who has this pseudonym, or stands where `@D0001:16` says; UsageError for none or two."""
        if at := _AT.fullmatch(name):
            place = (at[1], int(at[2]))
            for entity in self.entities:
                if any((m.transcript, m.start) == place for m in entity.mentions):
                    return entity
        meant = decisions_for(self.decisions, name)
        for entity in self.entities:
            if len(meant) == 1 and entity.id == meant[0].entity:
                return entity
        if len(meant) > 1:
            raise UsageError(
                f"{len(meant)} entities are shown like this",
                where=name,
                remedy="Tick them in the list, or use the pseudonyms of their places.",
                command="`redact explain` gives those.",
            )
        raise UsageError(
            "nobody in this study has this pseudonym",
            where=name,
            remedy="Copy it from a safe transcript, for example '[Person 3]'.",
        )

    def as_they_were(self, meant: list[Entity]) -> tuple[Group, ...]:
        """The entities as they are, to bring them back."""
        shown = {d.entity: d.pseudonym for d in self.decisions}
        return tuple(
            Group(
                pseudonym=shown.get(entity.id, ""),
                label=entity.label,
                places=tuple(mention.place for mention in entity.mentions),
                roster_row=entity.roster_row,
            )
            for entity in meant
        )


def known_of(desk: Desk) -> Known:
    """Who is who as it was linked last, and shown."""
    work = desk.study.work
    return Known(records.read_entities(work / ENTITIES), records.read_decisions(work / DECISIONS))


def merge(
    desk: Desk, pseudonyms: tuple[str, ...], by: str, reason: str, known: Known | None = None
) -> None:
    """These pseudonyms are one; UsageError unless they are two or more of one study."""
    if _holds(desk, Merge, pseudonyms):
        return
    known = known or known_of(desk)
    meant = list({e.id: e for e in map(known.meant, pseudonyms)}.values())
    if len(meant) < 2:
        raise _usage("name two or more pseudonyms to be joined", "[Person 3] [Person 9]")
    labels = sorted({entity.label for entity in meant})
    if len(labels) > 1:
        raise UsageError(
            f"these are of different kinds ({', '.join(labels)}): only like can be joined",
            where=", ".join(pseudonyms),
            remedy="If one was taken for the wrong kind, change its kind first.",
            command=f"`redact entity retype STUDY PSEUDONYM {labels[0]}` does it.",
        )
    places = tuple(entity.mentions[0].place for entity in meant)
    record(desk, Merge(places=places, before=known.as_they_were(meant)), by, reason)


def apart(
    desk: Desk, pseudonyms: tuple[str, ...], by: str, reason: str, known: Known | None = None
) -> None:
    """These pseudonyms are each somebody else, and no question is left about them."""
    if _holds(desk, Apart, pseudonyms):
        return
    known = known or known_of(desk)
    meant = list({e.id: e for e in map(known.meant, pseudonyms)}.values())
    if not meant:
        raise _usage("name the pseudonyms that are somebody each", "[Person 3] [Person 9]")
    places = tuple(entity.mentions[0].place for entity in meant)
    record(desk, Apart(places=places, before=known.as_they_were(meant)), by, reason)


def split(desk: Desk, pseudonym: str, at: tuple[str, ...], by: str, reason: str) -> None:
    """What this pseudonym hides at these FILE:LINE places is somebody else."""
    lines = [_line_span(desk, place) for place in at]
    if _holds(desk, Split, (pseudonym,), lambda said: _lie_in(said.places, lines)):
        return
    known = known_of(desk)
    entity = known.meant(pseudonym)
    away = tuple(
        m.place
        for m in entity.mentions
        if any(
            m.transcript == line.transcript and line.start <= m.start < line.end for line in lines
        )
    )
    _part(desk, known, entity, away, by, reason)


def split_places(
    desk: Desk,
    pseudonym: str,
    places: frozenset[tuple[str, int]],
    by: str,
    reason: str,
    known: Known | None = None,
) -> None:
    """What this pseudonym hides where these mentions begin is somebody else."""
    if _holds(
        desk,
        Split,
        (pseudonym,),
        lambda said: {(p.transcript, p.start) for p in said.places} == places,
    ):
        return
    known = known or known_of(desk)
    entity = known.meant(pseudonym)
    away = tuple(m.place for m in entity.mentions if (m.transcript, m.start) in places)
    _part(desk, known, entity, away, by, reason)


def _part(
    desk: Desk, known: Known, entity: Entity, away: tuple[Place, ...], by: str, reason: str
) -> None:
    if not away or len(away) == len(entity.mentions):
        raise _usage("these places are none or all of what the pseudonym hides", "scot_01.txt:12")
    record(desk, Split(places=away, before=known.as_they_were([entity])), by, reason)


def rename(
    desk: Desk, pseudonym: str, to: str, by: str, reason: str, known: Known | None = None
) -> None:
    """The entity is shown under another label or surrogate, one that nobody has."""
    wanted = normalize("NFC", to.strip())
    shown = {wanted, _bracketed(wanted)}
    if _holds(desk, Rename, (pseudonym,), lambda said: said.pseudonym in shown):
        return
    known = known or known_of(desk)
    entity = known.meant(pseudonym)
    named = desk.policy.actions.of(entity.label) == "surrogate" and read_persona(wanted)
    wanted = wanted if named else _bracketed(wanted)
    if not named and not (_PSEUDONYM.fullmatch(wanted) and wanted.isprintable()):
        raise _usage("a pseudonym is 1 to 60 characters in one pair of brackets", "[Manager A]")
    if not any(char.isalnum() for char in wanted):
        raise _usage("a pseudonym has a letter or a figure in it", "[Manager A]")
    taken = {d.pseudonym for d in known.decisions}
    taken |= {entry.pseudonym for entry in desk.key.entries}
    if _read_alike(wanted) in {_read_alike(one) for one in taken}:
        raise _usage("this pseudonym is somebody's, or was", "[Manager A]")
    said = set(name_words(desk.key))
    if named:  # a name may be nobody's, not even in passing
        said |= {word.folded for t in desk.transcripts for word in words(t.text)}
    for number, word in enumerate(fold(wanted), start=1):
        if word in said:
            raise _usage(f"word {number} of this pseudonym is a real name here", "[Manager A]")
    first, before = entity.mentions[0].place, known.as_they_were([entity])
    record(desk, Rename(places=(first,), before=before, pseudonym=wanted), by, reason)


def _read_alike(pseudonym: str) -> str:
    """What is equal for two pseudonyms that a reader takes for one."""
    return " ".join(normalize("NFKC", pseudonym).casefold().split())


def retype(
    desk: Desk, pseudonym: str, label: str, by: str, reason: str, known: Known | None = None
) -> None:
    """The entity is a person, a place, an organisation … after all."""
    wanted = next((one for one in LABELS if one == label), None)
    if wanted is None:
        raise _usage(f"a label is one of {', '.join(LABELS)}", "PLACE")
    if _holds(desk, Retype, (pseudonym,), lambda said: said.label == label):
        return
    known = known or known_of(desk)
    entity = known.meant(pseudonym)
    places = tuple(mention.place for mention in entity.mentions)
    before = known.as_they_were([entity])
    record(desk, Retype(places=places, before=before, label=wanted), by, reason)


def act(
    desk: Desk,
    pseudonyms: tuple[str, ...],
    action: str,
    by: str,
    reason: str,
    known: Known | None = None,
) -> None:
    """What becomes of these entities, whatever the policy says of their label."""
    if _holds(desk, Act, pseudonyms, lambda said: said.action == action):
        return
    known = known or known_of(desk)
    meant = [known.meant(pseudonym) for pseudonym in dict.fromkeys(pseudonyms)]
    if not meant:
        raise _usage("name the pseudonyms that are meant", "[Place 2] keep")
    possible = _possible(desk, meant, action)
    places = tuple(mention.place for entity in meant for mention in entity.mentions)
    record(desk, Act(places=places, before=known.as_they_were(meant), action=possible), by, reason)


def undo(desk: Desk, number: int | None, by: str, reason: str) -> None:
    """Brings back what was before this correction, numbered from 1 in corrections.jsonl.

    Without a number it is the newest that can be. Raises UsageError for one that does not hold any
    more, or on which a later one rests.
    """
    corrections = records.read_corrections(desk.study.corrections)
    newest = corrections[-1] if corrections else None
    if number is not None and isinstance(newest, Undo) and newest.row == number:
        return  # given again after it was cut short
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
    record(desk, Undo(places=places, row=number), by, reason)


def _holds[Kind: Correction](
    desk: Desk,
    kind: type[Kind],
    pseudonyms: tuple[str, ...],
    is_same: Callable[[Kind], bool] = lambda _: True,
) -> bool:
    """Whether just this was recorded before and holds, untouched by a later correction.

    A command that was killed after it was recorded is given again: what it names may be gone, as
    two pseudonyms are that became one.
    """
    rows = records.read_corrections(desk.study.corrections)
    meant = {_bracketed(name).casefold() for name in pseudonyms}
    return any(
        isinstance(row, kind)
        and {group.pseudonym.casefold() for group in row.before} == meant
        and can_be_undone(rows, number)
        and is_same(row)
        for number, row in enumerate(rows, start=1)
    )


def _lie_in(places: tuple[Place, ...], lines: list[Place]) -> bool:
    """Whether the places lie in these lines, and in each of them one."""

    def has(line: Place, place: Place) -> bool:
        return line.transcript == place.transcript and line.start <= place.start < line.end

    return all(any(has(line, place) for line in lines) for place in places) and all(
        any(has(line, place) for place in places) for line in lines
    )


def _possible(desk: Desk, entities: list[Entity], action: str) -> Action:
    """The action, if it can become of all of these entities; UsageError if it cannot."""
    for entity in entities:
        possible = desk.policy.actions.possible(entity.label)
        if action not in possible:
            raise _usage(f"of {entity.label} can become: {', '.join(possible)}", possible[0])
    return next(one for one in possible if one == action)


def as_they_were(desk: Desk, meant: list[Entity]) -> tuple[Group, ...]:
    """The entities as they are, to bring them back."""
    decisions = records.read_decisions(desk.study.work / DECISIONS)
    return Known((), decisions).as_they_were(meant)


def record(desk: Desk, correction: Correction, by: str, reason: str) -> None:
    """One correction, in the log first; UsageError for a reason with a name of the study in it."""
    require_nameless(desk.key, reason, "--reason")
    record_all(desk, (correction,), by, reason)


def record_all(desk: Desk, new: Iterable[Correction], by: str, reason: str) -> None:
    """All of these corrections, or none; in the log first. The reason is redact's own."""
    by, reason = normalize("NFC", by), normalize("NFC", reason)
    new = [replace(correction, by=by, time=utc_now()) for correction in new]
    path = desk.study.corrections
    kinds = Counter(correction.kind for correction in new)
    places = [place for correction in new for place in correction.places]
    with hold(desk.study, desk.seen) as log:
        corrections = [*records.read_corrections(path), *new]
        log_start(log, desk, "entity")
        decided = DecisionRecorded(
            action=new[0].kind if len(kinds) == 1 else "answers",
            by=by,
            reason=reason,
            counts={"mentions": len(places), **(kinds if len(kinds) > 1 else {})},
            docs=tuple(sorted({place.transcript for place in places})),
        )
        lines = records.correction_lines(corrections)
        require_vouched(desk.study, desk.key.secret)
        record_whole(log, desk.key.secret, path, lines, decided)
        log.append(RunFinished(command="entity", outcome="done", exit=0))


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
