"""What the cells of a consent column say: levels, days, and which audience a level lets in."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core.consent import (
    Audience,
    Consent,
    ConsentLevel,
    allows,
    is_known_level,
    is_tick,
    read_day,
    read_level,
    strictest,
)

LEVELS = st.sampled_from([None, *ConsentLevel])
AUDIENCES = get_args(Audience)


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("Archive (open)", ConsentLevel.OPEN),
        ("ARCHIVE - RESTRICTED", ConsentLevel.RESTRICTED),
        ("quotations only", ConsentLevel.QUOTES),
        ("research team only", ConsentLevel.TEAM),
        ("Do not share!", ConsentLevel.NO_SHARING),
        ("unknown", None),
        (" ? ", None),
        ("", None),
    ],
)
def test_a_level_is_read_as_people_write_it(said: str, level: ConsentLevel | None) -> None:
    assert read_level(said) is level
    assert is_known_level(said)


@pytest.mark.parametrize(
    ("said", "nearest"),
    [("quots only", "quotes only"), ("archve open", "archive open"), ("zebra", "")],
)
def test_another_word_is_refused_with_the_nearest(said: str, nearest: str) -> None:
    with pytest.raises(ValueError) as refused:
        read_level(said)
    assert str(refused.value) == nearest


@pytest.mark.parametrize("said", ["yes", "No", "signed", "2019-03-01", "x", "12"])
def test_a_tick_is_no_level(said: str) -> None:
    assert is_tick(said)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-03-01", "2026-03-01"),
        ("2026-3-1", "2026-03-01"),
        ("31/12/2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("3/3/2026", "2026-03-03"),
        ("1st March 2026", "2026-03-01"),
        ("Mar 1, 2026", "2026-03-01"),
        ("03/05/2026", None),  # could be two
        ("30 February 2026", None),
        ("2026-01-31T00:00:00", "2026-01-31"),
        ("2026-13-01", None),
        ("soon", None),
    ],
)
def test_a_day_is_read_or_is_none(said: str, day: str | None) -> None:
    assert read_day(said) == day


def test_a_level_lets_in_no_more_than_it_says() -> None:
    lets = {level: {a for a in AUDIENCES if allows(level, a)} for level in ConsentLevel}
    assert lets[ConsentLevel.NO_SHARING] == set()
    assert lets[ConsentLevel.TEAM] == {"team"}
    assert lets[ConsentLevel.QUOTES] == {"quotes"}
    assert lets[ConsentLevel.RESTRICTED] == {"team", "controlled", "safeguarded", "quotes"}
    assert lets[ConsentLevel.OPEN] == set(AUDIENCES)


@given(st.lists(LEVELS, min_size=1, max_size=5))
def test_several_words_on_one_interview_allow_what_all_of_them_do(
    levels: list[ConsentLevel | None],
) -> None:
    both = strictest(Consent(level=level) for level in levels)
    for audience in AUDIENCES:
        each = all(allows(Consent(level=level).holds, audience) for level in levels)
        assert allows(both.holds, audience) == each


@given(st.text(max_size=40))
def test_no_cell_stops_the_reading_of_a_table_otherwise(said: str) -> None:
    is_tick(said)
    day = read_day(said)
    assert day is None or len(day) == 10
    if is_known_level(said):
        read_level(said)
    else:
        with pytest.raises(ValueError) as refused:
            read_level(said)
        assert str(refused.value) in {"", *ConsentLevel}
