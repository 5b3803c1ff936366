"""The intruder's attack: finds what can be found, is held against chance, and says no name."""

from __future__ import annotations

import random
from collections import Counter
from itertools import combinations, permutations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.attack import in_order, match, match_style, narrow, nearest


def told(text: str) -> Counter[str]:
    return Counter(text.split())


def test_who_is_described_is_found_and_who_is_not_is_not() -> None:
    targets = {
        "[Person 1]": told("manager of the hostel"),
        "[Person 2]": told("tea and talk"),
        "[Person 3]": told("nurse in the hostel"),
    }
    candidates = {"Ada": told("hostel manager"), "Ben": told("nurse"), "Cy": told("driver")}
    truth = {"[Person 1]": "Ada", "[Person 2]": "Cy", "[Person 3]": "Ben", "[Person 4]": "Ada"}
    found = match("x", targets, candidates, truth)
    assert (found.tried, found.right, found.by_chance) == (3, 2, 1.0)
    assert found.right_ones == ("[Person 1]", "[Person 3]")


def test_a_tie_is_no_find_and_who_is_no_candidate_is_not_tried() -> None:
    candidates = {"Ada": told("nurse"), "Ben": told("nurse")}
    found = match(
        "x", {"p": told("nurse"), "q": told("cook")}, candidates, {"p": "Ada", "q": "Zoe"}
    )
    assert (found.tried, found.right) == (1, 0)
    assert match("x", {}, {}, {}).tried == 0


def test_the_chance_of_as_many_is_the_binomial_s() -> None:
    targets = {f"p{n}": told(f"w{n}") for n in range(5)}
    candidates = {f"c{n}": told(f"w{n}") for n in range(4)}
    truth = {f"p{n}": f"c{n % 4}" for n in range(5)}
    found = match("x", targets, candidates, truth)
    assert (found.tried, found.right) == (5, 4)
    exact = sum(comb(5, k) * 0.25**k * 0.75 ** (5 - k) for k in (4, 5))
    assert found.likely == pytest.approx(exact)


@given(st.integers(0, 6), st.integers(1, 6))
def test_blind_guesses_do_as_well_as_chance(right: int, many: int) -> None:
    targets = {f"p{n}": told(f"w{n}") for n in range(many)}
    candidates = {f"c{n}": told(f"w{n}" if n < right else "z") for n in range(many)}
    found = match("x", targets, candidates, {f"p{n}": f"c{n}" for n in range(many)})
    assert 0 <= found.likely <= 1
    assert found.right == (min(right, many) if many > 1 or not right else found.right)


def test_two_who_talk_otherwise_are_told_apart_by_style() -> None:
    drawn = random.Random(7)  # noqa: S311 no secret
    styles = {
        "ann": "aye wee the and so like".split() * 2 + ["but"],
        "bob": "well the and of which I mean".split() + ["however"] * 2,
    }
    talks = {
        f"{who}{n}": [drawn.choice(words) for _ in range(400)]
        for who, words in styles.items()
        for n in range(3)
    }
    talks["short"] = ["aye"] * 20
    found = match_style("style", talks, {name: name[:3] for name in talks})
    assert (found.tried, found.right) == (6, 6)
    assert found.by_chance == pytest.approx(6 * 2 / 5)
    once = match_style("style", talks, {name: name for name in talks})
    assert once.tried == 0


def test_who_is_ruled_out_is_not_taken_and_the_only_one_left_is() -> None:
    targets = {"[Person 1]": told("manager of the hostel"), "[Person 2]": told("tea")}
    candidates = {"Ada": told("hostel manager"), "Ben": told("manager"), "Cy": told("driver")}

    def may_be(target: str, candidate: str) -> bool:
        return candidate == "Cy" if target == "[Person 2]" else candidate != "Ada"

    assert nearest(targets, candidates, may_be) == {"[Person 1]": "Ben", "[Person 2]": "Cy"}
    found = match("x", targets, candidates, {"[Person 1]": "Ada", "[Person 2]": "Cy"}, may_be)
    assert (found.right_ones, found.fewest) == (("[Person 2]",), 1)


def test_a_public_list_finds_where_nothing_else_is_left() -> None:
    fitting: dict[str, set[tuple[str, ...]]] = {
        "a": {("x",)},
        "b": {("x",), ("y",)},
        "c": {("z",)},
        "d": set(),
    }
    truth = {"a": {("x",)}, "b": {("y",)}, "c": {("w",)}, "d": {("x",)}}
    found = narrow("x", fitting, truth, among=10)
    assert (found.tried, found.right_ones, found.fewest) == (4, ("a",), 1)
    assert found.by_chance == pytest.approx(0.4)


@given(st.permutations(list("abcde")))
def test_the_chance_of_an_order_is_that_of_trying_all(order: list[str]) -> None:
    """As many pairs from half as these, either way, among all 120 orders."""

    def in_place(one: tuple[str, ...] | list[str]) -> int:
        return sum(a < b for a, b in combinations(one, 2))

    found = in_order("x", order, sorted(order), {name: name for name in order})
    far = abs(2 * in_place(order) - 10)
    as_far = sum(abs(2 * in_place(one) - 10) >= far for one in permutations("abcde"))
    assert (found.tried, found.right) == (10, in_place(order))
    assert found.likely == pytest.approx(as_far / 120)
