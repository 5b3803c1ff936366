"""Files of markup taken apart for gate G6: XML, web pages, and zips of them.

With the standard library and lxml: no line of it is shared with the readers of `formats`.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape

from lxml import etree

from redact.release.taken_apart import MEASURED, SaidAs, Value, of_json

_GUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")  # some are all figures
_LOCAL, _CENTRAL, _END = 30, 46, 22  # bytes of headers (PKWARE APPNOTE 6.3.10, 4.3)
_OF_PAGES = re.compile(r"(?:odd|even|first)(?:Header|Footer)\Z")  # Excel: codes in words
_PAGE_CODE = re.compile("&[A-Z]")
_SELECTION = "PlainTextSelection"  # REFI-QDA: its name may say words of the text, cut in a word
NEVER = Value("", SaidAs.NEVER)
_TAG = re.compile(r"(<[^<>]*>)")
_UNSEEN = re.compile(r"<(?:style|script|template|noscript|title)\b", re.IGNORECASE)


def of_xml(data: bytes) -> Iterator[Value]:
    """Every name, namespace, prefix, value, text, comment and instruction.

    ValueError if it is no XML that everybody reads alike.
    """
    if b"<!ENTITY" in data:
        yield NEVER
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("no XML") from error
    yield Value(root.getroottree().docinfo.doctype or "")
    names: set[str] = set()
    for before in (*root.itersiblings(preceding=True), *root.itersiblings()):
        yield Value(before.text or "")
    for element in root.iter():
        if not isinstance(element.tag, str):  # a comment or an instruction
            yield Value(f"{getattr(element, 'target', '')} {element.text or ''}")
        else:
            names.add(element.tag)
            names.update(element.attrib)
            if element.getparent() is None or element.nsmap != element.getparent().nsmap:
                names.update(f"{prefix or ''} {uri}" for prefix, uri in element.nsmap.items())
            for key, value in element.attrib.items():
                is_quoted = key == "name" and element.tag.endswith(_SELECTION)
                how = SaidAs.PIECES if is_quoted else SaidAs.WHOLE
                yield Value(MEASURED.sub(r"\1", _GUID.sub("", value)), how)
            said = element.text or ""
            if _OF_PAGES.search(element.tag):
                said = _PAGE_CODE.sub(" ", said)
            yield Value(said, SaidAs.PIECES)
        yield Value(element.tail or "", SaidAs.PIECES)
    yield from map(Value, names)


def of_zip(data: bytes, where: str) -> Iterator[tuple[str, bytes | Value]]:
    """The members of a zip by their names, and what it says itself; ValueError if it is none."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        yield where, Value(archive.comment.decode("latin-1"))
        names = [len(info.filename.encode("utf-8")) for info in archive.infolist()]
        members = sum(info.compress_size for info in archive.infolist())
        if len(data) != members + 2 * sum(names) + (_LOCAL + _CENTRAL) * len(names) + _END:
            yield where, NEVER  # something stands between the members, before or behind them
        for info in archive.infolist():
            yield where, Value(_GUID.sub("", info.filename))
            if info.extra or info.comment:
                yield where, NEVER
            if not info.is_dir():
                yield info.filename, archive.read(info)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
        raise ValueError("no zip") from error


def of_page_in_json(text: str) -> Iterator[Value]:
    """Everything in a document of oTranscribe: a page in one string of JSON, and what is beside."""
    whole = json.loads(text)
    if not isinstance(whole, dict):
        raise ValueError("no document")
    for name, value in whole.items():
        if name == "text" and isinstance(value, str):
            yield from of_page(value)
        else:
            yield from of_json(json.dumps({name: value}))


def of_page(text: str) -> Iterator[Value]:
    """Everything that stands in a web page: what is in angles, and what is between."""
    how = SaidAs.PIECES
    for number, piece in enumerate(_TAG.split(text)):
        if number % 2:
            how = SaidAs.WHOLE if _UNSEEN.match(piece) else SaidAs.PIECES
        yield Value(unescape(piece), SaidAs.WHOLE if number % 2 else how)
