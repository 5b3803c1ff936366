"""Who would be alone outside: against sdcMicro's published example, and by hand."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from redact.errors import BadInput
from redact.risk.margins import (
    Margin,
    alone_outside,
    individual_risk,
    read_margins,
    sources_of,
)
from redact.risk.uniqueness import QuasiTable, k_anonymity

# francdat of sdcMicro (Capobianchi, Polettini and Lucarelli): the keys of example(indivRisk), the
# weights, and what freqCalc and indivRisk give for them.
FRANCDAT = (
    (("1", "2", "5", "1"), 18.0),
    (("1", "2", "1", "1"), 45.5),
    (("1", "2", "1", "1"), 39.0),
    (("3", "3", "1", "5"), 17.0),
    (("4", "3", "1", "4"), 541.0),
    (("4", "3", "1", "1"), 8.0),
    (("6", "2", "1", "5"), 5.0),
    (("1", "2", "5", "1"), 92.0),
)
SAMPLE = (2, 2, 2, 1, 1, 1, 1, 2)
OUTSIDE = (110.0, 84.5, 84.5, 17.0, 541.0, 8.0, 5.0, 110.0)
RISK = (0.01714, 0.02204, 0.02204, 0.17708, 0.01165, 0.29706, 0.40236, 0.01714)


def test_sdcmicro_s_example_has_its_frequencies_and_its_risk() -> None:
    rows = [row for row, _ in FRANCDAT]
    assert tuple(rows.count(row) for row in rows) == SAMPLE
    weights = [sum(w for other, w in FRANCDAT if other == row) for row in rows]
    assert tuple(weights) == OUTSIDE
    got = [individual_risk(rows.count(row), w) for row, w in zip(rows, weights, strict=True)]
    assert got == pytest.approx(RISK, abs=0.00001)
    quasi = QuasiTable(("a", "b", "c", "d"), tuple(rows), tuple(map(str, range(8))))
    assert k_anonymity(quasi) == 1


def test_the_risk_of_a_class_is_what_its_closed_forms_say() -> None:
    for population in (1.5, 7.0, 300.0):
        p = 1 / population
        assert individual_risk(1, population) == pytest.approx(p / (1 - p) * math.log(1 / p))
    for population in (2.5, 30.0):
        q = (p := 2 / population) / (1 - p)
        assert individual_risk(2, population) == pytest.approx(q - q * q * math.log(1 / p))
    assert individual_risk(4, 4.0) == pytest.approx(0.25)
    with pytest.raises(ValueError, match="somebody"):
        individual_risk(0, 3.0)


LIST = QuasiTable(
    ("nation", "role"),
    (("Scotland", "nurse"), ("Scotland", "manager"), ("Wales", "nurse"), ("Wales", "nurse")),
    ("one", "two", "three", "four"),
)
NATIONS = (
    Margin(column="nation", value="Scotland", people=100, source="a census"),
    Margin(column="nation", value="Wales", people=300, source="a census"),
)


def test_margins_say_how_many_share_a_row_outside() -> None:
    roles = (
        Margin(column="role", value="nurse", people=390),
        Margin(column="role", value="manager", people=10),
    )
    two, one = alone_outside(LIST, (*NATIONS, *roles))
    assert (two.name, one.name, two.by) == ("two", "one", ("nation", "role"))
    assert two.expected == pytest.approx(400 * 100 / 400 * 10 / 400)
    assert two.found == pytest.approx(individual_risk(1, 2.5))
    assert two.alone == pytest.approx(math.exp(-(1 - 4 / 400) * 2.5))
    assert one.alone < 1e-9
    assert sources_of(NATIONS) == {"nation": "a census"}


def test_a_value_that_no_margin_names_is_nobody_s_outside() -> None:
    (rare, *_) = alone_outside(LIST, (Margin(column="role", value="nurse", people=400),))
    assert (rare.name, rare.expected, rare.alone, rare.found) == ("two", 0.0, 1.0, 1.0)
    assert alone_outside(LIST, ()) == ()


def test_a_table_of_margins_is_read_and_a_wrong_one_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "margins.csv"
    path.write_text('column,value,people,source\nnation,Scotland,"5,400",a census\n', "utf-8")
    (one,) = read_margins(path)
    assert (one.column, one.value, one.people, one.source) == (
        "nation",
        "Scotland",
        5400,
        "a census",
    )
    for text, where in (
        ("a,b\n1,2\n", "margins.csv"),
        ("column,value,people\nn,S,few\n", "line 2"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(BadInput) as refused:
            read_margins(path)
        assert where in str(refused.value.where)
