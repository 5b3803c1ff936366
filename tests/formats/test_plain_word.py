"""A .docx of our own says its text to the letter, whoever reads it, and holds nothing else."""

import io
import re
import zipfile
from itertools import pairwise

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span
from redact.formats.beside import beside_the_text
from redact.formats.plain_word import NOT_IN_XML, PAGES, write
from redact.formats.registry import Written, read_file, write_file
from redact.formats.slots import WHOLE, Edit
from redact.release.unread import unread
from redact.replace.splice import Original, restore
from redact.transcript.folding import hidden_writing

DOCUMENT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\
<w:p><w:r><w:t xml:space="preserve">INT: R&amp;D &lt;now&gt;?</w:t></w:r></w:p>\
<w:p></w:p>\
<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t xml:space="preserve">P: one,</w:t><w:tab/>\
<w:t xml:space="preserve"> </w:t></w:r><w:r><w:br w:type="page"/>\
<w:t xml:space="preserve">two. </w:t></w:r></w:p>\
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" \
w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"""
MEMBERS = [
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
]
ELEMENTS = re.compile(
    r"<(?:/?w:(?:body|p|r|pPr)|/?w:t(?: xml:space=\"preserve\")?|w:(?:tab|pageBreakBefore)/"
    r"|w:br w:type=\"page\"/)>"
)
# What XML escapes, blanks, breaks, controls, marks of direction, astral letters, no characters.
ODD = "aB&<>\"']:\n\n\t  \r\x02\x0b\x0c\x1f\x7f\x85\xa0\xad\u0301\u200f\u202b\u2028\ufeff\ufffe"
ODD += "\uffff\U0001f600\U00010330\u05e9\u05d0"
LETTERS = st.sampled_from(ODD) | st.characters(exclude_characters="\0", exclude_categories=["Cs"])
TEXTS = st.text(LETTERS, max_size=60).filter(lambda text: hidden_writing(text) is None)


def word_file(text: str, *pages: int) -> bytes:
    return write({WHOLE: text.encode(), PAGES: " ".join(map(str, pages)).encode()})


def pages_of(data: bytes) -> list[str]:
    """What a Word file says on each page, as python-docx reads it."""
    pages = [""]
    for paragraph in docx.Document(io.BytesIO(data)).paragraphs:
        if paragraph.paragraph_format.page_break_before:
            pages.append("")
        for run in paragraph.runs:
            if run.element.xpath('w:br[@w:type="page"]'):
                pages.append("")
            pages[-1] += run.text
        pages[-1] += "\n"
    return pages


def in_rtf(text: str) -> bytes:
    """An .rtf that says the text: every character by its number."""
    halves = text.encode("utf-16-le")
    numbers = (int.from_bytes(halves[at : at + 2], "little") for at in range(0, len(halves), 2))
    return b"{\\rtf1\\ansi" + "".join(f"\\u{number}?" for number in numbers).encode() + b"}"


def ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def test_it_is_these_parts_and_this_structure() -> None:
    data = word_file("INT: R&D <now>?\n\nP: one,\t two. ", 17, 26)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == MEMBERS
        assert archive.read("word/document.xml").decode() == DOCUMENT
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert docx.Document(io.BytesIO(data)).core_properties.author in ("", "python-docx")


@given(TEXTS.map(lambda text: NOT_IN_XML.sub("", text)))
def test_it_says_any_text_to_the_letter(text: str) -> None:
    data = word_file(text)
    reading = read_file(data, "a.docx", "a")
    assert (reading.text, reading.dropped) == (ended(text), {})
    assert "".join(pages_of(data)) == ended(text)
    assert word_file(text) == data


@given(TEXTS, st.sets(st.integers(1, 60)))
def test_a_page_begins_at_each_of_these_characters(text: str, chosen: set[int]) -> None:
    text = NOT_IN_XML.sub("", text)
    starts = sorted(
        at for at in chosen if at < len(text) and (text[at] != "\n" or text[at - 1] == "\n")
    )
    said = ended(text)
    pages = [said[at:end] for at, end in pairwise([0, *starts, len(said)])]
    assert pages_of(word_file(text, *starts)) == pages


@given(TEXTS, st.sets(st.integers(0, 70)))
def test_nothing_is_in_it_but_these_elements_and_the_words(text: str, pages: set[int]) -> None:
    data = word_file(NOT_IN_XML.sub("", text), *pages)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = archive.read("word/document.xml").decode()
        rest = [archive.read(name) for name in MEMBERS if name != "word/document.xml"]
    start, end = body.index("<w:body>"), body.index("<w:sectPr>")
    assert "<" not in ELEMENTS.sub("", body[start:end])
    assert rest == [
        zipfile.ZipFile(io.BytesIO(word_file(""))).read(name)
        for name in MEMBERS
        if name != "word/document.xml"
    ]


@pytest.mark.parametrize(
    "text", ["\n", "", " ", "\t", "\n\n", " \n ", "a\r\nb", "\u202bשלום\u202c"]
)
def test_texts_of_blanks_breaks_and_marks_of_direction(text: str) -> None:
    assert read_file(word_file(text), "a.docx", "a").text == ended(text)


def require_safe(text: str, edits: list[Edit], written: Written) -> None:
    """The safe file says the text with the edits, is clean, and leads back to the text."""
    pieces, at = [], 0
    for edit in [*edits, Edit(len(text), len(text), "")]:
        pieces += [NOT_IN_XML.sub(" ", text[at : edit.start]), edit.text]
        at = edit.end
    assert written.text == ended("".join(pieces))
    assert "".join(pages_of(written.data)) == written.text
    assert written.reading.dropped == {}
    assert [*unread("a.docx", written.data, written.text, "utf-8")] == []
    originals = [
        Original(Span(one.safe_start, one.safe_end), text[one.start : one.end])
        for one in written.placed
    ]
    assert restore(written.text, originals) in (text, f"{text}\n")


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> list[Edit]:
    """Edits that do not overlap, over any edge."""
    ends = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    spans = list(zip(ends[::2], ends[1::2], strict=False))
    return [Edit(start, end, f"[Person {number}]") for number, (start, end) in enumerate(spans)]


@given(st.data())
def test_an_rtf_of_any_text_is_made_safe_and_leads_back(data: st.DataObject) -> None:
    text = data.draw(TEXTS.filter(bool))
    reading = read_file(in_rtf(text), "a.rtf", "a")
    assert reading.text == text
    edits = data.draw(edits_of(len(text)))
    require_safe(text, edits, write_file(reading, edits, "a.rtf"))


def test_nothing_stands_beside_its_text() -> None:
    reading = read_file(word_file("Morag: Aye."), "a.docx", "a")
    assert not any("Morag" in beside.text for beside in beside_the_text(reading, "a.docx"))
