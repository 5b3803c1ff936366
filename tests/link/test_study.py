"""Persons of single transcripts become persons of the study, or stay apart."""

from __future__ import annotations

import pytest

from redact.core import Label, RosterEntry
from redact.link.relations import Relation
from redact.link.study import _OF_RELATION, _SAID
from tests.link.talks import linked_forms, people

Talk = tuple[str, list[tuple[str, Label]]]


def talk(*lines: tuple[str, str]) -> Talk:
    """A transcript of these lines, in each of which this name is marked."""
    text = "".join(f"P: {line}\n" for line, _ in lines)
    return text, [(name, "PERSON") for _, name in lines]


def forms(*talks: Talk) -> list[list[str]]:
    return [said for said, _ in people(*talks)]


KASIA = talk(("Kasia Laidlaw runs it.", "Kasia Laidlaw"), ("Ask Wojtek Kruk.", "Wojtek Kruk"))


def test_a_lone_name_joins_the_person_of_a_transcript_that_speaks_of_the_same_people() -> None:
    other = talk(("Wojtek Kruk came.", "Wojtek Kruk"), ("And Kasia laughed.", "Kasia"))
    assert ["Kasia Laidlaw", "Kasia"] in forms(KASIA, other)


def test_of_two_that_fit_as_well_neither_is_taken() -> None:
    two = talk(("Kasia Brandt left.", "Kasia Brandt"))
    other = talk(("And Kasia laughed.", "Kasia"))
    assert ["Kasia"] in forms(KASIA, two, other)


def test_the_better_of_two_is_taken() -> None:
    two = talk(("Kasia Brandt left.", "Kasia Brandt"))
    other = talk(
        ("Wojtek Kruk came.", "Wojtek Kruk"),
        ("Oddny Vik as well.", "Oddny Vik"),
        ("And Kasia laughed.", "Kasia"),
    )
    first = talk(
        ("Kasia Laidlaw runs it.", "Kasia Laidlaw"),
        ("Ask Wojtek Kruk.", "Wojtek Kruk"),
        ("Or Oddny Vik.", "Oddny Vik"),
    )
    assert ["Kasia Laidlaw", "Kasia"] in forms(first, two, other)


def test_a_partial_name_joins_the_one_whole_name_of_the_study() -> None:
    other = talk(("So K. Laidlaw signed it.", "K. Laidlaw"))
    assert ["Kasia Laidlaw", "K. Laidlaw"] in forms(KASIA, other)


def test_a_partial_name_that_fits_two_joins_none() -> None:
    two = talk(("Kirsty Laidlaw left.", "Kirsty Laidlaw"))
    other = talk(("So K. Laidlaw signed it.", "K. Laidlaw"))
    assert ["K. Laidlaw"] in forms(KASIA, two, other)


def test_a_man_and_a_woman_are_never_one() -> None:
    other = talk(("Wojtek Kruk came.", "Wojtek Kruk"), ("Mr Laidlaw rang.", "Mr Laidlaw"))
    assert ["Mr Laidlaw"] in forms(KASIA, other)


def test_another_of_the_same_work_is_not_another() -> None:
    other = talk(("Wojtek Kruk came.", "Wojtek Kruk"), ("Our cook, Kasia, came.", "Kasia"))
    first = talk(("Kasia Laidlaw, our nurse.", "Kasia Laidlaw"), ("Wojtek Kruk.", "Wojtek Kruk"))
    assert ["Kasia"] in forms(first, other)


def test_a_first_name_stays_in_the_organisation_that_the_tables_tell() -> None:
    one = ("Doon", "It was Kasia Laidlaw", ["Kasia Laidlaw"])
    two = ("Gilchrist", "Ask Kasia", ["Kasia"])
    assert linked_forms(one, two) == [["Kasia Laidlaw"], ["Kasia"]]


def test_whoever_the_tables_give_one_name_is_the_one_person_called_so_in_full() -> None:
    asking = RosterEntry(row=2, kind="PERSON", name="Kasia", role="interviewer")
    one = ("Doon", "It was Kasia Laidlaw. Kasia asked.", ["Kasia Laidlaw", "Kasia"])
    assert linked_forms(one, roster=(asking,)) == [["Kasia Laidlaw", "Kasia"]]
    two = ("Doon", "And Kasia Brandt came.", ["Kasia Brandt"])
    assert len(linked_forms(one, two, roster=(asking,))) > 1
    initial = RosterEntry(row=3, kind="PERSON", name="K. Laidlaw", role="interviewer")
    assert linked_forms(one, roster=(asking, initial)) == [["Kasia Laidlaw", "Kasia"]]


def test_a_listed_person_whom_nobody_names_as_listed_is_found_by_another_form() -> None:
    row = RosterEntry(row=2, kind="PERSON", name="Torquil Orrock", aliases=("Zandy",))
    one = ("", "T. Orrock signed.", ["T. Orrock"])
    two = ("", "And Torquill Orrock.", ["Torquill Orrock"])
    assert linked_forms(one, two, roster=(row,)) == [["T. Orrock", "Torquill Orrock"]]


def test_two_rows_of_one_name_each_may_mean_one_person() -> None:
    rows = [
        RosterEntry(row=n, kind="PERSON", name=n_) for n, n_ in ((2, "Kasia"), (3, "Katarzyna"))
    ]
    one = ("", "Kasia Laidlaw runs it.", ["Kasia Laidlaw"])
    two = ("", "Katarzyna Laidlaw runs it.", ["Katarzyna Laidlaw"])
    assert linked_forms(one, two, roster=tuple(rows)) == [["Kasia Laidlaw", "Katarzyna Laidlaw"]]


def test_within_a_transcript_nothing_is_joined_but_what_one_alone_means() -> None:
    apart = talk(("Kasia Laidlaw came.", "Kasia Laidlaw"), ("Ask Brandt.", "Brandt"))
    assert forms(apart) == [["Kasia Laidlaw"], ["Brandt"]]


def test_transcripts_in_another_order_give_the_same_people() -> None:
    other = talk(("Wojtek Kruk came.", "Wojtek Kruk"), ("And Kasia laughed.", "Kasia"))
    third = talk(("Kasia again, and Kruk.", "Kasia"))
    found = {
        tuple(sorted(tuple(sorted(said)) for said in forms(*order)))
        for order in ((KASIA, other, third), (third, other, KASIA), (other, KASIA, third))
    }
    assert len(found) == 1


@pytest.mark.parametrize("relation", Relation)
def test_every_relation_has_a_weight_and_words_for_a_person(relation: Relation) -> None:
    assert relation in _OF_RELATION
    assert _SAID[relation]


def test_full_names_that_sound_alike_in_both_parts_are_one() -> None:
    heard = talk(("Then Corwin Tadley rang.", "Corwin Tadley"))
    meant = talk(("It was Corwin Tatley.", "Corwin Tatley"))
    assert forms(heard, meant) == [["Corwin Tadley", "Corwin Tatley"]]
    other = talk(("It was Hilda Tatley.", "Hilda Tatley"))
    assert len(forms(heard, other)) == 2


@pytest.mark.parametrize(
    ("name", "letters", "joins"),
    [
        ("Olwen Kettering", "O.K.", True),
        ("Ailsa Stroud", "AS", True),
        ("Ailsa Stroud", "as", False),
        ("Ailsa Lorimer", "AL", False),  # Al is a name
        ("Olwen Kettering", "K.O.", False),
    ],
)
def test_initials_that_are_a_word_too_are_known_by_dots_or_capitals(
    name: str, letters: str, joins: bool
) -> None:
    said = talk((f"It was {name}.", name), (f"Told {letters} then.", letters))
    assert (len(forms(said)) == 1) is joins
