"""Whether consent lets a release go out, as a line of the list that is asked before one."""

from __future__ import annotations

from dataclasses import replace

from redact.release.consented import audience_of, consented, gate_consent
from redact.release.profiles import Item, ItemKind
from redact.release.third_parties import third_parties
from redact.study.description import read_description
from redact.study.desk import Desk


def consent_items(desk: Desk, profile: str) -> tuple[Item, ...]:
    """What gate Consent says now: what it finds, a line each, or that it passes.

    Nothing where the study records no consent and its policy lets transcripts out.
    """
    chosen = consented(desk, audience_of(read_description(desk.study), profile))
    is_quotes = desk.policy.release.what == "quotes"
    standing = chosen.consent
    if standing.is_kept:
        standing = replace(standing, third_parties=third_parties(chosen.desk))
    elif not is_quotes:
        return ()
    gate = gate_consent(standing, len(chosen.desk.key.documents), is_quotes)
    if gate.passed:
        what = "Whoever is in it agreed to that, and each third party was decided on"
        return (Item(kind=ItemKind.CONSENT, what=what, there=True),)
    whats = [finding.sentence() for finding in gate.findings]
    return tuple(
        Item(
            kind=ItemKind.CONSENT,
            what=f"Gate Consent would refuse: {what}",
            there=False,
            remedy=gate.remedy if number == len(whats) else "",
        )
        for number, what in enumerate(whats, start=1)
    )
