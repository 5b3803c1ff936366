"""What anybody can look up: the gender of a name, dates and times between, places."""

from __future__ import annotations

import pytest

from redact.risk.signs import (
    date_signs,
    gazetteer,
    gender_by_name,
    gender_by_pronouns,
    places_that_fit,
)


def test_public_lists_and_pronouns_tell_a_gender_or_nothing() -> None:
    assert (gender_by_name("Margaret Quill"), gender_by_name("John Quill")) == ("woman", "man")
    assert gender_by_name("Zzyzx") is gender_by_name("") is None
    assert gender_by_pronouns(["she said it was hers", "her van"]) == "woman"
    assert gender_by_pronouns(["he said she did", "his and hers"]) is None
    assert gender_by_pronouns(["he said"]) is None


def test_dates_tell_what_is_said_and_the_time_between_two_days() -> None:
    said = date_signs(
        [
            "I came on 3 May 2019 and left on May 13th, 2019",
            "[February 2020]",
            "1987",
            "2019-06-01",
            "31 February 2019",
        ]
    )
    assert {"year 1987", "month 2020-2", "month 2019-5", "day 2019-05-03"} <= said.keys()
    assert {"between 10", "between 19", "between 29"} <= said.keys()
    assert sum(name.startswith("day ") for name in said) == 3
    moved = date_signs(["on 24 May 2019", "the 3rd of June, 2019"])
    assert said.keys() & moved.keys() == {"between 10", "year 2019", "month 2019-5", "month 2019-6"}


def test_what_is_said_next_to_a_place_leaves_fewer_places() -> None:
    every = places_that_fit("Scotland", [])
    islands = places_that_fit("Scotland", ["the ferry to", "the island"])
    assert ("arran",) in islands < every <= gazetteer()
    assert ("glasgow",) in places_that_fit("Scotland", ["in the city"])
    assert ("glasgow",) not in places_that_fit("Scotland", ["in the village"])
    in_ohio = places_that_fit("United States", ["a town in Ohio"])
    assert in_ohio < places_that_fit("United States", ["a town"])
    assert in_ohio


@pytest.mark.parametrize(
    ("said", "gender"),
    [
        (["he said it was his", "he, himself"], "man"),
        (["he and he and he and he and she"], "man"),
        (["he and he and he and she"], None),
        (["they said it was theirs"], None),
        ([], None),
    ],
)
def test_pronouns_say_a_gender_from_two_and_four_in_five_of_them(
    said: list[str], gender: str | None
) -> None:
    assert gender_by_pronouns(said) == gender


@pytest.mark.parametrize("text", ["room 1234", "in May", "on Tuesday", "aged 83", "2219"])
def test_what_is_no_year_and_no_whole_date_is_no_sign(text: str) -> None:
    assert date_signs([text]) == {}


def test_a_place_of_one_nation_is_not_looked_for_in_the_other() -> None:
    assert ("kilmarnock",) in places_that_fit("Scotland", [])
    scotland, both = (places_that_fit(nation, []) for nation in ("Scotland", "unknown"))
    assert scotland < both
