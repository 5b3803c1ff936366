"""XML is read with the bytes it stands in, and what could hide text in it is refused."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.xml import DEEPEST, Tag, Text, attribute_places, comments, everything_in, scan

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="￾￿"),
    max_size=6,
)
NAMES = st.sampled_from(["p", "w:t", "w:r", "span"])


def element(name: str, value: str, inside: str) -> str:
    return f"<{name} a={quoteattr(value)}>{inside}</{name}>" if inside else f"<{name}/>"


TREES = st.recursive(
    WORDS.map(escape) | WORDS.map(lambda said: f"<!--{said.replace('-', '')}-->"),
    lambda inner: st.builds(element, NAMES, WORDS, st.lists(inner, max_size=3).map("".join)),
    max_leaves=8,
)


@given(TREES)
def test_tags_and_texts_stand_in_the_bytes_they_were_read_from(tree: str) -> None:
    """Laid one behind another, with what nobody sees between them, they are the file."""
    data = f'<?xml version="1.0"?><doc xmlns:w="urn:w">{tree}</doc>'.encode()
    at, rebuilt = 0, b""
    for event in scan(data, "a.xml"):
        between = data[at : event.at]
        assert not between or between.startswith((b"<?", b"<!--"))
        rebuilt += between + data[max(at, event.at) : event.to]
        at = max(at, event.to)
    assert rebuilt + data[at:] == data


@given(st.lists(WORDS, max_size=4))
def test_texts_say_what_the_file_says(said: list[str]) -> None:
    data = "".join(["<doc>", *(f"<t>{escape(one)}</t>" for one in said), "</doc>"]).encode()
    texts = "".join(event.text for event in scan(data, "a.xml") if isinstance(event, Text))
    assert texts == "".join(said).replace("\r\n", "\n").replace("\r", "\n")


def test_an_empty_element_begins_and_ends_in_the_same_bytes() -> None:
    start, end = scan(b"<a/>", "a.xml")
    assert isinstance(start, Tag)
    assert isinstance(end, Tag)
    assert (start.at, start.to, end.at, end.to) == (0, 4, 4, 4)


def test_a_greater_sign_within_quotes_ends_no_tag() -> None:
    (start, *_) = scan(b"<a b='>'>x</a>", "a.xml")
    assert (start.at, start.to) == (0, 9)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<!DOCTYPE a [<!ENTITY m 'Morag'>]><a>&m;</a>", "document type"),
        (b"<!DOCTYPE a SYSTEM 'http://corrie.example/a.dtd'><a/>", "document type"),
        ("<a/>".encode("utf-16"), "UTF-16"),
        (b"<a>Morag", "not well-formed"),
        (b"<a>&m;</a>", "not well-formed"),
        (b"", "not well-formed"),
        (b"<?xml version='1.0' encoding='x-none'?><a/>", "encoding"),
        (b"<a>" * (DEEPEST + 1) + b"</a>" * (DEEPEST + 1), "deep"),
    ],
)
def test_what_could_hide_text_is_refused_without_saying_it(data: bytes, what: str) -> None:
    with pytest.raises(BadInput, match=what) as refused:
        scan(data, "one.docx, word/document.xml")
    assert refused.value.where == "one.docx, word/document.xml"
    assert "save it again" in refused.value.remedy
    assert "Morag" not in str(refused.value)


def test_as_deep_as_is_allowed_is_read() -> None:
    assert len(scan(b"<a>" * DEEPEST + b"</a>" * DEEPEST, "a.xml")) == 2 * DEEPEST


def test_no_word_of_a_file_is_in_what_an_event_shows_of_itself() -> None:
    shown = repr(scan(b"<a who='Morag'>Haldane</a>", "a.xml"))
    assert "Morag" not in shown
    assert "Haldane" not in shown


def test_comments_and_instructions_are_unseen_words_but_the_declaration_is_none() -> None:
    data = b"<?xml version='1.0'?><a><!-- Morag\n --><?note Haldane?></a>"
    unseen = [data[one.start : one.end] for one in comments(data)]
    assert unseen == [b"<!-- Morag\n -->", b"<?note Haldane?>"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<a who='Morag'>Haldane</a>", ["Morag", "Haldane"]),
        ("<a>Mor<b/>ag</a>", ["Mor", "ag"]),
        ("<a>Mor<!-- Petrie -->ag</a>", ["Morag", "<!-- Petrie -->"]),
        ("<a>&#77;orag</a>", ["Morag"]),
        # Names of fonts, scripts and languages are nobody's, but only where they stand as such
        ("<rFonts ascii='Georgia' hAnsi='Euphemia'/>", []),
        ("<font script='Hans' typeface='Georgia'/>", []),
        ("<font name='Georgia'/>", []),
        ("<lang val='en-GB'/>", []),
        ("<lang val='Morag'/>", ["Morag"]),
        ("<font script='Morag'/>", ["Morag"]),
        ("<p name='Georgia'/>", ["Georgia"]),
        ("<p script='Hans'/>", ["Hans"]),
    ],
)
def test_everything_in_a_part_is_read_but_the_names_of_fonts(data: str, said: list[str]) -> None:
    assert everything_in(data.encode(), "a.xml").split("\n") == (said or [""])


def test_the_values_of_attributes_have_their_places() -> None:
    data = b"<a xmlns:w='urn:w' w:val=\"Morag\" id = 'D1' none=''>x</a>"
    (tag, *_) = scan(data, "a.xml")
    assert isinstance(tag, Tag)
    places = attribute_places(data, tag)
    said = {name: data[place.start : place.end] for name, place in places.items()}
    assert said == {"xmlns:w": b"urn:w", "w:val": b"Morag", "id": b"D1", "none": b""}
