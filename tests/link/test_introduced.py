"""Full names and roster entries introduce people; what the talk says of them joins names."""

import re
from collections.abc import Iterator

import pytest

from redact.core import Detection, Mention, Place, RosterEntry, Source
from redact.link.linker import link
from redact.transcript.assemble import assemble
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
    assert linked_forms(one, other, roster=roster) == [["Shuggie", "Hugh Lennox", "Shuggie"]]


@pytest.mark.parametrize("given", ["Hugh", "Torquil"])
def test_a_listed_first_name_stays_in_its_organisation_however_rare(given: str) -> None:
    row = RosterEntry(row=2, kind="PERSON", name=f"{given} Lennox", organisation="Doon")
    one = ("Doon", f"Ask {given} Lennox, Wojtek Kruk", [f"{given} Lennox", "Wojtek Kruk"])
    elsewhere = ("Gilchrist", f"{given} and Wojtek Kruk came", [given, "Wojtek Kruk"])
    joined = linked_forms(one, elsewhere, roster=(row,))
    assert [f"{given} Lennox"] in joined
    assert [given] in joined


def test_further_names_of_a_row_stand_with_its_given_and_family_name_too() -> None:
    row = RosterEntry(
        row=2, kind="PERSON", name="Hugh Lennox", aliases=("Shuggie", "Orrock", "Hugh LENNOX")
    )
    text = "Shuggie Lennox, that was Hugh Orrock. Hugh Lennox came."
    forms = ["Shuggie Lennox", "Hugh Orrock", "Hugh Lennox"]
    assert linked_forms(("", text, forms), roster=(row,)) == [forms]


def test_a_pet_form_joins_its_full_form_but_no_other_pet_form() -> None:
    text = "Patricia Nowak hired me. Trish is fair. Pat is her cousin, no Paddy."
    assert linked_forms(("", text, ["Patricia Nowak", "Trish"])) == [["Patricia Nowak", "Trish"]]
    two = "Will Dunlop and Wullie were there"
    assert linked_forms(("", two, ["Will Dunlop", "Wullie"])) == [["Will Dunlop"], ["Wullie"]]


def test_variants_of_a_full_name_are_one_person_where_one_fits() -> None:
    text = "Effie Kerr, on paper Euphemia Kerr. Dana O is Dana Maureen Ortiz. "
    text += "Kou Bee Vang, Kou Bee."
    forms = ["Effie Kerr", "Euphemia Kerr", "Dana O", "Dana Maureen Ortiz", "Kou Bee Vang"]
    assert linked_forms(("", text, [*forms, "Kou Bee"])) == [
        forms[:2],
        forms[2:4],
        ["Kou Bee Vang", "Kou Bee"],
    ]


def test_who_asks_in_many_organisations_is_one_person_by_their_label() -> None:
    roster = (
        RosterEntry(
            row=2,
            kind="PERSON",
            name="Bethany Farr-Lund",
            aliases=("Beth",),
            organisation="Kirn University",
            role="Interviewer",
        ),
    )
    texts = {
        "a.txt": "Beth: So how did it start?\nOttoline: With a van.\nBeth: And then?\n",
        "b.txt": "Bethany Farr-Lund: What is it like?\nCosmo: We lost the cook.\n",
    }
    corpus = assemble(texts, roster)
    detections = tuple(Detection(name, tuple(_persons(name, text))) for name, text in texts.items())
    people = link(corpus.transcripts, detections, corpus.roster)
    said = sorted(
        sorted((m.transcript, m.start) for m in entity.mentions)
        for entity in people
        if entity.label == "PERSON"
    )
    asks = [("a.txt", 0), ("a.txt", texts["a.txt"].rindex("Beth")), ("b.txt", 0)]
    assert said == [asks]


def _persons(name: str, text: str) -> Iterator[Mention]:
    for match in re.finditer(r"Bethany Farr-Lund|Beth\b", text):
        yield Mention(
            place=Place.at(name, *match.span()), label="PERSON", score=0.9, sources=(Source.GOLD,)
        )
