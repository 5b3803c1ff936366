"""Where words stand that a list says again, one by one, or a string at once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from redact.core import Span
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


def again(segments: Sequence[Utterance], words: Sequence[str]) -> list[int] | None:
    """Where in the text each of these words stands without its blanks; -1 for blank ones.

    Each stands in the segments right after the one before. None if one does not.
    """
    places: list[int] = []
    number = at = 0
    for word in words:
        sought = word.strip()
        if not sought:
            places.append(-1)
            continue
        while number < len(segments):
            segment = segments[number]
            place = _next(segment.words, sought, at)
            if place >= 0:
                break
            if not _BETWEEN.fullmatch(segment.words, at):
                return None
            number, at = number + 1, 0
        else:
            return None
        places.append(segment.start + place)
        at = place + len(sought)
    return places


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
