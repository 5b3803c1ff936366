"""Who approved which policy, in which role and for which access; kept in the log by digest.

A policy that asks for it (`[governance] approval = "required"`) is released under only once it is
approved as it is now: one changed letter is another policy. Where several roles approved it, the
newest word of each must allow the access.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from unicodedata import normalize

from redact.audit.entries import LogEntry
from redact.audit.events import PolicyApproved
from redact.audit.reading import read_log
from redact.errors import GateRefused, UsageError
from redact.policy import policy_digest
from redact.study.desk import Desk
from redact.study.hold import hold
from redact.study.nameless import require_nameless
from redact.study.roles import require_role
from redact.transcript.words import squash

ApprovedFor = Literal["open", "safeguarded", "controlled", "team"]
_WIDEST_FIRST: tuple[str, ...] = get_args(ApprovedFor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A word on a policy: by whom, in which role, for which access at the widest, and when."""

    policy: str
    digest: str
    by: str
    role: str
    access: str
    reference: str
    time: str

    def allows(self, access: str) -> bool:
        """Whether it is for this access or a wider one."""
        return _WIDEST_FIRST.index(self.access) <= _WIDEST_FIRST.index(access)


def approvals(entries: Iterable[LogEntry]) -> tuple[Approval, ...]:
    """All that the log has, in its order."""
    return tuple(
        Approval(
            policy=entry.event.policy,
            digest=entry.event.policy_sha256,
            by=entry.event.by,
            role=entry.event.role,
            access=entry.event.access,
            reference=entry.event.reference or "",
            time=entry.time,
        )
        for entry in entries
        if isinstance(entry.event, PolicyApproved) and entry.event.access in _WIDEST_FIRST
    )


def in_force(given: Iterable[Approval], digest: str) -> tuple[Approval, ...]:
    """The newest word of each role on the policy of this digest."""
    newest = {squash(one.role): one for one in given if one.digest == digest}
    return tuple(newest.values())


def approve(desk: Desk, by: str, role: str, access: ApprovedFor, reference: str) -> Approval:
    """Records that somebody approved the study's policy as it is now.

    Raises UsageError where a word is missing, or says a name of the study. The same said twice is
    recorded once.
    """
    said = {
        name: normalize("NFC", " ".join(word.split()))
        for name, word in (("--by", by), ("--role", role), ("--reference", reference))
    }
    for option in ("--by", "--role"):
        if not any(char.isalnum() for char in said[option]):
            raise UsageError("nothing is said here", where=option, remedy="Say who, in which role.")
    for option, word in said.items():
        require_nameless(desk.key, word, option, is_sentence=option == "--reference")
    require_role(desk.study, "approver", said["--by"])
    event = PolicyApproved(
        policy=f"{desk.policy.name} {desk.policy.version}",
        policy_sha256=policy_digest(desk.policy_data),
        by=said["--by"],
        role=said["--role"],
        access=access,
        reference=said["--reference"] or None,
    )
    with hold(desk.study, desk.seen) as log:
        known = in_force(approvals(read_log(desk.log)), event.policy_sha256)
        same = [
            one
            for one in known
            if (one.by, one.role, one.access, one.reference)
            == (event.by, event.role, event.access, event.reference or "")
        ]
        if not same:
            log.append(event)
    return same[0] if same else approvals(read_log(desk.log))[-1]


def lines_of_contradiction(log: Path, done: Approval) -> list[str]:
    """For a person: where other roles said another access of this policy, which one counts."""
    words = in_force(approvals(read_log(log)), done.digest)
    others = [f"{one.role}: for {one.access}" for one in words if one.access != done.access]
    if not others:
        return []
    counts = max((one.access for one in words), key=_WIDEST_FIRST.index)
    return [f"Another word stands beside it ({'; '.join(others)}): {counts} counts, the stricter."]


def require_approved(desk: Desk, access: str) -> None:
    """Raises GateRefused where the policy asks for an approval and has none for this access."""
    if desk.policy.governance.approval != "required":
        return
    known = approvals(read_log(desk.log))
    words = in_force(known, policy_digest(desk.policy_data))
    remedy = "Show them what the policy does; when they agree, record it."
    command = (
        f"`redact policy explain {desk.study.root}`, then `redact policy approve "
        f'{desk.study.root} --by WHO --role "ethics committee" --for {access}`.'
    )
    if not words:
        was = "; it was approved, and was changed since" if known else ""
        raise GateRefused(
            f"nobody approved this policy as it is now{was}", remedy=remedy, command=command
        )
    against = [one for one in words if not one.allows(access)]
    if against:
        told = "; ".join(f"{one.role}: for {one.access}" for one in against)
        raise GateRefused(
            f"this policy is not approved for {access} access ({told})",
            remedy=remedy,
            command=command,
        )
