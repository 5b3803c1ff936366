"""A study opened for work: its sources read again and proven unchanged, its key in hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from redact.audit.entries import Actor
from redact.audit.events import RunStarted
from redact.audit.log import AuditLog
from redact.core import VERSION, Detection, Interview, Place, RosterEntry, Transcript
from redact.custody import keyfile
from redact.custody.payload import Document, LinkageKey, Table
from redact.errors import BadInput, Tampered, UsageError
from redact.formats.sources import SourceFile, read_again
from redact.formats.tables import read_interviews, read_roster
from redact.policy import Handling, Policy, parse_policy, policy_digest
from redact.study import records
from redact.study.folder import Study, actor
from redact.study.records import MENTIONS
from redact.study.rulings import ruled
from redact.study.sealed import open_key
from redact.transcript.assemble import (
    Corpus,
    keyed_order,
    make_transcript,
    rows_by_stem,
    with_interviewed,
)

WITHDRAWAL = "withdrawal.next"  # what a withdrawal under way takes out, in the study folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asked a study to be made of."""

    sources: tuple[Path, ...]
    policy: Path
    roster: Path | None = None
    interviews: Path | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An opened study. `sources` and `transcripts` are in the order of the key's documents."""

    study: Study
    policy: Policy
    policy_data: bytes
    identity: keyfile.StudyIdentity
    key: LinkageKey
    key_sha256: str
    sources: tuple[SourceFile, ...] = field(repr=False)
    transcripts: tuple[Transcript, ...] = field(repr=False)
    roster: tuple[RosterEntry, ...] = field(repr=False)
    interviews: tuple[Interview | None, ...] = field(repr=False)
    unmatched_rows: int = 0
    _text_of: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        texts = {transcript.id: transcript.text for transcript in self.transcripts}
        object.__setattr__(self, "_text_of", texts)  # looked up for every mention

    def words_of(self, place: Place) -> str:
        """The words that stand at a place of one of the transcripts; KeyError for another."""
        return self._text_of[place.transcript][place.start : place.end]

    @property
    def log(self) -> Path:
        return self.study.audit

    @property
    def corpus(self) -> Corpus:
        """The study as detection, linking and replacing see it."""
        pairs = zip(self.transcripts, self.interviews, strict=True)
        return Corpus(self.transcripts, self.roster, {t.id: row.role for t, row in pairs if row})

    def actor(self) -> Actor:
        return actor(self.study)

    def with_key(self, key: LinkageKey, sealed: bytes) -> Desk:
        return replace(self, key=key, key_sha256=hashlib.sha256(sealed).hexdigest())


def documents_of(sources: list[SourceFile], secret: bytes, first: int = 1) -> tuple[Document, ...]:
    """The sources as documents of a key, numbered from `first` in an order only the key knows."""
    by_digest: dict[str, list[SourceFile]] = {}
    for source in sources:
        by_digest.setdefault(source.sha256, []).append(source)
    ordered = [source for digest in keyed_order(secret, by_digest) for source in by_digest[digest]]
    return tuple(
        Document(
            doc_id=f"D{number:04d}",
            source_name=source.name,
            source_path=source.path,
            source_sha256=source.sha256,
            text_sha256=hashlib.sha256(source.text.encode("utf-8")).hexdigest(),
            encoding=source.reading.encoding,
            guessed=source.reading.guessed,
            bom=source.reading.bom.hex(),
            safe_name="",
            safe_sha256="",
        )
        for number, source in enumerate(ordered, start=first)
    )


def tables_of(order: Order) -> tuple[Table, ...]:
    pairs = (("roster", order.roster), ("interviews", order.interviews))
    return tuple(Table(role=role, path=str(path.resolve())) for role, path in pairs if path)


def read_tables(order: Order) -> tuple[tuple[RosterEntry, ...], tuple[Interview, ...]]:
    roster = read_roster(order.roster) if order.roster else ()
    interviews = read_interviews(order.interviews) if order.interviews else ()
    return roster, interviews


def open_desk(
    study: Study,
    opener: keyfile.Opener,
    paths: tuple[Table, ...] | None = None,
    withdrawing: bool = False,
) -> Desk:
    """The study with its key open and every source read again.

    `paths` are tables to use instead of those in the key. Raises BadInput if a source is
    gone or changed: decisions were made on what it was; and UsageError while a withdrawal that was
    cut short waits to be finished.
    """
    if (study.root / WITHDRAWAL).is_file() and not withdrawing:
        raise UsageError(
            "a withdrawal was cut short",
            where=str(study.root),
            remedy="Give the same `redact withdraw` again; it is finished then.",
        )
    opened_key = open_key(study, opener)
    identity, key, digest = opened_key.identity, opened_key.key, opened_key.digest
    policy_data = _policy_bytes(study)
    policy = parse_policy(policy_data, str(study.policy))
    tables = {table.role: Path(table.path) for table in (key.tables if paths is None else paths)}
    order = Order(
        sources=(),
        policy=study.policy,
        roster=tables.get("roster"),
        interviews=tables.get("interviews"),
    )
    roster, rows = read_tables(order)
    sources = tuple(_source_again(document, policy.formats) for document in key.documents)
    interview_of = rows_by_stem(rows)
    interviews = tuple(interview_of.get(source.stem.casefold()) for source in sources)
    transcripts = tuple(
        make_transcript(document.doc_id, source.text, interview)
        for document, source, interview in zip(key.documents, sources, interviews, strict=True)
    )
    matched = sum(interview is not None for interview in interviews)
    return Desk(
        study=study,
        policy=policy,
        policy_data=policy_data,
        identity=identity,
        key=key,
        key_sha256=digest,
        sources=sources,
        transcripts=transcripts,
        roster=with_interviewed(roster, rows),
        interviews=interviews,
        unmatched_rows=len(rows) - matched,
    )


def handling_of(study: Study) -> Handling:
    """What the study's policy says of hidden places in files."""
    return parse_policy(_policy_bytes(study), str(study.policy)).formats


def _policy_bytes(study: Study) -> bytes:
    try:
        return study.policy.read_bytes()
    except OSError:
        raise Tampered(
            "the study's policy is missing", where=str(study.policy), remedy="Put it back."
        ) from None


def _source_again(document: Document, handling: Handling) -> SourceFile:
    sources = read_again(document.source_path, document.encoding, handling)
    if len(sources) != 1 or sources[0].sha256 != document.source_sha256:
        raise BadInput(
            "this source was changed since the study was started",
            where=document.source_path,
            remedy="Put back the file as it was, or start a new study with --out.",
        )
    return sources[0]


def detections_of(desk: Desk) -> tuple[Detection, ...]:
    """What was detected, with the reviewers' word above it."""
    detections = records.read_detections(desk.study.work / MENTIONS)
    return ruled(detections, records.read_rulings(desk.study.rulings))


def log_start(log: AuditLog, desk: Desk, command: str) -> None:
    log.append(
        RunStarted(
            command=command,
            tool=f"redact {VERSION}",
            policy=f"{desk.policy.name} {desk.policy.version}",
            policy_sha256=policy_digest(desk.policy_data),
        )
    )
