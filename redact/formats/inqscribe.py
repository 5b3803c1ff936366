"""Transcripts of InqScribe (.inqscr): settings, a line each, and the text in one of them.

The text's own ends of lines are written `\\r`. It is read as plain text is: times in brackets are
words that nobody replaces. What a setting says that is no number or flag goes.
"""

from __future__ import annotations

import re

from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a, published
from redact.formats.collect import Collector, Words
from redact.formats.format import RawFile
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import ByteOffsets, decode_text

_SETTING = re.compile(r"(?P<name>[\w. -]{1,60})=(?P<value>[^\r\n]*)(?P<end>\r\n|\r|\n|\Z)")
_BREAK = re.compile(r"\\[rn]|\\t")
_KINDS = (Kind.WHOLE, Kind.NUMBER, Kind.BOOLEAN, Kind.VERSION, Kind.TIME)


def read(file: RawFile) -> Reading:
    """What an InqScribe document says; BadInput for one without a text."""
    decoded = decode_text(file.data, file.where, file.encoding)
    bytes_at = ByteOffsets(decoded)
    out = Collector(part=WHOLE, data=file.data)
    at, has_text = 0, False
    while at < len(decoded.text):
        setting = _SETTING.match(decoded.text, at)
        if setting is None:
            end = decoded.text.find("\n", at) + 1 or len(decoded.text)
            if decoded.text[at:end].strip():
                out.cut(bytes_at(at), bytes_at(end), "unknown structure")
            at = end
            continue
        at = setting.end()
        name, value = setting["name"], setting["value"]
        if name == "text":
            has_text = True
            _say(setting, out, bytes_at)
        elif not value or (name in published("inqscribe") and _is_structure(value)):
            continue
        else:
            kind = "paths and authors" if name.startswith("media") else "unknown structure"
            place = setting.span() if name not in published("inqscribe") else setting.span("value")
            out.cut(bytes_at(place[0]), bytes_at(place[1]), kind)
    if not has_text or not out.text:
        raise BadInput(
            "no text is found in this document of InqScribe",
            where=file.where,
            remedy="Export it from InqScribe as plain text.",
        )
    return out.reading_of_text(file.data, decoded)


def _is_structure(value: str) -> bool:
    return value in published("inqscribe-words") or any(is_a(kind, value) for kind in _KINDS)


def _say(setting: re.Match[str], out: Collector, bytes_at: ByteOffsets) -> None:
    begins, ends = setting.span("value")
    said = setting["value"]
    at = 0
    for mark in (*_BREAK.finditer(said), None):
        end = mark.start() if mark else ends - begins
        if end > at:
            words = Words(
                text=said[at:end],
                at=bytes_at(begins + at),
                to=bytes_at(begins + end),
                codec="plain",
            )
            out.words(words)
        if mark and out.text:
            out.say("\t" if mark[0] == "\\t" else "\n")
        at = mark.end() if mark else end
