"""What a place becomes when less of it is to be said: what kind of place it is, and where.

Neighbourhood, city, council area or county, region or state, nation: the smallest of these that is
no smaller than the policy's level and has at least the policy's number of residents is named, and a
place that is itself so is named itself. Residents are those of an area's known settlements, so at
least so many live there. A ZIP code keeps its first three digits where more than 20,000 live
(HIPAA Safe Harbor, 45 CFR 164.514(b)(2)(i)(B)), a postcode its area.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from redact.core import Nation
from redact.detect.gazetteer import PlaceFact, place_facts
from redact.link.spelling import usual_place
from redact.transcript.words import fold

Level = Literal["city", "area", "region", "nation"]
LEVELS: tuple[Level, ...] = ("city", "area", "region", "nation")
CITY, TOWN = 100_000, 3_000  # residents from which a settlement is called so
FAMOUS = 500_000  # from which a city of another state is meant by its bare name
_WELL_KNOWN, _MANY_TIMES = 5_000, 20  # residents, and times those of the next of that name
SCOTTISH_REGIONS = {
    "Ayrshire": ("East Ayrshire", "North Ayrshire", "South Ayrshire"),
    "Lanarkshire": ("North Lanarkshire", "South Lanarkshire"),
    "Lothians": ("City of Edinburgh", "East Lothian", "Midlothian", "West Lothian"),
    "Tayside": ("Dundee City", "Angus", "Perth and Kinross"),
    "Grampian": ("Aberdeen City", "Aberdeenshire", "Moray"),
    "Highlands and Islands": (
        "Highland",
        "Argyll and Bute",
        "Na h-Eileanan Siar",
        "Orkney Islands",
        "Shetland Islands",
    ),
    "Forth Valley": ("Stirling", "Falkirk", "Clackmannanshire"),
    "Fife": ("Fife",),
    "South of Scotland": ("Dumfries and Galloway", "Scottish Borders"),
    "Clydeside": (
        "Glasgow City",
        "Renfrewshire",
        "East Renfrewshire",
        "Inverclyde",
        "East Dunbartonshire",
        "West Dunbartonshire",
    ),
}
_REGION_OF = {area: region for region, areas in SCOTTISH_REGIONS.items() for area in areas}
_CITY_OF = {
    "Glasgow City": "Glasgow",
    "City of Edinburgh": "Edinburgh",
    "Dundee City": "Dundee",
    "Aberdeen City": "Aberdeen",
}
_AREA_NAMES = {"Edinburgh, City of": "City of Edinburgh", "Eilean Siar": "Na h-Eileanan Siar"}
_ARTICLE = (
    "United States",
    "City of ",
    "Lothians",
    "Highlands ",
    "South of ",
    "Scottish Borders",
    "Orkney Islands",
    "Shetland Islands",
)
# Three-digit ZIP areas with 20,000 people or fewer at the 2000 census, as the Department of Health
# and Human Services lists them in its guidance on de-identification (2012).
_SMALL_ZIP3 = frozenset(
    "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893".split()
)
_AREAS = frozenset({"council area", "county", "state", "region"})
_OWN_LEVEL: dict[str, Level] = {
    "settlement": "city",
    "post place": "city",
    "council area": "area",
    "county": "area",
    "island": "area",
    "region": "region",
    "state": "region",
    "country": "nation",
}


@dataclass(frozen=True, slots=True)
class Coarseness:
    """How much of a place may be said: no smaller than `level`, no fewer than `residents`."""

    level: Level
    residents: int

    def allows(self, level: Level, residents: int) -> bool:
        return LEVELS.index(level) >= LEVELS.index(self.level) and residents >= self.residents


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """A place as it is said, in a transcript of a nation; `home` is the region its talk is of."""

    form: str = field(repr=False)
    nation: Nation = "unknown"
    home: str = ""


def place_in_general(
    said: SaidPlace, hidden: Collection[tuple[str, ...]], least: Coarseness
) -> str | None:
    """`[a town in East Ayrshire]`, or `[Minnesota]`; None for a place the gazetteer does not know.

    `hidden` are the folded forms that the corpus replaces and does not name: an area that has one
    of them in its name is not said, nor one with the place's own name in it (Glasgow City), nor one
    in which nothing else is of its kind (Edinburgh is the one city of the Lothians).
    """
    fact = _fact(said)
    if fact is None:
        return None
    if is_named(said, least):
        opening = fold(said.form)[:1] != ("the",)
        return f"[{_with_article(fact.form, opening)}]"
    own = set(fold(fact.form))
    for level, area in _around(fact):
        words = set(fold(area))
        tells = own <= words or any(set(form) <= words for form in hidden)
        alone = _of_kind().get((kind_of(fact), area), 0) < 2
        if not tells and not alone and least.allows(level, _residents(area)):
            return f"[{kind_of(fact)} in {_with_article(area)}]"
    where = "" if fact.nation == "elsewhere" else f" in {_with_article(fact.nation)}"
    return f"[{kind_of(fact)}{where or ' abroad'}]"


def is_named(said: SaidPlace, least: Coarseness) -> bool:
    """True for a place that is large enough to be said by its own name: Minnesota."""
    fact = _fact(said)
    if fact is None or fact.nation == "elsewhere" or fact.kind not in _OWN_LEVEL:
        return False
    residents = fact.people if fact.kind == "settlement" else _residents(_area_name(fact.form))
    return least.allows(_OWN_LEVEL[fact.kind], residents)


def kind_said(said: SaidPlace) -> str:
    """What kind of place this is, for a template: town, county; "place" if it is not known."""
    fact = _fact(said)
    return kind_of(fact).partition(" ")[2] if fact else "place"


def regions_of(form: str, nation: Nation) -> frozenset[str]:
    """The regions or states in which places of this name lie, or which it is itself."""
    around: set[str] = set()
    for fact in _facts(form, nation):
        if _OWN_LEVEL.get(fact.kind) == "region":
            return frozenset({fact.form})
        around |= {area for level, area in _around(fact) if level == "region"}
    return frozenset(around)


def told_apart(text: str, number: int) -> str:
    """`[town A in Ayrshire]` of `[a town in Ayrshire]`; the first is number 0."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return re.sub(r"^\[an? (.*?)(?= in | abroad|\])", rf"[\1 {letters}", text)


def code_in_general(said: str, kind: str | None) -> str | None:
    """`[ZIP code 551]`, `[postcode area KA]`; None for any other identifier."""
    if kind == "ZIP code":
        digits = "".join(c for c in said if c.isdigit())
        if len(digits) not in (5, 9):
            return None
        return f"[ZIP code {'000' if digits[:3] in _SMALL_ZIP3 else digits[:3]}]"
    if kind == "postcode" and (letters := re.match(r"\s*([A-Za-z]{1,2})\d", said)):
        return f"[postcode area {letters[1].upper()}]"
    return None


def _facts(form: str, nation: Nation) -> list[PlaceFact]:
    folded = fold(form)
    facts = _by_form().get(usual_place(folded)) or _by_form().get(folded) or []
    return [fact for fact in facts if nation in ("unknown", fact.nation)]


def _fact(said: SaidPlace) -> PlaceFact | None:
    """The one place of this name that is meant: an area, one of the home region, or the one known.

    None where the name is that of several and nothing tells which: a wrong area would mislead.
    """
    facts = _facts(said.form, said.nation)
    areas = [fact for fact in facts if fact.kind in _AREAS]
    if areas:
        return areas[0]
    at_home = [f for f in facts if said.home and said.home in {a for _, a in _around(f)}]
    if at_home:
        return max(at_home, key=_size)
    best = max(facts, key=_size, default=None)
    away = bool(said.home) and said.nation == "United States"  # the table knows one of each name
    known = FAMOUS if away else CITY
    if best is None or (best.kind == "settlement" and best.people >= known):
        return best
    rest = max((fact.people for fact in facts if fact is not best), default=0)
    if not away and best.people >= _WELL_KNOWN and best.people >= _MANY_TIMES * rest:
        return best
    everywhere = _by_form().get(usual_place(fold(said.form)), [])
    others = {area for fact in facts for level, area in _around(fact) if level == "region"}
    greater = any(f.people >= CITY and f.nation != best.nation for f in everywhere)
    return None if greater or len(others) > 1 or away else best


def _size(fact: PlaceFact) -> tuple[int, str]:
    return fact.people, fact.kind


def _around(fact: PlaceFact) -> list[tuple[Level, str]]:
    """What lies around the place, smallest first."""
    if fact.nation == "elsewhere" or not fact.parent:
        return []
    levels: list[tuple[Level, str]] = []
    if fact.nation == "United States":
        county, _, state = fact.parent.partition(", ")
        if state:
            return [("area", fact.parent), ("region", state)]
        if fact.kind == "neighbourhood":
            city = max(_facts(county, "United States"), key=_size, default=None)
            return [("city", county), *(_around(city)[1:] if city else [])] if city else []
        return [("region", county)] if fact.kind == "county" else []
    area = _area_name(fact.parent)
    if fact.kind == "neighbourhood" and area in _CITY_OF:
        levels.append(("city", _CITY_OF[area]))
    levels.append(("area", area))
    if area in _REGION_OF:
        levels.append(("region", _REGION_OF[area]))
    return levels


def _area_name(parent: str) -> str:
    return _AREA_NAMES.get(parent, parent)


def _with_article(area: str, opening: bool = False) -> str:
    needs = area.startswith(_ARTICLE)
    return f"the {area}" if needs and not opening else area


def kind_of(fact: PlaceFact) -> str:
    """ "a town", "a county": by residents for a settlement."""
    if fact.kind != "settlement":
        kind = {"post place": "town", "said form": "place", "abbreviation": "place"}
        return f"{'an' if fact.kind[0] in 'aeiou' and fact.kind not in kind else 'a'} " + kind.get(
            fact.kind, fact.kind
        )
    if fact.people >= CITY:
        return "a city"
    return "a town" if fact.people >= TOWN else "a village" if fact.people else "a place"


@cache
def _by_form() -> dict[tuple[str, ...], list[PlaceFact]]:
    by_words: dict[tuple[str, ...], list[PlaceFact]] = defaultdict(list)
    for fact in place_facts():
        by_words[fold(fact.form)].append(fact)
    return by_words


@cache
def _people_in() -> dict[str, int]:
    people_of: dict[str, int] = defaultdict(int)
    for fact in place_facts():
        if fact.kind == "settlement":
            for level, area in _around(fact):
                people_of[area] += fact.people
                if level == "area" and fact.nation == "United States":
                    people_of[area.partition(", ")[0]] += 0
            people_of[fact.form] = max(people_of[fact.form], fact.people)
    return people_of


@cache
def _of_kind() -> dict[tuple[str, str], int]:
    """How many known places of a kind lie in an area; other names of one have its residents."""
    things: dict[tuple[str, str], set[int | str]] = defaultdict(set)
    for fact in place_facts():
        for _, area in _around(fact):
            things[kind_of(fact), area].add(fact.people or fact.form)
    return {key: len(places) for key, places in things.items()}


def _residents(area: str) -> int:
    """Residents of the area's known settlements: at least so many live there."""
    return _people_in().get(area, 0)
