"""Numbers that no form and no frame makes references, by what stands around them."""

import pytest

from redact.detect.reference_reading import references_read
from tests.detect.mentions import mention, transcript


def read(text: str) -> list[str]:
    return [text[m.start : m.end] for m in references_read(transcript(text), ())]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("R: By the back door. 7731. It used to be 19 44, till all knew.", ["7731", "19 44"]),
        ("A: It's an alarm number.\nB: And it's?\nA: CA 1174. You press it.", ["CA 1174"]),
        (
            "R: And the code for the gate was in the folder. She wrote down 6612, so I knew.",
            ["6612"],
        ),
    ],
)
def test_a_number_is_somebodys_by_what_is_said_around_it(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "R: We got 312 pounds every four weeks, and the 19 bus comes at 10 past.",
        "R: In 1998 there were 45 people in it and 120 steps up to the door.",
        "[00:07:40] Oh. Yes, that was forty miles.",
    ],
)
def test_what_is_counted_paid_or_timed_is_not(text: str) -> None:
    assert read(text) == []


def test_a_number_that_something_else_takes_stays_that() -> None:
    text = "R: By the back door. 7731. Then I left."
    taken = mention(text, "7731", "DATE")
    assert list(references_read(transcript(text), (taken,))) == []
