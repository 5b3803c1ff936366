"""Safe parts of a coded project as one project again: what `refi_split` took apart.

Only bytes of the safe parts are in it. What points at a text that is not there, because it was
withdrawn or left out, goes.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from redact.formats.archive import read_members, write_members
from redact.formats.refi_shapes import GIVEN_PATH, PROJECT, TEXT_PATH
from redact.formats.refi_split import Sections, sections_of
from redact.formats.slots import Change
from redact.formats.splicing import changed
from redact.formats.xml import Tag, XmlEvent, attribute_places, end_of, scan

_TAKEN_UP = ("Cases", "Sources", "Notes")
_ORDER = (
    "Users",
    "CodeBook",
    "Variables",
    "Cases",
    "Sources",
    "Notes",
    "Links",
    "Sets",
    "Graphs",
    "Description",
    "NoteRef",
)
_POINTS_AT = ("targetGUID", "originGUID", "representedGUID", "sourceVertex", "targetVertex")
_NEEDS = {"Coding": "CodeRef", "VariableValue": "VariableRef"}  # elements that are nothing without
_SECTIONS = frozenset({"Cases", "Notes", "Links", "Sets", "Graphs"})  # none of them may be empty


def join_projects(parts: Sequence[bytes], where: str) -> bytes:
    """One project of safe ones: of the texts, and last of the frame if it is there.

    Raises BadInput for a part that is no project.
    """
    taken: set[str] = set()
    opened = [_with_own_paths(read_members(part, where), taken, where) for part in parts]
    whole = [one for members in opened if (one := sections_of(members[PROJECT], where)) is not None]
    *texts, frame = whole
    xml = _taken_up(frame, texts)
    xml = _without_dangling(xml, where)
    members = {name: data for one in opened for name, data in one.items() if name != PROJECT}
    return write_members({PROJECT: xml, **members})


def _with_own_paths(members: Mapping[str, bytes], taken: set[str], where: str) -> dict[str, bytes]:
    """A part of which no text has the name of another part's."""
    data = members[PROJECT]
    free = (f"source-{number}.txt" for number in count(1))
    named: dict[str, str] = {}
    changes: list[Change] = []
    for event in scan(data, where):
        path = event.attributes.get(TEXT_PATH) if isinstance(event, Tag) else None
        if not isinstance(event, Tag) or not path:
            continue
        old = path.removeprefix("internal://")
        if old not in named:
            stays = GIVEN_PATH.fullmatch(path) and old not in taken
            named[old] = old if stays else next(one for one in free if one not in taken)
            taken.add(named[old])
        place = attribute_places(data, event)[TEXT_PATH]
        new = f"internal://{named[old]}".encode("ascii")
        changes.append(Change(place.start, place.end, new))
    moved = {
        f"sources/{named[base]}" if (base := posixpath.basename(name)) in named else name: part
        for name, part in members.items()
    }
    return {**moved, PROJECT: changed(data, changes)}


def _taken_up(frame: Sections, texts: Sequence[Sections]) -> bytes:
    """The frame with the cases, sources and notes of the texts in it."""
    prefix = frame.data[frame.root.tag.at + 1 : frame.root.tag.to].split(b"Project", 1)[0]
    changes: list[Change] = []
    for section in _TAKEN_UP:
        more = b"".join(one.bytes_of(element) for one in texts for element in one.children(section))
        if not more:
            continue
        there = frame.sections.get(section)
        name = prefix + section.encode("ascii")
        if there is not None and there.to > there.tag.to:
            end = frame.events[there.last]
            changes.append(Change(end.at, end.at, more))
            continue
        made = b"<%s>%s</%s>" % (name, more, name)
        if there is not None:  # it is empty
            changes.append(Change(there.at, there.to, made))
        else:
            at = _place_of(section, frame)
            changes.append(Change(at, at, made))
    return changed(frame.data, _as_one(changes))


def _as_one(changes: Sequence[Change]) -> Iterator[Change]:
    """Changes that put something in at one place, in their order, as one."""
    put_in: dict[int, bytes] = {}
    for change in changes:
        if change.at == change.to:
            put_in[change.at] = put_in.get(change.at, b"") + change.instead
        else:
            yield change
    for at, instead in put_in.items():
        yield Change(at, at, instead)


def _place_of(section: str, frame: Sections) -> int:
    """Where a section begins that the frame has not: before the next that it has."""
    later = _ORDER[_ORDER.index(section) + 1 :]
    places = [one.at for name, one in frame.sections.items() if name in later]
    return min(places, default=frame.events[frame.root.last].at)


def _without_dangling(xml: bytes, where: str) -> bytes:
    """The project without what points at nothing, and without sections that are empty then."""
    while changes := [*_dangling(scan(xml, where))]:
        xml = changed(xml, changes)
    return xml


def _dangling(events: Sequence[XmlEvent]) -> Iterator[Change]:
    there = {
        guid.casefold()
        for event in events
        if isinstance(event, Tag) and (guid := event.attributes.get("guid"))
    }
    inside: list[int] = []  # the numbers of the elements that the one at hand stands in
    before: Tag | None = None  # the last tag, whatever blanks stand behind it
    for number, event in enumerate(events):
        if not isinstance(event, Tag):
            continue
        if event.kind == "end":
            first = events[inside.pop()]
            if isinstance(first, Tag) and first.local in _SECTIONS and before is first:
                yield Change(first.at, event.to)
            before = event
            continue
        before = event
        inside.append(number)
        targets = (event.attributes.get(key) for key in _POINTS_AT)
        if any(target and target.casefold() not in there for target in targets):
            outer = events[inside[-2]] if len(inside) > 1 else event
            is_needed = isinstance(outer, Tag) and _NEEDS.get(outer.local) == event.local
            gone = inside[-2] if is_needed else number
            at, end = events[gone], events[end_of(events, gone)]
            yield Change(at.at, max(at.to, end.to))
