"""Coded projects whose texts were made safe one by one: put together again for the release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from redact.custody.payload import Document, LinkageKey
from redact.formats.beside import beside_the_text
from redact.formats.refi_join import join_projects
from redact.formats.refi_split import FRAME, OF_PROJECT
from redact.formats.registry import read_file
from redact.formats.slots import Reading
from redact.policy import Handling
from redact.study.linkage import SafeFile

FOLDER = "projects"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedProject:
    """A safe project of several transcripts: its name in the release, its bytes, what it says.

    `rest` is what stands in it, as words or beside them, and in none of its parts: nothing, unless
    something went wrong. The gates search it.
    """

    name: str
    data: bytes = field(repr=False)
    reading: Reading = field(repr=False)
    rest: str = field(repr=False)


def joined_projects(
    key: LinkageKey, files: Mapping[str, SafeFile], handling: Handling
) -> tuple[JoinedProject, ...]:
    """The projects of the study, of the safe texts that are in it now, in the key's order."""
    of_project: dict[str, list[Document]] = {}
    for document in key.documents:
        outer, separator, _ = document.source_path.rpartition(OF_PROJECT)
        if separator:
            of_project.setdefault(outer, []).append(document)
    several = [parts for parts in of_project.values() if len(parts) > 1]
    return tuple(
        _joined(
            f"{FOLDER}/project_{number:02d}.qdpx", sorted(parts, key=_is_frame), files, handling
        )
        for number, parts in enumerate(several, start=1)
    )


def _is_frame(document: Document) -> bool:
    return document.source_path.endswith(f"{FRAME}.qdpx")


def _joined(
    name: str, parts: Sequence[Document], files: Mapping[str, SafeFile], handling: Handling
) -> JoinedProject:
    data = join_projects([files[document.doc_id].data for document in parts], name)
    reading = read_file(data, name, name, handling)
    said = {
        line
        for document in parts
        for text in _texts(files[document.doc_id].reading, document.safe_name)
        for line in _lines(text)
    }
    texts = _texts(reading, name)
    rest = dict.fromkeys(line for text in texts for line in _lines(text) if line not in said)
    return JoinedProject(name=name, data=data, reading=reading, rest="\n".join(rest))


def _texts(reading: Reading, name: str) -> Iterator[str]:
    """What a file says, and what stands beside it."""
    yield reading.text
    for beside in beside_the_text(reading, name):
        yield beside.text


def _lines(text: str) -> Iterable[str]:
    return filter(None, (line.strip() for line in text.splitlines()))
