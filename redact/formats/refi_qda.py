"""Coded projects and codebooks, REFI-QDA 1.0: every coding's place is moved to the safe text.

The text is each text source after its name, then all other words of the project: names of users,
codes, cases, sources and selections, notes, descriptions, values of variables. Twins in rich text
and paths of the computer go. Pictures, recordings and films are refused or left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from redact.core import Span
from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.collect import (
    Collector,
    Words,
    attribute,
    has_words,
    said_between,
    whole_number,
)
from redact.formats.format import RawFile
from redact.formats.names import Names
from redact.formats.refi_counting import (
    NO_TEXT,
    SELECTION,
    UNITS,
    CodedText,
    as_counted,
    in_a_line,
    is_inside,
)
from redact.formats.refi_shapes import PROJECT, is_root, shaped
from redact.formats.slots import WHOLE, Change, Position, Reading, Unit
from redact.formats.text import DecodedText, decode_text
from redact.formats.xml import Tag, XmlEvent, attribute_places, end_of, scan
from redact.policy import Handling, Hidden

_MEDIA = frozenset({"PictureSource", "PDFSource", "AudioSource", "VideoSource"})
_PROGRAMS = re.compile(r"NVivo|ATLAS\.ti|MAXQDA|QualCoder|Taguette|Quirkos|Transana|webQDA")
_PATHS = frozenset({"richTextPath", "basePath", "origin", "currentPath", "path"})
_WORDS = frozenset({"Description", "PlainTextContent", "TextValue"})  # elements that hold words
_TEXTS = frozenset({"TextSource", "Note"})  # elements that have a text of their own
_CUT_OFF = ("...", "\u2026")  # behind a name that says how the words begin
# What users sign in with, maybe made of a name that nobody would find in it: mkilbride.
_SIGN_IN = re.compile(r"(?=.*[a-z])[a-z0-9._\\-]+")
_MADE_SIGN_IN = re.compile(r"user-[0-9]{1,6}")
_SIGN_INS = "names to sign in with"
_TWINS = (".docx", ".rtf", ".txt")  # rich text beside the plain one that is read


@dataclass(slots=True, kw_only=True)
class _Project(Collector):
    """With its parts, those whose words are read, the text that codings are of, and their places.

    `unit` is what its program counts places in.
    """

    members: dict[str, bytes] = field(kw_only=True, repr=False)
    where: str = field(kw_only=True)
    handling: Handling = field(kw_only=True)
    unit: Unit = "character"
    is_known: bool = False  # which program made it
    coded: CodedText = NO_TEXT
    noted: dict[str, CodedText] = field(default_factory=dict)  # by the GUID of a note of it
    copies: int = 0  # of words of the texts, in names of codings
    positions: list[Position] = field(default_factory=list)
    kept: set[str] = field(default_factory=lambda: {PROJECT})


def read(file: RawFile) -> Reading:
    """What a .qdpx says; BadInput for what cannot be read whole or made safe."""
    where = file.where
    parts = shaped(read_members(file.data, where), where)
    members = parts.members
    names = Names(members)
    members = _named_anew(members, names)
    project = _Project(members=members, where=where, handling=file.handling)
    project.dropped.update(parts.left_out)
    members[PROJECT] = project.sieved(PROJECT, members[PROJECT], f"{where}, {PROJECT}", names)
    project.open(PROJECT, members[PROJECT])
    events = scan(project.data, f"{where}, {PROJECT}") if project.data.lstrip() else ()
    root = events[0] if events else None
    if not isinstance(root, Tag) or not is_root(root.name, "Project"):
        raise BadInput(
            "this is not a REFI-QDA project of version 1.0",
            where=f"{where}, {PROJECT}",
            remedy="Export it again as .qdpx.",
        )
    made_by = _PROGRAMS.search(attribute(root, "origin"))
    project.unit = UNITS.get(made_by[0], "character") if made_by else "character"
    project.is_known = made_by is not None
    _read_project(events, project)
    project.say_later()
    left_out = members.keys() - project.kept
    for name in members:
        if name in left_out and not name.lower().endswith(_TWINS):
            _check_media(project, f"{where}, {name}")
    if left_out:
        project.dropped["other files of the project"] += len(left_out)
    reading = project.reading(members, left_out)
    return replace(reading, positions=tuple(project.positions))


def read_codebook(file: RawFile) -> Reading:
    """What a .qdc says: names and descriptions of codes and sets, each on a line of its own."""
    out = Collector()
    data = out.sieved(WHOLE, file.data, file.where, Names({WHOLE: file.data}))
    events = scan(data, file.where) if data.lstrip() else ()
    if not events or not isinstance(events[0], Tag) or not is_root(events[0].name, "CodeBook"):
        raise BadInput(
            "this is not a REFI-QDA codebook of version 1.0",
            where=file.where,
            remedy="Export it again as .qdc.",
        )
    out.open(WHOLE, data)
    for at, event in enumerate(events):
        if isinstance(event, Tag) and event.kind == "start":
            _names(event, out)
            if event.local in _WORDS:
                _words(events, at, event, out)
    return out.reading({WHOLE: data})


def _named_anew(members: Mapping[str, bytes], names: Names) -> dict[str, bytes]:
    """The parts under names that programs give: a source may be called after a person."""
    return {
        name if name == PROJECT or not name.endswith(".txt") else _new_name(name, names): data
        for name, data in members.items()
    }


def _new_name(name: str, names: Names) -> str:
    folder, base = posixpath.split(name)
    path = f"internal://{base}"
    stays = names.stays("source", path)
    new = path if stays else names.new("source", path)
    known = folder if folder in ("", "sources", "Sources") else "sources"
    return posixpath.join(known, new.removeprefix("internal://"))


def _check_media(project: _Project, where: str) -> None:
    if project.handling.media == "refuse":
        raise BadInput(
            "this project holds a picture or recording, which cannot be made safe here",
            where=where,
            remedy='Take it out, or set media = "drop" under [formats] in your policy.',
        )


def _words(events: tuple[XmlEvent, ...], at: int, tag: Tag, out: Collector) -> None:
    """The text of an element, to be read later."""
    end = end_of(events, at)
    out.put_off(said_between(events, at, end), tag.to, events[end].at)


def _read_project(events: tuple[XmlEvent, ...], project: _Project) -> None:
    """Takes in the project in order; texts at once, all other words later."""
    lost = _guids_of_media(events)
    at, inside = 0, [""]  # the elements that the one at hand stands in
    while at < len(events):
        event = events[at]
        if isinstance(event, Tag) and event.kind == "end":
            inside.pop()
        elif isinstance(event, Tag):
            if event.local in _MEDIA or attribute(event, "targetGUID").casefold() in lost:
                if event.local in _MEDIA:
                    _check_media(project, project.where)
                end = end_of(events, at)
                project.cut(event.at, events[end].to, "media")
                at = end
            else:
                _read_element(events, at, event, project, inside[-1])
                inside.append(event.local)
        at += 1


def _read_element(
    events: tuple[XmlEvent, ...], at: int, tag: Tag, project: _Project, parent: str
) -> None:
    if tag.local == SELECTION:
        _name_of_coding(tag, project)
    _names(tag, project, project.handling.paths)
    if tag.local in _TEXTS:
        text = _text_of(events, at, tag, project)
        # What a note selects lies in the text that it is of, and not in its own.
        project.coded = project.noted.get(attribute(tag, "guid").casefold(), text)
    elif tag.local == "NoteRef" and parent == "TextSource":
        project.noted[attribute(tag, "targetGUID").casefold()] = project.coded
    elif tag.local == SELECTION and parent == "Note" and not is_inside(tag, project.coded):
        project.cut(tag.at, events[end_of(events, at)].to, "places of notes")
    elif tag.local == SELECTION:
        _selection(tag, project)
    elif tag.local in _WORDS and not (tag.local == "PlainTextContent" and parent in _TEXTS):
        _words(events, at, tag, project)


def _guids_of_media(events: tuple[XmlEvent, ...]) -> set[str]:
    return {
        attribute(event, "guid").casefold()
        for event in events
        if isinstance(event, Tag) and event.kind == "start" and event.local in _MEDIA
    }


def _names(tag: Tag, out: Collector, paths: Hidden = "drop") -> None:
    """Attributes that people write become words of their own; paths of the computer go."""
    if not tag.attributes:
        return
    for key, place in attribute_places(out.data, tag).items():
        value = attribute(tag, key)
        made_by = _PROGRAMS.search(value) if key == "origin" else None
        if made_by is not None:  # its name says how it counts places
            if value != made_by[0]:
                out.cut(place.start, place.end, "paths", made_by[0].encode("ascii"))
        elif key in _PATHS and place.end > place.start and tag.local != "VariableValue":
            if paths == "replace" and not key.endswith("TextPath"):
                out.hide(place, "paths", paths)
            elif key == "origin":  # QualCoder reads no project without one
                out.cut(place.start, place.end, "paths")
            else:
                out.cut(_begin_of_attribute(out.data, key, place), place.end + 1, "paths")
        elif tag.local == "User" and key in ("id", "name") and _SIGN_IN.fullmatch(value):
            if _MADE_SIGN_IN.fullmatch(value):
                out.settle(Words(text=value, part=out.part, at=place.start, to=place.end))
            else:
                number = out.dropped[_SIGN_INS] + 1
                out.cut(place.start, place.end, _SIGN_INS, b"user-%d" % number)
        elif (key in ("name", "symbol") and tag.local != SELECTION) or (
            key == "id" and tag.local == "User"
        ):
            out.put_off(value, place.start, place.end, "attribute")


def _begin_of_attribute(data: bytes, key: str, value: Span) -> int:
    """Where an attribute begins with the blank before its name."""
    begins = data.rindex(key.encode("ascii"), 0, value.start)
    while data[begins - 1 : begins].isspace():
        begins -= 1
    return begins


def _coded(
    events: tuple[XmlEvent, ...], at: int, base: int, text: str, project: _Project
) -> CodedText:
    codings = [
        event
        for event in events[at + 1 : end_of(events, at)]
        if isinstance(event, Tag) and event.local == SELECTION and event.kind == "start"
    ]
    return as_counted(text, base, codings, project.unit, project.is_known)


def _text_of(events: tuple[XmlEvent, ...], at: int, tag: Tag, project: _Project) -> CodedText:
    """Adds the text of a source, or of a note that has one; gives what its codings count."""
    project.new_line()
    base = project.length
    if path := attribute(tag, "plainTextPath"):
        text = _file(_member(path, project), project)
        return _coded(events, at, base, text, project)
    for number in range(at + 1, end_of(events, at)):
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start" and event.local == "PlainTextContent":
            last = end_of(events, number)
            text = said_between(events, number, last)
            if text:
                project.slot(text, event.to, events[last].at, "xml")
            return _coded(events, at, base, text, project)
    if tag.local == "Note":
        return NO_TEXT
    raise BadInput(
        "a text of this project is there as rich text only",
        where=project.where,
        remedy="Export it again with plain text, or the interviews as .docx.",
    )


def _file(name: str, project: _Project) -> str:
    """Adds the text of a part as one slot; gives it."""
    project.kept.add(name)
    data, where = project.members[name], f"{project.where}, {name}"
    decoded = decode_text(data, where) if data.strip() else DecodedText("", "utf-8")
    if decoded.encoding != "utf-8":
        raise BadInput(
            "a text of this project is not UTF-8", where=where, remedy="Export it again."
        )
    if decoded.text:
        words = Words(
            text=decoded.text, part=name, at=len(decoded.bom), to=len(data), codec="plain"
        )
        project.words(words)
    return decoded.text


def _member(path: str, project: _Project) -> str:
    """The part that `internal://GUID.txt` means, in a folder called sources in any case."""
    scheme, _, wanted = path.partition("://")
    for name in project.members:
        folder, base = posixpath.split(name)
        if scheme == "internal" and base == wanted and folder.lower() in ("sources", ""):
            return name
    raise BadInput(
        "a text of this project is not in it",
        where=project.where,
        remedy="Export it again with its sources inside (internal).",
    )


def _name_of_coding(tag: Tag, project: _Project) -> None:
    """Takes in the name of a coding: as a copy of the words it lies on, or of how they begin.

    Programs cut such names after some characters, in the middle of a word. Any other name is words
    of its own, and once it is changed a blank stands behind it: so it is no copy when read again.
    """
    place, name = attribute_places(project.data, tag).get("name"), attribute(tag, "name")
    if place is None or not name.strip():
        return
    raw = project.data[place.start : place.end]
    cut_off = next((c for c in _CUT_OFF if name.endswith(c) and raw.endswith(c.encode())), "")
    said = name.removesuffix(cut_off)
    number, coded = whole_number(attribute(tag, "startPosition")), project.coded
    at = coded.counted[number] if number is not None and number < len(coded.counted) else -1
    words = Words(text=said, part=PROJECT, at=place.start, to=place.end - len(cut_off.encode()))
    words = words._replace(codec="attribute")
    is_copy = at >= 0 and in_a_line(coded.text[at : at + len(said)]) == in_a_line(said)
    if is_copy and said and said == said.rstrip():
        project.copies += 1
        project.copy(coded.base + at, words, project.copies)
    elif has_words(name):
        ends = place.end - len(raw) + len(raw.rstrip())
        blank = Change(place.end, place.end, b" ")
        named = words._replace(text=name.rstrip(), to=ends, once_changed=blank)
        project.later.append(named)


def _selection(tag: Tag, project: _Project) -> None:
    """A coding's place: its start and end follow the text."""
    places = attribute_places(project.data, tag)
    coded = project.coded
    for key, ends in (("startPosition", False), ("endPosition", True)):
        number = whole_number(attribute(tag, key))
        is_inside = key in places and number is not None and number < len(coded.counted)
        if number is None or not is_inside or coded.counted[number] < 0:
            raise BadInput(
                "a coding lies outside its text",
                where=project.where,
                remedy="Open the project in the program that made it and export it again.",
            )
        position = Position(
            part=PROJECT,
            at=places[key].start,
            to=places[key].end,
            offset=coded.base + coded.counted[number],
            base=coded.base,
            ends=ends,
            unit=coded.unit,
        )
        project.positions.append(position)
