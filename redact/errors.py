"""What can go wrong, said so that a person can act on it.

Every error carries what happened, where, and the remedy, and knows the exit
code of the command that ends with it:

    0 done   1 failed   2 usage   3 done but a human must look   4 a release gate refused

No error text ever holds words of a transcript.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class RedactError(Exception):
    """A failure with its place and remedy; ends the command with exit code 1.

    `command` is how the remedy is done at a terminal; the page has a button for it.
    """

    exit_code = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "", command: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        self.command = command
        super().__init__(self.line())

    @property
    def at_a_terminal(self) -> str:
        """The remedy, and the command for it."""
        return " ".join(filter(None, (self.remedy, self.command)))

    def line(self) -> str:
        """The whole error on one line: `where: what. Remedy`."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        told = self.at_a_terminal
        return f"{head}. {told}" if told else head


class Busy(RedactError):
    """Another command works on this study; it may be done in a moment (exit 1)."""


class StudyChanged(RedactError):
    """What was opened is not what lies on disk any more, so nothing was written (exit 1)."""


class UsageError(RedactError):
    """The command, the policy or the tables ask for something that cannot be done (exit 2)."""

    exit_code = 2


class BadInput(RedactError):
    """A source file that cannot be read whole and with certainty (exit 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One file that cannot be taken, with its reason and remedy; `usage` if it was misnamed."""

    where: str = field(repr=False)
    what: str
    remedy: str
    usage: bool = False
    command: str = ""

    @property
    def at_a_terminal(self) -> str:
        """The remedy, and the command for it."""
        return " ".join(filter(None, (self.remedy, self.command)))


class SourcesRefused(BadInput):
    """Several files cannot be taken, all of them told at once (exit 1; 2 if one is misnamed)."""

    def __init__(self, refusals: tuple[Refusal, ...], read: int) -> None:
        super().__init__(
            f"{len(refusals)} files or folders cannot be taken, and {read} can",
            remedy="Nothing was made. Do as each line says.",
            command="Then run the command again",
        )
        self.refusals = refusals
        self.exit_code = 2 if any(one.usage for one in refusals) else 1


class KeyRefused(RedactError):
    """The linkage key cannot be opened, or is not what its note says (exit 1)."""


class Tampered(RedactError):
    """The audit log, the linkage key or a bag was changed after it was written (exit 1)."""


class GateRefused(RedactError):
    """A release gate refused (exit 4); `gates` is every gate's word, as it is shown and logged.

    `own_names` are the steward's names of released files, for the screen of who opened the key.
    """

    exit_code = 4

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        remedy: str = "",
        command: str = "",
        gates: tuple[Mapping[str, Any], ...] = (),
    ) -> None:
        super().__init__(what, where=where, remedy=remedy, command=command)
        self.gates = gates
        self.own_names: Mapping[str, str] = {}
