"""Why a pseudonym stands where it stands: what was replaced, by which rule, from which evidence.

All of it comes from the study's working files and safe transcripts, which hold no original word.
Originals are shown only with the linkage key, and showing them is logged before it is done.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from unicodedata import normalize

from redact.audit.events import LinkageRevealed
from redact.audit.log import open_log
from redact.core import Decision, Entity, Mention
from redact.custody.keyfile import Opener
from redact.errors import UsageError
from redact.formats.registry import read_file, stem_of
from redact.formats.text import read_bytes
from redact.key.reveal import approved
from redact.policy import Handling
from redact.replace.grammar import GRAMMAR
from redact.replace.labels import decisions_for
from redact.study import records
from redact.study.desk import handling_of, open_desk
from redact.study.folder import Study, actor
from redact.study.records import DECISIONS, ENTITIES, PLACES

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place of a safe transcript: its file, line (from 1) and what stands there.

    `sources` are what detection saw there, `original` the words of the source if asked for.
    """

    file: str
    line: int
    shown: str
    score: float
    sources: tuple[str, ...]
    original: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
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
    occurrences: tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """What the study's working files say."""

    study: Study
    entities: dict[str, Entity]
    decisions: dict[str, Decision]
    places: tuple[records.Places, ...]
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
    texts = _originals(study, opener, second, reason) if opener else {}
    return tuple(_explanation(work, entity, only, texts) for entity in chosen)


def _read(study: Study) -> _Work:
    if not (study.work / PLACES).is_file():
        raise UsageError(
            "nothing was replaced in this study yet",
            where=str(study.root),
            remedy="Run `redact replace` first.",
        )
    decisions = records.read_decisions(study.work / DECISIONS)
    return _Work(
        study,
        {entity.id: entity for entity in records.read_entities(study.work / ENTITIES)},
        {decision.entity: decision for decision in decisions},
        records.read_places(study.work / PLACES),
        handling_of(study),
    )


def _named(work: _Work, what: str) -> Entity:
    """The entity of a pseudonym, with or without its brackets, in any case."""
    found = decisions_for(work.decisions.values(), what)
    if len(found) == 1:
        return work.entities[found[0].entity]
    if found:
        raise UsageError(
            f"{len(found)} entities are shown like this",
            where=what,
            remedy="Give a place instead, for example scot_01.txt:12.",
        )
    raise UsageError(
        "nothing in this study has this pseudonym",
        where=what,
        remedy="Copy it from a safe transcript, or give a place, for example scot_01.txt:12.",
    )


def _on_line(work: _Work, file: str, line: int) -> list[Entity]:
    for places in work.places:
        if stem_of(places.file) == stem_of(Path(file).name):
            text = _safe_text(work, places)
            edges = [0, *(m.end() for m in _LINE_END.finditer(text)), len(text) + 1]
            if not 1 <= line < len(edges):
                break
            ids = [entity for _, _, at, _, entity in places.spans
                   if edges[line - 1] <= at < edges[line] and entity != GRAMMAR]  # fmt: skip
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


def _originals(study: Study, opener: Opener, second: Opener | None, reason: str) -> dict[str, str]:
    """The sources' texts by transcript, after the intent to show parts of them was logged."""
    desk = open_desk(study, opener)
    names = approved(study, opener, second)
    with open_log(study.audit, actor(study)) as log:
        count = len(desk.key.documents)
        purpose = normalize("NFC", f"explain: {reason}" if reason else "explain")
        revealing = LinkageRevealed(
            phase="intent", purpose=purpose, documents=count, approved_by=names
        )
        log.append(revealing)
        log.append(replace(revealing, phase="done"))
    return {transcript.id: transcript.text for transcript in desk.transcripts}


def _explanation(
    work: _Work, entity: Entity, only: tuple[str, int] | None, texts: dict[str, str]
) -> Explanation:
    decision = work.decisions[entity.id]
    owner = work.decisions.get(entity.owner)
    return Explanation(
        decision.pseudonym,
        entity.label,
        entity.kind,
        decision.action,
        decision.by,
        decision.reason,
        entity.why,
        entity.question,
        owner.pseudonym if owner else "",
        len({mention.transcript for mention in entity.mentions}),
        tuple(
            occurrence
            for places in work.places
            for occurrence in _occurrences(work, entity, places, texts)
            if only is None or (stem_of(occurrence.file), occurrence.line) == only
        ),
    )


def _occurrences(
    work: _Work, entity: Entity, places: records.Places, texts: dict[str, str]
) -> list[Occurrence]:
    spans = [span for span in places.spans if span[4] == entity.id]
    if not spans:
        return []
    safe = _safe_text(work, places)
    mentions = [m for m in entity.mentions if m.transcript == places.transcript]
    found = []
    for start, end, safe_start, safe_end, _ in spans:
        here = [m for m in mentions if m.start < end and start < m.end]
        found.append(
            Occurrence(
                places.file,
                1 + len(_LINE_END.findall(safe, 0, safe_start)),
                safe[safe_start:safe_end],
                max((m.score for m in here), default=0.0),
                _sources(here),
                texts[places.transcript][start:end] if places.transcript in texts else "",
            )
        )
    return found


def _safe_text(work: _Work, places: records.Places) -> str:
    if places.file not in work.safe:
        path = work.study.safe / places.file
        reading = read_file(read_bytes(path), path.name, str(path), work.handling, places.encoding)
        work.safe[places.file] = reading.text
    return work.safe[places.file]


def _sources(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for mention in mentions for source in mention.sources))
