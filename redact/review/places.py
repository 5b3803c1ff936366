"""An error about one place of a transcript: in which file and line it stands."""

from __future__ import annotations

from redact.core import Place
from redact.errors import UsageError
from redact.study.desk import Desk
from redact.study.search import line_of


class PlaceRefused(UsageError):
    """A decision on this place cannot be recorded; at `line_number`, counted from 1.

    On a terminal the place is told by the name of the safe transcript, FILE:LINE.
    """

    def __init__(self, what: str, desk: Desk, place: Place, remedy: str) -> None:
        text = next(t.text for t in desk.transcripts if t.id == place.transcript)
        self.place, self.line_number = place, line_of(text, place.start)
        name = desk.key.document(place.transcript).safe_name or place.transcript
        super().__init__(what, where=f"{name}:{self.line_number}", remedy=remedy)
