"""The story on one page: ingest, detect, link, decide, replace, seal, log, release.

Each stage takes the open study and leaves its result in the study folder. A
stage whose inputs and output are unchanged does nothing, so that running one
twice changes nothing and a run that was stopped anywhere goes on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from redact import __version__, records
from redact.audit.log import AuditLog, open_log, utc_now
from redact.core import Detection, Entity, SafeTranscript, Transcript
from redact.custody.payload import Document, Entry, Form, LinkageKey, Replaced
from redact.desk import Desk, load_json, seal_key
from redact.detect.detector import detect
from redact.errors import BadInput, RedactError, Tampered
from redact.link.linker import link
from redact.policy import Policy, policy_digest
from redact.release.names import neutral_names, token
from redact.replace.decide import decide
from redact.replace.labels import number_of, numbers_in
from redact.replace.splice import by_transcript, replace as make_safe, restore
from redact.study import write_atomic

Progress = Callable[[str, int, int], None]
MENTIONS, ENTITIES, DECISIONS = "mentions.jsonl", "entities.jsonl", "decisions.jsonl"
STATE, SETTLED = "state.json", "settled.json"
STAGES = ("detect", "link", "replace")


def no_progress(stage: str, done: int, of: int) -> None:
    """For callers that show nothing."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What `redact detect` gives without a study."""

    detections: tuple[Detection, ...]
    entities: tuple[Entity, ...]

    def entity_of(self) -> dict[tuple[str, int, int], str]:
        return {(m.transcript, m.start, m.end): e.id for e in self.entities for m in e.mentions}


def find_mentions(
    transcripts: tuple[Transcript, ...],
    policy: Policy,
    roster: tuple[object, ...] = (),
    workers: int = 1,
    progress: Progress = no_progress,
) -> Findings:
    """Detection and linking of loose transcripts, for `redact detect SOURCE --out`."""
    detections = detect(transcripts, policy, roster, workers, _count(progress, "detect", transcripts))  # type: ignore[arg-type]
    return Findings(detections, link(transcripts, detections, roster, policy.link.scope))  # type: ignore[arg-type]


def run_stage(
    desk: Desk, stage: str, workers: int = 1, progress: Progress = no_progress
) -> tuple[Desk, bool]:
    """Runs this stage and any before it that are not up to date; says whether anything changed."""
    changed = False
    for name in STAGES[: STAGES.index(stage) + 1]:
        if _is_current(desk, name):
            continue
        with open_log(desk.log, desk.actor()) as log:
            log_start(log, desk, name)
            desk = _STAGES[name](desk, log, workers, progress)
            _mark(desk, name)
            log.append("run.finished", command=name, outcome="done", exit=0)
        changed = True
    return desk, changed


def _detect_stage(desk: Desk, log: AuditLog, workers: int, progress: Progress) -> Desk:
    try:
        detections = detect(
            desk.transcripts,
            desk.policy,
            desk.roster,
            workers,
            _count(progress, "detect", desk.transcripts),
        )
    except RedactError as error:
        raise _name_source(desk, error) from None
    records.write_detections(desk.study.work / MENTIONS, detections)
    for document, detection in zip(desk.key.documents, detections, strict=True):
        log.append(
            "doc.processed",
            doc=document.doc_id,
            stage="detect",
            source_token=token(desk.key.secret, "source", document.source_sha256),
            mentions=dict(Counter(str(m.label) for m in detection.mentions)),
            encoding=document.encoding,
        )
    kept = [item for detection in detections for item in detection.kept]
    bodies = Counter(item.term for item in kept if item.reason == "kept_body")
    ordinary = sum(item.reason == "ordinary_word" for item in kept)
    by = f"policy {desk.policy.name} {desk.policy.version}"
    log.append(
        "decision.recorded", action="keep", by=by, reason="kept body", counts=dict(bodies)
    )
    log.append(
        "decision.recorded",
        action="keep",
        by="detection",
        reason="ordinary word",
        counts={"places": ordinary},
    )
    return desk


def _link_stage(desk: Desk, log: AuditLog, workers: int, progress: Progress) -> Desk:
    detections = records.read_detections(desk.study.work / MENTIONS)
    entities = link(desk.transcripts, detections, desk.roster, desk.policy.link.scope)
    records.write_entities(desk.study.work / ENTITIES, entities)
    counts = dict(Counter(str(entity.label) for entity in entities))
    questions = sum(bool(entity.question) for entity in entities)
    log.append(
        "decision.recorded",
        action="link",
        by="linking",
        reason=f"scope {desk.policy.link.scope}",
        counts={**counts, "questions": questions},
    )
    return desk


def _replace_stage(desk: Desk, log: AuditLog, workers: int, progress: Progress) -> Desk:
    """Decides, splices, proves that every transcript restores, seals, and then writes."""
    entities = records.read_entities(desk.study.work / ENTITIES)
    earlier = {
        (item.doc, item.start, item.end): desk.key.entries[item.entry].pseudonym
        for item in desk.key.replacements
    }
    spent = [named for entry in desk.key.entries if (named := number_of(entry.pseudonym))]
    spent += [named for transcript in desk.transcripts for named in numbers_in(transcript.text)]
    decisions = decide(entities, desk.policy, earlier, spent)
    decided = {decision.entity: decision for decision in decisions}
    mentions = by_transcript(entities)
    safe = tuple(
        make_safe(transcript, mentions.get(transcript.id, ()), decided)
        for transcript in desk.transcripts
    )
    key = _grown_key(desk, log, entities, {d.entity: d.pseudonym for d in decisions}, safe)
    _require_round_trip(desk, key, safe)
    sealed = seal_key(desk.study, log, key, desk.identity.identity, supersedes=desk.key_sha256)
    desk = desk.with_key(key, sealed)
    records.write_decisions(desk.study.work / DECISIONS, decisions)
    wanted = {document.safe_name for document in key.documents}
    for document, item in zip(key.documents, safe, strict=True):
        write_atomic(desk.study.safe / document.safe_name, item.text.encode("utf-8"))
        log.append(
            "doc.processed",
            doc=document.doc_id,
            stage="replace",
            source_token=token(key.secret, "source", document.source_sha256),
            safe_sha256=document.safe_sha256,
        )
    for path in desk.study.safe.iterdir():
        if path.name not in wanted:
            path.unlink()
    actions = Counter(f"{decided[e.id].action} {e.label}" for e in entities)
    log.append(
        "decision.recorded",
        action="replace",
        by=f"policy {desk.policy.name} {desk.policy.version}",
        reason="action of the label",
        counts=dict(actions),
    )
    return desk


_STAGES = {"detect": _detect_stage, "link": _link_stage, "replace": _replace_stage}


def _grown_key(
    desk: Desk,
    log: AuditLog,
    entities: tuple[Entity, ...],
    pseudonyms: dict[str, str],
    safe: tuple[SafeTranscript, ...],
) -> LinkageKey:
    """The linkage key for these safe transcripts, superseding the one in force."""
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    used: dict[str, Counter[str]] = {}
    for item in safe:
        for r in item.replacements:
            used.setdefault(r.entity, Counter())[texts[item.id][r.start : r.end]] += 1
    entries: list[Entry] = []
    number_of_entity: dict[str, int] = {}
    form_at: dict[tuple[str, str], int] = {}
    for entity in entities:
        forms = used.get(entity.id)
        if not forms:
            continue
        number_of_entity[entity.id] = len(entries)
        form_at |= {(entity.id, form): at for at, form in enumerate(forms)}
        entries.append(
            Entry(
                pseudonym=pseudonyms[entity.id],
                type=entity.label,
                forms=tuple(Form(text=text, count=count) for text, count in forms.items()),
                decided_by=f"policy {desk.policy.name} {desk.policy.version}",
                reason="; ".join(entity.why),
            )
        )
    entries += _organisations_never_named(desk, entries, pseudonyms.values())
    replacements = tuple(
        Replaced(
            doc=item.id,
            start=r.start,
            end=r.end,
            safe_start=r.safe_start,
            safe_end=r.safe_end,
            entry=number_of_entity[r.entity],
            form=form_at[r.entity, texts[item.id][r.start : r.end]],
        )
        for item in safe
        for r in item.replacements
    )
    names = neutral_names(transcript.nation for transcript in desk.transcripts)
    documents = tuple(
        document.model_copy(
            update={
                "safe_name": f"{name}.txt",
                "safe_sha256": hashlib.sha256(item.text.encode("utf-8")).hexdigest(),
            }
        )
        for document, name, item in zip(desk.key.documents, names, safe, strict=True)
    )
    return replace(
        desk.key,
        linkage_id=str(uuid.uuid4()),
        created=utc_now(),
        supersedes=desk.key_sha256,
        checkpoint=log.checkpoint(),
        tool_version=__version__,
        documents=documents,
        entries=tuple(entries),
        replacements=replacements,
    )


def _organisations_never_named(
    desk: Desk, entries: list[Entry], taken: object
) -> list[Entry]:
    """Organisations of interviews.csv that nobody names aloud still need a pseudonym there."""
    named = {form.text.casefold() for entry in entries if entry.type == "ORG" for form in entry.forms}
    listed = {
        form.casefold(): entry for entry in desk.roster if entry.kind == "ORG" for form in entry.forms
    }
    earlier = {
        form.text.casefold(): entry.pseudonym for entry in desk.key.entries for form in entry.forms
    }
    used = {e.pseudonym for e in (*entries, *desk.key.entries)} | set(taken)  # type: ignore[call-overload]
    number, missing = 1, []
    counts = Counter(row.organisation for row in desk.interviews if row and row.organisation)
    for name, count in sorted(counts.items(), key=lambda item: token(desk.key.secret, "org", item[0])):
        entry = listed.get(name.casefold())
        forms = {name.casefold()} | {f.casefold() for f in (entry.forms if entry else ())}
        if forms & named:
            continue
        label = earlier.get(name.casefold())
        while label is None or (label in used and earlier.get(name.casefold()) != label):
            label, number = f"[Organisation {number}]", number + 1
        used.add(label)
        missing.append(
            Entry(
                pseudonym=label,
                type="ORG",
                forms=(Form(text=name, count=count),),
                decided_by="interviews.csv",
                reason="named only in the table",
            )
        )
    return missing


def original_bytes(key: LinkageKey, document: Document, safe: str) -> bytes:
    """The source's bytes from the safe text and the key; Tampered unless they are exact."""
    places = [
        (item.safe_start, item.safe_end, key.entries[item.entry].forms[item.form].text)
        for item in key.replacements_of(document.doc_id)
    ]
    try:
        data = bytes.fromhex(document.bom) + restore(safe, places).encode(document.encoding)
    except (ValueError, LookupError):
        data = b""
    if hashlib.sha256(data).hexdigest() != document.source_sha256:
        raise Tampered(
            "this safe transcript does not restore to its source",
            where=document.safe_name,
            remedy="It was edited after it was made. Delete it and run `redact replace`.",
        )
    return data


def _require_round_trip(desk: Desk, key: LinkageKey, safe: tuple[SafeTranscript, ...]) -> None:
    for document, item in zip(key.documents, safe, strict=True):
        original_bytes(key, document, item.text)


def read_safe(desk_or_study: Path, document: Document) -> str:
    """A safe transcript as it was written; Tampered if it was edited or is gone."""
    path = desk_or_study / document.safe_name
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    if not document.safe_name or hashlib.sha256(data).hexdigest() != document.safe_sha256:
        raise Tampered(
            "this safe transcript is missing or was edited",
            where=str(path),
            remedy="Delete it and run `redact replace` to make it anew.",
        )
    return data.decode("utf-8")


def _inputs(desk: Desk, stage: str) -> str:
    """A keyed digest of everything a stage's result depends on."""
    parts: list[object] = [__version__, stage, [d.source_sha256 for d in desk.key.documents]]
    parts += [[asdict(entry) for entry in desk.roster]]
    parts += [[asdict(row) if row else None for row in desk.interviews]]
    parts += [desk.policy.detect.model_dump(), desk.policy.keep.model_dump()]
    if stage in ("link", "replace"):
        parts += [desk.policy.link.model_dump()]
    if stage == "replace":
        parts += [desk.policy.actions.model_dump(), desk.policy.name, desk.policy.version]
    text = json.dumps(parts, sort_keys=True)
    return hmac.new(desk.key.secret, text.encode(), hashlib.sha256).hexdigest()


def _output(desk: Desk, stage: str) -> str:
    """A keyed digest of what a stage left behind; empty if any of it is missing."""
    work = desk.study.work
    files = {"detect": [work / MENTIONS], "link": [work / ENTITIES], "replace": [work / DECISIONS]}
    paths = list(files[stage])
    if stage == "replace":
        paths += [desk.study.safe / document.safe_name for document in desk.key.documents]
    digest = hmac.new(desk.key.secret, digestmod=hashlib.sha256)
    for path in paths:
        if not path.is_file():
            return ""
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _is_current(desk: Desk, stage: str) -> bool:
    marked = load_json(desk.study.work / STATE).get(stage, {})
    output = _output(desk, stage)
    return bool(output) and marked == {"inputs": _inputs(desk, stage), "output": output}


def _mark(desk: Desk, stage: str) -> None:
    state = load_json(desk.study.work / STATE)
    state[stage] = {"inputs": _inputs(desk, stage), "output": _output(desk, stage)}
    for later in STAGES[STAGES.index(stage) + 1 :]:
        state.pop(later, None)
    write_atomic(desk.study.work / STATE, json.dumps(state, sort_keys=True).encode())


def log_start(log: AuditLog, desk: Desk, command: str) -> None:
    log.append(
        "run.started",
        command=command,
        tool=f"redact {__version__}",
        policy=f"{desk.policy.name} {desk.policy.version}",
        policy_sha256=policy_digest(desk.policy_data),
    )


def _count(
    progress: Progress, stage: str, transcripts: tuple[Transcript, ...]
) -> Callable[[str], None]:
    finished: set[str] = set()

    def done(transcript_id: str) -> None:
        finished.add(transcript_id)
        progress(stage, len(finished), len(transcripts))

    progress(stage, 0, len(transcripts))
    return done


def _name_source(desk: Desk, error: RedactError) -> RedactError:
    """The error with the source's own path, which only the person at the terminal sees."""
    for document in desk.key.documents:
        if document.doc_id == error.where:
            return BadInput(error.what, where=document.source_path, remedy=error.remedy)
    return error
