"""The story on one page: ingest, detect, link, decide, replace, seal, log, release.

Each stage takes the open study and leaves its result in the study folder. A
stage whose inputs and output are unchanged does nothing, so that running one
twice changes nothing and a run that was stopped anywhere goes on.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from redact.audit.events import DecisionRecorded, DocProcessed, RunFinished
from redact.audit.log import AuditLog, open_log
from redact.chain import Progress, find_mentions, link_mentions, no_progress, replace_mentions
from redact.core import Place, SafeTranscript, Span
from redact.custody.payload import Document
from redact.disk import sweep_temporary, write_atomic
from redact.errors import BadInput, RedactError
from redact.study import records
from redact.study.desk import Desk, detections_of, log_start
from redact.study.linkage import grown_key, made_file, require_round_trip
from redact.study.names import token
from redact.study.placements import Placement, Placements
from redact.study.records import DECISIONS, ENTITIES, MENTIONS, PLACES
from redact.study.rulings import rewrites
from redact.study.sealed import seal_key
from redact.study.state import (
    STAGES,
    Stage,
    StudyState,
    is_current,
    mark_current,
    read_state,
    require_unchanged,
    unmark,
)


def run_stage(
    desk: Desk, stage: Stage, workers: int = 1, progress: Progress = no_progress
) -> tuple[Desk, bool]:
    """Runs this stage and any before it that are not up to date; says whether anything changed."""
    changed = False
    state = read_state(desk.study)
    for name in STAGES[: STAGES.index(stage) + 1]:
        if is_current(desk, state, name):
            continue
        with open_log(desk.log, desk.actor()) as log:
            require_unchanged(desk.study, state)
            for folder in desk.study.folders():
                sweep_temporary(folder)
            log_start(log, desk, name)
            if name == "replace":
                _refuse_edited(desk, state)
                state = unmark(desk, state, name)
            desk = _STAGES[name](desk, state, log, workers, progress)
            state = mark_current(desk, state, name)
            log.append(RunFinished(command=name, outcome="done", exit=0))
        changed = True
    return desk, changed


def _detect_stage(
    desk: Desk, state: StudyState, log: AuditLog, workers: int, progress: Progress
) -> Desk:
    try:
        detections = find_mentions(desk.corpus, desk.policy, workers, progress)
    except RedactError as error:
        raise _name_source(desk, error) from None
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
    desk: Desk, state: StudyState, log: AuditLog, workers: int, progress: Progress
) -> Desk:
    entities = link_mentions(
        desk.corpus,
        detections_of(desk),
        desk.policy,
        earlier=_earlier(desk) if state.scope in (None, desk.policy.link.scope) else None,
        corrections=records.read_corrections(desk.study.corrections),
    )
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


def _replace_stage(
    desk: Desk, state: StudyState, log: AuditLog, workers: int, progress: Progress
) -> Desk:
    """Decides, splices, proves that every transcript restores, seals, and then writes."""
    entities = records.read_entities(desk.study.work / ENTITIES)
    made_safe = replace_mentions(
        desk.corpus,
        entities,
        desk.policy,
        desk.key.secret,
        earlier=_earlier(desk),
        spent=[entry.pseudonym for entry in desk.key.entries],
        rewrites=rewrites(records.read_rulings(desk.study.rulings)),
    )
    decisions, safe = made_safe.decisions, made_safe.transcripts
    decided = {decision.entity: decision for decision in decisions}
    handling = desk.policy.formats
    made = [
        made_file(source, item, handling) for source, item in zip(desk.sources, safe, strict=True)
    ]
    files, safe = tuple(file for file, _ in made), tuple(item for _, item in made)
    key = grown_key(desk, log, entities, {d.entity: d.pseudonym for d in decisions}, safe, files)
    require_round_trip(key, files)
    sealed = seal_key(desk.study, log, key, desk.identity.identity, supersedes=desk.key_sha256)
    desk = desk.with_key(key, sealed)
    records.write_decisions(desk.study.work / DECISIONS, decisions)
    records.write_placements(
        desk.study.work / PLACES,
        (_placements(document, item) for document, item in zip(key.documents, safe, strict=True)),
    )
    wanted = {document.safe_name for document in key.documents}
    for document, file, source in zip(key.documents, files, desk.sources, strict=True):
        write_atomic(desk.study.safe / document.safe_name, file.data)
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
    for path in desk.study.safe.iterdir():
        if path.name not in wanted:
            path.unlink()
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


def _refuse_edited(desk: Desk, state: StudyState) -> None:
    """Raises BadInput if somebody edited a finished safe transcript: it would be overwritten."""
    if "replace" not in state.stages:
        return
    for document in desk.key.documents:
        path = desk.study.safe / document.safe_name
        if not path.is_file():
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() != document.safe_sha256:
            raise BadInput(
                "this safe transcript was edited by hand after it was made",
                where=str(path),
                remedy="Move your copy out of the folder and run the command again; to hide "
                "more, add it to the roster.",
            )


def _name_source(desk: Desk, error: RedactError) -> RedactError:
    """The error with the source's own path, which only the person at the terminal sees."""
    for document in desk.key.documents:
        if document.doc_id == error.where:
            return BadInput(error.what, where=document.source_path, remedy=error.remedy)
    return error
