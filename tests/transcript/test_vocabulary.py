"""The one vocabulary: every word stands once in its list, and says what other modules rely on."""

import re

import pytest

from redact.transcript.vocabulary import (
    KIN,
    MONTHS,
    NUMBERS,
    ORDINALS,
    TITLES,
    UNITS,
    entries,
    folded_words,
    genders,
    one_of,
    word_list,
)

SECTIONS = ("titles", "kin", "people", "months", "weekdays", "digits as said")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_word_stands_once_in_its_list(section: str) -> None:
    assert len(folded_words(section)) == len(entries(section)) > 0


def test_numbers_and_ordinals_have_the_values_they_say() -> None:
    said = [NUMBERS[word] for word in ("zero", "nine", "nineteen", "twenty", "ninety")]
    assert said == [0, 9, 19, 20, 90]
    assert [ORDINALS[word] for word in ("first", "twelfth", "twentieth")] == [1, 12, 20]
    assert UNITS[3] == "three"
    assert MONTHS[1] == "February"


def test_titles_and_kin_say_man_or_woman_where_the_word_does() -> None:
    said = genders("titles", "kin")
    assert (said["mrs"], said["mr"], said["auntie"], said["dad"]) == (
        "woman",
        "man",
        "woman",
        "man",
    )
    assert not {"dr", "deacon", "partner", "cousin"} & said.keys()
    assert "Mrs" in TITLES
    assert "granny" in KIN


def test_only_abbreviations_have_a_full_stop() -> None:
    assert set(word_list("titles", "short")) == {"Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Rev"}


def test_a_pattern_takes_the_longest_word_and_none_that_goes_on() -> None:
    pattern = re.compile(one_of(["aunt", "auntie", "thank you"]))
    assert pattern.findall("auntie aunt thank you") == ["auntie", "aunt", "thank you"]


def test_a_pattern_has_the_space_that_is_asked_for() -> None:
    assert re.fullmatch(one_of(["thank you"], space=r"\s+"), "thank \n you")
