"""How the forms of one person's name answer to those of another's."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache

from redact.detect.gazetteer import name_fact
from redact.link.forms import (
    COMMON,
    KNOWN,
    LEAST_CLIP,
    LEAST_TAIL,
    FullName,
    NameForms,
    is_cut,
)
from redact.link.names import is_form_of, kin_forms
from redact.link.sounds import (
    MOST_EDITS,
    REMEMBERED,
    is_heard_as,
    is_other_spelling,
    is_spelled_alike,
    sound,
    sounds_of,
)

_OFTENER = 3  # times that a word is a given name rather than a family name, or the other way
_ENDS = ("", "s", "y", "ie", "sy", "o", "er")  # what is put behind the first letters: Lorgs, Lorgsy


class Relation(Enum):
    """How a name answers to a person's, the plainest first."""

    FULL = auto()
    PARTIAL = auto()
    GIVEN = auto()
    FAMILY = auto()
    INITIALS = auto()
    PET = auto()
    CLIP = auto()
    NEAR = auto()
    HEARD = auto()


def relation_of(one: NameForms, other: NameForms) -> Relation | None:
    """How the forms of one answer to those of another; the plainest of several, or none."""
    if one.is_named_in_full:
        related = _of_full(one, other) or _as_heard(one, other)
        return related or (Relation.INITIALS if one.initials & other.letters else None)
    if one.initials & other.initials and not other.is_initials_only:
        return Relation.INITIALS
    if one.initials & other.letters:
        return Relation.INITIALS
    if not (one.lone.isdisjoint(other.givens) and one.lone.isdisjoint(other.lone)):
        return Relation.GIVEN
    for word in (one.lone | one.titled) & other.whole_families:
        if word in one.titled or _is_family_name(word):
            return Relation.FAMILY
    givens = other.givens | other.lone
    if any(not givens.isdisjoint(kin_forms(word)) for word in one.lone):
        return Relation.PET
    if any(_is_clip(word, name) for word in one.lone for name in givens):
        return Relation.CLIP
    if not other.is_named_in_full and any(_is_clip(n, w) for w in one.lone for n in other.lone):
        return Relation.CLIP
    near_to = givens | other.whole_families
    if any(_is_near(word, name) for word in one.lone | one.titled for name in near_to):
        return Relation.NEAR
    return _as_heard(one, other)


def _as_heard(one: NameForms, other: NameForms) -> Relation | None:
    """Whether what is no name sounds like one of the other's names."""
    if not one.odd:
        return None
    sought = one.odd_sounds
    if all(sought.isdisjoint(sounds_of(name)) for name in other.spoken):
        return None
    for odd in one.odd:
        names = other.spoken if " " in odd else other.names
        if any(is_heard_as(odd, name) for name in names):
            return Relation.HEARD
    return None


def _of_full(one: NameForms, other: NameForms) -> Relation | None:
    for mine in one.partial:
        for theirs in other.full:
            if _fits_partly(mine, theirs):
                return Relation.PARTIAL
    for mine in one.full:
        for theirs in other.full:
            if _is_variant(mine, theirs):
                return Relation.FULL
        if mine.given in other.lone and mine.family in other.whole_families:
            return Relation.FULL
    return None


def _fits_partly(part: FullName, whole: FullName) -> bool:
    """K Laidlaw and Kasia Laidlaw; Femi A and Femi Akintola; R D and nobody."""
    given = (
        whole.given.startswith(part.given)
        if len(part.given) == 1
        else is_form_of(part.given, whole.given) or _is_clip(part.given, whole.given)
    )
    family = part.family == whole.family or (
        len(part.given) > 1 and is_cut(part.family) and whole.family.startswith(part.family)
    )
    return given and family


def _is_variant(one: FullName, other: FullName) -> bool:
    """Kasia and Katarzyna Laidlaw, Ally and Alistair Sproat, Neeve and Niamh Rae."""
    if one.family == other.family:
        return (
            is_form_of(one.given, other.given)
            or _is_clip(one.given, other.given)
            or _is_clip(other.given, one.given)
            or _is_near(one.given, other.given)
        )
    if one.given == other.given:
        return (
            _is_near(one.family, other.family)
            or sound(one.family) == sound(other.family)
            or is_heard_as(one.family, other.family)
        )
    return is_heard_as(one.given, other.given) and is_heard_as(one.family, other.family)


def _is_clip(short: str, name: str) -> bool:
    """Lorgs of Lorgan, Fazzy of Fazil, Tunde of Babatunde; never towards the shorter name."""
    if len(short) >= len(name) + 1 or len(short) < LEAST_CLIP or short == name:
        return False
    if short[:LEAST_CLIP] != name[:LEAST_CLIP]:
        return len(short) >= LEAST_TAIL and name.endswith(short)
    for stem in sorted({short.removesuffix(end) for end in _ENDS}):
        doubled = len(stem) > LEAST_CLIP and stem[-1] == stem[-2]
        if len(stem) >= LEAST_CLIP and name.startswith(stem[:-1] if doubled else stem):
            return True
    return len(short) >= LEAST_TAIL and name.endswith(short)


def _is_family_name(word: str) -> bool:
    """Not of a word that is a given name as often: Ross, Cameron."""
    known = name_fact(word)
    return known.family >= _OFTENER * known.given


def _is_near(one: str, other: str) -> bool:
    """Whether one is the other as it was heard; never a name that the tables know: Ina and Iona."""
    if abs(len(one) - len(other)) > MOST_EDITS or min(len(one), len(other)) < LEAST_CLIP:
        return False
    return _is_heard_for(one, other)


@lru_cache(maxsize=REMEMBERED)
def _is_heard_for(one: str, other: str) -> bool:
    if not is_spelled_alike(one, other):
        return False
    if is_other_spelling(one, other):
        return True
    if kin_forms(one) and kin_forms(other):
        return False  # Donald and Ronald are two names, and so are Ally and Alec
    if one.rstrip("s") == other.rstrip("s"):
        return False
    known = [max(name_fact(n).given, name_fact(n).family) for n in (one, other)]
    return known[0] < KNOWN and min(known) < COMMON
