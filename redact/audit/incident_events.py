"""What followed when a name was found after a release, without a word of what was found.

Part of the closed set of events (events.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

_Counts = Mapping[str, int]
_Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentOpened:
    """A name was found in what was released: in which releases, and at how many places of what.

    `words_token` is a keyed token of the words, so that whoever closes it says the same ones.
    """

    kind: ClassVar[str] = "incident.opened"
    incident: str
    by: str
    label: str
    releases: _Texts
    counts: _Counts
    words_token: str


@dataclass(frozen=True, slots=True)
class IncidentTold:
    """Whoever has an affected release was told, on a day."""

    kind: ClassVar[str] = "incident.told"
    incident: str
    to: str
    on: str


@dataclass(frozen=True, slots=True)
class IncidentClosed:
    """All that was to be done was done, and somebody said so."""

    kind: ClassVar[str] = "incident.closed"
    incident: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentTakenBack:
    """Its words were typed by mistake: nothing is to be done for it any more, and why."""

    kind: ClassVar[str] = "incident.taken_back"
    incident: str
    by: str
    reason: str


IncidentEvent = IncidentOpened | IncidentTold | IncidentClosed | IncidentTakenBack
