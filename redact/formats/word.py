"""Word files (.docx, ECMA-376): the words that are seen, run by run; the hidden ones go.

The text is the body, then notes, headers and footers, one paragraph a line. Revisions are accepted.
What does not go into the safe file: deleted words, comments, field codes, bookmarks, properties,
hidden names of objects, targets of links. What cannot be made safe here (pictures, embedded files,
macros) is refused, or left out if the policy says so.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.collect import Gathering, attribute, end_of
from redact.formats.office import (
    PROPERTIES,
    TYPES,
    read_properties,
    scrub_relations,
    scrub_types,
    sort_parts,
)
from redact.formats.slots import Cut, Reading
from redact.formats.xml import Event, Tag, Text, attribute_places, scan
from redact.policy import Formats

MAIN = "word/document.xml"
_SCRUBBED = ("word/settings.xml", "word/styles.xml", "word/numbering.xml")
_W = ("http://schemas.openxmlformats.org/wordprocessingml/2006/main",
      "http://purl.oclc.org/ooxml/wordprocessingml/main")  # fmt: skip
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Parts that hold no words of anybody; what is in none of these lists is refused.
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[^/]+\.rels|word/(?:styles|numbering|fontTable|"
    r"settings|webSettings|stylesWithEffects)\.xml|word/theme/[^/]+\.xml\Z"
)
_READ = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml\Z")
COMMENTS = "word/comments.xml"
_DROPPED = (
    ("comments", re.compile(r"word/(?:comments\w*|people)\.xml\Z")),
    ("properties", re.compile(r"docProps/.*|customXml/.*|word/_rels/settings\.xml\.rels\Z"
                              r"|word/printerSettings/.*|docMetadata/.*")),
    ("thumbnail", re.compile(r".*thumbnail\.\w+\Z")),
    ("templates", re.compile(r"word/glossary/.*|word/fonts/.*|userCustomization/.*")),
)  # fmt: skip
_MEDIA = re.compile(r"word/(?:media|charts|diagrams|drawings|ink)/.*")
# Elements that go with all that is in them, by the kind that the report names.
_GONE = {
    "del": "deleted words", "moveFrom": "deleted words", "delText": "deleted words",
    "delInstrText": "field codes", "instrText": "field codes", "fldChar": "field codes",
    "commentRangeStart": "comments", "commentRangeEnd": "comments", "commentReference": "comments",
    "annotationRef": "comments",
    "bookmarkStart": "bookmarks", "bookmarkEnd": "bookmarks",
    "moveFromRangeStart": "revision marks", "moveFromRangeEnd": "revision marks",
    "moveToRangeStart": "revision marks", "moveToRangeEnd": "revision marks",
    "cellIns": "revision marks", "cellDel": "revision marks", "cellMerge": "revision marks",
    "permStart": "permissions", "permEnd": "permissions",
    "alias": "form fields", "tag": "form fields", "dataBinding": "form fields",
    "placeholder": "form fields", "ffData": "form fields", "smartTagPr": "form fields",
    "customXmlPr": "form fields",
    "docVars": "properties", "attachedTemplate": "properties", "mailMerge": "properties",
    "rsids": "properties", "documentProtection": "properties", "writeProtection": "properties",
    "docEvents": "properties", "linkStyles": "properties",
}  # fmt: skip
_DELETED = ("del", "moveFrom", "delText", "moveFromRangeStart", "moveFromRangeEnd",
            "moveToRangeStart", "moveToRangeEnd")  # fmt: skip
_AUTHORS = frozenset(("author", "initials", "date", "dateUtc", "name"))  # of a revision
_GONE_ENDINGS = ("PrChange",)  # rPrChange, pPrChange …: who changed a format, and when
_UNWRAPPED = {"ins": "revision marks", "moveTo": "revision marks", "smartTag": "form fields",
              "customXml": "form fields", "fldSimple": "field codes"}  # fmt: skip
_DESCRIPTIONS = ("descr", "title", "alt", "string")
_REFUSED = {"altChunk": "another document", "object": "an embedded object",
            "control": "an embedded object"}  # fmt: skip
_TYPED_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def read(data: bytes, where: str, handling: Formats) -> Reading:
    """What a .docx says; BadInput for what cannot be read whole or made safe."""
    members = read_members(data, where)
    if MAIN not in members:
        raise BadInput("this is not a Word file (it has no word/document.xml)", where=where,
                       remedy="Open it in Word or LibreOffice and save it as .docx.")  # fmt: skip
    out = _Found(handling=handling)
    left_out = sort_parts(
        members,
        out,
        handling,
        where,
        goes=lambda name: _kind_that_goes(name, handling),
        media=_MEDIA,
        known=lambda name: bool(_KEPT.match(name) or _READ.match(name) or PROPERTIES.match(name)),
    )
    parts = [name for name in members if _READ.match(name) and name not in left_out]
    order = {"document": 0, "footnotes": 1, "endnotes": 2, "comments": 4}
    parts.sort(key=lambda name: order.get(posixpath.basename(name)[:-4], 3))
    for name in parts:
        _read_part(name, members[name], out, f"{where}, {name}")
    read_properties(members, left_out, out, where)
    for name, part in members.items():
        if name in left_out or name in parts or PROPERTIES.match(name):
            continue
        out.open(name, part)
        if name.endswith(".rels"):
            scrub_relations(members.keys() - left_out, out, f"{where}, {name}")
        elif name == TYPES:
            scrub_types(members.keys() - left_out, out, f"{where}, {name}")
        elif name in _SCRUBBED:
            _cut_only(out, f"{where}, {name}")
    return out.reading("docx", members, frozenset(left_out))


@dataclass(slots=True)
class _Found(Gathering):
    """With the text element that reading is in, and what becomes of hidden places."""

    handling: Formats = field(default_factory=Formats)
    leaf: Tag | None = None
    deleted: list[tuple[int, int]] = field(default_factory=list)  # events of deletions to be read
    words: list[str] = field(default_factory=list)

    @property
    def keeps_deletions(self) -> bool:
        return self.handling.deletions == "replace"


def _kind_that_goes(name: str, handling: Formats) -> str:
    """What the report calls a part that does not go into the safe file; "" for the others."""
    base = posixpath.basename(name)
    of_page = base.startswith(("header", "footer")) and _READ.match(name)
    if of_page and handling.headers == "drop":
        return "headers and footers"
    if name == COMMENTS and handling.comments == "replace":
        return ""
    if PROPERTIES.match(name) and handling.properties == "replace":
        return ""
    if name.endswith(".rels") and _MEDIA.match(name.replace("_rels/", "")):
        return "media"
    return next((kind for kind, shape in _DROPPED if shape.match(name)), "")


def _is_word(tag: Tag) -> bool:
    return tag.name.rpartition(" ")[0] in _W


def _read_part(name: str, data: bytes, out: _Found, where: str) -> None:
    """Adds a part's text, slots and cuts."""
    events = scan(data, where)
    out.new_line()
    out.open(name, data)
    at = 0
    while at < len(events):
        event = events[at]
        if isinstance(event, Text):
            if out.leaf is not None:
                out.words.append(event.text)
        elif event.kind == "start":
            at = _begin(events, at, event, out, where)
        elif _is_word(event) or event.local == "t":
            _finish(event, out)
        at += 1


def _begin(events: tuple[Event, ...], at: int, tag: Tag, out: _Found, where: str) -> int:
    """Takes in a start tag; gives the number of the last event that is dealt with."""
    if (gone := _goes(tag, out)) is not None:
        end = end_of(events, at)
        out.cut(tag.at, events[end].to, gone)
        return end
    if not _is_word(tag):
        _blank_names(tag, out)
        if tag.local == "t":  # of an equation or a drawing
            out.leaf, out.words = tag, []
        return at
    local = tag.local
    if local in _REFUSED:
        raise BadInput(
            f"this file holds {_REFUSED[local]}, which cannot be made safe here",
            where=where,
            remedy="Take it out and save the file again.",
        )
    if out.keeps_deletions and local in (*_DELETED, "ins", "moveTo"):
        out.blank(tag, _AUTHORS, "authors of revisions")
        if local in ("del", "moveFrom"):
            end = end_of(events, at)
            _deletion(events, at, end, out)
            return end
        return at
    if local in _UNWRAPPED:
        out.cut(tag.at, tag.to, _UNWRAPPED[local])
        return at
    _blank_names(tag, out)
    if local == "txbxContent":
        out.new_line()
    if local == "t":
        out.leaf, out.words = tag, []
    elif local in _TYPED_BREAKS and _is_in_run(events, at):
        of_page = local == "br" and attribute(tag, "type") in ("page", "column")
        if not of_page:
            out.slot(_TYPED_BREAKS[local], tag.at, events[end_of(events, at)].to, "element")
    return at


def _finish(tag: Tag, out: _Found) -> None:
    """Takes in an end tag of Word's own."""
    if tag.local == "t" and out.leaf is not None:
        leaf, said = out.leaf, "".join(out.words)
        kept = None  # blanks at the ends of other words must not be lost
        if _is_word(tag) and "xml:space" not in attribute_places(out.data, leaf):
            kept = (leaf.to - 1, leaf.to - 1, b' xml:space="preserve"')
        if said:
            out.slot(said, leaf.to, tag.at, "xml", kept)
        out.leaf = None
    elif tag.local == "p":
        out.say("\n")
    elif out.keeps_deletions and tag.local in ("ins", "moveTo"):
        pass
    elif tag.local in _UNWRAPPED and tag.to > tag.at:
        out.cuts.append(Cut(out.part, tag.at, tag.to))


def _deletion(events: tuple[Event, ...], at: int, end: int, out: _Found) -> None:
    """Words that were deleted, to be read after the rest; field codes in them go."""
    number = at + 1
    while number < end:
        event = events[number]
        if isinstance(event, Tag) and event.kind == "start":
            if (gone := _goes(event, out)) is not None:
                number = end_of(events, number)
                out.cut(event.at, events[number].to, gone)
            elif event.local in ("delText", "t"):
                out.put_off_texts(events, number, end_of(events, number) + 1)
        number += 1


def _cut_only(out: _Found, where: str) -> None:
    """Cuts what goes from a part that has no words in it."""
    events = scan(out.data, where)
    at = 0
    while at < len(events):
        event = events[at]
        if (
            isinstance(event, Tag)
            and event.kind == "start"
            and (gone := _goes(event, out)) is not None
        ):
            end = end_of(events, at)
            out.cut(event.at, events[end].to, gone)
            at = end
        at += 1


def _goes(tag: Tag, out: _Found) -> str | None:
    """The kind that the report names if this element goes, with all in it."""
    space, _, local = tag.name.rpartition(" ")
    if space in _W:
        if local.endswith(_GONE_ENDINGS):
            return "revision marks"
        kind = _GONE.get(local)
        kept = kind == "comments" and out.handling.comments == "replace"
        return None if kept or (out.keeps_deletions and local in _DELETED) else kind
    if space == _MC and local == "Fallback":
        return "second copies of text boxes"
    return None


def _is_in_run(events: tuple[Event, ...], at: int) -> bool:
    """Whether a tab or break is one that was typed: in a run, not among a style's tab stops."""
    depth = 0
    for number in range(at - 1, -1, -1):
        event = events[number]
        if not isinstance(event, Tag):
            continue
        if event.kind == "end":
            depth += 1
        elif depth:
            depth -= 1
        else:
            return event.local == "r" and _is_word(event)
    return False


def _blank_names(tag: Tag, out: _Found) -> None:
    """Alternative texts and names of drawings, tooltips of links: what people write unseen."""
    if not tag.attributes:
        return
    for key, (start, end) in attribute_places(out.data, tag).items():
        plain = key.rpartition(":")[2]
        if end > start and _is_hidden(tag, plain):
            described = plain in _DESCRIPTIONS or tag.local in ("tblCaption", "tblDescription")
            choice = out.handling.descriptions if described else "drop"
            out.hide(start, end, "hidden names of objects", choice)


def _is_hidden(tag: Tag, attribute: str) -> bool:
    if _is_word(tag):
        return (
            attribute in ("tooltip", "author", "initials")
            or (tag.local == "hyperlink" and attribute in ("anchor", "docLocation"))
            or (tag.local in ("tblCaption", "tblDescription") and attribute == "val")
        )
    return attribute in _DESCRIPTIONS or (tag.local in ("docPr", "cNvPr") and attribute == "name")
