"""The log as people read it: entries, filters, and one line an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from redact.audit.consent_events import ConsentRecorded, QuoteChosen, ReleaseHolds
from redact.audit.entries import LogEntry, read_entry
from redact.audit.events import KINDS, DecisionRecorded, DocProcessed, Event, EventError, data_of
from redact.audit.log import LOG
from redact.errors import Tampered, UsageError
from redact.rendering import shown


def read_log(folder: Path) -> tuple[LogEntry, ...]:
    """All whole entries; Tampered naming the first that is none. A torn tail is not read."""
    try:
        raw = (folder / LOG).read_bytes()
    except OSError:
        raise Tampered("the audit log cannot be read", where=str(folder / LOG)) from None
    entries = []
    for number, line in enumerate(raw.split(b"\n")[:-1]):
        try:
            entries.append(read_entry(line))
        except EventError as error:
            raise Tampered(
                f"entry {number} of the audit log is not as it was written: {error}",
                where=str(folder / LOG),
                remedy="Put back the audit folder from your backup.",
                command="`redact audit verify` says all that is wrong.",
            ) from None
    return tuple(entries)


def select(
    entries: Iterable[LogEntry],
    *,
    kinds: tuple[str, ...] = (),
    since: str | None = None,
    document: str | None = None,
    last: int | None = None,
) -> tuple[LogEntry, ...]:
    """Entries of these kinds (or their first words), from a day on, about a document, the last n.

    Raises UsageError for a kind that does not exist.
    """
    for wanted in kinds:
        if not any(_is_kind(known, wanted) for known in KINDS):
            raise UsageError(
                "there is no such event", where=wanted, remedy=f"Events: {', '.join(KINDS)}."
            )
    selected_entries = [
        entry
        for entry in entries
        if (not kinds or any(_is_kind(entry.event.kind, wanted) for wanted in kinds))
        and (since is None or entry.time >= since)
        and (document is None or document in _documents_of(entry.event))
    ]
    if last is None:
        return tuple(selected_entries)
    return tuple(selected_entries[-last:] if last > 0 else ())


def _is_kind(kind: str, wanted: str) -> bool:
    return kind == wanted or kind.startswith(f"{wanted}.")


def _documents_of(event: Event) -> tuple[str, ...]:
    if isinstance(event, DocProcessed | ConsentRecorded | QuoteChosen):
        return (event.doc,)
    return (event.docs or ()) if isinstance(event, DecisionRecorded | ReleaseHolds) else ()


def words_of(event: Event) -> str:
    """The event in a line of words: its fields, digests shortened, nothing unseen in it."""
    return shown(", ".join(_words(event)))


def _words(event: Event) -> Iterator[str]:
    for name, value in sorted(data_of(event).items(), key=lambda item: _ORDER.get(item[0], 99)):
        if name in _SIGNATURES:
            continue
        if isinstance(value, dict):
            counted = ", ".join(f"{key} {count}" for key, count in sorted(value.items()))
            text = f"({counted})" if counted else ""
        elif isinstance(value, list):
            text = " and ".join(_short(item) for item in value)
        else:
            text = _short(str(value))
        if text:
            yield text if name in _PLAIN else f"{name.replace('_', ' ')} {text}"


_LOG_KEY = re.compile(r"[^+ ]+\+([0-9a-f]{8})\+[A-Za-z0-9+/=]+")
_SIGNATURES = frozenset(
    {"by_old", "by_new", "file_token", "person_token", "vouches", "words_token"}
)  # not for people
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
