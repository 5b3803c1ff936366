"""The releases that the log has as done: the one place that reads their names and digests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redact.audit.entries import LogEntry
from redact.audit.events import ReleaseCreated


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeRelease:
    """A release in place: its name, the SHA-512 of its bag's tag manifest, and how many files.

    `entry` and `time` are those of the log's last word that it is done.
    """

    name: str
    digest: str
    files: int
    entry: int
    time: str


def made_releases(entries: Iterable[LogEntry]) -> dict[str, MadeRelease]:
    """By name every release that was made, in the order of the log; also of a folder that is gone.

    One that was only about to be made is none.
    """
    made: dict[str, MadeRelease] = {}
    files: dict[str, int] = {}
    for entry in entries:
        event = entry.event
        if not isinstance(event, ReleaseCreated):
            continue
        if event.files is not None:
            files[event.name] = event.files
        if event.phase == "done":
            made[event.name] = MadeRelease(
                name=event.name,
                digest=event.tagmanifest_sha512 or "",
                files=files.get(event.name, 0),
                entry=entry.number,
                time=entry.time,
            )
    return made
