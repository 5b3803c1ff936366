"""Web pages (.html) of transcripts, as noScribe, Otter and Trint export them.

A block is a line of the text; tags are copied. Comments, scripts, heads' metadata and all values of
attributes but those of layout and of times go: they hold paths, titles and speakers. Read by the
WHATWG's rules as far as transcripts need them; where that is not enough the file is refused.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from redact.core import Span
from redact.core.timed import Timed
from redact.errors import BadInput
from redact.formats.allowed import Allowed, Kind, is_a
from redact.formats.codec import Codec
from redact.formats.collect import Collector
from redact.formats.css import PlainStyle, plain_class, plain_declarations, plain_sheet
from redact.formats.format import RawFile
from redact.formats.names import Names
from redact.formats.shapes import is_face
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import ByteOffsets, decode_text
from redact.policy import Handling

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
_RAW = frozenset(
    "script style textarea noscript template iframe noembed noframes xmp plaintext".split()
)
_MEDIA = frozenset("audio video object embed applet svg math canvas picture".split())
_WITHIN = frozenset(
    "a abbr acronym area b base bdi bdo big button center cite code col colgroup data datalist del "
    "details dfn dialog em font i img input ins kbd label link map mark meta meter nobr output "
    "param progress q rp rt ruby s samp select small source span strike strong sub sup time track "
    "tt u var wbr".split()
)
_KNOWN = _LINES | _RAW | _MEDIA | _WITHIN  # the tags of others go: anybody can name one
_DOCTYPE = re.compile(
    r'<!doctype\s+html(?:\s+public\s+"-//W3C//DTD X?HTML [1-4](?:\.[0-9]{1,2})?'
    r'(?: Transitional| Strict| Frameset| Final)?//EN"(?:\s+"http://www\.w3\.org/TR/'
    r"(?:html4|REC-html40|xhtml1/DTD|xhtml11/DTD|1999/REC-html401-19991224)/"
    r'(?:xhtml1-)?(?:strict|loose|transitional|frameset|xhtml11)\.dtd")?)?\s*>',
    re.ASCII | re.IGNORECASE,
)


def _allowed(kinds: str, words: str = "") -> Allowed:
    return Allowed(tuple(Kind(kind) for kind in kinds.split()), frozenset(words.split()))


_SIZE = _allowed("whole measure number")
_WHEN = _allowed("time number length")  # of a recording
# Attributes that say how the page looks, or when a word was said; styles and classes are apart.
_LAYOUT: Mapping[str, Allowed] = {
    "type": _allowed("", "text/css text/html disc circle square 1 a A i I button checkbox text"),
    "charset": _allowed("encoding"),
    "lang": _allowed("language"),
    "xml:lang": _allowed("language"),
    "dir": _allowed("", "ltr rtl auto LTR RTL"),
    "align": _allowed("", "left right center justify middle top bottom char"),
    "valign": _allowed("", "top middle bottom baseline"),
    "width": _SIZE,
    "height": _SIZE,
    "border": _SIZE,
    "cellpadding": _SIZE,
    "cellspacing": _SIZE,
    "colspan": _SIZE,
    "rowspan": _SIZE,
    "size": _SIZE,
    "start": _SIZE,
    "bgcolor": _allowed("colour"),
    "color": _allowed("colour"),
    "http-equiv": _allowed("", "content-type Content-Type content-style-type Content-Style-Type"),
    "xmlns": _allowed("schema"),
    "data-m": _WHEN,
    "data-d": _WHEN,
    "data-start": _WHEN,
    "data-end": _WHEN,
    "data-time": _WHEN,
    "data-timestamp": _WHEN,
    "contenteditable": _allowed("boolean"),
}
# noScribe's anchors: begin and end in milliseconds.
_TIMES = re.compile(r"ts_(?P<begins>\d{1,8})_(?P<ends>\d{1,8})_(?://)?(?P<who>.*)\Z", re.DOTALL)
_NUMBERED = re.compile(r"(?:S|SPEAKER_?)?\d*\Z")
_FONTS = re.compile(r"font-family\s*:[^;}\"<>]*|\bface\s*=\s*(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_NO_TAG = ("", *" \t\r\n<=0123456789")  # what comes after a `<` that begins no tag
_BARE = 4  # the group of a value without quotes
_TYPE = re.compile(r"text/(?:html|css)(?:;\s*charset=([\w-]{1,20}))?\Z", re.ASCII | re.IGNORECASE)
_ENCODINGS = re.compile(r"windows-125\d|iso-8859-\d{1,2}|macintosh|utf-16(?:le|be)")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,20})", re.ASCII)
_BLANKS = str.maketrans("\n\r\t\f", "    ")


@dataclass(slots=True, kw_only=True)
class _Page(Collector):
    """With the page's characters, and where they stand in its bytes."""

    source: str = field(kw_only=True, repr=False)
    where: str = field(kw_only=True)
    handling: Handling = field(kw_only=True)
    bytes_at: ByteOffsets = field(kw_only=True)
    encoding: str = field(kw_only=True)
    names: Names = field(kw_only=True)  # of classes
    attributes: list[Span] = field(default_factory=list)  # that are words, which are read last
    anchor: Span | None = None  # when what is read now is said

    def read_words(self, start: int, end: int, codec: Codec = "xml") -> None:
        said = html.unescape(self.source[start:end]).translate(_BLANKS)
        if said.strip() or (said and self.text and self.text[-1] != "\n"):
            begins = self.length
            self.slot(said, self.bytes_at(start), self.bytes_at(end), codec)
            if self.anchor is not None:
                self.heard(begins, self.anchor)

    def heard(self, begins: int, anchor: Span) -> None:
        """What was read last is said when its anchor says, with what of it stands before."""
        last = self.times[-1] if self.times else None
        if last and (last.begins, last.ends) == (anchor.start, anchor.end):
            begins = self.times.pop().start
        self.times.append(
            Timed(start=begins, end=self.length, begins=anchor.start, ends=anchor.end)
        )

    def cut_out(self, start: int, end: int, kind: str, instead: str = "") -> None:
        """Characters that do not go into the safe file."""
        raw = instead.encode(self.encoding)
        self.cut(self.bytes_at(start), self.bytes_at(end), kind, raw)

    def write_anew(self, start: int, end: int, instead: str) -> None:
        """Other characters for names that people gave: nothing is left out."""
        self.remove(self.bytes_at(start), self.bytes_at(end), instead.encode(self.encoding))

    def line_of(self, at: int) -> int:
        return self.source.count("\n", 0, at) + 1

    def bad(self, what: str, at: int) -> BadInput:
        return BadInput(
            f"line {self.line_of(at)} holds {what}",
            where=self.where,
            remedy="Open the page in a word processor and save it as .docx.",
        )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in, if it is an old one."""
    charset = _CHARSET.search(data[:2048])
    named = charset[1].decode("ascii").lower() if charset else "utf-8"
    # The WHATWG has browsers take these names for Windows' own.
    named = "cp1252" if named in ("iso-8859-1", "latin1", "ascii", "us-ascii") else named
    return named if named == "cp1252" or _ENCODINGS.fullmatch(named) else None


def read(file: RawFile) -> Reading:
    """What a web page says; BadInput for what cannot be read whole or made safe."""
    decoded = decode_text(file.data, file.where, file.encoding)
    source = decoded.text
    page = _Page(
        part=WHOLE,
        source=source,
        where=file.where,
        handling=file.handling,
        bytes_at=ByteOffsets(decoded),
        encoding=decoded.encoding,
        names=Names({WHOLE: source.encode("utf-8", "replace")}),
    )
    at = 0
    while at < len(source):
        mark = source.find("<", at)
        match = _MARK.match(source, mark) if mark >= 0 else None
        if mark >= 0 and match is None:
            if source[mark + 1 : mark + 2] not in _NO_TAG:
                raise page.bad("a tag that is not closed", mark)
            page.read_words(at, mark + 1)  # "a < b"
            at = mark + 1
            continue
        page.read_words(at, mark if mark >= 0 else len(source))
        if match is None:
            break
        at = _mark(match, page)
    for place in page.attributes:
        page.new_line()
        page.read_words(place.start, place.end, "attribute")
    return page.reading_of_text(file.data, decoded)


def _mark(match: re.Match[str], page: _Page) -> int:
    """Takes in a tag or comment; gives where reading goes on."""
    if match["comment"] or (match["doctype"] and not _DOCTYPE.match(match[0])):
        page.cut_out(match.start(), match.end(), "comments")
        return match.end()
    if match["doctype"]:
        return match.end()
    name = match["name"].lower()
    if name not in _KNOWN:
        page.cut_out(match.start(), match.end(), "attributes")
        return match.end()
    if name in _MEDIA or "data:" in match["rest"].lower():
        _check_media(match, page)
        if name in _MEDIA and not match["slash"]:
            return _cut_media(match, name, page)
    if name in _LINES:
        page.new_line()
    if name == "a":
        page.anchor = None
    _attributes(match, name, page)
    return _raw_element(match, name, page) if name in _RAW and not match["slash"] else match.end()


def _check_media(match: re.Match[str], page: _Page) -> None:
    if page.handling.media == "refuse":
        raise BadInput(
            f"line {page.line_of(match.start())} holds a picture, recording or object, in which "
            "names cannot be found",
            where=page.where,
            remedy='Take it out, or say media = "drop" under [formats] in your policy.',
        )


def _cut_media(match: re.Match[str], name: str, page: _Page) -> int:
    """Cuts a picture or the like with all in it; gives where it ends."""
    closing = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)
    end = closing.search(page.source, match.end())
    to = end.end() if end else match.end()
    page.cut_out(match.start(), to, "media")
    return to


def _raw_element(match: re.Match[str], name: str, page: _Page) -> int:
    """Cuts what stands in a script or the like; gives where its end tag begins."""
    closing = re.compile(rf"</{re.escape(name)}[\s>]", re.IGNORECASE)
    end = closing.search(page.source, match.end())
    if end is None:
        raise page.bad(f"an element {name} that is not closed", match.start())
    inner = page.source[match.end() : end.start()]
    if name == "style":
        _sheet(inner, match.end(), page)
    elif inner.strip():
        page.cut_out(match.end(), end.start(), "scripts")
    return end.start()


def _sheet(inner: str, begins: int, page: _Page) -> None:
    """A style sheet: what is structure of it stays."""
    plain = plain_sheet(inner, page.names)
    if plain.left_behind:
        page.cut_out(begins, begins + len(inner), "styles", plain.text)
    elif plain_sheet(plain.text, page.names).text == plain.text != inner and _has_new(inner, plain):
        page.write_anew(begins, begins + len(inner), plain.text)


def _has_new(inner: str, plain: PlainStyle) -> bool:
    """Whether more than blanks is other than it was."""
    return "".join(inner.split()) != "".join(plain.text.split())


def _attributes(match: re.Match[str], name: str, page: _Page) -> None:
    """Takes out attributes that are neither layout nor time."""
    base = match.start("rest")
    for attribute in _ATTRIBUTE.finditer(match["rest"]):
        key = attribute[1].lower()
        group = attribute.lastindex or 1
        begins = base + attribute.start(group)
        value = html.unescape(attribute[group]) if group > 1 else ""
        if _is_layout(key, value, name):
            continue
        if group > 1 and key in ("class", "style"):
            _style(key, value, Span(begins, begins + len(attribute[group])), page)
            continue
        times = _TIMES.match(value) if key == "name" else None
        if times is not None and int(times["begins"]) < int(times["ends"]):
            page.anchor = Span(int(times["begins"]), int(times["ends"]))
        is_described = value.strip() and group < _BARE and key in ("alt", "title")
        if is_described and page.handling.descriptions == "replace":
            page.attributes.append(Span(begins, begins + len(value)))
        elif times is None:
            page.cut_out(base + attribute.start(), base + attribute.end(), "attributes")
        elif not _NUMBERED.match(times["who"]):
            page.cut_out(begins + times.start("who"), begins + len(value), "attributes")


def _is_layout(key: str, value: str, tag: str) -> bool:
    """Whether an attribute says how the page looks or when a word was said, and nothing else."""
    if key == "content":
        kind = _TYPE.match(value) if tag == "meta" else None
        return kind is not None and (not kind[1] or is_a(Kind.ENCODING, kind[1]))
    if key == "face":
        return is_face(value)
    return key in _LAYOUT and (not value or _LAYOUT[key].takes(value))


def _style(key: str, value: str, place: Span, page: _Page) -> None:
    """Classes are made anew; of a style what is structure stays."""
    if key == "class":
        new = " ".join(plain_class(one, page.names) for one in value.split())
        if new != " ".join(value.split()):
            page.write_anew(place.start, place.end, new)
        return
    plain = plain_declarations(value)
    if plain.left_behind:
        page.cut_out(place.start, place.end, "styles", plain.text.replace('"', "'"))


def everything_in(rest: str) -> str:
    """Tags, attributes, styles and what else stands beside the text, but names of fonts."""
    return html.unescape(_FONTS.sub("", rest))
