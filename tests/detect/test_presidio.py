"""A long transcript is analysed in runs of whole turns; nothing at an edge is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.detect.presidio import STRETCH, presidio_recognizer, stretches
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
    mentions = presidio_recognizer(DEFAULT_MODEL, False, "").find(transcript(text)).mentions
    assert "m.bain@example.org" in {text[m.start : m.end] for m in mentions}


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("It was a public meeting, B12 was the room, as the policy said.", []),
        ("We spoke to the Catholic priest, S4415 it says.", []),
        ("DB:: Thank you.", []),
        ("My driver license is S4415007.", ["S4415007"]),
        ("It's 412-555-0131 for the desk.", []),  # its last digit checks as an NHS number's
        ("It's 943 476 5919 on the card.", ["943 476 5919"]),
        ("It came from fe80::1a2b:3c4d:5e6f:7081 at night.", ["fe80::1a2b:3c4d:5e6f:7081"]),
    ],
)
def test_a_context_word_fits_whole_words(said: str, found: list[str]) -> None:
    mentions = presidio_recognizer(DEFAULT_MODEL, False, "").find(transcript(said)).mentions
    believed = [said[m.start : m.end] for m in mentions if m.label == "ID" and m.score >= 0.35]
    assert believed == found


@pytest.mark.model
def test_what_was_read_before_is_found_again_where_it_stands_now() -> None:
    recognizer = presidio_recognizer(DEFAULT_MODEL, False, "")
    said = "R: Write to m.bain@example.org.\n"
    first = recognizer.find(transcript(said, "a"))
    again = recognizer.find(transcript(said, "b"))
    assert [m.transcript for m in again.mentions] == ["b"] * len(first.mentions)
    assert [(m.span, m.label, m.score, m.sources) for m in again.mentions] == [
        (m.span, m.label, m.score, m.sources) for m in first.mentions
    ]
