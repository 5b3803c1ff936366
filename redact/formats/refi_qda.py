"""Coded projects and codebooks, REFI-QDA 1.0: every coding's place is moved to the safe text.

The text is each text source after its name, then all other words of the project: names of users,
codes, cases, sources and selections, notes, descriptions, values of variables. Twins in rich text
and paths of the computer go. Pictures, recordings and films are refused or left out.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.collect import Gathering, attribute, end_of, whole_number
from redact.formats.slots import WHOLE, Position, Reading, Slot, Unit, count_units
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.xml import Event, Tag, Text, attribute_places, scan
from redact.policy import Formats

PROJECT = "project.qde"
_SPACE, _CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
_MEDIA = frozenset({"PictureSource", "PDFSource", "AudioSource", "VideoSource"})
_PROGRAMS = re.compile(r"NVivo|ATLAS\.ti|MAXQDA|QualCoder|Taguette|Quirkos|Transana|webQDA")
# What a program counts, where it is not characters: NVivo as Windows does, ATLAS.ti a break as one.
_UNITS: dict[str, Unit] = {"NVivo": "utf-16", "ATLAS.ti": "break as one"}
_PATHS = frozenset({"richTextPath", "basePath", "origin", "currentPath", "path"})
_WORDS = frozenset({"Description", "PlainTextContent", "TextValue"})  # elements that hold words
_SELECTION = "PlainTextSelection"


@dataclass(slots=True)
class _Found(Gathering):
    """With the project's texts that are kept, and positions in them."""

    positions: list[Position] = field(default_factory=list)
    kept: set[str] = field(default_factory=set)


def read(data: bytes, where: str, handling: Formats) -> Reading:
    """What a .qdpx says; BadInput for what cannot be read whole or made safe."""
    members = read_members(data, where)
    if PROJECT not in members:
        raise BadInput("this is not a coded project (it has no project.qde)", where=where,
                       remedy="Export it again as REFI-QDA project (.qdpx).")  # fmt: skip
    out = _Found()
    out.open(PROJECT, members[PROJECT])
    events = scan(out.data, f"{where}, {PROJECT}")
    if not isinstance(events[0], Tag) or events[0].name != f"{_SPACE} Project":
        raise BadInput("this is not a REFI-QDA project of version 1.0", where=f"{where}, {PROJECT}",
                       remedy="Export it again as .qdpx.")  # fmt: skip
    _read_project(events, members, out, handling, where)
    out.say_later()
    left_out = {name for name in members if name != PROJECT and name not in out.kept}
    out.dropped["other files of the project"] += len(left_out)
    for name in left_out:
        if handling.media == "refuse" and not name.lower().endswith((".docx", ".rtf", ".txt")):
            raise BadInput(
                "this project holds a picture or recording, which cannot be made safe here",
                where=f"{where}, {name}",
                remedy='Take it out, or set media = "drop" under [formats] in your policy.',
            )
    out.dropped += Counter()  # without kinds of which there were none
    reading = out.reading("qdpx", members, frozenset(left_out))
    return replace(reading, positions=tuple(out.positions))


def read_codebook(data: bytes, where: str) -> Reading:
    """What a .qdc says: names and descriptions of codes and sets, each on a line of its own."""
    events = scan(data, where)
    if not isinstance(events[0], Tag) or events[0].name != f"{_CODEBOOK} CodeBook":
        raise BadInput("this is not a REFI-QDA codebook of version 1.0", where=where,
                       remedy="Export it again as .qdc.")  # fmt: skip
    out = _Found()
    out.open(WHOLE, data)
    for at, event in enumerate(events):
        if isinstance(event, Tag) and event.kind == "start":
            _names(event, out)
            if event.local in _WORDS:
                _words(events, at, event, out)
    return out.reading("qdc", {WHOLE: data})


def _words(events: tuple[Event, ...], at: int, tag: Tag, out: _Found) -> None:
    """The text of an element, to be read later."""
    end = end_of(events, at)
    said = "".join(e.text for e in events[at:end] if isinstance(e, Text))
    out.put_off(said, tag.to, events[end].at)


def _read_project(
    events: tuple[Event, ...],
    members: dict[str, bytes],
    out: _Found,
    handling: Formats,
    where: str,
) -> None:
    """Takes in the project in order; texts at once, all other words later."""
    lost = _guids_of_media(events)
    project = events[0]
    made_by = _PROGRAMS.search(attribute(project, "origin")) if isinstance(project, Tag) else None
    unit = _UNITS.get(made_by[0], "character") if made_by else "character"
    base, at = 0, 0
    places: Sequence[int] = ()
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "start":
            if event.local in _MEDIA or attribute(event, "targetGUID") in lost:
                end = end_of(events, at)
                if event.local in _MEDIA and handling.media == "refuse":
                    raise BadInput(
                        "this project holds a picture or recording, which cannot be made safe here",
                        where=where,
                        remedy='Take it out, or set media = "drop" under [formats] in your policy.',
                    )
                out.cut(event.at, events[end].to, "media")
                at = end + 1
                continue
            _names(event, out, handling.paths)
            if event.local == "TextSource":
                base, text = _text_source(events, at, event, members, out, where)
                places = _places(text, unit)
            elif event.local == _SELECTION:
                _selection(event, base, places, unit, out, where)
            elif event.local in _WORDS and _parent(events, at) != "TextSource":
                _words(events, at, event, out)
            if event.local == "Note":
                _note(event, members, out, where)
        at += 1


def _guids_of_media(events: tuple[Event, ...]) -> set[str]:
    return {
        attribute(event, "guid")
        for event in events
        if isinstance(event, Tag) and event.kind == "start" and event.local in _MEDIA
    }


def _parent(events: tuple[Event, ...], at: int) -> str:
    """The element that this one stands in."""
    depth = 0
    for number in range(at - 1, -1, -1):
        event = events[number]
        if isinstance(event, Tag):
            depth += 1 if event.kind == "end" else -1
            if depth < 0:
                return event.local
    return ""


def _names(tag: Tag, out: _Found, paths: str = "drop") -> None:
    """Attributes that people write become words of their own; paths of the computer go."""
    if not tag.attributes:
        return
    for key, (start, end) in attribute_places(out.data, tag).items():
        value = attribute(tag, key)
        made_by = _PROGRAMS.search(value) if key == "origin" else None
        if made_by is not None:  # its name says how it counts places
            if value != made_by[0]:
                out.cut(start, end, "paths", made_by[0].encode("ascii"))
        elif key in _PATHS and end > start and tag.local != "VariableValue":
            if paths == "replace" and not key.endswith("TextPath"):
                out.hide(start, end, "paths", paths)
            else:
                out.cut(*_whole_attribute(out.data, key, start, end), "paths")
        elif key in ("name", "symbol") or (key == "id" and tag.local == "User"):
            out.put_off(value, start, end, "attribute")


def _whole_attribute(data: bytes, key: str, start: int, end: int) -> tuple[int, int]:
    """An attribute with its name, quotes and the blank before it."""
    begins = data.rindex(key.encode("ascii"), 0, start)
    while data[begins - 1 : begins].isspace():
        begins -= 1
    return begins, end + 1


def _text_source(
    events: tuple[Event, ...],
    at: int,
    tag: Tag,
    members: dict[str, bytes],
    out: _Found,
    where: str,
) -> tuple[int, str]:
    """Adds the text of a source; gives where it begins and what it is."""
    out.new_line()
    base = out.length
    path = attribute(tag, "plainTextPath")
    if path:
        name = _member(path, members, where)
        return base, _file(name, members[name], out, where)
    end = end_of(events, at)
    for number in range(at + 1, end):
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start" and event.local == "PlainTextContent":
            last = end_of(events, number)
            said = "".join(e.text for e in events[number:last] if isinstance(e, Text))
            if said:
                out.part = PROJECT
                out.slot(said, event.to, events[last].at, "xml")
            return base, said
    raise BadInput(
        "a text of this project is there as rich text only",
        where=where,
        remedy="Export it again with plain text, or the interviews as .docx.",
    )


def _note(tag: Tag, members: dict[str, bytes], out: _Found, where: str) -> None:
    """A memo kept in a file of its own."""
    path = attribute(tag, "plainTextPath")
    if path:
        out.new_line()
        name = _member(path, members, where)
        _file(name, members[name], out, where)


def _file(name: str, data: bytes, out: _Found, where: str) -> str:
    """Adds the text of a part as one slot; gives it."""
    out.kept.add(name)
    decoded = decode_text(data, f"{where}, {name}") if data.strip() else DecodedText("", "utf-8")
    if decoded.encoding != "utf-8":
        raise BadInput("a text of this project is not UTF-8", where=f"{where}, {name}",
                       remedy="Export it again.")  # fmt: skip
    offsets = ByteOffsets(decoded)
    if decoded.text:
        place = (out.length, out.length + len(decoded.text))
        out.slots.append(Slot(*place, name, offsets(0), len(data), "plain"))
        out.say(decoded.text)
    return decoded.text


def _member(path: str, members: dict[str, bytes], where: str) -> str:
    """The part that `internal://GUID.txt` means, in a folder called sources in any case."""
    scheme, _, wanted = path.partition("://")
    for name in members:
        folder, base = posixpath.split(name)
        if scheme == "internal" and base == wanted and folder.lower() in ("sources", ""):
            return name
    raise BadInput(
        "a text of this project is not in it",
        where=where,
        remedy="Export it again with its sources inside (internal).",
    )


def _places(text: str, unit: Unit) -> Sequence[int]:
    """The character at each place that the program counts; -1 within what it counts as several."""
    if count_units(text, unit) == len(text):
        return range(len(text) + 1)
    places: list[int] = []
    for at, char in enumerate(text):
        if unit == "break as one" and char == "\n" and text[at - 1 : at] == "\r":
            continue
        places += [at, -1] if unit == "utf-16" and char > "\uffff" else [at]
    return [*places, len(text)]


def _selection(
    tag: Tag, base: int, counted: Sequence[int], unit: Unit, out: _Found, where: str
) -> None:
    """A coding's place: its start and end follow the text."""
    places = attribute_places(out.data, tag)
    for key, ends in (("startPosition", False), ("endPosition", True)):
        value = attribute(tag, key)
        number = whole_number(value)
        if (
            key not in places
            or number is None
            or not 0 <= number < len(counted)
            or (counted[number] < 0)
        ):
            raise BadInput(
                "a coding lies outside its text",
                where=where,
                remedy="Open the project in the program that made it and export it again.",
            )
        offset = base + counted[number]
        out.positions.append(Position(PROJECT, *places[key], offset, base, ends, unit))
