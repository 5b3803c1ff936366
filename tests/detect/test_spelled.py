"""Names read out letter by letter, and the word said before them."""

from __future__ import annotations

import pytest

from redact.core import Transcript
from redact.detect.spelled import SpelledNameRecognizer


def found(text: str) -> list[tuple[str, str]]:
    transcript = Transcript(id="D0001", text=text, turns=())
    mentions = SpelledNameRecognizer().find(transcript)
    return sorted({(text[m.start : m.end], str(m.label)) for m in mentions})


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("it is m a i r i with an i", ["m a i r i"]),
        ("No, T-H-U-Y, like that.", ["T-H-U-Y"]),
        ("F, A, D, U, M, A and no H.", ["F, A, D, U, M, A"]),
        ("It is M, double C, A, B, E now.", ["M, double C, A, B, E"]),
        ("write L e v a, em, d o l and stop", ["L e v a, em, d o l"]),
        ("My name is Oduya. O. D. U. Y. A. It is short.", ["O. D. U. Y. A", "Oduya"]),
    ],
)
def test_letters_said_one_by_one_are_a_name(text: str, names: list[str]) -> None:
    assert [name for name, label in found(text) if label == "PERSON"] == names


def test_the_word_said_before_the_letters_is_the_name_as_it_was_heard() -> None:
    said = "so twee t h u y here and sign it thuy please"
    assert found(said) == [("t h u y", "PERSON"), ("thuy", "PERSON"), ("twee", "PERSON")]


def test_words_that_sound_like_what_is_spelled_are_the_name() -> None:
    said = "for the insurance dom brow ski d o m b r o w s k i so there"
    assert ("dom brow ski", "PERSON") in found(said)


@pytest.mark.parametrize("word", ["day", "the", "is"])
def test_a_small_word_of_a_written_transcript_is_no_name_by_its_place(word: str) -> None:
    said = f"They had a field {word} R-A-F-I-Q it was, and Ann wrote It Down Then."
    assert (word, "PERSON") not in found(said)


@pytest.mark.parametrize("said", ["f a c", "n t b c", "C.Y.F."])
def test_initials_of_a_body_are_hidden_too(said: str) -> None:
    assert found(f"we went to {said} then") == [(said, "ORG")]


@pytest.mark.parametrize(
    "said",
    [
        "I, I, I don't know",
        "plan a b c",
        "A, B, C or D",
        "the n h s",
        "the S.S.I. man",
        "Q. A. Q. A.",
        "a U S A thing",
        "We don't",
    ],
)
def test_stutters_alphabets_labels_and_kept_bodies_are_none(said: str) -> None:
    assert found(said) == []


def test_an_ordinary_word_that_was_spelled_is_not_taken_elsewhere() -> None:
    names = found("it is G-R-A-N-T, and the grant came")
    assert ("grant", "PERSON") not in names
