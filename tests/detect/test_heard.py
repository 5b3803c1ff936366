"""Names that a speech recogniser wrote as other words."""

from __future__ import annotations

import pytest

from redact.detect.detector import detect
from redact.detect.heard import HeardNames
from redact.policy import Policy
from tests.detect.mentions import transcript

NAMES = ("mahlon", "kilmarnock", "lovina", "sedachek", "okafor")


def found(text: str) -> list[str]:
    return [text[h.span.start : h.span.end] for h in HeardNames(NAMES).find(text)]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("S00: Mail On? S01: Mahlon. He works with wood.", ["Mail On"]),
        ("she came from kill marnock on the bus", ["kill marnock"]),
        ("She came from kill\nMarnock on the bus.", ["kill\nMarnock"]),
        ("Sedachek, they heard said a check, I said no.", ["said a check"]),
    ],
)
def test_words_that_together_sound_like_a_name(text: str, heard: list[str]) -> None:
    assert found(text) == heard


@pytest.mark.parametrize(
    "text",
    [
        "we live in a house and love in a way is all",  # sounds like Lovina, who is not near
        "I said Mahlon. I went home.",
        "Sedachek and Okafor went to Kilmarnock.",
        "Mahlon has got me in. The mail. On Monday it came.",
    ],
)
def test_sound_alone_is_not_enough(text: str) -> None:
    assert found(text) == []


@pytest.mark.model
def test_they_are_hidden_with_the_label_of_the_name(safe_copy: Policy) -> None:
    text = "I: Who is he?\nR: The machine wrote Mail On, it is Mahlon Troyer.\n"
    (detection,) = detect((transcript(text),), safe_copy)
    said = {text[m.start : m.end]: m.label for m in detection.mentions}
    assert said["Mail On"] == "PERSON"
