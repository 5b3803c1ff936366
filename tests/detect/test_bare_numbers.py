"""Bare numbers that identify are found; what is counted, paid, dated or scored is not."""

import pytest

from redact.detect.bare_numbers import bare_numbers


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in sorted({*bare_numbers(text, text)})]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("I'm in 44899, it's a D school", "44899"),
        ("He gave me his card, 7099 412. Right", "7099 412"),
        ("the account, 5 0017 2240 6618.", "5 0017 2240 6618"),
        ("the clock number, mine is 6120. They", "6120"),
        ("I've had it changed since, set it back to 4417.", "4417"),
        ("three digits on the back, 5-8-1. And", "5-8-1"),
        ("I'm in flat 2/1 up the close", "2/1"),
        ("she's in apartment 4C now", "4C"),
        ("the lane, unit 214, out there", "214"),
        ("I stay in the close, number 47, with him", "47"),
        ("Your house number?\nW: 22A, same as before", "22A"),
        ("the card expiry is 09/31 on it", "09/31"),
        ("expiry oh nine thirty-one", "oh nine thirty-one"),
        ("I'm down as 4417 with them", "4417"),
        ("File number? 6674 it was", "6674"),
        ("they wrote 2387 on the card", "2387"),
        ("the licence, CD 811, was his", "CD 811"),
    ],
)
def test_a_bare_number_that_identifies_is_found(text: str, number: str) -> None:
    assert found(text) == [number]


def test_numbers_behind_what_they_open_are_found_some_way_on() -> None:
    text = "each key safe is in her diary under the initials: D.M. 1314. W.R. 0690. Gate C25Y."
    assert found(text) == ["1314", "0690", "C25Y"]


@pytest.mark.parametrize(
    "text",
    [
        "we served 12500 people there",
        "it was 61000 miles in two years",
        "I paid 41250 for it",
        "the grant of £12500 came",
        "about 35000 in all",
        "in 1998 2004 and after",
        "the code changed in 1998.",
        "with the key pad we won 3-2-1.",
        "they wrote 1988 on the card",
        "she is with Unit 7 of the police",
        "the temperature was 98.6 then",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert not found(text)
