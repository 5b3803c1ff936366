"""An entry of the log and its canonical line (RFC 8785): who did what when, after which entry."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from redact.audit.events import Event, EventError, data_of, event_of

LARGEST_LINE = 64 * 1024  # bytes
DEEPEST = 16
MOST_BRACKETS = 4096
LONGEST_NAME = 200  # characters of who acts, decides, approves or keeps
LONGEST_TEXT = 4000  # characters of any other text, a reason for example
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\Z")
HEX = re.compile(r"[0-9a-f]{64}\Z")
_FIELDS = frozenset({"v", "log", "seq", "time", "prev", "actor", "event", "data"})
_NAMES = frozenset({"actor", "by", "custodian", "approved_by", "where"})
_MUST_SAY = _NAMES | {"reason", "purpose"}
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


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
    _require_sayable(entry.actor, data)
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


def _require_sayable(actor: Actor, data: Mapping[str, Any]) -> None:
    """EventError for a name or reason that says nothing, and for a text that is too long.

    Entries are read without this: builds before this one took both.
    """
    for name, text in (("actor", actor.id), ("actor", actor.role), *_texts_of(data)):
        if name in _MUST_SAY and not says_something(text):
            raise EventError(
                f"the audit log does not take an empty `{name}`",
                where="audit log",
                remedy="Say it in words that can be seen; nothing was done.",
            )
        most = LONGEST_NAME if name in _NAMES else LONGEST_TEXT
        if len(text) > most:
            raise EventError(
                f"this `{name}` has {len(text):,} characters; the audit log takes {most:,}",
                where="audit log",
                remedy="Say it shorter; nothing was done.",
            )


def says_something(text: str) -> bool:
    """Whether anything of a text can be seen: blanks and marks without a shape say nothing."""
    return any(unicodedata.category(char) not in _UNSEEN for char in text)


def _texts_of(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text of an entry's data under the name of its field; of counts the names."""
    for name, value in data.items():
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list | dict):
            yield from ((name, one) for one in value if isinstance(one, str))


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
