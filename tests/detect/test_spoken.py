"""Numbers, addresses and letters as people say them; counts, years and times are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Transcript
from redact.detect.spoken import SpokenRecognizer, number_runs
from redact.detect.spoken_addresses import SpokenAddressRecognizer
from tests.detect.mentions import found_by


def spoken(text: str) -> list[tuple[str, str]]:
    transcript = Transcript(id="D1", text=text)
    mentions = [*SpokenRecognizer().find(transcript), *SpokenAddressRecognizer().find(transcript)]
    return [(text[m.start : m.end], m.label) for m in mentions]


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("oh one four one, four nine six, oh one two three",) * 2 + ("PHONE",),
        (
            "my number's five five five, oh one … em four two",
            "five five five, oh one … em four two",
            "PHONE",
        ),
        ("oh seven seven double oh, nine hundred, two one four",) * 2 + ("PHONE",),
        ("oh seven seven hundred nine hundred three three one",) * 2 + ("PHONE",),
        ("it's 07700 nine hundred one two three", "07700 nine hundred one two three", "PHONE"),
        ("dana dot ortiz at gmail dot com",) * 2 + ("EMAIL",),
        ("it's info at harborbridge dot example", "info at harborbridge dot example", "EMAIL"),
        ("m underscore mac at ngt dot org dot uk",) * 2 + ("EMAIL",),
        ("q q one two three four five six c", "q q one two three four five six c", "ID"),
        ("for a badge a y, nineteen sixty-three then", "a y, nineteen sixty-three", "ID"),
        ("her door tag was e k seven and", "e k seven", "ID"),
        ("we are route four box two eighteen", "two eighteen", "ID"),
        ("buzzer is four oh two and push", "four oh two", "ID"),
        ("t a n y a underscore quill at example dot com",) * 2 + ("EMAIL",),
        ("E H six, seven Q Q",) * 2 + ("ID",),
        (
            "member ID one zero four, four four nine, double oh, one two",
            "one zero four, four four nine, double oh, one two",
            "ID",
        ),
        ("last four of my social, oh oh seven eight", "oh oh seven eight", "ID"),
    ],
)
def test_a_spoken_identifier_is_found(text: str, value: str, label: str) -> None:
    assert (value, label) in spoken(text)


def test_a_number_over_two_captions_and_a_back_channel_is_one() -> None:
    text = "P01: it's oh seven seven\nINT: mm-hm\nP01: hundred nine hundred one two three\n"
    (run,) = number_runs(text)
    assert run.said == "07700900123"
    assert [label for _, label in spoken(text)] == ["PHONE"]


def test_a_number_goes_on_where_the_other_speaker_only_says_go_ahead() -> None:
    text = "they gave me intake id eight eight\ngo ahead\ntwo zero dash\nmm-hm\none six one\n"
    (run,) = number_runs(text)
    assert run.said == "8820161"


@pytest.mark.parametrize(
    "text",
    [
        "nineteen eighty-four to nineteen eighty-nine",
        "nine to five, twenty-four seven",
        "one or two, three or four of us",
        "five six seven of them",
        "half seven, eight, nine o'clock",
        "one two three testing",
        "two thousand and nineteen",
        "a one to one",
        "I did A and B",
        "meet at the dot",
        "polka dot dress",
        "one hundred per cent",
        "she is at work",
    ],
)
def test_counts_years_and_times_are_no_spoken_identifiers(text: str) -> None:
    assert spoken(text) == []


@given(st.text(alphabet="one two oh\n:INTab,.-05@ dot at", max_size=120))
def test_spoken_spans_lie_in_the_text(text: str) -> None:
    for mention in SpokenRecognizer().find(Transcript(id="D1", text=text)):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize("unit", ["a-", "A-", "a.", "-", "'", "a'a", "www."])
def test_a_long_run_without_an_address_holds_none(unit: str) -> None:
    """200,000 letters of these took minutes to hours: see docs/decisions/027."""
    assert spoken(unit * (200_000 // len(unit)) + " at last") == []


def test_an_address_behind_a_long_run_is_found() -> None:
    text = "a-" * 50_000 + " write to morag dot haldane at gmail dot com please " + "b." * 50_000
    assert ("morag dot haldane at gmail dot com", "EMAIL") in spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is 07700 900123, and one of the questions was about it.",
        "Hers is the 07700 900123 one and she answers it.",
        "on 312-555-0142, two of them came",
        "the 555-0142 one that rings",
        "in 900123, and one of us",
    ],
)
def test_a_written_number_eats_no_word_behind_it(text: str) -> None:
    assert not found_by(SpokenRecognizer(), text)


def test_a_number_half_written_is_read_to_its_end() -> None:
    text = "it's 0141 496 oh one two three, aye"
    assert found_by(SpokenRecognizer(), text) == ["0141 496 oh one two three"]
