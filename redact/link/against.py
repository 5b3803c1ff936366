"""What speaks against two people of the study being one, whatever their names (study.py)."""

from __future__ import annotations

from collections.abc import Iterable

from redact.link.acquaintance import PeopleIndex, StudyPerson
from redact.link.clusters import Key
from redact.link.relations import Relation, relation_of

_TOLD_BY_ONE_TRANSCRIPT = frozenset({Relation.GIVEN, Relation.FAMILY, Relation.PET})


def may_be_one(one: StudyPerson, other: StudyPerson) -> bool:
    """Whether nothing that is known of the two speaks against it: rows, relatives, gender, work."""
    if one.is_listed and other.is_listed:
        return False
    if one.relatives & (other.forms.givens | other.forms.lone) or other.relatives & (
        one.forms.givens | one.forms.lone
    ):
        return False
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if one.jobs and other.jobs and one.jobs.isdisjoint(other.jobs):
        return False
    if one.key[0] == "lone" and one.key[:3] == other.key[:3] and one.forms.lone & other.forms.lone:
        return False  # the talk has told them apart
    return not (_age(one.key) or _age(other.key))


def is_at_home(one: StudyPerson, other: StudyPerson) -> bool:
    """Whether the tables do not tell that the two are of different organisations; or one asks."""
    if not (one.is_told and other.is_told and one.places and other.places):
        return True
    if not one.places.isdisjoint(other.places):
        return True
    return bool((one.asks and other.speaks_in) or (other.asks and one.speaks_in))


def is_only_listed(one: StudyPerson, other: StudyPerson, people: Iterable[StudyPerson]) -> bool:
    """Whether this very name is a further name of one row, a rare one that nobody else has.

    So `scope` has it: a roster entry reaches everywhere, a given name of a full one does not.
    """
    if not one.forms.lone <= other.aliases or one.forms.is_common:
        return False
    bearers = (
        bearer
        for bearer in people
        if bearer is not one
        and bearer is not other
        and one.forms.lone & (bearer.forms.givens | bearer.forms.lone)
    )
    return all(one.gender and bearer.gender not in (None, one.gender) for bearer in bearers)


def is_free(one: StudyPerson, other: StudyPerson, relation: Relation) -> bool:
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


def is_borne(one: StudyPerson, people: PeopleIndex) -> bool:
    """Whether the lone name is somebody's given or family name as it stands."""
    return any(
        one.forms.lone & (other.forms.givens | other.forms.families_sought)
        for other in people.of(one.forms.lone)
    )


def _age(key: Key) -> bool:
    """Whether somebody is said to be senior or junior: two of one name."""
    return key[0] == "name" and key[-1].startswith("(")
