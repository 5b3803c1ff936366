"""The sieve that every part of XML goes through: what is on no table of structure stays behind.

Elements and attributes that no table has, values of another kind than the table says, namespaces
that nobody publishes, comments and instructions: cut and counted. Names that people gave to styles
and lists are made anew. What is left is structure, or words: where those stand is told, so that
whoever reads them can be held to have read them all.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a
from redact.formats.names import Names
from redact.formats.prefixes import with_plain_prefixes
from redact.formats.structure import (
    Field,
    Reads,
    Row,
    field_of,
    is_published,
    kind_of_attribute,
    kind_of_element,
    row_of,
)
from redact.formats.word_places import WordPlace, WordPlaces
from redact.formats.xml import Tag, Text, XmlEvent, comments, stream, whole_element

_ATTRIBUTE = re.compile(rb"([^\s=\"'<>/]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml\s.*?\?>", re.DOTALL)
_PLAIN_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?<\?xml version=(?:\"1\.[01]\"|'1\.[01]')"
    rb"(?:\s+encoding=[\"'](?:utf-?8|us-ascii|ascii)[\"'])?"
    rb"(?:\s+standalone=[\"'](?:yes|no)[\"'])?\s*\?>",
    re.IGNORECASE,
)
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-?8|us-ascii|ascii)", re.IGNORECASE)
# What stays behind and has no words in it: such are in files that were made safe before there was
# a sieve, and no gate need refuse them.
WITHOUT_WORDS = "numbers of programs"
_MOST_VERDICTS = 1_000
_POINTED = ("point", "voice")  # spaces of names that are pointed to: #T1
_NUMBER = re.compile(
    r"[0-9]{0,6}|[0-9A-F]{8}|[0-9A-F]{20}|(?:[0-9]{1,2} ){9}[0-9]{1,2}|[0-9a-f]{8}|true|false|edit"
    r"|bestFit|fullPage|textFit"
)
_RAW_NAME = re.compile(rb"<([^\s/>]+)")
_IGNORABLE = "http://schemas.openxmlformats.org/markup-compatibility/2006 Ignorable"


@dataclass(frozen=True, slots=True)
class Sieved:
    """A part with structure and words in it only; what stayed behind, by kind and count."""

    data: bytes = field(repr=False)
    wordings: WordPlaces
    left_behind: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """What becomes of a start tag: its bytes, None if the element goes; words from its start."""

    raw: bytes | None
    wordings: tuple[WordPlace, ...] = ()
    counts: tuple[str, ...] = ()
    is_changed: bool = True  # or has words


@dataclass(slots=True, kw_only=True)
class _Sieve:
    """A part on its way through: what is written so far, and how far the part was taken."""

    data: bytes
    where: str
    names: Names
    pieces: list[bytes] = field(default_factory=list)
    length: int = 0
    at: int = 0
    wordings: WordPlaces = field(default_factory=WordPlaces)
    counts: Counter[str] = field(default_factory=Counter)
    verdicts: dict[tuple[str, bytes], _Verdict] = field(default_factory=dict)
    rows: list[Row | None] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)  # prefixes of namespaces that stayed behind

    def copy_to(self, at: int) -> None:
        if at > self.at:
            self.pieces.append(self.data[self.at : at])
            self.length += at - self.at
            self.at = at

    def put(self, raw: bytes, to: int) -> None:
        """Writes other bytes for those up to `to`."""
        self.pieces.append(raw)
        self.length += len(raw)
        self.at = to


def sieve_structure(data: bytes, where: str, names: Names) -> Sieved:
    """The same of a part that is styles, numbering or the like: many files have the same."""
    try:
        remembered = _alone(data)
    except BadInput:
        remembered = None
    return remembered or sieve(data, where, names)


@lru_cache(maxsize=64)
def _alone(data: bytes) -> Sieved | None:
    """What is left of a part where that does not depend on others, None if it does."""
    names = Names({})
    sieved = sieve(data, "", names)
    return sieved if not names.made and not sieved.wordings else None


def sieve(data: bytes, where: str, names: Names) -> Sieved:
    """A part without what no table has. Raises BadInput for what cannot be read as XML."""
    if _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise _bad("a part of this file is not written in UTF-8", where)
    data = with_plain_prefixes(_without_unseen(_with_plain_declaration(data)), where)
    going = _Sieve(data=data, where=where, names=names)
    events = stream(data, where)
    said: list[Text] = []
    for event in events:
        if isinstance(event, Text):
            said.append(event)
            continue
        if said:
            _text(said, going)
            said.clear()
        if event.kind == "start":
            _start(events, event, going)
        else:
            going.rows.pop()
    if going.at:  # else it is as it came
        going.copy_to(len(data))
        data = b"".join(going.pieces)
    return Sieved(data, going.wordings, going.counts)


def _with_plain_declaration(data: bytes) -> bytes:
    """A part of which the first line says no more of XML than programs write there."""
    declared = _DECLARATION.match(data)
    if declared is None or _PLAIN_DECLARATION.fullmatch(declared[0]):
        return data
    return b'<?xml version="1.0" encoding="UTF-8"?>' + data[declared.end() :]


def _without_unseen(data: bytes) -> bytes:
    """A part without comments and instructions."""
    pieces, at = [], 0
    for one in comments(data):
        pieces.append(data[at : one.start])
        at = one.end
    return b"".join([*pieces, data[at:]]) if pieces else data


def _start(events: Iterator[XmlEvent], tag: Tag, going: _Sieve) -> None:
    """Takes in a start tag; with all that is in it if it goes."""
    row = row_of(tag.name)
    plain = tag.to - tag.at == len(tag.local) + 2  # no prefix, no attribute
    verdict = None if row is None or plain else _verdict(tag, row, going)
    if row is None or (verdict and verdict.raw is None):
        going.copy_to(tag.at)
        within = whole_element(events, tag)
        going.at = within[-1].to
        going.counts[WITHOUT_WORDS if _is_wordless(within) else kind_of_element(tag.name)] += 1
        return
    if verdict and verdict.is_changed and verdict.raw is not None:
        going.counts.update(verdict.counts)
        going.copy_to(tag.at)
        for one in verdict.wordings:
            at, to = going.length + one.at, going.length + one.to
            going.wordings.add(WordPlace(at=at, to=to, reads=one.reads, in_attribute=True))
        going.put(verdict.raw, tag.to)
    going.rows.append(row)


def _is_wordless(events: tuple[XmlEvent, ...]) -> bool:
    """Whether an element that goes is of a schema and says numbers of programs only."""
    return all(
        not event.text.strip()
        if isinstance(event, Text)
        else is_published(event.name) and all(map(_is_number, event.attributes.values()))
        for event in events
    )


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _text(texts: Sequence[Text], going: _Sieve) -> None:
    """Takes in a run of text."""
    said = "".join(text.text for text in texts)
    first, last = texts[0].at, texts[-1].to
    row = going.rows[-1] if going.rows else None
    if not said.strip():
        return
    allowed = row.text if row else None
    if allowed is not None and allowed.takes(said.strip()):
        return
    if allowed is not None and allowed.reads:
        more = going.length - going.at  # than in the part as it came
        going.wordings.add(
            WordPlace(at=first + more, to=last + more, reads=allowed.reads, in_attribute=False)
        )
    else:
        going.copy_to(first)
        going.put((allowed.instead or "").encode() if allowed else b"", last)
        going.counts["unknown structure"] += 1


def _verdict(tag: Tag, row: Row, going: _Sieve) -> _Verdict:
    raw = going.data[tag.at : tag.to]
    key = (tag.name, raw)
    known = going.verdicts.get(key)
    if known is None:
        if len(going.verdicts) >= _MOST_VERDICTS:  # of tags that differ, as cells with their places
            going.verdicts.clear()
        known = going.verdicts[key] = _judged(tag, row, raw, going)
    return known


@dataclass(slots=True)
class _NewTag:
    """A start tag as it is written anew."""

    raw: bytearray
    wordings: list[WordPlace] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)

    def keep(self, name: bytes, quoted: bytes, reads: Reads | None = None) -> None:
        self.raw += b" " + name + b"=" + quoted
        if reads and len(quoted) > 2:
            to = len(self.raw) - 1
            at = to - len(quoted) + 2
            self.wordings.append(WordPlace(at=at, to=to, reads=reads, in_attribute=True))


def _judged(tag: Tag, row: Row, raw: bytes, going: _Sieve) -> _Verdict:
    """A start tag with the attributes that may stay."""
    head = _RAW_NAME.match(raw)
    name = head[1] if head else b""
    new = _NewTag(bytearray(b"<" + name))
    values = iter(tag.attributes.items())
    present: set[str] = set()
    for match in _ATTRIBUTE.finditer(raw, len(name) + 1):
        written, quoted = match[1], match[2]
        if written == b"xmlns" or written.startswith(b"xmlns:"):
            _namespace(written, quoted, new, going)
            continue
        attribute, value = next(values)
        if _attribute(attribute, value, row, match, new, going):
            present.add(attribute)
    for attribute, one in row.fields.items():
        if one.needed and attribute not in present and (one.vital or row.leaf):
            return _Verdict(raw=None)
    new.raw += b"/>" if raw.endswith(b"/>") else b">"
    is_changed = bool(new.wordings or new.counts) or new.raw != raw
    return _Verdict(
        raw=bytes(new.raw),
        wordings=tuple(new.wordings),
        counts=tuple(new.counts),
        is_changed=is_changed,
    )


def _namespace(written: bytes, quoted: bytes, new: _NewTag, going: _Sieve) -> None:
    prefix = written.partition(b":")[2].decode("utf-8", "replace")
    space = html.unescape(quoted[1:-1].decode("utf-8", "replace"))
    if space and not is_a(Kind.SCHEMA, space):
        going.lost.add(prefix)
        new.counts.append("unknown structure")
        return
    new.keep(written, quoted)


def _attribute(
    attribute: str, value: str, row: Row, match: re.Match[bytes], new: _NewTag, going: _Sieve
) -> bool:
    """Takes in an attribute; whether it stays."""
    written, quoted = match[1], match[2]
    field_ = field_of(row, attribute)
    if attribute == _IGNORABLE:
        known = [one for one in value.split() if is_a(Kind.PREFIX, one) and one not in going.lost]
        new.keep(written, b'"' + " ".join(known).encode() + b'"')
        return True
    if field_ is None or not _takes(field_, value, going.names):
        if field_ is not None and field_.reads:
            new.keep(written, quoted, field_.reads)
            return True
        instead = _instead(field_, value, going.names)
        if instead is None:
            is_known = is_published(f"@{attribute}") and _is_number(value)
            new.counts.append(WITHOUT_WORDS if is_known else kind_of_attribute(attribute))
            return False
        if field_ is not None and field_.shapes:
            new.counts.append(kind_of_attribute(attribute))
        quoted = b'"' + instead.encode() + b'"'
    new.keep(written, quoted)
    return True


def _takes(field_: Field, value: str, names: Names) -> bool:
    if field_.takes(value):
        return True
    if field_.space is None:
        return False
    space = field_.space
    return all(
        names.stays(space, one.removeprefix("#") if space in _POINTED else one)
        for one in _several(space, value)
    )


def _instead(field_: Field | None, value: str, names: Names) -> str | None:
    """The value that stands there instead, if one can."""
    if field_ is None:
        return None
    if field_.space is None:
        return field_.instead
    space = field_.space
    return " ".join(_renamed(one, space, names) for one in _several(space, value))


def _renamed(name: str, space: str, names: Names) -> str:
    """A name as it is written; one that points has a sign before it."""
    pointed = name.removeprefix("#") if space in _POINTED else name
    new = pointed if names.stays(space, pointed) else names.new(space, pointed)
    return name[: len(name) - len(pointed)] + new


def _several(space: str, value: str) -> list[str]:
    """The names in a value: ODF and ELAN list some with blanks between; others have blanks."""
    return value.split() if space in ("style", "id", "external", *_POINTED) else [value]


def _bad(what: str, where: str) -> BadInput:
    return BadInput(
        what,
        where=where,
        remedy="Open it in Word, LibreOffice or the program that made it and save it again.",
    )
