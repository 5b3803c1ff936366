"""What a reader gathers: words with their places, cuts that are counted, words put off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span
from redact.formats.collect import (
    NOWHERE,
    Collector,
    Words,
    attribute,
    has_words,
    said_between,
    whole_number,
)
from redact.formats.slots import Edit
from redact.formats.splicing import splice_slots
from redact.formats.xml import Tag, end_of, scan
from redact.policy import Hidden

SAID = st.text("Morag é&<\n1", min_size=1, max_size=5)


@given(st.lists(st.tuples(SAID, st.booleans()), max_size=6))
def test_every_slot_says_the_words_that_stand_there(pieces: list[tuple[str, bool]]) -> None:
    """Words of the file and joints in any order: a joint has no slot."""
    out = Collector(part="a", data=b"")
    spoken = []
    for number, (words, is_joint) in enumerate(pieces):
        if is_joint:
            out.say(words)
        else:
            out.slot(words, number, number + 1, "xml")
            spoken.append(words)
    reading = out.reading({"a": b""})
    assert reading.text == "".join(words for words, _ in pieces)
    assert [reading.text[slot.start : slot.end] for slot in reading.slots] == spoken


def test_words_in_pieces_are_a_slot_for_each_piece() -> None:
    out = Collector(part="a")
    out.say("Who? ")
    first, second = Words(text="Mor", part="a", at=3, to=6), Words(text="ag", part="a", at=9, to=11)
    whole = out.words(Words(text="Morag", pieces=(first, second)))
    assert whole == Span(5, 10)
    assert [(one.start, one.end, one.at) for one in out.slots] == [(5, 8, 3), (8, 10, 9)]


def test_a_line_begins_only_where_none_has_begun() -> None:
    out = Collector()
    out.new_line()
    out.say("a")
    out.new_line()
    out.new_line()
    out.say("b")
    assert "".join(out.text) == "a\nb"


def test_what_no_reader_sees_goes_when_a_part_is_opened() -> None:
    data = b"<a><!-- Morag -->x</a>"
    out = Collector()
    out.open("a.xml", data)
    out.slot("x", data.index(b"x"), data.index(b"x") + 1, "xml")
    reading = out.reading({"a.xml": data})
    assert splice_slots(reading, ()).parts["a.xml"] == b"<a>x</a>"
    assert not reading.dropped  # nobody was told of it in the file either


def test_what_was_put_off_is_read_last_a_line_each_and_can_be_replaced() -> None:
    data = b"<a>Morag<b>aye</b><c>Fergus</c></a>"
    out = Collector()
    out.open("a.xml", data)
    for words in ("Morag", "Fergus"):
        at = data.index(words.encode())
        out.put_off(words, at, at + len(words))
    out.put_off("12", 0, 0)  # no words
    out.slot("aye", data.index(b"aye"), data.index(b"aye") + 3, "xml")
    reading = out.reading({"a.xml": data})
    assert reading.text == "aye\nMorag\nFergus"
    edit = Edit(reading.text.index("Fergus"), len(reading.text), "[Person 1] & co")
    spliced = splice_slots(reading, (edit,)).parts["a.xml"]
    assert spliced == b"<a>Morag<b>aye</b><c>[Person 1] &amp; co</c></a>"


@pytest.mark.parametrize(
    ("choice", "text", "counted"),
    [("drop", "", {"headings": 2}), ("replace", "Morag & co", {"headings": 1})],
)
def test_an_attribute_is_emptied_or_read_as_words_by_the_policy(
    choice: Hidden, text: str, counted: dict[str, int]
) -> None:
    data = b"<a title='Morag &amp; co' n='7' alt=''>x</a>"
    out = Collector()
    out.open("a.xml", data)
    (tag, *_) = scan(data, "a.xml")
    assert isinstance(tag, Tag)
    out.blank(tag, frozenset({"title", "n", "alt"}), "headings", choice)
    reading = out.reading({"a.xml": data})
    assert reading.text == text
    assert reading.dropped == counted  # a number says nothing and goes; what is empty stays
    edits = [Edit(0, len(text), "[Person 1]")] if text else []
    safe = splice_slots(reading, edits).parts["a.xml"]
    assert b"Morag" not in safe
    assert b"n=''" in safe


def test_a_link_leads_nowhere_and_is_counted_once() -> None:
    data = b"<a href='https://corrie.example/morag'/>"
    out = Collector()
    out.open("a.xml", data)
    out.lead_nowhere(Span(9, data.index(b"'/>")))
    reading = out.reading({"a.xml": data})
    safe = splice_slots(reading, ()).parts["a.xml"]
    assert safe == b"<a href='" + NOWHERE + b"'/>"
    assert reading.dropped == {"targets of links": 1}
    again = Collector()
    again.open("a.xml", safe)
    again.lead_nowhere(Span(9, safe.index(b"'/>")))
    assert not again.dropped


def test_every_text_between_two_events_is_put_off() -> None:
    data = b"<p><t>Morag &amp; co</t><u/><t>aye</t></p>"
    out = Collector()
    out.open("a.xml", data)
    events = scan(data, "a.xml")
    out.put_off_texts(events, 0, len(events))
    assert out.reading({"a.xml": data}).text == "Morag & co\naye"


@pytest.mark.parametrize(
    ("text", "some"),
    [("Morag", True), ("é", True), ("12345", True), ("1234", False), ("- … ", False), ("", False)],
)
def test_letters_are_words_and_so_are_figures_enough_for_a_telephone(text: str, some: bool) -> None:
    assert has_words(text) is some


@pytest.mark.parametrize(
    ("value", "number"),
    [("0", 0), ("007", 7), ("999999999", 999999999), ("1000000000", None), ("", None)]
    + [(value, None) for value in ("-1", " 1", "1\n", "1.0", "٣", "x")],
)
def test_a_number_is_plain_figures_and_not_too_many(value: str, number: int | None) -> None:
    assert whole_number(value) == number


def test_an_element_ends_where_its_own_end_tag_is() -> None:
    events = scan(b"<a><b>Mor<b>ag</b></b><b/></a>", "a.xml")
    starts = [n for n, one in enumerate(events) if isinstance(one, Tag) and one.kind == "start"]
    ends = [end_of(events, at) for at in starts]
    assert ends == [len(events) - 1, 6, 5, 8]
    assert said_between(events, starts[1], ends[1]) == "Morag"


def test_an_attribute_is_asked_for_without_its_namespace() -> None:
    (tag, *_) = scan(b"<a xmlns:w='urn:w' w:val='Morag'/>", "a.xml")
    assert isinstance(tag, Tag)
    assert (attribute(tag, "val"), attribute(tag, "none")) == ("Morag", "")
