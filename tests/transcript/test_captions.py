"""Captions heard as talk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.detect.detector import detect
from redact.policy import Policy
from redact.transcript.captions import as_heard
from tests.detect.mentions import surfaces, transcript

SRT = (
    "1\n00:00:01,000 --> 00:00:04,200\nToday I am talking to Agnieszka\n\n"
    "2\n00:00:04,200 --> 00:00:07,900\nKowalczyk. Ring me on oh seven seven\n\n"
    "3\n00:00:07,900 --> 00:00:11,000\nhundred nine hundred three three one.\n"
)


def test_cue_numbers_and_times_are_blanks_of_the_same_length() -> None:
    heard = as_heard(SRT)
    assert len(heard) == len(SRT)
    assert (
        heard.split()
        == (
            "Today I am talking to Agnieszka Kowalczyk. Ring me on oh seven seven hundred nine "
            "hundred three three one."
        ).split()
    )


def test_what_could_hold_a_name_is_never_blanked() -> None:
    text = (
        "WEBVTT\n\nintro\n00:04.200 --> 00:07.900 align:start\nHello\n\n"
        "00:08.000 --> 00:09.000\nJean"
    )
    assert as_heard(text).split() == ["WEBVTT", "intro", "Hello", "Jean"]
    for line in ("00:04.200 --> 00:07.900 Morag", "00:04.200 --> 00:07.900 region:morag"):
        assert as_heard(f"{line}\nHello") == f"{line}\nHello"
    assert "Morag" in as_heard("WEBVTT\n\nMorag\n00:04.200 --> 00:07.900\nHello")


@pytest.mark.model
def test_a_name_and_a_number_over_two_cues_are_found_and_the_times_are_left(
    safe_copy: Policy,
) -> None:
    (found,) = detect((transcript(SRT, "a"),), safe_copy)
    said = surfaces(found, SRT)
    assert {"Agnieszka", "Kowalczyk"} <= set(said)
    assert not any("-->" in piece for piece in said)


@given(st.text(alphabet="ab \n:>-01,."))
def test_any_text_keeps_its_length_and_its_words_outside_marks(text: str) -> None:
    assert len(as_heard(text)) == len(text)
    if "-->" not in text:
        assert as_heard(text) == text
