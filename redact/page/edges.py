"""Where a place would begin or end if one word more, or one fewer, belonged to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redact.core import Span

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedEdge:
    """One step: which edge moves, where to, in words; `by` is 1 for on in the text, -1 for back."""

    edge: str  # start, end
    by: int
    said: str
    key: str
    span: Span


def moved_edges(text: str, span: Span) -> tuple[MovedEdge, ...]:
    """The steps that there are, within the line of the place."""
    low = text.rfind("\n", 0, span.start) + 1
    line_end = text.find("\n", span.end)
    found = list(_WORD.finditer(text, low, len(text) if line_end < 0 else line_end))
    starts, ends = [word.start() for word in found], [word.end() for word in found]
    steps = (
        ("start", -1, "begins a word earlier", "[", max(_below(starts, span.start), default=None)),
        ("start", 1, "begins a word later", "{", min(_above(starts, span.start), default=None)),
        ("end", -1, "ends a word earlier", "}", max(_below(ends, span.end), default=None)),
        ("end", 1, "ends a word later", "]", min(_above(ends, span.end), default=None)),
    )
    moved = []
    for edge, by, said, key, to in steps:
        start, end = (to, span.end) if edge == "start" else (span.start, to)
        if start is not None and end is not None and start < end:
            moved.append(MovedEdge(edge=edge, by=by, said=said, key=key, span=Span(start, end)))
    return tuple(moved)


def _below(places: list[int], limit: int) -> list[int]:
    return [place for place in places if place < limit]


def _above(places: list[int], limit: int) -> list[int]:
    return [place for place in places if place > limit]
