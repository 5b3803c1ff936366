"""A paper's pages: PDF/A by its marks, the same bytes, and no word that the paper has not."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from redact.release.pdfa import as_pdf, has_pages, pages_said, pdf_name, words_in
from redact.release.unread import unread
from tests.release.pdfa_marks import wrong_in_pdf

DAY = "2026-01-02"
PAPER = """# A study of talk & care

**Read, by the log.** Gàidhlig, ŵ, „quotes“, → and `data/transcripts/a-long-name.txt`, then more.

- one point, which is long enough that it does not stand on a single line of the page that is made
- another, with [a link](https://example.org/a_page)

1. first
2. second

| kind | places |
|---|---:|
| `PERSON` | 12 |

    code that stands by itself
"""
TABLE = 'interview,role,words\nscot_01,"cook, nurse",1200\nscot_02,,7\n'


def said(data: bytes) -> str:
    return " ".join(" ".join(pages_said(data)).split())


@pytest.mark.oracle
@pytest.mark.parametrize(("name", "text"), [("README.md", PAPER), ("interviews.csv", TABLE)])
def test_pages_have_the_marks_of_pdf_a(name: str, text: str) -> None:
    assert wrong_in_pdf(as_pdf(name, text, DAY)) == []


def test_the_marks_are_missed_where_they_are_not() -> None:
    data = as_pdf("README.md", PAPER, DAY)
    assert wrong_in_pdf(data.replace(b"<pdfaid:part>2<", b"<pdfaid:part>3<"))
    assert wrong_in_pdf(data.replace(b"/GTS_PDFA1", b"/GTS_PDFX1"))
    assert wrong_in_pdf(data.replace(b"/ToUnicode", b"/NoUnicode"))


def test_the_same_paper_gives_the_same_bytes_at_another_time() -> None:
    first = as_pdf("README.md", PAPER, DAY)
    time.sleep(1.1)  # a time of today would be another second
    assert as_pdf("README.md", PAPER, DAY) == first
    assert as_pdf("README.md", PAPER, "2026-01-03") != first


def test_pages_say_what_the_paper_says_in_its_order() -> None:
    told = said(as_pdf("README.md", PAPER, DAY))
    order = ["A study of talk & care", "Read, by the log.", "Gàidhlig", "data/transcripts", "• one"]
    order += ["https://example.org/a_page", "1. first", "2. second", "PERSON", "12", "code that"]
    places = [told.index(one) for one in order]
    assert places == sorted(places)
    table = said(as_pdf("interviews.csv", TABLE, DAY))
    assert "cook, nurse" in table
    assert table.startswith("Interviews interview role words scot_01")


def test_a_sign_that_the_font_has_not_is_written_as_its_number() -> None:
    data = as_pdf("README.md", "# Talk 話\n\nand 😀 too\n", DAY)
    assert wrong_in_pdf(data) == []
    assert "Talk <U+8A71>" in said(data)
    assert "and <U+1F600> too" in said(data)


def test_a_word_that_the_paper_has_not_is_found() -> None:
    pages = as_pdf("README.md", PAPER + "\nand Morag Gilchrist\n", DAY)
    found = unread("README.pdf", pages, words_in("README.md", PAPER))
    assert len(found) == 1
    assert "Morag" not in str(found)
    assert unread("README.pdf", pages[: len(pages) // 2], words_in("README.md", PAPER))
    titled = as_pdf("README.md", "# Gilchrist\n", DAY).replace(b"Gilchrist<", b"Macleod99<")
    assert unread("README.pdf", titled, words_in("README.md", "# Gilchrist\n"))


@example("C\xadc")  # a page leaves a soft hyphen out
@example("M*u*, N`e`w, &#77;ay")  # and the marks of Markdown
@given(st.text(st.characters(codec="utf-8"), max_size=200))
@settings(deadline=None, max_examples=60)  # each makes two papers
def test_whatever_a_steward_writes_it_has_pages_that_say_nothing_else(text: str) -> None:
    for name, paper in (
        ("README.md", f"# Title\n\n{text}\n"),
        ("interviews.csv", f"a,b\n{_cell(text)},x\n"),
    ):
        data = as_pdf(name, paper, DAY)
        assert wrong_in_pdf(data) == []
        assert unread(pdf_name(name), data, words_in(name, paper)) == []


def test_every_sign_of_the_common_scripts_stands_within_a_word() -> None:
    signs = (chr(one) for one in (*range(0x20, 0x600), *range(0x2000, 0x2300)))
    paper = "# Title\n\n" + " ".join(f"C{sign}c" for sign in signs) + "\n"
    assert unread("README.pdf", as_pdf("README.md", paper, DAY), words_in("README.md", paper)) == []


def _cell(text: str) -> str:
    return '"' + re.sub(r'[\r\0"]', " ", text) + '"'


def test_papers_have_pages_and_long_tables_and_transcripts_have_none() -> None:
    assert has_pages("documentation/methods.md", "# Methods\n")
    assert not has_pages("transcripts/scot_01.txt", "words")
    assert not has_pages("interviews.csv", "a\n" * 501)
    assert pdf_name("documentation/methods.md") == "documentation/methods.pdf"
