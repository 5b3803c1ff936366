"""Documents of oTranscribe (.otr): JSON with the transcript as a page of the web in one string.

The page is read as web pages are; what else the document says is a path or a time of the recording.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from redact.errors import BadInput
from redact.formats import html
from redact.formats.collect import Collector, Words, has_words
from redact.formats.format import RawFile
from redact.formats.json_fields import is_number
from redact.formats.json_places import StringPlaces
from redact.formats.json_strings import characters_of, read_values
from redact.formats.json_values import String, Values
from redact.formats.slots import WHOLE, Change, Cut, Reading, Slot
from redact.formats.text import DecodedText, decode_text

_PAGE = ("text",)
_MADE_HERE = re.compile(r"field-[0-9]{1,4}")
_FIELDS = frozenset("text media media-source media-time".split())


def read(file: RawFile) -> Reading:
    """What a document of oTranscribe says; BadInput for one without a transcript."""
    decoded = decode_text(file.data, file.where, file.encoding)
    try:
        values = read_values(decoded.text, _is_known)
    except ValueError:
        values = Values()
    page = next((one for one in values.strings if one.path == _PAGE and not one.is_key), None)
    if page is None or not page.said.strip():
        raise BadInput(
            "no transcript is found in this document of oTranscribe",
            where=file.where,
            remedy="Export it from oTranscribe again, or as text.",
        )
    inner = html.read(replace(file, data=page.said.encode("utf-8"), encoding="utf-8"))
    moved = _Moved(decoded, page)
    out = Collector(part=WHOLE, data=file.data, text=[inner.text], length=len(inner.text))
    out.slots += map(moved.slot, inner.slots)
    out.cuts += map(moved.cut, inner.cuts)
    out.dropped.update(inner.dropped)
    out.ends += inner.ends
    _take_in_the_rest(values, page, out, StringPlaces(decoded), file)
    return out.reading_of_text(file.data, decoded)


def _is_known(name: str) -> bool:
    return name in _FIELDS or _MADE_HERE.fullmatch(name) is not None


class _Moved:
    """From the bytes of the page to those of the document that it is a string of."""

    def __init__(self, decoded: DecodedText, page: String) -> None:
        raw = decoded.text[page.start : page.end]
        characters = characters_of(raw) if "\\" in raw else range(len(raw) + 1)
        sizes = (len(character.encode("utf-8")) for character in page.said)
        # Where each character of the page begins in its bytes, and in the string.
        self._bytes: Sequence[int] = range(len(page.said) + 1)
        if not page.said.isascii():
            self._bytes = array("I", accumulate(sizes, initial=0))
        self._characters: Sequence[int] = characters
        self._bytes_at, self._start = StringPlaces(decoded).bytes_at, page.start

    def _at(self, byte: int) -> int:
        return self._bytes_at(self._start + self._characters[bisect_left(self._bytes, byte)])

    def slot(self, slot: Slot) -> Slot:
        return slot._replace(at=self._at(slot.at), to=self._at(slot.to), codec="json-xml")

    def cut(self, cut: Cut) -> Cut:
        change = cut.change
        instead = json.dumps(change.instead.decode("utf-8"), ensure_ascii=False)[1:-1]
        return Cut(WHOLE, Change(self._at(change.at), self._at(change.to), instead.encode("utf-8")))


def _take_in_the_rest(
    values: Values, page: String, out: Collector, places: StringPlaces, file: RawFile
) -> None:
    others = (one for one in values.strings if one is not page)
    for place, one in enumerate(others):
        at, to = places.bytes_at(one.start), places.bytes_at(one.end)
        if one.is_key:
            out.cut(at, to, "unknown structure", b"field-%d" % place)
        elif file.handling.paths == "replace" and has_words(one.said):
            out.later.append(Words(text=one.said, part=WHOLE, at=at, to=to, codec="json"))
        elif one.said:
            out.cut(at, to, "paths and authors")
    for number in values.numbers:
        at, to = places.bytes_at(number.start), places.bytes_at(number.end)
        said = file.data[at:to].decode("ascii")
        if not (number.path == ("media-time",) and is_number("media-time", said)):
            out.cut(at, to, "numbers of unknown meaning", b"null")


def everything_in(rest: str) -> str:
    """The page's tags and what else stands beside the text."""
    return html.everything_in(rest.replace('\\"', '"'))
