"""Where a place of a transcript is heard: words' own times, a cue's share, what lies between."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span, Transcript, Turn
from redact.core.timed import Timed
from redact.transcript.heard import (
    SHARE_MARGIN,
    SHARE_OF_CUE,
    WORD_MARGIN,
    HeardAt,
    How,
    Recording,
)

SAID = "I saw Senga Pollock in 2014 there"


def at(words: str, text: str = SAID) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def words_of(text: str, without: str = "") -> list[Timed]:
    """A second for each word, with a tenth between them."""
    return [
        Timed(start=match.start(), end=match.end(), begins=1100 * number, ends=1100 * number + 1000)
        for number, match in enumerate(re.finditer(r"\S+", text))
        if match[0] != without
    ]


def heard(times: list[Timed], place: Span, text: str = SAID) -> HeardAt | None:
    return Recording(Transcript(id="D1", text=text, times=tuple(times))).stretch(place)


def heard_at(begins: int, ends: int, how: How) -> HeardAt:
    """All of these milliseconds, with the margin of words."""
    length = ends - begins if how == "share" else 1000
    first, last = begins - WORD_MARGIN, ends + WORD_MARGIN
    return HeardAt(begins=first, ends=last, how=how, within=length)


def test_words_have_their_own_times() -> None:
    cue = Timed(start=0, end=len(SAID), begins=0, ends=8000)
    stretch = heard([cue, *words_of(SAID)], at("Senga Pollock"))
    assert stretch == heard_at(2200, 4300, "word")


def test_of_a_word_its_whole_time_goes() -> None:
    stretch = heard(words_of(SAID), at("Poll"))
    assert stretch == heard_at(3300, 4300, "word")


def test_a_word_without_a_time_lies_between_its_neighbours() -> None:
    cue = Timed(start=0, end=len(SAID), begins=0, ends=8000)
    stretch = heard([cue, *words_of(SAID, without="2014")], at("2014"))
    assert stretch == heard_at(5400, 6600, "share")
    last = heard([cue, *words_of(SAID, without="there")], at("there"))
    assert last is not None
    assert (last.begins, last.ends) == (6500 - WORD_MARGIN, 8000 + WORD_MARGIN)


def test_what_has_no_time_has_none() -> None:
    text = "A heading of Senga\nAye so"
    assert heard([Timed(start=19, end=25, begins=0, ends=2000)], at("Senga", text), text) is None
    assert heard([], at("Senga", text), text) is None


def test_a_place_over_two_cues_takes_of_both() -> None:
    middle = SAID.index("Pollock")
    cues = [
        Timed(start=0, end=middle, begins=0, ends=2000),
        Timed(start=middle, end=len(SAID), begins=2500, ends=5000),
    ]
    stretch = heard(cues, at("Senga Pollock"))
    assert stretch is not None
    assert stretch.begins < 2000 < 2500 < stretch.ends < 5000


def test_what_is_said_somewhere_takes_all_of_its_time() -> None:
    times = [Timed(start=0, end=len(SAID), begins=1200, ends=9300, is_somewhere=True)]
    assert heard(times, at("Senga")) == HeardAt(begins=1100, ends=9400, how="share", within=8100)


def test_times_of_whole_seconds_or_minutes_may_be_off() -> None:
    def longer(unit: int) -> tuple[int, int]:
        """How much sooner it begins and later it ends than by times that are not rounded."""
        middle = SAID.index("Pollock")
        exact, rounded = (
            [
                Timed(start=0, end=middle, begins=unit, ends=3 * unit + more),
                Timed(start=middle, end=len(SAID), begins=5 * unit, ends=9 * unit),
            ]
            for more in (1, 0)
        )
        one, other = heard(exact, at("2014")), heard(rounded, at("2014"))
        assert one is not None
        assert other is not None
        return one.begins - other.begins, other.ends - one.ends

    assert longer(1000) == (1000, 1000)
    assert longer(60_000) == (6000, 6000)
    assert longer(1100) == (0, 0)


def test_a_label_is_written_and_not_said() -> None:
    text = "Senga Pollock: Aye, Senga it is"
    turn = Turn(start=0, end=len(text), speaker=Span(0, 13))
    times = (Timed(start=0, end=len(text), begins=0, ends=4000),)
    recording = Recording(Transcript(id="D1", text=text, turns=(turn,), times=times))
    assert recording.is_label(Span(0, 5))
    assert not recording.is_label(Span(20, 25))
    said = recording.stretch(Span(20, 25))
    bare = Recording(Transcript(id="D1", text=text, times=times)).stretch(Span(20, 25))
    assert said is not None
    assert bare is not None
    assert said.begins < bare.begins


@given(
    words=st.lists(st.text("aeiou", min_size=1, max_size=12), min_size=2, max_size=30),
    begins=st.integers(0, 3_600_000),
    length=st.integers(1, 60_000),
    data=st.data(),
)
def test_a_share_holds_its_letters_and_stays_at_its_cue(
    words: list[str], begins: int, length: int, data: st.DataObject
) -> None:
    text = " ".join(words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    stretch = heard(
        [Timed(start=0, end=len(text), begins=begins, ends=begins + length)], Span(start, end), text
    )
    if not text[start:end].strip() and stretch is None:
        return
    assert stretch is not None
    first = begins + length * start / len(text)
    last = begins + length * end / len(text)
    assert stretch.begins <= first
    assert stretch.ends >= last
    assert stretch.begins >= max(0, begins - WORD_MARGIN)
    assert stretch.ends <= begins + length + WORD_MARGIN
    widest = last - first + 2 * max(SHARE_MARGIN, SHARE_OF_CUE * length) + 2
    assert stretch.ends - stretch.begins <= widest
