"""Where words stand that a list says again, one by one, or a string at once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any, NamedTuple

import numpy as np

from redact.core import Span
from redact.formats.json_values import RecordColumn
from redact.formats.offsets import as_offsets
from redact.formats.turns import Utterance

_BETWEEN = re.compile(r"[\W_]*")


class Stretches(NamedTuple):
    """Where each of some words begins and ends in the text."""

    starts: array[int]
    ends: array[int]


def in_one(segment: Utterance, words: Sequence[str]) -> Stretches | None:
    """Where each of these words stands, if all are the segment; None for others.

    They stand there as they come, or with a blank between.
    """
    if "".join(words) == segment.words:
        bounds = array("I", accumulate(map(len, words), initial=segment.start))
        return Stretches(bounds[:-1], bounds[1:])
    if " ".join(words) == segment.words:
        lengths = [len(word) + 1 for word in words]
        bounds = array("I", accumulate(lengths, initial=segment.start))
        return Stretches(bounds[:-1], array("I", [end - 1 for end in bounds[1:]]))
    return None


@dataclass(frozen=True, slots=True)
class SaidLists:
    """Lists of words from number `first` to before `last`, and where their words stand."""

    first: int
    last: int
    words: Stretches


def in_one_each(
    column: RecordColumn, bounds: Sequence[int], segments: Sequence[Utterance | None]
) -> list[SaidLists]:
    """Lists that begin with words of these numbers, of which each is said as `in_one` tells.

    Those one after another come together; others are left out.
    """
    values = column.values
    lengths = np.fromiter(map(len, values), np.int64, len(values))
    are_plain = np.add.reduceat(column.lengths != lengths, bounds[:-1]) == 0  # without escapes
    starts, gaps = list[int](), list[int]()  # of the lists
    for segment, is_plain, (first, last) in zip(
        segments, are_plain.tolist(), pairwise(bounds), strict=True
    ):
        place = _place_in(segment, values[first:last]) if segment and is_plain else None
        starts.append(place.start if place else 0)
        gaps.append(place.gap if place else -1)
    counts, firsts = np.diff(bounds), np.array(bounds[:-1])
    before = np.cumsum(lengths) - lengths
    of_lists = np.array(starts) - before[firsts] - np.array(gaps) * firsts
    numbers = np.arange(len(values))
    begins = np.repeat(of_lists, counts) + before + np.repeat(gaps, counts) * numbers
    return [
        SaidLists(first, last, _stretches(begins, lengths, bounds[first], bounds[last]))
        for first, last in _runs([gap >= 0 for gap in gaps])
    ]


class _WordsIn(NamedTuple):
    """Where the first of some words begins in the text, and the blanks between them."""

    start: int
    gap: int


def _place_in(segment: Utterance, words: list[str]) -> _WordsIn | None:
    """Where words begin that say a segment as `in_one` or `again` tell; None for others."""
    if "".join(words) == segment.words:
        return _WordsIn(segment.start, 0)
    joined = " ".join(words)
    if joined == segment.words:
        return _WordsIn(segment.start, 1)
    if joined == segment.words.strip() and joined.split() == words:
        return _WordsIn(segment.start + segment.words.index(joined), 1)
    return None


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where those that are true begin and end, one after another."""
    at = 0
    for is_true, run in groupby(flags):
        last = at + len(list(run))
        if is_true:
            yield at, last
        at = last


def _stretches(begins: Any, lengths: Any, first: int, last: int) -> Stretches:
    there = begins[first:last]
    return Stretches(as_offsets(there), as_offsets(there + lengths[first:last]))


def again(segments: Sequence[Utterance], words: Sequence[str]) -> list[int] | None:
    """Where in the text each of these words stands without its blanks; -1 for blank ones.

    Each stands in the segments right after the one before. None if one does not.
    """
    sought = [word.strip() for word in words]
    places: list[int] = []
    number = at = 0
    while len(places) < len(sought):
        word = sought[len(places)]
        if not word:
            places.append(-1)
            continue
        while number < len(segments):
            segment = segments[number]
            if not at and (end := _take_all(segment, sought, places)):
                at = end
                break
            place = _next(segment.words, word, at)
            if place >= 0:
                places.append(segment.start + place)
                at = place + len(word)
                break
            if not _BETWEEN.fullmatch(segment.words, at):
                return None
            number, at = number + 1, 0
        else:
            return None
    return places


def _take_all(segment: Utterance, sought: Sequence[str], places: list[int]) -> int:
    """Takes in at once the words of a segment that has them with a blank between.

    Gives how far in it that is; 0 where the segment or the words are not so.
    """
    words, said = segment.words.split(), segment.words.rstrip()
    first = len(places)
    if sought[first : first + len(words)] != words or " ".join(words) != said.lstrip():
        return 0
    lead = len(said) - len(said.lstrip())
    lengths = [len(word) + 1 for word in words]
    places += accumulate(lengths[:-1], initial=segment.start + lead)
    return len(said)


def within(segment: Utterance, word: str) -> int | None:
    """Where a word of one segment stands in the text, in capitals or not; None if it does not."""
    sought = word.strip()
    place = segment.words.find(sought)
    if place < 0:
        folded = segment.words.lower()
        place = folded.find(sought.lower()) if len(folded) == len(segment.words) else -1
    is_whole = place >= 0 and len(sought.lower()) == len(sought)
    return segment.start + place if is_whole and sought else None


def at_once(segments: Sequence[Utterance], whole: str) -> list[Span] | None:
    """Where in a string each segment stands, if it says them all, with blanks between."""
    stretches, at = [], 0
    for segment in segments:
        sought = segment.words.strip()
        place = whole.find(sought, at)
        if place < 0 or whole[at:place].strip():
            return None
        at = place + len(sought)
        stretches.append(Span(place, at))
    return stretches if not whole[at:].strip() else None


def _next(said: str, sought: str, at: int) -> int:
    """Where it stands next, with no letter or figure between, in capitals or not; -1 if nowhere."""
    if said.startswith(sought, at):
        return at
    if said.startswith(sought, at + 1) and said[at] == " ":
        return at + 1
    match = _BETWEEN.match(said, at)
    last = match.end() if match else at
    for place in range(at, last + 1):
        if said.startswith(sought, place):
            return place
    there = said[last : last + len(sought)]
    return last if there.lower() == sought.lower() else -1
