"""When stretches between two points of a file's line of time are said, which names its points.

Not every point has a time. What runs on over one that has none is one stretch with what goes on
from there; what begins or ends at such a point is said somewhere between those about it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from redact.core import Span
from redact.core.timed import Timed
from redact.formats.times import in_seconds


class TimePoint(NamedTuple):
    """A point of a line of time, by its name in the file; in seconds, None where it has no time."""

    name: str
    seconds: float | None


class Between(NamedTuple):
    """The names of the points between which something is said."""

    first: str
    last: str


NEVER = Between("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """Words at a place of the text, from which point on they are said, and in which tier.

    The last of them are said `between` two points, and nobody else then if the piece `is_alone`.
    """

    place: Span
    first: str
    between: Between
    tier: str = field(repr=False)
    is_alone: bool


class TimeLine:
    """The points of a file in their order, and what is said between them."""

    def __init__(self, points: Iterable[TimePoint]) -> None:
        given = [point for point in points if point.name]  # another could not be meant
        self._at = {point.name: number for number, point in enumerate(given)}
        known = [n for n, point in enumerate(given) if point.seconds is not None]
        self._known, self._seconds = known, [given[n].seconds or 0.0 for n in known]
        self._said: list[_Piece] = []

    def order(self, name: str, otherwise: float = 0.0) -> float:
        """Seconds to sort by: of the point, or of the last before it that has a time."""
        if name not in self._at:
            return otherwise
        number = bisect_right(self._known, self._at[name]) - 1
        return self._seconds[number] if number >= 0 else 0.0

    def said(self, place: Span, between: Between, tier: str, is_alone: bool = True) -> None:
        """Notes when a place of the text is said, place after place."""
        if place.end <= place.start:
            return
        last = self._said[-1] if self._said else None
        if last and last.tier == tier and last.is_alone is is_alone and self._is_on(last, between):
            whole = Span(last.place.start, place.end)
            self._said[-1] = replace(last, place=whole, between=between)
            return
        self._said.append(
            _Piece(place=place, first=between.first, between=between, tier=tier, is_alone=is_alone)
        )

    def _is_on(self, last: _Piece, between: Between) -> bool:
        """Whether words are of the same stretch, or of the next behind a point without a time."""
        if between == last.between:
            return True
        return between.first == last.between.last and not self._is_known(between.first)

    def _is_known(self, name: str) -> bool:
        at = self._at.get(name, -1)
        number = bisect_left(self._known, at)
        return number < len(self._known) and self._known[number] == at

    def times(self) -> tuple[Timed, ...]:
        """When each of the places is said that were noted; none for those without a time."""
        return tuple(timed for piece in self._said for timed in self._of(piece))

    def _of(self, piece: _Piece) -> Sequence[Timed]:
        points = (piece.first, piece.between.last)
        first, last = map(self._at.get, points)
        if first is None or last is None:
            return ()
        before, after = bisect_right(self._known, first) - 1, bisect_left(self._known, last)
        if before < 0 or after >= len(self._known):
            return ()
        made = in_seconds(piece.place, self._seconds[before], self._seconds[after])
        if piece.is_alone and all(map(self._is_known, points)):
            return made
        return [one._replace(is_somewhere=True) for one in made]
