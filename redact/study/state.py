"""How far a study has come: which stage's output belongs to what the study is made of now."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from redact.audit.log import AuditLog
from redact.core import VERSION, Place, RosterEntry
from redact.disk import cannot_read, write_atomic
from redact.errors import BadInput
from redact.link.corrections import (
    Act,
    Apart,
    Correction,
    Different,
    DontKnow,
    Merge,
    Rename,
    Retype,
    Split,
    Undo,
)
from redact.study import earlier_rows, records
from redact.study.desk import Desk
from redact.study.folder import Study
from redact.study.hold import changed
from redact.study.names import token
from redact.study.records import DECISIONS, ENTITIES, EVERYWHERE, MENTIONS, PLACES
from redact.study.rulings import Ruling, in_force, not_undone
from redact.study.state_row import StateRow

STATE = "state.json"
SETTLED = "settled.json"  # where commit 938b1ec kept what is settled; it goes with the next write
Stage = Literal["detect", "link", "replace"]
STAGES: tuple[Stage, ...] = ("detect", "link", "replace")
WHO_IS_ONE = (Merge, Split, Apart, Different, DontKnow)
_MOST_SINCE = 50  # corrections since the last linking
_REMEDY = (
    "Put a backup of it back, or delete it: then the stages run anew, transcripts are to be "
    "settled again, and a release that is there already is made again under a new name."
)
_REMEDY_OF_SETTLED = "Put a backup of it back, or delete it and run `redact settle` again."


@dataclass(frozen=True, slots=True)
class StageMark:
    """Keyed digests of what a stage was made of and of what it left behind."""

    inputs: str
    output: str


@dataclass(frozen=True, slots=True)
class Settled:
    """Who settled a transcript, and a keyed token of what it was then."""

    by: str
    token: str


@dataclass(frozen=True, slots=True)
class Releasing:
    """A release under way: its name, and the fingerprint of what it is to hold."""

    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyState:
    """How far a study has come. It is read once, and written where it is still what was read.

    `scope` is that of the last linking, `listed` are keyed tokens of the roster's rows that it had,
    `linked` is how many corrections it had (None: an earlier build did it); `releases` are
    fingerprints by name; `settled` is by
    document; `passed` are keyed tokens of what the newest release told and its gates bore.
    """

    stages: Mapping[Stage, StageMark] = field(default_factory=dict)
    scope: str | None = None
    releases: Mapping[str, str] = field(default_factory=dict)
    releasing: Releasing | None = None
    settled: Mapping[str, Settled] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    linked: int | None = None


def read_state(study: Study) -> StudyState:
    """The state of a study, at its start an empty one; BadInput if its file is damaged."""
    path = study.work / STATE
    said = _object(path)
    settled = {} if "kind" in said else _object(study.work / SETTLED)
    try:
        said = said if "kind" in said else earlier_rows.state(said, settled)
        row = StateRow.model_validate_json(json.dumps(said))
    except ValidationError as error:
        at = records.field_of(error) or ""
        is_settled = settled and at.startswith("settled")
        raise _damaged(study.work / SETTLED if is_settled else path, at) from None
    except (ValueError, TypeError, AttributeError, LookupError):
        raise _damaged(path) from None
    releasing = row.releasing
    return StudyState(
        stages={name: StageMark(one.inputs, one.output) for name, one in row.stages.items()},
        scope=row.scope,
        releases=row.releases,
        releasing=Releasing(releasing.name, releasing.fingerprint) if releasing else None,
        settled={doc: Settled(one.by, one.token) for doc, one in row.settled.items()},
        passed=row.passed,
        listed=row.listed,
        linked=row.linked,
    )


def _object(path: Path) -> dict[str, Any]:
    """The JSON object of a file, an empty one if there is no file."""
    try:
        said = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise cannot_read(path, error) from None
    except (ValueError, RecursionError):
        raise _damaged(path) from None
    if not isinstance(said, dict):
        raise _damaged(path)
    return said


def _damaged(path: Path, at: str | None = None) -> BadInput:
    remedy = _REMEDY if path.name == STATE else _REMEDY_OF_SETTLED
    return records.damaged("the record of how far this study has come", str(path), at, remedy)


def require_unchanged(study: Study, state: StudyState) -> None:
    """Raises StudyChanged unless the state on disk is still this one."""
    if read_state(study) != state:
        raise changed(study)


def write_state(log: AuditLog, study: Study, before: StudyState, after: StudyState) -> StudyState:
    """Writes `after` where `before` is still what is on disk, and gives it; else StudyChanged.

    The open log stands for the study's lock.
    """
    require_unchanged(study, before)
    if after != before:
        row = {"kind": "state", **asdict(after)}
        write_atomic(study.work / STATE, json.dumps(row, sort_keys=True).encode())
        (study.work / SETTLED).unlink(missing_ok=True)
    return after


def _inputs(desk: Desk, stage: Stage, corrected: int | None = None) -> str:
    """A keyed digest of everything a stage's result depends on.

    With only the first so many corrections where it is asked as it would be with those.
    """
    parts: list[object] = [VERSION, stage, [d.source_sha256 for d in desk.key.documents]]
    parts += [[_as_said(asdict(entry)) for entry in desk.roster]]
    parts += [[_as_said(asdict(row)) if row else None for row in desk.interviews]]
    keep = desk.policy.keep
    detect = desk.policy.detect
    later = {"dates"} if detect.dates == "day" else set[str]()  # earlier studies have no such key
    parts += [detect.model_dump(exclude=later), keep.model_dump(exclude={"lists"})]
    parts += [keep.terms] if keep.lists else []  # the lists may grow; earlier studies have none
    if stage in ("link", "replace"):
        parts += [desk.policy.link.model_dump()]
        corrections = records.read_corrections(desk.study.corrections)[:corrected]
        parts += [[_corrected(one) for one in corrections]]
        rows = records.read_rulings(desk.study.rulings)
        held = [one for _, rulings in sorted(in_force(rows).items()) for one in rulings]
        parts += [[_ruled(ruling) for ruling in held]]
        # Of two that overlap the earlier still holds for the letters that only it has.
        newest = frozenset(held)
        earlier = [_ruled(ruling) for ruling in not_undone(rows) if ruling not in newest]
        parts += [earlier] if earlier else []
    if stage == "replace":
        parts += [desk.policy.actions.model_dump(), desk.policy.templates.model_dump()]
        parts += [desk.policy.name, desk.policy.version, desk.policy.formats.model_dump()]
    text = json.dumps(parts, sort_keys=True)
    return hmac.new(desk.key.secret, text.encode(), hashlib.sha256).hexdigest()


_LATER = frozenset({"labels", "interviewed_in", "interviewees", "interviewers", "asked_by"})


def _as_said(row: dict[str, Any]) -> dict[str, Any]:
    """A table's row without what rows of earlier builds could not say, where it says nothing."""
    shown = {name: said for name, said in row.items() if name not in _LATER or said}
    shown.pop("aside", None)  # how the table was read, not what it says
    shown.pop("consent", None)  # it is asked for at a release, and changes no safe text
    return {name: said for name, said in shown.items() if name != "row" or "kind" in shown}


def known_rows(desk: Desk, state: StudyState) -> frozenset[int]:
    """The rows of the roster that say what they said when the study was linked last."""
    listed = frozenset(state.listed)
    return frozenset(entry.row for entry in desk.roster if _listed(desk, entry) in listed)


def _listed(desk: Desk, entry: RosterEntry) -> str:
    said = {name: value for name, value in asdict(entry).items() if name not in ("row", "aside")}
    return token(desk.key.secret, "listed", json.dumps(said, sort_keys=True))


def _corrected(correction: Correction) -> dict[str, object]:
    """A correction in the digest, as commit 938b1ec had it: an older study stays up to date."""
    match correction:
        case Rename(pseudonym=to) | Retype(label=to) | Act(action=to):
            said = str(to)
        case Undo(row=row):
            said = str(row)
        case _:
            said = ""
    before = [
        {**asdict(one), "places": _spots(one.places), "roster_row": one.roster_row or 0}
        for one in correction.before
    ]
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


def _ruled(ruling: Ruling) -> tuple[str | int | None, ...]:
    """A ruling in the digest, as commit 938b1ec had it; one of missed words also says when."""
    place = ruling.place
    said = (place.transcript, place.start, place.end, ruling.label, ruling.text or "")
    return (*said, ruling.time) if ruling.missed else said


def _output(desk: Desk, stage: Stage) -> str | None:
    """A keyed digest of what a stage left behind; None if any of it is missing or edited."""
    work = desk.study.work
    made: dict[Path, str] = {}
    files = {"detect": [work / MENTIONS], "link": [work / ENTITIES], "replace": [work / DECISIONS]}
    paths = list(files[stage])
    if stage == "link" and (work / EVERYWHERE).is_file():  # earlier builds had none
        paths.append(work / EVERYWHERE)
    if stage == "replace":
        paths += [work / PLACES]
        made = {desk.study.safe / one.safe_name: one.safe_sha256 for one in desk.key.documents}
        paths += made
    digest = hmac.new(desk.key.secret, digestmod=hashlib.sha256)
    for path in paths:
        if not path.is_file():
            return None
        found = hashlib.sha256(path.read_bytes())
        if found.hexdigest() != made.get(path, found.hexdigest()):
            return None  # edited by hand: it is not what the stage left
        digest.update(found.digest())
    return digest.hexdigest()


def is_current(desk: Desk, state: StudyState, stage: Stage) -> bool:
    """Whether the stage's output is there and belongs to what the study is made of now."""
    output = _output(desk, stage)
    marked = state.stages.get(stage)
    return output is not None and marked == StageMark(_inputs(desk, stage), output)


def corrections_linked(desk: Desk, state: StudyState) -> int | None:
    """With how many of the corrections the entities on disk were made, where all else is as it was.

    None where anything else changed, or a correction was made since that says more than who is one.
    """
    marked, output = state.stages.get("link"), _output(desk, "link")
    if marked is None or marked.output != output:
        return None
    rows = records.read_corrections(desk.study.corrections)
    for number in range(len(rows), max(-1, len(rows) - _MOST_SINCE - 1), -1):
        if marked.inputs == _inputs(desk, "link", number):
            return number
        if number and not isinstance(rows[number - 1], WHO_IS_ONE):
            return None
    return None


def corrections_of_entities(desk: Desk, state: StudyState) -> int | None:
    """With how many of the corrections the entities on disk were made, whatever else changed since.

    None where they are not those that the last linking left.
    """
    marked = state.stages.get("link")
    if marked is None or marked.output != _output(desk, "link"):
        return None
    return state.linked if state.linked is not None else corrections_linked(desk, state)


def mark_current(log: AuditLog, desk: Desk, state: StudyState, stage: Stage) -> StudyState:
    """Records that the stage's output belongs to what the study is made of now."""
    mark = StageMark(_inputs(desk, stage), _output(desk, stage) or "")
    earlier = STAGES[: STAGES.index(stage)]
    stages = {name: state.stages[name] for name in earlier if name in state.stages}
    after = replace(state, stages={**stages, stage: mark})
    if stage == "link":
        listed = tuple(sorted({_listed(desk, entry) for entry in desk.roster}))
        linked = len(records.read_corrections(desk.study.corrections))
        after = replace(after, scope=desk.policy.link.scope, listed=listed, linked=linked)
    return write_state(log, desk.study, state, after)


def unmark(log: AuditLog, desk: Desk, state: StudyState, stage: Stage) -> StudyState:
    """The state without this stage: what it leaves behind is about to change."""
    stages = {name: mark for name, mark in state.stages.items() if name != stage}
    return write_state(log, desk.study, state, replace(state, stages=stages))
