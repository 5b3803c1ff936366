"""Coded projects as programs write them, brought into the one shape that refi_qda.py reads.

The project may have any name; a text may be named by its path; a PDF or a recording may have its
words beside it, as plain text: then that is a text source, and the picture or sound goes.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from redact.errors import BadInput
from redact.formats.litter import is_passed_over
from redact.formats.slots import Change
from redact.formats.splicing import changed
from redact.formats.xml import Tag, XmlEvent, attribute_places, end_of, scan

PROJECT = "project.qde"
TEXT_PATH = "plainTextPath"
_SCHEMES = ("", "internal", "relative")
_OF_WORDS = {
    "PDFSource": "Representation",
    "AudioSource": "Transcript",
    "VideoSource": "Transcript",
}
# What a text source has; codings of pages and of seconds have no place in it.
_KEPT = frozenset("Description PlainTextContent PlainTextSelection Coding NoteRef".split())
_EDITION = re.compile(
    r"urn:QDA-XML:(?:project:(?:1[.:][05]|0[.:]4) Project"
    r"|codebook:(?:1[.:][05]|0[.:]4) CodeBook)"
)
_PREFIX = re.compile(rb"<([^\s/>:]*:|)")
GIVEN_PATH = re.compile(
    r"internal://[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\.[a-z]{3,4}"
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """The parts in one shape, and by kind what has gone for it."""

    members: dict[str, bytes] = field(repr=False)
    left_out: Mapping[str, int]


def shaped(members: Mapping[str, bytes], where: str) -> Shaped:
    """The parts of a .qdpx; BadInput where it is not told which part is the project."""
    project = only_project_in(members, where)
    parts = {
        PROJECT if name == project else name: data
        for name, data in members.items()
        if name == project or not _is_litter(name, data)
    }
    if not parts[PROJECT].lstrip():
        return Shaped(parts, {})
    left_out: Counter[str] = Counter()
    _take_texts_of_media(parts, f"{where}, {PROJECT}", left_out)
    return Shaped(_with_paths(parts, f"{where}, {PROJECT}"), left_out)


def is_root(name: str, local: str) -> bool:
    """Whether a root element is that of a project or codebook of an edition that we know.

    NVivo for Mac writes the version with a colon, drafts of the standard were 0:4.
    """
    return _EDITION.fullmatch(name) is not None and name.endswith(f" {local}")


def only_project_in(members: Mapping[str, bytes], where: str) -> str:
    """The one part that is the project, whatever it is called."""
    found = [name for name in members if name.lower().endswith(".qde") and not _is_hidden(name)]
    filled = [name for name in found if members[name].strip()]
    for several in (filled, found):
        if len(several) == 1:
            return several[0]
    if found:
        raise BadInput(
            f"this file holds {len(found)} projects (.qde), and it is not said which is meant",
            where=where,
            remedy="Export each as a REFI-QDA project (.qdpx) of its own.",
        )
    raise BadInput(
        "this is not a coded project (no .qde is in it)",
        where=where,
        remedy="Export it again as REFI-QDA project (.qdpx).",
    )


def _is_hidden(name: str) -> bool:
    return any(part.startswith(".") or is_passed_over(part) for part in name.split("/"))


def _is_litter(name: str, data: bytes) -> bool:
    """Whether a part is hidden, left by a system, or empty: nobody sees anything of it."""
    return _is_hidden(name) or (not data.strip() and not name.lower().endswith(".txt"))


def member_of(path: str, members: Mapping[str, bytes]) -> str | None:
    """The part that a path means: `internal://x.txt`, `x.txt`, `sources/x.txt`."""
    scheme, separator, rest = path.partition("://")
    wanted = rest if separator else path
    if (scheme.lower() if separator else "") not in _SCHEMES or wanted.startswith("/"):
        return None
    for said in dict.fromkeys((wanted, unquote(wanted))):
        plain = posixpath.normpath(said.replace("\\", "/")).casefold()
        for tried in (f"sources/{plain}", plain):
            for name in members:
                if name.casefold() == tried and name != PROJECT:
                    return name
    return None


def _starts(events: Sequence[XmlEvent]) -> Iterator[tuple[int, Tag]]:
    return (
        (at, event)
        for at, event in enumerate(events)
        if isinstance(event, Tag) and event.kind == "start"
    )


def _children(events: Sequence[XmlEvent], at: int) -> Iterator[tuple[int, Tag]]:
    """The elements that stand in one, by number."""
    number, last = at + 1, end_of(events, at)
    while number < last:
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start":
            yield number, event
            number = end_of(events, number)
        number += 1


def _with_paths(parts: Mapping[str, bytes], where: str) -> dict[str, bytes]:
    """The parts, each text that the project names under a path that the standard has."""
    data, names, changes = parts[PROJECT], dict[str, str](), list[Change]()
    taken = {name.casefold() for name in parts}
    free = (f"sources/source-{n}.txt" for n in count(1))
    for _, tag in _starts(scan(data, where)):
        path = tag.attributes.get(TEXT_PATH, "")
        name = member_of(path, parts) if path else None
        if name is None:
            continue
        given = f"internal://{posixpath.basename(name)}"  # as the part has it, in its case
        if GIVEN_PATH.fullmatch(path) and GIVEN_PATH.fullmatch(given):
            names[name] = name
        if name not in names:
            names[name] = next(one for one in free if one == name or one not in taken)
        place = attribute_places(data, tag)[TEXT_PATH]
        new = f"internal://{posixpath.basename(names[name])}"
        changes.append(Change(place.start, place.end, new.encode("ascii")))
    renamed = {names.get(name, name): part for name, part in parts.items()}
    return {**renamed, PROJECT: changed(data, changes)}


def _take_texts_of_media(parts: dict[str, bytes], where: str, left_out: Counter[str]) -> None:
    """Makes PDFs and recordings of which the words are there too text sources of these words."""
    data, changes = parts[PROJECT], list[Change]()
    events = scan(data, where)
    for at, tag in _starts(events):
        wanted = _OF_WORDS.get(tag.local)
        inner = [*_children(events, at)] if wanted else []
        texts = [
            number
            for number, child in inner
            if child.local == wanted and _has_text(events, number, child, parts)
        ]
        if not texts:
            continue
        for key in ("path", "currentPath"):
            name = member_of(tag.attributes.get(key, ""), parts)
            if name is not None:
                del parts[name]
        left_out["media"] += 1
        sources = [_source(data, events, n, tag if n == texts[0] else None) for n in texts]
        lost = len(inner) - len(texts) + sum(one.lost for one in sources)
        if lost:
            left_out["codings and notes of media"] += lost
        end = events[end_of(events, at)]
        changes.append(Change(tag.at, end.to, b"".join(one.xml for one in sources)))
    parts[PROJECT] = changed(data, changes)


def _has_text(events: Sequence[XmlEvent], at: int, tag: Tag, parts: Mapping[str, bytes]) -> bool:
    """Whether the words of a representation or transcript are in the project, as plain text."""
    path = tag.attributes.get(TEXT_PATH)
    if path:
        return member_of(path, parts) is not None
    return any(child.local == "PlainTextContent" for _, child in _children(events, at))


def has_words_beside(
    events: Sequence[XmlEvent], at: int, tag: Tag, parts: Mapping[str, bytes]
) -> bool:
    """Whether this is a PDF or recording of which the words are in the project as well."""
    wanted = _OF_WORDS.get(tag.local)
    return wanted is not None and any(
        child.local == wanted and _has_text(events, number, child, parts)
        for number, child in _children(events, at)
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """A text source as XML, and how many elements of what it was made from it cannot have."""

    xml: bytes = field(repr=False)
    lost: int


def _source(data: bytes, events: Sequence[XmlEvent], at: int, of: Tag | None) -> _Source:
    """A text source of a representation or transcript; the first is called as its medium was."""
    tag = events[at]
    own = dict(tag.attributes) if isinstance(tag, Tag) else {}
    if of is not None:
        own |= {key: of.attributes[key] for key in ("guid", "name") if key in of.attributes}
    said = {key: value for key, value in own.items() if " " not in key}
    head = "".join(f" {key}={quoteattr(value)}" for key, value in said.items())
    inner = [*_children(events, at)]
    kept = [(number, child) for number, child in inner if child.local in _KEPT]
    body = b"".join(data[child.at : events[end_of(events, n)].to] for n, child in kept)
    prefix = _PREFIX.match(data, tag.at)
    name = (prefix[1] if prefix else b"") + b"TextSource"
    xml = b"<%s%s>%s</%s>" % (name, head.encode("utf-8"), body, name)
    return _Source(xml, len(inner) - len(kept))
