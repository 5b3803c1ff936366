"""Files of which only the words are read: .pdf by its text layer, .rtf.

Both come out as a .docx that is made anew of the safe words (plain_word). What cannot be read whole
is refused: a page without text, a password, words that a reader does not see (deleted or hidden in
.rtf), for they would come to light.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redact.errors import BadInput
from redact.formats.captions import speaks
from redact.formats.format import RawFile
from redact.formats.plain_word import PAGES
from redact.formats.slots import Position, Reading
from redact.formats.text import DecodedText, reading_of

if TYPE_CHECKING:
    import pypdf

MOST_PAGES = 5_000
_SHOWN = 8  # numbers of pages in a message
# Operators that put something on a page but text: a picture or form, one that stands inline, a
# shading, a line or an area.
_DRAWS = re.compile(rb"(?<![^\s\]>)])(?:Do|BI|sh|S|s|f|F|f\*|B|B\*|b|b\*)(?!\S)")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|(?<!<)<[0-9A-Fa-f\s]*>", re.DOTALL)
_BLANK = re.compile(rb"\(\s*\)|<(?:0003|0020|20|\s)*>")  # blanks, in the codes that fonts have
_LANGUAGE = re.compile(rb"/Lang ?\([A-Za-z-]*\)")
# What pypdf raises, beside its own, for files that are not as they should be.
_DAMAGE = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
)
# What an .rtf may hold that this version does not make safe, by its control words.
_REFUSED = {
    "deleted or hidden words, or comments": re.compile(
        rb"\\(?:deleted|v|revised|annotation|atnid)(?![a-z0-9])(?! ?0)"
    ),
    "an embedded object": re.compile(rb"\\(?:object|objdata)(?![a-z])"),
    "a picture": re.compile(rb"\\pict(?![a-z])"),
}
_NOT_READ = {
    "headers and footers": re.compile(rb"\\(?:header|footer)[lrf]?(?![a-z])"),
    "properties": re.compile(rb"\\info(?![a-z])"),
    "bookmarks": re.compile(rb"\\bkmkstart(?![a-z])"),
    "field codes": re.compile(rb"\\fldinst(?![a-z])"),
}
_ESCAPED = re.compile(rb"\\[\\{}]")
_TO_DOCX = "Open it in a word processor and save it as .docx."


def read_pdf(file: RawFile) -> Reading:
    """The text layer of a .pdf, page after page; BadInput naming the first page without one."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would quote the file
    try:
        document = pypdf.PdfReader(io.BytesIO(file.data))
        _check_document(document, file.where)
        pages = [_page(page) for page in document.pages]
        hidden = _hidden_in(document)
    except BadInput:
        raise
    except (*_DAMAGE, pypdf.errors.PyPdfError) as error:
        raise BadInput(
            f"this file is damaged or not what its ending says ({type(error).__name__})",
            where=file.where,
            remedy="Open it in the program that made it and save it again, best as .docx.",
        ) from None
    pictures = [number for number, page in enumerate(pages, start=1) if page.may_be_picture]
    if pictures:
        shown = ", ".join(map(str, pictures[:_SHOWN])) + ("…" if len(pictures) > _SHOWN else "")
        raise BadInput(
            f"without text, and perhaps a picture of it: page {shown} of {len(pages)}",
            where=file.where,
            remedy="Have them recognised (OCR) or take them out, and try again.",
        )
    for number, page in enumerate(pages, start=1):
        if "\x00" in page.text:
            raise BadInput(
                f"page {number} of {len(pages)} shows letters of which the file does not say which "
                "they are",
                where=file.where,
                remedy="Have that page recognised (OCR), or save the transcript as .docx in the "
                "program that made it, and try again.",
            )
    said = [page.text for page in pages if page.text.strip()]
    if not said:
        raise BadInput(
            "no page of this file has text",
            where=file.where,
            remedy="Export the transcript again, best as .docx.",
        )
    dropped = {"layout of a .pdf": 1, **hidden, "empty pages": len(pages) - len(said)}
    dropped = {kind: count for kind, count in dropped.items() if count}
    made = _unwrapped(said)
    return _with_pages(_as_text(made.text, dropped, file.where), made.pages)


@dataclass(frozen=True, slots=True)
class _PdfPage:
    """What a page says; one that says nothing is empty, or may show a picture of words."""

    text: str = field(repr=False)
    may_be_picture: bool = False


def _page(page: pypdf.PageObject) -> _PdfPage:
    """A page is empty only if nothing but blanks is on it: no picture, no form, no line."""
    text = page.extract_text()
    if text.strip():
        return _PdfPage(text)
    contents = page.get_contents()
    data = _LANGUAGE.sub(b"", contents.get_data()) if contents is not None else b""
    shows_text = any(not _BLANK.fullmatch(one) for one in _STRING.findall(data))
    drawn = shows_text or _DRAWS.search(_STRING.sub(b" ", data)) is not None
    return _PdfPage("", may_be_picture=drawn or bool(page.get("/Annots")))


def _check_document(document: pypdf.PdfReader, where: str) -> None:
    if document.is_encrypted:
        raise BadInput(
            "this file is locked with a password",
            where=where,
            remedy="Save it without one, or as .docx.",
        )
    if len(document.pages) > MOST_PAGES:
        raise BadInput(
            f"this file has more than {MOST_PAGES} pages",
            where=where,
            remedy="Split it into transcripts.",
        )


def _hidden_in(document: pypdf.PdfReader) -> dict[str, int]:
    """What is in the file and not on its pages, by kind; none of it goes into the text."""
    notes = fields = 0
    for page in document.pages:
        for annotation in page.get("/Annots") or ():
            kind = annotation.get_object().get("/Subtype")
            fields += kind == "/Widget"
            notes += kind not in ("/Widget", "/Link")
    hidden = {
        "comments": notes,
        "form fields": fields,
        "attachments": len(document.attachments),
        "properties": int(bool(document.metadata or document.xmp_metadata)),
    }
    return {kind: count for kind, count in hidden.items() if count}


@dataclass(frozen=True, slots=True)
class _Paged:
    """A text, and where in it each page but the first begins."""

    text: str = field(repr=False)
    pages: tuple[int, ...]


def _unwrapped(pages: Sequence[str]) -> _Paged:
    """A turn a line where lines begin with speakers: those between are the page's, not theirs."""
    lines_of = [[line.rstrip() for line in page.split("\n")] for page in pages]
    is_talk = sum(speaks(line) for lines in lines_of for line in lines) >= 2
    made: list[str] = []
    begins: list[int] = []
    length = 0
    for number, lines in enumerate(lines_of):
        is_first = number > 0  # of its page
        for line in lines:
            if is_talk and not line.strip():
                continue
            goes_on = bool(made) and is_talk and not speaks(line)
            joint = (" " if goes_on else "\n") if made else ""
            words = line.lstrip() if goes_on else line
            if is_first:
                begins.append(length + len(joint))
                is_first = False
            made += [joint, words]
            length += len(joint) + len(words)
    return _Paged("".join(made).rstrip("\n") + "\n", tuple(begins))


def _with_pages(reading: Reading, pages: Sequence[int]) -> Reading:
    """The reading with a part that says where pages begin: the numbers follow the text."""
    said, positions = b"", []
    for page in pages:
        number = str(page).encode("ascii")
        place = Position(
            part=PAGES, at=len(said), to=len(said) + len(number), offset=page, base=0, ends=False
        )
        positions.append(place)
        said += number + b" "
    return replace(reading, parts={**reading.parts, PAGES: said}, positions=tuple(positions))


def read_rtf(file: RawFile) -> Reading:
    """The text of an .rtf; BadInput if words are in it that a reader does not see."""
    from striprtf.striprtf import rtf_to_text

    to_text: Callable[[str], str] = rtf_to_text
    _check_rtf(file.data, file.where)
    try:
        text = to_text(file.data.decode("latin-1"))
        # Faces and the like are written as two halves of UTF-16.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16")
    except (ValueError, LookupError, TypeError, IndexError, OverflowError) as error:
        raise BadInput(
            f"this file is damaged ({type(error).__name__})", where=file.where, remedy=_TO_DOCX
        ) from None
    counts = {kind: len(words.findall(file.data)) for kind, words in _NOT_READ.items()}
    dropped = {kind: count for kind, count in counts.items() if count}
    return _as_text(text, {"layout of an .rtf": 1, **dropped}, file.where)


def _check_rtf(data: bytes, where: str) -> None:
    if not data.lstrip().startswith(b"{\\rtf"):
        raise BadInput("this is not an .rtf file", where=where, remedy=_TO_DOCX)
    plain = _ESCAPED.sub(b"", data)
    if plain.count(b"{") != plain.count(b"}"):
        raise BadInput(
            "this file is cut off or damaged (its braces do not match)",
            where=where,
            remedy=_TO_DOCX,
        )
    for what, words in _REFUSED.items():
        if words.search(data):
            raise BadInput(
                f"this file holds {what}, which cannot be made safe here",
                where=where,
                remedy="Save it as .docx, which is read with care for them.",
            )


def _as_text(text: str, dropped: Mapping[str, int], where: str) -> Reading:
    if "\x00" in text:
        raise BadInput(
            "this file's text holds a NUL", where=where, remedy="Save it as .docx and try again."
        )
    raw = text.encode("utf-8", "replace")
    return replace(reading_of(DecodedText(raw.decode("utf-8"), "utf-8"), raw), dropped=dropped)
