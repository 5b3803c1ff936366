"""A long transcript is analysed in runs of whole turns; nothing at an edge is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.detect.presidio import STRETCH, PresidioRecognizer, stretches
from redact.policy import DEFAULT_MODEL
from tests.detect.mentions import transcript

LINES = st.lists(
    st.lists(st.sampled_from(["aye", "well.", "no?", "extraordinarily", "é"]), max_size=30).map(
        " ".join
    ),
    max_size=30,
)


@given(LINES, st.booleans(), st.integers(20, 200))
def test_stretches_tile_the_text_and_cut_no_word(lines: list[str], spoken: bool, most: int) -> None:
    text = "\n".join(f"R: {line}" if spoken else line for line in lines)
    cut = stretches(transcript(text), most)
    assert [start for start, _ in cut] == [0, *(end for _, end in cut[:-1])]
    assert cut[-1][1] == len(text)
    for start, end in cut:
        assert end - start <= 2 * most
        assert start == 0 or text[start - 1].isspace()
    turns = {turn.start for turn in transcript(text).turns}
    if len(cut) > 1 and all(len(line) < most - 4 for line in lines) and turns:
        assert {start for start, _ in cut[1:]} <= turns


@pytest.mark.model
def test_mentions_of_a_later_stretch_keep_their_place() -> None:
    text = "R: We talked about the van.\n" * (STRETCH // 12) + "R: Write to m.bain@example.org.\n"
    mentions = PresidioRecognizer(DEFAULT_MODEL).find(transcript(text)).mentions
    assert "m.bain@example.org" in {text[m.start : m.end] for m in mentions}
