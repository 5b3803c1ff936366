"""Saying less: ages in bands, dates by month, places by what lies around them, roles for names."""

import pytest

from redact.core import Decision, Entity, Mention, RosterEntry, Transcript
from redact.policy import Actions, Policy
from redact.replace.decide import decide
from redact.replace.generalise import age_band, month_and_year, place_in_general, year_alone
from redact.replace.splice import by_transcript, replace
from redact.replace.wording import Said


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ("42", "[aged 40–49]"),
        ("forty-two", "[aged 40–49]"),
        ("nineteen", "[aged 10–19]"),
        ("fifty", "[aged 50–59]"),
        ("six", "[aged under 10]"),
        ("89", "[aged 80–89]"),
        ("ninety", "[aged 90 or over]"),
        ("103 years old", "[aged 90 or over]"),
        ("getting on", None),
    ],
)
def test_ages_go_in_bands_of_ten(said: str, band: str | None) -> None:
    assert age_band(said) == band


@pytest.mark.parametrize(
    ("said", "nation", "shown", "year"),
    [
        ("12 February 2019", "Scotland", "[February 2019]", "[2019]"),
        ("Sept. 3rd", "United States", "[September]", None),
        ("the ninth of june two thousand and fourteen", "Scotland", "[June 2014]", "[2014]"),
        ("third of May nineteen seventy-one", "Scotland", "[May 1971]", "[1971]"),
        ("2019-02-12", "unknown", "[February 2019]", "[2019]"),
        ("03/04/2019", "Scotland", "[April 2019]", "[2019]"),
        ("03/04/2019", "United States", "[March 2019]", "[2019]"),
        ("03/04/2019", "unknown", "[2019]", "[2019]"),
        ("13/04/2019", "unknown", "[April 2019]", "[2019]"),
        ("the Tuesday the ninth", "Scotland", None, None),
    ],
)
def test_dates_lose_their_day(said: str, nation: str, shown: str | None, year: str | None) -> None:
    assert month_and_year(said, nation) == shown  # type: ignore[arg-type]
    assert year_alone(said) == year


@pytest.mark.parametrize(
    ("said", "nation", "shown"),
    [
        ("Kilmarnock", "Scotland", "[a town in East Ayrshire]"),
        ("Castlemilk", "Scotland", "[a neighbourhood in Glasgow City]"),
        ("Leith", "Scotland", "[a neighbourhood in the City of Edinburgh]"),
        ("Edinburgh", "Scotland", "[a city in Scotland]"),
        ("Anoka County", "United States", "[a county in Minnesota]"),
        ("Dorchester", "United States", "[a town in Suffolk County, Massachusetts]"),
        ("Minnesota", "United States", "[a state in the United States]"),
        ("Nowhere-upon-Nothing", "Scotland", None),
    ],
)
def test_places_are_told_by_what_lies_around_them(
    said: str, nation: str, shown: str | None
) -> None:
    assert place_in_general(said, nation, (), 20_000) == shown  # type: ignore[arg-type]


def test_an_area_that_the_corpus_hides_or_that_is_too_small_is_passed_over() -> None:
    hidden = {("east", "ayrshire")}
    assert place_in_general("Kilmarnock", "Scotland", hidden, 0) == "[a town in Scotland]"
    small = place_in_general("Dorchester", "United States", (), 2_000_000)
    assert small == "[a town in Massachusetts]"


def test_a_second_article_is_not_said() -> None:
    transcript = Transcript("D1", "She's fae the Gorbals. A Gorbals man.")
    mentions = (
        Mention("D1", 14, 21, "PLACE", 0.9, ("test",)),
        Mention("D1", 25, 32, "PLACE", 0.9, ("test",)),
    )
    entity = Entity("place-1", "PLACE", mentions)
    decision = Decision("place-1", "generalise", "[Place 1]", "policy", "label", "[a place in X]")
    safe = replace(transcript, by_transcript([entity])["D1"], {"place-1": decision})
    assert safe.text == "She's fae the [place in X]. A [place in X] man."


def test_roles_and_categories_of_the_roster_name_their_entities() -> None:
    policy = Policy(name="test", version="1", actions=Actions(PERSON="role", ORG="category"))
    roster = (
        RosterEntry(2, "PERSON", "Morag MacLeod", role="team leader"),
        RosterEntry(3, "PERSON", "Will Dunlop", role="team leader"),
        RosterEntry(4, "ORG", "Corriedoon", category="learning disability, Scotland"),
    )
    mention = (Mention("D1", 0, 1, "PERSON", 0.9, ("test",)),)
    entities = (
        Entity("person-1", "PERSON", mention, roster_row=2),
        Entity("person-2", "PERSON", mention, roster_row=3),
        Entity("person-3", "PERSON", mention),
        Entity("org-1", "ORG", mention, roster_row=4),
    )
    decisions = decide(entities, policy, {}, said={"org-1": Said("Corriedoon")}, roster=roster)
    assert [decision.text for decision in decisions] == [
        "[team leader 1]",
        "[team leader 2]",
        "[Person 1]",
        "[learning disability, Scotland 1]",
    ]
