"""Surrogates: an invented full name a person, drawn with the linkage key's secret.

A surrogate fits the nation, the origin and the gender as far as they are known. It never is, and
never contains, a name of the study; neither of its names begins like any name of the person; no
two people share a given or a family name. Without the secret nobody can tell from a name what was
drawn for it (HMAC-SHA-256); with it the same person is always given the same.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from redact.core import Gender, Nation
from redact.replace.name_pools import family_tiers, given_tiers, pet_form
from redact.transcript.words import fold, fold_word, squash

_SHORTEST_WITHIN = 2  # letters of a form from which no surrogate may contain it
ENOUGH = 10  # names to choose from; fewer would tell too much of whom they stand for
LARGE, TRIES = 1_200, 120  # names in a pool that is not read whole, and how many of it are tried
LONGEST_HALF = 6  # letters of either half of a double name


@dataclass(frozen=True, slots=True)
class Persona:
    """An invented person: what stands for given and family name."""

    given: str
    family: str

    def __str__(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def pet(self) -> str:
        """The short form of the given name; the name itself where there is none."""
        return pet_form(self.given) or self.given


def read_persona(pseudonym: str) -> Persona | None:
    """The persona behind a pseudonym; None for a label in brackets or anything else."""
    given, _, family = pseudonym.partition(" ")
    plain = given.replace("-", "").isalpha() and family.isalpha()
    return Persona(given, family) if plain else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A person who needs a surrogate: `name` tells them from all others, for the draw alone."""

    name: str = field(repr=False)
    initials: frozenset[str] = field(repr=False)
    origin: str
    nation: Nation
    gender: Gender | None
    has_pet_form: bool = False


@dataclass(frozen=True, slots=True)
class Forbidden:
    """What no surrogate may be or contain: every word of the sources, every form of a name."""

    words: frozenset[str] = field(repr=False)
    forms: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, words: Iterable[str], forms: Iterable[str]) -> Forbidden:
        """From folded words and from forms of names as they stand."""
        pieces = {piece for form in forms for piece in (*fold(form), squash(form))}
        long = frozenset(piece for piece in pieces if len(piece) >= _SHORTEST_WITHIN)
        return cls(frozenset(words) | frozenset(pieces), long)

    def allows(self, name: str) -> bool:
        folded = fold_word(name)
        if not folded or folded in self.words:
            return False
        return not any(
            folded[start:end] in self.forms
            for start in range(len(folded))
            for end in range(start + _SHORTEST_WITHIN, len(folded) + 1)
        )


def draw(
    bearers: Mapping[str, Bearer],
    taken: Iterable[Persona],
    forbidden: Forbidden,
    secret: bytes,
) -> dict[str, Persona]:
    """A persona by entity id; an entity for whom no name is left has none, and keeps its label.

    `taken` are personas that are somebody's, or were: none of their names is given again.
    """
    used = {fold_word(name) for one in taken for name in (one.given, one.family, one.pet)}
    pools = _Pools(forbidden)
    drawn: dict[str, Persona] = {}
    for entity, bearer in bearers.items():
        tiers = given_tiers(bearer.origin, bearer.nation, bearer.gender)
        given = _choose(
            pools.left(tiers, with_pets=True), bearer, used, secret, "given", bearer.has_pet_form
        )
        given = given or _double(pools.left(tiers, with_pets=True), bearer, used, secret)
        tiers = family_tiers(bearer.origin, bearer.nation)
        taken_now = used | {fold_word(given)}
        family = _choose(pools.left(tiers), bearer, taken_now, secret, "family")
        if given and family:
            drawn[entity] = Persona(given, family)
            used |= {fold_word(given), fold_word(family), fold_word(drawn[entity].pet)}
    return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A name with its pet form, as they are compared: folded, and by their first letters."""

    name: str
    folded: frozenset[str]
    initials: frozenset[str]
    has_pet_form: bool


class _Pools:
    """The name pools without what the study forbids, each filtered once."""

    def __init__(self, forbidden: Forbidden) -> None:
        self._forbidden = forbidden
        self._allowed: dict[tuple[tuple[str, ...], bool], tuple[_Candidate, ...]] = {}

    def left(
        self, tiers: Iterable[tuple[str, ...]], with_pets: bool = False
    ) -> Iterator[tuple[_Candidate, ...]]:
        """The tiers one after the other; a given name goes with its pet form."""
        for tier in tiers:
            key = (tier, with_pets)
            if key not in self._allowed:
                made = (_candidate(name, with_pets) for name in tier)
                self._allowed[key] = tuple(
                    one for one in made if all(map(self._forbidden.allows, one.folded))
                )
            yield self._allowed[key]


def _candidate(name: str, with_pets: bool) -> _Candidate:
    pet = pet_form(name) if with_pets else ""
    folded = frozenset(fold_word(one) for one in (name, pet) if one)
    return _Candidate(
        name=name,
        folded=folded,
        initials=frozenset(one[0] for one in folded),
        has_pet_form=bool(pet),
    )


def _choose(
    tiers: Iterable[tuple[_Candidate, ...]],
    bearer: Bearer,
    used: set[str],
    secret: bytes,
    part: str,
    pet_wanted: bool = False,
) -> str:
    """One name of the first tiers that leave enough to choose from; nothing if none is left."""
    left: list[_Candidate] = []
    for tier in tiers:
        if len(tier) > LARGE:  # some names at random tell as well whether enough are left
            tried = (tier[_drawn(bearer, secret, part, n) % len(tier)] for n in range(TRIES))
            left += dict.fromkeys(one for one in tried if _may(one, bearer, used))
        else:
            left += [one for one in tier if _may(one, bearer, used)]
        with_pet = [one for one in left if one.has_pet_form] if pet_wanted else left
        if len(with_pet) >= ENOUGH:
            left = with_pet
            break
    return left[_drawn(bearer, secret, part) % len(left)].name if left else ""


def _double(
    tiers: Iterable[tuple[_Candidate, ...]], bearer: Bearer, used: set[str], secret: bytes
) -> str:
    """A double given name, Anna-Rose, for when every single one is somebody's."""
    short = (one for tier in tiers for one in tier if len(one.name) <= LONGEST_HALF)
    may = [one for one in short if bearer.initials.isdisjoint(one.initials)]
    for number in range(TRIES if len(may) > 1 else 0):
        first = may[_drawn(bearer, secret, "first", number) % len(may)].name
        second = may[_drawn(bearer, secret, "second", number) % len(may)].name
        name = f"{first}-{second}"
        if first != second and fold_word(name) not in used:
            return name
    return ""


def _may(one: _Candidate, bearer: Bearer, used: set[str]) -> bool:
    return used.isdisjoint(one.folded) and bearer.initials.isdisjoint(one.initials)


def _drawn(bearer: Bearer, secret: bytes, part: str, number: int = 0) -> int:
    text = f"surrogate\0{part}\0{number}\0{bearer.name}".encode()
    return int.from_bytes(hmac.digest(secret, text, hashlib.sha256))
