"""The bytes of a source, read once more, where its reading does not have them all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.refi_split import FRAME, OF_PROJECT, split_project
from redact.formats.text import read_bytes


class SourceBytes:
    """The bytes of sources, one after another; a coded project is read and parted once for all."""

    def __init__(self) -> None:
        self._parted: dict[str, Mapping[str, bytes]] = {}  # by the path of a project

    def at(self, path: str) -> bytes:
        """The bytes at a path as a source tells it: of a file, of a file in a .zip, or of a text of
        a coded project as a project of its own.

        Raises BadInput if it is not there any more. A line of a .jsonl has none of its own.
        """
        project, of, text = path.rpartition(OF_PROJECT)
        if of and not Path(path).exists():
            return self._part_of(project, text)
        outer, _, inner = path.partition("#")
        if not inner or Path(path).exists():
            return read_bytes(Path(path))
        members = read_members(read_bytes(Path(outer)), outer, inner)
        if inner not in members:
            raise BadInput(
                "this file is not in the archive any more",
                where=f"{outer}, {inner}",
                remedy="Put back the archive as it was, and run this again.",
            )
        return members[inner]

    def _part_of(self, project: str, text: str) -> bytes:
        if project not in self._parted:
            frame = f"{PurePath(project.rpartition('#')[2]).stem} {FRAME}.qdpx"
            parts = split_project(self.at(project), project, frame)
            self._parted[project] = {part.name: part.data for part in parts}
        if text not in self._parted[project]:
            raise BadInput(
                "this text is not in the project any more",
                where=f"{project}, {text}",
                remedy="Put back the project as it was, and run this again.",
            )
        return self._parted[project][text]
