"""The chance that a word is a name, for each word of a text."""

from hypothesis import given
from hypothesis import strategies as st

from redact.risk.labeller import name_chances
from redact.risk.residual import residual_names


@given(st.text(max_size=300))
def test_the_labeller_gives_each_word_a_chance_and_the_same_again(text: str) -> None:
    first = name_chances(text)
    assert all(0 <= chance <= 1 for _, chance in first)
    assert name_chances(text) == first


def test_a_line_of_a_whole_interview_is_looked_at_to_its_end() -> None:
    text = "we had tea and talked and then " * 2000 + "I went with Zebedee Petrie to the shop."
    assert [text[o.start : o.end] for o in residual_names(text)] == ["Zebedee Petrie"]
