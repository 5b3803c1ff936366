"""Persons of a study found by the words of their names."""

from __future__ import annotations

from redact.link.acquaintance import PeopleIndex, StudyPerson, person_of


def person(number: int) -> StudyPerson:
    return person_of(("name", str(number)), [], frozenset())


def test_who_stands_under_a_word_is_found_in_the_order_they_came() -> None:
    first, second = person(1), person(2)
    index = PeopleIndex([(first, {"isla"}), (second, {"isla", "~SL"})])
    index.add(first, {"isla", "-isla"})
    assert index.of({"isla"}) == [first, second]
    assert index.of({"~SL"}) == [second]
    assert index.of({"-isla", "isla"}) == [first, second]
    assert index.of({"nobody"}) == []


def test_of_a_crowd_nobody_is_found_by_the_word_alone() -> None:
    few = PeopleIndex((person(number), {"isla", "~SL"}) for number in range(40))
    assert len(few.of({"isla"})) == 40
    assert few.of({"~SL"}) == []  # so many who only sound alike are a crowd already
    assert not few.is_crowded({"isla"})
    few.add(person(41), {"isla"})
    few.add(person(42), {"isla"})
    assert few.of({"isla"}) == []
    assert few.is_crowded({"isla", "effie"})
