"""A participant takes their word back: the transcript goes, and everybody who is only in it.

What the others' transcripts hide stays hidden as it is, also where it was found through the
withdrawn transcript: the key remembers every place of theirs, and what is detected anew later is
laid over that memory (memory.py). Forms that only they had are forgotten, but for a token by which
a release that says one is refused (forgotten.py). The source file is not ours to delete; it is
refused if it is named again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import takewhile
from unicodedata import normalize

from redact.audit.events import DecisionRecorded, RunFinished
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.core import DETAIL, Entity, Place
from redact.custody.keyfile import Opener, drop_keys
from redact.custody.originals import drop_originals
from redact.custody.payload import GRAMMAR_TYPE, Document, Entry, Form, LinkageKey
from redact.disk import files_below, write_atomic
from redact.errors import UsageError
from redact.formats.registry import stem_of
from redact.link.corrections import Correction
from redact.study import records
from redact.study.consent import held_releases
from redact.study.desk import WITHDRAWAL, Desk, log_start, open_desk
from redact.study.folder import Study
from redact.study.forgotten import forget
from redact.study.hold import hold
from redact.study.looks import LOOKS
from redact.study.nameless import require_nameless
from redact.study.names import token
from redact.study.notes import WithdrawalNote, read_note, write_note
from redact.study.records import DECISIONS, ENTITIES, EVERYWHERE, MENTIONS, PLACES
from redact.study.rulings import Elsewhere, Undoing
from redact.study.safe_folder import record_discarded, require_unedited, safe_folder
from redact.study.sealed import seal_key, superseding
from redact.study.signed_lines import forget_lines
from redact.study.state import STAGES, Stage, is_current, mark_current, read_state
from redact.study.word_files import record_whole
from redact.transcript.rows import file_key

WITHDRAWN = "withdrawn.txt"  # keyed tokens of sources that must not come back


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What went: transcripts by neutral name, entities; and the releases that already hold them.

    `beside` are files and folders in safe/ that are not redact's: a copy may be among them.
    """

    transcripts: tuple[str, ...]
    entities: int
    releases: tuple[str, ...]
    sources: tuple[str, ...]
    beside: tuple[str, ...] = ()


def withdraw(
    study: Study,
    opener: Opener,
    participant: str,
    by: str,
    reason: str,
    discard_edits: bool = False,
) -> Withdrawal:
    """Removes a participant's transcripts, named by interview id, neutral name or source file.

    Key and working files are made anew without them and the change is logged. Killed on the way,
    the same call finishes it. Raises UsageError if nobody is meant, or it is the last transcript;
    BadInput if a safe transcript that is to go was edited by hand, unless edits are discarded.
    """
    study.require()
    with hold(study) as log:
        begun = _begun(study)
        desk = open_desk(study, opener, withdrawing=True)
        require_nameless(desk.key, reason, "--reason")
        sources: tuple[str, ...] = ()
        sealed = begun is not None and not _is_in(begun, desk.key)
        if begun is None or not sealed:
            meant = _meant(desk, participant)
            _require_same(begun, meant, study)
            require_unedited(study, meant, discard_edits)
            begun = _seal_without(log, desk, meant, by, reason)
            sources = tuple(document.source_path for document in meant)
        for name in begun.transcripts:
            (study.safe / name).unlink(missing_ok=True)
        _forget(study, frozenset(begun.ids))
        _forget_words(log, desk.key.secret, study, frozenset(begun.ids))
        left = open_desk(study, opener, withdrawing=True)
        drop_keys(study.linkage, left.behind)  # a kill may have come before the older key went
        drop_originals(study.originals, left.key)
        state = read_state(study)
        for stage in begun.current:
            state = mark_current(log, left, state, stage)
        log.append(RunFinished(command="withdraw", outcome="done", exit=0))
        (study.root / WITHDRAWAL).unlink()
        if sealed and _named(left, participant):
            raise UsageError(
                f"a withdrawal that was cut short is finished now: {', '.join(begun.transcripts)}",
                where=str(study.root),
                remedy="Give yours again, if it was another.",
            )
    return Withdrawal(
        transcripts=begun.transcripts,
        entities=begun.entities,
        releases=begun.releases,
        sources=sources,
        beside=_beside(left),
    )


def _beside(desk: Desk) -> tuple[str, ...]:
    seen = safe_folder(desk.study, desk.key.documents)
    return tuple(sorted((*seen.strangers, *(one.name for one in seen.renamed))))


def _is_in(begun: WithdrawalNote, key: LinkageKey) -> bool:
    """Whether the key still has what was to be withdrawn."""
    return bool(set(begun.ids) & {document.doc_id for document in key.documents})


def _require_same(begun: WithdrawalNote | None, meant: list[Document], study: Study) -> None:
    """Raises UsageError where another's withdrawal was begun: its source is refused already."""
    if begun is not None and set(begun.ids) != {document.doc_id for document in meant}:
        raise UsageError(
            f"the withdrawal of {', '.join(begun.transcripts)} was cut short",
            where=str(study.root),
            remedy="Give that one first; nothing was changed.",
        )


def _begun(study: Study) -> WithdrawalNote | None:
    path = study.root / WITHDRAWAL
    if not path.is_file():
        return None
    return read_note(path, WithdrawalNote, "Put back the study folder from your backup.")


def _seal_without(
    log: AuditLog, desk: Desk, gone: list[Document], by: str, reason: str
) -> WithdrawalNote:
    """Logs the withdrawal and seals the key without it."""
    study = desk.study
    if len(gone) == len(desk.key.documents):
        raise UsageError(
            "this would leave no transcript",
            where="redact withdraw",
            remedy="Destroy the key and delete the study instead.",
            command="`redact key destroy` does it.",
        )
    ids = {document.doc_id for document in gone}
    left = [t.text for t in desk.transcripts if t.id not in ids]
    key = _without(desk.key, ids, left)
    lost = len(desk.key.entries) - len(key.entries)
    tokens = [token(desk.key.secret, "withdrawn", document.source_sha256) for document in gone]
    begun = WithdrawalNote(
        kind="withdrawal",
        ids=tuple(sorted(ids)),
        transcripts=tuple(document.safe_name or document.doc_id for document in gone),
        entities=lost,
        releases=_holding(desk, gone),
        current=_up_to_date(desk),
    )
    log_start(log, desk, "withdraw")
    record_discarded(log, study, gone, normalize("NFC", by))
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
            releases=begun.releases or None,
        )
    )
    write_note(study.root / WITHDRAWAL, begun)
    before = (study.root / WITHDRAWN).read_text("ascii") if _has(study, WITHDRAWN) else ""
    new = "".join(f"{one}\n" for one in tokens if one not in before.split())
    write_atomic(study.root / WITHDRAWN, (before + new).encode())
    sealed_key = superseding(key, desk.key_sha256, log)
    seal_key(study, log, sealed_key, desk.identity.identity, desk.key_sha256, desk.behind)
    return begun


def _up_to_date(desk: Desk) -> tuple[Stage, ...]:
    """The stages that are; with one that is not, those after it are to be done anew too."""
    state = read_state(desk.study)
    return tuple(takewhile(lambda stage: is_current(desk, state, stage), STAGES))


def is_withdrawn(study: Study, secret: bytes, source_sha256: str) -> bool:
    """True for a source that a participant took back."""
    if not _has(study, WITHDRAWN):
        return False
    tokens = (study.root / WITHDRAWN).read_text("ascii").split()
    return token(secret, "withdrawn", source_sha256) in tokens


def _has(study: Study, name: str) -> bool:
    return (study.root / name).is_file()


def _named(desk: Desk, participant: str) -> list[Document]:
    """The documents that are meant by a source's name, an interview's id or a safe name."""
    wanted = participant.casefold()
    pairs = list(zip(desk.key.documents, desk.interviews, strict=True))
    gone = [document for document, _ in pairs if wanted == document.source_name.casefold()]
    if gone:  # by its whole name: a file one.txt.txt is not one.txt
        return gone
    stem, key = stem_of(participant).casefold(), file_key(participant)
    gone = [
        document
        for document, row in pairs
        if stem
        and (
            stem
            in {stem_of(document.safe_name).casefold(), row.interview.casefold() if row else ""}
            or key == file_key(document.source_name)
        )
    ]
    return gone or _in_a_folder(desk, key)


def _in_a_folder(desk: Desk, key: str) -> list[Document]:
    """The document of a file's name without its folder; UsageError if several have it."""
    alike = [d for d in desk.key.documents if file_key(d.source_name).endswith(f"/{key}")]
    if len({file_key(document.source_name) for document in alike}) > 1:
        raise UsageError(
            f"{len(alike)} transcripts of this study have this name, in several folders",
            where="redact withdraw",
            remedy="Give the folder too, as in `Round 1/P1`, or a name under safe/.",
        )
    return alike


def _meant(desk: Desk, participant: str) -> list[Document]:
    gone = _named(desk, participant)
    if not gone:
        raise UsageError(
            "no transcript of this study is meant",
            where="redact withdraw",
            remedy="Give its id of interviews.csv, or a name under safe/, such as scot_01; or it "
            "is withdrawn already.",
        )
    return gone


def _without(key: LinkageKey, ids: set[str], left: list[str]) -> LinkageKey:
    """The key without these documents, and without entries and forms that only they had.

    Of those forms a token stays, by which a release that says one is refused. `left` are the texts
    of the other transcripts.
    """
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
    stay = {(entry.type, form.text) for entry in entries for form in entry.forms}
    former = tuple(one for one in key.former if any(one.text in text for text in left))
    gone = {(entry.type, form.text) for entry in key.entries for form in entry.forms}
    gone |= {(one.type, one.text) for one in key.former}
    gone -= stay | {(one.type, one.text) for one in former}
    tokens = forget(key.secret, (one for one in gone if one[0] not in (GRAMMAR_TYPE, DETAIL)))
    return replace(
        key,
        hidden=tuple(one for one in key.hidden if one.doc not in ids),
        former=former,
        forgotten=tuple(dict.fromkeys((*key.forgotten, *tokens))),
        documents=documents,
        entries=tuple(entries),
        replacements=tuple(replacements),
        comments=tuple(comment for comment in key.comments if comment.doc not in ids),
        originals=tuple(one for one in key.originals if one.doc not in ids),
    )


def _holding(desk: Desk, gone: list[Document]) -> tuple[str, ...]:
    """Releases that hold something of these documents, by the log or by their files' names."""
    study, ids = desk.study, {document.doc_id for document in gone}
    told = {one.name for one in held_releases(desk, read_log(desk.log)) if one.docs & ids}
    names = {stem_of(document.safe_name) for document in gone if document.safe_name}
    return tuple(
        sorted(
            told
            | {
                bag.name
                for bag in study.releases.iterdir()
                if bag.is_dir()
                and names & {path.stem for path in files_below(bag / "data") if path.is_file()}
            }
        )
    )


def _forget(study: Study, ids: frozenset[str]) -> None:
    """The working files without the documents and without entities that only they had."""
    work = study.work
    # Passages of theirs may stand in the reports, and they among those who were found.
    for report in (study.root / "risk.html", study.root / "risk.json", study.attacks):
        report.unlink(missing_ok=True)
    for path in (work / MENTIONS, work / EVERYWHERE):
        if path.is_file():
            detections = records.read_detections(path)
            records.write_detections(path, (d for d in detections if d.transcript not in ids))
    for path in (work / LOOKS, study.second_looks):
        forget_lines(path, ids)
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


def _forget_words(log: AuditLog, secret: bytes, study: Study, ids: frozenset[str]) -> None:
    """The files of people's words without what they said of these documents."""
    forgotten = DecisionRecorded(
        action="forget", by="redact", reason="the transcripts were withdrawn", counts={}
    )
    for path in (study.rulings, study.second):
        if path.exists():
            rows = records.read_rulings(path)
            left = (
                r for r in rows if isinstance(r, Undoing | Elsewhere) or r.transcript not in ids
            )
            record_whole(log, secret, path, records.ruling_lines(left), forgotten)
    if study.corrections.exists():
        corrections = records.read_corrections(study.corrections)
        lines = records.correction_lines(_without_places(c, ids) for c in corrections)
        record_whole(log, secret, study.corrections, lines, forgotten)


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
