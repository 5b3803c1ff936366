"""A text as people see it: every writing of a name is that name, and offsets lead back."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.transcript.folding import INVISIBLE, folded, hidden_writing, unmarked
from redact.transcript.glued import GluedForms
from redact.transcript.words import Forms, fold, words

MARKS = (
    "\u00ad\u034f\u061c\u115f\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060"
    "\u2063\u2066\u2069\u206f\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\x01\x07\x1b\x7f\x90"
    "\U0001d173\U000e0001\U000e0041\U000e007f\U000e0100\U000e01ef"
)
NAME, NUMBER = "Morag MacLeod", "0141 496 0123"
PLAIN = st.text(alphabet="Morag lé,.'-017\n", max_size=30)
ODD = st.text(
    alphabet="Mao é\u0308\u200b\u00ad\u2011\u00a0ﬁ０٣𝐌ⓂᴹᵒʳᵃᵍǅⅧ½²&#97;%C3AB=\\ux0061;amp\U000e0041",
    max_size=40,
)


def test_every_character_that_unicode_calls_ignorable_or_format_is_dropped() -> None:
    shown = {0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x8E2, 0x890, 0x891}
    for code in range(0x110000):
        char = chr(code)
        is_written = 0x13430 <= code <= 0x1345F or code in (0x110BD, 0x110CD) or code in shown
        if unicodedata.category(char) == "Cf" and not is_written:
            assert INVISIBLE.match(char), hex(code)


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_mark_anywhere_in_a_name_or_number_hides_neither(mark: str) -> None:
    names, numbers = Forms([(NAME, 1)]), GluedForms([(NUMBER, 1)])
    for form, search in ((NAME, names), (NUMBER, numbers)):
        for at in range(1, len(form)):
            written = form[:at] + mark * 2 + form[at:]
            text = f"{mark}It was {mark}{written}{mark}, aye."
            (hit,) = search.find(text)
            assert text[hit.start : hit.end] == written
            assert fold(written) == fold(form)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Ｍｏｒａｇ", "Morag"),
        ("𝐌𝐨𝐫𝐚𝐠 𝓜𝕠𝖗𝚊𝗀", "Morag Morag"),
        ("Ⓜⓞⓡⓐⓖ 🅼🅾", "Morag MO"),
        ("ᴹᵒʳᵃᵍ", "Morag"),
        ("Mᴏʀᴀɢ", "Morag"),
        ("Gri\ufb03ths", "Griffiths"),
        ("Zoe\u0308", "Zoë"),
        ("٠١٤١ ०१४१ ０１４１ 𝟎𝟏𝟒𝟏 ⓪①④①", "0141 0141 0141 0141 0141"),
        ("⁰¹⁴¹", "0141"),
        ("0\ufe0f\u20e31\ufe0f\u20e34\ufe0f\u20e31\ufe0f\u20e3", "0141"),
        ("M\u0336o\u0336r\u0336a\u0336g\u0336", "Morag"),
        ("%254Dorag", "Morag"),
        ("0141\u00a0496\u20110123", "0141 496-0123"),
        ("forty\u2013two \u2013 no", "forty-two \u2013 no"),
        ("Mor&#97;g Mor&#x61;g Zo&euml;", "Morag Morag Zoë"),
        ("&amp;#77;orag", "Morag"),
        ("Mor&shy;ag Mor&#8203;ag", "Morag Morag"),
        ("Morag%20MacLeod Zo%C3%AB Zo%EB", "Morag MacLeod Zoë Zoë"),
        ("Mor\\u0061g Mor\\x61g \\u{4d}orag %u004dorag", "Morag Morag Morag Morag"),
        ("Zo=C3=AB", "Zoë"),
    ],
)
def test_another_writing_is_read_as_what_it_says(written: str, seen: str) -> None:
    assert unmarked(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        "20%Deacon and 5%become",
        "name=DEACON",
        "&Morag; R&D; Marks & Spencer",
        "10 m² of Acme™",
        "½ … – ’ “ ü",
        "C:\\users\\xavier",
        "Àdhamh Ó Briain",
    ],
)
def test_what_is_no_other_writing_stays(text: str) -> None:
    assert unmarked(text) == text


@given(ODD)
def test_offsets_lead_back_and_forth(text: str) -> None:
    seen = folded(text)
    last = 0
    for at in range(len(seen.text)):
        place = seen.source(at, at + 1)
        assert 0 <= place.start < place.end <= len(text)
        assert place.start >= last or seen.source(at - 1, at) == place or place.end >= last
        last = place.start
        there = seen.view(place.start, place.end)
        assert there.start <= at
        assert seen.source_of(at) == place.start
    assert seen.source(0, len(seen.text)).end <= len(text)
    assert seen.source_of(len(seen.text)) == len(text)


@given(PLAIN, st.lists(st.tuples(st.integers(0, 30), st.sampled_from(MARKS)), max_size=6))
def test_a_plain_text_with_marks_is_the_plain_text(text: str, marks: list[tuple[int, str]]) -> None:
    marked, kept = list(text), unmarked(text)
    for at, mark in marks:
        marked.insert(min(at, len(marked)), mark)
    source = "".join(marked)
    seen = folded(source)
    assert seen.text == kept
    for at, char in enumerate(kept):
        place = seen.source(at, at + 1)
        assert source[place.start : place.end] == char


@given(ODD)
def test_words_lie_in_the_text_whatever_its_writing(text: str) -> None:
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text) or word.start == at - 1
        at = max(at, word.end)


@given(st.text(max_size=60))
def test_what_was_folded_is_plain(text: str) -> None:
    once = unmarked(unmarked(text))
    assert unmarked(once) == once


def tagged(name: str) -> str:
    return "".join(chr(0xE0000 + ord(char)) for char in name)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"aye {tagged('Morag')} so", 4),
        ("aye " + "".join(chr(0xE0100 + ord(char)) for char in "Morag"), 4),
        ("aye" + "\u200b\u200c" * 20, 3),
        (f"\U0001f3f4{tagged('gbsct')}\U000e007f {tagged('Ayr!')}", 8),
        (f"\U0001f3f4{tagged('gbsct')}\U000e007f and \U0001f469\u200d\u2695\ufe0f", None),
        ("Mor\u200b\u200bag \ufeff", None),
        ("Morag", None),
    ],
)
def test_writing_that_nobody_sees_is_noticed_and_flags_are_not(text: str, at: int | None) -> None:
    assert hidden_writing(text) == at
