"""Which kind a name is at its place: a person, a place or an organisation.

Detection hides a name whatever its kind; its kind says which pseudonym it gets, and who may be the
same. A softmax regression (training/kinds.py, decision 052) weighs what saw the mention, what the
name model makes of its words, the words around it, how its form stands elsewhere in the study, and
which longer names open or end with it. It changes kinds alone: no mention comes, goes or moves.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from redact.core import NAMES, Detection, Mention, RosterEntry, Source, Transcript
from redact.detect import operating_points as points
from redact.detect.confidence import KindShares
from redact.detect.context import ORG_WORDS
from redact.detect.evidence import Look
from redact.detect.kind_features import features, shares_of
from redact.detect.ranks import RANKS, Rank, rank
from redact.transcript.case import is_caseless
from redact.transcript.words import fold

FormWords = tuple[str, ...]
_JOINING = frozenset("of and the for in at on".split())
_NOTHING = (0.0, 0.0, 0.0)
_FIGURE = re.compile(r"\d")
# Rules that read a form: what they see is a name, but of what the place says.
_OPEN_RULES = frozenset({Source.STREET_ADDRESS, Source.SPELLED_OUT_NAME})
_FLOOR_HERE, _FLOOR, _FLOOR_LABELS = 0.01, 0.02, 0.05  # so that logarithms stay finite


@dataclass(frozen=True, slots=True, kw_only=True)
class KindReading:
    """What is so of one mention at its place; `shares` are the name model's, or none.

    Only the kind of an open one is in question: nobody vouched for it.
    """

    mention: Mention
    form: FormWords = field(repr=False)
    holds: tuple[str, ...] = field(repr=False)
    shares: KindShares | None
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWeights:
    """Three weights (person, place, organisation) by feature: of the place, and of its form."""

    here: Mapping[str, KindShares] = field(repr=False)
    of_form: Mapping[str, KindShares] = field(repr=False)
    numbers: Mapping[str, KindShares] = field(repr=False)


def with_kinds(
    transcripts: Sequence[Transcript],
    looks: Mapping[str, Look],
    detections: Sequence[Detection],
    roster: Iterable[RosterEntry] = (),
) -> tuple[Detection, ...]:
    """The same mentions, each under the kind that its place speaks for; the roster's stay."""
    settled = _forms_of(roster)
    read = [
        readings(transcript, looks[transcript.id], detection.mentions)
        for transcript, detection in zip(transcripts, detections, strict=True)
    ]
    weights = kind_weights()
    study = StudyForms(reading for of_one in read for reading in of_one)
    of_form = {form: _of_form(form, study, weights) for form in study.readings}
    new = {
        reading.mention.place: _decided(reading, of_form[reading.form], weights)
        for of_one in read
        for reading in of_one
        if reading.is_open and reading.form not in settled
    }
    return tuple(
        replace(one, mentions=tuple(new.get(m.place, m) for m in one.mentions))
        for one in detections
    )


def _forms_of(roster: Iterable[RosterEntry]) -> frozenset[FormWords]:
    """The forms that the roster says the kind of, and each word of its persons' names."""
    forms: set[FormWords] = set()
    for entry in roster:
        for form in entry.forms:
            folded = fold(form)
            forms.add(folded)
            if entry.kind == "PERSON":
                forms.update((word,) for word in folded)
    return frozenset(forms)


def _decided(reading: KindReading, of_form: KindShares, weights: KindWeights) -> Mention:
    """The mention under the likeliest kind, if that is likelier by enough than its own."""
    mention = reading.mention
    odds = [a + b for a, b in zip(of_form, _here(reading, weights), strict=True)]
    best = max(range(len(NAMES)), key=lambda at: odds[at])
    if odds[best] - odds[NAMES.index(mention.label)] <= points.OTHER_KIND:
        return mention
    return replace(mention, label=NAMES[best], kind=None)


def _here(reading: KindReading, weights: KindWeights) -> KindShares:
    said = _summed(reading.holds, weights.here)
    return _plus(said, _weighed(numbers_here(reading), weights.numbers))


def _of_form(form: FormWords, study: StudyForms, weights: KindWeights) -> KindShares:
    read = study.readings[form]
    said = _summed((name for one in read for name in one.holds), weights.of_form)
    return _plus(_weighed(study.numbers_of(form), weights.numbers), said, 1 / len(read))


def _summed(names: Iterable[str], weights: Mapping[str, KindShares]) -> KindShares:
    person = place = organisation = 0.0
    for name in names:
        if (weight := weights.get(name)) is not None:
            person += weight[0]
            place += weight[1]
            organisation += weight[2]
    return person, place, organisation


def _weighed(numbers: Mapping[str, float], weights: Mapping[str, KindShares]) -> KindShares:
    total = _NOTHING
    for name, value in numbers.items():
        if (weight := weights.get(name)) is not None:
            total = _plus(total, weight, value)
    return total


def _plus(one: KindShares, other: KindShares, times: float = 1.0) -> KindShares:
    return (
        one[0] + times * other[0],
        one[1] + times * other[1],
        one[2] + times * other[2],
    )


def readings(transcript: Transcript, look: Look, mentions: Iterable[Mention]) -> list[KindReading]:
    """What is so of each name among the mentions, in their order."""
    text = transcript.text
    caseless = is_caseless(text)
    names = sorted((m for m in mentions if m.label in NAMES), key=lambda m: m.start)
    sightings = _over(names, look.mentions)
    found = []
    for at, mention in enumerate(names):
        beside = (names[at - 1] if at else None, names[at + 1] if at + 1 < len(names) else None)
        found.append(
            KindReading(
                mention=mention,
                form=fold(text[mention.start : mention.end]),
                holds=tuple(features(text, mention, sightings[at], beside, caseless)),
                shares=shares_of(text, mention, look.kinds),
                is_open=_is_open(text, mention),
            )
        )
    return found


def _is_open(text: str, mention: Mention) -> bool:
    """Whether no form, structure or person says which kind the name is.

    Behind "Place:" in a header people write where they met, be it a town or somebody's hall. A
    street without a number may be what a body is called, and letters one by one may be anybody's.
    """
    if mention.label == "PLACE" and Source.HEADER_LINE in mention.sources:
        return rank(mention) <= Rank.STRUCTURE
    if _OPEN_RULES.isdisjoint(mention.sources) or _FIGURE.search(text, mention.start, mention.end):
        return rank(mention) <= Rank.EVIDENCE
    others = [RANKS[source] for source in mention.sources if source not in _OPEN_RULES]
    return max(others, default=Rank.VIEW) <= Rank.EVIDENCE


def _over(names: Sequence[Mention], seen: Iterable[Mention]) -> list[list[Mention]]:
    """For each of the names, which are apart and in order, the names seen that touch it."""
    starts = [name.start for name in names]
    touching: list[list[Mention]] = [[] for _ in names]
    for one in seen:
        if one.label not in NAMES:
            continue
        at = max(0, bisect_right(starts, one.start) - 1)
        while at < len(names) and names[at].start < one.end:
            if names[at].span.overlaps(one.span):
                touching[at].append(one)
            at += 1
    return touching


def numbers_here(reading: KindReading) -> dict[str, float]:
    """How sure the name model is of each kind, at this place."""
    if reading.shares is None:
        return {"not seen": 1.0}
    return dict(_logs("here", reading.shares, _FLOOR_HERE))


class StudyForms:
    """The forms of a study: how each is read over all its places, and what contains it."""

    def __init__(self, read: Iterable[KindReading]) -> None:
        self.readings: dict[FormWords, list[KindReading]] = defaultdict(list)
        for reading in read:
            self.readings[reading.form].append(reading)
        self._shares = {form: _mean_shares(of_one) for form, of_one in self.readings.items()}
        self._labels = {form: _label_shares(of_one) for form, of_one in self.readings.items()}
        self._opened: dict[FormWords, list[FormWords]] = defaultdict(list)
        self._ended: dict[FormWords, list[FormWords]] = defaultdict(list)
        self._within: dict[FormWords, list[FormWords]] = defaultdict(list)
        self._initials: dict[str, list[FormWords]] = defaultdict(list)
        for form in self.readings:
            for many in range(1, len(form)):
                self._opened[form[:many]].append(form)
                self._ended[form[many:]].append(form)
            for at in range(1, len(form) - 1):
                self._within[form[at : at + 1]].append(form)
            if len(form) > 1:
                for named in {form, tuple(word for word in form if word not in _JOINING)}:
                    self._initials["".join(word[0] for word in named)].append(form)

    def numbers_of(self, form: FormWords) -> dict[str, float]:
        """By feature what the study says of the form: itself, longer ones, its words alone."""
        numbers = {"times": math.log(len(self.readings[form]))}
        numbers.update(_logs("form", self._shares[form] or _NOTHING, _FLOOR))
        numbers.update(_logs("labels", self._labels[form], _FLOOR_LABELS))
        others: dict[str, Sequence[FormWords]] = {
            "opens": self._opened.get(form, ()),
            "ends": self._ended.get(form, ()),
            "within": self._within.get(form, ()),
            "letters": self._initials.get(_as_letters(form), ()),
        }
        if len(form) > 1:
            others["first word"] = (form[:1],) if form[:1] in self.readings else ()
            others["last word"] = (form[-1:],) if form[-1:] in self.readings else ()
        for name, related in others.items():
            if related:
                numbers[name] = 1.0
                numbers.update(self._of_others(name, related))
        return numbers

    def _of_others(self, name: str, related: Sequence[FormWords]) -> Iterator[tuple[str, float]]:
        many = sum(len(self.readings[form]) for form in related)
        labels = shares = _NOTHING
        for form in related:
            part = len(self.readings[form]) / many
            labels = _plus(labels, self._labels[form], part)
            shares = _plus(shares, self._shares[form] or self._labels[form], part)
        named = sum(len(self.readings[form]) for form in related if form[-1] in ORG_WORDS)
        yield f"{name} a body", named / many
        yield from _logs(f"{name} labels", labels, _FLOOR_LABELS)
        yield from _logs(f"{name} form", shares, _FLOOR_LABELS)


def _as_letters(form: FormWords) -> str:
    """A word that may be initials: "cbt", or "c", "b" and "t" as one."""
    return "".join(form) if len(form) == 1 or all(len(word) == 1 for word in form) else ""


def _mean_shares(read: Sequence[KindReading]) -> KindShares | None:
    seen = [reading.shares for reading in read if reading.shares is not None]
    total = _NOTHING
    for shares in seen:
        total = _plus(total, shares, 1 / (sum(shares) * len(seen)))
    return total if seen else None


def _label_shares(read: Sequence[KindReading]) -> KindShares:
    counted = Counter(reading.mention.label for reading in read)
    person, place, organisation = (counted[label] / len(read) for label in NAMES)
    return person, place, organisation


def _logs(name: str, shares: KindShares, floor: float) -> Iterator[tuple[str, float]]:
    whole = sum(shares) + 3 * floor
    for kind, share in zip(NAMES, shares, strict=True):
        yield f"{name} {kind}", math.log((share + floor) / whole)


@cache
def kind_weights() -> KindWeights:
    """The shipped weights."""
    packed = resources.files("redact.data").joinpath("kind_weights.json.gz").read_bytes()
    told: dict[str, dict[str, KindShares]] = json.loads(gzip.decompress(packed))
    return KindWeights(here=told["here"], of_form=told["form"], numbers=told["number"])
