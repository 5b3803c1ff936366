"""The public tables of names and places, asked as the recognizers ask them."""

import pytest

from redact.detect.gazetteer import (
    body_kind,
    gender_of_given,
    is_place,
    is_said_form,
    name_fact,
    place_facts_of,
)
from redact.transcript.words import fold


def test_the_tables_know_common_names() -> None:
    assert name_fact("catriona").given > 5
    assert name_fact("mcdonald").family > 100 or name_fact("mcleod").family > 0


@pytest.mark.parametrize(
    ("name", "gender"), [("margaret", "woman"), ("john", "man"), ("zzyzx", None), ("", None)]
)
def test_a_given_name_tells_a_gender_or_nothing(name: str, gender: str | None) -> None:
    assert gender_of_given(name) == gender


@pytest.mark.parametrize(
    ("name", "known"), [("Kilmarnock", True), ("Wester Hailes", True), ("Zorbane", False)]
)
def test_a_place_is_one_that_the_gazetteer_lists(name: str, known: bool) -> None:
    assert is_place(fold(name)) is known


def test_a_body_that_people_call_by_a_short_name_is_known_by_its_kind() -> None:
    assert body_kind(("barlinnie",)) == "prison"
    assert body_kind(("marks", "and", "spencer")) == "shop"
    assert body_kind(("stukenborg",)) == ""


def test_a_shop_with_a_possessive_is_known_by_it() -> None:
    assert body_kind(("wendy",)) == ""
    assert body_kind(("wendy",), possessive=True) == "shop"


def test_what_people_call_a_place_beside_its_name_is_known() -> None:
    assert is_said_form(("killie",))
    assert not is_said_form(("stukenborg",))


def test_what_the_tables_know_of_a_place() -> None:
    assert {fact.nation for fact in place_facts_of(("kilmarnock",))} >= {"Scotland"}
    assert place_facts_of(("stukenborg",)) == ()
