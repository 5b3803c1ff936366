"""How far a study has come: which stage's output belongs to what the study is made of now."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import asdict

from redact.core import VERSION, Place
from redact.disk import write_atomic
from redact.link.corrections import Act, Correction, Rename, Retype, Undo
from redact.study import records
from redact.study.desk import Desk, load_json
from redact.study.records import DECISIONS, ENTITIES, MENTIONS, PLACES
from redact.study.rulings import Ruling, in_force

STATE, SETTLED = "state.json", "settled.json"
STAGES = ("detect", "link", "replace")


def _inputs(desk: Desk, stage: str) -> str:
    """A keyed digest of everything a stage's result depends on."""
    parts: list[object] = [VERSION, stage, [d.source_sha256 for d in desk.key.documents]]
    parts += [[asdict(entry) for entry in desk.roster]]
    parts += [[asdict(row) if row else None for row in desk.interviews]]
    parts += [desk.policy.detect.model_dump(), desk.policy.keep.model_dump()]
    if stage in ("link", "replace"):
        parts += [desk.policy.link.model_dump()]
        corrections = records.read_corrections(desk.study.corrections)
        parts += [[_corrected(one) for one in corrections]]
        held = sorted(in_force(records.read_rulings(desk.study.rulings)).items())
        parts += [[_ruled(ruling) for _, rulings in held for ruling in rulings]]
    if stage == "replace":
        parts += [desk.policy.actions.model_dump(), desk.policy.templates.model_dump()]
        parts += [desk.policy.name, desk.policy.version, desk.policy.formats.model_dump()]
    text = json.dumps(parts, sort_keys=True)
    return hmac.new(desk.key.secret, text.encode(), hashlib.sha256).hexdigest()


def _corrected(correction: Correction) -> dict[str, object]:
    """A correction in the digest, as commit 938b1ec had it: an older study stays up to date."""
    match correction:
        case Rename(pseudonym=to) | Retype(label=to) | Act(action=to):
            said = str(to)
        case Undo(row=row):
            said = str(row)
        case _:
            said = ""
    before = [{**asdict(one), "places": _spots(one.places)} for one in correction.before]
    places, by, time = _spots(correction.places), correction.by, correction.time
    action = correction.kind
    return {
        "action": action,
        "places": places,
        "to": said,
        "before": before,
        "by": by,
        "time": time,
    }


def _spots(places: Iterable[Place]) -> list[tuple[str, int, int]]:
    return [(place.transcript, place.start, place.end) for place in places]


def _ruled(ruling: Ruling) -> tuple[str, int, int, str | None, str]:
    """A ruling in the digest, as commit 938b1ec had it."""
    place = ruling.place
    return place.transcript, place.start, place.end, ruling.label, ruling.text or ""


def _output(desk: Desk, stage: str) -> str:
    """A keyed digest of what a stage left behind; empty if any of it is missing."""
    work = desk.study.work
    files = {"detect": [work / MENTIONS], "link": [work / ENTITIES], "replace": [work / DECISIONS]}
    paths = list(files[stage])
    if stage == "replace":
        paths += [work / PLACES]
        paths += [desk.study.safe / document.safe_name for document in desk.key.documents]
    digest = hmac.new(desk.key.secret, digestmod=hashlib.sha256)
    for path in paths:
        if not path.is_file():
            return ""
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_current(desk: Desk, stage: str) -> bool:
    """Whether the stage's output is there and belongs to what the study is made of now."""
    marked = load_json(desk.study.work / STATE).get(stage, {})
    output = _output(desk, stage)
    return bool(output) and marked == {"inputs": _inputs(desk, stage), "output": output}


def mark_current(desk: Desk, stage: str) -> None:
    """Records that the stage's output belongs to what the study is made of now."""
    state = load_json(desk.study.work / STATE)
    state[stage] = {"inputs": _inputs(desk, stage), "output": _output(desk, stage)}
    if stage == "link":
        state["scope"] = {
            "link": desk.policy.link.scope
        }  # a changed scope is asked for: it links anew
    for later in STAGES[STAGES.index(stage) + 1 :]:
        state.pop(later, None)
    write_atomic(desk.study.work / STATE, json.dumps(state, sort_keys=True).encode())


def unmark(desk: Desk, stage: str) -> None:
    state = load_json(desk.study.work / STATE)
    if state.pop(stage, None) is not None:
        write_atomic(desk.study.work / STATE, json.dumps(state, sort_keys=True).encode())
