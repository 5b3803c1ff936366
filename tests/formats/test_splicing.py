"""Splicing into slots: only slots change, joints stay, and the text comes out as planned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import RedactError
from redact.formats.slots import WHOLE, Change, Cut, Edit, Reading, Slot
from redact.formats.splicing import splice_slots

WORDS = st.text("Morag MacLeodé", min_size=1, max_size=8)
JOINTS = ["", "\n", " ", ": "]


def slot(start: int, words: str, at: int, layer: int = 0) -> Slot:
    """Plain words that begin at `start` of the text and at byte `at` of the file."""
    end, to = start + len(words), at + len(words.encode())
    return Slot(start=start, end=end, at=at, to=to, codec="plain", layer=layer)


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, list[Edit]]:
    """A file of words in `<>` with marks between them, read with joints; and edits of its text."""
    raw, text, slots = b"", "", []
    for _ in range(draw(st.integers(1, 6))):
        words = draw(WORDS)
        text += draw(st.sampled_from(JOINTS)) if text else ""
        raw += b"{<"
        slots.append(slot(len(text), words, len(raw)))
        raw += words.encode() + b">}"
        text += words
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [
        Edit(start, end, draw(st.sampled_from(["[P 1]", "", "x\ny"])))
        for start, end in zip(edges[::2], edges[1::2], strict=False)
        if any(slot.start < end and start < slot.end for slot in slots)
    ]
    return Reading(text=text, slots=tuple(slots), parts={WHOLE: raw}), edits


def read_again(data: bytes, reading: Reading) -> str:
    """The text of a spliced file, with the joints where they were."""
    inner = data.decode().removeprefix("{<").removesuffix(">}").split(">}{<")
    ends = [slot.end for slot in reading.slots]
    starts = [slot.start for slot in reading.slots[1:]] + [len(reading.text)]
    joints = [reading.text[end:start] for end, start in zip(ends, starts, strict=True)]
    return "".join(word + joint for word, joint in zip(inner, joints, strict=True))


@given(readings())
def test_the_file_says_just_what_splicing_promised(case: tuple[Reading, list[Edit]]) -> None:
    reading, edits = case
    spliced = splice_slots(reading, edits)
    assert read_again(spliced.parts[WHOLE], reading) == spliced.text


@given(readings())
def test_what_stands_between_edits_is_untouched_and_the_originals_go_back(
    case: tuple[Reading, list[Edit]],
) -> None:
    reading, edits = case
    spliced = splice_slots(reading, edits)
    back, at = "", 0
    for place in spliced.placed:
        assert spliced.text[place.safe_start : place.safe_end] == place.text
        back += spliced.text[at : place.safe_start] + reading.text[place.start : place.end]
        at = place.safe_end
    assert back + spliced.text[at:] == reading.text


@given(readings())
def test_without_edits_every_byte_is_as_it_was(case: tuple[Reading, list[Edit]]) -> None:
    reading, _ = case
    assert splice_slots(reading, []).parts == reading.parts


def test_a_copy_of_the_words_changes_with_them() -> None:
    raw = b"<Morag MacLeod><Morag><MacLeod>"
    slots = (slot(0, "Morag MacLeod", 1), slot(0, "Morag", 16, 1), slot(6, "MacLeod", 23, 1))
    reading = Reading(text="Morag MacLeod", slots=slots, parts={WHOLE: raw})
    spliced = splice_slots(reading, [Edit(0, 13, "[P]")])
    assert spliced.parts[WHOLE] == b"<[P]><[P]><>"
    assert spliced.text == "[P]"


def test_a_cut_goes_whatever_stands_in_it() -> None:
    raw = b"<Morag>(secret)"
    cuts = (Cut(WHOLE, Change(7, 15)),)
    reading = Reading(text="Morag", slots=(slot(0, "Morag", 1),), parts={WHOLE: raw}, cuts=cuts)
    assert splice_slots(reading, [Edit(0, 5, "[P]")]).parts[WHOLE] == b"<[P]>"


def test_an_edit_of_a_joint_alone_is_refused_and_overlapping_ones_too() -> None:
    reading = Reading(text="a\nb", slots=(slot(0, "a", 0), slot(2, "b", 1)), parts={WHOLE: b"ab"})
    with pytest.raises(RedactError, match="no place"):
        splice_slots(reading, [Edit(1, 2, "x")])
    with pytest.raises(ValueError, match="overlap"):
        splice_slots(reading, [Edit(0, 3, "x"), Edit(2, 3, "y")])


@pytest.mark.parametrize("cut_first", [True, False])
def test_of_two_changes_at_one_place_the_wider_takes_the_other_with_it(cut_first: bool) -> None:
    """A name is cut with all that stands around it, in whatever order the two are known."""
    raw = b"<Morag>(secret) Reid"
    narrow, wide = Cut(WHOLE, Change(7, 8, b"[")), Cut(WHOLE, Change(7, 15))
    cuts = (narrow, wide) if cut_first else (wide, narrow)
    reading = Reading(text="Morag", slots=(slot(0, "Morag", 1),), parts={WHOLE: raw}, cuts=cuts)
    assert splice_slots(reading, [Edit(0, 5, "[P]")]).parts[WHOLE] == b"<[P]> Reid"


def test_what_is_put_in_stands_before_what_is_changed_at_the_same_place() -> None:
    """And is not lost with a cut that begins there."""
    raw = b"<Morag>(secret)"
    cuts = (Cut(WHOLE, Change(7, 15, b"!")), Cut(WHOLE, Change(7, 7, b"(left out) ")))
    reading = Reading(text="Morag", slots=(slot(0, "Morag", 1),), parts={WHOLE: raw}, cuts=cuts)
    assert splice_slots(reading, []).parts[WHOLE] == b"<Morag>(left out) !"
