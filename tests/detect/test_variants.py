"""Mis-hearings and misspellings of names that the study is sure of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.detect.detector import detect
from redact.detect.variants import Variants
from redact.policy import Policy
from tests.detect.mentions import surfaces, transcript

NAMES = ("kowalczyk", "mairead", "galashiels", "thibodeau", "petrie")


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("kowalchyk", "kowalczyk"),
        ("kowalczik", "kowalczyk"),
        ("maread", "mairead"),
        ("galashields", "galashiels"),
        ("tibodeau", "thibodeau"),
        ("petries", "petrie"),
        ("petire", "petrie"),
    ],
)
def test_a_near_form_is_meant_as_the_name(heard: str, meant: str) -> None:
    assert Variants(NAMES).near(heard) == meant


@pytest.mark.parametrize("word", ["kowalczyk", "pet", "tree", "because", "manager", "glasgow"])
def test_the_name_itself_short_words_and_other_words_are_no_variants(word: str) -> None:
    assert Variants(NAMES).near(word) is None


@given(st.sampled_from(NAMES), st.integers(0, 12), st.sampled_from("qxzj"))
def test_any_one_letter_changed_is_near(name: str, at: int, letter: str) -> None:
    at %= len(name)
    changed = name[:at] + letter + name[at + 1 :]
    assert changed == name or Variants(NAMES).near(changed) == name


@pytest.mark.model
def test_a_misheard_name_is_found_without_case(safe_copy: Policy) -> None:
    sure = "INT: Who runs it?\nP01: Agnieszka Kowalczyk does. Ask Mrs Kowalczyk.\n"
    heard = "int: who runs it\np01: oh that was kowalchyk again\n"
    _, second = detect((transcript(sure, "a"), transcript(heard, "b")), safe_copy)
    assert "kowalchyk" in surfaces(second, heard)


def test_a_word_without_end_is_no_variant_and_costs_nothing() -> None:
    assert Variants([*NAMES, "a" * 100_000]).near("a" * 1_000_000) is None
