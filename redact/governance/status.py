"""What is open and what is due in a study, on one screen; no original is opened.

All of it follows from the audit log and the working files, so no passphrase is needed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from redact.audit.consent_events import ThirdPartyDecided
from redact.audit.entries import LogEntry
from redact.audit.events import (
    CheckpointAnchored,
    CustodyChanged,
    DecisionRecorded,
    DocProcessed,
    GateEvaluated,
    LinkageDestroyed,
    ReleaseCreated,
)
from redact.core import Entity
from redact.governance.consent import days_said, levels_said
from redact.governance.incident import holders, incidents, is_told
from redact.governance.register import register
from redact.policy import Policy
from redact.release.findings import Gate
from redact.rendering import counted
from redact.review.settle import SETTLE, UNREAD
from redact.study.approval import Approval, in_force
from redact.study.consent import NOT_KNOWN, agreed
from redact.study.roles import RoleNames, roles_said

Due = Literal["overdue", "open", "done"]
_SOON = timedelta(days=30)
_TO_TELL = timedelta(days=3)  # the 72 hours of UK GDPR Article 33


@dataclass(frozen=True, slots=True, kw_only=True)
class Outstanding:
    """One thing that somebody must see to: how it stands, and what to do."""

    what: str
    state: Due
    said: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class TranscriptsRead:
    """How many transcripts there are, were read, and were accepted unread, as they are now."""

    of: int
    read: int
    unread: int


def reading_of(entries: Iterable[LogEntry]) -> TranscriptsRead:
    """What the log says of each transcript's safe text as it is now: a new text is to be read."""
    digests: dict[str, str] = {}
    how: dict[str, str] = {}
    for entry in entries:
        event = entry.event
        if isinstance(event, DocProcessed) and event.stage == "replace":
            digest = event.safe_sha256 or ""
            if digests.get(event.doc) != digest:
                how.pop(event.doc, None)
            digests[event.doc] = digest
        elif isinstance(event, DecisionRecorded) and event.docs:
            if event.action in (SETTLE, UNREAD):
                how.update(dict.fromkeys(event.docs, event.action))
            elif event.action == "withdraw":
                for doc in event.docs:
                    digests.pop(doc, None)
                    how.pop(doc, None)
    said = [how.get(doc) for doc in digests]
    return TranscriptsRead(len(digests), said.count(SETTLE), said.count(UNREAD))


def status(
    entries: Iterable[LogEntry],
    entities: Iterable[Entity],
    policy: Policy,
    approved: tuple[Approval, ...],
    digest: str,
    today: date,
    roles: tuple[RoleNames, ...] = (),
    packets: Collection[str] = (),
) -> tuple[Outstanding, ...]:
    """Everything that is open, due or done, what is due first. `digest` is the policy's.

    `packets` are the custodians who can open the key.
    """
    entries = tuple(entries)
    questions = sum(bool(one.question) for one in entities)
    found = (
        *_releases(entries, today),
        *_custody(entries, policy, today),
        _reading(entries, policy),
        Outstanding(
            what="Who is who",
            state="open" if questions else "done",
            said=f"{counted(questions, 'question')} open" if questions else "no question is open",
            remedy="`redact questions STUDY`" if questions else "",
        ),
        *_approval(policy, approved, digest),
        *_consent(entries, today),
        *_roles(roles, packets, policy),
        *_incidents(entries, today),
    )
    order: tuple[Due, ...] = ("overdue", "open", "done")
    return tuple(sorted(found, key=lambda one: order.index(one.state)))


def _releases(entries: tuple[LogEntry, ...], today: date) -> Iterator[Outstanding]:
    held = register(entries, today)
    for one in held:
        if one.state == "to call back":
            yield Outstanding(
                what=f"Release {one.release}, which {one.to} has",
                state="overdue",
                said="somebody in it withdrew, or agrees to less now",
                remedy="`redact consent notice STUDY --to FOLDER` writes what to send; then "
                "`redact consent told`, and `redact release returned` or `destroyed`.",
            )
        elif one.state == "overdue":
            yield Outstanding(
                what=f"Release {one.release}, which {one.to} has",
                state="overdue",
                said=f"they may have it until {one.until}",
                remedy="Ask for it back, or agree on a later day and say so with `redact release "
                "given --until`.",
            )
    if not any(one.state in ("overdue", "to call back") for one in held):
        out = sum(one.state in ("given", "superseded") for one in held)
        yield Outstanding(
            what="Releases",
            state="done",
            said=f"given {counted(out, 'time')} and not back; none is due",
        )


def _consent(entries: tuple[LogEntry, ...], today: date) -> Iterator[Outstanding]:
    known = agreed(entries)
    unknown = sum(one.level == NOT_KNOWN for one in known)
    yield Outstanding(
        what="Consent",
        state="open" if unknown else "done",
        said=levels_said(entries),
        remedy="Fill in the column of consent in your table of interviews, and run again: what is "
        "not known is not shared."
        if unknown
        else "",
    )
    for said in days_said(entries, today):
        yield Outstanding(what="Days of consent", state="done", said=said)
    last = (today + _SOON).isoformat()
    if soon := sorted(one.until for one in known if today.isoformat() <= one.until <= last):
        yield Outstanding(
            what="Last day to withdraw",
            state="open",
            said=f"it comes for {counted(len(soon), 'participant')}, first on {soon[0]}",
            remedy="Whoever has not answered by then stays in: release for others after that day.",
        )
    yield from _third_parties(entries)


def _third_parties(entries: tuple[LogEntry, ...]) -> Iterator[Outstanding]:
    """What was decided on people who were asked nothing, and whether a release waits for a word.

    Who they are is known with the key only: the log has what the gate said when it was last asked.
    """
    stays: dict[str, bool] = {}
    since, waits = 0, ""
    for entry in entries:
        event = entry.event
        if isinstance(event, ThirdPartyDecided):
            stays[event.person_token] = event.stays
            since += 1
        elif isinstance(event, GateEvaluated) and event.gate == Gate.CONSENT:
            since, waits = 0, "" if event.passed else entry.time[:10]
    if not stays and not waits:
        return
    may = sum(stays.values())
    said = f"{counted(may, 'third party', 'third parties')} may stay, {len(stays) - may} may not"
    if waits:
        said += f"; the gate Consent refused a release on {waits}, {since} decided since"
    yield Outstanding(
        what="Third parties",
        state="open" if waits else "done",
        said=said,
        remedy="`redact consent third STUDY` lists who waits for a word; then release again."
        if waits
        else "",
    )


def _incidents(entries: tuple[LogEntry, ...], today: date) -> Iterator[Outstanding]:
    held = register(entries, today)
    for one in incidents(entries):
        if one.is_open:
            untold = sum(not is_told(one, holding) for holding in holders(one, held))
            is_late = date.fromisoformat(one.opened[:10]) + _TO_TELL < today
            yield Outstanding(
                what=f"Incident {one.number}",
                state="overdue" if is_late else "open",
                said=f"opened on {one.opened[:10]}, {untold} to be told"
                + (f", after more than {_TO_TELL.days} days" if is_late else ""),
                remedy="`redact incident show STUDY`",
            )


def _key_ends(policy: Policy, today: date) -> Iterator[Outstanding]:
    ends = policy.governance.key_ends
    if ends:
        is_over = date.fromisoformat(ends) < today
        yield Outstanding(
            what="Planned end of the linkage key",
            state="overdue" if is_over else "done",
            said=f"it was to end on {ends}" if is_over else f"it is planned for {ends}",
            remedy="Destroy it (`redact key destroy STUDY`), or agree on a later day and write it "
            "as `key_ends` under [governance] of the policy (`--change-policy`).",
        )


def _roles(
    roles: tuple[RoleNames, ...], packets: Collection[str], policy: Policy
) -> Iterator[Outstanding]:
    """Who has which role; what a key enforces, and what only a typed name says."""
    if not roles:
        return
    needed = "two custodians together" if policy.custody.two_people else "any custodian alone"
    yield Outstanding(
        what="Roles",
        state="done",
        said=f"{roles_said(roles)}. Enforced by the key: {needed} can see originals. The other "
        "roles are advisory: a typed name is compared with them, and nobody proves who types",
    )
    named = next((one.names for one in roles if one.role == "custodian"), None)
    strangers = sorted(set(packets) - set(named)) if named is not None else []
    if strangers:
        yield Outstanding(
            what="Custodians",
            state="open",
            said=f"{', '.join(strangers)} can open the key and is no custodian by study.toml",
            remedy="`redact key remove-custodian STUDY NAME`, then `redact key rotate STUDY`; or "
            "name them under [roles].",
        )


def _custody(entries: tuple[LogEntry, ...], policy: Policy, today: date) -> Iterator[Outstanding]:
    if any(isinstance(entry.event, LinkageDestroyed) for entry in entries):
        yield Outstanding(what="Linkage key", state="done", said="it was destroyed")
        return
    yield from _key_ends(policy, today)
    began = entries[0].time[:10] if entries else today.isoformat()
    drills = [
        entry.time[:10]
        for entry in entries
        if isinstance(entry.event, CustodyChanged) and entry.event.change.startswith("drilled")
    ]
    yield _in_time(
        "Drill of the linkage key",
        drills[-1] if drills else "",
        began,
        policy.governance.drill_days,
        today,
        "`redact key drill STUDY`",
    )
    anchors = [entry.time[:10] for entry in entries if isinstance(entry.event, CheckpointAnchored)]
    yield _in_time(
        "Anchor of the log",
        anchors[-1] if anchors else "",
        began,
        policy.governance.anchor_days,
        today,
        "`redact audit anchor STUDY --where PLACE --to FILE`",
    )


def _in_time(what: str, last: str, began: str, days: int, today: date, remedy: str) -> Outstanding:
    """How something stands that is to be done again after so many days; 0 asks for none."""
    said = f"last on {last}" if last else f"never since {began}"
    if not days:
        return Outstanding(what=what, state="done", said=f"{said}; not asked for")
    age = (today - date.fromisoformat(last or began)).days
    if age > days:
        return Outstanding(
            what=what, state="overdue", said=f"{said}; asked for every {days} days", remedy=remedy
        )
    return Outstanding(what=what, state="done" if last else "open", said=said, remedy=remedy)


def _reading(entries: tuple[LogEntry, ...], policy: Policy) -> Outstanding:
    seen = reading_of(entries)
    said = f"{seen.read} of {counted(seen.of, 'transcript')} read as they are now"
    if seen.unread:
        said += f", {seen.unread} accepted unread"
    asked = policy.release.review == "required"
    if not asked:
        said += "; the policy asks for none"
    is_open = asked and seen.read < seen.of
    released = any(isinstance(entry.event, ReleaseCreated) for entry in entries)
    return Outstanding(
        what="Reading",
        state="open" if is_open else "done",
        said=said if seen.of or released else "nothing is to be read yet",
        remedy="`redact review STUDY --by YOU`" if is_open else "",
    )


def _approval(policy: Policy, approved: tuple[Approval, ...], digest: str) -> Iterator[Outstanding]:
    words = in_force(approved, digest)
    asked = policy.governance.approval == "required"
    if words:
        told = ", ".join(f"{one.role} for {one.access} on {one.time[:10]}" for one in words)
        yield Outstanding(what="Approval of the policy", state="done", said=told)
    elif asked or approved:
        yield Outstanding(
            what="Approval of the policy",
            state="open",
            said="nobody approved it as it is now",
            remedy="`redact policy approve STUDY --by WHO --role ROLE --for ACCESS`",
        )


def as_lines(found: Iterable[Outstanding]) -> list[str]:
    """For a terminal: what is overdue first."""
    lines = []
    for one in found:
        mark = {"overdue": "OVERDUE  ", "open": "open     ", "done": "         "}[one.state]
        lines.append(f"{mark}{one.what}: {one.said}")
        if one.remedy and one.state != "done":
            lines.append(f"           {one.remedy}")
    return lines
