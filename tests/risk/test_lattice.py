"""The best way to put values together is the best of all, and ARX's own example agrees."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.risk.lattice import best_by_values, called
from redact.risk.uniqueness import (
    QuasiTable,
    Step,
    k_anonymity,
    ladder,
    pairs_apart,
    suggest,
)


def table(columns: tuple[str, ...], *rows: tuple[str, ...]) -> QuasiTable:
    return QuasiTable(columns, rows, tuple(f"row {n}" for n in range(len(rows))))


# ARX, src/example/org/deidentifier/arx/examples/Example1.java: seven people, k 3, nobody left out.
ARX = table(
    ("age", "gender", "zipcode"),
    ("34", "male", "81667"),
    ("45", "female", "81675"),
    ("66", "male", "81925"),
    ("70", "female", "81931"),
    ("34", "female", "81931"),
    ("70", "male", "81931"),
    ("45", "male", "81931"),
)
AGES = [dict.fromkeys(("34", "45"), "<50") | dict.fromkeys(("66", "70"), ">=50")]
CODES = [
    {code: code[: 5 - n] + "*" * n for code in ("81667", "81675", "81925", "81931")}
    for n in range(1, 5)
]


def after(levels: tuple[int, int, int]) -> int:
    """k of ARX's table at a node of its lattice: levels of age, gender and zipcode."""
    ways: list[list[dict[str, str]]] = [[{}, *AGES], [{}], [{}, *CODES]]
    quasi = ARX
    for column, level, way in zip(ARX.columns, levels, ways, strict=True):
        to = way[level] if level < len(way) else {}
        values = quasi.column(column)
        whole = to or (
            dict.fromkeys(values, "*") if level else dict(zip(values, values, strict=True))
        )
        quasi = Step(column=column, to=whole, what="").applied(quasi)
    return k_anonymity(quasi)


def test_arx_s_example_reaches_its_k_at_its_node_and_at_none_below() -> None:
    node = (1, 1, 3)  # <50 or >=50, gender left out, 81***
    assert after(node) == 3
    for lower in product(range(2), range(2), range(4)):
        if lower != node and all(a <= b for a, b in zip(lower, node, strict=True)):
            assert after(lower) < 3, lower


def test_values_lose_no_more_than_the_best_set_of_given_steps() -> None:
    steps = ladder(ARX, {"age": AGES, "zipcode": CODES})
    given_steps = suggest(ARX, steps, 3)
    found = best_by_values(ARX, 3)
    assert found.is_exhaustive
    assert found.best is not None
    assert given_steps is not None
    assert found.best.k >= 3
    assert found.best.lost <= given_steps.lost


def by_force(quasi: QuasiTable, k: int) -> float | None:
    """The least that is lost, over every labelling of the values of two columns."""
    best: float | None = None
    values = [sorted(set(quasi.column(c))) for c in quasi.columns]
    telling = [n for n, v in enumerate(values) if len(v) > 1]
    for first in product("xyz", repeat=len(values[0])):
        for second in product("xyz", repeat=len(values[1])):
            to = [
                dict(zip(v, w, strict=True)) for v, w in zip(values, (first, second), strict=True)
            ]
            rows = [tuple(to[n][cell] for n, cell in enumerate(row)) for row in quasi.rows]
            if min(rows.count(row) for row in rows) < k:
                continue
            lost = 0.0
            for n in telling:
                said = [row[n] for row in rows]
                lost += 1 - pairs_apart(said) / pairs_apart(quasi.column(quasi.columns[n]))
            lost /= max(1, len(telling))
            best = lost if best is None else min(best, lost)
    return best


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("pqr")), min_size=1, max_size=8),
    st.integers(1, 4),
)
def test_nothing_that_loses_less_reaches_k(rows: list[tuple[str, str]], k: int) -> None:
    quasi = table(("one", "two"), *rows)
    found = best_by_values(quasi, k)
    forced = by_force(quasi, k)
    assert found.is_exhaustive
    assert (found.best is None) == (forced is None)
    if found.best is not None and forced is not None:
        assert found.best.lost == pytest.approx(forced)
        assert found.best.below == 0


def test_values_with_an_order_keep_it_and_kept_columns_stay() -> None:
    ages = ("20", "30", "40", "50")
    quasi = table(("nation", "age"), *[("S", age) for age in ages], *[("U", age) for age in ages])
    found = best_by_values(quasi, 2, frozenset({"nation"})).best
    assert found is not None
    (step,) = found.steps
    assert step.column == "age"
    assert step.what == "group age: 20 or 30; 40 or 50"
    assert called(["20", "30", "40"]) == "20 to 40"
    assert best_by_values(quasi, 5, frozenset({"nation"})).best is None


def test_where_there_are_too_many_ways_it_is_said() -> None:
    roles = [f"role {chr(97 + n)}" for n in range(10)]
    quasi = table(("role",), *[(role,) for role in roles for _ in range(2)], ("alone",))
    found = best_by_values(quasi, 2)
    assert not found.is_exhaustive
    assert found.best is not None
    assert found.best.k >= 2
    assert best_by_values(quasi, 1).is_exhaustive  # it is reached: nothing loses less
