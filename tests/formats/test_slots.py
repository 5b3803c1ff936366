"""Splicing into slots: only slots change, joints stay, and the text comes out as planned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import RedactError
from redact.formats.slots import WHOLE, Cut, Edit, Reading, Slot, encode, splice_slots

WORDS = st.text("Morag MacLeodé", min_size=1, max_size=8)
JOINTS = ["", "\n", " ", ": "]


@st.composite
def readings(draw: st.DrawFn) -> tuple[Reading, list[Edit]]:
    """A file of words in `<>` with marks between them, read with joints; and edits of its text."""
    raw, text, slots = b"", "", []
    for _ in range(draw(st.integers(1, 6))):
        words = draw(WORDS)
        text += draw(st.sampled_from(JOINTS)) if text else ""
        raw += b"{<"
        slots.append(Slot(len(text), len(text) + len(words), WHOLE, len(raw),
                          len(raw) + len(words.encode()), "plain"))  # fmt: skip
        raw += words.encode() + b">}"
        text += words
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [(start, end, draw(st.sampled_from(["[P 1]", "", "x\ny"])))
             for start, end in zip(edges[::2], edges[1::2], strict=False)
             if any(slot.start < end and start < slot.end for slot in slots)]  # fmt: skip
    return Reading("test", text, tuple(slots), {WHOLE: raw}), edits


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
    slots = (Slot(0, 13, WHOLE, 1, 14, "plain"), Slot(0, 5, WHOLE, 16, 21, "plain", layer=1),
             Slot(6, 13, WHOLE, 23, 30, "plain", layer=1))  # fmt: skip
    spliced = splice_slots(Reading("t", "Morag MacLeod", slots, {WHOLE: raw}), [(0, 13, "[P]")])
    assert spliced.parts[WHOLE] == b"<[P]><[P]><>"
    assert spliced.text == "[P]"


def test_a_cut_goes_whatever_stands_in_it() -> None:
    raw = b"<Morag>(secret)"
    reading = Reading("t", "Morag", (Slot(0, 5, WHOLE, 1, 6, "plain"),), {WHOLE: raw},
                      cuts=(Cut(WHOLE, 7, 15),))  # fmt: skip
    assert splice_slots(reading, [(0, 5, "[P]")]).parts[WHOLE] == b"<[P]>"


def test_an_edit_of_a_joint_alone_is_refused_and_overlapping_ones_too() -> None:
    slots = (Slot(0, 1, WHOLE, 0, 1, "plain"), Slot(2, 3, WHOLE, 1, 2, "plain"))
    reading = Reading("t", "a\nb", slots, {WHOLE: b"ab"})
    with pytest.raises(RedactError, match="no place"):
        splice_slots(reading, [(1, 2, "x")])
    with pytest.raises(ValueError, match="overlap"):
        splice_slots(reading, [(0, 3, "x"), (2, 3, "y")])


@pytest.mark.parametrize(
    ("text", "codec", "written"),
    [
        ('A & B <c> "d"', "xml", b'A &amp; B &lt;c&gt; "d"'),
        ("\"d\" 'e'", "attribute", b"&quot;d&quot; &apos;e&apos;"),
        ('say "hi"\n', "json", b'say \\"hi\\"\\n'),
        ("é", "json-ascii", b"\\u00e9"),
        ("a, b", "cell", b'"a, b"'),
        ("a", "cell", b"a"),
        ('a "b"', "quoted", b'a ""b""'),
    ],
)
def test_words_are_written_as_the_format_writes_them(text: str, codec: str, written: bytes) -> None:
    assert encode(text, codec) == written  # type: ignore[arg-type]


def test_what_an_encoding_cannot_write_becomes_a_reference_in_xml() -> None:
    assert encode("Siân 日", "xml", "iso-8859-1") == "Siân &#26085;".encode("latin-1")
    with pytest.raises(UnicodeEncodeError):
        encode("日", "plain", "iso-8859-1")
