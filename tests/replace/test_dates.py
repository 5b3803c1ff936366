"""Dates lose their day, or move, in the way they were said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Nation
from redact.replace.dates import month_and_year, read_date, shifted, year_alone


@pytest.mark.parametrize(
    ("said", "nation", "shown", "year"),
    [
        ("12 February 2019", "Scotland", "[February 2019]", "[2019]"),
        ("Sept. 3rd", "United States", "[September]", None),
        ("the ninth of june two thousand and fourteen", "Scotland", "[June 2014]", "[2014]"),
        ("third of May nineteen seventy-one", "Scotland", "[May 1971]", "[1971]"),
        ("2019-02-12", "unknown", "[February 2019]", "[2019]"),
        ("03/04/2019", "Scotland", "[April 2019]", "[2019]"),
        ("03/04/2019", "United States", "[March 2019]", "[2019]"),
        ("03/04/2019", "unknown", "[2019]", "[2019]"),
        ("13/04/2019", "unknown", "[April 2019]", "[2019]"),
        ("14/02/2019", "United States", "[February 2019]", "[2019]"),  # no year has 14 months
        ("the third of the fifth ninety", "Scotland", "[May 1990]", "[1990]"),
        ("the Tuesday the ninth", "Scotland", None, None),
    ],
)
def test_dates_lose_their_day(
    said: str, nation: Nation, shown: str | None, year: str | None
) -> None:
    assert month_and_year(said, nation) == shown
    assert year_alone(said) == year


@pytest.mark.parametrize(
    ("said", "nation", "moved"),
    [
        ("12 February 2019", "Scotland", "8 January 2019"),
        ("March 12th, 2019", "United States", "February 5th, 2019"),
        ("03/05/2019", "Scotland", "29/03/2019"),
        ("03/05/19", "United States", "01/29/19"),
        ("14/02/2019", "United States", "10/01/2019"),
        ("2019-12-28", "unknown", "2019-11-23"),
        ("third of may twenty twelve", "Scotland", "twenty-ninth of march twenty twelve"),
        ("Monday 4th March 2019", "Scotland", "Monday 28th January 2019"),
        ("Monday the third of June", "Scotland", "Monday the twenty-ninth of April"),
        ("the third of the fifth ninety", "Scotland", "the twenty-ninth of the third ninety"),
        ("4 July '09", "United States", "30 May '09"),
        ("Jan. 5", "United States", "Dec. 1"),
        ("29 February 2020", "Scotland", "25 January 2020"),
        ("31 December 1999", "Scotland", "26 November 1999"),
        ("3/5/2019", "unknown", None),  # which is the month?
        ("Tuesday the 5th", "Scotland", None),
        ("Hogmanay 2018", "Scotland", None),
    ],
)
def test_a_date_moves_five_weeks_in_the_way_it_was_said(
    said: str, nation: Nation, moved: str | None
) -> None:
    assert shifted(said, nation, -35) == moved


def test_a_weekday_is_set_anew_only_where_the_year_is_known() -> None:
    assert shifted("Monday 4 March 2019", "Scotland", 1) == "Tuesday 5 March 2019"
    assert shifted("Monday the 4th of March", "Scotland", 1) is None


WAYS = (
    "{0.day} {0:%B} {0.year}",
    "{0:%B} {0.day}, {0.year}",
    "{0:%d/%m/%Y}",
    "{0:%Y-%m-%d}",
    "the {0.day} of {0:%B} {0.year}",
    "{0:%A} {0.day} {0:%B} {0.year}",
)


@given(
    st.dates(date(1931, 1, 1), date(2029, 1, 1)),
    st.integers(-360, 360),
    st.sampled_from(WAYS),
)
def test_every_shift_is_by_just_so_many_days(day: date, days: int, way: str) -> None:
    moved = shifted(way.format(day), "Scotland", days)
    assert moved == way.format(day + timedelta(days=days))
    read = read_date(str(moved), "Scotland")
    assert None not in (read.day, read.month, read.year)


@given(st.text(max_size=40))
def test_whatever_is_said_is_read_without_an_error(text: str) -> None:
    shifted(text, "Scotland", 7)
    month_and_year(text, "unknown")
