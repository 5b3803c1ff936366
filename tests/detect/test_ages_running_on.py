"""Numbers behind somebody in talk without marks; counts and heights are none."""

import pytest

from redact.detect.ages import AgeRecognizer
from redact.detect.ages_running_on import ages_running_on
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("i went in i was twenty came out a man", "twenty"),
        ("three tickets from when i was eighteen nineteen", "eighteen"),
        ('He\'s 41, "and I felt ninety-two".', "ninety-two"),
        ("i been there since nineteen\n", "nineteen"),
    ],
)
def test_an_age_is_offered_whatever_follows(text: str, age: str) -> None:
    assert age in [text[one.start : one.end] for one in ages_running_on(text)]


@pytest.mark.parametrize(
    "text", ["i'm three crofts down", "she's nine pound", "he was ten hours late", "i am 5% of it"]
)
def test_a_count_is_not(text: str) -> None:
    assert not [*ages_running_on(text)]


@pytest.mark.parametrize(
    "text",
    [
        "she's tall like me i'm six four",
        "she's five foot three and wears a size eight shoe",
        "we settled, 3.5, 3 and 3, on Friday",
        "a bedsit, forty-two square metres",
    ],
)
def test_heights_areas_and_decimals_are_no_ages(text: str) -> None:
    assert not found_by(AgeRecognizer(), text, "AGE")
