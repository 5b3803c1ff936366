"""How far a name alone reaches: its transcript, its organisation, or everywhere."""

from __future__ import annotations

from redact.core import RosterEntry
from tests.link.talks import (
    MORAGS,
    asked_about,
    held,
    linked_forms,
    people,
)


def test_scope_corpus_lets_a_first_name_reach_everywhere_and_transcript_nowhere() -> None:
    one, two = held("Corrie House"), held("Dunfield")
    assert len(people(one, two, reach="corpus")) == 1
    assert len(people(held("Corrie House"), held("Corrie House"), reach="transcript")) == 2


def test_two_morags_in_different_organisations_stay_two_people() -> None:
    one, two = ("Doon", "Ask Morag", ["Morag"]), ("Gilchrist", "Ask Morag", ["Morag"])
    assert linked_forms(one, two) == [["Morag"], ["Morag"]]


def test_one_morag_in_one_organisation_is_one_person_in_both_transcripts() -> None:
    one, two = ("Doon", "Ask Morag", ["Morag"]), ("Doon", "It was Morag", ["Morag"])
    assert linked_forms(one, two) == [["Morag", "Morag"]]


def test_without_a_known_organisation_first_names_do_not_cross_transcripts() -> None:
    one, two = ("", "Ask Morag", ["Morag"]), ("", "It was Morag", ["Morag"])
    assert linked_forms(one, two) == [["Morag"], ["Morag"]]


def test_a_first_name_joins_the_one_full_name_of_its_organisation() -> None:
    one = ("Doon", "It was Morag MacLeod", ["Morag MacLeod"])
    two = ("Doon", "Ask Morag", ["Morag"])
    assert linked_forms(one, two) == [["Morag MacLeod", "Morag"]]


def test_a_name_that_fits_two_people_is_kept_apart() -> None:
    text = "Morag MacLeod and Morag Baird; then Morag left"
    forms = linked_forms(("Doon", text, ["Morag MacLeod", "Morag Baird", "Morag"]))
    assert sorted(forms) == [["Morag"], ["Morag Baird"], ["Morag MacLeod"]]


def test_two_morags_in_one_office_stay_two_people_and_a_question() -> None:
    far = "Morag Baird was in. " + "We talked of the rota. " * 20 + "Morag left."
    asked = asked_about(("Doon", far, ["Morag Baird", "Morag"]), roster=MORAGS)
    assert [entity.question for entity in asked] == ["this name fits 2 people: who is meant?"]
    near = ("Doon", "Morag Baird was in. Morag left.", ["Morag Baird", "Morag"])
    assert linked_forms(near, roster=MORAGS) == [["Morag Baird", "Morag"]]


def test_the_interviewed_morag_is_meant_in_her_own_interview() -> None:
    one = ("Doon", "So, Morag, and Morag Baird?", ["Morag", "Morag Baird"])
    assert linked_forms(one, roster=MORAGS) == [["Morag"], ["Morag Baird"]]
    again = ("Doon", "Morag MacLeod, Morag.", ["Morag MacLeod", "Morag"])
    assert linked_forms(again, roster=MORAGS) == [["Morag MacLeod", "Morag"]]


def test_titles_that_say_man_or_woman_part_two_of_one_family_name() -> None:
    roster = (
        RosterEntry(row=2, kind="PERSON", name="Ade Ojo", organisation="Doon", gender="man"),
        RosterEntry(row=3, kind="PERSON", name="Funmi Ojo", organisation="Doon", gender="woman"),
    )
    text = "Mrs Ojo signed it and Mr Ojo paid."
    (one, two) = linked_forms(("Doon", text, ["Mrs Ojo", "Mr Ojo"]), roster=roster)
    assert (one, two) == (["Mrs Ojo"], ["Mr Ojo"])
