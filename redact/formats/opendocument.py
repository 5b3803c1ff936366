"""OpenDocument texts (.odt, ODF 1.3): the words that are seen; the hidden ones go.

The text is the body, one paragraph a line, then notes and frames, then the headers and footers of
pages. What does not go into the safe file: deleted words, comments, bookmarks, properties, hidden
text, names of objects, targets of links, what fields are of. Pictures are refused or left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.collect import (
    Collector,
    attribute,
    has_words,
    said_between,
    whole_number,
)
from redact.formats.format import RawFile
from redact.formats.office import sieve_parts, sort_parts
from redact.formats.slots import Reading
from redact.formats.xml import Tag, Text, XmlEvent, attribute_places, end_of, scan
from redact.policy import Handling

CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"
MANIFEST = "META-INF/manifest.xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_DROPPED = re.compile(
    r"meta\.xml|settings\.xml|manifest\.rdf|layout-cache|Thumbnails/.*|Configurations2/.*|Fonts/.*"
    r"|META-INF/documentsignatures\.xml\Z"
)
# OpenOffice 2 says the type of its list of parts; it fetches nothing and defines nothing.
_DOCTYPE = re.compile(
    rb'<!DOCTYPE\s+manifest:manifest\s+PUBLIC\s+"-//OpenOffice\.org//DTD Manifest 1\.0//EN"'
    rb'\s+"Manifest\.dtd"\s*>'
)
_MEDIA = re.compile(r"(?:Pictures|media)/.*|ObjectReplacements/.*")
_GONE_BY_KIND = {
    "deleted words": "tracked-changes",
    "revision marks": "change change-start change-end",
    "comments": "annotation annotation-end",
    "bookmarks": "bookmark bookmark-start bookmark-end reference-mark reference-mark-start "
    "reference-mark-end",
    "hidden text": "hidden-text hidden-paragraph",
    "field codes": "user-field-decls variable-decls dde-connection-decls sequence-decls",
    "scripts": "scripts event-listeners",
    "form fields": "forms",
    "properties": "meta",
}
_GONE = {name: kind for kind, names in _GONE_BY_KIND.items() for name in names.split()}
_AUTHORS = frozenset({"creator", "creator-initials", "date-string"})  # of a comment
_SVG_GONE = frozenset({"title", "desc"})
# Fields whose words stay and whose rule goes: it would bring the words back.
_UNWRAPPED = frozenset(
    """author-name author-initials initial-creator creator printed-by title subject description
    keywords file-name sender-firstname sender-lastname sender-initials sender-title sender-position
    sender-email sender-phone-private sender-phone-work sender-company sender-street sender-city
    user-defined user-field-get variable-get variable-set text-input placeholder conditional-text
    database-display bookmark-ref reference-ref macro execute-macro script meta-field""".split()
)
_HIDDEN_NAMES = frozenset({"string-value", "description", "help", "hint", "formula", "condition"})
_ASIDE = frozenset({"note-body", "text-box"})  # not read in the middle of a sentence
_SPACES = {"tab": "\t", "line-break": "\n", "s": " "}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The numbers of a first event and of the one after the last."""

    at: int
    end: int


@dataclass(slots=True)
class _OdfDocument(Collector):
    """With how many paragraphs reading is in, and what stands aside, to be read after the body."""

    handling: Handling = field(kw_only=True)
    paragraphs: int = 0
    aside: list[_Stretch] = field(default_factory=list)


def read(file: RawFile) -> Reading:
    """What an .odt says; BadInput for what cannot be read whole or made safe."""
    where, handling = file.where, file.handling
    members = read_members(file.data, where)
    if CONTENT not in members:
        raise BadInput(
            "this is not an OpenDocument file (it has no content.xml)",
            where=where,
            remedy="Open it in LibreOffice and save it as .odt.",
        )
    if b"encryption-data" in members.get(MANIFEST, b""):
        raise BadInput(
            "this file is locked with a password",
            where=where,
            remedy="Open it, take the password off, and save it again.",
        )
    if MANIFEST in members:
        members[MANIFEST] = _DOCTYPE.sub(b"", members[MANIFEST], count=1)
    out = _OdfDocument(handling=handling)
    left_out = sort_parts(
        members,
        out,
        handling,
        where,
        goes=lambda name: _kind_that_goes(name, handling),
        media=_MEDIA,
        known=lambda name: name in (CONTENT, STYLES, META, MANIFEST, "mimetype"),
    )
    members = sieve_parts(members, left_out, out, where)
    for name in (CONTENT, STYLES):
        if name in members:
            out.new_line()
            out.open(name, members[name])
            _read_part(out, f"{where}, {name}")
    if META in members and META not in left_out:
        out.open(META, members[META])
        events = scan(out.data, f"{where}, {META}")
        out.put_off_texts(events, 0, len(events))
        for event in events:
            if isinstance(event, Tag):
                out.blank(event, frozenset({"name", "href", "title"}), "properties", "replace")
    if MANIFEST in members:
        out.open(MANIFEST, members[MANIFEST])
        _manifest(left_out, out, f"{where}, {MANIFEST}")
    return out.reading(members, left_out)


def _kind_that_goes(name: str, handling: Handling) -> str | None:
    """What the report calls a part that does not go into the safe file; None for the others."""
    is_kept = name == META and handling.properties == "replace"
    return "properties" if _DROPPED.match(name) and not is_kept else None


def _deletions(events: tuple[XmlEvent, ...], at: int, end: int, out: _OdfDocument) -> None:
    """Words that were deleted, to be read after the rest; who deleted them goes."""
    number = at + 1
    while number < end:
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start":
            if event.local in ("creator", "date"):
                last = end_of(events, number)
                if events[last].at > event.to:
                    out.cut(event.to, events[last].at, "authors")
                number = last
            elif _is_paragraph(event):
                last = end_of(events, number)
                out.put_off_texts(events, number, last)
                number = last
        number += 1


def _read_part(out: _OdfDocument, where: str) -> None:
    events = scan(out.data, where)
    out.aside = []
    _read_stretch(events, _Stretch(0, len(events)), out)
    while out.aside:
        stretch = out.aside.pop(0)
        out.paragraphs = 0
        out.new_line()
        _read_stretch(events, stretch, out)


def _read_stretch(events: tuple[XmlEvent, ...], stretch: _Stretch, out: _OdfDocument) -> None:
    at = stretch.at
    while at < stretch.end:
        event = events[at]
        if isinstance(event, Text):
            at = _words(events, at, stretch.end, out)
        elif event.kind == "start":
            at = _begin(events, at, event, out)
        elif _is_paragraph(event):
            out.paragraphs -= 1
            out.say("\n")
        elif _is_unwrapped(event) and event.to > event.at:
            out.remove(event.at, event.to)
        at += 1


def _words(events: tuple[XmlEvent, ...], at: int, end: int, out: _OdfDocument) -> int:
    """Takes in a run of text events as one slot; gives the number of the last."""
    first = last = at
    while last + 1 < end and isinstance(events[last + 1], Text):
        last += 1
    if not out.paragraphs and not has_words(said_between(events, first, first + 1)):
        return first
    is_apart = not out.paragraphs  # a title of a table, say: no paragraph, and words
    if is_apart:
        out.new_line()
    # ODF folds white space; what is a line break in the file is a blank in the text.
    said = re.sub(r"[ \t\r\n]+", " ", said_between(events, first, last + 1))
    begins = events[first - 1].to  # with a CDATA mark, which is no event
    out.slot(said, begins, events[last].to, "xml")
    if is_apart:
        out.say("\n")
    return last


def _begin(events: tuple[XmlEvent, ...], at: int, tag: Tag, out: _OdfDocument) -> int:
    """Takes in a start tag; gives the number of the last event that is dealt with."""
    kind = _hidden_kind(tag)
    if kind and not _is_kept(kind, out.handling):
        end = end_of(events, at)
        out.cut(tag.at, events[end].to, kind)
        return end
    if kind and (apart_end := _read_apart(events, at, tag, out)):
        return apart_end
    if _is_unwrapped(tag):
        out.cut(tag.at, tag.to, "field codes")
        return at
    _clean(tag, out)
    if tag.local in _ASIDE:
        return _put_aside(events, at, out)
    if tag.local == "note-citation":
        return end_of(events, at)
    if _is_paragraph(tag):
        out.paragraphs += 1
    elif out.paragraphs and tag.local in _SPACES and _space(tag).startswith("text"):
        end = end_of(events, at)
        count = whole_number(attribute(tag, "c")) or 1
        out.slot(_SPACES[tag.local] * min(count, 1000), tag.at, events[end].to, "blank")
        return end
    return at


def _hidden_kind(tag: Tag) -> str | None:
    """What the report calls an element that no reader of the page sees; None for the others."""
    space = _space(tag)
    if tag.local in _AUTHORS and not space.startswith("text"):
        return "authors"
    if space.startswith("svg") and tag.local in _SVG_GONE:
        return "hidden names of objects"
    if space.startswith("style") and tag.local in ("header", "footer"):
        return "headers and footers"
    return _GONE.get(tag.local) if space.startswith(("text", "office", "script")) else None


def _is_kept(kind: str, handling: Handling) -> bool:
    choices = {
        "comments": handling.comments,
        "deleted words": handling.deletions,
        "revision marks": handling.deletions,
        "hidden names of objects": handling.descriptions,
        "headers and footers": handling.headers,
    }
    return choices.get(kind) == "replace"


def _read_apart(events: tuple[XmlEvent, ...], at: int, tag: Tag, out: _OdfDocument) -> int | None:
    """Reads a hidden element that is kept after the rest; None if it is read where it stands."""
    if tag.local == "annotation":
        return _put_aside(events, at, out)
    if tag.local not in ("tracked-changes", *_SVG_GONE):
        return None
    end = end_of(events, at)
    if tag.local == "tracked-changes":
        _deletions(events, at, end, out)
    else:
        out.put_off_texts(events, at, end)
    return end


def _put_aside(events: tuple[XmlEvent, ...], at: int, out: _OdfDocument) -> int:
    end = end_of(events, at)
    out.aside.append(_Stretch(at + 1, end))
    return end


def _clean(tag: Tag, out: _OdfDocument) -> None:
    """Empties attributes that hold words which nobody sees."""
    out.blank(tag, _HIDDEN_NAMES, "hidden names of objects")
    if _space(tag).startswith("draw") and tag.local != "page":
        out.blank(tag, frozenset({"name"}), "hidden names of objects")
    if tag.local == "a" and _space(tag).startswith("text"):
        _link(tag, out)


def _space(tag: Tag) -> str:
    """The namespace of ODF that a tag is of: text:1.0, draw:1.0 …"""
    return tag.name.rpartition(" ")[0].removeprefix(_ODF)


def _is_paragraph(tag: Tag) -> bool:
    return tag.local in ("p", "h") and tag.name.startswith(f"{_ODF}text")


def _is_unwrapped(tag: Tag) -> bool:
    return tag.local in _UNWRAPPED and tag.name.startswith(f"{_ODF}text")


def _link(tag: Tag, out: _OdfDocument) -> None:
    """A link keeps its words; where it led, and what it was called, goes."""
    for name, value in attribute_places(out.data, tag).items():
        plain = name.rpartition(":")[2]
        if value.end == value.start:
            continue
        if plain == "href":
            out.lead_nowhere(value)
        elif plain in ("title", "name"):
            out.cut(value.start, value.end, "hidden names of objects")


def _manifest(left_out: set[str], out: _OdfDocument, where: str) -> None:
    """The entries of parts that went are cut."""
    events = scan(out.data, where)
    for number, event in enumerate(events):
        if isinstance(event, Tag) and event.kind == "start" and event.local == "file-entry":
            path = attribute(event, "full-path")
            if path in left_out or (path.endswith("/") and path != "/"):
                out.remove(event.at, events[end_of(events, number)].to)
