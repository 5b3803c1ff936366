"""Edits within the edges of their container: none runs over a line's end, a cell, an annotation.

What finds names sees one text. Where a find runs on over the edge of a line, a cell, a cue, a field
or a run of the file, what lies on either side is hidden by itself.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import pairwise

from redact.core import Span
from redact.formats.codec import ELEMENTS
from redact.formats.slots import Edit, Reading


class Edge(IntEnum):
    """Where edits are cut, each more than the one before."""

    LINE = 1  # where a line, cell or cue begins that the words before never run into
    JOINT = 2  # wherever something stands in the text only, as the colon behind a name
    SLOT = 3  # wherever other bytes of the file begin


def within_edges(reading: Reading, edits: Iterable[Edit], edge: Edge) -> list[Edit]:
    """The edits in pieces that lie within these edges, each with the words of the whole.

    Blanks and marks of their own stay as they are, where there is another piece; at the edges of
    slots always, for nobody is named by a comma.
    """
    slots = sorted(
        (slot.start, slot.end, slot.codec in ELEMENTS)
        for slot in reading.every_slot()
        if not slot.layer and slot.end > slot.start
    )
    places = [Span(start, end) for start, end, blank in slots if not (blank and edge == Edge.SLOT)]
    starts = [place.start for place in places]
    cut: list[Edit] = []
    for edit in sorted(edits):
        first = max(0, bisect_right(starts, edit.start) - 1)
        touched = places[first : bisect_left(starts, edit.end)]
        pieces = [*_pieces(reading, edit, touched, edge)]
        told = [piece for piece in pieces if _says_something(reading.text, piece)]
        left = [] if edge == Edge.SLOT else pieces
        cut += [replace(edit, start=one.start, end=one.end) for one in told or left]
    return cut


def without_marks(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits but for those of blanks and marks alone, as the colon behind a speaker's name."""
    return [edit for edit in edits if _says_something(text, Span(edit.start, edit.end))]


def in_whole_words(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits with all of each word that they begin or end in: "MAilsa" may be read as a code."""
    whole: list[Edit] = []
    for edit in edits:
        start, end = edit.start, edit.end
        while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        if whole and start < whole[-1].end:
            before = whole.pop()
            whole.append(Edit(before.start, max(end, before.end), f"{before.text} {edit.text}"))
        else:
            whole.append(replace(edit, start=start, end=end))
    return whole


def _pieces(reading: Reading, edit: Edit, places: Sequence[Span], edge: Edge) -> Iterator[Span]:
    """What of an edit lies in places of the file, between edges, without blanks around it."""
    inner = reading.ends[
        bisect_right(reading.ends, edit.start) : bisect_left(reading.ends, edit.end)
    ]
    piece: Span | None = None
    for place in places:
        start, end = max(edit.start, place.start), min(edit.end, place.end)
        if start >= end:
            continue
        if piece is not None and not _is_edge(reading, piece.end, start, edge):
            piece = Span(piece.start, end)
            continue
        if piece is not None:
            yield from _parted(reading.text, piece, inner)
        piece = Span(start, end)
    if piece is not None:
        yield from _parted(reading.text, piece, inner)


def _is_edge(reading: Reading, end: int, start: int, edge: Edge) -> bool:
    """Whether an edge lies between the end of a place and the start of the next."""
    if edge == Edge.SLOT:
        return True
    return start > end and (edge == Edge.JOINT or "\n" in reading.text[end:start])


def _parted(text: str, piece: Span, inner: Sequence[int]) -> Iterator[Span]:
    """A piece as it begins anew at each of these places, without blanks around."""
    low, high = bisect_right(inner, piece.start), bisect_left(inner, piece.end)
    for start, end in pairwise((piece.start, *inner[low:high], piece.end)):
        said = text[start:end]
        first = start + len(said) - len(said.lstrip())
        if said.strip():
            yield Span(first, first + len(said.strip()))


def _says_something(text: str, piece: Span) -> bool:
    """Whether more than blanks and marks is in it: a letter, a figure, a face."""
    return any(unicodedata.category(c)[0] not in "PZC" for c in text[piece.start : piece.end])
