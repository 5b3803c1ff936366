"""How far a name alone reaches: its transcript, its organisation, or everywhere."""

from __future__ import annotations

import pytest

from redact.core import Detection, Interview, Mention, Place, RosterEntry, Source
from redact.link.linker import link
from redact.transcript.assemble import assemble
from tests.link.talks import (
    MORAGS,
    asked_about,
    held,
    linked_forms,
    one_talk,
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


def forms_of(text: str, *names: str) -> list[list[str]]:
    return [forms for forms, _ in people((text, [(name, "PERSON") for name in names]))]


def test_a_speaker_is_one_person_throughout_whoever_it_is() -> None:
    """Two of the name are spoken of between the first turn and the last."""
    text = (
        "INT: Who was in?\nMorag: Aye.\nINT: And Morag Reid and Morag Kerr?\n"
        "Morag: They left.\nINT: Right.\nMorag: Aye.\n"
    )
    forms = forms_of(text, "Morag", "Morag Reid", "Morag Kerr", "Morag", "Morag")
    assert sorted(forms) == [["Morag", "Morag", "Morag"], ["Morag Kerr"], ["Morag Reid"]]


def test_a_speaker_label_joins_the_one_full_name_of_that_name() -> None:
    text = "INT: Who are you?\nMorag: Morag Reid.\nINT: Right.\nMorag: Aye.\n"
    assert forms_of(text, "Morag", "Morag Reid", "Morag") == [["Morag", "Morag Reid", "Morag"]]


def test_a_family_name_finds_its_one_person_in_the_transcript_and_the_organisation() -> None:
    here = ("Doon", "It was Ann Haldane. Haldane paid.", ["Ann Haldane", "Haldane"])
    assert linked_forms(here) == [["Ann Haldane", "Haldane"]]
    there = ("Doon", "Haldane paid.", ["Haldane"])
    assert linked_forms(here, there) == [["Ann Haldane", "Haldane", "Haldane"]]


def test_a_word_that_is_rather_a_given_name_finds_a_family_only_in_its_transcript() -> None:
    """Craig of another interview is not Ann Craig, unless her own calls her so."""
    here = ("Doon", "It was Ann Craig. Craig paid.", ["Ann Craig", "Craig"])
    assert linked_forms(here) == [["Ann Craig", "Craig"]]
    never_by_it = ("Doon", "It was Ann Craig.", ["Ann Craig"])
    there = ("Doon", "Craig paid.", ["Craig"])
    assert linked_forms(never_by_it, there) == [["Ann Craig"], ["Craig"]]
    assert linked_forms(here, there) == [["Ann Craig", "Craig", "Craig"]]


def test_a_man_and_a_woman_of_one_lone_name_are_two_and_the_name_alone_is_a_question() -> None:
    one = ("Doon", "Mr Reid paid. Mrs Reid signed. Reid left.", ["Mr Reid", "Mrs Reid", "Reid"])
    assert sorted(linked_forms(one)) == [["Mr Reid"], ["Mrs Reid"], ["Reid"]]
    (asked,) = asked_about(one, roster=())
    assert asked.question == (
        "this name is said of a man and a woman in the organisation: who is meant?"
    )
    alone = ("Doon", "Mr Reid paid. Reid left.", ["Mr Reid", "Reid"])
    assert linked_forms(alone) == [["Mr Reid", "Reid"]]
    assert asked_about(alone, roster=()) == []


def test_a_relation_of_that_name_is_not_the_one_with_a_title() -> None:
    one = ("Doon", "Mrs Reid paid. Auntie Reid left.", ["Mrs Reid", "Auntie Reid"])
    assert sorted(linked_forms(one)) == [["Auntie Reid"], ["Mrs Reid"]]


TWO = "Morag Baird was in with Morag Orr. "
REST = "We talked of the rota. " * 20


@pytest.mark.parametrize(
    ("text", "names", "forms"),
    [
        # Named last, and lately
        (
            f"Morag Orr came. {REST}Morag Baird was in. Morag left.",
            ["Morag Orr", "Morag Baird", "Morag"],
            [["Morag Baird", "Morag"], ["Morag Orr"]],
        ),
        # Of two named lately, the one in the same sentence
        (
            "Morag Orr came. She sat. Morag Baird was in and Morag left.",
            ["Morag Orr", "Morag Baird", "Morag"],
            [["Morag Baird", "Morag"], ["Morag Orr"]],
        ),
        # Two in one sentence: nobody can tell
        (
            "Morag Orr came and Morag Baird was in and Morag left.",
            ["Morag Orr", "Morag Baird", "Morag"],
            [["Morag"], ["Morag Baird"], ["Morag Orr"]],
        ),
        # Both named, neither lately: nobody can tell
        (
            f"{TWO}{REST}Morag left.",
            ["Morag Baird", "Morag Orr", "Morag"],
            [["Morag"], ["Morag Baird"], ["Morag Orr"]],
        ),
    ],
)
def test_of_several_of_a_name_the_one_spoken_of_here_is_meant(
    text: str, names: list[str], forms: list[list[str]]
) -> None:
    assert sorted(linked_forms(("Doon", text, names))) == forms


def test_of_two_in_an_organisation_the_one_this_transcript_introduced_is_meant() -> None:
    """However long ago; but whom the roster lists needs no introduction, so then it is asked."""
    other = ("Doon", "Morag Orr came.", ["Morag Orr"])
    here = ("Doon", f"Morag Baird was in. {REST}Morag left.", ["Morag Baird", "Morag"])
    assert linked_forms(other, here) == [["Morag Orr"], ["Morag Baird", "Morag"]]
    assert len(asked_about(here, roster=MORAGS)) == 1
    soon = ("Doon", "Morag left. Who? Morag Baird.", ["Morag", "Morag Baird"])
    assert asked_about(soon, roster=MORAGS) == []


def test_of_two_whom_the_transcript_names_the_one_it_mostly_speaks_of_is_meant() -> None:
    text = f"{TWO}{REST}Morag Baird. Morag Baird. {REST}Morag left."
    names = ["Morag Baird", "Morag Orr", "Morag Baird", "Morag Baird", "Morag"]
    assert ["Morag Baird", "Morag Baird", "Morag Baird", "Morag"] in linked_forms(
        ("Doon", text, names)
    )


def test_of_two_whom_other_transcripts_name_the_one_this_one_names_next_is_meant() -> None:
    other = ("Doon", "Morag Orr and Morag Baird came.", ["Morag Orr", "Morag Baird"])
    here = ("Doon", f"Morag left. {REST}It was Morag Baird.", ["Morag", "Morag Baird"])
    assert linked_forms(other, here) == [["Morag Orr"], ["Morag Baird", "Morag", "Morag Baird"]]


INTERVIEWED = "INT: Who are you?\nP: I'm Morag Baird.\nINT: And?\nP: Morag Orr came.\n" + (
    "P: Aye.\n" * 40
)


@pytest.mark.parametrize(
    ("last", "meant"),
    [
        ("INT: So, Morag, and then?\n", "Morag Baird"),  # the interviewer speaks to her
        ("P: Then Morag left.\n", "Morag Orr"),  # nobody says their own name
        ("P: I'm Morag, as I said.\n", "Morag Baird"),
    ],
)
def test_the_interviewee_is_meant_by_others_and_not_by_herself(last: str, meant: str) -> None:
    forms = forms_of(INTERVIEWED + last, "Morag Baird", "Morag Orr", "Morag")
    assert [meant, "Morag"] in forms


def test_of_two_families_the_one_of_the_transcript_is_meant() -> None:
    here = ("Doon", "It was Ann Haldane. Haldane paid.", ["Ann Haldane", "Haldane"])
    other = ("Doon", "It was Rob Haldane.", ["Rob Haldane"])
    assert linked_forms(here, other) == [["Ann Haldane", "Haldane"], ["Rob Haldane"]]


def test_a_relation_is_a_title_where_somebody_is_named_in_full_with_it() -> None:
    text = "P: Mother O. Tulloch signed. Mother Ottilie Tulloch came. Mother Tulloch sat."
    named = ["O. Tulloch", "Ottilie Tulloch", "Tulloch"]
    assert one_talk(text, named) == [named]
    other = "P: Ottilie Tulloch came. Mother Tulloch sat."
    assert len(one_talk(other, ["Ottilie Tulloch", "Tulloch"])) == 2


def test_a_doctor_of_another_transcript_is_the_one_of_whom_an_initial_stands_here() -> None:
    first = ("", "Dr Una Orrick asked.", ["Una Orrick"])
    second = ("", "Present: U. Orrick. Hello, Dr Orrick.", ["U. Orrick", "Orrick"])
    forms = ["Una Orrick", "U. Orrick", "Orrick"]
    assert linked_forms(first, second) == [forms]
    nobody = ("", "Present: V. Orrick. Hello, Dr Orrick.", ["V. Orrick", "Orrick"])
    assert ["V. Orrick", "Orrick"] not in linked_forms(first, nobody)


def test_a_label_says_in_full_what_a_table_has_an_initial_of() -> None:
    roster = (
        RosterEntry(row=2, kind="PERSON", name="C. Orrick", interview="S1"),
        RosterEntry(row=3, kind="PERSON", name="Cosmo Baird", organisation="Doon"),
    )
    text = "Cosmo: I drive.\nINT: Since when?\nCosmo: Since May.\n"
    rows = (Interview(interview="S1", file="a", organisation="Doon"),)
    corpus = assemble({"a": text}, roster, rows)
    mentions = tuple(
        Mention(place=Place.at("a", at, at + 5), label="PERSON", score=1, sources=(Source.GOLD,))
        for at in (0, text.rindex("Cosmo"))
    )
    (cosmo,) = link(corpus.transcripts, (Detection("a", mentions),), corpus.roster)
    assert cosmo.roster_row == 2
