"""Persons of single transcripts brought together over the study, each join with its reason.

What one transcript makes plain is settled before (people.py). Here whole persons are compared:
full names in other forms join the one they fit; then a lone name, initials or a partial name joins
the person that it fits best, if the evidence outweighs the doubt and nobody else comes near. What
speaks for a join: how the names are related, how many people the transcripts have in common, how
rare the name is, the organisation. Weights by hand, after the evidence of
docs/decisions/039-who-is-who-over-a-study.md; nothing here is fitted.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redact.core import Gender
from redact.detect.gazetteer import gender_of_given
from redact.link.clusters import Key
from redact.link.forms import NameForms, Relation, forms_of, relation_of
from redact.link.gender import gender_by_talk
from redact.link.jobs import job_said
from redact.link.names import gender_of_title, is_rank
from redact.link.scenes import NameUse

_BASE = -1.0
_MARGIN = 0.7  # by which the best must lead the next
_OF_RELATION = {
    Relation.PARTIAL: 2.5,
    Relation.FULL: 2.0,
    Relation.GIVEN: 1.5,
    Relation.FAMILY: 1.3,
    Relation.INITIALS: 0.3,
    Relation.PET: 0.2,
    Relation.CLIP: 0.0,
    Relation.NEAR: -0.8,
}
_SAID = {
    Relation.PARTIAL: "initial and family name of the one person of the study",
    Relation.FULL: "another form of the full name",
    Relation.GIVEN: "given name of the person it fits best in the study",
    Relation.FAMILY: "family name of the person it fits best in the study",
    Relation.INITIALS: "initials of the person they fit best in the study",
    Relation.PET: "pet or full form of the person it fits best in the study",
    Relation.CLIP: "short form of the one person of the study",
    Relation.NEAR: "near spelling of the one person of the study",
}
_SAME_PLACE, _OTHER_PLACE = 2.0, -1.5
_SAME_TITLE = 0.8
_IS_SPEAKER = 0.5
_OF_TRANSCRIPTS = 0.4  # times the logarithm of how many a person stands in
_OF_RARITY = -1.2  # times the logarithm of bearers in a million, less the usual
_USUAL = 1.5
_RARE = 300  # bearers in a million, below which a lone name says that two transcripts are near
_MANY = 6  # transcripts, above which who stands in most of them says little
_BY_GIVEN_NAME = frozenset({Relation.GIVEN, Relation.PET, Relation.CLIP, Relation.NEAR})
_TOLD_BY_ONE_TRANSCRIPT = frozenset({Relation.GIVEN, Relation.FAMILY, Relation.PET})
_CROWD = 40  # persons under one word; none of so many is meant by it alone
_SOLE = frozenset({Relation.CLIP, Relation.NEAR})  # never where somebody else fits as well


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One person's key that goes to another's, why, and how sure that is."""

    key: Key = field(repr=False)
    to: Key = field(repr=False)
    why: str
    score: float


@dataclass(slots=True, kw_only=True)
class _Unit:
    """A person in the making; of one transcript, or of several."""

    key: Key = field(repr=False)
    forms: NameForms = field(repr=False)
    transcripts: set[str]
    spoken: dict[str, NameForms] = field(repr=False)  # by transcript, what they are called there
    places: frozenset[str] = field(repr=False)
    is_told: bool  # the tables tell the places
    titles: frozenset[str]
    gender: Gender | None
    jobs: frozenset[str]
    speaks_in: set[str]
    mentions: int
    is_settled: bool  # never joins by itself: unsure, ruled out, a group, a relative
    is_listed: bool

    def take(self, other: _Unit) -> None:
        self.forms = self.forms | other.forms
        self.transcripts |= other.transcripts
        for transcript, forms in other.spoken.items():
            self.spoken[transcript] = self.spoken.get(transcript, NameForms()) | forms
        self.places |= other.places
        self.is_told &= other.is_told
        self.titles |= other.titles
        self.gender = self.gender or other.gender
        self.jobs |= other.jobs
        self.speaks_in |= other.speaks_in
        self.mentions += other.mentions
        self.is_listed |= other.is_listed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """Whom somebody may be, and how well."""

    one: _Unit
    to: _Unit
    relation: Relation
    score: float


class _Index:
    """Persons by words, in the order they came; one may stand under a word that it has no more."""

    def __init__(self, people: Iterable[tuple[_Unit, frozenset[str]]]) -> None:
        self._by_word: dict[str, dict[Key, _Unit]] = defaultdict(dict)
        for one, words in people:
            self.add(one, words)

    def add(self, one: _Unit, words: Iterable[str]) -> None:
        for word in words:
            self._by_word[word][one.key] = one

    def is_crowded(self, words: Iterable[str]) -> bool:
        return any(len(self._by_word.get(word, ())) > _CROWD for word in words)

    def of(self, words: Iterable[str]) -> list[_Unit]:
        """Those under any of these words that is not crowded: a beginning or a sound of many."""
        found: dict[Key, _Unit] = {}
        for word in sorted(words):
            under = self._by_word.get(word, {})
            if len(under) <= _CROWD:
                found |= under
        return list(found.values())


def _one_each(fits: Iterable[_Fit]) -> list[_Fit]:
    """Of those that would go to one person the best; the best of all first."""
    chosen: dict[Key, _Fit] = {}
    for fit in fits:
        held = chosen.get(fit.to.key)
        if held is None or (fit.score, fit.one.key) > (held.score, held.one.key):
            chosen[fit.to.key] = fit
    return sorted(chosen.values(), key=lambda fit: (-fit.score, fit.one.key))


def joins(said_of: Mapping[Key, list[NameUse]], told: frozenset[str]) -> list[Join]:
    """The joins in the order they are to be made; a key that has gone to another joins no more.

    `told` are the transcripts of whose organisation we are sure: there a lone name never joins a
    person of another.
    """
    return _Study(said_of, told).join()


class _Study:
    def __init__(self, said_of: Mapping[Key, list[NameUse]], told: frozenset[str]) -> None:
        self._people = {key: _person(key, uses, told) for key, uses in said_of.items() if uses}
        self._transcripts = {t for one in self._people.values() for t in one.transcripts}
        self._made: list[Join] = []

    def join(self) -> list[Join]:
        self._join_full_names()
        self._near = _nearness(self._people.values(), len(self._transcripts))
        self._join_the_rest()
        return self._made

    # Full names in other forms

    def _join_full_names(self) -> None:
        """Partial names and other forms of a full name, where one person alone is meant."""
        for within in (True, False):
            by_family = _Index((one, one.forms.families) for one in self._named())
            for one in sorted(self._named(), key=lambda p: (p.mentions, p.key)):
                if one.key not in self._people:
                    continue
                fitting = [
                    (other, relation)
                    for other in by_family.of(one.forms.families_sought)
                    if other is not one
                    and other.key in self._people
                    and (relation := relation_of(one.forms, other.forms))
                    in (Relation.PARTIAL, Relation.FULL)
                    and bool(one.transcripts & other.transcripts) is within
                    and self._may_be_one(one, other)
                    and (relation is Relation.PARTIAL or not within)
                ]
                if len(fitting) == 1:
                    other, relation = fitting[0]
                    smaller = relation is Relation.FULL and other.mentions < one.mentions
                    if one.is_listed or (smaller and not other.is_listed):
                        one, other = other, one
                    self._take(other, one, relation, _OF_RELATION[relation])
                    by_family.add(other, other.forms.families)

    def _named(self) -> list[_Unit]:
        people = self._people.values()
        return [one for one in people if one.forms.is_named_in_full and not one.is_settled]

    # Lone names, initials and what is left

    def _join_the_rest(self) -> None:
        """Greedily, the best first; who is left alone and has most mentions is a person too.

        Only those are looked at anew whom a change may concern.
        """
        open_to_all = [one for one in self._people.values() if not one.is_settled]
        loose = {
            one.key: one
            for one in open_to_all
            if not one.forms.is_named_in_full and not one.is_listed
        }
        taking = _Index((p, p.forms.index) for p in open_to_all if p.key not in loose)
        seeking = _Index((one, one.forms.sought) for one in loose.values())
        largest = sorted(loose.values(), key=lambda p: (p.mentions, p.key))
        best: dict[Key, _Fit] = {}
        anew: Iterable[_Unit] = list(loose.values())
        while loose:
            for one in anew:
                if one.key in loose:
                    best.pop(one.key, None)
                    if fit := self._best(one, taking):
                        best[one.key] = fit
            changed = []
            for fit in _one_each(best.values()):
                self._take(fit.to, fit.one, fit.relation, fit.score)
                del loose[fit.one.key], best[fit.one.key]
                changed.append(fit.to)
            if not changed:
                one = largest.pop()
                if loose.pop(one.key, None) is None or one.forms.is_initials_only:
                    anew = ()
                    continue
                changed = [one]
            for person in changed:
                taking.add(person, person.forms.index)
            touched = (
                seeking.of(person.forms.index)
                for person in changed
                if not taking.is_crowded(person.forms.lone | person.forms.givens)
            )
            anew = {one.key: one for people in touched for one in people}.values()

    def _best(self, one: _Unit, people: _Index) -> _Fit | None:
        """Whom this fits best, if it is believed and nobody else comes near."""
        if people.is_crowded(one.forms.lone | one.forms.titled):
            return None
        fits = self._fitting(one, people)
        if not fits or fits[0].score <= 0:
            return None
        return None if len(fits) > 1 and fits[1].score > fits[0].score - _MARGIN else fits[0]

    def _fitting(self, one: _Unit, people: _Index) -> list[_Fit]:
        """Whom this may be, the best first."""
        related = [
            (other, relation)
            for other in people.of(one.forms.sought)
            if other is not one
            and (relation := relation_of(one.forms, other.forms))
            and self._may_be_one(one, other)
            and (relation not in _BY_GIVEN_NAME or self._is_at_home(one, other))
            and self._is_free(one, other, relation)
        ]
        fits = []
        for other, relation in related:
            value = _OF_RELATION[relation]
            rivals = sum(_OF_RELATION[r] >= value for o, r in related if o is not other)
            if relation in _SOLE and (rivals or one.forms.is_common):
                continue
            score = self._score(one, other, value, rivals)
            fits.append(_Fit(one=one, to=other, relation=relation, score=score))
        return sorted(fits, key=lambda fit: (-fit.score, fit.to.key))

    def _score(self, one: _Unit, other: _Unit, relation: float, rivals: int) -> float:
        near = max(
            (self._near.get((a, b), 0.0) for a in one.transcripts for b in other.transcripts),
            default=0.0,
        )
        score = _BASE + relation + math.log1p(near) - math.log1p(rivals)
        if one.places and other.places:
            score += _SAME_PLACE if one.places & other.places else _OTHER_PLACE
        score += _OF_RARITY * (math.log10(max(one.forms.bearers, 1)) - _USUAL)
        score += _SAME_TITLE * bool(one.titles & other.titles)
        score += _IS_SPEAKER * bool(other.speaks_in)
        return score + _OF_TRANSCRIPTS * math.log(len(other.transcripts))

    @staticmethod
    def _may_be_one(one: _Unit, other: _Unit) -> bool:
        if one.is_listed and other.is_listed:
            return False
        if one.gender and other.gender and one.gender != other.gender:
            return False
        if one.jobs and other.jobs and one.jobs.isdisjoint(other.jobs):
            return False
        if (
            one.key[0] == "lone"
            and one.key[:3] == other.key[:3]
            and one.forms.lone & other.forms.lone
        ):
            return False  # the talk has told them apart
        return not (_age(one.key) or _age(other.key))

    @staticmethod
    def _is_at_home(one: _Unit, other: _Unit) -> bool:
        told = one.is_told and other.is_told and one.places and other.places
        return not told or not one.places.isdisjoint(other.places)

    @staticmethod
    def _is_free(one: _Unit, other: _Unit, relation: Relation) -> bool:
        """Whether the transcripts of both leave it open that they are one.

        Where a person is spoken of, their own transcript has told whose a lone name is; but not of
        a form that only another transcript explains.
        """
        for transcript in one.transcripts & other.transcripts:
            if relation is Relation.INITIALS:
                if transcript in other.speaks_in & one.speaks_in:
                    return False
            elif relation_of(one.forms, other.spoken[transcript]) in _TOLD_BY_ONE_TRANSCRIPT:
                return False
        return True

    def _take(self, other: _Unit, one: _Unit, relation: Relation, score: float) -> None:
        other.take(one)
        del self._people[one.key]
        self._made.append(Join(key=one.key, to=other.key, why=_SAID[relation], score=score))


def _age(key: Key) -> bool:
    """Whether somebody is said to be senior or junior: two of one name."""
    return key[0] == "name" and key[-1].startswith("(")


def _person(key: Key, uses: list[NameUse], told: frozenset[str]) -> _Unit:
    spoken: dict[str, list[NameUse]] = defaultdict(list)
    for use in uses:
        spoken[use.transcript].append(use)
    titled = {gender_of_title(use.title) for use in uses} - {None}
    gender = titled.pop() if len(titled) == 1 else gender_by_talk(uses)
    settled = key[0] == "unsure" or (key[0] == "lone" and key[3] in ("ruled out", "group"))
    forms = forms_of(uses)
    named = {gender_of_given(name) for name in forms.givens} - {None}
    return _Unit(
        key=key,
        forms=forms,
        transcripts=set(spoken),
        spoken={transcript: forms_of(said) for transcript, said in spoken.items()},
        places=frozenset(use.place for use in uses if use.place),
        is_told=all(use.transcript in told for use in uses),
        titles=frozenset(use.title for use in uses if is_rank(use.title)),
        gender=gender or (named.pop() if len(named) == 1 else None),
        jobs=frozenset(map(job_said, uses)) - {""},
        speaks_in={use.transcript for use in uses if use.labelled},
        mentions=len(uses),
        is_settled=settled or all(use.kin or use.group for use in uses),
        is_listed=key[0] == "roster",
    )


def _nearness(people: Iterable[_Unit], transcripts: int) -> dict[tuple[str, str], float]:
    """By pairs of transcripts, how many people they speak of both; those in most count little."""
    shared: dict[str, set[str]] = defaultdict(set)
    for one in people:
        for name in one.forms.telling(_RARE):
            shared[name] |= one.transcripts
    near: dict[tuple[str, str], float] = defaultdict(float)
    for stands in shared.values():
        weight = 1.0
        if transcripts > _MANY and len(stands) * 2 > transcripts:
            weight = 1 / (len(stands) - 1)
        for a in stands:
            for b in stands:
                if a != b:
                    near[a, b] += weight
    return near
