"""The log as people read it: entries, filters, and one line an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redact.audit.events import SCHEMAS, EventError, read_entry
from redact.audit.log import LOG
from redact.errors import Tampered, UsageError


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry: its number, time (UTC), who acted in which role, what happened, and its data."""

    number: int
    time: str
    actor: str
    role: str
    event: str
    data: dict[str, Any]


def read_log(folder: Path) -> tuple[Logged, ...]:
    """All whole entries; Tampered naming the first that is none. A torn tail is not read."""
    try:
        raw = (folder / LOG).read_bytes()
    except OSError:
        raise Tampered("the audit log cannot be read", where=str(folder / LOG)) from None
    entries = []
    for number, line in enumerate(raw.split(b"\n")[:-1]):
        try:
            entry = read_entry(line)
        except EventError as error:
            raise Tampered(
                f"entry {number} of the audit log is not as it was written: {error}",
                where=str(folder / LOG),
                remedy="Run `redact audit verify` for all that is wrong.",
            ) from None
        actor = entry["actor"]
        entries.append(
            Logged(number, entry["time"], actor["id"], actor["role"], entry["event"], entry["data"])
        )
    return tuple(entries)


def chosen(
    entries: Iterable[Logged],
    events: tuple[str, ...] = (),
    since: str = "",
    document: str = "",
    last: int | None = None,
) -> tuple[Logged, ...]:
    """Entries of these events (or their first words), from a day on, about a document, the last n.

    Raises UsageError for an event that does not exist.
    """
    for event in events:
        if not any(_is_kind(known, event) for known in SCHEMAS):
            raise UsageError(
                "there is no such event", where=event, remedy=f"Events: {', '.join(SCHEMAS)}."
            )
    found = [
        entry
        for entry in entries
        if (not events or any(_is_kind(entry.event, event) for event in events))
        and entry.time >= since
        and (not document or document in _documents(entry))
    ]
    return tuple(found if last is None else found[-last:] if last > 0 else [])


def _is_kind(event: str, wanted: str) -> bool:
    return event == wanted or event.startswith(f"{wanted}.")


def _documents(entry: Logged) -> set[str]:
    return {str(entry.data.get("doc", "")), *map(str, entry.data.get("docs", ()))}


def said(entry: Logged) -> str:
    """The entry as a sentence's worth of words: its data, digests shortened."""
    return ", ".join(_words(entry.data))


def _words(data: dict[str, Any]) -> Iterator[str]:
    for name, value in sorted(data.items(), key=lambda item: _ORDER.get(item[0], 99)):
        if name in _SIGNATURES:
            continue
        if isinstance(value, dict):
            counted = ", ".join(f"{key} {count}" for key, count in sorted(value.items()))
            text = f"({counted})" if counted else ""
        elif isinstance(value, list):
            text = " and ".join(_short(str(item)) for item in value)
        else:
            text = _short(str(value))
        if text:
            yield text if name in _PLAIN else f"{name.replace('_', ' ')} {text}"


_LOG_KEY = re.compile(r"[^+ ]+\+([0-9a-f]{8})\+[A-Za-z0-9+/=]+")
_SIGNATURES = frozenset({"by_old", "by_new"})  # for `audit verify`, not for people
_PLAIN = frozenset("phase command action stage doc change custodian gate name counts".split())
_ORDER = {
    name: number
    for number, name in enumerate(
        "phase command action stage doc change custodian gate name by reason counts".split()
    )
}


def _short(text: str) -> str:
    """A digest by its first letters, a log's key by its id."""
    if key := _LOG_KEY.fullmatch(text):
        return key[1]
    long = len(text) >= 40 and " " not in text
    return f"{text[:10]}…" if long else text
