"""What the pages are made of: every character of a transcript, in order, and nothing unseen."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Mention, Place, Source, Transcript
from redact.core.timed import Timed
from redact.page.show import Mark, lines_of, marks_of, quote_of, visible, with_times
from redact.transcript.turns import read_structure
from tests.page.shown import TEXT, shown

MARKS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 30)), max_size=6)


@given(st.text(st.characters() | st.sampled_from("\n\r:R "), max_size=90), MARKS)
def test_every_character_is_shown_once_and_in_order(
    text: str, found: list[tuple[int, int]]
) -> None:
    marks, last = [], 0
    for start, size in sorted(found):
        if start >= last and start + size <= len(text):
            marks.append(
                Mark(
                    start=start,
                    end=start + size,
                    label="PERSON",
                    state="found",
                    score=1.0,
                    why="",
                    safe="[P 1]",
                )
            )
            last = start + size
    transcript = Transcript(id="D1", text=text, turns=read_structure(text).turns)
    pieces = [piece for line in lines_of(transcript, marks) for piece in line.pieces]
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        assert piece.start == at
        at += len(piece.text)
    assert {(p.mark.start, p.mark.end) for p in pieces if p.mark} == {
        (m.start, m.end) for m in marks
    }


@given(st.text())
def test_what_is_shown_is_no_markup_and_hides_nothing(text: str) -> None:
    shown = str(visible(text)).replace('<span class="unseen">', "\0").replace("</span>", "\0")
    assert "<" not in shown
    assert ">" not in shown
    assert not any(c in shown for c in "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}\x07")


def test_a_quote_is_a_place_with_what_stands_around_it_on_one_line() -> None:
    text = "before\nMorag\nafter"
    quote = quote_of(text, Place.at("D1", 7, 12), "one.txt")
    assert (quote.before, quote.words, quote.after) == ("before ", "Morag", " after")
    assert (quote.place.start, quote.name) == (7, "one.txt")
    assert "Morag" not in repr(quote)
    long = quote_of("x" * 1000, Place.at("D1", 500, 501), "one.txt")
    assert len(long.before) == len(long.after) == 60


def test_a_mention_is_a_mark_that_shows_no_word_before_anything_was_decided() -> None:
    start = TEXT.index("Zorbalot")
    sure, doubt = (
        Mention(
            place=Place.at("D1", start, start + 8),
            label="PLACE",
            score=score,
            sources=(Source.GAZETTEER,),
        )
        for score in (0.9, 0.1)
    )
    (mark,) = marks_of(shown(TEXT, (sure,)), "D1")
    assert (mark.start, mark.end, mark.state, mark.safe) == (
        start,
        start + 8,
        "found",
        "[new place]",
    )
    assert marks_of(shown(TEXT, (doubt,)), "D1")[0].state == "doubtful"
    assert marks_of(shown(TEXT, (doubt,)), "D9") == ()


def test_a_mark_says_when_it_is_heard_where_the_transcript_does() -> None:
    text = "R: It was Morag.\nR: Aye, Morag."
    mark = Mark(start=10, end=15, label="PERSON", state="doubtful", score=0.3, why="", safe="[P 1]")
    last = replace(mark, start=25, end=30)
    timed = Transcript(
        id="D1", text=text, times=(Timed(start=3, end=16, begins=3_720_010, ends=3_724_010),)
    )
    assert [one.heard for one in with_times((mark, last), timed)] == ["1:02:01", ""]
    assert with_times((mark,), Transcript(id="D1", text=text)) == (mark,)
