"""The story on one page: ingest, detect, link, decide, replace, seal, log, release.

Each stage takes the open study and leaves its result in the study folder. A
stage whose inputs and output are unchanged does nothing, so that running one
twice changes nothing and a run that was stopped anywhere goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from redact.audit.events import DecisionRecorded, DocProcessed, RunFinished
from redact.audit.log import AuditLog
from redact.audit.sent import TextsSent
from redact.chain import (
    Progress,
    corrected_entities,
    find_everywhere,
    find_new_mentions,
    link_mentions,
    no_progress,
    replace_mentions,
)
from redact.core import Detection, Entity, Place, SafeTranscript, Span
from redact.custody.payload import Document
from redact.detect.elsewhere import Fleet, LookAsked, OtherMachines, Workers
from redact.detect.evidence import Look
from redact.disk import sweep_temporary, write_changed
from redact.errors import BadInput, RedactError
from redact.link.everywhere import added, laid_over
from redact.policy import Policy
from redact.study import records
from redact.study.consent import keeps_consent, record_consent
from redact.study.desk import Desk, detections_of, log_start
from redact.study.forgotten import recalled
from redact.study.hold import hold
from redact.study.linkage import as_text_only, grown_key, made_file
from redact.study.looks import LOOKS, keep_look, look_token, read_looks, write_looks
from redact.study.memory import forms_to_seek, not_let_go, require_hidden, still_hidden
from redact.study.names import token
from redact.study.originals import lacking, with_originals
from redact.study.placements import Placement, Placements
from redact.study.records import DECISIONS, ENTITIES, EVERYWHERE, MENTIONS, PLACES
from redact.study.rulings import rewrites, without_overruled
from redact.study.safe_folder import (
    drop_outdated,
    record_discarded,
    record_gone,
    require_unedited,
)
from redact.study.sealed import seal_key, superseding
from redact.study.state import (
    STAGES,
    Stage,
    StudyState,
    corrections_linked,
    is_current,
    known_rows,
    mark_current,
    read_state,
    unmark,
)
from redact.study.word_files import require_vouched

_MOST_LAYINGS = 4  # one finds all; a person's rulings may cut what it found, and a second mends it


def run_stage(
    desk: Desk,
    stage: Stage,
    workers: Workers = None,
    progress: Progress = no_progress,
    discard_edits: bool = False,
) -> tuple[Desk, bool]:
    """Runs this stage and any before it that are not up to date; says whether anything changed.

    All of it is done in one hold of the study: nobody decides or seals anything meanwhile. Raises
    BadInput, before anything is done, if a safe transcript that was edited by hand would be written
    over, unless its edits are to be discarded.
    """
    changed = False
    wanted, seen = STAGES[: STAGES.index(stage) + 1], read_state(desk.study)
    if all(is_current(desk, seen, name) for name in wanted):
        return desk, False  # nothing is to be written: the log is not even opened
    with hold(desk.study, desk.seen) as log:
        require_vouched(desk.study, desk.key.secret)
        desk.study.create_folders()  # somebody may have deleted one
        state = read_state(desk.study)
        stages = STAGES[: STAGES.index(stage) + 1]
        if "replace" in stages and not all(is_current(desk, state, name) for name in stages):
            require_unedited(desk.study, desk.key.documents, discard_edits)
        for name in stages:
            if is_current(desk, state, name):
                continue
            for folder in desk.study.folders():
                sweep_temporary(folder)
            log_start(log, desk, name)
            progress(name, 0, 0)
            if name == "replace":
                require_unedited(desk.study, desk.key.documents, discard_edits)
                for record in (record_discarded, record_gone):
                    record(log, desk.study, desk.key.documents, desk.actor().id)
                state = unmark(log, desk, state, name)
            desk = _STAGES[name](desk, state, log, workers, progress)
            state = mark_current(log, desk, state, name)
            log.append(RunFinished(command=name, outcome="done", exit=0))
            changed = True
    return desk, changed


def run_all(
    desk: Desk,
    workers: Workers = None,
    progress: Progress = no_progress,
    discard_edits: bool = False,
) -> Desk:
    """All stages up to the safe transcripts, and every source sealed that they do not bring back.

    What the table says of consent is in the log then. `progress` is told a stage that begins with
    0 of 0.
    """
    desk, _ = run_stage(desk, "replace", workers, progress, discard_edits)
    desk = keep_originals(desk)
    if keeps_consent(desk):
        with hold(desk.study, desk.seen) as log:
            record_consent(log, desk)
    return desk


def keep_originals(desk: Desk) -> Desk:
    """The desk once every source that its text does not bring back is sealed beside the key.

    The replace stage does so by itself: this is for a study of an earlier build, or one that lost
    some. For any other the log is not even opened.
    """
    as_text = lacking(desk)
    if not as_text:
        return desk
    study, identity = desk.study, desk.identity.identity
    with hold(study, desk.seen) as log:
        log_start(log, desk, "keep originals")
        known = as_text | {one.doc for one in desk.key.originals}
        grown = superseding(desk.key, desk.key_sha256, log)
        key = with_originals(study, grown, known, desk.sources, identity)
        sealed = seal_key(study, log, key, identity, desk.key_sha256, desk.behind)
        log.append(RunFinished(command="keep originals", outcome="done", exit=0))
    return desk.with_key(key, sealed)


@dataclass(frozen=True, slots=True)
class _Logged(OtherMachines):
    """Other machines that look; before they are sent a text, the log says so."""

    machines: OtherMachines
    log: AuditLog

    def ready(self, policy: Policy) -> Fleet:
        return self.machines.ready(policy)

    def look_at(
        self, asked: tuple[LookAsked, ...], policy: Policy, made: Callable[[str, Look], None]
    ) -> None:
        fleet = self.machines.ready(policy)
        self.log.append(
            TextsSent(scheduler=fleet.where, workers=fleet.workers, documents=len(asked))
        )
        self.machines.look_at(asked, policy, made)


def _detect_stage(
    desk: Desk, state: StudyState, log: AuditLog, workers: Workers, progress: Progress
) -> Desk:
    secret, path = desk.key.secret, desk.study.work / LOOKS
    looks = read_looks(path, secret)
    try:
        detected = find_new_mentions(
            desk.corpus,
            desk.policy,
            _Logged(workers, log) if isinstance(workers, OtherMachines) else workers,
            progress,
            known=lambda digest: looks.get(look_token(secret, digest)),
            keep=lambda made: keep_look(path, secret, made),
        )
    except RedactError as error:
        raise _name_source(desk, error) from None
    detections = detected.detections
    write_looks(path, secret, detected.looks)
    (desk.study.work / EVERYWHERE).unlink(missing_ok=True)  # it lay over what was detected before
    records.write_detections(desk.study.work / MENTIONS, detections)
    for document, detection in zip(desk.key.documents, detections, strict=True):
        log.append(
            DocProcessed(
                doc=document.doc_id,
                stage="detect",
                source_token=token(desk.key.secret, "source", document.source_sha256),
                mentions=dict(Counter(str(m.label) for m in detection.mentions)),
                encoding=document.encoding,
                encoding_guessed=document.guessed or None,
            )
        )
    kept = [item for detection in detections for item in detection.kept]
    bodies = Counter(item.term for item in kept if item.reason == "kept_body")
    ordinary = sum(item.reason == "ordinary_word" for item in kept)
    by = f"policy {desk.policy.name} {desk.policy.version}"
    log.append(DecisionRecorded(action="keep", by=by, reason="kept body", counts=dict(bodies)))
    log.append(
        DecisionRecorded(
            action="keep",
            by="detection",
            reason="ordinary word",
            counts={"places": ordinary},
        )
    )
    return desk


def _link_stage(
    desk: Desk, state: StudyState, log: AuditLog, workers: Workers, progress: Progress
) -> Desk:
    corrections = records.read_corrections(desk.study.corrections)
    applied = corrections_linked(desk, state)
    if applied is not None:  # a person's word alone is new: only what it touches changes
        entities = corrected_entities(
            desk.corpus, records.read_entities(desk.study.work / ENTITIES), corrections, applied
        )
        return _linked(desk, log, entities)
    entities = link_mentions(
        desk.corpus,
        _found_everywhere(desk, log),
        desk.policy,
        earlier=_earlier(desk) if state.scope in (None, desk.policy.link.scope) else None,
        known_rows=known_rows(desk, state),
        corrections=without_overruled(corrections, records.read_rulings(desk.study.rulings)),
    )
    return _linked(desk, log, entities)


def _linked(desk: Desk, log: AuditLog, entities: tuple[Entity, ...]) -> Desk:
    records.write_entities(desk.study.work / ENTITIES, entities)
    counts = dict(Counter(str(entity.label) for entity in entities))
    questions = sum(bool(entity.question) for entity in entities)
    log.append(
        DecisionRecorded(
            action="link",
            by="linking",
            reason=f"scope {desk.policy.link.scope}",
            counts={**counts, "questions": questions},
        )
    )
    return desk


def _found_everywhere(desk: Desk, log: AuditLog) -> tuple[Detection, ...]:
    """The mentions as they stand, with every form that the key will have settled at every place.

    What that adds is written down, so that whoever asks for the mentions has it too.
    """
    path, key = desk.study.work / EVERYWHERE, desk.key
    path.unlink(missing_ok=True)
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    sought = forms_to_seek(
        key,
        records.read_rulings(desk.study.rulings),
        records.read_corrections(desk.study.corrections),
        texts,
    )
    more = tuple(Detection(transcript.id, ()) for transcript in desk.transcripts)
    for _ in range(_MOST_LAYINGS):
        standing = detections_of(desk)
        found = find_everywhere(
            desk.corpus,
            standing,
            sought=sought,
            recall=lambda text: recalled(key.secret, key.forgotten, text),
        )
        new = added(standing, found)
        if not any(one.mentions or one.kept for one in new):
            break
        more = laid_over(more, new)
        records.write_detections(path, more)
    log.append(
        DecisionRecorded(
            action="find everywhere",
            by="linking",
            reason="forms of what was found, looked for in every transcript",
            counts={
                "mentions": sum(len(one.mentions) for one in more),
                "ordinary words": sum(len(one.kept) for one in more),
            },
        )
    )
    return detections_of(desk)


def _replace_stage(
    desk: Desk, state: StudyState, log: AuditLog, workers: Workers, progress: Progress
) -> Desk:
    """Decides, splices, proves that every transcript restores, seals, and then writes."""
    rulings = records.read_rulings(desk.study.rulings)
    held = not_let_go(desk.key, rulings, records.read_corrections(desk.study.corrections))
    entities = still_hidden(
        records.read_entities(desk.study.work / ENTITIES), held, desk.policy.actions
    )
    made_safe = replace_mentions(
        desk.corpus,
        entities,
        desk.policy,
        desk.key.secret,
        earlier=_earlier(desk),
        spent=[entry.pseudonym for entry in desk.key.entries],
        rewrites=rewrites(rulings),
        held=held,
    )
    decisions, safe = made_safe.decisions, made_safe.transcripts
    decided = {decision.entity: decision for decision in decisions}
    handling = desk.policy.formats
    made = [
        made_file(source, item, handling) for source, item in zip(desk.sources, safe, strict=True)
    ]
    files, safe = tuple(file for file, _ in made), tuple(item for _, item in made)
    require_hidden(held, safe, {t.id: t.text for t in desk.transcripts})
    key = grown_key(desk, log, entities, {d.entity: d.pseudonym for d in decisions}, safe, files)
    as_text = as_text_only(key, key.documents, files)
    new = {one.safe_name for one in key.documents} - {one.safe_name for one in desk.key.documents}
    require_unedited(desk.study, (one for one in key.documents if one.safe_name in new))
    key = with_originals(desk.study, key, as_text, desk.sources, desk.identity.identity)
    sealed = seal_key(desk.study, log, key, desk.identity.identity, desk.key_sha256, desk.behind)
    earlier = desk.key.documents
    desk = desk.with_key(key, sealed)
    records.write_decisions(desk.study.work / DECISIONS, decisions)
    records.write_placements(
        desk.study.work / PLACES,
        (_placements(document, item) for document, item in zip(key.documents, safe, strict=True)),
    )
    for document, file, source in zip(key.documents, files, desk.sources, strict=True):
        write_changed(desk.study.safe / document.safe_name, file.data)
        dropped = source.reading.dropped
        log.append(
            DocProcessed(
                doc=document.doc_id,
                stage="replace",
                source_token=token(key.secret, "source", document.source_sha256),
                safe_sha256=document.safe_sha256,
                left_out=dict(dropped) or None,
            )
        )
    drop_outdated(desk.study, key.documents, earlier)
    actions = Counter(f"{decided[e.id].action} {e.label}" for e in entities)
    log.append(
        DecisionRecorded(
            action="replace",
            by=f"policy {desk.policy.name} {desk.policy.version}",
            reason="action of the label",
            counts=dict(actions),
        )
    )
    return desk


def _placements(document: Document, safe: SafeTranscript) -> Placements:
    return Placements(
        transcript=safe.id,
        file=document.safe_name,
        placed=tuple(
            Placement(Span(r.start, r.end), Span(r.safe_start, r.safe_end), r.entity)
            for r in safe.replacements
        ),
        encoding=document.encoding,
    )


def _earlier(desk: Desk) -> dict[Place, str]:
    """The pseudonym that each place has in the linkage key."""
    return {
        Place.at(item.doc, item.start, item.end): desk.key.entries[item.entry].pseudonym
        for item in desk.key.replacements
    }


_STAGES = {"detect": _detect_stage, "link": _link_stage, "replace": _replace_stage}


def _name_source(desk: Desk, error: RedactError) -> RedactError:
    """The error with the source's own path, which only the person at the terminal sees."""
    for document in desk.key.documents:
        if document.doc_id == error.where:
            return BadInput(error.what, where=document.source_path, remedy=error.remedy)
    return error
