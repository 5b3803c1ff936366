"""Rows as studies have them that were made before each row told its kind (commit 938b1ec).

Each function gives such a row as it is written now, or None for one that is none of these. They
tell a row's kind by what stands in it, as that build did, and add what it took for granted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

JsonRow = dict[str, Any]
Upgrade = Callable[[JsonRow], JsonRow | None]


def _placed(row: JsonRow) -> JsonRow:
    """The row with its transcript, start and end as one place; KeyError without them."""
    rest = {name: row[name] for name in row.keys() - {"transcript", "start", "end"}}
    return {**rest, "place": [row["transcript"], row["start"], row["end"]]}


def detection(row: JsonRow) -> JsonRow | None:
    """A line of mentions.jsonl."""
    if "kind" in row:
        return None
    mentions, kept = ([_placed(part) for part in row[name]] for name in ("mentions", "kept"))
    return {**row, "kind": "detection", "mentions": mentions, "kept": kept}


def entity(row: JsonRow) -> JsonRow | None:
    """A line of entities.jsonl, where `kind` was of the label; or one that knew no `joins`."""
    if "label_kind" in row and "kind" in row and "joins" not in row:
        return {"joins": [], **row}
    if "label_kind" in row or "kind" not in row:
        return None
    mentions = [_placed(part) for part in row["mentions"]]
    return {
        "fits": [],
        "joins": [],
        **row,
        "kind": "entity",
        "label_kind": row["kind"],
        "mentions": mentions,
    }


def decision(row: JsonRow) -> JsonRow | None:
    """A line of decisions.jsonl."""
    return None if "kind" in row else {"text": "", "short": "", **row, "kind": "decision"}


def placements(row: JsonRow) -> JsonRow | None:
    """A line of replacements.jsonl."""
    return None if "kind" in row else {"encoding": "utf-8", **row, "kind": "placements"}


def review(row: JsonRow) -> JsonRow | None:
    """A line of rulings.jsonl or second.jsonl."""
    if row.get("kind") == "ruling" and not {"adds", "everywhere", "missed"} & row.keys():
        return _ruling(row)
    if "kind" in row or "place" in row:
        return None
    if "label" in row:
        placed = _placed({"found": "", "text": "", **row})
        placed["found_label"] = _or_none(placed.pop("found"))
        return _ruling({**placed, "kind": "ruling", "text": _or_none(placed["text"])})
    if "start" in row:
        return {"batch": 0, **_placed(row), "kind": "left"}
    if "to" in row:
        return {"batch": 0, **row, "kind": "assigned", "to": _or_none(row["to"])}
    if "transcript" in row:
        return {"batch": 0, **row, "kind": "read"}
    return {**row, "kind": "undoing"}


def _ruling(row: JsonRow) -> JsonRow:
    """A ruling from before there was a memory: it added what the detectors had not found there."""
    adds = row["label"] is not None and row["found_label"] is None
    return {**row, "adds": adds, "everywhere": False, "missed": False}


_NAME_OF_TO = {"rename": "pseudonym", "retype": "label", "act": "action"}


def correction(row: JsonRow) -> JsonRow | None:
    """A line of corrections.jsonl, where `to` was what the action gives."""
    if "kind" in row:
        return None
    rest = {"before": [], "by": "", "time": "", **row}
    kind, to = rest.pop("action"), rest.pop("to")
    said = {_NAME_OF_TO[kind]: to} if kind in _NAME_OF_TO else {}
    if kind == "undo":
        said = {"row": int(to)}
    elif not said and to != "":
        return None
    return {**rest, "kind": kind, **said}


def state(row: JsonRow, settled: JsonRow) -> JsonRow:
    """What state.json was, with what settled.json was beside it."""
    rest = dict(row)
    scope, releasing = rest.pop("scope", {}), rest.pop("releasing", {})
    begun = [{"name": name, "fingerprint": its_print} for name, its_print in releasing.items()]
    return {
        "kind": "state",
        "scope": scope.get("link"),
        "releases": rest.pop("releases", {}),
        "releasing": begun[0] if begun else None,
        "settled": settled,
        "stages": rest,
    }


def _or_none(value: object) -> object:
    return None if value == "" else value
