"""A unique made-up name in every place of a file, one at a time: what goes out holds none.

The places are found in the bytes, not by our readers: every text, value, name of an element or
attribute, prefix, namespace, comment and instruction of XML and of a web page; members of a zip,
their names, its comment. Foreign things are put in everywhere as well. What is looked at in the end
is the file that goes out, unpacked and decoded in every way that somebody might read it.
"""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from urllib.parse import unquote

from redact.errors import BadInput
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.slots import Edit
from redact.policy import Handling

NAME = "Quillforth"
_SOUGHT = NAME.casefold()
_TAG = re.compile(rb"<(/?)([A-Za-z_][\w.:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_VALUE = re.compile(rb"([A-Za-z_][\w.:-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TEXT = re.compile(rb">([^<>]+)<")
_ATTRIBUTES = (  # that are put into every element
    *(b' %s="1"', b' title="%s"', b' xml:id="%s"', b' id="%s"', b' name="%s"', b' class="%s"'),
    *(b' xmlns:q="urn:%s"', b' q:x="%s" xmlns:q="urn:q"', b' xmlns:%s="urn:q"'),
    *(b' xml:base="%s"', b' data-x="%s"'),
)
_INSIDE = (  # what is put into every element
    *(b"<%s>x</%s>", b"<q:x xmlns:q='urn:q'>%s</q:x>", b"<!-- %s -->", b"<?app %s?>", b"%s"),
    b"<![CDATA[%s]]>",
)
NEW_MEMBERS = (
    *(f"{NAME}.xml", f"word/{NAME}.xml", f"word/theme/{NAME}.xml", f"xl/theme/{NAME}.xml"),
    *(f"xl/worksheets/{NAME}.xml", f"customXml/{NAME}.xml", f"Sources/{NAME}.txt"),
    *(f"word/_rels/{NAME}.xml.rels", f"META-INF/{NAME}.xml", "word/afchunk.mht"),
    *("word/vbaProject.bin", "word/embeddings/a.xlsx", "customUI/customUI.xml"),
    *("word/glossary/styles.xml", "docProps/thumbnail.jpeg", "Object 1/content.xml"),
    *("Basic/script-lb.xml", "_xmlsignatures/sig1.xml", "word/webextensions/a.xml"),
    *("word/header9.xml", "word/footnotes.xml", "xl/tables/table1.xml"),
    *("xl/externalLinks/externalLink1.xml", "xl/printerSettings/printerSettings1.bin"),
)
_MARKUP = (".xml", ".rels", ".vml", ".qde", ".rdf", ".eaf", ".qdc")


class Fate(StrEnum):
    """What became of a file with a name in it."""

    MADE_SAFE = "made safe"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Planted:
    """A file with the name in one place."""

    place: str
    file: str
    make: Callable[[], bytes] = field(repr=False)  # the file; made when it is its turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Words in place of bytes `at` to `to`, and what place that is."""

    place: str
    at: int
    to: int
    words: bytes = field(repr=False)

    def into(self, data: bytes) -> bytes:
        return data[: self.at] + self.words + data[self.to :]


def in_markup(data: bytes) -> Iterator[Put]:
    """The name in each kind of place of XML or a web page: once for each element and attribute."""
    seen: set[str] = set()
    name = NAME.encode()
    for tag in _TAG.finditer(data):
        closing, element, rest, empty = tag.groups()
        called = element.decode()
        if closing:
            continue
        for value in _VALUE.finditer(rest):
            key = f"{called} {value[1].decode()}"
            if key not in seen:
                seen.add(key)
                yield from _in_attribute(key, value, tag.start(3))
        if called in seen:
            continue
        seen.add(called)
        for more in _ATTRIBUTES:
            words = more % name
            place = f"attribute{words.decode()} of {called}"
            yield Put(place=place, at=tag.end(2), to=tag.end(2), words=words)
        at = tag.start()
        yield Put(place=f"element before {called}", at=at, to=at, words=b"<%s/>" % name)
        for more in _INSIDE if not empty else ():
            words = more.replace(b"%s", name)
            place = f"{words.decode()} in {called}"
            yield Put(place=place, at=tag.end(), to=tag.end(), words=words)
    for text in _TEXT.finditer(data):
        before = data[data.rfind(b"<", 0, text.start(1)) : text.start(1)].split()[0]
        around = before.decode("utf-8", "replace")
        if f"text {around}" not in seen and text[1].strip():
            seen.add(f"text {around}")
            yield Put(place=f"text in {around}", at=text.start(1), to=text.end(1), words=name)


def _in_attribute(key: str, value: re.Match[bytes], inner: int) -> Iterator[Put]:
    """The name as a value, behind a value and as the name of an attribute."""
    group = 2 if value[2] is not None else 3
    at, to, name = inner + value.start(group), inner + value.end(group), NAME.encode()
    yield Put(place=f"value of {key}", at=at, to=to, words=name)
    yield Put(place=f"behind value of {key}", at=to, to=to, words=b" " + name)
    at, to = inner + value.start(1), inner + value.end(1)
    yield Put(place=f"name of {key}", at=at, to=to, words=name)


def in_zip(data: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name in each member of a zip, in their names, in new members and beside them."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    for member, inside in members.items():
        if member.endswith(_MARKUP):
            for put in in_markup(inside):
                yield f"{member}: {put.place}", partial(_with, members, member, put)
        folder, slash, base = member.rpartition("/")
        stem, dot, suffix = base.rpartition(".")
        called = f"{folder}{slash}{NAME}{dot}{suffix}" if stem else f"{folder}{slash}{NAME}"
        renamed = {(called if one == member else one): raw for one, raw in members.items()}
        yield f"name of member {member}", partial(zipped, renamed)
        base_there = called.rpartition("/")[2].encode()
        both = {one: raw.replace(base.encode(), base_there) for one, raw in renamed.items()}
        yield f"name of member {member} wherever it stands", partial(zipped, both)
    for new in NEW_MEMBERS:
        if new not in members:
            yield f"new member {new}", partial(zipped, {**members, new: f"<x>{NAME}</x>".encode()})
    yield "comment of the zip", partial(zipped, members, comment=NAME.encode())
    yield "comment of a member", partial(zipped, members, of_member=NAME.encode())
    yield "extra field of a member", partial(zipped, members, extra=NAME.encode())
    yield "before the zip", lambda: NAME.encode() + data
    yield "behind the zip", lambda: data + NAME.encode()
    first = next(iter(members))
    yield "a member twice", partial(zipped, members, twice=(first, f"<x>{NAME}</x>".encode()))


def _with(members: Mapping[str, bytes], member: str, put: Put) -> bytes:
    return zipped({**members, member: put.into(members[member])})


def zipped(
    members: Mapping[str, bytes],
    comment: bytes = b"",
    of_member: bytes = b"",
    extra: bytes = b"",
    twice: tuple[str, bytes] | None = None,
) -> bytes:
    """A zip of these with words in odd places."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.comment = comment
        for number, (name, data) in enumerate(members.items()):
            info = zipfile.ZipInfo(name)
            if number == 1:
                info.comment = of_member
                if extra:
                    info.extra = b"\xfe\xca" + len(extra).to_bytes(2, "little") + extra
            archive.writestr(info, data)
        if twice:
            with suppress(UserWarning):
                archive.writestr(*twice)
    return out.getvalue()


def everywhere_in(file: str, data: bytes) -> Iterator[Planted]:
    """The name in each place of a file, by its ending."""
    ending = file[file.rindex(".") :]
    if data[:2] == b"PK":
        for place, make in in_zip(data):
            yield Planted(place, f"a{ending}", make)
    else:
        for put in in_markup(data):
            yield Planted(put.place, f"a{ending}", partial(put.into, data))


def fate_of(planted: Planted, handling: Handling | None = None) -> Fate:
    """What becomes of it where every word of the name that is read is replaced."""
    handling = handling or Handling()
    try:
        reading = read_file(planted.make(), planted.file, planted.file, handling)
        hits = re.finditer(NAME, reading.text, re.IGNORECASE)
        edits = [Edit(one.start(), one.end(), "[Person 1]") for one in hits]
        written = write_file(reading, edits, planted.file, handling)
    except BadInput:
        return Fate.REFUSED
    again = read_file(written.data, f"b{safe_suffix(planted.file)}", "b", handling)
    if dict(again.dropped):
        return Fate.LEFT
    is_left = any(_SOUGHT in said.casefold() for said in decoded(written.data))
    return Fate.LEFT if is_left else Fate.MADE_SAFE


def decoded(data: bytes, depth: int = 0) -> Iterator[str]:
    """What bytes say in every way we know to read them; zips unpacked, names of members too."""
    if data[:2] == b"PK" and depth < 3:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment.decode("latin-1")
            for info in archive.infolist():
                yield info.filename
                yield (info.comment + info.extra).decode("latin-1")
                yield from decoded(archive.read(info), depth + 1)
        return
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        text = data.decode(encoding, "ignore")
        plain = html.unescape(re.sub(r"\\u([0-9a-fA-F]{4})", r"&#x\1;", text))
        yield plain
        yield unquote(plain)
        yield re.sub(r"<[^<>]*>", "", plain)
        for run in re.findall(r"[A-Za-z0-9+/_-]{12,}={0,2}", text):
            with suppress(binascii.Error, ValueError):
                whole = run.rstrip("=")[: len(run.rstrip("=")) // 4 * 4]
                yield base64.b64decode(whole, altchars=b"-_").decode("latin-1")


def some_of(file: str, data: bytes, some: int, first: int = 0) -> list[Planted]:
    """About so many of the places of a file, all over it; others with another `first`."""
    places = list(everywhere_in(file, data))
    step = max(1, len(places) // some)
    return places[first % step :: step]
