"""Two readers of the same transcripts: how far they agree, and what both may have missed.

Cohen's kappa (Educational and Psychological Measurement 20, 1960) over the words of the texts;
Chapman's estimate of a closed population caught twice (University of California Publications in
Statistics 1, 1951) with Chao's interval (Biometrics 43, 1987) over the names that the detectors
had missed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from redact.core import Detection, Mention, Place, Transcript
from redact.study.rulings import Read, ReviewRow, Ruling, ruled
from redact.study.signers import signer
from redact.transcript.words import words

ENOUGH = 7
_Z = 1.96  # of an interval of 95%
NONE = "none"


def kappa(pairs: Iterable[tuple[str, str]]) -> float:
    """Cohen's kappa of two readers' categories; 1 where both use but one and the same."""
    counted = Counter(pairs)
    total = sum(counted.values())
    if not total:
        return 1.0
    same = sum(count for (one, other), count in counted.items() if one == other) / total
    first, second = Counter[str](), Counter[str]()
    for (one, other), count in counted.items():
        first[one] += count
        second[other] += count
    chance = sum(first[category] * second[category] for category in first) / total**2
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def word_pairs(
    text: str, first: Sequence[Mention], second: Sequence[Mention]
) -> list[tuple[str, str]]:
    """What each word of a text is to the one and to the other: a label, or none."""
    mine, theirs = _labels(text, first), _labels(text, second)
    return list(zip(mine, theirs, strict=True))


def _labels(text: str, mentions: Sequence[Mention]) -> list[str]:
    ordered = sorted(mentions, key=lambda m: m.start)
    labels, at = [], 0
    for word in words(text):
        while at < len(ordered) and ordered[at].end <= word.start:
            at += 1
        inside = at < len(ordered) and ordered[at].start < word.end
        labels.append(str(ordered[at].label) if inside else NONE)
    return labels


def covered(mentions: Sequence[Mention], by: Sequence[Mention]) -> float:
    """The share of these mentions whose every character the other reader hides as well."""
    if not mentions:
        return 1.0
    hidden = sorted((m.start, m.end) for m in by)
    return sum(_is_hidden(m, hidden) for m in mentions) / len(mentions)


def _is_hidden(mention: Mention, hidden: Sequence[tuple[int, int]]) -> bool:
    at = mention.start
    for start, end in hidden:
        if start <= at < end:
            at = end
    return at >= mention.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How many there are: those found, and those still missed with an interval of 95%.

    With fewer than ENOUGH found by both it says little (Seber, The Estimation of Animal Abundance,
    1982, 3.1.1), and is not to be shown.
    """

    found: int
    both: int
    missed: float
    low: float
    high: float

    @property
    def says_enough(self) -> bool:
        return self.both >= ENOUGH


def still_missed(first: int, second: int, both: int) -> Estimate:
    """Chapman's estimate from what two readers found by themselves and what both found.

    It holds as far as they read independently of each other and a name is as easy to see as the
    next; names that are hard for both make it too low. ValueError for counts that cannot be.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError("both readers cannot have found more than one of them")
    found_by_any = first + second - both
    missed = (first + 1) * (second + 1) / (both + 1) - 1 - found_by_any
    variance = (
        (first + 1)
        * (second + 1)
        * (first - both)
        * (second - both)
        / ((both + 1) ** 2 * (both + 2))
    )
    if missed <= 0:
        return Estimate(found=found_by_any, both=both, missed=0.0, low=0.0, high=0.0)
    spread = math.exp(_Z * math.sqrt(math.log(1 + variance / missed**2)))
    return Estimate(
        found=found_by_any, both=both, missed=missed, low=missed / spread, high=missed * spread
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place that one reader sees otherwise than the other; with no label it is no name."""

    transcript: str
    start: int
    end: int
    first: str
    second: str

    @property
    def place(self) -> Place:
        return Place.at(self.transcript, self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two readings of the same transcripts compared.

    `second_hides` is the share of the first reader's names that the second hides too, and the
    other way round. `missed` is of the names the detectors had missed; `in_the_rest` what the
    first reader by himself leaves in transcripts that nobody read again, by their words.
    """

    read: int
    words: int
    kappa: float
    second_hides: float
    first_hides: float
    missed: Estimate
    in_the_rest: float
    differences: tuple[Difference, ...]


def compare(
    transcripts: Iterable[Transcript],
    machine: Mapping[str, Detection],
    first: Mapping[str, Detection],
    second: Mapping[str, Detection],
    read: frozenset[str],
) -> Agreement:
    """The transcripts that were `read` twice, one reading against the other."""
    pairs: list[tuple[str, str]] = []
    hidden: dict[str, list[float]] = {"first": [], "second": []}
    added_by = Counter[str]()  # names that the detectors had missed, by reader
    differences: list[Difference] = []
    rest = 0
    for transcript in transcripts:
        if transcript.id not in read:
            rest += len(words(transcript.text))
            continue
        mine, theirs = first[transcript.id].mentions, second[transcript.id].mentions
        pairs += word_pairs(transcript.text, mine, theirs)
        hidden["second"] += [covered([m], theirs) for m in mine]
        hidden["first"] += [covered([m], mine) for m in theirs]
        known = machine[transcript.id].mentions
        added = [m for m in mine if not covered([m], known)]
        added_too = [m for m in theirs if not covered([m], known)]
        both = sum(any(_touch(m, n) for n in added_too) for m in added)
        added_by["first"] += len(added)
        added_by["second"] += len(added_too)
        added_by["both"] += min(both, len(added_too))
        differences += _differences(transcript.id, mine, theirs)
    missed = still_missed(added_by["first"], added_by["second"], added_by["both"])
    alone = missed.found + missed.missed - added_by["first"]
    return Agreement(
        read=len(read),
        words=len(pairs),
        kappa=kappa(pairs),
        second_hides=_mean(hidden["second"]),
        first_hides=_mean(hidden["first"]),
        missed=missed,
        in_the_rest=alone * rest / len(pairs) if pairs else 0.0,
        differences=tuple(differences),
    )


def _differences(
    doc: str, mine: Sequence[Mention], theirs: Sequence[Mention]
) -> Iterable[Difference]:
    one = {(m.start, m.end): str(m.label) for m in mine}
    other = {(m.start, m.end): str(m.label) for m in theirs}
    for start, end in sorted(one.keys() | other.keys()):
        if one.get((start, end)) != other.get((start, end)):
            yield Difference(
                transcript=doc,
                start=start,
                end=end,
                first=one.get((start, end), ""),
                second=other.get((start, end), ""),
            )


def _touch(one: Mention, other: Mention) -> bool:
    return one.span.overlaps(other.span)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def second_readers(
    seconds: Iterable[ReviewRow], first_readers: Mapping[str, frozenset[str]]
) -> dict[str, dict[str, str]]:
    """By transcript who read it to its end as a second person, with when they last said so.

    Who is among the `first_readers` of a transcript (as `signer` gives names) is none.
    """
    read: dict[str, dict[str, str]] = {}
    for row in seconds:
        if isinstance(row, Read):
            firsts = first_readers.get(row.transcript, frozenset())
            if signer(row.by) not in firsts:
                read.setdefault(row.transcript, {})[row.by] = row.time
    return read


def between(
    transcripts: tuple[Transcript, ...],
    detections: tuple[Detection, ...],
    firsts: tuple[ReviewRow, ...],
    seconds: tuple[ReviewRow, ...],
    first_readers: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> Agreement:
    """The first reading against the second, where somebody has read twice.

    `detections` are the detectors' own; `firsts` and `seconds` the readers' rows. What the first
    reader decides after the second has read is a settled difference: it is not counted for the
    first reading, and is not shown again. Who is among the `first_readers` of a transcript has not
    read it as a second person.
    """
    again = second_readers(seconds, first_readers)
    read = {doc: max(by.values()) for doc, by in again.items()}
    later = {
        r.place for r in firsts if isinstance(r, Ruling) and r.time > read.get(r.transcript, "~")
    }
    before = [r for r in firsts if not isinstance(r, Ruling) or r.place not in later]
    agreement = compare(
        transcripts,
        {detection.transcript: detection for detection in detections},
        {detection.transcript: detection for detection in ruled(detections, before)},
        {detection.transcript: detection for detection in ruled(detections, seconds)},
        frozenset(read),
    )
    left = [d for d in agreement.differences if d.place not in later]
    return replace(agreement, differences=tuple(left))
