"""A .docx of our own: a text, one paragraph a line, with page breaks where pages began.

It is written anew from the safe words alone. Nothing else of the source can be in it: no style,
property, name or date; and the same words give the same bytes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from redact.formats.archive import write_members
from redact.formats.slots import WHOLE, Parts

PAGES = "pages"  # the part of a reading that says where in the text its pages begin, but the first
# What no XML can hold, as a reference neither (XML 1.0, production 2).
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    'Type="{kind}" Target="{target}"/></Relationships>'
)
# Lines after the first of a turn are set in, so that each turn's beginning is seen.
_STYLES = (
    f'{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" '
    'w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr>'
    '<w:spacing w:after="60"/><w:ind w:left="340" w:hanging="340"/></w:pPr></w:style></w:styles>'
)
_END = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" '
    'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    "</w:body></w:document>"
)
_NEW_PAGE = "<w:pPr><w:pageBreakBefore/></w:pPr>"
_BREAK = '<w:br w:type="page"/>'
_TAB = "<w:tab/>"


def write(parts: Parts) -> bytes:
    """The .docx that says the text of these parts, and a line's end where it lacks the last one."""
    text = parts[WHOLE].decode("utf-8")
    pages = [int(number) for number in parts.get(PAGES, b"").split()]
    body = "".join(_paragraphs(text, sorted(set(pages))))
    return write_members(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _relation("officeDocument", "word/document.xml"),
            "word/document.xml": f"{_HEAD}<w:document {_W}><w:body>{body}{_END}".encode(),
            "word/_rels/document.xml.rels": _relation("styles", "styles.xml"),
            "word/styles.xml": _STYLES.encode(),
        }
    )


def _relation(kind: str, target: str) -> bytes:
    return _RELATIONS.format(kind=f"{_OFFICE}/{kind}", target=target).encode()


def _paragraphs(text: str, pages: Sequence[int]) -> Iterator[str]:
    """Each line as a paragraph. A page that begins at a line's end begins with the next one."""
    at, on_new_page = 0, False
    for line in text.removesuffix("\n").split("\n"):
        end = at + len(line)
        within = pages[bisect_left(pages, at) : bisect_left(pages, end + 1)]
        on_new_page = at > 0 and (on_new_page or at in within)
        inside = [page - at for page in within if at < page < end]
        runs = "".join(_runs(line, inside))
        yield f"<w:p>{_NEW_PAGE if on_new_page else ''}{runs}</w:p>"
        on_new_page = end in within and bool(line)
        at = end + 1


def _runs(line: str, breaks: Sequence[int]) -> Iterator[str]:
    """A line as runs, with a page break before each of these characters."""
    starts = [0, *breaks]
    for start, end in zip(starts, [*breaks, len(line)], strict=True):
        tabbed = line[start:end].split("\t")
        said = _TAB.join(_words(words) for words in tabbed)
        if said or start:
            yield f"<w:r>{_BREAK if start else ''}{said}</w:r>"


def _words(words: str) -> str:
    said = escape(words, {"\r": "&#13;"})
    return f'<w:t xml:space="preserve">{said}</w:t>' if said else ""
