"""The closed set of events, one schema each, and the canonical line of an entry.

No schema has room for original text: identifiers are neutral document ids,
pseudonym kinds, counts, keyed tokens and digests of files that are released.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import rfc8785

LARGEST_LINE = 64 * 1024
DEEPEST = 16
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
HEX = re.compile(r"[0-9a-f]{64}\Z")

_counts = {"str": int}
# event → field → type; a trailing "?" marks a field that may be missing.
SCHEMAS: dict[str, dict[str, Any]] = {
    "log.created": {"key": str, "tool": str},
    "log.recovered": {"at": int, "bytes": int, "sha256": str},
    "clock.regressed": {"last": str},
    "key.rotated": {"old": str, "key": str, "by_old": str, "by_new": str},
    "run.started": {"command": str, "tool": str, "policy": str, "policy_sha256": str},
    "run.finished": {"command": str, "outcome": str, "exit": int},
    "doc.processed": {
        "doc": str,
        "stage": str,
        "source_token": str,
        "mentions?": _counts,
        "left_out?": _counts,
        "safe_sha256?": str,
        "encoding?": str,
        "encoding_guessed?": bool,
    },
    "decision.recorded": {
        "action": str,
        "by": str,
        "reason": str,
        "counts": _counts,
        "docs?": list,
    },
    "gate.evaluated": {
        "gate": str,
        "passed": bool,
        "findings": int,
        "explained": _counts,
        "places?": list,
        "remedy?": str,
    },
    "gate.overridden": {"gate": str, "by": list, "reason": str, "approved_by?": list},
    "release.created": {
        "phase": str,
        "name": str,
        "files?": int,
        "payload_sha512?": str,
        "tagmanifest_sha512?": str,
    },
    "linkage.sealed": {
        "phase": str,
        "linkage_id": str,
        "sha256?": str,
        "supersedes?": str,
        "recipient?": str,
    },
    "linkage.revealed": {
        "phase": str,
        "purpose": str,
        "documents": int,
        "entries?": int,
        "approved_by?": list,
    },
    "custody.changed": {"change": str, "custodian": str, "sha256": str},
    "linkage.destroyed": {
        "phase": str,
        "packets": list,
        "linkage": list,
        "statements": list,
        "copies_left": int,
    },
    "checkpoint.anchored": {"where": str},
}


class EventError(ValueError):
    """An entry that does not follow the log's format; the message names the rule only."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, before it has a place in the log."""

    kind: str
    data: dict[str, Any]


def check_event(kind: str, data: dict[str, Any]) -> None:
    """Raises EventError unless the event is known and its data fits the schema."""
    schema = SCHEMAS.get(kind)
    if schema is None:
        raise EventError("unknown event")
    required = {name for name in schema if not name.endswith("?")}
    allowed = {name.rstrip("?"): form for name, form in schema.items()}
    if not required <= data.keys() <= allowed.keys():
        raise EventError(f"fields of {kind} are missing or unknown")
    for name, value in data.items():
        form = allowed[name]
        if form is _counts:
            fits = isinstance(value, dict) and all(
                isinstance(k, str) and type(v) is int for k, v in value.items()
            )
        elif form is list:
            fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
        else:
            fits = type(value) is form
        if not fits:
            raise EventError(f"{kind}.{name} has the wrong type")


def entry_line(
    log: str, seq: int, time: str, prev: bytes, actor: dict[str, str], event: Event
) -> bytes:
    """The canonical line of an entry, without its line feed; EventError if it breaks a rule."""
    check_event(event.kind, event.data)
    entry: dict[str, Any] = {
        "v": 1,
        "log": log,
        "seq": seq,
        "time": time,
        "prev": prev.hex(),
        "actor": actor,
        "event": event.kind,
        "data": event.data,
    }
    line = rfc8785.dumps(entry)
    if len(line) > LARGEST_LINE:
        raise EventError("the entry is too large")
    if unicodedata.normalize("NFC", line.decode("utf-8")).encode("utf-8") != line:
        raise EventError("the entry's text is not in Unicode NFC")
    return line


def read_entry(line: bytes) -> dict[str, Any]:
    """The entry in a line; EventError unless it is canonical and follows its schema."""
    if len(line) > LARGEST_LINE:
        raise EventError("the line is too long")
    if line.count(b"[") + line.count(b"{") > 4096:
        raise EventError("the line is nested too deeply")
    try:
        entry = json.loads(line, parse_float=_refuse_float)
    except (ValueError, RecursionError):
        raise EventError("the line is not JSON") from None
    if not isinstance(entry, dict) or _depth(entry) > DEEPEST:
        raise EventError("the line is not an entry")
    try:
        canonical = rfc8785.dumps(entry)
    except (ValueError, RecursionError):
        raise EventError("the line is not canonical JSON") from None
    if canonical != line:
        raise EventError("the line is not canonical JSON")
    expected = {"v", "log", "seq", "time", "prev", "actor", "event", "data"}
    if set(entry) != expected or entry["v"] != 1 or type(entry["seq"]) is not int:
        raise EventError("the entry's fields are wrong")
    texts = [entry["log"], entry["time"], entry["prev"], entry["event"]]
    if not all(isinstance(item, str) for item in texts):
        raise EventError("the entry's fields are wrong")
    if not TIME.match(entry["time"]) or not HEX.match(entry["prev"]):
        raise EventError("the entry's time or hash has the wrong form")
    actor = entry["actor"]
    if not isinstance(actor, dict) or set(actor) != {"id", "role"}:
        raise EventError("the entry's actor is wrong")
    if not isinstance(entry["data"], dict):
        raise EventError("the entry's data is wrong")
    check_event(entry["event"], entry["data"])
    return entry


def _refuse_float(text: str) -> float:
    raise ValueError("floats are not allowed")


def _depth(value: Any) -> int:
    deepest, level = 0, [(value, 1)]
    while level:
        item, depth = level.pop()
        deepest = max(deepest, depth)
        if isinstance(item, dict):
            level += [(inner, depth + 1) for inner in item.values()]
        elif isinstance(item, list):
            level += [(inner, depth + 1) for inner in item]
    return deepest
