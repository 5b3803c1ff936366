"""What participants agreed to, as the log has it: levels and days, and what followed from them.

Part of the closed set of events (events.py). No word of a table's free columns is here, and no name
of a participant: documents by their neutral ids, third parties by a keyed token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

_Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRecorded:
    """The steward's table says what the participant of a document agreed to, first or otherwise.

    `releases` are those that hold the document, made for more than this level allows.
    """

    kind: ClassVar[str] = "consent.recorded"
    doc: str
    level: str
    given: str | None = None
    until: str | None = None
    releases: _Texts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHolds:
    """Whom a release is made for, and the documents that it holds of the study's."""

    kind: ClassVar[str] = "release.holds"
    name: str
    audience: str
    docs: _Texts
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdPartyDecided:
    """Somebody said whether a person may stay who is spoken of at length and was asked nothing."""

    kind: ClassVar[str] = "third_party.decided"
    person_token: str
    by: str
    stays: bool
    reason: str


@dataclass(frozen=True, slots=True)
class HolderTold:
    """Whoever has a release that is to be called back was told, on a day."""

    kind: ClassVar[str] = "holder.told"
    release: str
    to: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteChosen:
    """A passage of a safe text, by its lines and the text's digest, was chosen for a paper."""

    kind: ClassVar[str] = "quote.chosen"
    quote: str
    doc: str
    start: int
    end: int
    safe_sha256: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteDecided:
    """Somebody approved a quote, or refused it, in a role."""

    kind: ClassVar[str] = "quote.decided"
    quote: str
    by: str
    role: str
    approved: bool
    reason: str | None = None


ConsentEvent = (
    ConsentRecorded | ReleaseHolds | ThirdPartyDecided | HolderTold | QuoteChosen | QuoteDecided
)
