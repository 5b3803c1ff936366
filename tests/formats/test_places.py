"""Positions are counted as the program that wrote them counts, however many there are."""

from __future__ import annotations

from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.formats.places import UnitCounts
from redact.formats.slots import Unit
from redact.formats.splicing import count_units


@pytest.mark.parametrize("unit", get_args(Unit))
@given(st.text("a\r\n\U0001f600é", max_size=12))
def test_a_stretch_is_as_long_as_its_text_by_itself(unit: Unit, text: str) -> None:
    counts = UnitCounts(text)
    for start, end in combinations(range(len(text) + 1), 2):
        assert counts.between(start, end, unit) == count_units(text[start:end], unit)
