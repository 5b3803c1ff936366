"""What a name says by itself: its title and words, its other forms, and how it may be misheard."""

from __future__ import annotations

import pytest

from redact.core import Gender
from redact.link.names import (
    fits_full,
    gender_of_title,
    is_cut_of,
    is_form_of,
    is_pet_of,
    is_rank,
    kin_forms,
    read_name,
    turned,
)


@pytest.mark.parametrize(
    ("before", "name", "title", "is_kin", "words"),
    [
        ("It was ", "Morag Haldane", "", False, ("morag", "haldane")),
        ("It was ", "Mrs Haldane", "mrs", False, ("haldane",)),
        ("It was Mrs ", "Haldane", "mrs", False, ("haldane",)),
        ("It was Mrs. ", "Haldane", "mrs", False, ("haldane",)),
        ("It was Councillor ", "Ortiz", "councillor", False, ("ortiz",)),
        ("It was ", "Auntie Jean", "auntie", True, ("jean",)),
        ("It was Auntie ", "Jean", "auntie", True, ("jean",)),
        # "wee" and "big" are no part of a name, and no title either
        ("It was ", "wee Morag", "", False, ("morag",)),
        ("It was ", "Big Mrs Reid", "mrs", False, ("reid",)),
        ("It was ", "Doctor Mrs Reid", "mrs", False, ("reid",)),
        # A title alone is the name that is said
        ("It was ", "Doctor", "", False, ("doctor",)),
        # A title at its end is none
        ("It was ", "Reid Mrs", "", False, ("reid", "mrs")),
        # A word written small at the end of what was found is none of it
        ("It was ", "ower Morag", "", False, ("morag",)),
        ("It was ", "Morag Haldane kent", "", False, ("morag", "haldane")),
        ("It was ", "de la Cruz", "", False, ("de", "la", "cruz")),
        ("It was ", "walking Gonzalez", "", False, ("walking", "gonzalez")),
        # What is spelled out is the word it spells
        ("It was ", "R-E-I-D", "", False, ("reid",)),
        ("It was ", "J O", "", False, ("jo",)),
        ("It was ", "J", "", False, ("j",)),
        ("It was ", "J Reid", "", False, ("j", "reid")),
        # A title must stand right before
        ("Mrs Baird saw ", "Reid", "", False, ("reid",)),
        ("It was Mrs, ", "Reid", "", False, ("reid",)),
    ],
)
def test_a_name_is_its_words_and_the_title_before_them(
    before: str, name: str, title: str, is_kin: bool, words: tuple[str, ...]
) -> None:
    text = f"{'x' * 40}. {before}{name} then."
    start = text.index(before) + len(before)
    said = read_name(text, start, start + len(name))
    assert (said.title, said.is_kin, said.words) == (title, is_kin, words)


@pytest.mark.parametrize(
    ("title", "gender", "rank"),
    [
        ("mr", "man", False),
        ("mrs", "woman", False),
        ("doctor", None, True),
        ("councillor", None, True),
        ("", None, False),
        ("morag", None, False),
    ],
)
def test_a_title_says_a_gender_or_a_rank(title: str, gender: Gender | None, rank: bool) -> None:
    assert (gender_of_title(title), is_rank(title)) == (gender, rank)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("william", "william", True),
        ("will", "william", True),
        ("william", "will", True),
        ("morag", "will", False),
        ("will", "wullie", False),  # both William's, but nobody is called both
        ("zzyzx", "zzyzx", True),
    ],
)
def test_a_form_of_a_name_is_itself_or_its_pet_or_full_form(
    one: str, other: str, same: bool
) -> None:
    assert is_form_of(one, other) is same
    if one != other:
        assert (other in kin_forms(one)) is (one in kin_forms(other)) is same


def test_a_pet_form_has_a_full_one_and_not_the_other_way_round() -> None:
    assert is_pet_of("will", "william")
    assert not is_pet_of("william", "will")
    assert not is_pet_of("will", "wullie")
    assert not is_pet_of("morag", "william")
    assert not is_pet_of("william", "william")


@pytest.mark.parametrize(
    ("short", "name", "cut"),
    [
        ("char", "charlene", True),
        ("chr", "chrissie", True),  # three letters do
        ("ch", "charlene", False),  # two say too little
        ("charlene", "charlene", False),
        ("charlenes", "charlene", False),
        ("harl", "charlene", False),
        ("ann", "annabel", False),  # a name itself
    ],
)
def test_first_letters_that_are_no_name_are_cut_from_one(short: str, name: str, cut: bool) -> None:
    assert is_cut_of(short, name) is cut


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("dana ortiz", "dana ortiz", True),
        ("dana o", "dana ortiz", True),  # an initial of the family name
        ("dana r", "dana ortiz", False),
        ("dana ortiz", "dana ortiz vega", True),
        ("effie kerr", "euphemia kerr", True),
        ("kev kerr", "kevin kerr", True),  # its beginning
        ("ke kerr", "kevin kerr", False),  # too short to say so
        ("dan kerr", "dana kerr", False),  # one letter more is another name
        ("dana kerr", "dana ortiz", False),
        ("morag kerr", "effie kerr", False),
        ("kerr", "dana kerr", False),
        ("mary kerr", "ann mary kerr", True),  # any of the given names
    ],
)
def test_two_full_names_fit_if_one_person_may_have_both(one: str, other: str, fits: bool) -> None:
    assert fits_full(tuple(one.split()), tuple(other.split())) is fits


def test_an_initial_looks_for_its_family_name_and_not_the_other_way_round() -> None:
    """Dana O may be Dana Ortiz or Dana Olsen: each of these would take her for itself."""
    assert fits_full(("dana", "o"), ("dana", "ortiz"))
    assert not fits_full(("dana", "ortiz"), ("dana", "o"))


@pytest.mark.parametrize(
    ("written", "words", "plain"),
    [
        ("Robertson_Fiona", ("robertson", "fiona"), ("fiona", "robertson")),
        ("ROBERTSON Fiona", ("robertson", "fiona"), ("fiona", "robertson")),
        ("Campbell Rae", ("campbell", "rae"), ("campbell", "rae")),  # in the talk as it is said
        ("Ruth", ("ruth",), ("ruth",)),
    ],
)
def test_only_file_names_and_lists_have_the_family_name_first(
    written: str, words: tuple[str, ...], plain: tuple[str, ...]
) -> None:
    assert turned(words, written) == plain


def test_a_handle_of_initial_and_surname_is_both() -> None:
    assert read_name("JGilchrist", 0, 10).words == ("j", "gilchrist")
    assert read_name("McDunlop", 0, 8).words == ("mcdunlop",)
    assert read_name("Paweł", 0, 5).words == ("pawel",)
