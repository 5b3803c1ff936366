"""What an age, a date or a place becomes when less of it is to be said.

Ages go in bands of ten years, 90 and over in one; dates keep month and year, or the year (HIPAA
Safe Harbor, 45 CFR 164.514(b)(2): no day, no age over 89). A place becomes what kind of place it is
and the area around it, no smaller than the policy allows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from functools import cache

from redact.core import Nation
from redact.detect.gazetteer import PlaceFact, place_facts
from redact.transcript.words import fold

OLDEST_BAND = 90
CITY, TOWN = 100_000, 3_000  # residents from which a settlement is called so
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {word: number for number, word in enumerate(_UNITS)} | {
    word: 10 * (number + 2) for number, word in enumerate(_TENS)
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH_NAMES = {month[:3].casefold(): month for month in _MONTHS}
_MONTH = re.compile(r"\b(" + "|".join(_MONTH_NAMES) + r")[a-z]*\b", re.IGNORECASE)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-\d\d\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)?\d\d)\b")
_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b")


def age_band(said: str) -> str | None:
    """`[aged 40–49]` for an age in digits or words; None if there is no number in it."""
    digits = re.search(r"\d{1,3}", said)
    years = int(digits[0]) if digits else _in_words(fold(said))
    if years is None:
        return None
    if years >= OLDEST_BAND:
        return f"[aged {OLDEST_BAND} or over]"
    low = years - years % 10
    return f"[aged {low}–{low + 9}]" if low else "[aged under 10]"


def _in_words(words: tuple[str, ...]) -> int | None:
    """The first number below 100 that the words say: forty two, nineteen."""
    for at, word in enumerate(words):
        if word in _NUMBERS:
            number = _NUMBERS[word]
            unit = _NUMBERS.get(words[at + 1], 0) if at + 1 < len(words) else 0
            return number + unit if number >= 20 and 0 < unit < 10 else number
    return None


def month_and_year(said: str, nation: Nation) -> str | None:
    """`[February 2019]`, or whichever of the two is said; None if neither is."""
    month, year = _month(said, nation), _year(said)
    parts = [part for part in (month, year) if part]
    return f"[{' '.join(parts)}]" if parts else None


def year_alone(said: str) -> str | None:
    """`[2019]`, or None if the date says no year."""
    year = _year(said)
    return f"[{year}]" if year else None


def _month(said: str, nation: Nation) -> str | None:
    """The month by name; of a numeric date by the nation's order, None where it may be either."""
    iso, numeric, named = _ISO.search(said), _NUMERIC.search(said), _MONTH.search(said)
    if iso:
        return _MONTHS[int(iso[2]) - 1] if 1 <= int(iso[2]) <= 12 else None
    if numeric:
        first, second = int(numeric[1]), int(numeric[2])
        if nation == "unknown" and first != second and max(first, second) <= 12:
            return None
        month = first if (nation == "United States" and first <= 12) or second > 12 else second
        return _MONTHS[month - 1] if 1 <= month <= 12 else None
    return _MONTH_NAMES[named[1].casefold()] if named else None


def _year(said: str) -> str | None:
    written = _YEAR.search(said)
    if written:
        return written[0]
    words = fold(said)
    for at, word in enumerate(words[:-1]):
        rest = words[at + 1 :]
        if word == "two" and rest[0] == "thousand":
            return str(2000 + (_in_words(rest[1:]) or 0))
        if word in ("nineteen", "twenty") and rest[0] in _NUMBERS:
            within = _in_words(rest)
            if within is not None and within >= 10:
                return str(100 * _NUMBERS[word] + within)
    return None


def place_in_general(
    said: str, nation: Nation, hidden: Collection[tuple[str, ...]], at_least: int
) -> str | None:
    """`[a town in East Ayrshire]`; None for a place that the gazetteer does not know.

    `hidden` are the folded forms that the corpus replaces: an area among them is not said, nor one
    that has the place's own name in it (Glasgow City for Glasgow). An area with fewer than
    `at_least` known residents is passed over for the one around it.
    """
    facts = [fact for fact in _facts_of(fold(said)) if nation in ("unknown", fact.nation)]
    if not facts:
        return None
    fact = max(facts, key=lambda fact: (fact.people, fact.kind))
    for area in _areas(fact):
        tells = fold(area) in hidden or set(fold(fact.form)) <= set(fold(area))
        if not tells and _residents(area) >= at_least:
            return f"[{_kind(fact)} in {_with_article(area)}]"
    where = "" if fact.nation == "elsewhere" else f" in {_with_article(fact.nation)}"
    return f"[{_kind(fact)}{where or ' abroad'}]"


def _areas(fact: PlaceFact) -> list[str]:
    """What lies around the place, smallest first: its council area or county, then its state."""
    if not fact.parent or fact.nation == "elsewhere":
        return []
    _, _, state = fact.parent.partition(", ") if fact.nation == "United States" else ("", "", "")
    if state:
        return [fact.parent, state]
    name, _, rest = fact.parent.partition(", ")
    return [f"{rest} {name}" if rest == "City of" else fact.parent]


def _with_article(area: str) -> str:
    return f"the {area}" if area.startswith(("United States", "City of ")) else area


def _kind(fact: PlaceFact) -> str:
    if fact.kind != "settlement":
        return "a town" if fact.kind == "post place" else f"a {fact.kind}"
    if fact.people >= CITY:
        return "a city"
    return "a town" if fact.people >= TOWN else "a village" if fact.people else "a place"


@cache
def _by_form() -> dict[tuple[str, ...], list[PlaceFact]]:
    found: dict[tuple[str, ...], list[PlaceFact]] = defaultdict(list)
    for fact in place_facts():
        found[fold(fact.form)].append(fact)
    return found


def _facts_of(folded: tuple[str, ...]) -> list[PlaceFact]:
    return _by_form().get(folded, [])


@cache
def _people_in() -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for fact in place_facts():
        if fact.kind == "settlement":
            for area in _areas(fact):
                found[area] += fact.people
    return found


def _residents(area: str) -> int:
    """Residents of the area's known settlements: at least so many live there."""
    return _people_in().get(area, 0)
