"""A coded project of several texts as several projects: of each text one, and one of all the rest.

So each interview is a transcript of its own. With a text go its codings, the cases and notes that
are of it alone; codes, users, variables and all else are the frame. `refi_join` puts safe parts
together again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redact.formats.archive import EPOCH, read_members
from redact.formats.names import SPACES, Names
from redact.formats.refi_shapes import (
    PROJECT,
    TEXT_PATH,
    has_words_beside,
    member_of,
    only_project_in,
)
from redact.formats.slots import Change
from redact.formats.splicing import changed
from redact.formats.xml import Tag, XmlEvent, attribute_places, scan

FRAME = "codes and notes"
OF_PROJECT = "#text/"  # in the path of a source, between a project and a text of it
_IDS = frozenset(
    "guid targetGUID originGUID representedGUID sourceVertex targetVertex creatingUser "
    "modifyingUser creatingUserGUID modifyingUserGUID fromSyncPoint toSyncPoint".split()
)
_PATHS = (TEXT_PATH, "richTextPath", "path", "currentPath")
_NO_NAME = re.compile(r'[\\/:*?"<>|#\x00-\x1f]+')
_ENDING = re.compile(r"\.(?:txt|md|docx?|odt|rtf|pdf|html?|vtt|srt|mp[34]|m4[av]|wav|mov)\Z", re.I)
_LONGEST = 80  # characters of a text's name


@dataclass(frozen=True, slots=True)
class ProjectText:
    """One text of a project as a project of its own, under the name that it has there."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """An element of a project: its tag, its bytes, the numbers of its events."""

    tag: Tag
    at: int
    to: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """A project's XML with its root and what stands right in it, by name."""

    data: bytes = field(repr=False)
    events: Sequence[XmlEvent] = field(repr=False)
    root: Element
    sections: Mapping[str, Element]

    def children(self, section: str) -> list[Element]:
        """The elements that stand right in a section; none if there is no such section."""
        outer = self.sections.get(section)
        return [*elements_in(self.events, outer)] if outer else []

    def tags(self, element: Element) -> Iterator[Tag]:
        """The start tags of an element and of all in it."""
        for event in self.events[element.first : element.last + 1]:
            if isinstance(event, Tag) and event.kind == "start":
                yield event

    def bytes_of(self, element: Element) -> bytes:
        return self.data[element.at : element.to]


def sections_of(data: bytes, where: str) -> Sections | None:
    """A project's XML by its sections; None for what is no project."""
    events = scan(data, where) if data.strip() else ()
    if not events or not isinstance(events[0], Tag):
        return None
    last = len(events) - 1
    end = events[last]
    root = Element(tag=events[0], at=events[0].at, to=end.to, first=0, last=last)
    sections = {one.tag.local: one for one in elements_in(events, root)}
    return Sections(data=data, events=events, root=root, sections=sections)


def elements_in(events: Sequence[XmlEvent], outer: Element) -> Iterator[Element]:
    """The elements that stand right in another."""
    depth, first = 0, 0
    for number in range(outer.first + 1, outer.last):
        event = events[number]
        if not isinstance(event, Tag):
            continue
        if event.kind == "start":
            first = first if depth else number
            depth += 1
            continue
        depth -= 1
        tag = events[first]
        if not depth and isinstance(tag, Tag):
            yield Element(tag=tag, at=tag.at, to=event.to, first=first, last=number)


def split_project(data: bytes, where: str, frame: str) -> tuple[ProjectText, ...]:
    """Each text of a project, and last the rest of it under the name of `frame`.

    Nothing for a project of one text or none, which is read as it is. Raises BadInput as reading
    the project does.
    """
    members = read_members(data, where)
    project = only_project_in(members, where)
    members = {
        PROJECT if name == project else name: part
        for name, part in members.items()
        if name == project or not name.lower().endswith(".qde")
    }
    members[PROJECT] = _with_ids(members[PROJECT], f"{where}, {project}")
    whole = sections_of(members[PROJECT], f"{where}, {project}")
    if whole is None:
        return ()
    texts = [
        one
        for one in whole.children("Sources")
        if one.tag.local == "TextSource"
        or has_words_beside(whole.events, one.first, one.tag, members)
    ]
    if len(texts) < 2:
        return ()
    return tuple(_Parting(whole, members, texts, where).parts(frame))


def _with_ids(data: bytes, where: str) -> bytes:
    """The project with GUIDs for all ids: what is none is made anew, the same one everywhere."""
    names, stays = Names({PROJECT: data}), SPACES["guid"].stays
    changes: list[Change] = []
    for event in scan(data, where) if data.strip() else ():
        if not isinstance(event, Tag) or event.kind == "end":
            continue
        odd = {k: v for k, v in event.attributes.items() if k in _IDS and not stays.fullmatch(v)}
        if odd:
            places = attribute_places(data, event)
            changes += [
                Change(places[k].start, places[k].end, names.new("guid", v).encode("ascii"))
                for k, v in odd.items()
                if v
            ]
    return changed(data, changes)


class _Parting:
    """A project on its way into parts: which case, note and member goes with which text."""

    def __init__(
        self, whole: Sections, members: Mapping[str, bytes], texts: Sequence[Element], where: str
    ) -> None:
        self.whole, self.members, self.texts, self.where = whole, members, texts, where
        self.cases: dict[int, list[Element]] = {}
        self.notes: dict[int, list[Element]] = {}
        self._share_cases()
        self._share_notes()

    def parts(self, frame: str) -> Iterator[ProjectText]:
        taken: set[str] = set()
        called: Counter[str] = Counter()
        for number, text in enumerate(self.texts):
            cases, notes = self.cases.get(number, []), self.notes.get(number, [])
            inside = self._members_of([text, *notes])
            taken |= inside
            xml = self._xml(cases, [text], notes)
            name = _name_of(text.tag)
            called[name.casefold()] += 1
            again = called[name.casefold()]
            name = name if again == 1 else f"{name} ({again})"
            yield ProjectText(f"{name}.qdpx", _stored(xml, inside, self.members))
        yield ProjectText(frame, _stored(self._rest(), self.members.keys() - taken, self.members))

    def _share_cases(self) -> None:
        of = {
            guid.casefold(): number
            for number, text in enumerate(self.texts)
            for tag in self.whole.tags(text)
            if (guid := tag.attributes.get("guid"))
        }
        for case in self.whole.children("Cases"):
            meant = {
                of.get(tag.attributes.get("targetGUID", "").casefold(), -1)
                for tag in self.whole.tags(case)
                if tag.local in ("SourceRef", "SelectionRef")
            }
            if len(meant) == 1 and -1 not in meant:
                self.cases.setdefault(meant.pop(), []).append(case)

    def _share_notes(self) -> None:
        owners = [(text.at, text.to, number) for number, text in enumerate(self.texts)]
        owners += [(c.at, c.to, number) for number, cases in self.cases.items() for c in cases]
        meant: dict[str, set[int]] = {}
        for tag in self.whole.tags(self.whole.root):
            if tag.local in ("NoteRef", "MemberNote") or tag.local == "Link":
                owner = next((n for at, to, n in owners if at <= tag.at < to), -1)
                for key in ("targetGUID", "originGUID"):
                    guid = tag.attributes.get(key, "").casefold()
                    meant.setdefault(guid, set()).add(owner)
        for note in self.whole.children("Notes"):
            of = meant.get(note.tag.attributes.get("guid", "").casefold(), {-1})
            if len(of) == 1 and -1 not in of:
                self.notes.setdefault(min(of), []).append(note)

    def _members_of(self, elements: Sequence[Element]) -> set[str]:
        """The parts that these elements name by a path."""
        paths = (
            tag.attributes.get(key, "")
            for element in elements
            for tag in self.whole.tags(element)
            for key in _PATHS
        )
        return {name for path in paths if path and (name := member_of(path, self.members))}

    def _xml(
        self, cases: Sequence[Element], texts: Sequence[Element], notes: Sequence[Element]
    ) -> bytes:
        """A project of these; the project's own name and place are the frame's."""
        whole = self.whole
        root = whole.root.tag
        places = attribute_places(whole.data, root)
        empty = [
            Change(places[key].start, places[key].end)
            for key in ("name", "basePath")
            if key in places
        ]
        pieces = [changed(whole.data[: root.to], empty)]
        for section, elements in (("Cases", cases), ("Sources", texts), ("Notes", notes)):
            if elements:
                outer = whole.sections[section]
                end = whole.events[outer.last]
                pieces.append(whole.data[outer.tag.at : outer.tag.to])
                pieces += [whole.bytes_of(one) for one in elements]
                pieces.append(whole.data[end.at : end.to])
        end = whole.events[whole.root.last]
        return b"".join([*pieces, whole.data[end.at : end.to]])

    def _rest(self) -> bytes:
        """The project without what went; a section of which nothing is left goes as well."""
        gone = {
            "Cases": [one for some in self.cases.values() for one in some],
            "Sources": [*self.texts],
            "Notes": [one for some in self.notes.values() for one in some],
        }
        changes = [Change(one.at, one.to) for some in gone.values() for one in some]
        for section, elements in gone.items():
            if elements and len(elements) == len(self.whole.children(section)):
                outer = self.whole.sections[section]
                changes.append(Change(outer.at, outer.to))
        return changed(self.whole.data, changes)


def _name_of(text: Tag) -> str:
    """What a text is called in its project, or its file, without the ending that it had there."""
    said = text.attributes.get("name") or text.attributes.get(TEXT_PATH, "").rpartition("/")[2]
    plain = _NO_NAME.sub(" ", _ENDING.sub("", said)).strip(" .")
    return plain[:_LONGEST].strip() or "text"


def _stored(xml: bytes, names: Collection[str], members: Mapping[str, bytes]) -> bytes:
    """A project as a zip that is not packed: its bytes, and so its digest, are always the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in (PROJECT, *(one for one in members if one in names and one != PROJECT)):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            archive.writestr(info, xml if name == PROJECT else members[name])
    return out.getvalue()
