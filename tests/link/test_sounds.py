"""How far apart two names are as they sound, and what is taken for a slip of the ear."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.link.sounds import (
    apart_in_sound,
    is_heard_as,
    is_other_spelling,
    sounds_like,
    sounds_of,
)

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@given(NAMES, NAMES)
def test_it_is_the_same_from_both_sides_and_nothing_for_one_name(one: str, other: str) -> None:
    assert apart_in_sound(one, one) == 0
    assert apart_in_sound(one, other) == pytest.approx(apart_in_sound(other, one))
    assert apart_in_sound(one, other) >= 0


@given(NAMES, NAMES)
def test_what_is_heard_for_a_name_is_looked_for_under_one_of_its_sounds(
    one: str, other: str
) -> None:
    if is_heard_as(one, other):
        assert not sounds_of(one).isdisjoint(sounds_of(other))


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("lind fors", "lindvors"),
        ("mare in a", "marina"),
        ("oh win", "owin"),
        ("zelmeak", "zelmiak"),
        ("hail on", "hailon"),
    ],
)
def test_words_that_sound_like_a_name_are_heard_for_it(heard: str, name: str) -> None:
    assert is_heard_as(heard, name)


@pytest.mark.parametrize(
    ("one", "other"),
    [("verna", "vera"), ("boat john", "book john"), ("morag", "mairead"), ("bo", "beau")],
)
def test_names_that_differ_in_a_consonant_are_two(one: str, other: str) -> None:
    assert not is_heard_as(one, other)


def test_long_names_of_one_sound_are_one_in_two_spellings() -> None:
    assert is_other_spelling("terrance", "terrence")
    assert not is_other_spelling("kayla", "kyla")  # two names, and short


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("agnes", "agnes", True),
        ("catriona", "katriona", False),  # another first letter
        ("shona", "shonna", True),
        ("shona", "shonnah", False),  # two letters longer
        ("marian", "marion", True),
        ("morag", "martin", False),
        ("jean", "joan", True),
    ],
)
def test_names_that_sound_alike_have_one_sound_and_one_first_letter(
    one: str, other: str, alike: bool
) -> None:
    assert sounds_like(one, other) is sounds_like(other, one) is alike
