"""XML as events with the bytes they were read from, so that all else can be copied as it was.

Read by expat, as defusedxml has it: no document type, so no entities of the file's own and nothing
fetched from elsewhere. Names are `namespace local` with a blank between.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, overload
from xml.parsers import expat

from redact.core import Span
from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a
from redact.formats.text import check_pieces

DEEPEST = 400
_PIECE = 1 << 16  # bytes of a part whose events are in memory together, where that will do
_NONE: Mapping[str, str] = {}
_TEXT, _START_TAG, _END_TAG = range(3)
_DEEPER = (0, 1, -1)  # what each does to the depth
_OF_FONTS = frozenset("typeface ascii hAnsi cs eastAsia font-name font-family".split())
_SCRIPT = re.compile("[A-Z][a-z]{3}")  # ISO 15924
_LANGUAGE = re.compile("[a-z]{2,3}-[A-Z]{2}")  # BCP 47
_UNSEEN = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
# A start tag: a `>` within quotes does not end it.
_START = re.compile(rb"<[^\"'>]*(?:(?:\"[^\"]*\"|'[^']*')[^\"'>]*)*>")
# What a part says of its encoding, where this is another than UTF-8.
_DECLARED = re.compile(
    rb"\A<\?xml\s[^>]*?encoding\s*=\s*[\"'](?!utf-?8\b|us-ascii|ascii)([A-Za-z][\w.-]*)[\"'][^>]*?\?>",
    re.IGNORECASE,
)
_OF_WINDOWS = re.compile(rb"[\x80-\x9f]")  # quotes and dashes there, unseen marks in ISO 8859-1
_ATTRIBUTE = re.compile(rb"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


class Tag(NamedTuple):
    """A start or end tag: its bytes run from `at` to `to`. An empty element's two share them.

    `local` is its name without the namespace.
    """

    kind: Literal["start", "end"]
    name: str
    at: int
    to: int
    local: str
    attributes: Mapping[str, str]

    def __repr__(self) -> str:
        return f"Tag({self.kind}, {self.local}, {self.at}, {self.to})"  # never what is in it


class Text(NamedTuple):
    """A stretch of character data; entities are read, so `at` to `to` may be longer than it."""

    text: str
    at: int
    to: int

    def __repr__(self) -> str:
        return f"Text({self.at}, {self.to})"  # never what it says


XmlEvent = Tag | Text


def scan(data: bytes, where: str) -> tuple[XmlEvent, ...]:
    """All tags and texts of a part in order; BadInput as `stream`."""
    return tuple(_events(data, where, len(data)))


def stream(data: bytes, where: str) -> Iterator[XmlEvent]:
    """The same one after another, in the memory of some of them; a text may come in pieces.

    Raises BadInput for what is not well-formed, has a document type, is nested deeper than DEEPEST
    or written in UTF-16, which the producers of these formats do not use. What comes before that
    place has been given by then.
    """
    return _events(data, where, _PIECE)


class XmlEvents(Sequence[XmlEvent]):
    """All tags and texts of a part, made when they are asked for: a word may be an element."""

    def __init__(self, data: bytes, where: str) -> None:
        self._data = data
        self._kinds = bytearray()
        self._names, self._at, self._to = array("H"), array("I"), array("I")
        self._known: dict[str, int] = {}  # names, in the order of their numbers
        self._locals: list[str] = []
        self._attributes: dict[int, Mapping[str, str]] = {}
        self._texts: dict[int, str] = {}  # that are written otherwise in the part
        for event in stream(data, where):
            self._add(event)
        self._called = list(self._known)

    def _add(self, event: XmlEvent) -> None:
        name = 0
        if isinstance(event, Text):
            kind = _TEXT
            if self._data[event.at : event.to] != event.text.encode():
                self._texts[len(self._kinds)] = event.text
        else:
            kind = _START_TAG if event.kind == "start" else _END_TAG
            name = self._known.setdefault(event.name, len(self._known))
            if name == len(self._locals):
                self._locals.append(event.local)
            if event.attributes:
                self._attributes[len(self._kinds)] = event.attributes
        self._kinds.append(kind)
        self._names.append(name)
        self._at.append(event.at)
        self._to.append(event.to)

    def __len__(self) -> int:
        return len(self._kinds)

    @overload
    def __getitem__(self, number: int) -> XmlEvent: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[XmlEvent]: ...

    def __getitem__(self, number: int | slice) -> XmlEvent | Sequence[XmlEvent]:
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        kind, at, to = self._kinds[number], self._at[number], self._to[number]
        if kind == _TEXT:
            said = self._texts.get(number)
            return Text(self._data[at:to].decode() if said is None else said, at, to)
        name = self._names[number]
        attributes = self._attributes.get(number, _NONE)
        called = self._called[name]
        return Tag(
            "start" if kind == _START_TAG else "end", called, at, to, self._locals[name], attributes
        )

    def starts(self, names: Container[str], within: range) -> Iterator[tuple[int, Tag]]:
        """The start tags of these local names, with their numbers."""
        wanted = {number for number, local in enumerate(self._locals) if local in names}
        for number in within:
            if self._kinds[number] == _START_TAG and self._names[number] in wanted:
                tag = self[number]
                if isinstance(tag, Tag):
                    yield number, tag

    def end_of(self, at: int) -> int:
        """The number of the end tag of the element that starts here."""
        depth = 0
        for number in range(at, len(self._kinds)):
            depth += _DEEPER[self._kinds[number]]
            if depth == 0:
                return number
        raise AssertionError("a part is well-formed")


def whole_element(events: Iterator[XmlEvent], tag: Tag) -> tuple[XmlEvent, ...]:
    """The events of an element that a stream is in, from its start tag, which was the last given,
    to its end tag."""
    within: list[XmlEvent] = [tag]
    depth = 1
    while depth:
        event = next(events)
        if isinstance(event, Tag):
            depth += 1 if event.kind == "start" else -1
        within.append(event)
    return tuple(within)


def _events(data: bytes, where: str, size: int) -> Iterator[XmlEvent]:
    """All events of a part, of which so many bytes are read at a time."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _bad("it is written in UTF-16", where)
    check_pieces(data, b"<", where)
    events: list[XmlEvent] = []
    open_tags: list[int] = []  # where an empty element's tag ended, 0 for others
    locals_of: dict[str, str] = {}
    said: list[tuple[str, int]] = []  # text whose end is where the next event begins
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def flush(upto: int) -> None:
        if said:
            words, at = said.pop()
            events.append(Text(words, at, max(at, upto)))

    def local_of(name: str) -> str:
        local = locals_of.get(name)
        return local or locals_of.setdefault(name, name.rpartition(" ")[2])

    def start(name: str, attributes: Mapping[str, str]) -> None:
        at = parser.CurrentByteIndex
        flush(at)
        if len(open_tags) >= DEEPEST:
            raise _bad(f"its elements are nested more than {DEEPEST} deep", where)
        match = _START.match(data, at)
        if match is None:
            raise _bad("a tag of it is not closed", where)
        to = match.end()
        open_tags.append(to if data[to - 2 : to] == b"/>" else 0)
        events.append(Tag("start", name, at, to, local_of(name), attributes or _NONE))

    def end(name: str) -> None:
        at = parser.CurrentByteIndex
        flush(at)
        # The end of an empty element has no bytes of its own.
        empty = open_tags.pop()
        to = empty or data.index(b">", at) + 1
        events.append(Tag("end", name, empty or at, to, local_of(name), _NONE))

    def text(words: str) -> None:
        at = parser.CurrentByteIndex
        flush(at)
        said.append((words, at))

    def other(*_: object) -> None:
        flush(parser.CurrentByteIndex)

    def refuse(*_: object) -> None:
        raise _bad("it has a document type, which can hide text or fetch it from elsewhere", where)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.CommentHandler = parser.ProcessingInstructionHandler = other
    parser.StartDoctypeDeclHandler = refuse
    try:
        for first in range(0, max(1, len(data)), max(1, size)):
            parser.Parse(data[first : first + size], first + size >= len(data))
            yield from events
            events.clear()
    except expat.ExpatError as error:
        raise _bad(f"it is not well-formed XML (byte {parser.ErrorByteIndex})", where) from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise _bad("its encoding is not known", where) from error
    finally:  # parser and handlers hold each other, and with them all events until the next sweep
        parser.StartElementHandler = parser.EndElementHandler = None
        parser.CharacterDataHandler = parser.StartDoctypeDeclHandler = None
        parser.CommentHandler = parser.ProcessingInstructionHandler = None
    flush(len(data))
    yield from events


def in_utf8(data: bytes, where: str) -> bytes:
    """A part that says it is in another encoding, in UTF-8; others as they are.

    Raises BadInput where that encoding is not known, or the part is not written in it.
    """
    declared = _DECLARED.match(data)
    if declared is None:
        return data
    name = declared[1].decode("ascii")
    try:
        named = codecs.lookup(name).name
        if named == "iso8859-1" and _OF_WINDOWS.search(data):
            named = "cp1252"
        text = data[declared.end() :].decode(named)
    except (LookupError, UnicodeError):
        raise _bad(f"it is not written in {name}, as it says", where) from None
    return b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode("utf-8")


def comments(data: bytes) -> list[Span]:
    """Where comments and processing instructions stand, in bytes: words that nobody sees."""
    return [
        Span(*match.span()) for match in _UNSEEN.finditer(data) if match[0][:6].lower() != b"<?xml "
    ]


def everything_in(data: bytes, where: str) -> str:
    """All texts, attribute values and comments of a part, each once, on a line of its own.

    Names of fonts, scripts and languages are not in it, nor addresses of published schemas:
    Georgia, Euphemia, Hans, "ar-SA" and the "elan" in one are no people there.
    """
    pieces, said = [], ""
    for event in scan(data, where):
        if isinstance(event, Text):
            said += event.text
            continue
        values = [
            value
            for key, value in event.attributes.items()
            if not (_is_font(event, key, value) or is_a(Kind.SCHEMA, value))
        ]
        pieces += [said, *values]
        said = ""
    unseen = [data[one.start : one.end].decode("utf-8", "replace") for one in comments(data)]
    return "\n".join(filter(str.strip, dict.fromkeys([*pieces, *unseen])))


def _is_font(tag: Tag, attribute: str, value: str) -> bool:
    """A font's name; or what stands beside one in a theme or style: a script, a language."""
    plain = attribute.rpartition(" ")[2]
    if plain == "script" and tag.local == "font":
        return _SCRIPT.fullmatch(value) is not None
    if tag.local == "lang" and _LANGUAGE.fullmatch(value):
        return True
    return plain in _OF_FONTS or (
        tag.local in ("font", "altName", "font-face") and plain in ("name", "val")
    )


def attribute_places(data: bytes, tag: Tag) -> dict[str, Span]:
    """Where the value of each attribute of a start tag stands, in bytes, by name with prefix."""
    return {
        match[1].decode("utf-8", "replace"): Span(match.start(2) + 1, match.end(2) - 1)
        for match in _ATTRIBUTE.finditer(data, tag.at, tag.to)
    }


def _bad(what: str, where: str) -> BadInput:
    return BadInput(
        f"a part of this file cannot be read: {what}",
        where=where,
        remedy="Open it in the program that made it and save it again.",
    )


def end_of(events: Sequence[XmlEvent], at: int) -> int:
    """The number of the end tag of the element that starts here."""
    if isinstance(events, XmlEvents):
        return events.end_of(at)
    depth = 0
    for number in range(at, len(events)):
        event = events[number]
        if isinstance(event, Tag):
            depth += 1 if event.kind == "start" else -1
            if depth == 0:
                return number
    raise AssertionError("scan gives well-formed parts only")
