"""Splicing: exact there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.replace.splice import restore, splice

TEXT = st.text(alphabet="abc é\n\r\u0301𝒳", max_size=60)


@st.composite
def planned(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str, str]]]:
    text = draw(TEXT)
    edges = sorted(set(draw(st.lists(st.integers(0, len(text)), max_size=8))))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return text, [(start, end, draw(st.text(max_size=9)), f"e{start}") for start, end in pairs]


@given(planned())
def test_every_splice_is_undone_exactly(case: tuple[str, list[tuple[int, int, str, str]]]) -> None:
    text, plan = case
    safe = splice("D1", text, plan)
    originals = [(r.safe_start, r.safe_end, text[r.start : r.end]) for r in safe.replacements]
    assert restore(safe.text, originals) == text
    for item in safe.replacements:
        assert safe.text[item.safe_start : item.safe_end] == item.text


def test_overlapping_replacements_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        splice("D1", "Morag", [(0, 3, "x", "a"), (2, 5, "y", "b")])
