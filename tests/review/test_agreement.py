"""Agreement of two readers, checked against published examples and by its own laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Detection, Label, Mention, Place, Source, Transcript
from redact.review.agreement import compare, covered, kappa, still_missed, word_pairs


def mention(start: int, end: int, label: Label = "PERSON") -> Mention:
    return Mention(
        place=Place.at("D1", start, end), label=label, score=1.0, sources=(Source.REVIEWER,)
    )


def test_kappa_of_a_published_table() -> None:
    """The grant proposals of many textbooks: 20 yes and yes, 5 yes and no, 10 and 15: 0.4."""
    table = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(table) == pytest.approx(0.4)
    assert kappa([("a", "a"), ("b", "b")]) == 1
    assert kappa([("a", "b"), ("b", "a")]) == -1
    assert kappa([]) == 1


def test_chapman_of_a_published_example() -> None:
    """Ten marked, fifteen caught, five of them marked: 28 (11 x 16 / 6 - 1)."""
    estimate = still_missed(10, 15, 5)
    assert estimate.found == 20
    assert estimate.found + estimate.missed == pytest.approx(28.333, abs=0.001)
    # By hand: variance 11 * 16 * 5 * 10 / (6 * 6 * 7) = 34.92, 8.33 missed, so a factor of
    # exp(1.96 * sqrt(ln(1 + 34.92 / 69.44))) = 3.494 to either side.
    assert estimate.low == pytest.approx(8.3333 / 3.494, abs=0.01)
    assert estimate.high == pytest.approx(8.3333 * 3.494, abs=0.02)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_an_estimate_is_never_below_nothing_and_lies_in_its_interval(
    first: int, second: int, both: int
) -> None:
    if both > min(first, second):
        with pytest.raises(ValueError, match="more than one"):
            still_missed(first, second, both)
        return
    estimate = still_missed(first, second, both)
    assert 0 <= estimate.low <= estimate.missed <= estimate.high
    assert still_missed(second, first, both) == estimate
    if both in (first, second):
        assert estimate.missed == 0


def test_words_are_compared_by_what_hides_them() -> None:
    text = "Morag Haldane of Ayr came"
    pairs = word_pairs(text, [mention(0, 13), mention(17, 20, "PLACE")], [mention(6, 13)])
    assert pairs == [
        ("PERSON", "none"),
        ("PERSON", "PERSON"),
        ("none", "none"),
        ("PLACE", "none"),
        ("none", "none"),
    ]
    assert covered([mention(0, 13)], [mention(0, 6), mention(6, 13)]) == 1
    assert covered([mention(0, 13), mention(17, 20)], [mention(0, 6), mention(17, 22)]) == 0.5
    assert covered([], [mention(0, 1)]) == 1


def test_two_readings_are_compared_by_what_the_detectors_had_missed() -> None:
    text = "Morag Haldane of Ayr came with Hugh and Ann."
    one = Transcript(id="D1", text=text)
    rest = Transcript(id="D2", text=f"{text} {text}")
    machine = {"D1": Detection("D1", (mention(0, 13),))}
    mine = {"D1": Detection("D1", (mention(0, 13), mention(17, 20, "PLACE")))}
    theirs = {"D1": Detection("D1", (mention(0, 13), mention(17, 20, "PLACE"), mention(31, 35)))}
    found = compare([one, rest], machine, mine, theirs, frozenset({"D1"}))
    assert (found.read, found.words) == (1, 9)
    assert (found.missed.found, found.missed.missed) == (2, 0)  # 1, 2 and 1 of both: none is left
    assert found.in_the_rest == pytest.approx(18 / 9)  # the one that only the second found
    assert found.second_hides == 1
    assert found.first_hides == pytest.approx(2 / 3)
    assert [(d.start, d.first, d.second) for d in found.differences] == [(31, "", "PERSON")]
    assert 0 < found.kappa < 1
