"""XML as events with the bytes they were read from, so that all else can be copied as it was.

Read by expat, as defusedxml has it: no document type, so no entities of the file's own and nothing
fetched from elsewhere. Names are `namespace local` with a blank between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.parsers import expat

from redact.errors import BadInput

DEEPEST = 400
_OF_FONTS = frozenset("typeface ascii hAnsi cs eastAsia font-name font-family".split())
_UNSEEN = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_ATTRIBUTE = re.compile(rb"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag: its bytes run from `at` to `to`. An empty element's two share them."""

    kind: Literal["start", "end"]
    name: str
    at: int
    to: int
    attributes: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def local(self) -> str:
        return self.name.rpartition(" ")[2]


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of character data; entities are read, so `at` to `to` may be longer than it."""

    text: str = field(repr=False)
    at: int
    to: int


Event = Tag | Text


def scan(data: bytes, where: str) -> tuple[Event, ...]:
    """All tags and texts of a part in order.

    Raises BadInput for what is not well-formed, has a document type, is nested deeper than DEEPEST
    or written in UTF-16, which the producers of these formats do not use.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _bad("it is written in UTF-16", where)
    found: list[tuple[str, str, int, Mapping[str, str]]] = []
    depth = 0
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _bad(f"its elements are nested more than {DEEPEST} deep", where)
        found.append(("start", name, parser.CurrentByteIndex, attributes))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(("end", name, parser.CurrentByteIndex, {}))

    def text(words: str) -> None:
        found.append(("text", words, parser.CurrentByteIndex, {}))

    def other(*_: object) -> None:
        found.append(("other", "", parser.CurrentByteIndex, {}))

    def refuse(*_: object) -> None:
        raise _bad("it has a document type, which can hide text or fetch it from elsewhere", where)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _bad(f"it is not well-formed XML (byte {parser.ErrorByteIndex})", where) from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise _bad("its encoding is not known", where) from error
    return tuple(_events(data, found))


def _events(data: bytes, found: list[tuple[str, str, int, Mapping[str, str]]]) -> Iterator[Event]:
    starts = [at for _, _, at, _ in found] + [len(data)]
    open_tags: list[int] = []  # where an empty element's tag ended, 0 for others
    for number, (kind, name, at, attributes) in enumerate(found):
        if kind == "start":
            tag_end = _tag_end(data, at)
            open_tags.append(tag_end if data[tag_end - 2 : tag_end] == b"/>" else 0)
            yield Tag("start", name, at, tag_end, attributes)
        elif kind == "end":
            # The end of an empty element has no bytes of its own.
            empty = open_tags.pop()
            yield Tag("end", name, empty or at, empty or data.index(b">", at) + 1)
        elif kind == "text":
            yield Text(name, at, max(at, starts[number + 1]))


def _tag_end(data: bytes, at: int) -> int:
    """The byte after a start tag's `>`, which is not within quotes."""
    while True:
        close = data.index(b">", at)
        double, single = data.find(b'"', at, close), data.find(b"'", at, close)
        quotes = [place for place in (double, single) if place >= 0]
        if not quotes:
            return close + 1
        first = min(quotes)
        at = data.index(data[first : first + 1], first + 1) + 1


def comments(data: bytes) -> list[tuple[int, int]]:
    """Where comments and processing instructions stand: words that no reader of the file sees."""
    return [match.span() for match in _UNSEEN.finditer(data) if match[0][:6].lower() != b"<?xml "]


def everything_in(data: bytes, where: str) -> str:
    """All texts, attribute values and comments of a part, each on a line of its own.

    Names of fonts are not in it: Georgia and Euphemia are no people there.
    """
    pieces, said = [], ""
    for event in scan(data, where):
        if isinstance(event, Text):
            said += event.text
            continue
        values = [v for k, v in event.attributes.items() if not _is_font(event, k)]
        pieces += [said, *values]
        said = ""
    unseen = [data[start:end].decode("utf-8", "replace") for start, end in comments(data)]
    return "\n".join(filter(str.strip, [*pieces, *unseen]))


def _is_font(tag: Tag, attribute: str) -> bool:
    plain = attribute.rpartition(" ")[2]
    return plain in _OF_FONTS or (
        tag.local in ("font", "altName", "font-face") and plain in ("name", "val")
    )


def attribute_places(data: bytes, tag: Tag) -> dict[str, tuple[int, int]]:
    """Where the value of each attribute of a start tag stands, by its name with prefix."""
    return {
        match[1].decode("utf-8", "replace"): (match.start(2) + 1, match.end(2) - 1)
        for match in _ATTRIBUTE.finditer(data, tag.at, tag.to)
    }


def _bad(what: str, where: str) -> BadInput:
    return BadInput(
        f"a part of this file cannot be read: {what}",
        where=where,
        remedy="Open it in the program that made it and save it again.",
    )
