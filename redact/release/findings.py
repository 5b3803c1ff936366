"""What a gate found, as facts; sentences are made here at the edge and never read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from redact.core import Span

MOST_SHOWN = 50  # places of one gate, where all are asked for


class Gate(StrEnum):
    """The gates of a release by the names that people, `--json` and the log have for them."""

    CONSENT = "Consent"
    REVIEW = "G1 review"
    NO_ORIGINAL = "G2 no original"
    SECOND_LOOK = "G3 second look"
    ROUND_TRIP = "G4 round trip"
    NO_KEY_OR_SOURCE = "G5 no key or source"
    HIDDEN_PLACES = "G6 hidden places"
    PAPERS = "Papers"
    SURROGATES = "Surrogates"
    LOG_AND_KEY = "G7 log and key"
    SMALL_COUNTS = "G9 small counts"
    BAG = "G8 bag"


CAN_BE_OVERRIDDEN = (Gate.SECOND_LOOK, Gate.SMALL_COUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a gate found. It holds no word of a transcript.

    `what` is wrong; `where` is a released file or a part of the study, `line` in it from 1, and
    `row` the interview whose row of a table it is, by its neutral name, with its `column`. `form`
    is the kind of the linkage key's form that stands there. In a safe transcript `doc` is its
    document and `span` the place in the safe text, elsewhere the place in the released one: whoever
    may see the words can show them.
    """

    what: str
    where: str | None = None
    line: int | None = None
    row: str | None = None
    column: str | None = None
    form: str | None = None
    doc: str | None = None
    span: Span | None = None

    def place(self) -> str | None:
        """Where it is, for people and the log; None where it is nowhere in particular."""
        line = None if self.line is None else f"line {self.line}"
        column = None if self.column is None else f"column {self.column}"
        return ", ".join(filter(None, (self.where, self.row, column, line))) or None

    def sentence(self) -> str:
        """The whole finding in one line."""
        place = self.place()
        return self.what if place is None else f"{place}: {self.what}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateResult:
    """One gate's word: it passes unless it found something.

    `explained` counts the places that a recorded decision explains, by reason.
    """

    gate: Gate
    findings: tuple[Finding, ...] = ()
    remedy: str = ""
    explained: Mapping[str, int] = field(default_factory=dict)
    overridden: bool = False

    @property
    def passed(self) -> bool:
        return not self.findings

    @property
    def result(self) -> str:
        return "overridden" if self.overridden else "passed" if self.passed else "refused"

    def to_json(self) -> dict[str, Any]:
        """Name, result, places and remedy, for the screen and for programs."""
        return {
            "gate": str(self.gate),
            "result": self.result,
            "findings": len(self.findings),
            "places": list(sentences(self.findings))[:MOST_SHOWN],
            "remedy": "" if self.passed else self.remedy,
            "explained": dict(self.explained),
        }

    def places(self) -> tuple[str, ...]:
        """Where, for the log: files, lines and interviews, each once."""
        places = (finding.place() for finding in self.findings)
        return tuple(dict.fromkeys(place for place in places if place is not None))[:MOST_SHOWN]


def sentences(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The findings as sentences, each once."""
    return tuple(dict.fromkeys(finding.sentence() for finding in findings))
