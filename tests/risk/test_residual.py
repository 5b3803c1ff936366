"""A second look at safe texts: words like a name are found, what decisions account for is not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.residual import missed_by_both, residual_names

NOBODY: dict[bool, int] = {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("R: I went with Zebedee Petrie to the shop.", ["Zebedee Petrie"]),
        ("R: Morag went. We stayed.", ["Morag"]),
        ("R: We went to [Place 3] with [Person 2].", []),
        ("R: Well. Aye. Tuesday it was, and then May came.", []),
        ("R: i went with morag to the shop and she was grand about it all", ["morag"]),
        ("R: i said to kylintha petrie stay in ardrannoch", ["kylintha petrie", "ardrannoch"]),
        ("R: We have the SDS forms and the OT came.", []),
        ("R: She lives in Kilmarnock now.", ["Kilmarnock"]),
        ("R: I've a key. It's fine. They're here.", []),
    ],
)
def test_what_looks_like_a_name_in_a_released_text(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in residual_names(text)] == found


def test_what_a_decision_accounts_for_is_passed_over() -> None:
    text = "R: I went with Zebedee Petrie and Orinthia."
    start = text.index("Zebedee")
    assert [text[o.start : o.end] for o in residual_names(text, [(start, start + 14)])] == [
        "Orinthia"
    ]


@given(st.text(max_size=120), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20))))
def test_finds_lie_apart_in_the_text_and_outside_what_is_sure(
    text: str, sure: list[tuple[int, int]]
) -> None:
    spans = [(start, start + size) for start, size in sure]
    last = 0
    for one in residual_names(text, spans):
        assert last <= one.start < one.end <= len(text)
        assert not any(start <= one.start < end for start, end in spans)
        last = one.end


def test_what_neither_sees_is_estimated_from_what_only_the_second_look_found() -> None:
    nothing = missed_by_both({True: 0})
    assert (nothing.names, nothing.low) == (0, 0)
    assert 5 <= nothing.high <= 9  # finding none of four in ten proves little
    ten = missed_by_both({True: 10})
    assert ten.names == pytest.approx(10 * 50 / 32)
    assert ten.low < ten.names < ten.high
    assert missed_by_both({True: 10, False: 3}).names > ten.names
    assert missed_by_both({True: 10, False: 0}).high >= ten.high


@given(st.integers(0, 40))
def test_the_interval_is_that_of_the_distribution_summed_by_hand(found: int) -> None:
    """By another way: the Beta cut into a thousand shares, a negative binomial for each."""
    hits, misses, cuts = 32.5, 50.5, 1000
    rates = [(n + 0.5) / cuts for n in range(cuts)]
    weights = [math.exp((hits - 1) * math.log(r) + (misses - 1) * math.log(1 - r)) for r in rates]
    total, seen, low, high = sum(weights), 0.0, -1, -1
    chances = [w / total * r ** (found + 1) for r, w in zip(rates, weights, strict=True)]
    for missed in range(100_000):
        seen += sum(chances)
        low = missed if low < 0 and seen >= 0.025 else low
        if seen >= 0.975:
            high = missed
            break
        chances = [
            c * (1 - r) * (found + missed + 1) / (missed + 1)
            for r, c in zip(rates, chances, strict=True)
        ]
    expected = missed_by_both({True: found})
    assert abs(expected.low - low) <= 1
    assert abs(expected.high - high) <= 1
