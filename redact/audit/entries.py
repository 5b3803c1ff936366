"""An entry of the log and its canonical line (RFC 8785): who did what when, after which entry."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import rfc8785

from redact.audit.events import Event, EventError, data_of, event_of

LARGEST_LINE = 64 * 1024  # bytes
DEEPEST = 16
MOST_BRACKETS = 4096
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
HEX = re.compile(r"[0-9a-f]{64}\Z")
_FIELDS = frozenset({"v", "log", "seq", "time", "prev", "actor", "event", "data"})


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, by a neutral name, and in which role."""

    id: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What happened at a place of the log.

    `number` counts from 0; `time` is RFC 3339 in UTC with milliseconds; `before` is the hash of the
    entry before, 32 bytes of zero for the first.
    """

    log: str
    number: int
    time: str
    before: bytes
    actor: Actor
    event: Event


def entry_line(entry: LogEntry) -> bytes:
    """The canonical line of an entry, without its line feed; EventError if it breaks a rule."""
    data = data_of(entry.event)
    event_of(entry.event.kind, data)  # an untyped caller gets no further than this
    line = rfc8785.dumps(
        {
            "v": 1,
            "log": entry.log,
            "seq": entry.number,
            "time": entry.time,
            "prev": entry.before.hex(),
            "actor": {"id": entry.actor.id, "role": entry.actor.role},
            "event": entry.event.kind,
            "data": data,
        }
    )
    if len(line) > LARGEST_LINE:
        raise EventError("the entry is too large")
    if unicodedata.normalize("NFC", line.decode("utf-8")).encode("utf-8") != line:
        raise EventError("the entry's text is not in Unicode NFC")
    return line


def read_entry(line: bytes) -> LogEntry:
    """The entry in a line; EventError unless it is canonical and an event of ours."""
    found = _read_json(line)
    if set(found) != _FIELDS or found["v"] != 1 or type(found["seq"]) is not int:
        raise EventError("the entry's fields are wrong")
    if not all(isinstance(found[name], str) for name in ("log", "time", "prev", "event")):
        raise EventError("the entry's fields are wrong")
    if not TIME.match(found["time"]) or not HEX.match(found["prev"]):
        raise EventError("the entry's time or hash has the wrong form")
    actor, data = found["actor"], found["data"]
    if not isinstance(actor, dict) or set(actor) != {"id", "role"}:
        raise EventError("the entry's actor is wrong")
    if not all(isinstance(text, str) for text in actor.values()):
        raise EventError("the entry's actor is wrong")
    if not isinstance(data, dict):
        raise EventError("the entry's data is wrong")
    return LogEntry(
        log=found["log"],
        number=found["seq"],
        time=found["time"],
        before=bytes.fromhex(found["prev"]),
        actor=Actor(actor["id"], actor["role"]),
        event=event_of(found["event"], data),
    )


def _read_json(line: bytes) -> dict[str, Any]:
    """The object in a line; EventError unless it is in canonical JSON and not nested deeply."""
    if len(line) > LARGEST_LINE:
        raise EventError("the line is too long")
    if line.count(b"[") + line.count(b"{") > MOST_BRACKETS:
        raise EventError("the line is nested too deeply")
    try:
        found = json.loads(line, parse_float=_refuse_float)
    except (ValueError, RecursionError):
        raise EventError("the line is not JSON") from None
    if not isinstance(found, dict) or _depth(found) > DEEPEST:
        raise EventError("the line is not an entry")
    try:
        canonical = rfc8785.dumps(found)
    except (ValueError, RecursionError):
        raise EventError("the line is not canonical JSON") from None
    if canonical != line:
        raise EventError("the line is not canonical JSON")
    return found


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
