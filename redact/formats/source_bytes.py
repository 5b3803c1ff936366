"""The bytes of a source, read once more, where its reading does not have them all."""

from __future__ import annotations

from pathlib import Path

from redact.errors import BadInput
from redact.formats.archive import read_members
from redact.formats.text import read_bytes


def bytes_at(path: str) -> bytes:
    """The bytes at a path as a source tells it: of a file, or of a file in a .zip.

    Raises BadInput if it is not there any more. A line of a .jsonl has none of its own.
    """
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
