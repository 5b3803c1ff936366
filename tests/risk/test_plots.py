"""Plots can be read by eye, in print and aloud; their intervals are Wilson's."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.plots import PlotBar, interval_of_share, plot


def test_a_plot_is_well_formed_and_says_its_figures_in_words() -> None:
    bars = [
        PlotBar(name="role & <kind>", value=3, says="k 3", low=1, high=4, mark=2),
        PlotBar(name="nation", value=6, says="k 6"),
    ]
    root = ET.fromstring(plot("k by column", bars, 6, "what is asked"))  # noqa: S314 our own
    title = root.findtext("title") or ""
    assert title == "k by column. role & <kind>: k 3; nation: k 6"
    widths = [float(one.get("width", "")) for one in root.iter("rect")]
    assert widths == [130.0, 260.0]
    dashed = [one for one in root.iter("line") if one.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert "dashed: what is asked" in [one.text for one in root.iter("text")]
    colours = {one.get("stroke") for one in root.iter()} - {None}
    assert colours == {"currentColor"}


def test_there_is_no_plot_of_nothing() -> None:
    assert plot("k", [], 3) == ""
    assert plot("k", [PlotBar(name="a", value=0, says="0")], 0) == ""


@pytest.mark.parametrize(
    ("right", "tried", "low", "high"),
    [(9, 12, 0.468, 0.911), (0, 10, 0.0, 0.278), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilson_s(right: int, tried: int, low: float, high: float) -> None:
    assert interval_of_share(right, tried) == pytest.approx((low, high), abs=0.001)


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_interval_holds_the_share(right: int, tried: int) -> None:
    right = min(right, tried)
    low, high = interval_of_share(right, tried)
    assert 0 <= low <= right / tried <= high <= 1 or pytest.approx(right / tried) in (low, high)
