"""Web pages (.html) of transcripts, as noScribe, Otter and Trint export them.

A block is a line of the text; tags are copied. Comments, scripts, heads' metadata and all values of
attributes but those of layout and of times go: they hold paths, titles and speakers. Read by the
WHATWG's rules as far as transcripts need them; where that is not enough the file is refused.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from redact.errors import BadInput
from redact.formats.collect import Gathering
from redact.formats.slots import WHOLE, Codec, Reading, Slot
from redact.formats.text import ByteOffsets, decode_text
from redact.policy import Formats

_MARK = re.compile(
    r"(?P<comment><!--.*?(?:-->|\Z)|<(?:\?|!(?!doctype)|/(?![a-z]))[^>]*>?)"
    r"|(?P<doctype><!doctype[^>]*>)"
    r"|<(?P<slash>/?)(?P<name>[a-z][^\s/>]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^\"'>])*)>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?", re.DOTALL
)
_LINES = frozenset(
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol optgroup option p pre "
    "section summary table tbody td tfoot th thead title tr ul".split()
)
_RAW = frozenset(("script", "style", "textarea", "noscript", "template", "iframe", "noembed",
                  "noframes", "xmp", "plaintext"))  # fmt: skip
_MEDIA = frozenset("audio video object embed applet svg math canvas picture".split())
_WITHIN = frozenset(
    "a abbr acronym area b base bdi bdo big button center cite code col colgroup data datalist del "
    "details dfn dialog em font i img input ins kbd label link map mark meta meter nobr output "
    "param progress q rp rt ruby s samp select small source span strike strong sub sup time track "
    "tt u var wbr".split()
)
_KNOWN = _LINES | _RAW | _MEDIA | _WITHIN  # the tags of others go: anybody can name one
_DOCTYPE = re.compile(
    r'<!doctype\s+html(?:\s+public\s+"-//W3C//DTD [\w .]{1,40}//EN"'
    r'(?:\s+"http://www\.w3\.org/[\w./-]{1,60}")?)?\s*>',
    re.ASCII | re.IGNORECASE,
)
# Attributes that say how the page looks, or when a word was said.
_LAYOUT = frozenset(
    "class style type charset lang dir align valign width height border cellpadding cellspacing "
    "colspan rowspan bgcolor color size face http-equiv rel start xmlns "
    "data-m data-d data-start data-end data-time".split()
)
_PLAIN = re.compile(r"[\w\s:;.,#%()/!*'\"+-]*\Z", re.ASCII)
_TIMES = re.compile(r"ts_\d+_\d+_(?P<who>.*)\Z", re.DOTALL)  # noScribe's anchors
_NUMBERED = re.compile(r"(?:S|SPEAKER_?)?\d*\Z")
_FONTS = re.compile(r"font-family\s*:[^;}\"<>]*|\bface\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_NO_TAG = ("", *" \t\r\n<=0123456789")  # what comes after a `<` that begins no tag
_BARE = 4  # the group of a value without quotes
_TYPE = re.compile(r"text/html;\s*charset=[\w-]{1,20}\Z", re.ASCII | re.IGNORECASE)
_ENCODINGS = re.compile(r"windows-125\d|iso-8859-\d{1,2}|macintosh|utf-16(?:le|be)")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,20})", re.ASCII)
_BLANKS = str.maketrans("\n\r\t\f", "    ")


@dataclass(slots=True)
class _Page(Gathering):
    """With where characters stand in the bytes; attributes that are words are read last."""

    place: ByteOffsets = field(kw_only=True)
    attributes: list[tuple[str, int, int]] = field(default_factory=list)

    def words(self, raw: str, start: int, end: int, codec: Codec = "xml") -> None:
        said = html.unescape(raw).translate(_BLANKS)
        if said.strip() or (said and self.text and self.text[-1] != "\n"):
            place = (self.length, self.length + len(said))
            self.slots.append(Slot(*place, WHOLE, self.place(start), self.place(end), codec))
            self.say(said)

    def cut_out(self, start: int, end: int, kind: str) -> None:
        """Characters that do not go into the safe file."""
        self.cut(self.place(start), self.place(end), kind)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in, if it is an old one."""
    found = _CHARSET.search(data[:2048])
    named = found[1].decode("ascii").lower() if found else "utf-8"
    # The WHATWG has browsers take these names for Windows' own.
    named = "cp1252" if named in ("iso-8859-1", "latin1", "ascii", "us-ascii") else named
    return named if named == "cp1252" or _ENCODINGS.fullmatch(named) else None


def read(data: bytes, where: str, handling: Formats, encoding: str | None = None) -> Reading:
    """What a web page says; BadInput for what cannot be read whole or made safe."""
    decoded = decode_text(data, where, encoding)
    text = decoded.text
    page = _Page(place=ByteOffsets(decoded))
    at = 0
    while at < len(text):
        mark = text.find("<", at)
        match = _MARK.match(text, mark) if mark >= 0 else None
        stop = mark if mark >= 0 else len(text)
        if mark >= 0 and match is None:
            if text[mark + 1 : mark + 2] not in _NO_TAG:
                raise _bad("a tag that is not closed", text, mark, where)
            page.words(text[at : mark + 1], at, mark + 1)  # "a < b"
            at = mark + 1
            continue
        page.words(text[at:stop], at, stop)
        if match is None:
            break
        at = _tag(match, text, page, where, handling)
    for raw, start, end in page.attributes:
        page.new_line()
        page.words(raw, start, end, "attribute")
    return page.reading_of("html", data, decoded)


def _tag(match: re.Match[str], text: str, page: _Page, where: str, handling: Formats) -> int:
    """Takes in a tag or comment; gives where reading goes on."""
    if match["comment"]:
        page.cut_out(match.start(), match.end(), "comments")
        return match.end()
    if match["doctype"]:
        if not _DOCTYPE.match(match[0]):
            page.cut_out(match.start(), match.end(), "comments")
        return match.end()
    name = match["name"].lower()
    if name not in _KNOWN:
        page.cut_out(match.start(), match.end(), "attributes")
        return match.end()
    if name in _MEDIA or "data:" in match["rest"].lower():
        if handling.media == "refuse":
            raise BadInput(
                f"line {text.count(chr(10), 0, match.start()) + 1} holds a picture, recording or "
                "object, in which names cannot be found",
                where=where,
                remedy='Take it out, or say media = "drop" under [formats] in your policy.',
            )
        if name in _MEDIA and not match["slash"]:
            end = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, match.end())
            to = end.end() if end else match.end()
            page.cut_out(match.start(), to, "media")
            return to
    if name in _LINES:
        page.new_line()
    _attributes(match, name, page, handling)
    if name in _RAW and not match["slash"]:
        end = re.compile(rf"</{re.escape(name)}[\s>]", re.IGNORECASE).search(text, match.end())
        if end is None:
            raise _bad(f"an element {name} that is not closed", text, match.start(), where)
        inner = text[match.end() : end.start()]
        if inner.strip() and not (name == "style" and _is_plain_style(inner)):
            page.cut_out(match.end(), end.start(), "scripts")
        return end.start()
    return match.end()


def _attributes(match: re.Match[str], name: str, page: _Page, handling: Formats) -> None:
    """Takes out attributes that are neither layout nor time."""
    for found in _ATTRIBUTE.finditer(match["rest"]):
        key, value = found[1].lower(), next(filter(None, found.groups()[1:]), "")
        if key in _LAYOUT and _PLAIN.match(value):
            continue
        if key == "content" and name == "meta" and _TYPE.match(value):
            continue
        start, end = (match.start("rest") + place for place in found.span())
        times = _TIMES.match(value) if key == "name" else None
        quoted = value.strip() and (found.lastindex or 1) < _BARE
        if quoted and key in ("alt", "title") and handling.descriptions == "replace":
            place = match.start("rest") + found.start(found.lastindex or 1)
            page.attributes.append((value, place, place + len(value)))
        elif times is None:
            page.cut_out(start, end, "attributes")
        elif not _NUMBERED.match(times["who"]):
            place = match.start("rest") + found.start(found.lastindex or 1)
            page.cut_out(place + times.start("who"), place + len(value), "attributes")


def everything_in(rest: str) -> str:
    """Tags, attributes, styles and what else stands beside the text, but names of fonts."""
    return html.unescape(_FONTS.sub("", rest))


def _is_plain_style(inner: str) -> bool:
    """A style sheet without comments, addresses and made-up text."""
    return not re.search(
        r"/\*|url\s*\(|@import|content\s*:|[^\x00-\x7f\ufeff]", inner, re.IGNORECASE
    )


def _bad(what: str, text: str, at: int, where: str) -> BadInput:
    return BadInput(
        f"line {text.count(chr(10), 0, at) + 1} holds {what}",
        where=where,
        remedy="Open the page in a word processor and save it as .docx.",
    )
