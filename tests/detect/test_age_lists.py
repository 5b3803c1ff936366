"""Ages in company: in a column, in a list, beside another age, said again. Other lists are none."""

import pytest

from redact.detect.ages import AgeRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("NAME | AGE | BED\nOdalys | 29 | 4A\nYandel | 5 | 4B\n", ["29", "5"]),
        ("Children: Jaylen 9, Kamryn 7, Amari 14 mo", ["9", "7", "14 mo"]),
        ("Household 4 (adults 38, 36; ch. 11, 2)", ["38", "36", "11", "2"]),
        ("Ross 31, Kirsty 29, and the dog", ["31", "29"]),
        ("it's me and ross's 31, kirsty eleven, and the dog", ["31", "eleven"]),
        ("Child 1   Kamari   M   13   grade 8", ["13"]),
        ("2. Delgado, Rosa – mother – 61\n", ["61"]),
        ("Grandchild (10) asked for it", ["10"]),
        ("the boys were eighteen sixteen thirteen we walked", ["eighteen", "sixteen", "thirteen"]),
        ("I was fourteen.\nINT: Fourteen.\nP: Aye.", ["fourteen", "Fourteen"]),
    ],
)
def test_a_number_in_the_company_of_ages_is_one(text: str, ages: list[str]) -> None:
    assert sorted(found_by(AgeRecognizer(), text, "AGE")) == sorted(ages)


@pytest.mark.parametrize(
    "text",
    [
        "We had 61 boxes, 40 chairs and 12 lamps.",
        "the wrong side of forty, and eleven hours of it",
    ],
)
def test_other_lists_are_no_ages(text: str) -> None:
    assert found_by(AgeRecognizer(), text, "AGE") == []


def test_what_is_counted_beside_an_age_stays() -> None:
    text = "I'm seventy-nine, and twelve buses passed."
    assert found_by(AgeRecognizer(), text, "AGE") == ["seventy-nine"]
