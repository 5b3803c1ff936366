"""t-closeness against its paper's own figures, and its bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.closeness import t_closeness
from redact.risk.lattice import in_their_order
from redact.risk.uniqueness import QuasiTable

SALARIES = tuple(f"{n}K" for n in range(3, 12))


def table(classes: list[list[str]]) -> tuple[QuasiTable, list[str]]:
    rows = tuple((str(n),) for n, values in enumerate(classes) for _ in values)
    names = tuple(f"row {n}" for n in range(len(rows)))
    return QuasiTable(("class",), rows, names), [v for values in classes for v in values]


@pytest.mark.parametrize(
    ("classes", "t"),
    [
        # Li 2007, example 3: {3K,4K,5K} is 0.375 from the whole, {6K,8K,11K} 0.167
        ([["3K", "4K", "5K"], ["6K", "8K", "11K"], ["7K", "9K", "10K"]], 0.375),
        # Li 2007, table 5: 0.167-closeness with respect to salary
        ([["3K", "5K", "9K"], ["6K", "11K", "8K"], ["4K", "7K", "10K"]], 0.167),
        ([list(SALARIES)], 0.0),
    ],
)
def test_the_published_tables_have_their_t(classes: list[list[str]], t: float) -> None:
    quasi, salaries = table(classes)
    assert in_their_order(salaries) == ()  # 3K is no figure; years and bands of ages are
    assert t_closeness(quasi, salaries, SALARIES) == pytest.approx(t, abs=0.001)
    figures = [one.removesuffix("K") for one in salaries]
    assert t_closeness(quasi, figures, in_their_order(figures)) == pytest.approx(t, abs=0.001)


def test_values_without_an_order_are_equally_far() -> None:
    quasi, said = table([["flu", "flu"], ["cancer", "flu"]])
    assert t_closeness(quasi, said) == pytest.approx(0.25)  # half of |1 - 3/4| + |0 - 1/4|
    with pytest.raises(ValueError, match="outside"):
        t_closeness(quasi, said, ["flu"])


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), min_size=1, max_size=5))
def test_it_lies_between_nothing_and_one(classes: list[list[str]]) -> None:
    quasi, said = table(classes)
    for order in ("", "abc"):
        assert 0.0 <= t_closeness(quasi, said, order) <= 1.0
    one_class, _ = table([said])
    assert t_closeness(one_class, said) == pytest.approx(0.0)
