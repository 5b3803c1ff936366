"""A study opened for work: its sources read again and proven unchanged, its key in hand."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from redact.audit.entries import Actor
from redact.audit.events import DecisionRecorded, RunStarted
from redact.audit.log import AuditLog
from redact.core import VERSION, Detection, Interview, Place, RosterEntry, Transcript
from redact.custody import keyfile
from redact.custody.payload import Document, LinkageKey, Table
from redact.errors import BadInput, Refusal, Tampered, UsageError
from redact.formats.column_heads import Role
from redact.formats.columns import KeptColumns
from redact.formats.folders import Passed
from redact.formats.registry import is_plain_text
from redact.formats.source_file import SourceFile
from redact.formats.sources import FoundSources, Parted, find_sources, read_again
from redact.formats.tables import TableRead, read_table
from redact.link.corrections import Correction
from redact.link.everywhere import laid_over
from redact.policy import Handling, Policy, parse_policy, policy_digest
from redact.study import records
from redact.study.folder import Study, actor
from redact.study.hold import Seen, as_it_lies, require_seen
from redact.study.kept_columns import read_kept_columns
from redact.study.memory import standing
from redact.study.records import EVERYWHERE, MENTIONS
from redact.study.rulings import ReviewRow, ruled
from redact.study.sealed import open_key
from redact.study.tables_read import TablesRead
from redact.study.word_files import require_vouched
from redact.transcript.assemble import Corpus, keyed_order, make_transcript
from redact.transcript.interviewed import agreeing_only, where_held, with_interviewed
from redact.transcript.lines import holds_captions
from redact.transcript.rows import match_rows

WITHDRAWAL = "withdrawal.next"  # what a withdrawal under way takes out, in the study folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a study is to be made of: `keys` open or seal it; a person chose the `columns`."""

    sources: tuple[Path, ...]
    policy: Path
    roster: Path | None = None
    interviews: Path | None = None
    consent: Path | None = None
    encoding: str | None = None
    skips: tuple[str, ...] = field(default=(), repr=False)
    keys: tuple[Path, ...] = ()
    language: str = ""
    columns: Mapping[Role, KeptColumns] = field(default_factory=dict)

    @property
    def given(self) -> tuple[Path, ...]:
        """The files that options name: they may lie among the sources, and are none."""
        named = (self.policy, self.roster, self.interviews, self.consent, *self.keys)
        return tuple(one for one in named if one is not None)

    def find_sources(self, handling: Handling, kept: tuple[str, ...] = ()) -> FoundSources:
        """All that lies under the sources; `kept` are the skips of an earlier run."""
        return find_sources(
            self.sources, self.encoding, handling, self.skips, kept_skips=kept, given=self.given
        )


def skips_with(known: tuple[str, ...], order: Order, found: FoundSources) -> tuple[str, ...]:
    """What the study leaves out: as before, and what is asked for now and met a file.

    What an option named among the sources is no transcript when the option is left out, either.
    """
    asked = (skip for skip in order.skips if skip in found.matched)
    given = (os.path.realpath(one.path) for one in found.passed if one.why is Passed.GIVEN)
    return tuple(dict.fromkeys((*known, *asked, *given)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """An opened study. `sources` and `transcripts` are in the order of the key's documents."""

    study: Study
    policy: Policy
    policy_data: bytes
    identity: keyfile.StudyIdentity
    key: LinkageKey
    key_sha256: str
    seen: Seen
    sources: tuple[SourceFile, ...] = field(repr=False)
    transcripts: tuple[Transcript, ...] = field(repr=False)
    roster: tuple[RosterEntry, ...] = field(repr=False)
    interviews: tuple[Interview | None, ...] = field(repr=False)
    unmatched_rows: int = 0
    tables: TablesRead = field(default_factory=TablesRead)
    behind: frozenset[str] = frozenset()  # files that the key in force replaced and that still lie
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
        """The desk once this key was sealed, by whoever holds the lock."""
        digest = hashlib.sha256(sealed).hexdigest()
        return replace(
            self, key=key, key_sha256=digest, behind=frozenset(), seen=as_it_lies(self.study)
        )


def documents_of(
    sources: Sequence[SourceFile], secret: bytes, first: int = 1
) -> tuple[Document, ...]:
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
    pairs = (("roster", order.roster), ("interviews", order.interviews), ("consent", order.consent))
    return tuple(Table(role=role, path=str(path.resolve())) for role, path in pairs if path)


def tables_with(known: tuple[Table, ...], order: Order) -> tuple[Table, ...]:
    """The tables that are asked for now, and those of the study that nobody gave again."""
    asked = {table.role: table for table in tables_of(order)}
    return tuple(({table.role: table for table in known} | asked).values())


def read_tables(order: Order) -> TablesRead:
    """The tables that are asked for, by the columns that a study keeps, or a person chose."""

    def read(path: Path | None, role: Role) -> TableRead | None:
        return read_table(path, role, order.columns.get(role)) if path else None

    return TablesRead(
        read(order.roster, "roster"),
        read(order.interviews, "interviews"),
        read(order.consent, "consent"),
    )


def open_desk(
    study: Study,
    opener: keyfile.Opener,
    paths: tuple[Table, ...] | None = None,
    withdrawing: bool = False,
    documents: tuple[Document, ...] | None = None,
) -> Desk:
    """The study with its key open and every source read again.

    `paths` are tables to use instead of those in the key; `documents` are those of the key, with
    other names and paths where sources were moved. Raises BadInput if a source is gone,
    changed or read otherwise: decisions were made on what it was; and UsageError while a withdrawal
    that was cut short waits to be finished.
    """
    if not withdrawing:
        require_no_withdrawal(study)
    opened_key = open_key(study, opener)
    identity, key, digest = opened_key.identity, opened_key.key, opened_key.digest
    policy_data = _policy_bytes(study)
    require_seen(study, opened_key.seen)
    require_vouched(study, key.secret)
    policy = parse_policy(policy_data, str(study.policy))
    tables = {table.role: Path(table.path) for table in (key.tables if paths is None else paths)}
    order = Order(
        sources=(),
        policy=study.policy,
        roster=tables.get("roster"),
        interviews=tables.get("interviews"),
        consent=tables.get("consent"),
        columns=read_kept_columns(study),
    )
    read = read_tables(order)
    rows = where_held(read.rows, read.entries)
    sources = _sources_again(documents or key.documents, policy.formats)
    if not withdrawing:
        require_same_text(key.documents, sources)
    row_of = match_rows({source.name: source.text for source in sources}, rows)
    interviews = tuple(
        row_of[source.name].row if source.name in row_of else None for source in sources
    )
    people = with_interviewed(
        read.entries, (*rows, *agreeing_only(read.agreeing, rows, read.entries))
    )
    transcripts = tuple(
        make_transcript(document.doc_id, source.text, row, people, source.ends, source.times)
        for document, source, row in zip(key.documents, sources, interviews, strict=True)
    )
    matched = sum(interview is not None for interview in interviews)
    return Desk(
        study=study,
        policy=policy,
        policy_data=policy_data,
        identity=identity,
        key=key,
        key_sha256=digest,
        behind=opened_key.behind,
        seen=opened_key.seen,
        sources=sources,
        transcripts=transcripts,
        roster=people,
        tables=read,
        interviews=interviews,
        unmatched_rows=len(rows) - matched,
    )


def require_no_withdrawal(study: Study) -> None:
    """Raises UsageError while a withdrawal that was begun waits for its end."""
    if (study.root / WITHDRAWAL).is_file():
        raise UsageError(
            "a withdrawal was cut short",
            where=str(study.root),
            remedy="Withdraw the same again; it is finished then.",
            command="`redact withdraw` does it.",
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


def _sources_again(documents: Iterable[Document], handling: Handling) -> tuple[SourceFile, ...]:
    """The sources of these documents; all that are gone or changed are told at once."""
    sources, refused = [], []
    parted: Parted = {}
    for document in documents:
        try:
            sources.append(_source_again(document, handling, parted))
        except BadInput as error:
            refused.append(
                Refusal(
                    where=error.where,
                    what=error.what,
                    remedy=error.remedy,
                    command=error.command,
                )
            )
    FoundSources(files=tuple(sources), refused=tuple(refused)).required()
    return tuple(sources)


def _source_again(document: Document, handling: Handling, parted: Parted) -> SourceFile:
    try:
        sources = read_again(document.source_path, document.encoding, handling, parted)
    except UsageError:  # nobody named it now: the study remembers it
        sources = []
    if len(sources) != 1 or sources[0].sha256 != document.source_sha256:
        was = "was changed" if sources else "is gone"
        raise BadInput(
            f"this source {was} since the study was started",
            where=document.source_path,
            remedy="Put back the file as it was, or start a new study.",
            command="If it was moved or renamed, give `redact run` again with its new place; "
            "`--out` names a new study.",
        )
    return replace(sources[0], name=document.source_name)


def require_same_text(documents: Iterable[Document], sources: Iterable[SourceFile]) -> None:
    """Raises BadInput if a source whose names were hidden reads otherwise now: places would shift.

    Its bytes may be the same: the policy's [formats], or another build, leave out other parts.
    """
    for document, source in zip(documents, sources, strict=True):
        same = hashlib.sha256(source.text.encode("utf-8")).hexdigest() == document.text_sha256
        if document.safe_name and not same:
            raise BadInput(
                "this source is read otherwise than when its names were hidden, and what was "
                "decided would be about other words",
                where=document.source_path,
                remedy="Put [formats] of the policy back as it was, or start a new study.",
                command="`--out` names it.",
            )


def detections_of(desk: Desk) -> tuple[Detection, ...]:
    """What was detected, with the reviewers' word above it and all that was hidden still there."""
    study = desk.study
    found, rows = (
        records.read_detections(study.work / MENTIONS),
        records.read_rulings(study.rulings),
    )
    return decided_on(desk, found, rows, records.read_corrections(study.corrections))


def decided_on(
    desk: Desk,
    found: tuple[Detection, ...],
    rows: Sequence[ReviewRow],
    corrections: Sequence[Correction],
) -> tuple[Detection, ...]:
    """The mentions as they stand, from the detectors' own, the rulings and the corrections.

    With what linking found of their forms elsewhere.
    """
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    elsewhere = desk.study.work / EVERYWHERE
    if elsewhere.is_file():
        found = laid_over(found, records.read_detections(elsewhere))
    return standing(desk.key, found, ruled(found, rows), rows, corrections, texts)


def record_how_read(log: AuditLog, found: FoundSources, new: Iterable[SourceFile]) -> None:
    """Logs, as counts, what of the sources was left out or read as something else than it says."""
    counts = Counter(str(one.why) for one in found.passed)
    if skipped := counts[Passed.SKIPPED]:
        log.append(
            DecisionRecorded(
                action="leave out",
                by="steward",
                reason="named by --skip",
                counts={"files or folders": skipped},
            )
        )
    new = tuple(new)
    timed = sum(is_plain_text(source.name) and holds_captions(source.text) for source in new)
    if timed:
        log.append(
            DecisionRecorded(
                action="read as what it is",
                by="redact",
                reason="the ending says text, and the content is captions",
                counts={"files": timed},
            )
        )
    if misnamed := sum(bool(source.was_called) for source in new):
        log.append(
            DecisionRecorded(
                action="read as what it is",
                by="redact",
                reason="the content is not what the ending of the file says",
                counts={"files": misnamed},
            )
        )


def log_start(log: AuditLog, desk: Desk, command: str) -> None:
    log.append(
        RunStarted(
            command=command,
            tool=f"redact {VERSION}",
            policy=f"{desk.policy.name} {desk.policy.version}",
            policy_sha256=policy_digest(desk.policy_data),
            two_people=desk.policy.custody.two_people or None,
        )
    )
