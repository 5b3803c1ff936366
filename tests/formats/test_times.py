"""Times beside words: units are told by how fast people talk, or not believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core.timed import Timed, milliseconds
from redact.formats.registry import read_file
from redact.formats.times import Moment, SaidBetween, moment, timed
from tests.formats.transcripts import FILES


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("00:00:01,250", 1250),
        ("1:02:03.5", 3_723_500),
        ("02:03", 123_000),
        ("7.25", 7250),
        ("ten", None),
        ("1:2:3:4", None),
    ],
)
def test_a_clock_tells_milliseconds(said: str, when: int | None) -> None:
    assert milliseconds(said) == when


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("1.5", Moment(1.5)),
        ("1500", Moment(1500.0)),
        ("1.300s", Moment(1300.0, True)),
        ("PT1M1.5S", Moment(61_500.0, True)),
        ("00:00:02.5", Moment(2500.0, True)),
        ("soon", None),
        ("PT", None),
    ],
)
def test_a_field_tells_a_number_or_a_time(said: str, when: Moment | None) -> None:
    assert moment(said) == when


@given(
    lengths=st.lists(st.integers(20, 80), min_size=1, max_size=40),
    unit=st.sampled_from((1.0, 1000.0, 1e7)),
)
def test_the_unit_is_that_in_which_people_talk(lengths: list[int], unit: float) -> None:
    """Fourteen characters a second, in seconds, milliseconds or ticks."""
    said, at, second = [], 0, 0.0
    for length in lengths:
        ends = second + length / 14
        begins = Moment(second * unit)
        said.append(SaidBetween(start=at, end=at + length, begins=begins, ends=Moment(ends * unit)))
        at, second = at + length, ends
    made = timed(said)
    assert len(made) == len(lengths)
    assert abs(made[-1].ends - second * 1000) <= 2


def test_samples_are_no_milliseconds() -> None:
    """Sixteen thousand a second would make an hour of four minutes: no time is better."""
    ends = Moment(40 / 14 * 16_000)
    assert timed([SaidBetween(start=0, end=40, begins=Moment(0), ends=ends)]) == ()


def test_what_has_no_end_ends_where_the_next_begins() -> None:
    said = [SaidBetween(start=n * 30, end=n * 30 + 30, begins=Moment(n * 2.0)) for n in range(3)]
    assert timed(said) == (
        Timed(start=0, end=30, begins=0, ends=2000),
        Timed(start=30, end=60, begins=2000, ends=4000),
    )


def test_words_that_begin_together_share_what_follows() -> None:
    said = [
        SaidBetween(start=n * 10, end=n * 10 + 9, begins=Moment(2.0 * (n // 3))) for n in range(7)
    ]
    assert [(one.begins, one.ends) for one in timed(said)] == [(0, 2000)] * 3 + [(2000, 4000)] * 3


@pytest.mark.parametrize(
    ("name", "words", "when"),
    [
        ("short.textgrid", "It was Fergus", (0, 1000)),
        ("short.textgrid", "in Kilmarnock.", (1000, 3500)),
        ("exmaralda.exb", "It was Fergus ", None),  # its end has no time
    ],
)
def test_intervals_and_events_have_their_time(
    name: str, words: str, when: tuple[int, int] | None
) -> None:
    reading = read_file(FILES[name].encode(), name, name)
    told = {reading.text[one.start : one.end]: (one.begins, one.ends) for one in reading.times}
    assert told.get(words) == when


def test_an_event_between_two_known_points_has_its_time() -> None:
    known = FILES["exmaralda.exb"].replace('<tli id="T2"/>', '<tli id="T2" time="4.0"/>')
    reading = read_file(known.encode(), "a.exb", "a.exb")
    told = {reading.text[one.start : one.end]: (one.begins, one.ends) for one in reading.times}
    assert told["It was Fergus "] == (2500, 4000)
