"""Numbers are read in words as they are said, English and Scots, and have one value everywhere."""

import re

import pytest

from redact.transcript.said_numbers import TO_A_HUNDRED, number_words, said_value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("42", 42),
        ("forty-two", 42),
        ("forty two", 42),
        ("Nineteen", 19),
        ("twinty-een", 21),
        ("echty-twa", 82),
        ("wan", 1),
        ("a hundred", 100),
        ("one hundred and nineteen", 119),
        ("a hunner an twa", 102),
        ("one oh three", 103),
    ],
)
def test_a_number_is_read_whole_and_has_its_value(said: str, value: int) -> None:
    if not said.isdigit():
        assert re.fullmatch(TO_A_HUNDRED, said, re.IGNORECASE)
    assert said_value(said) == value


def test_words_of_numbers_are_those_between_two_values() -> None:
    assert {"nine", "wan", "fower"} <= {*number_words(1, 9)}
    assert not {"ten", "zero", "twenty"} & {*number_words(1, 9)}
