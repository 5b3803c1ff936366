"""Full names and roster entries introduce people; what the talk says of them joins names."""

from redact.core import RosterEntry
from tests.link.talks import (
    linked_forms,
)


def test_a_full_name_joins_across_the_corpus() -> None:
    one = ("Doon", "It was Morag MacLeod", ["Morag MacLeod"])
    two = ("Gilchrist", "Ask Morag MacLeod. Morag knows", ["Morag MacLeod", "Morag"])
    assert linked_forms(one, two) == [["Morag MacLeod", "Morag MacLeod", "Morag"]]


def test_an_alias_of_the_roster_joins_its_person() -> None:
    roster = (
        RosterEntry(
            row=2, kind="PERSON", name="Hugh Lennox", aliases=("Shuggie",), organisation="Doon"
        ),
    )
    one = ("Doon", "Shuggie is Hugh Lennox", ["Shuggie", "Hugh Lennox"])
    other = ("Gilchrist", "Shuggie came", ["Shuggie"])
    assert linked_forms(one, other, roster=roster) == [["Shuggie", "Hugh Lennox"], ["Shuggie"]]


def test_a_pet_form_joins_its_full_form_but_no_other_pet_form() -> None:
    text = "Patricia Nowak hired me. Trish is fair. Pat is her cousin, no Paddy."
    assert linked_forms(("", text, ["Patricia Nowak", "Trish"])) == [["Patricia Nowak", "Trish"]]
    two = "Will Dunlop and Wullie were there"
    assert linked_forms(("", two, ["Will Dunlop", "Wullie"])) == [["Will Dunlop"], ["Wullie"]]


def test_variants_of_a_full_name_are_one_person_where_one_fits() -> None:
    text = "Effie Kerr, on paper Euphemia Kerr. Dana O is Dana Maureen Ortiz. "
    text += "Nhia Chue Lor, Nhia Chue."
    forms = ["Effie Kerr", "Euphemia Kerr", "Dana O", "Dana Maureen Ortiz", "Nhia Chue Lor"]
    assert linked_forms(("", text, [*forms, "Nhia Chue"])) == [
        forms[:2],
        forms[2:4],
        ["Nhia Chue Lor", "Nhia Chue"],
    ]
