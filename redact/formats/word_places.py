"""Where words stand in a part that went through the sieve, and which of them were dealt with.

In numbers alone: in a transcript of half a million words each may be an element of its own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np

from redact.core import Span
from redact.formats.structure import Reads

_READERS: tuple[Reads, ...] = get_args(Reads)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPlace:
    """Where words stand in a part that went through the sieve, in bytes, and who reads them."""

    at: int
    to: int
    reads: Reads
    in_attribute: bool


class WordPlaces:
    """Places of words in a part, one after another; each is made when it is asked for."""

    def __init__(self) -> None:
        self._at, self._to = array("I"), array("I")
        self._kinds = bytearray()

    def add(self, place: WordPlace) -> None:
        """One more."""
        self._at.append(place.at)
        self._to.append(place.to)
        self._kinds.append(2 * _READERS.index(place.reads) + place.in_attribute)

    def __len__(self) -> int:
        return len(self._at)

    def __iter__(self) -> Iterator[WordPlace]:
        for at, to, kind in zip(self._at, self._to, self._kinds, strict=True):
            yield WordPlace(at=at, to=to, reads=_READERS[kind // 2], in_attribute=bool(kind % 2))

    def outside(self, taken: TakenBytes) -> Iterator[WordPlace]:
        """Those that do not lie within one stretch of these bytes."""
        if not self._at:
            return
        within = taken.hold(self._at, self._to)
        for n in np.flatnonzero(~within).tolist():
            at, to, kind = self._at[n], self._to[n], self._kinds[n]
            yield WordPlace(at=at, to=to, reads=_READERS[kind // 2], in_attribute=bool(kind % 2))


class TakenBytes:
    """Bytes of a part that somebody dealt with, as stretches in order that do not touch."""

    def __init__(self, begins: array[int], ends: array[int]) -> None:
        starts, stops = np.frombuffer(begins, np.uint32), np.frombuffer(ends, np.uint32)
        if (starts[1:] < starts[:-1]).any():
            order = np.argsort(starts, kind="stable")
            starts, stops = starts[order], stops[order]
        stops = np.maximum.accumulate(stops)
        is_first = np.ones(len(starts), bool)
        is_first[1:] = starts[1:] > stops[:-1]
        self._starts = starts[is_first]
        self._stops = stops[np.append(is_first[1:], True)] if len(starts) else stops

    def hold(self, at: array[int], to: array[int]) -> Any:
        """Of each place whether it lies within one of the stretches."""
        begins, ends = np.frombuffer(at, np.uint32), np.frombuffer(to, np.uint32)
        if not len(self._starts):
            return np.zeros(len(begins), bool)
        number = np.searchsorted(self._starts, begins, "right") - 1
        return (number >= 0) & (self._stops[np.maximum(number, 0)] >= ends)

    def rest(self, at: int, to: int) -> list[Span]:
        """What of these bytes is in none of the stretches."""
        rest: list[Span] = []
        first = max(0, int(np.searchsorted(self._starts, at, "right")) - 1)
        last = int(np.searchsorted(self._starts, to, "left"))
        taken = zip(
            self._starts[first:last].tolist(), self._stops[first:last].tolist(), strict=True
        )
        for start, stop in taken:
            if start > at:
                rest.append(Span(at, start))
            at = max(at, stop)
        if at < to:
            rest.append(Span(at, to))
        return rest
