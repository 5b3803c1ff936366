"""A study's files of rows: offsets, labels and decisions as JSON lines, never original words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from redact.core import Decision, Detection, Entity, Mention, Place
from redact.disk import write_atomic
from redact.errors import BadInput
from redact.link.corrections import Correction, Group, Undo
from redact.study import correction_rows, earlier_rows, rows
from redact.study.placements import Placement, Placements
from redact.study.rulings import ReviewRow

MENTIONS, ENTITIES, DECISIONS = "mentions.jsonl", "entities.jsonl", "decisions.jsonl"
PLACES = "replacements.jsonl"
EVERYWHERE = "everywhere.jsonl"  # what was found, and kept, beside what was detected

REMADE = "Delete it and run `redact replace STUDY`: it is made anew from the sources."
BACKUP = "Put a backup of this file back; the audit log says how many rows there were."


class _Readable[Made](Protocol):
    """A row that gives its record."""

    def record(self) -> Made: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _File[Made]:
    """How the rows of one file are read, also those of an earlier build; and what mends it."""

    adapter: TypeAdapter[Any]
    earlier: earlier_rows.Upgrade
    remedy: str
    what: str = "this working file"

    def damaged(self, where: str, at: str | None = None) -> BadInput:
        """The error for a line that does not say what it should."""
        return damaged(self.what, where, at, self.remedy)

    def record(self, line: str, where: str) -> Made:
        """The record of one line; BadInput if the line is damaged."""
        try:
            made: Made = self._read(line).record()
        except ValidationError as error:
            raise self.damaged(where, field_of(error)) from None
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise self.damaged(where) from None
        return made

    def _read(self, line: str) -> _Readable[Made]:
        try:
            row: _Readable[Made] = self.adapter.validate_json(line)
        except ValidationError:
            said = json.loads(line)
            upgraded = self.earlier(said) if isinstance(said, dict) else None
            if upgraded is None:
                raise
            row = self.adapter.validate_json(json.dumps(upgraded))
        return row


_DETECTIONS: _File[Detection] = _File(
    adapter=rows.DETECTIONS, earlier=earlier_rows.detection, remedy=REMADE
)
_ENTITIES: _File[Entity] = _File(adapter=rows.ENTITIES, earlier=earlier_rows.entity, remedy=REMADE)
_DECISIONS: _File[Decision] = _File(
    adapter=rows.DECISIONS, earlier=earlier_rows.decision, remedy=REMADE
)
_PLACEMENTS: _File[Placements] = _File(
    adapter=rows.PLACEMENTS, earlier=earlier_rows.placements, remedy=REMADE
)
_REVIEWS: _File[ReviewRow] = _File(
    adapter=rows.REVIEWS,
    earlier=earlier_rows.review,
    remedy=BACKUP,
    what="the record of the reviewers' decisions",
)
_CORRECTIONS: _File[Correction] = _File(
    adapter=correction_rows.CORRECTIONS,
    earlier=earlier_rows.correction,
    remedy=BACKUP,
    what="the record of a person's corrections",
)


def damaged(what: str, where: str, at: str | None, remedy: str) -> BadInput:
    """The error for a file of ours, `what`, that is damaged; `at` is the field, if known.

    It never holds what stands in the field.
    """
    field = f" (its field `{at}`)" if at else ""
    return BadInput(f"{what} is damaged{field}", where=where, remedy=remedy)


def field_of(error: ValidationError) -> str | None:
    """The first field that pydantic refused, as a path."""
    path = error.errors(include_input=False, include_url=False, include_context=False)[0]["loc"]
    return ".".join(str(part) for part in path) or None


def _read[Made](path: Path, file: _File[Made], *, cut_off: bool = False) -> tuple[Made, ...]:
    """The records of a file. With `cut_off` a last line without its end is passed over."""
    try:
        data = path.read_bytes()
    except OSError:
        what = f"{file.what} is missing or cannot be read"
        raise BadInput(what, where=str(path), remedy=file.remedy) from None
    lines = data.split(b"\n")
    if cut_off:
        lines = lines[:-1]
    made = []
    for number, line in enumerate(lines, start=1):
        if line:
            where = f"{path}, line {number}"
            try:
                made.append(file.record(line.decode("utf-8"), where))
            except UnicodeDecodeError:
                raise file.damaged(where) from None
    return tuple(made)


def _lines(dicts: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for row in dicts
    )


def _plain(value: Any) -> Any:
    """A record as it stands on disk: a place is a row of three, a placement one of five."""
    match value:
        case Place():
            return [value.transcript, value.start, value.end]
        case Placement():
            original, safe = value.original, value.safe
            return [original.start, original.end, safe.start, safe.end, value.entity]
        case tuple() | list():
            return [_plain(item) for item in value]
    if not is_dataclass(value):
        return value
    row = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mention | Entity | Group):
        return {name: _nothing(name) if said is None else said for name, said in row.items()}
    return row


def _nothing(field: str) -> str | int:
    """How a field says nothing on disk: earlier builds know no null there."""
    return 0 if field == "roster_row" else ""


def write_detections(path: Path, detections: Iterable[Detection]) -> None:
    write_atomic(path, _lines({"kind": "detection", **_plain(one)} for one in detections))


def read_detections(path: Path) -> tuple[Detection, ...]:
    """The detections as they were written; BadInput names the line of a damaged file."""
    return _read(path, _DETECTIONS)


def _entity_row(entity: Entity) -> dict[str, Any]:
    row: dict[str, Any] = _plain(entity)
    return {**row, "label_kind": row["kind"], "kind": "entity"}


def write_entities(path: Path, entities: Iterable[Entity]) -> None:
    write_atomic(path, _lines(_entity_row(entity) for entity in entities))


def read_entities(path: Path) -> tuple[Entity, ...]:
    """The entities as they were written; BadInput names the line of a damaged file."""
    return _read(path, _ENTITIES)


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    write_atomic(path, _lines({"kind": "decision", **_plain(one)} for one in decisions))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions as they were written; BadInput names the line of a damaged file."""
    return _read(path, _DECISIONS)


def write_placements(path: Path, placements: Iterable[Placements]) -> None:
    write_atomic(path, _lines(_placements_row(one) for one in placements))


def _placements_row(placements: Placements) -> dict[str, Any]:
    row: dict[str, Any] = _plain(placements)
    spans = row.pop("placed")
    return {**row, "kind": "placements", "spans": spans}


def read_placements(path: Path) -> tuple[Placements, ...]:
    """The replacements as they were written; BadInput names the line of a damaged file."""
    return _read(path, _PLACEMENTS)


def correction_lines(corrections: Iterable[Correction]) -> bytes:
    """Rows of corrections.jsonl, which is written as a whole."""
    return _lines({"kind": one.kind, **_plain(one)} for one in corrections)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """A person's corrections in the order they were made; none if there is no file.

    Raises BadInput that names the line of a damaged file, or of one that undoes none before it.
    """
    if not path.exists():
        return ()
    corrections = _read(path, _CORRECTIONS)
    for number, correction in enumerate(corrections, start=1):
        if isinstance(correction, Undo) and correction.row >= number:
            raise _CORRECTIONS.damaged(f"{path}, line {number}", "row")
    return corrections


def ruling_lines(rulings: Iterable[ReviewRow]) -> bytes:
    """Rows as they are added to rulings.jsonl: places, labels and who said so."""
    return _lines({"kind": one.kind, **_plain(one)} for one in rulings)


def read_rulings(path: Path) -> tuple[ReviewRow, ...]:
    """The reviewers' rulings in the order they were made; none if there is no file.

    A last line that a crash cut off was never said to be recorded: it is passed over. Raises
    BadInput that names the line of a damaged file.
    """
    return _read(path, _REVIEWS, cut_off=True) if path.exists() else ()


def mentions_document(
    name: str, detection: Detection, entity_of: dict[Place, str]
) -> dict[str, Any]:
    """The line of `redact detect --out` for one transcript: offsets and evidence, no text."""
    return {
        "id": name,
        "spans": [
            {
                "start": mention.start,
                "end": mention.end,
                "label": mention.label,
                "score": mention.score,
                "source": "+".join(mention.sources),
                "entity_id": entity_of[mention.place],
                **({"kind": mention.kind} if mention.kind else {}),
            }
            for mention in detection.mentions
        ],
    }


def write_mentions(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Writes MENTIONS.jsonl."""
    write_atomic(path, _lines(rows))
