"""Names to draw surrogates from, and what a name itself tells: its origin and gender.

`surrogate_names.txt` lists names by origin, `given_names.tsv.gz` how many women and men bear a
given name in Scotland (births registered 1974-2020, National Records of Scotland) and in the
United States (1990 census). Names that are ordinary words too are never drawn: they would confuse
the reader.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from redact.core import Gender, Nation
from redact.detect.gazetteer import gender_of_given, given_bearers, name_fact
from redact.detect.lexicon import is_word_too
from redact.transcript.words import fold_word, squash

_COMMON = 60  # bearers among a million from which a name points at nobody
_RARE_FAMILY = 8  # the same for family names of the census, which are many more
_LETTERS = {"Scotland": "S", "United States": "U"}
AT_LARGE = {"Scotland": "scots", "United States": "anglo", "unknown": "anglo"}
# Whose names are taken for a nation's at large, in the order in which they are used up.
_HOME: dict[Nation, tuple[str, ...]] = {
    "Scotland": ("scots", "gaelic", "irish", "anglo"),
    "United States": ("anglo", "irish", "nordic", "scots"),
    "unknown": ("anglo", "scots"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Names of one origin, as written."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    known_given: tuple[str, ...] = ()
    known_families: tuple[str, ...] = ()

    def given(self, gender: Gender | None) -> tuple[str, ...]:
        own = {"woman": self.women, "man": self.men, None: ()}[gender]
        return own or tuple(dict.fromkeys((*self.women, *self.men)))


def _read(name: str) -> str:
    return resources.files("redact.data").joinpath(name).read_text("utf-8")


@cache
def _pools() -> dict[str, Pool]:
    lists: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for line in _read("surrogate_names.txt").splitlines():
        if line and not line.startswith("#"):
            head, _, names = line.partition(":")
            origin, kind = head.split()
            lists[origin][kind] = tuple(dict.fromkeys(names.split()))
    return {
        origin: Pool(
            women=kinds["woman"],
            men=kinds["man"],
            families=kinds["family"],
            known_given=(*kinds["woman"], *kinds["man"], *kinds.get("known-given", ())),
            known_families=(*kinds["family"], *kinds.get("known-family", ())),
        )
        for origin, kinds in lists.items()
    }


@cache
def gender_of_name(folded: str, nation: Nation) -> Gender | None:
    """Whose name this mostly is; nothing if it is both women's and men's, or not known."""
    letters = _LETTERS.get(nation, "SU")
    if any((letter, folded) in given_bearers() for letter in letters):
        return gender_of_given(folded, letters)
    listed = {
        g
        for pool in _pools().values()
        for g, names in (("woman", pool.women), ("man", pool.men))
        if folded in _folded(names)
    }
    return "woman" if listed == {"woman"} else "man" if listed == {"man"} else None


@cache
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(squash(name) for name in names)


def origin_of(given: Iterable[str], family: Iterable[str], nation: Nation) -> str:
    """The origin that the folded names tell, the family name first; a nation's own if none does."""
    given, family = tuple(given), tuple(family)
    at_large = _HOME[nation]
    given_lists = {origin: pool.known_given for origin, pool in _pools().items()}
    for names, lists in (
        (family, {origin: pool.known_families for origin, pool in _pools().items()}),
        (given, given_lists),
    ):
        if lists is given_lists and any(_is_common(name, nation) for name in names):
            return AT_LARGE[nation]
        origins = [o for o in lists if any(name in _folded(lists[o]) for name in names)]
        own = [o for o in origins if o in at_large]
        if own or origins:
            return own[0] if own else origins[0] if len(origins) == 1 else AT_LARGE[nation]
    return AT_LARGE[nation]


def _is_common(folded: str, nation: Nation) -> bool:
    """True for a given name that many of the nation bear, whatever else it is."""
    rows = [given_bearers().get((letter, folded)) for letter in _LETTERS.get(nation, "SU")]
    listed = folded in _folded(_pools()[AT_LARGE[nation]].known_given)
    return not listed and any(row and row[1] + row[2] >= _COMMON for row in rows)


@cache
def given_tiers(origin: str, nation: Nation, gender: Gender | None) -> tuple[tuple[str, ...], ...]:
    """Given names to draw from, best first: the origin's own, the nation's, then everybody's."""
    own = _pools()[origin].given(gender)
    at_large = _common_given(nation, gender)
    if origin == _HOME[nation][0]:
        own = (*own, *at_large)
    more = tuple(name for home in _HOME[nation] for name in _pools()[home].given(gender))
    others = tuple(name for pool in _pools().values() for name in pool.given(gender))
    last = (*_common_given("unknown", gender), *others)
    return tuple(
        tuple(name for name in _plain(tier) if _may_be(name, gender, nation))
        for tier in (own, (*more, *at_large), last)
    )


def _may_be(name: str, gender: Gender | None, nation: Nation) -> bool:
    """False for a name that mostly the other gender bears in this nation."""
    return not gender or gender_of_name(fold_word(name), nation) in (None, gender)


def _common_given(nation: Nation, gender: Gender | None) -> tuple[str, ...]:
    wanted = _LETTERS.get(nation)
    return tuple(
        name
        for (letter, folded), (name, women, men) in sorted(given_bearers().items())
        if wanted in (None, letter)
        and len(folded) > 2
        and women + men >= _COMMON
        and (not gender or gender_of_name(folded, nation) == gender)
    )


@cache
def family_tiers(origin: str, nation: Nation) -> tuple[tuple[str, ...], ...]:
    """Family names to draw from, best first: the origin's own, the nation's, then the census's."""
    homes = [_pools()[home].families for home in _HOME[nation]]
    return tuple(_plain(tier) for tier in (_pools()[origin].families, *homes, _census_families()))


def _census_families() -> tuple[str, ...]:
    packed = resources.files("redact.data").joinpath("names.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    return tuple(
        re.sub(r"\AMc(\w)", lambda m: "Mc" + m[1].upper(), name.title())
        for name, given, family in rows
        if int(family) >= _RARE_FAMILY and int(given) < int(family) and len(name) > 3
    )


def _plain(names: Iterable[str]) -> tuple[str, ...]:
    """Without names that are words, and those with an apostrophe, which tools read as two words."""
    return tuple(
        dict.fromkeys(name for name in names if name.isalpha() and not is_word_too(fold_word(name)))
    )


@cache
def _first_pet_forms() -> dict[str, str]:
    pet_of: dict[str, str] = {}
    for line in _read("diminutives.txt").splitlines():
        full, colon, short = line.partition(":")
        if colon and not line.startswith("#") and short.split():
            for name in full.split():
                pet_of.setdefault(fold_word(name), short.split()[0])
    return pet_of


def pet_form(name: str) -> str:
    """The usual short form of a given name, as written; nothing where none is known."""
    short = _first_pet_forms().get(fold_word(name), "")
    return short.capitalize() if short and not is_word_too(short) else ""


def is_known_given(folded: str) -> bool:
    """True for a word that is a given name rather than a family name."""
    fact = name_fact(folded)
    return fact.given > fact.family
