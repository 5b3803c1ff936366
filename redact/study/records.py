"""The files of work/: offsets, labels and decisions as JSON lines, never original words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

from redact.core import Decision, Detection, Entity, Kept, Mention, Place
from redact.disk import write_atomic
from redact.errors import RedactError
from redact.link.corrections import Correction, Group
from redact.study.rulings import Assigned, Left, Read, Row, Ruling, Undoing

MENTIONS, ENTITIES, DECISIONS = "mentions.jsonl", "entities.jsonl", "decisions.jsonl"
PLACES = "replacements.jsonl"


def _lines(rows: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for row in rows
    )


def _plain(value: Any) -> Any:
    """A record as it stands on disk: a place is a row of three, or lies in its mention."""
    if isinstance(value, Place):
        return [value.transcript, value.start, value.end]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if not is_dataclass(value):
        return value
    row = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mention | Kept):
        row["transcript"], row["start"], row["end"] = row.pop("place")
    return row


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    except (OSError, ValueError):
        raise RedactError(
            "this working file is missing or damaged",
            where=str(path),
            remedy="Delete it and run the command again: it is made anew from the sources.",
        ) from None


def write_detections(path: Path, detections: Iterable[Detection]) -> None:
    write_atomic(path, _lines(_plain(detection) for detection in detections))


def read_detections(path: Path) -> tuple[Detection, ...]:
    """The detections as they were written."""
    return tuple(
        Detection(
            row["transcript"],
            tuple(_mention(item) for item in row["mentions"]),
            tuple(_kept(item) for item in row["kept"]),
        )
        for row in _read(path)
    )


def write_entities(path: Path, entities: Iterable[Entity]) -> None:
    write_atomic(path, _lines(_plain(entity) for entity in entities))


def read_entities(path: Path) -> tuple[Entity, ...]:
    """The entities as they were written."""
    return tuple(
        Entity(
            **{
                **row,
                "mentions": tuple(_mention(item) for item in row["mentions"]),
                "why": tuple(row["why"]),
                "interviewed_in": tuple(row["interviewed_in"]),
                "fits": _places(row.get("fits", ())),
            }
        )
        for row in _read(path)
    )


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    write_atomic(path, _lines(_plain(decision) for decision in decisions))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions as they were written."""
    return tuple(Decision(**row) for row in _read(path))


@dataclass(frozen=True, slots=True)
class Places:
    """Where one safe transcript's replacements stand, in its source and in itself; no words."""

    transcript: str
    file: str
    spans: tuple[tuple[int, int, int, int, str], ...]  # start, end, safe start, safe end, entity
    encoding: str = "utf-8"


def write_places(path: Path, places: Iterable[Places]) -> None:
    write_atomic(path, _lines(_plain(one) for one in places))


def read_places(path: Path) -> tuple[Places, ...]:
    """The replacements as they were written."""
    return tuple(
        Places(
            row["transcript"],
            row["file"],
            tuple((*span,) for span in row["spans"]),
            row.get("encoding", "utf-8"),
        )
        for row in _read(path)
    )


def write_corrections(path: Path, corrections: Iterable[Correction]) -> None:
    write_atomic(path, _lines(_plain(correction) for correction in corrections))


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """A person's corrections in the order they were made; none if there is no file."""
    if not path.exists():
        return ()
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        undoing = [(at, int(row["to"])) for at, row in enumerate(rows) if row["action"] == "undo"]
        if any(not 1 <= number <= at for at, number in undoing):
            raise ValueError("it undoes none of the rows before it")
        return tuple(
            Correction(
                row["action"],
                _places(row["places"]),
                row["to"],
                tuple(
                    Group(g["pseudonym"], g["label"], _places(g["places"]), g["roster_row"])
                    for g in row.get("before", ())
                ),
                row.get("by", ""),
                row.get("time", ""),
            )
            for row in rows
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise RedactError(
            "the record of a person's corrections is damaged",
            where=str(path),
            remedy="Put a backup of this file back; the audit log says how many there were.",
        ) from None


def _places(rows: Iterable[tuple[str, int, int]]) -> tuple[Place, ...]:
    return tuple(Place.at(*row) for row in rows)


def ruling_lines(rows: Iterable[Row]) -> bytes:
    """Rulings and undoings as they are added to rulings.jsonl: places, labels and who said so."""
    return _lines(_plain(row) for row in rows)


def read_rulings(path: Path) -> tuple[Row, ...]:
    """The reviewers' rulings in the order they were made; none if there is no file.

    A last line that a crash cut off was never said to be recorded: it is passed over.
    """
    if not path.exists():
        return ()
    try:
        whole, _, _ = path.read_text("utf-8").rpartition("\n")
        rows = [json.loads(line) for line in whole.split("\n") if line]
        return tuple(_row(row) for row in rows)
    except (OSError, ValueError, TypeError):
        raise RedactError(
            "the record of the reviewers' decisions is damaged",
            where=str(path),
            remedy="Put a backup of this file back; the audit log says how many there were.",
        ) from None


def _row(row: dict[str, Any]) -> Row:
    if "label" in row:
        return Ruling(**row)
    if "start" in row:
        return Left(**row)
    if "to" in row:
        return Assigned(**row)
    return Read(**row) if "transcript" in row else Undoing(**row)


def _mention(row: dict[str, Any]) -> Mention:
    return Mention(
        Place.at(row["transcript"], row["start"], row["end"]),
        row["label"],
        row["score"],
        tuple(row["sources"]),
        row["kind"],
    )


def _kept(row: dict[str, Any]) -> Kept:
    place = Place.at(row["transcript"], row["start"], row["end"])
    return Kept(place, row["reason"], row["term"])


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
