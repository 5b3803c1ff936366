"""The marks of PDF/A-2u that a reader of PDF can see, after ISO 19005-2: what is wrong, in words.

It is no veraPDF: it looks at what our pages have (text in embedded fonts, lines, metadata) and
refuses what they must not have. Numbers are the standard's clauses.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from fontTools.ttLib import TTFont

_ID = "{http://www.aiim.org/pdfa/ns/id/}"
_DRAWN = frozenset(  # operators that our pages use: text, lines, filled boxes, states
    "BT ET Tf Td TD Tm T* Tj TJ TL Tc Tw Tz Ts Tr q Q cm w J j d gs".split()
    + "m l re S s f F h n g G rg RG".split()
)


def wrong_in_pdf(data: bytes) -> list[str]:
    """Every mark that is missing or wrong; nothing where all are right."""
    return list(_wrong(data))


def _wrong(data: bytes) -> Iterator[str]:
    head = data.split(b"\n", 2)
    if not data.startswith(b"%PDF-1.") or not head[1].startswith(b"%"):
        yield "6.1.2 header"
    elif sum(byte > 127 for byte in head[1][1:5]) < 4:
        yield "6.1.2 four bytes above 127 behind the header"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 something behind the end"
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/ID" not in pdf.trailer:
            yield "6.1.3 no ID"
        if "/Encrypt" in pdf.trailer or pdf.is_encrypted:
            yield "6.1.3 encrypted"
        for at in pdf.objects:
            yield from _object(at)
        root = pdf.Root
        for name in ("/AA", "/OCProperties", "/AcroForm", "/Names", "/NeedsRendering"):
            if name in root:
                yield f"6.4 to 6.9 the catalogue has {name}"
        yield from _metadata(root)
        yield from _intent(root)
        for page in pdf.pages:
            if "/Annots" in page or "/AA" in page or "/Group" in page:
                yield "6.2.10 to 6.5 annotations, actions or transparency on a page"
            yield from _drawn(page)


def _object(at: Any) -> Iterator[str]:
    if not isinstance(at, pikepdf.Dictionary | pikepdf.Stream):
        return
    filters: Any = at.get("/Filter", [])
    named = [filters] if isinstance(filters, pikepdf.Name) else list(filters)
    if isinstance(at, pikepdf.Stream) and any(str(one) == "/LZWDecode" for one in named):
        yield "6.1.7 LZW"
    if isinstance(at, pikepdf.Stream) and ("/F" in at or "/FFilter" in at):
        yield "6.1.7 a stream outside the file"
    kind = str(at.get("/Type", ""))
    if kind == "/ExtGState" and (
        float(at.get("/ca", 1)) < 1 or float(at.get("/CA", 1)) < 1 or "/SMask" in at or "/TR" in at
    ):
        yield "6.2.10 transparency, or 6.2.5 a transfer function"
    if str(at.get("/S", "")) in ("/JavaScript", "/Launch", "/Sound", "/Movie", "/URI"):
        yield "6.5.1 an action"
    if str(at.get("/Subtype", "")) == "/Image":
        yield "no picture of ours"


def _metadata(root: Any) -> Iterator[str]:
    if "/Metadata" not in root or "/Filter" in root.Metadata:
        yield "6.6.2 no plain metadata"
        return
    packet = bytes(root.Metadata.read_bytes()).decode("utf-8")
    if "bytes=" in packet or "encoding=" in packet.partition("?>")[0]:
        yield "6.6.2 the packet's head"
    tree = ET.fromstring(packet)  # noqa: S314 our own
    said = {one.tag: (one.text or "") for one in tree.iter()}
    if (said.get(f"{_ID}part"), said.get(f"{_ID}conformance")) != ("2", "U"):
        yield "6.6.4 does not say that it is PDF/A-2u"


def _intent(root: Any) -> Iterator[str]:
    intents = [one for one in root.get("/OutputIntents", []) if str(one.S) == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield "6.2.3 no output intent"
        return
    profile = intents[0].DestOutputProfile
    data = bytes(profile.read_bytes())
    if int(profile.N) != 3 or data[36:40] != b"acsp" or data[16:20] != b"RGB ":
        yield "6.2.3 the profile is none of RGB"
    if len(data) != int.from_bytes(data[:4], "big"):
        yield "6.2.3 the profile is cut"


def _drawn(page: Any) -> Iterator[str]:
    """What stands on a page: known operators, every glyph in its font and with a character."""
    fonts = {str(name): _Font(one) for name, one in page.Resources.get("/Font", {}).items()}
    for font in fonts.values():
        yield from font.wrong
    using = None
    for step in pikepdf.parse_content_stream(page):
        done, operands = str(step.operator), list(step.operands)
        if done not in _DRAWN:
            yield f"6.2.2 the operator {done}"
        if done == "Tf":
            using = fonts[str(operands[0])]
        if done in ("Tj", "TJ") and using is not None:
            pieces: list[Any] = operands if done == "Tj" else list(operands[0])
            shown = b"".join(bytes(one) for one in pieces if isinstance(one, pikepdf.String))
            yield from using.shown(shown)


class _Font:
    """An embedded font: what is wrong with it, and with the glyphs that a page shows of it."""

    def __init__(self, font: Any) -> None:
        self.wrong: list[str] = []
        if str(font.Subtype) != "/Type0" or str(font.Encoding) != "/Identity-H":
            self.wrong.append("6.2.11.3 not Type0 with Identity-H")
        below = font.DescendantFonts[0]
        if "/CIDToGIDMap" not in below:
            self.wrong.append("6.2.11.3.2 no CIDToGIDMap")
        if "/FontFile2" not in below.FontDescriptor:
            self.wrong.append("6.2.11.4 not embedded")
        if "/ToUnicode" not in font:
            self.wrong.append("6.2.11.7 no ToUnicode")
        self._program = TTFont(io.BytesIO(bytes(below.FontDescriptor.FontFile2.read_bytes())))
        self._order = self._program.getGlyphOrder()
        mapped = below.get("/CIDToGIDMap")
        self._map = bytes(mapped.read_bytes()) if isinstance(mapped, pikepdf.Stream) else b""
        self._widths = dict(_widths(list(below.get("/W", []))))
        known = bytes(font.ToUnicode.read_bytes()) if "/ToUnicode" in font else b""
        self._known = known.decode("ascii").upper()

    def shown(self, codes: bytes) -> Iterator[str]:
        head: Any = self._program["head"]
        units = float(head.unitsPerEm)
        for at in range(0, len(codes), 2):
            code = int.from_bytes(codes[at : at + 2], "big")
            glyph = int.from_bytes(self._map[2 * code : 2 * code + 2], "big") if self._map else code
            if not 0 < glyph < len(self._order):
                yield "6.2.11.8 .notdef, or no glyph"
                continue
            width = self._program["hmtx"][self._order[glyph]][0] * 1000 / units
            if abs(width - self._widths.get(code, -1)) > 1:
                yield "6.2.11.5 a width is another in the font"
            if f"<{code:04X}>" not in self._known:
                yield "6.2.11.7 a glyph without a character"


def _widths(listed: list[Any]) -> Iterator[tuple[int, float]]:
    while listed:
        first = int(listed.pop(0))
        then = listed.pop(0)
        if isinstance(then, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(list(then)))
        else:
            width = float(listed.pop(0))
            yield from ((code, width) for code in range(first, int(then) + 1))
