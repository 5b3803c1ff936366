"""How words are written in a stretch of a file: as they are, in XML, in JSON, in a cell."""

from __future__ import annotations

from json.encoder import encode_basestring, encode_basestring_ascii
from typing import Literal
from xml.sax.saxutils import escape

Codec = Literal[
    "plain",
    "xml",
    "attribute",
    "element",
    "symbol",
    "blank",
    "json",
    "json-ascii",
    "json-xml",
    "cell",
    "tabbed",
    "quoted",
]
ELEMENTS = ("element", "blank")  # a tab or break: of Word, which takes words in elements; of ODF
_TO_QUOTE = {"cell": ',;"\r\n', "tabbed": '\t"\r\n'}  # what a cell cannot hold without quotes


def encode(text: str, codec: Codec, encoding: str = "utf-8") -> bytes:
    """The words as they are written in a slot of this kind."""
    if codec in ("xml", "attribute", "symbol", *ELEMENTS):
        quoted = escape(text, {'"': "&quot;", "'": "&apos;"} if codec == "attribute" else {})
        if codec in ("element", "symbol") and text:
            quoted = f'<w:t xml:space="preserve">{quoted}</w:t>'
        return quoted.encode(encoding, "xmlcharrefreplace")
    if codec == "json-xml":  # of a page in a string
        return encode_basestring(escape(text, {'"': "&quot;"}))[1:-1].encode(encoding)
    if codec in ("json", "json-ascii"):
        written = (
            encode_basestring_ascii(text) if codec == "json-ascii" else encode_basestring(text)
        )
        return written[1:-1].encode(encoding)
    if codec == "quoted":
        text = text.replace('"', '""')
    elif codec in _TO_QUOTE and any(c in text for c in _TO_QUOTE[codec]):
        text = '"' + text.replace('"', '""') + '"'
    return text.encode(encoding)
