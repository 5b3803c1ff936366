"""Showing what single pseudonyms stand for: by name, with a reason, logged before and after."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from unicodedata import normalize

from redact.audit.events import LinkageRevealed
from redact.audit.log import open_log
from redact.custody import keyfile
from redact.custody.payload import Entry, Form, LinkageKey
from redact.errors import UsageError
from redact.policy import load_policy
from redact.study.folder import Study, actor
from redact.study.sealed import open_key


@dataclass(frozen=True, slots=True)
class Revealed:
    """One pseudonym and the forms behind it."""

    pseudonym: str
    type: str
    forms: tuple[Form, ...] = field(repr=False)


def approved(
    study: Study,
    opener: keyfile.Opener,
    second: keyfile.Opener | None,
    to_do: str = "show originals",
) -> tuple[str, ...]:
    """The custodians who open the key for this, in order; two where the policy asks for two.

    Raises UsageError if a second is needed and missing, or is the same custodian. Software cannot
    keep one person from holding two packets.
    """
    policy, _ = load_policy(study.policy)
    first = keyfile.unlock(study.custody, opener).custodian
    names = (first, keyfile.unlock(study.custody, second).custodian) if second else (first,)
    if policy.custody.two_people and first != "shares" and len(set(names)) < 2:
        raise UsageError(
            f"this study's policy asks for two custodians to {to_do}",
            where="--second-passphrase-file or --second-identity",
            remedy="Let a second custodian open the key with you.",
        )
    return names


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
    key = open_key(study, opener).key
    names = approved(study, opener, second)
    with open_log(study.audit, actor(study)) as log:
        revealing = LinkageRevealed(
            phase="intent",
            purpose=f"reveal: {reason}",
            documents=0,
            entries=len(pseudonyms),
            approved_by=names,
        )
        log.append(revealing)
        try:
            entries = tuple(_entry(key, wanted) for wanted in pseudonyms)
        except UsageError:
            log.append(replace(revealing, phase="refused", entries=0))
            raise
        log.append(replace(revealing, phase="done"))
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
