"""Whether a text states what a table holds, however it says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.facts import FactKind, quote, self_stated, stated

TOLD: list[tuple[FactKind, str, str, str]] = [
    ("founding year", "1994", "Since 1994, aye.", "1994"),
    (
        "founding year",
        "1994",
        "The charity is a nineteen ninety-four thing.",
        "nineteen ninety-four",
    ),
    ("founding year", "1994", "That was back in ninety-four.", "ninety-four"),
    ("founding year", "1994", "It is older than the '94 act, so '94.", "'94"),
    ("founding year", "1994", "They came out of the nineties.", "nineties"),
    ("founding year", "1994", "Twenty-five years ago there was nothing.", "Twenty-five years ago"),
    ("founding year", "1994", "It is our 25th anniversary.", "25th anniversary"),
    ("founding year", "1979", "Our fortieth birthday!", "fortieth birthday"),
    ("founding year", "2004", "Two thousand and four it was.", "Two thousand and four"),
    ("founding year", "1906", "A house of nineteen oh six.", "nineteen oh six"),
    ("founding year", "c. 1974", "It began in seventy-four.", "seventy-four"),
    ("founding year", "circa 1974", "It began in 1974.", "1974"),
    ("founding year", "1974?", "The seventies, I think.", "seventies"),
    ("size", "1,200 staff", "We are 1200 people.", "1200 people"),
    ("size", "1200", "We are 1,200 people.", "1,200 people"),
    (
        "size",
        "1,200",
        "Twelve hundred? One thousand two hundred staff.",
        "One thousand two hundred staff",
    ),
    (
        "size",
        "25,000 employees",
        "Twenty-five thousand employees!",
        "Twenty-five thousand employees",
    ),
    ("role", "team leader", "As team leaders go, I am mild.", "team leaders"),
    ("role", "team manager", "I manage the team.", "manage the team"),
    (
        "role",
        "tenancy support worker",
        "I do support work, tenancy mostly.",
        "support work, tenancy",
    ),
    ("role", "director", "Being director is lonely.", "director"),
    ("kind of organisation", "homelessness, Scotland", "We are for homeless folk.", "homeless"),
    (
        "kind of organisation",
        "learning disability, UK",
        "It's learning disabilities.",
        "learning disabilities",
    ),
    ("town class", "island and small towns", "On an island.", "island"),
    ("size", "40 staff", "There's forty-odd staff.", "forty-odd staff"),
    (
        "size",
        "about 120 employees",
        "A team of a hundred and twenty.",
        "team of a hundred and twenty",
    ),
    ("gender", "woman", "As a young woman you hear that.", "As a young woman"),
    ("gender", "male", "I’m a dad myself.", "I’m a dad"),
]


@pytest.mark.parametrize(("kind", "value", "text", "words"), TOLD)
def test_a_fact_is_stated_by_whatever_words(
    kind: FactKind, value: str, text: str, words: str
) -> None:
    assert [text[s.start : s.end] for s in stated(kind, value, text, 2019)][-1:] == [words]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("founding year", "1994", "There were ninety-four people in 1949."),
        ("founding year", "1994", "Eleven years ago."),
        ("role", "team leader", "My team is good. A leader came."),
        ("size", "1,200 staff", "There were 200 staff."),
        ("founding year", "c. 1974", "There were seventy-four of them."),
        ("role", "director", "I said it in a direct way."),
        ("size", "40 staff", "It took forty minutes and the staff left."),
        ("kind of organisation", "Scotland", "We are in Scotland."),
        ("gender", "woman", "The woman next door."),
        ("gender", "not said", "As a woman."),
        ("other", "2", "Two of us."),
        ("role", "", "Anything."),
    ],
)
def test_near_misses_state_nothing(kind: FactKind, value: str, text: str) -> None:
    assert stated(kind, value, text, 2019) == ()


def test_what_people_say_of_themselves() -> None:
    text = "I've been a nurse for eleven years. I'm in my early forties. Twelve years here!"
    assert [(one.kind, one.value) for one in self_stated(text)] == [
        ("years in post", "eleven"),
        ("age", "early forties"),
        ("years in post", "twelve"),
    ]
    assert self_stated("She has been here for eleven years, and they are in their forties.") == ()


@given(st.text(max_size=120), st.sampled_from(["1994", "team leader", "40 staff", "island, town"]))
def test_what_is_stated_lies_in_the_text(text: str, value: str) -> None:
    for kind in ("role", "size", "founding year", "other"):
        for span in stated(kind, value, text, 2019):
            assert 0 <= span.start < span.end <= len(text)
            assert quote(text, span)
