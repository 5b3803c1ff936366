"""How likely it is that two people of a study are one, for questions: what they are called, where.

Linking joins on evidence alone. A question may rest on less: that two names sound alike, share a
word, or are said in one transcript. How often such a clue is right was counted on the seven studies
that linking was tuned on (docs/decisions/040-questions-by-worth.md); nothing is fitted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from jellyfish import jaro_winkler_similarity

from redact.core import Entity, Place
from redact.detect.gazetteer import name_fact
from redact.link.forms import NameForms, forms_of
from redact.link.relations import Relation, relation_of
from redact.link.scenes import NameUse
from redact.link.sounds import sound
from redact.transcript.tokens import fits

_SPELT_ALIKE = 0.8  # Jaro-Winkler
_LEAST_SOUND = 2  # letters of a sound
_USUAL = 10  # bearers in a million


class AlikeBy(StrEnum):
    """What speaks for two being one person, the strongest first."""

    JOINED = "joined on weak evidence"
    FITS = "the name fits both"
    KINDS = "a place and an organisation of one name"
    PARTIAL = "initial and family name"
    FULL = "two forms of a full name"
    GIVEN = "the same given name"
    PET = "pet or full form"
    CLIP = "short form"
    NEAR = "near spelling"
    FAMILY = "the same family name"
    INITIALS = "initials"
    WORD = "a word in common"
    SOUND = "sounds alike"
    SPELLING = "spelt alike"
    LETTER = "the same first letter, in the same interview"
    UNUSUAL = "one has no usual name, in the same interview"
    TOGETHER = "in the same interview"


_OF_RELATION = {
    Relation.PARTIAL: AlikeBy.PARTIAL,
    Relation.FULL: AlikeBy.FULL,
    Relation.GIVEN: AlikeBy.GIVEN,
    Relation.PET: AlikeBy.PET,
    Relation.CLIP: AlikeBy.CLIP,
    Relation.NEAR: AlikeBy.NEAR,
    Relation.FAMILY: AlikeBy.FAMILY,
    Relation.INITIALS: AlikeBy.INITIALS,
}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A person of the study as they are spoken of; `example` is where their name is plainest."""

    entity: Entity = field(repr=False)
    forms: NameForms = field(repr=False)
    words: frozenset[str] = field(repr=False)
    transcripts: frozenset[str]
    speaks_in: frozenset[str]
    example: Place

    @property
    def id(self) -> str:
        return self.entity.id

    @cached_property
    def places(self) -> frozenset[Place]:
        return frozenset(mention.place for mention in self.entity.mentions)

    @property
    def mentions(self) -> int:
        return len(self.entity.mentions)

    @cached_property
    def sounds(self) -> frozenset[str]:
        heard = (sound(word) for word in self.words)
        return frozenset(sound for sound in heard if len(sound) >= _LEAST_SOUND)

    @cached_property
    def keys(self) -> frozenset[str]:
        """What somebody who may be the same is found by, but for the transcripts."""
        sounds = frozenset(f"~{sound}" for sound in self.sounds)
        spots = frozenset(f"@{place.transcript} {place.start}" for place in self.entity.fits)
        return self.forms.index | self.forms.sought | self.words | sounds | spots


def spoken_of(entity: Entity, uses: Sequence[NameUse]) -> Spoken:
    """The person of an entity whose mentions are these uses, one at least."""
    words = {word for use in uses for word in use.words if len(word) > 1}
    joined = {"".join(use.words) for use in uses if use.full}
    return Spoken(
        entity=entity,
        forms=forms_of(uses),
        words=frozenset(words | joined),
        transcripts=frozenset(use.transcript for use in uses),
        speaks_in=frozenset(use.transcript for use in uses if use.labelled),
        example=max(uses, key=lambda use: (len(use.words), not use.labelled)).mention.place,
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks most for two being one, and how often that is right, of 1."""

    clue: AlikeBy
    share: float


@dataclass(frozen=True, slots=True)
class _Rate:
    """How often a clue is right: where both are spoken of in one transcript, and elsewhere.

    By how many of the two are called by a full name: none, one, both.
    """

    together: tuple[float, float, float]
    apart: tuple[float, float, float]


def _always(together: float, apart: float) -> _Rate:
    return _Rate((together,) * 3, (apart,) * 3)


_OF_PLACE = frozenset({AlikeBy.LETTER, AlikeBy.UNUSUAL, AlikeBy.TOGETHER})
_RATES = {
    AlikeBy.FITS: _always(0.7, 0.6),
    AlikeBy.PARTIAL: _always(0.9, 0.9),
    AlikeBy.FULL: _always(0.9, 0.9),
    AlikeBy.GIVEN: _always(0.75, 0.75),
    AlikeBy.PET: _always(0.8, 0.8),
    AlikeBy.CLIP: _always(0.85, 0.45),
    AlikeBy.NEAR: _always(0.65, 0.4),
    AlikeBy.FAMILY: _always(0.4, 0.6),
    AlikeBy.INITIALS: _always(0.4, 0.35),
    AlikeBy.WORD: _Rate((0.9, 0.3, 0.35), (0.4, 0.1, 0.2)),
    AlikeBy.SOUND: _Rate((0.65, 0.6, 0.45), (0.3, 0.15, 0.04)),
    AlikeBy.SPELLING: _Rate((0.5, 0.4, 0.25), (0.3, 0.1, 0.0)),
    AlikeBy.LETTER: _Rate((0.2, 0.07, 0.02), (0.0, 0.0, 0.0)),
    AlikeBy.UNUSUAL: _Rate((0.04, 0.03, 0.005), (0.0, 0.0, 0.0)),
    AlikeBy.TOGETHER: _Rate((0.03, 0.01, 0.004), (0.0, 0.0, 0.0)),
}


def likeness(one: Spoken, other: Spoken, by_name: bool = True) -> Likeness | None:
    """What speaks for the two being one; None where nothing does.

    `by_name` says that they have something in common by which a name is found (`Spoken.keys`).
    None as well for two rows of the roster; for two who speak in one transcript under names that
    are not forms of each other; and for a man and a woman of whom nothing but the place speaks.
    """
    clue = (_clue_of_names(one, other) if by_name else None) or _clue_of_place(one, other)
    if clue is None or (one.entity.roster_row and other.entity.roster_row):
        return None
    if one.speaks_in & other.speaks_in and clue not in _OF_RELATION.values():
        return None
    told = {one.entity.gender, other.entity.gender} - {None}
    if len(told) > 1 and clue in _OF_PLACE:
        return None
    rate = _RATES[clue]
    together = bool(one.transcripts & other.transcripts)
    in_full = bool(one.forms.full) + bool(other.forms.full)
    share = (rate.together if together else rate.apart)[in_full]
    return Likeness(clue, share) if share else None


def _clue_of_names(one: Spoken, other: Spoken) -> AlikeBy | None:
    if one.places.intersection(other.entity.fits) or other.places.intersection(one.entity.fits):
        return AlikeBy.FITS
    relation = relation_of(one.forms, other.forms) or relation_of(other.forms, one.forms)
    if relation:
        return _OF_RELATION.get(relation, AlikeBy.NEAR)
    if _share_initials(one.forms, other.forms) or _share_initials(other.forms, one.forms):
        return AlikeBy.INITIALS
    if one.words & other.words:
        return AlikeBy.WORD
    return AlikeBy.SOUND if one.sounds & other.sounds else None


def _clue_of_place(one: Spoken, other: Spoken) -> AlikeBy | None:
    """How alike the words are; or else, where one transcript speaks of both, how like a by-name."""
    if any(jaro_winkler_similarity(a, b) >= _SPELT_ALIKE for a in one.words for b in other.words):
        return AlikeBy.SPELLING
    if not one.transcripts & other.transcripts:
        return None
    if any(a[0] == b[0] for a in one.words for b in other.words):
        return AlikeBy.LETTER
    lone = [person for person in (one, other) if not person.forms.full]
    return AlikeBy.UNUSUAL if any(map(_is_unusual, lone)) else AlikeBy.TOGETHER


def _is_unusual(person: Spoken) -> bool:
    """Whether none of the words is known as a name: a by-name, initials, or misheard."""
    known = map(name_fact, person.words)
    return all(max(fact.given, fact.family) < _USUAL for fact in known)


def _share_initials(one: NameForms, other: NameForms) -> bool:
    names = ((name.given, name.family) for name in other.full)
    return any(fits(letters, name) for name in names for letters in one.initials)
