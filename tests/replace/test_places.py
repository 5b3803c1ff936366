"""Places say what kind they are and what lies around them, no smaller than the policy allows."""

import pytest

from redact.core import Nation
from redact.replace.places import (
    Coarseness,
    SaidPlace,
    code_in_general,
    kind_said,
    place_in_general,
    told_apart,
)

AREA, CITY, REGION = Coarseness("area", 20_000), Coarseness("city", 20_000), Coarseness("region", 0)


@pytest.mark.parametrize(
    ("said", "nation", "least", "shown"),
    [
        ("Kilmarnock", "Scotland", AREA, "[a town in East Ayrshire]"),
        ("Kilmarnock", "Scotland", REGION, "[a town in Ayrshire]"),
        ("Killie", "Scotland", REGION, "[a town in Ayrshire]"),
        ("Castlemilk", "Scotland", CITY, "[a neighbourhood in Glasgow]"),
        ("Leith", "Scotland", CITY, "[a neighbourhood in Edinburgh]"),
        ("Edinburgh", "Scotland", CITY, "[Edinburgh]"),
        ("Anoka County", "United States", AREA, "[a county in Minnesota]"),
        ("Minnesota", "United States", AREA, "[Minnesota]"),
        ("Dorchester", "United States", AREA, "[a town in Suffolk County, Massachusetts]"),
        ("the Lothians", "Scotland", AREA, "[the Lothians]"),
        ("Nowhere-upon-Nothing", "Scotland", AREA, None),
    ],
)
def test_places_are_told_by_what_lies_around_them(
    said: str, nation: Nation, least: Coarseness, shown: str | None
) -> None:
    home = "Massachusetts" if said == "Dorchester" else ""
    assert place_in_general(SaidPlace(said, nation, home), (), least) == shown


def test_the_one_city_of_an_area_is_not_told_by_it() -> None:
    assert place_in_general(SaidPlace("Glasgow", "Scotland"), (), AREA) == "[a city in Scotland]"
    only_lothians = Coarseness("region", 0)
    assert place_in_general(SaidPlace("Edinburgh", "Scotland"), (), only_lothians) == (
        "[a city in Scotland]"
    )


def test_an_area_that_has_a_hidden_name_in_it_is_passed_over() -> None:
    hidden = {("glasgow",)}
    shown = place_in_general(SaidPlace("Castlemilk", "Scotland"), hidden, AREA)
    assert shown == "[a neighbourhood in Clydeside]"


def test_an_area_with_too_few_people_gives_way_to_the_next() -> None:
    least = Coarseness("area", 1_000_000)
    said = SaidPlace("Coon Rapids", "United States", "Minnesota")
    assert place_in_general(said, (), least) == "[a town in Minnesota]"


def test_a_name_of_many_places_is_not_taken_for_the_wrong_one() -> None:
    assert place_in_general(SaidPlace("Roxbury", "United States", "Massachusetts"), (), CITY) == (
        "[a neighbourhood in Boston]"
    )
    assert place_in_general(SaidPlace("Hennepin", "United States", "Minnesota"), (), AREA) is None
    assert place_in_general(SaidPlace("Newcastle", "Scotland", ""), (), AREA) is None


def test_places_that_read_alike_can_be_lettered() -> None:
    assert told_apart("[a town in Ayrshire]", 0) == "[town A in Ayrshire]"
    assert told_apart("[a town in Ayrshire]", 27) == "[town AB in Ayrshire]"
    assert told_apart("[a country abroad]", 1) == "[country B abroad]"


def test_zip_codes_keep_three_digits_where_enough_people_live() -> None:
    assert code_in_general("55303", "ZIP code") == "[ZIP code 553]"
    assert code_in_general("05901-1234", "ZIP code") == "[ZIP code 000]"  # fewer than 20,000
    assert code_in_general("KA1 2AB", "postcode") == "[postcode area KA]"
    assert code_in_general("SC099417", "charity number") is None


def test_the_kind_of_place_is_known_for_templates() -> None:
    assert kind_said(SaidPlace("Kilmarnock", "Scotland")) == "town"
    assert kind_said(SaidPlace("Nowhere", "Scotland")) == "place"
