"""Who may look at transcripts beside this process: other machines, and what they are given."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field

from redact.core import Mention, Transcript
from redact.detect.evidence import Look
from redact.policy import Policy


@dataclass(frozen=True, slots=True)
class LookAsked:
    """A transcript to be looked at, and what the roster names in it.

    A look needs no more of the roster, which is searched where it lies.
    """

    transcript: Transcript = field(repr=False)
    listed: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Fleet:
    """Machines that look: where they are asked for, and how many processes there are of them."""

    where: str
    workers: int


class OtherMachines(ABC):
    """Other machines that look; they give the answer that this machine would give."""

    @abstractmethod
    def ready(self, policy: Policy) -> Fleet:
        """Whoever will look, nothing sent yet. RedactError if one would answer otherwise."""

    @abstractmethod
    def look_at(
        self, asked: tuple[LookAsked, ...], policy: Policy, made: Callable[[str, Look], None]
    ) -> None:
        """Tells `made` each transcript's look, in any order; RedactError if one is not made."""


Workers = int | OtherMachines | None
