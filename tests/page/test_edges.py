"""A place with a word more or fewer: within its line, and never with none left."""

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span
from redact.page.edges import moved_edges

TEXT = "R: We met Una  Quill there.\nR: Aye."


def moved(words: str) -> dict[str, str]:
    start = TEXT.index(words)
    steps = moved_edges(TEXT, Span(start, start + len(words)))
    return {one.key: TEXT[one.span.start : one.span.end] for one in steps}


def test_each_edge_moves_by_a_word() -> None:
    assert moved("Una  Quill") == {
        "[": "met Una  Quill",
        "{": "Quill",
        "}": "Una",
        "]": "Una  Quill there.",
    }


def test_an_edge_stays_within_its_line_and_leaves_a_word() -> None:
    assert moved("R:") == {"]": "R: We"}
    assert moved("there.") == {"[": "Quill there."}


@given(st.text("ab \n", min_size=2, max_size=30), st.data())
def test_a_step_gives_a_stretch_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    for one in moved_edges(text, Span(start, end)):
        assert 0 <= one.span.start < one.span.end <= len(text)
        assert (one.span.start, one.span.end) != (start, end)
