"""What anybody can look up or work out: the gender of a name, dates and times between, places.

The intruder of `redact risk --attack` has public lists: given names with how many women and men
bear them, and the gazetteer. Everything here reads names that were invented, released text, or what
the steward says an intruder has.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from itertools import combinations

from redact.core import Gender, Nation, Transcript
from redact.detect.dates import DateRecognizer
from redact.detect.gazetteer import PlaceFact, gender_of_given, place_facts
from redact.replace.dates import SaidDate, read_date
from redact.transcript.words import fold

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_MOSTLY, _FEWEST = 0.8, 2  # share and number of pronouns from which they say a gender
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_MONTH_YEAR = re.compile(rf"\b(?:{'|'.join(month_name[1:])}) (?:1[89]|20)\d\d\b", re.IGNORECASE)
_TIME_BETWEEN = 3  # so many times as much as a year or month, which a shift makes others
_MOST_DAYS = 40  # of one text that are compared in pairs
_TOWN, _CITY = 3_000, 50_000  # who live there, from which a place is called so; our choice


def gender_by_name(name: str) -> Gender | None:
    """Whose name the first word mostly is, by the public lists; nothing if they do not say."""
    parts = fold(name)
    return gender_of_given(parts[0]) if parts else None


def gender_by_pronouns(texts: Iterable[str]) -> Gender | None:
    """Of whom the pronouns around a pseudonym mostly speak; nothing if they are few or mixed."""
    said = Counter(word for text in texts for word in fold(text))
    he, she = sum(said[word] for word in _HE), sum(said[word] for word in _SHE)
    if he + she < _FEWEST:
        return None
    return "man" if he >= _MOSTLY * (he + she) else "woman" if she >= _MOSTLY * (he + she) else None


def date_signs(texts: Iterable[str]) -> Counter[str]:
    """Years, months and days that are said, and how many days lie between any two of the days.

    A shifted date tells nothing, but the time between two of one participant is as it was.
    """
    signs: Counter[str] = Counter()
    days: set[date] = set()
    for text in texts:
        signs.update(f"year {match[0]}" for match in _YEAR.finditer(text))
        spans = [match.span() for match in _MONTH_YEAR.finditer(text)]
        spans += [(m.start, m.end) for m in DateRecognizer().find(Transcript(id="", text=text))]
        for start, end in spans:
            one = read_date(text[start:end], "unknown")
            if one.year and one.month:
                signs[f"month {one.year.value}-{one.month.value}"] += 1
                days |= _day_of(one)
    signs.update(f"day {day.isoformat()}" for day in days)
    for one_day, other in combinations(sorted(days)[:_MOST_DAYS], 2):
        signs[f"between {(other - one_day).days}"] += _TIME_BETWEEN
    return signs


def _day_of(said: SaidDate) -> set[date]:
    """The day, if it is said whole and there is such a day."""
    if not (said.year and said.month and said.day):
        return set()
    with suppress(ValueError):
        return {date(said.year.value, said.month.value, said.day.value)}
    return set()


@cache
def _places() -> tuple[tuple[PlaceFact, tuple[str, ...]], ...]:
    kinds = ("settlement", "post place", "county", "island", "council area", "neighbourhood")
    return tuple(
        (f, fold(f.form)) for f in place_facts() if f.kind in kinds and f.nation != "elsewhere"
    )


@cache
def gazetteer() -> frozenset[tuple[str, ...]]:
    """The names of all places of the two nations that an intruder can look up, folded."""
    return frozenset(folded for _, folded in _places())


def places_that_fit(nation: Nation, around: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The places of the gazetteer that may be meant, folded: by nation, kind, and what it lies in.

    `around` is released text next to the pseudonym: "island", "city", "the village", and states,
    counties or regions that were kept there.
    """
    said = {word for text in around for word in fold(text)}
    kind = next((kind for words, kind in _KINDS if said & words), "")
    wider = frozenset(parent for parent, parts in _parents(nation) if parts <= said)
    return _fitting(nation, kind, wider)


_KINDS = (
    ({"island", "isle"}, "island"),
    ({"county"}, "county"),
    ({"city"}, "city"),
    ({"village"}, "village"),
    ({"town"}, "town"),
)


@lru_cache(maxsize=512)
def _fitting(nation: Nation, kind: str, wider: frozenset[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        folded
        for fact, folded in _places()
        if nation in ("unknown", fact.nation)
        and _is_of_kind(fact, kind)
        and (not wider or fact.parent in wider)
    )


@cache
def _parents(nation: Nation) -> tuple[tuple[str, frozenset[str]], ...]:
    names = {f.parent for f, _ in _places() if f.parent and nation in ("unknown", f.nation)}
    return tuple((name, frozenset(fold(name))) for name in sorted(names))


def _is_of_kind(fact: PlaceFact, kind: str) -> bool:
    """What one says of a place: an island is one; a city is large; a village is not."""
    if kind in ("island", "county"):
        return fact.kind == kind
    if kind == "city":
        return fact.people >= _CITY
    if kind:
        fewer = _TOWN if kind == "village" else _CITY
        return fact.kind in ("settlement", "post place") and fact.people < fewer
    return True
