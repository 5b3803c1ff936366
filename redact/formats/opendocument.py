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
from redact.formats.collect import Gathering, attribute, end_of, has_words, whole_number
from redact.formats.office import sort_parts
from redact.formats.slots import Cut, Reading
from redact.formats.xml import Event, Tag, Text, attribute_places, scan
from redact.policy import Formats

CONTENT, STYLES, META = "content.xml", "styles.xml", "meta.xml"
MANIFEST = "META-INF/manifest.xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_DROPPED = re.compile(
    r"meta\.xml|settings\.xml|manifest\.rdf|layout-cache|Thumbnails/.*|Configurations2/.*|Fonts/.*"
    r"|META-INF/documentsignatures\.xml\Z"
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
_NOWHERE = b"about:blank"
_HIDDEN_NAMES = frozenset({"string-value", "description", "help", "hint", "formula", "condition"})
_ASIDE = frozenset(
    {"note-body", "text-box"}
)  # read after the body, not in the middle of a sentence
_SPACES = {"tab": "\t", "line-break": "\n", "s": " "}


@dataclass(slots=True)
class _Found(Gathering):
    """With how many paragraphs reading is in, and what stands aside."""

    paragraphs: int = 0
    aside: list[tuple[int, int]] = field(default_factory=list)


def read(data: bytes, where: str, handling: Formats) -> Reading:
    """What an .odt says; BadInput for what cannot be read whole or made safe."""
    members = read_members(data, where)
    if CONTENT not in members:
        raise BadInput("this is not an OpenDocument file (it has no content.xml)", where=where,
                       remedy="Open it in LibreOffice and save it as .odt.")  # fmt: skip
    if b"encryption-data" in members.get(MANIFEST, b""):
        raise BadInput("this file is locked with a password", where=where,
                       remedy="Open it, take the password off, and save it again.")  # fmt: skip
    out = _Found()
    left_out = sort_parts(
        members,
        out,
        handling,
        where,
        goes=lambda name: _kind_that_goes(name, handling),
        media=_MEDIA,
        known=lambda name: name in (CONTENT, STYLES, META, MANIFEST, "mimetype"),
    )
    for name in (CONTENT, STYLES):
        if name in members:
            out.new_line()
            out.open(name, members[name])
            _read_part(out, f"{where}, {name}", handling)
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
    return out.reading("odt", members, frozenset(left_out))


def _kind_that_goes(name: str, handling: Formats) -> str:
    """What the report calls a part that does not go into the safe file; "" for the others."""
    if name == META and handling.properties == "replace":
        return ""
    return "properties" if _DROPPED.match(name) else ""


def _deletions(events: tuple[Event, ...], at: int, end: int, out: _Found) -> None:
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


def _read_part(out: _Found, where: str, handling: Formats) -> None:
    events = scan(out.data, where)
    out.aside = []
    _read_stretch(events, 0, len(events), out, handling)
    while out.aside:
        start, end = out.aside.pop(0)
        out.paragraphs = 0
        out.new_line()
        _read_stretch(events, start, end, out, handling)


def _read_stretch(
    events: tuple[Event, ...], at: int, end: int, out: _Found, handling: Formats
) -> None:
    while at < end:
        event = events[at]
        if isinstance(event, Text):
            if out.paragraphs:
                at = _words(events, at, end, out)
                continue
            if has_words(event.text):  # a title of a table, say: no paragraph, and words
                out.new_line()
                at = _words(events, at, end, out)
                out.say("\n")
                continue
        elif event.kind == "start":
            at = _begin(events, at, event, out, handling)
        elif _is_paragraph(event):
            out.paragraphs -= 1
            out.say("\n")
        elif _is_unwrapped(event) and event.to > event.at:
            out.cuts.append(Cut(out.part, event.at, event.to))
        at += 1


def _words(events: tuple[Event, ...], at: int, end: int, out: _Found) -> int:
    """A run of text events as one slot; gives the number of the event after it."""
    begins, said = events[at - 1].to, ""  # with a CDATA mark, which is no event
    ends = begins
    while at < end and isinstance(event := events[at], Text):
        said += event.text
        ends = event.to
        at += 1
    # ODF folds white space; what is a line break in the file is a blank in the text.
    out.slot(re.sub(r"[ \t\r\n]+", " ", said), begins, ends, "xml")
    return at


def _begin(events: tuple[Event, ...], at: int, tag: Tag, out: _Found, handling: Formats) -> int:
    """Takes in a start tag; gives the number of the last event that is dealt with."""
    space, _, local = tag.name.rpartition(" ")
    odf = space.removeprefix(_ODF)
    end = 0
    gone = _GONE.get(local) if odf.startswith(("text", "office", "script")) else None
    if odf.startswith("svg") and local in _SVG_GONE:
        gone = "hidden names of objects"
    if odf.startswith("style") and local in ("header", "footer") and handling.headers == "drop":
        gone = "headers and footers"
    if gone == "comments" and handling.comments == "replace":
        gone = None
        if local == "annotation":
            end = end_of(events, at)
            out.aside.append((at + 1, end))
            return end
    if handling.deletions == "replace" and gone in ("deleted words", "revision marks"):
        gone = None
        if local == "tracked-changes":
            end = end_of(events, at)
            _deletions(events, at, end, out)
            return end
    if gone == "hidden names of objects" and handling.descriptions == "replace":
        end = end_of(events, at)
        out.put_off_texts(events, at, end)
        return end
    if local in _AUTHORS and not odf.startswith("text"):
        gone = "authors"
    if gone:
        end = end_of(events, at)
        out.cut(tag.at, events[end].to, gone)
        return end
    if _is_unwrapped(tag):
        out.cut(tag.at, tag.to, "field codes")
        return at
    out.blank(tag, _HIDDEN_NAMES, "hidden names of objects")
    if odf.startswith("draw") and local != "page":
        out.blank(tag, frozenset({"name"}), "hidden names of objects")
    if local == "a" and odf.startswith("text"):
        _link(tag, out)
    if local in _ASIDE:
        end = end_of(events, at)
        out.aside.append((at + 1, end))
        return end
    if local == "note-citation":
        return end_of(events, at)
    if _is_paragraph(tag):
        out.paragraphs += 1
    elif out.paragraphs and odf.startswith("text") and local in _SPACES:
        end = end_of(events, at)
        count = whole_number(attribute(tag, "c")) or 1
        out.slot(_SPACES[local] * min(count, 1000), tag.at, events[end].to, "blank")
        return end
    return at


def _is_paragraph(tag: Tag) -> bool:
    return tag.local in ("p", "h") and tag.name.startswith(f"{_ODF}text")


def _is_unwrapped(tag: Tag) -> bool:
    return tag.local in _UNWRAPPED and tag.name.startswith(f"{_ODF}text")


def _link(tag: Tag, out: _Found) -> None:
    """A link keeps its words; where it led, and what it was called, goes."""
    for key, (start, end) in attribute_places(out.data, tag).items():
        plain = key.rpartition(":")[2]
        if plain == "href" and end > start and out.data[start:end] != _NOWHERE:
            out.cut(start, end, "targets of links", _NOWHERE)
        elif plain in ("title", "name") and end > start:
            out.cut(start, end, "hidden names of objects")


def _manifest(left_out: set[str], out: _Found, where: str) -> None:
    """The entries of parts that went are cut."""
    events = scan(out.data, where)
    for number, event in enumerate(events):
        if isinstance(event, Tag) and event.kind == "start" and event.local == "file-entry":
            path = attribute(event, "full-path")
            if path in left_out or (path.endswith("/") and path != "/"):
                out.cuts.append(Cut(out.part, event.at, events[end_of(events, number)].to))
