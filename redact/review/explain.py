"""Why a pseudonym stands where it stands: what was replaced, by which rule, from which evidence.

All of it comes from the study's working files and safe transcripts, which hold no original word.
Originals are shown only with the linkage key, and showing them is logged before it is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from redact.audit.events import LinkageRevealed
from redact.core import Decision, Entity, Mention
from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.formats.registry import read_file, stem_of
from redact.formats.text import read_bytes
from redact.key.looks import Showing, approved, looking
from redact.policy import Handling
from redact.replace.grammar import GRAMMAR
from redact.replace.labels import decisions_for
from redact.study import records
from redact.study.desk import handling_of, open_desk
from redact.study.folder import Study
from redact.study.nameless import require_nameless
from redact.study.placements import Placements
from redact.study.records import DECISIONS, ENTITIES, PLACES

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereItStands:
    """One place of a safe transcript: its file, line (from 1) and what stands there.

    `sources` are what detection saw there, `original` the words of the source if asked for.
    """

    file: str
    line: int
    shown: str
    score: float
    sources: tuple[str, ...]
    original: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One pseudonym: the decision about it, why its mentions are one, and where they stand."""

    pseudonym: str
    label: str
    kind: str
    action: str
    by: str
    reason: str
    why: tuple[str, ...]
    question: str
    owner: str
    transcripts: int
    occurrences: tuple[WhereItStands, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What the study's working files say."""

    study: Study
    entities: dict[str, Entity]
    decisions: dict[str, Decision]
    placements: tuple[Placements, ...]
    handling: Handling
    safe: dict[str, str] = field(default_factory=dict)  # safe texts by file, each read once


def explain(
    study: Study,
    what: str,
    opener: Opener | None = None,
    reason: str = "",
    second: Opener | None = None,
) -> tuple[Explanation, ...]:
    """What stands behind a pseudonym, or behind each one on FILE:LINE of the safe transcripts.

    With an `opener` the originals are shown too, logged as linkage.revealed. Raises UsageError if
    there is no such pseudonym, file or line.
    """
    study.require()
    work = _read(study)
    file, _, line = what.rpartition(":")
    if file and line.isdigit() and not what.startswith("["):
        chosen = _on_line(work, file, int(line))
        only = (stem_of(Path(file).name), int(line))
    else:
        chosen, only = [_named(work, what)], None
    if opener is None:
        return tuple(_explanation(work, entity, only, {}) for entity in chosen)
    desk = open_desk(study, opener)
    require_nameless(desk.key, reason, "--reason")
    docs = {m.transcript for entity in chosen for m in entity.mentions}
    explaining = LinkageRevealed(
        phase="intent",
        purpose=normalize("NFC", ": ".join(filter(None, (Showing.EXPLAIN, reason)))),
        documents=len(docs),
        entries=len(chosen),
        approved_by=approved(study, opener, second),
    )
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    with looking(study, explaining):
        return tuple(_explanation(work, entity, only, texts) for entity in chosen)


def _read(study: Study) -> _Work:
    if not (study.work / PLACES).is_file():
        raise UsageError(
            "nothing was replaced in this study yet",
            where=str(study.root),
            remedy="Make them first.",
            command="`redact replace` makes them.",
        )
    decisions = records.read_decisions(study.work / DECISIONS)
    return _Work(
        study=study,
        entities={entity.id: entity for entity in records.read_entities(study.work / ENTITIES)},
        decisions={decision.entity: decision for decision in decisions},
        placements=records.read_placements(study.work / PLACES),
        handling=handling_of(study),
    )


def _named(work: _Work, what: str) -> Entity:
    """The entity of a pseudonym, with or without its brackets, in any case."""
    decisions = decisions_for(work.decisions.values(), what)
    if len(decisions) == 1:
        return work.entities[decisions[0].entity]
    if decisions:
        raise UsageError(
            f"{len(decisions)} entities are shown like this",
            where=what,
            remedy="Give a place instead, for example scot_01.txt:12.",
        )
    raise UsageError(
        "nothing in this study has this pseudonym",
        where=what,
        remedy="Copy it from a safe transcript, or give a place, for example scot_01.txt:12.",
    )


def _on_line(work: _Work, file: str, line: int) -> list[Entity]:
    for placements in work.placements:
        if stem_of(placements.file) == stem_of(Path(file).name):
            text = _safe_text(work, placements)
            edges = [0, *(m.end() for m in _LINE_END.finditer(text)), len(text) + 1]
            if not 1 <= line < len(edges):
                break
            here = range(edges[line - 1], edges[line])
            ids = [
                placement.entity
                for placement in placements.placed
                if placement.safe.start in here and placement.entity != GRAMMAR
            ]
            if not ids:
                raise UsageError(
                    "nothing was replaced on this line",
                    where=f"{file}:{line}",
                    remedy="Lines are counted from 1 in the file under safe/.",
                )
            return [work.entities[entity] for entity in dict.fromkeys(ids)]
    raise UsageError(
        "this is no line of a safe transcript",
        where=f"{file}:{line}",
        remedy="Give FILE:LINE as in the study's safe/ folder, for example scot_01.txt:12.",
    )


def _explanation(
    work: _Work, entity: Entity, only: tuple[str, int] | None, texts: dict[str, str]
) -> Explanation:
    decision = work.decisions[entity.id]
    owner = work.decisions.get(entity.owner) if entity.owner else None
    return Explanation(
        pseudonym=decision.pseudonym,
        label=entity.label,
        kind=entity.kind or "",
        action=decision.action,
        by=decision.by,
        reason=decision.reason,
        why=entity.why,
        question=entity.question or "",
        owner=owner.pseudonym if owner else "",
        transcripts=len({mention.transcript for mention in entity.mentions}),
        occurrences=tuple(
            occurrence
            for placements in work.placements
            for occurrence in _occurrences(work, entity, placements, texts)
            if only is None or (stem_of(occurrence.file), occurrence.line) == only
        ),
    )


def _occurrences(
    work: _Work, entity: Entity, placements: Placements, texts: dict[str, str]
) -> list[WhereItStands]:
    placed = [placement for placement in placements.placed if placement.entity == entity.id]
    if not placed:
        return []
    safe = _safe_text(work, placements)
    mentions = [m for m in entity.mentions if m.transcript == placements.transcript]
    text = texts.get(placements.transcript, "")
    occurrences = []
    for placement in placed:
        original, shown = placement.original, placement.safe
        here = [m for m in mentions if m.span.overlaps(original)]
        occurrences.append(
            WhereItStands(
                file=placements.file,
                line=1 + len(_LINE_END.findall(safe, 0, shown.start)),
                shown=safe[shown.start : shown.end],
                score=max((m.score for m in here), default=0.0),
                sources=_sources(here),
                original=text[original.start : original.end],
            )
        )
    return occurrences


def _safe_text(work: _Work, placements: Placements) -> str:
    if placements.file not in work.safe:
        path = work.study.safe / placements.file
        reading = read_file(
            read_bytes(path), path.name, str(path), work.handling, placements.encoding
        )
        work.safe[placements.file] = reading.text
    return work.safe[placements.file]


def _sources(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for mention in mentions for source in mention.sources))
