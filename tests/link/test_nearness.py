"""How near two transcripts are, by the names that stand in both."""

from __future__ import annotations

import pytest

from redact.link.nearness import Nearness


def stands(**transcripts: str) -> dict[str, set[str]]:
    """By name the transcripts in which it stands."""
    return {name: set(where.split()) for name, where in transcripts.items()}


def test_each_name_that_two_share_counts_one() -> None:
    near = Nearness(stands(kasia="a b", wojtek="a b", oddny="a c"), 3)
    assert near.of({"a"}, {"b"}) == 2
    assert near.of({"a"}, {"c"}) == 1
    assert near.of({"b"}, {"c"}) == 0


def test_of_several_transcripts_the_nearest_two_count_but_none_with_itself() -> None:
    near = Nearness(stands(kasia="a b", wojtek="a b", oddny="c d"), 4)
    assert near.of({"a", "c"}, {"b", "d"}) == 2
    assert near.of({"a"}, {"a", "d"}) == 0


def test_who_stands_in_most_of_a_study_says_little() -> None:
    near = Nearness(stands(researcher="a b c d e f", kasia="a b"), 7)
    assert near.of({"a"}, {"c"}) == pytest.approx(1 / 5)


def test_a_name_that_stands_everywhere_in_a_large_study_says_nothing() -> None:
    everywhere = {f"D{number}" for number in range(100)}
    near = Nearness({"kasia": everywhere}, 1_000)
    assert near.of({"D1"}, {"D2"}) == 0
