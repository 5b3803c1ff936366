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
_TRIES = 40


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
    plain = given.isalpha() and family.isalpha()
    return Persona(given, family) if plain else None


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person who needs a surrogate: `name` tells them from all others, for the draw alone."""

    name: str = field(repr=False)
    initials: frozenset[str] = field(repr=False)
    origin: str
    nation: Nation
    gender: Gender
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
    drawn: dict[str, Persona] = {}
    for entity, bearer in bearers.items():
        given = _first(
            bearer,
            forbidden,
            used,
            secret,
            "given",
            given_tiers(bearer.origin, bearer.nation, bearer.gender),
        )
        family = _first(
            bearer,
            forbidden,
            used | {fold_word(given)},
            secret,
            "family",
            family_tiers(bearer.origin, bearer.nation),
        )
        if given and family:
            drawn[entity] = Persona(given, family)
            used |= {fold_word(given), fold_word(family), fold_word(drawn[entity].pet)}
    return drawn


def _first(
    bearer: Bearer,
    forbidden: Forbidden,
    used: set[str],
    secret: bytes,
    part: str,
    pools: tuple[tuple[str, ...], ...],
) -> str:
    """The first name in the bearer's own order that may be given; nothing if none may."""
    for pet_wanted in (True, False) if bearer.has_pet_form and part == "given" else (False,):
        for pool in pools:
            for name in _in_order(pool, bearer.name, part, secret):
                if pet_wanted and not pet_form(name):
                    continue
                names = {name, pet_form(name) or name} if part == "given" else {name}
                if all(_may(n, bearer, forbidden, used) for n in names):
                    return name
    return ""


def _may(name: str, bearer: Bearer, forbidden: Forbidden, used: set[str]) -> bool:
    folded = fold_word(name)
    return folded not in used and folded[:1] not in bearer.initials and forbidden.allows(name)


def _in_order(pool: tuple[str, ...], bearer: str, part: str, secret: bytes) -> Iterator[str]:
    """The pool in an order of the bearer's own: some names at random, then one after one."""
    if not pool:
        return
    at = 0
    for number in range(_TRIES):
        text = f"surrogate\0{part}\0{number}\0{bearer}".encode()
        at = int.from_bytes(hmac.new(secret, text, hashlib.sha256).digest()) % len(pool)
        yield pool[at]
    for step in range(1, len(pool)):
        yield pool[(at + step) % len(pool)]
