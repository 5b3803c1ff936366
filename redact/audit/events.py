"""The closed set of events: one frozen class a kind, whose fields are an entry's data.

A field that may be missing is None, and then is left out of the line. No class has room for
original text: identifiers are neutral document ids, pseudonym kinds, counts, keyed tokens and
digests of files that are released.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, ClassVar, get_args, get_type_hints

from redact.audit.consent_events import ConsentEvent
from redact.audit.incident_events import IncidentEvent
from redact.audit.sent import TextsSent
from redact.errors import UsageError

Counts = Mapping[str, int]
Texts = tuple[str, ...]


class EventError(UsageError):
    """An entry that does not follow the log's format; the message names the rule only."""


@dataclass(frozen=True, slots=True)
class LogCreated:
    """The log's first entry: its verifier key, and the version of redact."""

    kind: ClassVar[str] = "log.created"
    key: str
    tool: str


@dataclass(frozen=True, slots=True)
class LogRecovered:
    """A crash left a torn line: the byte it began at, its length, the SHA-256 of what it held."""

    kind: ClassVar[str] = "log.recovered"
    at: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LogUnwitnessed:
    """The note beside the log's folder was not there when the log had `size` entries.

    A build before there was one wrote them, or somebody took it away.
    """

    kind: ClassVar[str] = "log.unwitnessed"
    size: int


@dataclass(frozen=True, slots=True)
class ClockRegressed:
    """The machine's clock went back; `last` is the time of the entry before."""

    kind: ClassVar[str] = "clock.regressed"
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated:
    """The log's key changed: both verifier keys, and the signature of each under the change."""

    kind: ClassVar[str] = "key.rotated"
    old: str
    key: str
    by_old: str
    by_new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """A command began, under this policy, which may ask for two people to look at originals.

    With the first one a log says that it `vouches` for every file of people's words.
    """

    kind: ClassVar[str] = "run.started"
    command: str
    tool: str
    policy: str
    policy_sha256: str
    two_people: bool | None = None
    vouches: bool | None = None


@dataclass(frozen=True, slots=True)
class RunFinished:
    """A command ended: done, refused or failed, with this exit code."""

    kind: ClassVar[str] = "run.finished"
    command: str
    outcome: str
    exit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocProcessed:
    """A stage has passed a document, with counts by label, or of what was left out of its file."""

    kind: ClassVar[str] = "doc.processed"
    doc: str
    stage: str
    source_token: str
    mentions: Counts | None = None
    left_out: Counts | None = None
    safe_sha256: str | None = None
    encoding: str | None = None
    encoding_guessed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRecorded:
    """Somebody, or a rule of redact, decided something about so many things, and why.

    Where it was written to a file of people's words, `file_token` is a keyed token of all that the
    file then says. Of a withdrawal `releases` are those in which the transcripts stand.
    """

    kind: ClassVar[str] = "decision.recorded"
    action: str
    by: str
    reason: str
    counts: Counts
    docs: Texts | None = None
    file: str | None = None
    file_token: str | None = None
    releases: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateEvaluated:
    """A gate of a release passed or refused; of a refusal its places and the remedy."""

    kind: ClassVar[str] = "gate.evaluated"
    gate: str
    passed: bool
    findings: int
    explained: Counts
    places: Texts | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateOverridden:
    """Two people released in spite of a gate, with the custodians who opened the key for it."""

    kind: ClassVar[str] = "gate.overridden"
    gate: str
    by: Texts
    reason: str
    approved_by: Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseCreated:
    """A release is about to be made (`intent`: what goes in) or is made (`done`: its digest)."""

    kind: ClassVar[str] = "release.created"
    phase: str
    name: str
    files: int | None = None
    payload_sha512: str | None = None
    tagmanifest_sha512: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseGiven:
    """The steward said that a release was given to somebody on a day; the digest of its bag.

    As far as they said it: what for, under which agreement and access, and until which day. Of one
    that is to be called back, why it was given all the same.
    """

    kind: ClassVar[str] = "release.given"
    name: str
    to: str
    on: str
    tagmanifest_sha512: str
    purpose: str | None = None
    agreement: str | None = None
    access: str | None = None
    until: str | None = None
    anyway: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEnded:
    """The steward said that whoever had a release gave it back, or destroyed it, on a day."""

    kind: ClassVar[str] = "release.ended"
    name: str
    to: str
    how: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyApproved:
    """Somebody approved the policy of this digest, in a role, for an access."""

    kind: ClassVar[str] = "policy.approved"
    policy: str
    policy_sha256: str
    by: str
    role: str
    access: str
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageSealed:
    """The linkage key is about to be sealed (`intent`) or is sealed (`done`).

    One from before a rotation that came to harm stays in force (`kept`).
    """

    kind: ClassVar[str] = "linkage.sealed"
    phase: str
    linkage_id: str
    sha256: str | None = None
    supersedes: str | None = None
    recipient: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRevealed:
    """Originals are about to be shown (`intent`), were shown (`done`) or not (`refused`).

    `by` is who looks, where the command asks for a name; `docs` are the documents whose words are
    shown, where not all are; `looks` counts, when it is over, how often each of them was.
    """

    kind: ClassVar[str] = "linkage.revealed"
    phase: str
    purpose: str
    documents: int
    entries: int | None = None
    approved_by: Texts | None = None
    by: str | None = None
    docs: Texts | None = None
    looks: Counts | None = None


@dataclass(frozen=True, slots=True)
class CustodyChanged:
    """A custodian's packet or share was made, removed or tried; the SHA-256 of its file."""

    kind: ClassVar[str] = "custody.changed"
    change: str
    custodian: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageDestroyed:
    """The linkage key is about to be destroyed (`intent`) or is destroyed (`done`).

    The lists are SHA-256 digests of packets, linkage files and custodians' statements; `originals`
    counts the sources that lay sealed beside the key.
    """

    kind: ClassVar[str] = "linkage.destroyed"
    phase: str
    packets: Texts
    linkage: Texts
    statements: Texts
    copies_left: int
    originals: int | None = None


@dataclass(frozen=True, slots=True)
class CheckpointAnchored:
    """A signed checkpoint was made to be kept elsewhere: where."""

    kind: ClassVar[str] = "checkpoint.anchored"
    where: str


Event = (
    LogCreated
    | LogRecovered
    | LogUnwitnessed
    | ClockRegressed
    | KeyRotated
    | RunStarted
    | RunFinished
    | DocProcessed
    | TextsSent
    | DecisionRecorded
    | GateEvaluated
    | GateOverridden
    | ReleaseCreated
    | ReleaseGiven
    | ReleaseEnded
    | PolicyApproved
    | IncidentEvent
    | ConsentEvent
    | LinkageSealed
    | LinkageRevealed
    | CustodyChanged
    | LinkageDestroyed
    | CheckpointAnchored
)
KINDS: Mapping[str, type[Event]] = {event.kind: event for event in get_args(Event)}


def data_of(event: Event) -> dict[str, Any]:
    """The fields of an event as RFC 8785 has them: by the alphabet, without those that are None."""
    names = sorted(field.name for field in fields(event))
    values = ((name, getattr(event, name)) for name in names)
    return {name: _as_json(value) for name, value in values if value is not None}


def event_of(kind: str, data: Mapping[str, Any]) -> Event:
    """The event of this kind with these data; EventError for any that the set does not have."""
    if kind not in KINDS:
        raise EventError("unknown event")
    forms, required = _schema(kind)
    if not required <= data.keys() <= forms.keys():
        raise EventError(f"fields of {kind} are missing or unknown")
    for name, value in data.items():
        if not _fits(value, forms[name]):
            raise EventError(f"{kind}.{name} has the wrong type")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return KINDS[kind](**values)


@cache
def _schema(kind: str) -> tuple[Mapping[str, Any], frozenset[str]]:
    """The type of every field by its name, and the names of those that may not be missing."""
    event = KINDS[kind]
    hints = get_type_hints(event)
    forms = {field.name: _without_none(hints[field.name]) for field in fields(event)}
    return forms, frozenset(f.name for f in fields(event) if f.default is MISSING)


def _without_none(hint: Any) -> Any:
    """The type T of a hint `T | None`."""
    options = get_args(hint)
    return options[0] if type(None) in options else hint


def _fits(value: Any, form: Any) -> bool:
    """Whether a JSON value is of a field's type; a number is never a truth value."""
    if form == Counts:
        return isinstance(value, dict) and all(
            isinstance(name, str) and type(count) is int for name, count in value.items()
        )
    if form == Texts:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is form


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
