"""What a reviewer says of a place, before it is checked and recorded."""

from __future__ import annotations

from dataclasses import dataclass

from redact.core import Label, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a reviewer says a stretch of a transcript is; with no label no mention. Not checked yet.

    A DETAIL singles somebody out without a name: `text` stands there instead, in brackets; without
    one it is said that a detail was removed. With no label it may be of these words `everywhere`;
    with one it may be of words that were `missed`.
    """

    transcript: str
    start: int
    end: int
    label: Label | None
    text: str = ""
    everywhere: bool = False
    missed: bool = False

    @property
    def place(self) -> Place:
        """Where it is; ValueError if that is no span."""
        return Place.at(self.transcript, self.start, self.end)
