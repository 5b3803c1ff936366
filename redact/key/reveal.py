"""Showing what single pseudonyms stand for: by name, with a reason, logged before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from unicodedata import normalize

from redact.audit.events import LinkageRevealed
from redact.custody import keyfile
from redact.custody.payload import Entry, Form, LinkageKey
from redact.errors import UsageError
from redact.key.looks import Showing, approved, looking
from redact.study.folder import Study
from redact.study.nameless import require_nameless
from redact.study.sealed import open_key


@dataclass(frozen=True, slots=True)
class Revealed:
    """One pseudonym and the forms behind it."""

    pseudonym: str
    type: str
    forms: tuple[Form, ...] = field(repr=False)


def reveal(
    study: Study,
    opener: keyfile.Opener,
    pseudonyms: tuple[str, ...],
    reason: str,
    second: keyfile.Opener | None = None,
) -> tuple[Revealed, ...]:
    """What these pseudonyms stand for, and nothing else.

    Intent is logged before the key's content is looked at, the outcome after. Raises UsageError,
    with nothing shown, if one is not a pseudonym of the study.
    """
    study.require()
    reason = normalize("NFC", " ".join(reason.split()))
    if not reason:
        raise UsageError(
            "the log needs a reason", where="--reason", remedy='Say why: --reason "…".'
        )
    opened = open_key(study, opener)
    require_nameless(opened.key, reason, "--reason")
    revealing = LinkageRevealed(
        phase="intent",
        purpose=f"{Showing.REVEAL}: {reason}",
        documents=0,
        entries=len(pseudonyms),
        approved_by=approved(study, opener, second),
    )
    with looking(study, revealing, opened.seen):
        entries = tuple(_entry(opened.key, wanted) for wanted in pseudonyms)
    return tuple(Revealed(entry.pseudonym, entry.type, entry.forms) for entry in entries)


def _entry(key: LinkageKey, wanted: str) -> Entry:
    names = {wanted.casefold(), f"[{wanted.casefold()}]"}
    for entry in key.entries:
        if entry.pseudonym.casefold() in names:
            return entry
    raise UsageError(
        "nothing in this study has this pseudonym",
        where=wanted,
        remedy="Copy it from a safe transcript, or ask `redact explain` with its place.",
    )
