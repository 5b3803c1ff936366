"""Dates to the day are mentions; years, months, times and amounts are not."""

import pytest

from redact.detect.dates import DateRecognizer, Fineness
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
        "20190214",
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
        "the 9th o' June 2017",
        "fourth o’ July",
        "the thirtieth of next month",
        "Saturday, May 18",
        "Fri, Feb 16, 2024",
        "the second of February, sixty-four",
        "11th of May '59",
        "the fourteenth",
        "4 Giblean 2023",
        "june thirty",
        "Valentine’s Day 2024",
        "5th Feb. ’25",
    ],
)
def test_a_date_to_the_day_is_found(date: str) -> None:
    (span,) = found_by(DateRecognizer(), f"it was on {date}, I think", "DATE")
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
        "number 20191402",
        "0120190214",
        "24/7",
        "one in ten",
        "we may 3 times",
        "£3.40",
        "March past",
        "on the 4th floor",
        "on the first, I think",
        "ward 120523",
    ],
)
def test_years_months_and_amounts_are_no_dates(text: str) -> None:
    assert not found_by(DateRecognizer(), text, "DATE")


@pytest.mark.parametrize(
    ("text", "fineness", "dates"),
    [
        ("in June 2017", "day", []),
        ("in June 2017", "month", ["June 2017"]),
        ("in June 2017, and 2018", "month", ["June 2017"]),
        ("March of twenty-two", "month", ["March of twenty-two"]),
        ("April of '24", "month", ["April of '24"]),
        ("August of oh-eight", "month", ["August of oh-eight"]),
        ("the summer of 2014", "month", ["summer of 2014"]),
        ("in 06/2017", "month", ["06/2017"]),
        ("in March 2019", "year", ["March 2019", "2019"]),
        ("back in 1998", "year", ["1998"]),
        ("nineteen eighty-four", "year", ["nineteen eighty-four"]),
        ("two thousand and nine", "year", ["two thousand and nine"]),
        ("2000 people, £1999, 2010 hours", "year", []),
        ("in March", "year", []),
        ("it was '94, and since ninety-eight.", "year", ["'94", "ninety-eight"]),
    ],
)
def test_months_and_years_count_where_the_policy_says_so(
    text: str, fineness: Fineness, dates: list[str]
) -> None:
    assert found_by(DateRecognizer(fineness), text, "DATE") == dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("he's 7/22, she told me", ["7/22"]),
        ("late on 4/2; here 4/16.", ["4/2", "4/16"]),
        ("the notice was dated 4-30 but", ["4-30"]),
        ("Sent: Wed 13/11/24, 09:12", ["Wed 13/11/24"]),
        ("born 30 VII 1979, in summer", ["30 VII 1979"]),
        ("the twinty-eicht o Januar", ["the twinty-eicht o Januar"]),
        ("Twenty-second o the second, aye", ["Twenty-second o the second"]),
        ("3/4 of them, 19/30, a 9/11 thing, pain 7/15, 24/7", []),
        ("On 11/8 I wrote, on 12/1 I went.", ["11/8", "12/1"]),
        ("moved from the 3rd to the 17th and then", ["the 17th", "the 3rd"]),
        ("the hearing was the nineteenth.", ["the nineteenth"]),
        ("four times. The twenty-eighth. For a sandwich.", ["The twenty-eighth"]),
        ("Tues 9: no carer. Weds 10: a new one", ["Tues 9", "Weds 10"]),
        ("the day after Christmas", ["the day after Christmas"]),
        ("she just turned twenty one on the ninth and he went", ["the ninth"]),
        ("on call the night of the 28th. He's tired", ["the 28th"]),
        ("it was the second Saturday in August, aye", ["the second Saturday in August"]),
        ("the Monday before Thanksgiving, she came", ["the Monday before Thanksgiving"]),
        ("date of birth, oh three, eleven, fifty-seven", ["oh three, eleven, fifty-seven"]),
        ("a letter came to the flat on the ninth, and the night of the 20th century", []),
        ("he was the nineteenth caller, she was the first. Mon 9-5, Wed 9:30 to 11", []),
    ],
)
def test_a_day_without_a_year_and_in_other_writing_is_found(text: str, dates: list[str]) -> None:
    assert found_by(DateRecognizer(), text, "DATE") == dates
