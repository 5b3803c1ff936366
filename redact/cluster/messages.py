"""What the processes say to each other: a record a line, as JSON.

Nothing that comes from another machine is unpickled in the process that has the key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from redact.cluster.sameness import LookFacts
from redact.cluster.settings import ClusterSettings
from redact.detect.elsewhere import LookAsked
from redact.detect.evidence import Look
from redact.policy import Policy


@dataclass(frozen=True, slots=True)
class LookQuestion:
    """To a reader: look at this under the policy; without a transcript, say what you are."""

    policy: Policy
    asked: LookAsked | None = None


@dataclass(frozen=True, slots=True)
class LookReply:
    """A reader's answer; `failed` is the kind of an error, whose message might have words."""

    look: Look | None = None
    facts: LookFacts | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Connect:
    """To the courier, first of all: where the cluster is."""

    settings: ClusterSettings
    kind: Literal["connect"] = "connect"


@dataclass(frozen=True, slots=True)
class Begin:
    """To the courier: find the workers who would give our answer."""

    policy: Policy
    here: LookFacts
    kind: Literal["begin"] = "begin"


@dataclass(frozen=True, slots=True)
class Send:
    """To the courier: have this question answered, which it passes on as it is."""

    transcript: str
    question: str = field(repr=False)
    kind: Literal["send"] = "send"


@dataclass(frozen=True, slots=True)
class Connected:
    """From the courier: the scheduler answers."""

    kind: Literal["connected"] = "connected"


@dataclass(frozen=True, slots=True)
class Ready:
    """From the courier: so many workers look, each at one text at a time."""

    workers: int
    kind: Literal["ready"] = "ready"


@dataclass(frozen=True, slots=True)
class Unfit:
    """From the courier: a worker that would answer otherwise or keep what it is given, and why."""

    worker: str
    why: tuple[str, ...]
    kind: Literal["unfit"] = "unfit"


@dataclass(frozen=True, slots=True)
class PassedOn:
    """From the courier: a reader's reply, passed on as it came."""

    transcript: str
    reply: str = field(repr=False)
    kind: Literal["passed on"] = "passed on"


@dataclass(frozen=True, slots=True)
class Poison:
    """From the courier: a transcript with which so many workers died."""

    transcript: str
    times: int
    kind: Literal["poison"] = "poison"


@dataclass(frozen=True, slots=True)
class Unreached:
    """From the courier: the scheduler cannot be reached, or is not who it should be."""

    why: str
    kind: Literal["unreached"] = "unreached"


@dataclass(frozen=True, slots=True)
class Lost:
    """From the courier: the scheduler answers no more, or for some time there was no worker."""

    what: Literal["scheduler", "workers"]

    kind: Literal["lost"] = "lost"


ToCourier = Annotated[Connect | Begin | Send, Field(discriminator="kind")]
FromCourier = Annotated[
    Connected | Ready | Unfit | PassedOn | Poison | Unreached | Lost,
    Field(discriminator="kind"),
]
QUESTION: TypeAdapter[LookQuestion] = TypeAdapter(LookQuestion)
REPLY: TypeAdapter[LookReply] = TypeAdapter(LookReply)
TO_COURIER: TypeAdapter[Connect | Begin | Send] = TypeAdapter(ToCourier)
FROM_COURIER: TypeAdapter[Connected | Ready | Unfit | PassedOn | Poison | Unreached | Lost] = (
    TypeAdapter(FromCourier)
)


def packed[M](form: TypeAdapter[M], message: M) -> bytes:
    """The message as one line."""
    said = json.dumps(form.dump_python(message, mode="json"), separators=(",", ":"))
    return said.encode("ascii") + b"\n"


def unpacked[M](form: TypeAdapter[M], line: bytes) -> M:
    """The message of a line; ValueError if it is none."""
    message: M = form.validate_python(json.loads(line))
    return message
