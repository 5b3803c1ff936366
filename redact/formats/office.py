"""What Office files have in common (OPC, ISO 29500-2; ODF 1.3 part 2): parts and their names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Iterable, Mapping

from redact.errors import BadInput
from redact.formats.collect import Collector, attribute
from redact.formats.names import Names
from redact.formats.shapes import PART
from redact.formats.xml import Tag, attribute_places, end_of, scan
from redact.policy import Handling

TYPES = "[Content_Types].xml"
_ELEMENT = re.compile(rb"<[a-zA-Z]")
_MIMETYPES = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)
PROPERTIES = re.compile(r"docProps/(?:core|app|custom)\.xml\Z")


def sort_parts(
    members: Iterable[str],
    out: Collector,
    handling: Handling,
    where: str,
    goes: Callable[[str], str | None],
    media: re.Pattern[str],
    known: Callable[[str], bool],
) -> set[str]:
    """The parts that do not go into the safe file, counted by the kind that `goes` gives.

    Raises BadInput for media that the policy does not drop, and for parts that are not `known`.
    """
    left_out: set[str] = set()
    for name in members:
        if kind := goes(name):
            left_out.add(name)
            out.dropped[kind] += 1
        elif media.match(name):
            if handling.media == "refuse":
                raise BadInput(
                    "this file holds a picture, chart or recording, which cannot be made safe here",
                    where=f"{where}, {name}",
                    remedy='Take it out, or set media = "drop" under [formats] in your policy.',
                )
            left_out.add(name)
            out.dropped["media"] += 1
        elif not (known(name) and PART.fullmatch(name)):
            raise BadInput(
                "this file holds a part that this version cannot make safe",
                where=f"{where}, {name}",
                remedy="Take out embedded files, pivot tables and macros, and save it again.",
            )
    return left_out


def sieve_parts(
    members: Mapping[str, bytes], left_out: Container[str], out: Collector, where: str
) -> dict[str, bytes]:
    """The parts that go out, each through the sieve: structure and words are left in them."""
    kept = {name: data for name, data in members.items() if name not in left_out}
    names = Names(kept)
    through: dict[str, bytes] = {}
    for name, data in kept.items():
        through[name] = data
        if _is_markup(name):
            through[name] = out.sieved(name, data, f"{where}, {name}", names)
            if not _ELEMENT.search(through[name]):
                raise BadInput(
                    "a part of this file is not what its name says",
                    where=f"{where}, {name}",
                    remedy="Open it in the program that made it and save it again.",
                )
        elif name == "mimetype" and data.strip() not in _MIMETYPES:
            raise BadInput(
                "this file says that it is of another kind",
                where=f"{where}, {name}",
                remedy="Open it in LibreOffice and save it as .odt.",
            )
    return through


def _is_markup(name: str) -> bool:
    return name.endswith((".xml", ".rels", ".vml", ".qde"))


def read_properties(
    members: dict[str, bytes], left_out: set[str], out: Collector, where: str
) -> None:
    """Title, author, company and the like, which the policy wants to be words as well."""
    for name in members:
        if PROPERTIES.match(name) and name not in left_out:
            out.open(name, members[name])
            events = scan(out.data, f"{where}, {name}")
            out.put_off_texts(events, 0, len(events))
            for event in events:
                if isinstance(event, Tag) and event.local == "property":
                    out.blank(event, frozenset({"name"}), "properties", "replace")


def scrub_relations(kept: set[str], out: Collector, where: str) -> None:
    """In the relations being read: those to parts not kept are cut, those outside lead nowhere."""
    base = posixpath.dirname(posixpath.dirname(out.part))
    events = scan(out.data, where)
    for number, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start" or event.local != "Relationship":
            continue
        target = posixpath.normpath(posixpath.join("/", base, attribute(event, "Target")))
        if attribute(event, "TargetMode") == "External":
            out.lead_nowhere(attribute_places(out.data, event)["Target"])
        elif target.lstrip("/") not in kept:
            out.remove(event.at, events[end_of(events, number)].to)


def scrub_types(kept: set[str], out: Collector, where: str) -> None:
    """In the content types being read: those of parts not kept are cut."""
    events = scan(out.data, where)
    for number, event in enumerate(events):
        if not isinstance(event, Tag) or event.kind != "start" or event.local != "Override":
            continue
        if attribute(event, "PartName").lstrip("/") not in kept:
            out.remove(event.at, events[end_of(events, number)].to)
