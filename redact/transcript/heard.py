"""Where in the recording something of a transcript is heard.

By the words' own times where the file has them; else by its share of the cue, counted in
characters, with a margin on either side: nobody speaks evenly. Times that are whole seconds or
minutes throughout were rounded, or typed by somebody who listened: they may be off by so much more.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from redact.core import Span, Transcript
from redact.core.timed import Timed

WORD_MARGIN = 100  # milliseconds before and after what has its own times
SHARE_MARGIN, SHARE_OF_CUE = 500, 0.15  # milliseconds, of the cue: the larger, for a share
_ROUNDED = ((60_000, 6_000), (1_000, 1_000))  # all are multiples of this: may be off by that
_FEWEST_ROUNDED = 2  # times that are not 0
How = Literal["word", "share"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardAt:
    """Milliseconds of a recording, margins included; by times of the words, or a share of a cue.

    `within` is how long the cue is of which it is a share; of words it is their own length.
    """

    begins: int
    ends: int
    how: How
    within: int


class Recording:
    """The times of a transcript, ready to be asked for one place after another."""

    def __init__(self, transcript: Transcript) -> None:
        self._text = transcript.text
        self._labels = [turn.speaker for turn in transcript.turns if turn.speaker is not None]
        self._finest, self._about = _by_fineness(transcript.times)
        self._starts = [one.start for one in self._finest]
        self._off = _off(transcript.times)

    def __bool__(self) -> bool:
        return bool(self._finest)

    @property
    def ends(self) -> int:
        """When the last of it ends that has a time, in milliseconds; 0 if nothing has."""
        return max((one.ends for one in (*self._finest, *self._about)), default=0)

    def is_label(self, place: Span) -> bool:
        """Whether a place names who speaks: that is written, and not said."""
        return any(one.covers(place) for one in self._labels_in(place.start, place.end))

    def _labels_in(self, start: int, end: int) -> list[Span]:
        low = bisect_right(self._labels, start, key=lambda one: one.end)
        high = bisect_left(self._labels, end, key=lambda one: one.start)
        return self._labels[low:high]

    def stretch(self, place: Span) -> HeardAt | None:
        """Where a place is heard; None where it has no time, or a part of it may have any."""
        low = max(0, bisect_right(self._starts, place.start) - 1)
        high = bisect_left(self._starts, place.end)
        touched = [one for one in self._finest[low:high] if one.end > place.start]
        parts = [self._part(one, place) for one in touched]
        bare = [
            at
            for at in range(place.start, place.end)
            if self._text[at].isalnum() and not any(one.start <= at < one.end for one in touched)
        ]
        if bare:
            about = self._around(bare[0])
            between = self._between(Span(bare[0], bare[-1] + 1), about)
            if between is None or not (parts or about):
                return None
            parts.append(between)
        if not parts:
            return None
        return HeardAt(
            begins=max(0, min(one.begins for one in parts) - self._off),
            ends=max(one.ends for one in parts) + self._off,
            how="share" if any(one.how == "share" for one in parts) else "word",
            within=max(one.within for one in parts),
        )

    def _part(self, timed: Timed, place: Span) -> HeardAt:
        """What of a timed stretch a place takes; of a single word all of it."""
        length = timed.ends - timed.begins
        if timed.is_somewhere:
            return _about(timed.begins, timed.ends, "share")
        whole = self._said(timed.start, timed.end)
        first = self._said(timed.start, max(timed.start, place.start))
        last = self._said(timed.start, min(timed.end, place.end))
        is_word = len(self._text[timed.start : timed.end].split()) <= 1
        if is_word or not whole or (first == 0 and last == whole):
            return _about(timed.begins, timed.ends, "word")
        margin = max(SHARE_MARGIN, int(SHARE_OF_CUE * length))
        begins = timed.begins + length * first // whole - margin
        ends = timed.begins - (-length * last // whole) + margin
        return HeardAt(
            begins=max(begins, timed.begins - WORD_MARGIN),
            ends=min(ends, timed.ends + WORD_MARGIN),
            how="share",
            within=length,
        )

    def _said(self, start: int, end: int) -> int:
        """How many characters of a stretch are said: labels of who speaks are not."""
        labels = self._labels_in(start, end)
        return end - start - sum(min(end, one.end) - max(start, one.start) for one in labels)

    def _around(self, at: int) -> Timed | None:
        """The shortest stretch about a character that others lie in: a segment with words."""
        around = [one for one in self._about if one.start <= at < one.end]
        return min(around, key=lambda one: one.end - one.start, default=None)

    def _between(self, bare: Span, about: Timed | None) -> HeardAt | None:
        """Words without times lie between those before and after that have some."""
        low, high = bisect_right(self._starts, bare.start) - 1, bisect_left(self._starts, bare.end)
        before = self._finest[low] if low >= 0 else None
        after = self._finest[high] if high < len(self._finest) else None
        if about is not None and (before is None or before.start < about.start):
            begins = about.begins
        else:
            begins = before.ends if before else -1
        if about is not None and (after is None or after.end > about.end):
            ends = about.ends
        else:
            ends = after.begins if after else -1
        if not 0 <= begins <= ends:
            return None
        return _about(begins, ends, "share")


def _about(begins: int, ends: int, how: How) -> HeardAt:
    """All of it, with the margin of words."""
    return HeardAt(
        begins=begins - WORD_MARGIN, ends=ends + WORD_MARGIN, how=how, within=ends - begins
    )


def _off(times: Sequence[Timed]) -> int:
    """By how many milliseconds times of a transcript may be off, as all of them are rounded."""
    told = {when for one in times for when in (one.begins, one.ends) if when}
    if len(told) < _FEWEST_ROUNDED:
        return 0
    return next((off for unit, off in _ROUNDED if not any(when % unit for when in told)), 0)


def _by_fineness(times: Sequence[Timed]) -> tuple[list[Timed], list[Timed]]:
    """The stretches that no other lies in, and those about them, both in order of the text.

    Of two at one place the shorter in time counts.
    """
    shortest: dict[tuple[int, int], Timed] = {}
    for each in times:
        place = (each.start, each.end)
        if place not in shortest or _length(each) < _length(shortest[place]):
            shortest[place] = each
    ordered = sorted(shortest.values(), key=lambda one: (one.start, -one.end))
    finest: list[Timed] = []
    about: list[Timed] = []
    for one, after in pairwise([*ordered, None]):
        if one is not None:
            holds = after is not None and after.start < one.end and after.end <= one.end
            (about if holds else finest).append(one)
    return finest, about


def _length(one: Timed) -> int:
    return one.ends - one.begins
