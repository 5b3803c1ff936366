"""Spans beside and over one another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol

from redact.core import Span


def apart(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What is left of a span beside these, in text order."""
    left, at = [], span.start
    for other in sorted(t for t in taken if t.overlaps(span)):
        if other.start > at:
            left.append(Span(at, other.start))
        at = max(at, other.end)
    return [*left, Span(at, span.end)] if at < span.end else left


def trimmed(span: Span, text: str) -> Span | None:
    """The span from its first letter or digit to its last; None if it has none."""
    inside = [at for at in range(span.start, span.end) if text[at].isalnum()]
    return Span(inside[0], inside[-1] + 1) if inside else None


class _HasEnds(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def offsets_of(spans: Iterable[_HasEnds]) -> set[int]:
    """All offsets that lie in one of the spans, or of what has a start and an end as they have."""
    return {at for span in spans for at in range(span.start, span.end)}


def overlapping(spans: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of spans that are apart and in text order which share a character with this one."""
    low = max(0, bisect_right(spans, span.start, key=lambda s: s.start) - 1)
    high = bisect_left(spans, span.end, key=lambda s: s.start)
    return [one for one in spans[low:high] if one.overlaps(span)]
