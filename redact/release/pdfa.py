"""A paper's reading version as PDF/A-2u (ISO 19005-2): embedded fonts, no colour, no date of today.

Markdown becomes headings, lists and tables, a CSV one table. It says what the paper beside it says
and nothing more (`words_in`); a sign that the font has not is written as its number. The same paper
gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape

from redact.release.metadata import Facts

if TYPE_CHECKING:
    from fpdf import FPDF
    from markdown_it.token import Token

_SIZES = {"h1": 17, "h2": 13, "h3": 11.5}
_BODY, _SMALL = 10, 8.5  # points
_LINE = 1.45  # of a letter's height
_MARGIN, _INDENT = 20, 5  # millimetres
_SANS, _MONO = "sans", "mono"
_FACES = (
    (_SANS, "", "DejaVuSans.ttf"),
    (_SANS, "B", "DejaVuSans-Bold.ttf"),
    (_MONO, "", "DejaVuSansMono.ttf"),
)
# Of each paper that has a reading version, what it is called where it has no heading of its own.
PAPERS: Mapping[str, str] = {
    "README.md": "",
    "interviews.csv": "Interviews",
    "documentation/anonymisation-log.csv": "Anonymisation log",
    "documentation/changes.md": "",
    "documentation/methods.md": "",
    "documentation/reading.csv": "Reading",
    "documentation/transcription-notes.md": "",
}
_BLANKS = re.compile(r"[ \t\n]+")
MOST_ROWS = 500  # of a table that somebody reads on pages


def pdf_name(name: str) -> str:
    """What a paper's reading version is called."""
    return f"{name.rpartition('.')[0]}.pdf"


def has_pages(name: str, text: str) -> bool:
    """Whether a file of a release has a reading version: a paper, and no table without end."""
    return name in PAPERS and not (name.endswith(".csv") and text.count("\n") > MOST_ROWS)


def reading_versions(papers: Mapping[str, str], facts: Facts, language: str) -> dict[str, bytes]:
    """The papers as PDF/A where it is for an archive; G6 holds what they say against the papers."""
    if not facts.archive:
        return {}
    return {
        pdf_name(name): as_pdf(name, text, facts.date, language or "en")
        for name, text in papers.items()
        if has_pages(name, text)
    }


def as_pdf(name: str, text: str, day: str, language: str = "en") -> bytes:
    """The pages of a released paper; `day` is the release's (YYYY-MM-DD)."""
    pages = _Pages(language, day)
    if name.endswith(".csv"):
        pages.table_of(list(csv.reader(io.StringIO(text, newline=""))), PAPERS.get(name, ""))
    else:
        pages.markdown(text)
    return pages.bytes()


def pages_said(data: bytes) -> Iterator[str]:
    """What a PDF says, line by line, by another reader than it was made with; ValueError if none.

    Its metadata are among the lines.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would quote the file
    try:
        reader = PdfReader(io.BytesIO(data), strict=True)
        for page in reader.pages:
            yield from page.extract_text().splitlines()
        yield from map(str, (reader.metadata or {}).values())
        packet = reader.root_object.get("/Metadata")
        yield from packet.get_object().get_data().decode("utf-8").splitlines() if packet else ()
    except (PyPdfError, KeyError) as error:
        raise ValueError(type(error).__name__) from None


def words_in(name: str, text: str) -> str:
    """Everything that the pages of a paper may say: its text, as it can be written, and a head.

    Of Markdown also the text without its marks: a page writes `M*u*` as one word.
    """
    packet = f"{_xmp('', '')} xpacket begin id W5M0MpCehiHzreSzNTczkc9d end w"
    lines = (text,) if name.endswith(".csv") else (text, *_without_marks(text))
    written = (_written(line, _signs()) for line in lines)
    return "\n".join((*lines, *written, PAPERS.get(name, ""), packet))


def _without_marks(text: str) -> Iterator[str]:
    """The lines of Markdown as somebody reads them."""
    for token in _parsed(text):
        if token.type == "inline":
            yield "".join(run.said for run in _runs(token))


def _parsed(text: str) -> list[Token]:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").parse(text)


_TURNED = frozenset("R AL AN RLE RLO RLI".split())
# The blocks of the scripts read from the right (Unicode, Blocks.txt), with their marks and signs.
_BLOCKS = (range(0x590, 0x900), range(0xFB1D, 0xFE00), range(0xFE70, 0xFF00))


@cache
def _signs() -> frozenset[int]:
    """The characters that every face can write, by number.

    None of a script that is read from the right: its words are put on a page in another order, and
    read from it in one that no paper has. And none that is only a sign to programs, as the soft
    hyphen is: a page leaves it out, and says one word where the paper has two.
    """
    from fontTools.ttLib import TTFont

    folder = resources.files("redact.data").joinpath("fonts")
    signs = []
    for _, _, file in _FACES:
        with TTFont(io.BytesIO(folder.joinpath(file).read_bytes()), lazy=True) as font:
            signs.append(frozenset(font.getBestCmap() or ()))
    both = frozenset.intersection(*signs)
    return frozenset(
        one
        for one in both
        if unicodedata.bidirectional(chr(one)) not in _TURNED
        and unicodedata.category(chr(one)) != "Cf"
        and not any(one in block for block in _BLOCKS)
    )


def _written(text: str, signs: frozenset[int]) -> str:
    return "".join(
        char
        if ord(char) in signs or char == "\n"
        else " "
        if char == "\t"
        else f"<U+{ord(char):X}>"
        for char in text
    )


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a line in one face."""

    said: str = field(repr=False)
    family: str = _SANS
    style: Literal["", "B"] = ""


class _Pages:
    """Pages that are written from top to bottom."""

    def __init__(self, language: str, day: str) -> None:
        from fpdf import FPDF

        self._day, self._title, self._signs = day, "", _signs()
        self._pdf: FPDF = FPDF(format="A4", enforce_compliance="PDF/A-2U")
        self._pdf.set_creation_date(datetime.fromisoformat(day).replace(tzinfo=UTC))
        self._pdf.set_lang(language)
        self._pdf.allow_images_transparency = False
        self._pdf.set_margin(_MARGIN)
        self._pdf.c_margin = 0  # else words that fit are parted at a line's end
        folder = resources.files("redact.data").joinpath("fonts")
        for family, style, file in _FACES:
            with resources.as_file(folder.joinpath(file)) as path:
                self._pdf.add_font(family, style, path)
        self._pdf.add_page()

    def bytes(self) -> bytes:
        self._pdf.set_xmp_metadata(_xmp(self._title, self._day))
        return bytes(self._pdf.output())

    def markdown(self, text: str) -> None:
        tokens = _parsed(text)
        at, point = 0, ""
        while at < len(tokens):
            kind = tokens[at].type
            if kind == "table_open":
                end = next(n for n in range(at, len(tokens)) if tokens[n].type == "table_close")
                self._table(_rows(tokens[at:end]))
                at = end
            elif kind == "list_item_open":
                point = f"{tokens[at].info}." if tokens[at].info else "•"
            elif kind == "inline":
                self._block(tokens[at - 1], tokens[at], point)
                point = ""
            elif kind in ("fence", "code_block"):
                self._face(_MONO, "", _SMALL)
                self._line(tokens[at].content.rstrip("\n"))
            at += 1

    def table_of(self, rows: list[list[str]], title: str) -> None:
        """A whole table under its title."""
        self._heading(title, "h1")
        self._table(rows)

    def _block(self, opened: Token, inline: Token, point: str) -> None:
        """A heading, a paragraph, or a point of a list; a list is two deeper than a paragraph."""
        if opened.type == "heading_open":
            self._heading("".join(one.said for one in _runs(inline)), opened.tag)
            return
        deep = opened.level // 2
        self._pdf.set_left_margin(_MARGIN + _INDENT * deep)
        self._pdf.set_x(_MARGIN + _INDENT * deep)
        self._face(_SANS, "", _BODY)
        height, blank = self._height(), self._pdf.get_string_width(" ")
        if point:
            self._pdf.set_x(self._pdf.x - _INDENT)
            self._pdf.cell(_INDENT, height, point)
        for word in _words(_runs(inline)):
            if self._pdf.x + sum(map(self._width, word)) > self._pdf.w - _MARGIN + 0.01:
                self._pdf.ln(height)
            for run in word:
                self._face(run.family, run.style, _BODY)
                self._pdf.write(height, _written(run.said, self._signs))
            self._pdf.set_x(self._pdf.x + blank)
        self._pdf.ln(height * (1.15 if deep else 1.5))
        self._pdf.set_left_margin(_MARGIN)
        self._pdf.set_x(_MARGIN)

    def _width(self, run: _Run) -> float:
        self._face(run.family, run.style, _BODY)
        return float(self._pdf.get_string_width(_written(run.said, self._signs)))

    def _heading(self, said: str, tag: str) -> None:
        self._title = self._title or said
        self._face(_SANS, "B", _SIZES.get(tag, _BODY))
        if self._pdf.will_page_break(3 * self._height()):
            self._pdf.add_page()
        elif self._pdf.y > _MARGIN + 1:
            self._pdf.ln(2)
        self._line(said)

    def _line(self, said: str) -> None:
        self._pdf.multi_cell(
            0,
            self._height(),
            _written(said, self._signs),
            align="L",
            new_x="LMARGIN",
            new_y="NEXT",
        )
        self._pdf.ln(1.5)

    def _table(self, rows: list[list[str]]) -> None:
        if not rows:
            return
        self._face(_SANS, "", _SMALL)
        written = [[_written(cell, self._signs) for cell in row] for row in rows]
        with self._pdf.table(
            col_widths=_widths(written),
            line_height=self._height(),
            text_align="LEFT",
            borders_layout="HORIZONTAL_LINES",
            padding=0.6,
        ) as table:
            for row in written:
                table.row(row)
        self._pdf.ln(3)

    def _face(self, family: str, style: str, size: float) -> None:
        self._pdf.set_font(family, style, size)

    def _height(self) -> float:
        return float(self._pdf.font_size) * _LINE


def _rows(tokens: Iterable[Token]) -> list[list[str]]:
    """The cells of a table of Markdown, its head first."""
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append("".join(one.said for one in _runs(token)))
    return rows


def _runs(inline: Token) -> Iterator[_Run]:
    """What a line says, in stretches of one face; behind a link stands where it leads."""
    strong, leads = 0, ""
    for one in inline.children or ():
        strong += one.type == "strong_open"
        strong -= one.type == "strong_close"
        style: Literal["", "B"] = "B" if strong else ""
        if one.type in ("softbreak", "hardbreak"):
            yield _Run(" ")
        elif one.type == "code_inline":
            yield _Run(one.content, _MONO)
        elif one.type == "link_open" and one.info != "auto":
            leads = str(one.attrs.get("href", ""))
        elif one.type == "link_close" and leads:
            yield _Run(f" ({leads})")
            leads = ""
        elif one.content:
            yield _Run(one.content, _SANS, style)


def _words(runs: Iterable[_Run]) -> Iterator[tuple[_Run, ...]]:
    """The words of a line; one may be of several faces: `code` and a comma stay together."""
    word: list[_Run] = []
    for run in runs:
        for number, piece in enumerate(_BLANKS.split(run.said)):
            if number and word:
                yield tuple(word)
                word = []
            if piece:
                word.append(_Run(piece, run.family, run.style))
    if word:
        yield tuple(word)


def _widths(rows: list[list[str]]) -> tuple[float, ...]:
    """How wide each column is beside the others: as its longest words and its text ask."""
    columns = len(rows[0])
    asked = []
    for at in range(columns):
        cells = [row[at] for row in rows if at < len(row)]
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        whole = max(map(len, cells), default=1)
        asked.append(min(60.0, max(word, min(whole, 28), 4)) + 2)
    return tuple(asked)


def _xmp(title: str, day: str) -> str:
    """The metadata that PDF/A asks for, without a time of today and without who made it."""
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>U</pdfaid:conformance>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
   <xmp:CreateDate>{day}</xmp:CreateDate>
   <xmp:ModifyDate>{day}</xmp:ModifyDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>"""
