"""Towns of one name told apart at the place: the two Glasgows.

A region stands in the mention or right behind it: "Glasgow, Kentucky", "Glasgow, KY", "Glasgow in
Scotland". A bare "Glasgow" is the one that was told just before; else the one of the transcript's
own nation, if that has one; else the only one told before. If the study tells of one region
alone, and no nation speaks against it, there is one town.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from redact.core import Nation
from redact.detect.gazetteer import place_facts
from redact.link.spelling import Name, Named, usual_place
from redact.transcript.vocabulary import STATES, one_of
from redact.transcript.words import fold

_NEAR = 300  # code points within which what was told of a town holds for its bare name
_AT_ONCE = 30  # code points within which a bare name is said again with its region
_BRITISH = ("Scotland", "England", "Wales", "Northern Ireland", "Ireland")
_FURTHER = ("Canada", "Australia", "New Zealand", "South Africa", "Jamaica", "Bermuda", "Ontario")
_REGION = one_of((*STATES, *_BRITISH, *_FURTHER))
_TOLD_BEHIND = re.compile(
    rf"(?:\s*[,(]\s*|,?\s+(?:(?:over|up|down|out|back|the one)\s+)?in\s+|\s+)"
    r"(?:\[?\d+:[\d:.]+\]?\s+)?"  # a line's time between them
    rf"(?P<region>{_REGION})\b|,\s*(?P<code>(?-i:[A-Z][A-Z]))\b",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL = re.compile(rf"\s*(?:,\s*)?(?:and|or|&)?\s*{_REGION}\b")
_LOOKED_AT = 40  # code points behind a name
_STATES = frozenset(fold(state) for state in STATES)
_SCOTLAND = ("scotland",)
_WHY = "the town of that name in the region that is told"


@dataclass(frozen=True, slots=True)
class _Meant:
    """The region of a bare name, empty if nothing tells it; `at_home` that none told is meant."""

    region: Name = ()
    at_home: bool = False


def apart_by_region(named: Iterable[Named]) -> list[Named]:
    """Places, each town under one name, or under one for each region that the study tells."""
    named = list(named)
    told = [_told_of(said) for said in named]
    towns = [_town(said) if region else said.name for said, region in zip(named, told, strict=True)]
    regions: dict[Name, set[Name]] = defaultdict(set)
    here: dict[tuple[str, Name], list[tuple[int, Name]]] = defaultdict(list)
    for said, town, region in zip(named, towns, told, strict=True):
        if region:
            regions[town].add(region)
            here[said.transcript.id, town].append((said.mention.start, region))
    meant = [
        _Meant(region)
        if region or town not in regions
        else _meant(said, here.get((said.transcript.id, town), []), regions[town])
        for said, town, region in zip(named, towns, told, strict=True)
    ]
    several = {town for town, among in regions.items() if len(among) > 1}
    several |= {town for town, one in zip(towns, meant, strict=True) if one.at_home}
    return [
        said.under((*town, *one.region), _WHY)
        if town in several
        else said.under(town if town in regions else None, "the one place of that name")
        for said, town, one in zip(named, towns, meant, strict=True)
    ]


def _town(said: Named) -> Name:
    """The name without the region that stands in the mention."""
    text = said.transcript.text[said.mention.start : said.mention.end]
    return usual_place(fold(text.partition(",")[0])) if "," in text else said.name


def _told_of(said: Named) -> Name:
    """The region that is told of a town, in the mention or right behind it; empty if none is."""
    text, end = said.transcript.text, said.mention.end
    head, _, tail = text[said.mention.start : end].partition(",")
    if fold(head) and fold(tail):
        return usual_place(fold(tail))
    behind = _TOLD_BEHIND.match(text, end, end + _LOOKED_AT)
    if behind is None or _ONE_OF_SEVERAL.match(text, behind.end()):
        return ()
    region = usual_place(fold(behind["region"] or behind["code"]))
    if behind["code"] and region not in _STATES:
        return ()
    return region if region != said.name and said.name not in _STATES else ()


def _meant(said: Named, told: list[tuple[int, Name]], among: set[Name]) -> _Meant:
    """Which of several regions a bare name is of; `told` is where its transcript tells one."""
    start, nation = said.mention.start, said.transcript.nation
    at_once = {region for at, region in told if start < at <= start + _AT_ONCE}
    if len(at_once) == 1:
        return _Meant(at_once.pop())  # "Glasgow! Glasgow, Kentucky"
    lately = {region for at, region in told if start - _NEAR < at < start}
    if lately:
        return _Meant(lately.pop() if len(lately) == 1 else ())
    own = {region for region in among if _nation_of(region) == nation}
    if len(own) == 1:
        return _Meant(own.pop())
    if not own and all(map(_nation_of, among)) and nation in _nations_with(said.name):
        return _Meant(at_home=True)
    before = {region for at, region in told if at < start}
    return _Meant(before.pop() if len(before) == 1 else ())


def _nation_of(region: Name) -> Nation | None:
    return "United States" if region in _STATES else "Scotland" if region == _SCOTLAND else None


def _nations_with(town: Name) -> frozenset[str]:
    return _nations_of_towns().get(town, frozenset())


@cache
def _nations_of_towns() -> dict[Name, frozenset[str]]:
    """By the folded name of a place the nations that have one, by the tables."""
    nations: dict[Name, frozenset[str]] = {}
    for fact in place_facts():
        name = fold(fact.form)
        nations[name] = nations.get(name, frozenset()) | {fact.nation}
    return nations
