"""What tells one organisation from another: clues, facts that are still told, things together."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.organisations import clues, fits, point_to_one, survives


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We were set up in 1987 by two nurses.", [("founded", "set up in 1987")]),
        (
            "It was founded, oh, in the early seventies.",
            [("founded", "founded oh in the early seventies")],
        ),
        ("We've been going since 1994.", [("founded", "been going since 1994")]),
        ("We set up thirty years ago.", [("founded", "set up thirty years ago")]),
        ("It's our fortieth anniversary.", [("founded", "fortieth anniversary")]),
        ("I started in 2010 and I've been here since 2010.", []),
        ("There's nine staff and a van.", [("size", "nine staff")]),
        ("It's a town of four thousand.", [("town", "town of four thousand")]),
        ("We're on the island.", [("town", "island")]),
        (
            "It's homelessness, and the night shelter.",
            [("service", "homelessness"), ("service", "night shelter")],
        ),
        ("[Organisation 3] is here. [Place 2] is there.", []),
        ("I had tea in 1994 with the family.", []),
    ],
)
def test_what_tells_of_an_organisation(text: str, found: list[tuple[str, str]]) -> None:
    assert [(clue.kind, clue.words) for clue in clues(text)] == found


@given(st.text(max_size=200))
def test_clues_lie_in_the_text(text: str) -> None:
    for clue in clues(text):
        assert 0 <= clue.start < clue.end <= len(text)


@pytest.mark.parametrize(
    ("fact", "said", "told"),
    [
        ("1987", ["set up in 1987"], True),
        ("1987", ["set up in 1978"], False),
        ("about 40 staff", ["forty of us"], True),
        ("learning disability, Scotland", ["learning disabilities"], True),
        ("homelessness, Scotland", ["mental health"], False),
        ("", ["anything"], False),
    ],
)
def test_a_fact_is_told_where_its_words_are_said(fact: str, said: list[str], told: bool) -> None:
    assert survives(fact, said) is told


def test_how_many_organisations_what_is_told_fits() -> None:
    facts = {
        "a": {"nation": "Scotland", "service": "housing", "founded": "1987"},
        "b": {"nation": "Scotland", "service": "housing", "founded": "1999"},
        "c": {"nation": "Scotland", "service": "care"},
        "d": {"nation": "United States", "service": "housing"},
    }
    told = {"a": ["nation", "service"], "b": ["nation", "founded"], "c": ["nation"], "d": []}
    assert fits(facts, told) == {"a": 2, "b": 1, "c": 3, "d": 4}


@given(
    st.dictionaries(
        st.sampled_from("123456"), st.frozensets(st.sampled_from("vwxyz"), max_size=4), min_size=1
    ),
    st.lists(st.sampled_from("AB"), min_size=6, max_size=6),
)
def test_the_smallest_sets_that_point_to_one_are_those_of_trying_all(
    spoken: dict[str, frozenset[str]], of: list[str]
) -> None:
    held = dict(zip("123456", of, strict=True))
    every = {frozenset(c) for size in (1, 2) for c in combinations("vwxyz", size)}
    where = {one: {held[i] for i, things in spoken.items() if one <= things} for one in every}
    pointing = {one for one in every if len(where[one]) == 1}
    smallest = {one for one in pointing if not any(other < one for other in pointing)}
    found = point_to_one(spoken, held)
    assert {(name, frozenset(t.things)) for name, sets in found.items() for t in sets} == {
        (next(iter(where[one])), one) for one in smallest
    }
    for name, sets in found.items():
        for one in sets:
            assert one.interviews == sum(
                held[i] == name and frozenset(one.things) <= things for i, things in spoken.items()
            )
