"""What each participant agreed to, from the steward's table; kept in the log as it was said.

Once a study has a column of consent, what is not known counts as no sharing: also for a transcript
without a row, and when the column is taken away again. The log has levels and days by neutral ids,
so that what is due, and which release holds what it may not, is known without a passphrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from redact.audit.consent_events import ConsentRecorded, ReleaseHolds
from redact.audit.entries import LogEntry
from redact.audit.events import DecisionRecorded, ReleaseGiven
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.audit.releases import made_releases
from redact.core import Interview
from redact.core.consent import Audience, Consent, ConsentLevel, allows, strictest
from redact.custody.payload import Document
from redact.disk import files_below
from redact.formats.column_heads import Role
from redact.formats.interview_rows import says_levels
from redact.formats.refi_split import FRAME, OF_PROJECT
from redact.formats.registry import stem_of
from redact.formats.tables import read_table
from redact.study.consent_table import consent_rows
from redact.study.desk import Desk
from redact.study.folder import Study
from redact.study.hold import changed
from redact.study.kept_columns import read_kept_columns
from redact.transcript.words import squash

_SHOWN = 12  # row numbers in a sentence
NOT_KNOWN = "not known"  # the level, for the log, of a cell that says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The newest word of the log on one document; `releases` hold it against this level."""

    doc: str
    level: str
    given: str
    until: str
    releases: tuple[str, ...]
    entry: int

    @property
    def holds(self) -> ConsentLevel:
        """The level that counts."""
        known = {str(one): one for one in ConsentLevel}
        return known.get(self.level, ConsentLevel.NO_SHARING)


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """A release, whom it is for, and its documents."""

    name: str
    audience: Audience
    docs: frozenset[str]


def agreed(entries: Iterable[LogEntry]) -> tuple[Agreed, ...]:
    """The newest word on each document that was not withdrawn, in the order of their ids."""
    newest: dict[str, Agreed] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, ConsentRecorded):
            newest[event.doc] = _agreed(event, entry.number)
        elif isinstance(event, DecisionRecorded) and event.action == "withdraw":
            for doc in event.docs or ():
                newest.pop(doc, None)
    return tuple(newest[doc] for doc in sorted(newest))


def agreed_before(entries: Iterable[LogEntry], doc: str, number: int) -> Agreed | None:
    """The word on a document that held at this entry of the log, also if it was withdrawn since."""
    said = [one for one in words_on(entries, doc) if one.entry < number]
    return said[-1] if said else None


def words_on(entries: Iterable[LogEntry], doc: str) -> tuple[Agreed, ...]:
    """Every word of the log on a document, in its order."""
    return tuple(
        _agreed(entry.event, entry.number)
        for entry in entries
        if isinstance(entry.event, ConsentRecorded) and entry.event.doc == doc
    )


def _agreed(event: ConsentRecorded, entry: int) -> Agreed:
    return Agreed(
        doc=event.doc,
        level=event.level,
        given=event.given or "",
        until=event.until or "",
        releases=event.releases or (),
        entry=entry,
    )


def keeps_consent(desk: Desk) -> bool:
    """Whether the study records what each participant agreed to, or ever did."""
    table = desk.tables.interviews
    has_column = table is not None and says_levels(table.layout)
    has_table = desk.tables.consent is not None
    return has_column or has_table or bool(agreed(read_log(desk.log)))


def consents_of(desk: Desk) -> Mapping[str, Consent]:
    """By document what its participants agreed to; empty where the study records none.

    Where the table of interviews and one of consent both say something, what both allow counts. The
    frame of a coded project is of all its interviews: what all of them allow.
    """
    if not keeps_consent(desk):
        return {}
    said = {doc: strictest(words or [Consent()]) for doc, words in _said_in_tables(desk).items()}
    for document in desk.key.documents:
        if parts := _parts_of_frame(document, desk.key.documents):
            said[document.doc_id] = strictest(said[one.doc_id] for one in parts)
    return said


def _said_in_tables(desk: Desk) -> dict[str, list[Consent]]:
    """By document what each table says: the word of one that says no level counts if no other does.

    So an empty cell beside an `archive open` in the other table is no word against it.
    """
    own = consent_rows(desk).said
    found = {}
    for document, row in zip(desk.key.documents, desk.interviews, strict=True):
        words = [row.consent if row is not None else None, own.get(document.doc_id)]
        known = [one for one in words if one is not None]
        found[document.doc_id] = [one for one in known if one.is_said] or known
    return found


def lines_of_consent_table(desk: Desk) -> list[str]:
    """Where the tables contradict, and what of a table of consent fits nothing, in sentences."""
    names = {one.doc_id: f"{one.safe_name} ({one.source_name})" for one in desk.key.documents}
    fit = consent_rows(desk)
    lines = [
        f"{names[doc]}: your two tables say different levels; the stricter counts"
        for doc, words in _said_in_tables(desk).items()
        if len({one.holds for one in words}) > 1
    ]
    lines += [
        f"{names[doc]}: not everybody who was interviewed has a row in your table of consent, so "
        "it is not shared; give each a row, or one row with the file"
        for doc in fit.halves
    ]
    if fit.unmatched:
        rows = ", ".join(map(str, fit.unmatched[:_SHOWN]))
        more = len(fit.unmatched) - _SHOWN
        lines.append(
            f"rows of your table of consent that are about no transcript for sure: {rows}"
            f"{f' and {more} more' if more > 0 else ''}; write its file into each"
        )
    return lines


def _parts_of_frame(document: Document, documents: Iterable[Document]) -> list[Document]:
    """The interviews of the project whose frame this is; none for any other document."""
    outer, separator, part = document.source_path.rpartition(OF_PROJECT)
    if not separator or not part.startswith(FRAME):
        return []
    inside = f"{outer}{separator}"
    return [one for one in documents if one != document and one.source_path.startswith(inside)]


def is_frame(document: Document) -> bool:
    """Whether a document is no interview, but what a coded project has beside its interviews."""
    return document.source_path.rpartition(OF_PROJECT)[2].startswith(FRAME) and (
        OF_PROJECT in document.source_path
    )


def record_consent(log: AuditLog, desk: Desk) -> None:
    """Logs what the table says of consent where it is new, or was another; else nothing."""
    said = consents_of(desk)
    if not said:
        return
    entries = read_log(desk.log)
    known = {one.doc: one for one in agreed(entries)}
    held = held_releases(desk, entries)
    for doc, one in said.items():
        against = tuple(
            release.name
            for release in held
            if doc in release.docs and not allows(one.holds, release.audience)
        )
        before = known.get(doc)
        level = str(one.level or NOT_KNOWN)
        now = (level, one.given, one.until, against)
        if before and (before.level, before.given, before.until, before.releases) == now:
            continue
        log.append(
            ConsentRecorded(
                doc=doc,
                level=level,
                given=one.given or None,
                until=one.until or None,
                releases=against or None,
            )
        )


def require_table_as_read(desk: Desk) -> None:
    """StudyChanged where the table of interviews says otherwise of consent than when it was read.

    A page that was opened before must not release what somebody has taken back since.
    """
    kept = read_kept_columns(desk.study)
    roles: dict[Role, tuple[Interview, ...]] = {
        "interviews": desk.tables.rows,
        "consent": desk.tables.agreeing,
    }
    for role, seen in roles.items():
        path = next((one.path for one in desk.key.tables if one.role == role), None)
        if path is None:
            continue
        now = read_table(Path(path), role, kept.get(role)).interviews
        if _whose(now) != _whose(seen):
            raise changed(desk.study)


def _whose(rows: Iterable[Interview]) -> list[tuple[object, ...]]:
    return [(r.file, r.interview, r.interviewees, r.labels, r.consent) for r in rows]


def audiences_of(entries: Iterable[LogEntry]) -> Mapping[str, str]:
    """By release whom it was made for, as the log told; an earlier build told none."""
    return {
        entry.event.name: entry.event.audience
        for entry in entries
        if isinstance(entry.event, ReleaseHolds)
    }


def quotes_releases(entries: Iterable[LogEntry]) -> frozenset[str]:
    """The releases of single passages."""
    return frozenset(name for name, one in audiences_of(entries).items() if one == "quotes")


def held_releases(desk: Desk, entries: Iterable[LogEntry]) -> tuple[HeldRelease, ...]:
    """Every release that was made, with its documents, in the order of the log.

    One of an earlier build told no documents: they are known by the names of its files, and it is
    for whoever was given it, at the least for controlled access.
    """
    entries = tuple(entries)
    told = {e.event.name: e.event for e in entries if isinstance(e.event, ReleaseHolds)}
    accesses: dict[str, dict[str, str]] = {}  # by release and holder, the newest word
    for entry in entries:
        if isinstance(entry.event, ReleaseGiven):
            said = accesses.setdefault(entry.event.name, {})
            said[squash(entry.event.to)] = entry.event.access or "controlled"
    found = []
    for name in made_releases(entries):
        if name in told:
            docs, first = frozenset(told[name].docs), told[name].audience
        else:
            docs, first = _docs_by_files(desk.study, name, desk.key.documents), "controlled"
        given = () if first == "quotes" else accesses.get(name, {}).values()
        found.append(HeldRelease(name, _widest((first, *given)), docs))
    return tuple(found)


def _widest(audiences: Iterable[str]) -> Audience:
    order: tuple[Audience, ...] = ("quotes", "team", "controlled", "safeguarded", "open")
    return max((one for one in order if one in set(audiences)), key=order.index, default="open")


def _docs_by_files(study: Study, name: str, documents: Iterable[Document]) -> frozenset[str]:
    folder = study.releases / name / "data"
    stems = {path.stem for path in files_below(folder)} if folder.is_dir() else set()
    return frozenset(
        one.doc_id for one in documents if one.safe_name and stem_of(one.safe_name) in stems
    )
