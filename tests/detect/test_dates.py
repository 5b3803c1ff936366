"""Dates to the day and exact ages are mentions; years, months, times and amounts are not."""

import pytest

from redact.detect.dates import DateAndAgeRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    "date",
    [
        "the 3rd of March 2019",
        "3 March",
        "March 3rd",
        "March the third",
        "the third of March",
        "twenty-first of May",
        "14/02/2019",
        "2019-02-14",
        "02/14/2019",
        "3.4.19",
        "Tuesday the 5th",
        "Hogmanay 2018",
        "Christmas Eve, 2019",
        "July 4th, 2020",
        "Fourth of July 2019",
        "Thanksgiving 2019",
        "December 19th",
        "1 jan 1999",
    ],
)
def test_a_date_to_the_day_is_found(date: str) -> None:
    (span,) = found_by(DateAndAgeRecognizer(), f"it was {date} I think", "DATE")
    assert span == date


@pytest.mark.parametrize(
    "text",
    [
        "in 2019",
        "in March 2019",
        "back in the summer of 2014",
        "twenty years",
        "half ten",
        "at 9.15 or so",
        "room 4, 2019",
        "on Tuesday",
        "version 3.4.1 of it",
        "24/7",
        "one in ten",
        "we may 3 times",
        "£3.40",
        "March past",
    ],
)
def test_years_months_and_amounts_are_no_dates(text: str) -> None:
    assert not found_by(DateAndAgeRecognizer(), text, "DATE")


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("she's 83 and sharp", "83"),
        ("he turned nineteen on the boat", "nineteen"),
        ("a 46-year-old man", "46"),
        ("a twenty-two year old", "twenty-two"),
        ("aged 71", "71"),
        ("I'm fifty-eight, me", "fifty-eight"),
        ("from the age of six", "six"),
        ("my wife is 60", "60"),
        ("102 years of age", "102"),
    ],
)
def test_an_exact_age_is_found(text: str, age: str) -> None:
    assert found_by(DateAndAgeRecognizer(), text, "AGE") == [age]


@pytest.mark.parametrize(
    "text",
    [
        "I've worked here 25 years",
        "she's 10 minutes late",
        "it's 20 percent",
        "he is 6 foot",
        "they are 40 miles away",
        "she was 5 days in",
        "I'm 100 percent sure",
        "he is 3 of them",
        "the score was 4",
        "they're 7 people",
    ],
)
def test_other_numbers_are_no_ages(text: str) -> None:
    assert not found_by(DateAndAgeRecognizer(), text, "AGE")
