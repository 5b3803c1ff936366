"""Organisations and places under several names: article, acronym, old name, roster."""

from dataclasses import replace

from redact.core import RosterEntry
from tests.link.talks import (
    linked_forms,
)


def test_organisations_join_by_name_article_acronym_and_roster() -> None:
    text = "Prairie Lantern Services, or PLS, the Lantern, The Prairie Lantern Services"
    forms = ["Prairie Lantern Services", "PLS", "Lantern", "The Prairie Lantern Services"]
    roster = (
        RosterEntry(row=2, kind="ORG", name="Prairie Lantern Services", aliases=("the Lantern",)),
    )
    assert linked_forms(("", text, forms), label="ORG") == [forms]
    alone = (
        "",
        "The Lantern House and the Lantern Trust; the Lantern",
        ["Lantern House", "Lantern Trust", "Lantern"],
    )
    assert len(linked_forms(alone, label="ORG")) == 3
    assert linked_forms(("", text, forms), label="ORG", roster=roster) == [forms]


def test_a_renamed_organisation_and_a_place_under_two_names_are_one() -> None:
    text = "Eildon Project, now called Tweedside Carers. Tweedside is fine."
    forms = ["Eildon Project", "Tweedside Carers", "Tweedside"]
    assert linked_forms(("", text, forms), label="ORG") == [forms]
    places = "Saint Paul, St. Paul, MN, Minnesota, Killie and Kilmarnock"
    forms = ["Saint Paul", "St. Paul", "MN", "Minnesota", "Killie", "Kilmarnock"]
    assert linked_forms(("", places, forms), label="PLACE") == [forms[:2], forms[2:4], forms[4:]]


def test_one_name_written_apart_together_and_as_it_was_heard_is_one() -> None:
    one = ("", "Casa Lindera, at casalindera.example.org, and Cassa Lindera", ["Casa Lindera"])
    forms = ["Casa Lindera", "casalindera", "Cassa Lindera"]
    assert linked_forms(("", one[1], forms), label="ORG") == [forms]
    towns = "Johnstown and johns town"
    assert linked_forms(("", towns, ["Johnstown", "johns town"]), label="PLACE") == [
        ["Johnstown", "johns town"]
    ]
    numbers = "Ward 21 and Ward 22"
    assert len(linked_forms(("", numbers, ["Ward 21", "Ward 22"]), label="ORG")) == 2


def test_a_short_form_is_the_one_organisation_of_the_study_but_no_place_is() -> None:
    first = ("", "Third Lantern Alliance took us.", ["Third Lantern Alliance"])
    second = ("", "I like the Lantern.", ["Lantern"])
    assert linked_forms(first, second, label="ORG") == [["Third Lantern Alliance", "Lantern"]]
    health = ("", "Perry County Health.", ["Perry County Health"])
    county = ("", "The clerk of Perry County.", ["Perry County"])
    assert len(linked_forms(health, county, label="ORG")) == 2


def test_letters_read_aloud_are_an_acronym() -> None:
    text = "Clydeside Help Around Paisley South, or C H A P S, CHAPS"
    forms = ["Clydeside Help Around Paisley South", "C H A P S", "CHAPS"]
    assert linked_forms(("", text, forms), label="ORG") == [forms]


def test_a_town_with_its_state_is_the_town_where_one_state_is_told() -> None:
    text = "Jackson, Mississippi, it was. Jackson."
    forms = ["Jackson, Mississippi", "Jackson"]
    assert linked_forms(("", text, forms), label="PLACE") == [forms]
    two = "Jackson, Mississippi, or Jackson, Ohio. Jackson."
    forms = ["Jackson, Mississippi", "Jackson, Ohio", "Jackson"]
    assert len(linked_forms(("", two, forms), label="PLACE")) == 3


def test_what_cells_of_the_tables_call_an_organisation_in_short_is_that_organisation() -> None:
    row = RosterEntry(row=2, kind="ORG", name="Lantern", aside=True)
    whole = RosterEntry(row=3, kind="ORG", name="Third Lantern Alliance", aside=True)
    text = "Third Lantern Alliance, the Lantern and Third Lantern Alliance Ltd"
    forms = ["Third Lantern Alliance", "Lantern", "Third Lantern Alliance Ltd"]
    for roster in ((row,), (row, whole), (whole,)):
        assert linked_forms(("", text, forms), label="ORG", roster=roster) == [forms]
    own = (replace(row, aside=False), replace(whole, aside=False))
    assert len(linked_forms(("", text, forms), label="ORG", roster=own)) == 2


def test_what_a_table_shortens_in_two_ways_is_one_organisation() -> None:
    cells = ("Heathery Tables", "H. Tables", "Tables")
    roster = tuple(
        RosterEntry(row=row, kind="ORG", name=name, aside=True)
        for row, name in enumerate(cells, start=2)
    )
    said = ("", "At Heathery Tables. The Tables are full.", ["Heathery Tables", "Tables"])
    assert linked_forms(said, label="ORG", roster=roster) == [["Heathery Tables", "Tables"]]


def test_a_county_is_no_short_form_of_its_department() -> None:
    first = ("Home", "The Perry County Health Department.", ["Perry County Health Department"])
    second = ("Home", "Perry County paid.", ["Perry County"])
    assert len(linked_forms(first, second, label="ORG")) == 2
