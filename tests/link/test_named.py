"""Organisations and places under several names: article, acronym, old name, roster."""

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
