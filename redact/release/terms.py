"""Whether licence, access, contact and what people were promised agree: asked before a release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from unicodedata import normalize

from redact.audit.entries import says_something
from redact.audit.events import DecisionRecorded
from redact.audit.log import AuditLog
from redact.release.licences import disagreement, licence_of, offered
from redact.release.package import Paper
from redact.release.profiles import Item, ItemKind, Profile
from redact.release.promises import Contradiction, contradictions, promises_in
from redact.study.description import Description

PROMISING = ("consent_form", "information_sheet")  # the papers that promise something
_REACHED = re.compile(
    r"[^\s@<>]+@[^\s@<>]+\.[a-z]{2,}|https?://\S+\.\S+|(?:\+|\b0)[\d ()-]{8,}", re.I
)
_ROLE = re.compile(
    r"\b(?:data (?:steward|manager|protection officer|librarian)|research data|records? manager|"
    r"principal investigator|help ?desk|library|archive|repository|research office|"
    r"ethics (?:board|committee|office))\b",
    re.IGNORECASE,
)


def broken_promises(
    papers: Mapping[str, str], description: Description, today: date
) -> tuple[Contradiction, ...]:
    """What the papers promise, by slot, that this access and licence would break on this day.

    With it what nobody but a person understands (`is_sure` is false): that stops no release.
    """
    known = licence_of(description.licence)
    is_open = known is not None and known.is_spdx and "-NC" not in known.id
    promised = [
        one
        for slot in PROMISING
        if slot in papers
        for one in promises_in(slot.replace("_", "-"), papers[slot])
    ]
    return contradictions(promised, description.access, is_open, today)


def terms_items(
    profile: Profile, description: Description, broken: Iterable[Contradiction]
) -> tuple[Item, ...]:
    """What must agree before a release: nothing is asked of what is not said yet.

    Without an archive nobody has to be reachable; licence and promises are held against the access
    all the same.
    """
    items = []
    access = description.access or "controlled"
    if description.licence:
        why = disagreement(description.licence, access, profile.name)
        items.append(
            Item(
                kind=ItemKind.ANSWER,
                field="licence",
                what="A licence that agrees with the access" + (f": {why}" if why else ""),
                there=not why,
                remedy=f"For {access} access: {', '.join(offered(access, profile.name)) or 'none'}"
                + ("." if access == "open" else "; or terms of your own in words."),
                command="`redact describe STUDY --set licence=…`",
            )
        )
    if description.contact:
        items.append(
            Item(
                kind=ItemKind.ANSWER,
                field="contact",
                what="A contact that a reader can reach",
                there=is_reachable(description),
                remedy="Give an e-mail or web address, or a role (data steward, data protection "
                "officer, library …) at an institution that is named: a name alone reaches nobody.",
                must=profile.name != "plain",
            )
        )
    if profile.name == "qdr" and description.contact:
        items.append(
            Item(
                kind=ItemKind.ANSWER,
                field="contact",
                what="An e-mail address in the contact, which a Dataverse asks for",
                there=bool(description.email),
                remedy="`metadata/dataset.json` makes a dataset only with one.",
                command="`redact describe STUDY --set contact=…`",
                must=False,
            )
        )
    items += [
        Item(
            kind=ItemKind.ANSWER,
            field="consent_note",
            what=f"What the {one.promise.paper} says, line {one.promise.line}, “"
            f"{one.promise.quote}”: {one.why}",
            there=says_something(description.consent_note),
            must=one.is_sure,
            remedy="If people agreed to the deposit all the same, say how: the log keeps it, and "
            "the notes on the transcripts say it. Else choose another access or licence, or do not "
            "deposit.",
            command="It is asked as `consent_note` by `redact describe`.",
        )
        for one in broken
    ]
    return tuple(items)


def is_reachable(description: Description) -> bool:
    """Whether the contact has an address, or is a role at an institution that is named."""
    contact = description.contact
    if _REACHED.search(contact):
        return True
    return bool(_ROLE.search(contact) and description.institution.strip())


def log_consent(log: AuditLog, papers: Iterable[Paper], description: Description) -> None:
    """Logs what the steward said of it, where the papers promise otherwise; or that nobody did."""
    said = {one.name.rpartition(".")[0].replace("-", "_"): one.texts[0].text for one in papers}
    broken = broken_promises(said, description, date.fromisoformat(log.last_time[:10]))
    broken = tuple(one for one in broken if one.is_sure)
    if broken:
        note = normalize("NFC", description.consent_note)
        log.append(
            DecisionRecorded(
                action="consent held against access",
                by="steward" if says_something(note) else "nobody: not answered yet",
                reason=note if says_something(note) else "no reason given",
                counts={"promises": len(broken)},
            )
        )
