"""A participant takes their word back: the transcript goes, and everybody who is only in it.

What the others' transcripts hide stays hidden as it is: nothing is detected anew, for a name that
was found through the withdrawn transcript must not come out again. The source file is not ours to
delete; it is refused if it is named again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from redact.audit.events import DecisionRecorded, RunFinished
from redact.audit.log import open_log
from redact.core import Entity, Place
from redact.custody.keyfile import Opener
from redact.custody.payload import Document, Entry, Form, LinkageKey
from redact.disk import files_below, write_atomic
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.link.corrections import Correction
from redact.study import records
from redact.study.desk import WITHDRAWAL, Desk, log_start, open_desk
from redact.study.folder import Study, actor
from redact.study.names import token
from redact.study.notes import WithdrawalNote, read_note, write_note
from redact.study.records import DECISIONS, ENTITIES, MENTIONS, PLACES
from redact.study.rulings import Undoing
from redact.study.sealed import open_key, seal_key, superseding
from redact.study.state import STAGES, mark_current, read_state

WITHDRAWN = "withdrawn.txt"  # keyed tokens of sources that must not come back


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What went: transcripts by neutral name, entities; and the releases that already hold them."""

    transcripts: tuple[str, ...]
    entities: int
    releases: tuple[str, ...]
    sources: tuple[str, ...]


def withdraw(study: Study, opener: Opener, participant: str, by: str, reason: str) -> Withdrawal:
    """Removes a participant's transcripts, named by interview id, neutral name or source file.

    Key and working files are made anew without them and the change is logged. Killed on the way,
    the same call finishes it. Raises UsageError if nobody is meant, or it is the last transcript.
    """
    begun = _begun(study)
    if begun is not None:
        key = open_key(study, opener).key
        if set(begun.ids) & {document.doc_id for document in key.documents}:
            begun = None  # the key still has them: from the start
    sources: tuple[str, ...] = ()
    if begun is None:
        desk = open_desk(study, opener, withdrawing=True)
        begun, sources = _seal_without(desk, participant, by, reason)
    with open_log(study.audit, actor(study)) as log:
        for name in begun.transcripts:
            (study.safe / name).unlink(missing_ok=True)
        _forget(study, frozenset(begun.ids))
        left = open_desk(study, opener, withdrawing=True)
        state = read_state(study)
        for stage in STAGES:
            state = mark_current(left, state, stage)
        log.append(RunFinished(command="withdraw", outcome="done", exit=0))
        (study.root / WITHDRAWAL).unlink()
    return Withdrawal(
        transcripts=begun.transcripts,
        entities=begun.entities,
        releases=begun.releases,
        sources=sources,
    )


def _begun(study: Study) -> WithdrawalNote | None:
    path = study.root / WITHDRAWAL
    if not path.is_file():
        return None
    return read_note(path, WithdrawalNote, "Put back the study folder from your backup.")


def _seal_without(
    desk: Desk, participant: str, by: str, reason: str
) -> tuple[WithdrawalNote, tuple[str, ...]]:
    """Logs the withdrawal and seals the key without it; also gives the sources' paths."""
    study = desk.study
    gone = _meant(desk, participant)
    if len(gone) == len(desk.key.documents):
        raise UsageError(
            "this would leave no transcript",
            where=participant,
            remedy="Destroy the key and delete the study instead: `redact key destroy`.",
        )
    ids = {document.doc_id for document in gone}
    key = _without(desk.key, ids)
    lost = len(desk.key.entries) - len(key.entries)
    tokens = [token(desk.key.secret, "withdrawn", document.source_sha256) for document in gone]
    names = tuple(document.safe_name or document.doc_id for document in gone)
    begun = WithdrawalNote(
        kind="withdrawal",
        ids=tuple(sorted(ids)),
        transcripts=names,
        entities=lost,
        releases=_holding(study, gone),
    )
    with open_log(study.audit, desk.actor()) as log:
        log_start(log, desk, "withdraw")
        log.append(
            DecisionRecorded(
                action="withdraw",
                by=normalize("NFC", by),
                reason=normalize("NFC", reason),
                counts={
                    "transcripts": len(gone),
                    "entities": lost,
                    "releases": len(begun.releases),
                },
                docs=tuple(sorted(ids)),
            )
        )
        write_note(study.root / WITHDRAWAL, begun)
        before = (study.root / WITHDRAWN).read_text("ascii") if _has(study, WITHDRAWN) else ""
        write_atomic(study.root / WITHDRAWN, (before + "".join(f"{t}\n" for t in tokens)).encode())
        sealed_key = superseding(key, desk.key_sha256, log)
        seal_key(study, log, sealed_key, desk.identity.identity, supersedes=desk.key_sha256)
    return begun, tuple(document.source_path for document in gone)


def is_withdrawn(study: Study, secret: bytes, source_sha256: str) -> bool:
    """True for a source that a participant took back."""
    if not _has(study, WITHDRAWN):
        return False
    tokens = (study.root / WITHDRAWN).read_text("ascii").split()
    return token(secret, "withdrawn", source_sha256) in tokens


def _has(study: Study, name: str) -> bool:
    return (study.root / name).is_file()


def _meant(desk: Desk, participant: str) -> list[Document]:
    wanted = stem_of(participant).casefold()
    gone = [
        document
        for document, row in zip(desk.key.documents, desk.interviews, strict=True)
        if wanted
        in {
            stem_of(document.safe_name).casefold(),
            document.source_name.casefold(),
            Path(document.source_name).stem.casefold(),
            row.interview.casefold() if row else "",
        }
    ]
    if not gone or not wanted:
        raise UsageError(
            "no transcript of this study is meant",
            where="redact withdraw",
            remedy="Give its id of interviews.csv, or a name under safe/, such as scot_01.",
        )
    return gone


def _without(key: LinkageKey, ids: set[str]) -> LinkageKey:
    """The key without these documents, and without entries that only they had."""
    kept = [item for item in key.replacements if item.doc not in ids]
    counts = Counter((item.entry, item.form) for item in kept)
    listed = {entry for entry, _ in counts}
    by_table = {n for n, entry in enumerate(key.entries) if entry.decided_by == "interviews.csv"}
    entries: list[Entry] = []
    moved: dict[tuple[int, int], tuple[int, int]] = {}
    for number, entry in enumerate(key.entries):
        if number not in listed and number not in by_table:
            continue
        forms: list[Form] = []
        for at, form in enumerate(entry.forms):
            count = counts[number, at] or (form.count if number in by_table else 0)
            if count:
                moved[number, at] = (len(entries), len(forms))
                forms.append(form.model_copy(update={"count": count}))
        entries.append(entry.model_copy(update={"forms": tuple(forms)}))
    replacements = []
    for item in kept:
        entry_at, form_at = moved[item.entry, item.form]
        replacements.append(replace(item, entry=entry_at, form=form_at))
    documents = tuple(document for document in key.documents if document.doc_id not in ids)
    return replace(
        key,
        documents=documents,
        entries=tuple(entries),
        replacements=tuple(replacements),
        comments=tuple(comment for comment in key.comments if comment.doc not in ids),
    )


def _holding(study: Study, gone: list[Document]) -> tuple[str, ...]:
    """Releases in whose payload one of these safe transcripts stands."""
    names = {stem_of(document.safe_name) for document in gone if document.safe_name}
    return tuple(
        sorted(
            bag.name
            for bag in study.releases.iterdir()
            if bag.is_dir()
            and names & {path.stem for path in files_below(bag / "data") if path.is_file()}
        )
    )


def _forget(study: Study, ids: frozenset[str]) -> None:
    """The working files without the documents and without entities that only they had."""
    work = study.work
    for report in ("risk.html", "risk.json"):  # passages of theirs may stand in them
        (study.root / report).unlink(missing_ok=True)
    if (work / MENTIONS).is_file():
        detections = records.read_detections(work / MENTIONS)
        records.write_detections(
            work / MENTIONS, (d for d in detections if d.transcript not in ids)
        )
    if (work / ENTITIES).is_file():
        left = [_left(entity, ids) for entity in records.read_entities(work / ENTITIES)]
        records.write_entities(work / ENTITIES, (entity for entity in left if entity.mentions))
        known = {entity.id for entity in left if entity.mentions}
        if (work / DECISIONS).is_file():
            decisions = records.read_decisions(work / DECISIONS)
            records.write_decisions(work / DECISIONS, (d for d in decisions if d.entity in known))
    if (work / PLACES).is_file():
        placements = records.read_placements(work / PLACES)
        records.write_placements(
            work / PLACES, (one for one in placements if one.transcript not in ids)
        )
    for path in (study.rulings, study.second):
        if path.exists():
            rows = records.read_rulings(path)
            left_rows = (r for r in rows if isinstance(r, Undoing) or r.transcript not in ids)
            write_atomic(path, records.ruling_lines(left_rows))
    if study.corrections.exists():
        corrections = records.read_corrections(study.corrections)
        records.write_corrections(study.corrections, (_without_places(c, ids) for c in corrections))


def _without_places(correction: Correction, ids: frozenset[str]) -> Correction:
    """The correction without places of these documents; it keeps its number, which others name."""

    def left(places: tuple[Place, ...]) -> tuple[Place, ...]:
        return tuple(place for place in places if place.transcript not in ids)

    before = tuple(replace(group, places=left(group.places)) for group in correction.before)
    return replace(correction, places=left(correction.places), before=before)


def _left(entity: Entity, ids: frozenset[str]) -> Entity:
    return replace(
        entity,
        mentions=tuple(m for m in entity.mentions if m.transcript not in ids),
        interviewed_in=tuple(t for t in entity.interviewed_in if t not in ids),
    )
