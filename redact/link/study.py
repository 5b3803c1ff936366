"""Persons of single transcripts brought together over the study, each join with its reason.

What one transcript makes plain is settled before (people.py). Here whole persons are compared:
full names in other forms join the one they fit; then a lone name, initials or a partial name joins
the person that it fits best, if the evidence outweighs the doubt and nobody else comes near. What
speaks for a join: how the names are related, how many people the transcripts have in common, how
rare the name is, the organisation. Weights by hand, after the evidence of
docs/decisions/039-who-is-who-over-a-study.md and 041; nothing here is fitted.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from redact.core import RosterEntry
from redact.link.acquaintance import PeopleIndex, StudyPerson, nearness, person_of
from redact.link.against import is_at_home, is_borne, is_free, is_only_listed, may_be_one
from redact.link.clusters import Key
from redact.link.relations import Relation, relation_of
from redact.link.scenes import NameUse

_BASE = -1.0
_WITHIN = 4.0  # people that one transcript has in common with itself, as it were
_MARGIN = 0.7  # by which the best must lead the next
_PLAIN, _LIKELY = 3.0, 1.0  # scores above which a join is plain or likely
_OF_RELATION = {
    Relation.PARTIAL: 2.5,
    Relation.FULL: 2.0,
    Relation.GIVEN: 1.5,
    Relation.FAMILY: 1.3,
    Relation.INITIALS: 0.3,
    Relation.PET: 0.2,
    Relation.CLIP: 0.0,
    Relation.NEAR: -0.8,
    Relation.HEARD: -0.4,
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
    Relation.HEARD: "what was heard for a name of the one person of the study",
}
_SAME_PLACE, _OTHER_PLACE = 2.0, -1.5
_SAME_TITLE = 0.8
_IS_SPEAKER = 0.5
_OF_TRANSCRIPTS = 0.4  # times the logarithm of how many a person stands in
_OF_RARITY = -1.2  # times the logarithm of bearers in a million, less the usual
_USUAL = 1.5
_BY_GIVEN_NAME = frozenset(
    {Relation.GIVEN, Relation.PET, Relation.CLIP, Relation.NEAR, Relation.HEARD}
)
# Never where somebody else fits as well
_SOLE = frozenset({Relation.CLIP, Relation.NEAR, Relation.HEARD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One person's key that goes to another's, why, and how sure that is."""

    key: Key = field(repr=False)
    to: Key = field(repr=False)
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """Whom somebody may be, and how well."""

    one: StudyPerson
    to: StudyPerson
    relation: Relation
    score: float


def _one_each(fits: Iterable[_Fit]) -> list[_Fit]:
    """Of those that would go to one person the best; the best of all first."""
    chosen: dict[Key, _Fit] = {}
    for fit in fits:
        held = chosen.get(fit.to.key)
        if held is None or (fit.score, fit.one.key) > (held.score, held.one.key):
            chosen[fit.to.key] = fit
    return sorted(chosen.values(), key=lambda fit: (-fit.score, fit.one.key))


def joins(
    said_of: Mapping[Key, list[NameUse]],
    told: frozenset[str],
    listed: Mapping[Key, RosterEntry],
) -> list[Join]:
    """The joins in the order they are to be made; a key that has gone to another joins no more.

    `told` are the transcripts of whose organisation we are sure: there a lone name never joins a
    person of another. `listed` are the people of the roster, named in the talk or not.
    """
    return _Study(said_of, told, listed).join()


class _Study:
    def __init__(
        self,
        said_of: Mapping[Key, list[NameUse]],
        told: frozenset[str],
        listed: Mapping[Key, RosterEntry],
    ) -> None:
        self._people = {
            key: person_of(key, uses, told, listed.get(key))
            for key, uses in said_of.items()
            if uses
        }
        self._people |= {
            key: person_of(key, [], told, entry)
            for key, entry in listed.items()
            if key not in self._people
        }
        self._transcripts = {t for one in self._people.values() for t in one.transcripts}
        self._made: list[Join] = []

    def join(self) -> list[Join]:
        self._join_full_names()
        self._near = nearness(self._people.values(), len(self._transcripts))
        self._join_the_rest()
        return self._made

    # Full names in other forms

    def _join_full_names(self) -> None:
        """Partial names and other forms of a full name, where one person alone is meant.

        Those of one transcript first, and partial names only when the full ones are one.
        """
        sought = {one.key: one.forms.whole_names_sought for one in self._named()}
        for wanted in (Relation.FULL, Relation.PARTIAL):
            for within in (True, False):
                self._join_named(wanted, within, sought)
        self._join_named(Relation.FULL, None, sought)
        self._join_listed_by_one_name()

    def _join_listed_by_one_name(self) -> None:
        """Of whom the tables have one name: the one person of the study who is called so."""
        by_given = PeopleIndex((one, one.forms.givens) for one in self._named())
        people = list(self._people.values())
        listed = [one for one in people if one.is_listed and not one.forms.is_named_in_full]
        called = Counter(name for one in listed for name in one.forms.lone)
        for one in listed:
            given = one.forms.lone
            if any(called[name] > 1 for name in given):
                continue
            there = [p for p in by_given.of(given) if p.key in self._people]  # others were taken
            fitting = [p for p in there if p.is_listed or may_be_one(p, one)]
            if len(fitting) != 1:
                continue
            if not fitting[0].is_listed:
                self._take(one, fitting[0], Relation.GIVEN, _OF_RELATION[Relation.GIVEN])
            elif one.asks and fitting[0].asks:  # "J. Lorimer" and "Jonet" asked the questions
                self._take(fitting[0], one, Relation.GIVEN, _OF_RELATION[Relation.GIVEN])

    def _join_named(
        self, wanted: Relation, within: bool | None, sought: dict[Key, frozenset[str]]
    ) -> None:
        """`within` says whether the two stand in one transcript, None that both will do.

        `sought` are the words by which each finds others.
        """
        is_partial = wanted is Relation.PARTIAL
        named = self._named()
        if is_partial and not any(one.forms.partial for one in named):
            return
        words = {word for one in named for word in sought[one.key]}
        by_family = PeopleIndex((one, words.intersection(one.forms.families)) for one in named)
        for one in sorted(named, key=lambda p: (p.mentions, p.key)):
            if one.key not in self._people or (is_partial and not one.forms.partial):
                continue
            fitting = [
                other
                for other in by_family.of(sought[one.key])
                if other is not one
                and other.key in self._people
                and relation_of(one.forms, other.forms) is wanted
                and within in (None, bool(one.transcripts & other.transcripts))
                and may_be_one(one, other)
            ]
            same = [other for other in fitting if one.forms.full & other.forms.full]
            fitting = same if len(same) == 1 else fitting
            if len(fitting) == 1:
                other = fitting[0]
                smaller = wanted is Relation.FULL and other.mentions < one.mentions
                if one.is_listed or (smaller and not other.is_listed):
                    one, other = other, one
                self._take(other, one, wanted, _OF_RELATION[wanted])
                sought[other.key] = other.forms.whole_names_sought
                by_family.add(other, words.intersection(other.forms.families))

    def _named(self) -> list[StudyPerson]:
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
            if not one.is_listed and (not one.forms.is_named_in_full or one.is_odd)
        }
        sought = {word for one in loose.values() for word in one.forms.sought}
        taking = PeopleIndex((p, _found_by(p, sought)) for p in open_to_all if p.key not in loose)
        seeking = PeopleIndex((one, one.forms.sought) for one in loose.values())
        largest = sorted(loose.values(), key=lambda p: (p.mentions, p.key))
        best: dict[Key, _Fit] = {}
        anew: Iterable[StudyPerson] = list(loose.values())
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
            touched = {person.key: _found_by(person, sought) for person in changed}
            for person in changed:
                taking.add(person, touched[person.key])
            seek_them = (
                seeking.of(touched[person.key])
                for person in changed
                if not taking.is_crowded(person.forms.lone | person.forms.givens)
            )
            anew = {one.key: one for people in seek_them for one in people}.values()

    def _best(self, one: StudyPerson, people: PeopleIndex) -> _Fit | None:
        """Whom this fits best, if it is believed and nobody else comes near."""
        if people.is_crowded(one.forms.lone | one.forms.titled):
            return None
        fits = self._fitting(one, people)
        if not fits or fits[0].score <= 0:
            return None
        return None if len(fits) > 1 and fits[1].score > fits[0].score - _MARGIN else fits[0]

    def _fitting(self, one: StudyPerson, people: PeopleIndex) -> list[_Fit]:
        """Whom this may be, the best first."""
        related = self._related(one, people.of(one.forms.sought_plainly))
        if not related:  # of those who only sound so none would be taken beside these
            alike = people.of(one.forms.sought_by_sound)
            if not one.forms.is_named_in_full:  # what only sounds so is a given name's to decide
                alike = [other for other in alike if is_at_home(one, other)]
            related = self._related(one, alike)
        fits = []
        for other, relation in related:
            if relation is Relation.HEARD and is_borne(one, people):
                continue  # it is somebody's name as it stands
            if relation is Relation.FAMILY and not _is_usual(one, other):
                continue
            value = _OF_RELATION[relation]
            rivals = sum(
                _OF_RELATION[r] >= value and (r is not Relation.FAMILY or _is_usual(one, o))
                for o, r in related
                if o is not other
            )
            if relation in _SOLE and (rivals or one.forms.is_common):
                continue
            score = self._score(one, other, value, rivals)
            fits.append(_Fit(one=one, to=other, relation=relation, score=score))
        return sorted(fits, key=lambda fit: (-fit.score, fit.to.key))

    def _related(
        self, one: StudyPerson, people: Iterable[StudyPerson]
    ) -> list[tuple[StudyPerson, Relation]]:
        """Those of these people whom this may be, and how the names are related."""
        people = list(people)
        return [
            (other, relation)
            for other in people
            if other is not one
            and (relation := relation_of(one.forms, other.forms))
            and may_be_one(one, other)
            and (
                relation not in _BY_GIVEN_NAME
                or is_at_home(one, other)
                or (relation is Relation.GIVEN and is_only_listed(one, other, people))
            )
            and is_free(one, other, relation)
        ]

    def _score(self, one: StudyPerson, other: StudyPerson, relation: float, rivals: int) -> float:
        near = self._near.of(one.transcripts, other.transcripts)
        if not one.transcripts.isdisjoint(other.transcripts):
            near = max(near, _WITHIN)
        score = _BASE + relation + math.log1p(near) - math.log1p(rivals)
        if one.places and other.places:
            score += _SAME_PLACE if one.places & other.places else _OTHER_PLACE
        score += _OF_RARITY * (math.log10(max(one.forms.bearers, 1)) - _USUAL)
        score += _SAME_TITLE * bool(one.titles & other.titles)
        score += _IS_SPEAKER * bool(other.speaks_in)
        return score + _OF_TRANSCRIPTS * math.log(max(len(other.transcripts), 1))

    def _take(self, other: StudyPerson, one: StudyPerson, relation: Relation, score: float) -> None:
        other.take(one)
        del self._people[one.key]
        why = f"{_SAID[relation]}, {_how_sure(score)}"
        self._made.append(Join(key=one.key, to=other.key, why=why, score=score))


def _found_by(one: StudyPerson, sought: Set[str]) -> frozenset[str]:
    """Words under which somebody finds this person: names, and beginnings and sounds if sought."""
    return frozenset(word for word in one.forms.index if word.isalpha() or word in sought)


def _how_sure(score: float) -> str:
    """A score in words: of 223 joins of seven invented studies, 97 in 100 were right above 3.

    From 1 to 3 it was 94 in 100; below 1 there were seven, and six were right.
    """
    return "plainly" if score > _PLAIN else "likely" if score > _LIKELY else "perhaps"


def _is_usual(one: StudyPerson, other: StudyPerson) -> bool:
    """Whether the lone family name is the one that the other mostly has, not a former one."""
    said = one.forms.lone | one.forms.titled
    mostly = max(other.surnames.values(), default=0)
    return not mostly or any(other.surnames[word] * 2 >= mostly for word in said)
