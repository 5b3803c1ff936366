"""Word files (.docx, ECMA-376): the words that are seen, run by run; the hidden ones go.

The text is the body, then notes, headers and footers, one paragraph a line. Revisions are accepted.
What does not go into the safe file: deleted words, comments, field codes, bookmarks, properties,
hidden names of objects, targets of links. What cannot be made safe here (pictures, embedded files,
macros) is refused, or left out if the policy says so.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.collect import Collector, Words, attribute
from redact.formats.format import RawFile
from redact.formats.office import (
    PROPERTIES,
    TYPES,
    read_properties,
    scrub_relations,
    scrub_types,
    sieve_parts,
    sort_parts,
)
from redact.formats.slots import Change, Reading
from redact.formats.xml import (
    Tag,
    Text,
    XmlEvent,
    attribute_places,
    end_of,
    stream,
    whole_element,
)
from redact.policy import Handling, Hidden

MAIN = "word/document.xml"
_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Parts that hold no words of anybody; what is in none of these lists is refused.
_KEPT = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[^/]+\.rels|word/(?:styles|numbering|fontTable|"
    r"settings|webSettings|stylesWithEffects)\.xml|word/theme/[^/]+\.xml\Z"
)
_READ = re.compile(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml\Z")
COMMENTS = "word/comments.xml"
_DROPPED = {  # the first that matches names the kind
    "comments": re.compile(r"word/(?:comments\w*|people)\.xml\Z"),
    "properties": re.compile(
        r"docProps/.*|customXml/.*|\[trash\]/.*|word/_rels/settings\.xml\.rels\Z|word/printerSettings/.*"
        r"|docMetadata/.*"
    ),
    "thumbnail": re.compile(r".*thumbnail\.\w+\Z"),
    "templates": re.compile(r"word/glossary/.*|word/fonts/.*|userCustomization/.*"),
}
_MEDIA = re.compile(r"word/(?:media|charts|diagrams|drawings|ink)/.*")
# Elements that go with all that is in them, by the kind that the report names.
_GONE_BY_KIND = {
    "deleted words": "del moveFrom delText",
    "field codes": "delInstrText instrText fldChar",
    "comments": "commentRangeStart commentRangeEnd commentReference annotationRef",
    "bookmarks": "bookmarkStart bookmarkEnd",
    "revision marks": "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd "
    "cellIns cellDel cellMerge",
    "permissions": "permStart permEnd",
    "form fields": "alias tag dataBinding placeholder ffData smartTagPr customXmlPr",
    "properties": "docVars attachedTemplate mailMerge rsids documentProtection writeProtection "
    "docEvents linkStyles",
}
_GONE = {name: kind for kind, names in _GONE_BY_KIND.items() for name in names.split()}
_DELETED = frozenset(
    "del moveFrom delText moveFromRangeStart moveFromRangeEnd moveToRangeStart "
    "moveToRangeEnd".split()
)
_INSERTED = frozenset({"ins", "moveTo"})
_AUTHORS = frozenset({"author", "initials", "date", "dateUtc", "name"})  # of a revision
_GONE_ENDINGS = ("PrChange",)  # rPrChange, pPrChange …: who changed a format, and when
_UNWRAPPED = {
    "ins": "revision marks",
    "moveTo": "revision marks",
    "smartTag": "form fields",
    "customXml": "form fields",
    "fldSimple": "field codes",
}
_DESCRIPTIONS = ("descr", "title", "alt", "string")
_CAPTIONS_OF_TABLES = ("tblCaption", "tblDescription")
_REFUSED = {
    "altChunk": "another document",
    "object": "an embedded object",
    "control": "an embedded object",
}
_TYPED_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
# Fonts whose codes show pictures. Those of others are letters, and Symbol's are Greek ones.
_OF_PICTURES = re.compile("Wingdings.*|Webdings|Marlett|MT Extra|Zapf ?Dingbats|.* Emoji")
_OF_USERS = range(0xF000, 0xF100)  # where Word puts the codes of such fonts, in Unicode
_GREEK = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
)
# The order in which parts are read; headers and footers are between notes and comments.
_ORDER = {"document": 0, "footnotes": 1, "endnotes": 2, "comments": 4}
_OF_PAGES = 3
_HOLD_BLOCKS = frozenset("document body hdr ftr footnotes endnotes comments".split())


def read(file: RawFile) -> Reading:
    """What a .docx says; BadInput for what cannot be read whole or made safe."""
    where, handling = file.where, file.handling
    members = read_members(file.data, where)
    if MAIN not in members:
        raise BadInput(
            "this is not a Word file (it has no word/document.xml)",
            where=where,
            remedy="Open it in Word or LibreOffice and save it as .docx.",
        )
    out = _WordDocument(handling=handling)
    left_out = sort_parts(
        members,
        out,
        handling,
        where,
        goes=lambda name: _kind_that_goes(name, handling),
        media=_MEDIA,
        known=lambda name: bool(_KEPT.match(name) or _READ.match(name) or PROPERTIES.match(name)),
    )
    members = sieve_parts(members, left_out, out, where)
    parts = [name for name in members if _READ.match(name) and name not in left_out]
    parts.sort(key=lambda name: _ORDER.get(posixpath.basename(name)[:-4], _OF_PAGES))
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
    return out.reading(members, left_out)


@dataclass(slots=True)
class _WordDocument(Collector):
    """With the text element that reading is in, and what becomes of hidden places."""

    handling: Handling = field(kw_only=True)
    leaf: Tag | None = None
    said_in_leaf: list[str] = field(default_factory=list)

    @property
    def keeps_deletions(self) -> bool:
        return self.handling.deletions == "replace"


def _kind_that_goes(name: str, handling: Handling) -> str | None:
    """What the report calls a part that does not go into the safe file; None for the others."""
    base = posixpath.basename(name)
    of_page = base.startswith(("header", "footer")) and _READ.match(name)
    if of_page and handling.headers == "drop":
        return "headers and footers"
    if name == COMMENTS and handling.comments == "replace":
        return None
    if PROPERTIES.match(name) and handling.properties == "replace":
        return None
    if name.endswith(".rels") and _MEDIA.match(name.replace("_rels/", "")):
        return "media"
    return next((kind for kind, names in _DROPPED.items() if names.match(name)), None)


def _is_word(tag: Tag) -> bool:
    return tag.name.rpartition(" ")[0] in _W


def _read_part(name: str, data: bytes, out: _WordDocument, where: str) -> None:
    """Adds a part's text, slots and cuts."""
    out.new_line()
    out.open(name, data)
    for events in _blocks(data, where):
        _read_block(events, out, where)


def _blocks(data: bytes, where: str) -> Iterator[tuple[XmlEvent, ...]]:
    """The events of each paragraph, table or the like of a part; what they stand in tag by tag.

    All events of a part together take ten times its size.
    """
    events = stream(data, where)
    for event in events:
        if isinstance(event, Text) or event.kind == "end" or _holds_blocks(event):
            yield (event,)
        else:
            yield whole_element(events, event)


def _holds_blocks(tag: Tag) -> bool:
    return tag.local in _HOLD_BLOCKS and _is_word(tag)


def _read_block(events: tuple[XmlEvent, ...], out: _WordDocument, where: str) -> None:
    at = 0
    while at < len(events):
        event = events[at]
        if isinstance(event, Text):
            if out.leaf is not None:
                out.said_in_leaf.append(event.text)
        elif event.kind == "start":
            at = _begin(events, at, event, out, where)
        elif _is_word(event) or event.local == "t":
            _finish(event, out)
        at += 1


def _begin(events: tuple[XmlEvent, ...], at: int, tag: Tag, out: _WordDocument, where: str) -> int:
    """Takes in a start tag; gives the number of the last event that is dealt with."""
    if (gone := _goes(tag, out)) is not None:
        end = end_of(events, at)
        out.cut(tag.at, events[end].to, gone)
        return end
    if not _is_word(tag):
        _blank_names(tag, out)
        if tag.local == "t":  # of an equation or a drawing
            out.leaf, out.said_in_leaf = tag, []
        return at
    local = tag.local
    if local in _REFUSED:
        raise BadInput(
            f"this file holds {_REFUSED[local]}, which cannot be made safe here",
            where=where,
            remedy="Take it out and save the file again.",
        )
    if out.keeps_deletions and local in _DELETED | _INSERTED:
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
        out.leaf, out.said_in_leaf = tag, []
    elif local == "sym" and (said := _shown(tag)):
        out.slot(said, tag.at, events[end_of(events, at)].to, "symbol")
    elif local in _TYPED_BREAKS and _is_in_run(events, at):
        of_page = local == "br" and attribute(tag, "type") in ("page", "column")
        if not of_page:
            out.slot(_TYPED_BREAKS[local], tag.at, events[end_of(events, at)].to, "element")
    return at


def _shown(symbol: Tag) -> str:
    """The letter or figure that a symbol shows; nothing for a picture or sign."""
    font, code = attribute(symbol, "font"), attribute(symbol, "char")
    number = int(code or "0", 16)
    said = chr(number - _OF_USERS.start if number in _OF_USERS else number)
    if _OF_PICTURES.fullmatch(font) or not said.isalnum():
        return ""
    return said.translate(_GREEK) if font == "Symbol" else said


def _finish(tag: Tag, out: _WordDocument) -> None:
    """Takes in an end tag of Word's own."""
    if tag.local == "t" and out.leaf is not None:
        _finish_words(out.leaf, tag, out)
        out.leaf = None
    elif tag.local == "p":
        out.say("\n")
    elif out.keeps_deletions and tag.local in _INSERTED:
        pass
    elif tag.local in _UNWRAPPED and tag.to > tag.at:
        out.remove(tag.at, tag.to)


def _finish_words(leaf: Tag, end: Tag, out: _WordDocument) -> None:
    """The words of a text element; blanks at the ends of other words must not be lost."""
    keep_blanks = None
    if _is_word(end) and "xml:space" not in attribute_places(out.data, leaf):
        keep_blanks = Change(leaf.to - 1, leaf.to - 1, b' xml:space="preserve"')
    if said := "".join(out.said_in_leaf):
        words = Words(text=said, part=out.part, at=leaf.to, to=end.at, once_changed=keep_blanks)
        out.words(words)


def _deletion(events: tuple[XmlEvent, ...], at: int, end: int, out: _WordDocument) -> None:
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


def _goes(tag: Tag, out: _WordDocument) -> str | None:
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


def _is_in_run(events: tuple[XmlEvent, ...], at: int) -> bool:
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


def _blank_names(tag: Tag, out: _WordDocument) -> None:
    """Alternative texts and names of drawings, tooltips of links: what people write unseen."""
    if not tag.attributes:
        return
    for name, value in attribute_places(out.data, tag).items():
        plain = name.rpartition(":")[2]
        if value.end > value.start and _is_hidden(tag, plain):
            is_described = plain in _DESCRIPTIONS or tag.local in _CAPTIONS_OF_TABLES
            choice: Hidden = out.handling.descriptions if is_described else "drop"
            out.hide(value, "hidden names of objects", choice)


def _is_hidden(tag: Tag, attribute: str) -> bool:
    if _is_word(tag):
        return (
            attribute in ("tooltip", "author", "initials")
            or (tag.local == "hyperlink" and attribute in ("anchor", "docLocation"))
            or (tag.local in _CAPTIONS_OF_TABLES and attribute == "val")
        )
    return attribute in _DESCRIPTIONS or (tag.local in ("docPr", "cNvPr") and attribute == "name")
