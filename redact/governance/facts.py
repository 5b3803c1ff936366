"""What a study's papers may state: facts of its log, policy, key's folder and risk report.

None of it needs a passphrase, and none of it is an original.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from redact.audit.entries import LogEntry
from redact.audit.events import (
    CheckpointAnchored,
    CustodyChanged,
    DecisionRecorded,
    LinkageDestroyed,
    LinkageRevealed,
)
from redact.audit.reading import read_log
from redact.audit.sent import TextsSent
from redact.disk import files_below
from redact.errors import BadInput
from redact.governance.consent import levels_said
from redact.governance.incident import incidents
from redact.governance.register import Holding, register
from redact.governance.status import TranscriptsRead, reading_of
from redact.key.custodians import custodians
from redact.policy import Policy, load_policy, policy_digest
from redact.study.approval import Approval, approvals, in_force
from redact.study.consent import agreed
from redact.study.folder import Study

_RISK = "risk.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What the file risk.json says: for which access, the k of the data list, the worst k of all,
    and how many names in 10,000 words may be left; `is_current` is whether it was made of the safe
    files and the policy as they are now."""

    is_current: bool
    access: str
    k: int | None
    worst: int | None
    names_left: float


@dataclass(frozen=True, slots=True)
class SentAway:
    """When texts left this machine to be looked at, how many, and to which cluster."""

    on: str
    documents: int
    scheduler: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernedStudy:
    """The facts of a study, as they stand. Days are YYYY-MM-DD; "" is never."""

    name: str
    began: str
    reading: TranscriptsRead
    policy: Policy
    approved: tuple[Approval, ...]
    custodians: int
    last_drill: str
    last_anchor: str
    looks: int
    withdrawn: int
    sent: tuple[SentAway, ...]
    destroyed: str
    held: tuple[Holding, ...]
    has_consent: bool  # what each participant agreed to is recorded
    consent: str  # how many agreed to what, or that it was not recorded
    incidents: int
    open_incidents: int
    measured: Measured | None


def facts_of(study: Study, today: date) -> GovernedStudy:
    """The facts of a study; BadInput where its log or risk report is damaged."""
    entries = read_log(study.audit)
    policy, data = load_policy(study.policy)
    found = incidents(entries)
    return GovernedStudy(
        name=study.root.resolve().name,
        began=entries[0].time[:10] if entries else "",
        reading=reading_of(entries),
        policy=policy,
        approved=in_force(approvals(entries), policy_digest(data)),
        custodians=len(custodians(study)),
        last_drill=_last(
            entry
            for entry in entries
            if isinstance(entry.event, CustodyChanged) and entry.event.change.startswith("drilled")
        ),
        last_anchor=_last(e for e in entries if isinstance(e.event, CheckpointAnchored)),
        looks=sum(
            isinstance(entry.event, LinkageRevealed) and entry.event.phase == "done"
            for entry in entries
        ),
        withdrawn=sum(
            isinstance(entry.event, DecisionRecorded) and entry.event.action == "withdraw"
            for entry in entries
        ),
        sent=tuple(
            SentAway(entry.time[:10], entry.event.documents, entry.event.scheduler)
            for entry in entries
            if isinstance(entry.event, TextsSent)
        ),
        destroyed=_last(
            entry
            for entry in entries
            if isinstance(entry.event, LinkageDestroyed) and entry.event.phase == "done"
        ),
        held=register(entries, today),
        has_consent=bool(agreed(entries)),
        consent=levels_said(entries),
        incidents=len(found),
        open_incidents=sum(one.is_open for one in found),
        measured=_measured(study),
    )


def measured_state(study: Study) -> str:
    """The SHA-256 of what a risk report is made of and a passphrase is not needed for: the safe
    files and the policy; lower-case hexadecimal."""
    digest = hashlib.sha256()
    for path in (*files_below(study.safe), study.policy):
        if path.is_file():
            digest.update(path.name.encode("utf-8", "surrogatepass") + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _last(entries: Iterable[LogEntry]) -> str:
    return max((entry.time[:10] for entry in entries), default="")


def _measured(study: Study) -> Measured | None:
    """What the last risk report says; None where there is none."""
    path = study.root / _RISK
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_bytes())
        ks = [one["k"] for one in said["exposure"]["measures"] if one["k"] is not None]
        return Measured(
            is_current=said.get("made_of") == measured_state(study),
            access=str(said["target"]),
            k=None if said["k"] is None else int(said["k"]),
            worst=min(map(int, ks), default=None),
            names_left=float(said["names_left_in_10000_words"]),
        )
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        raise BadInput(
            "this risk report cannot be read",
            where=str(path),
            remedy="Delete it, or make it anew.",
            command="`redact risk` makes it.",
        ) from None
