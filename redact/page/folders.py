"""The folders of this computer, as the page lists them: nothing is uploaded, copied or opened."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from redact.errors import UsageError
from redact.study.folder import Study

_MOST = 1_000  # that are listed of one folder


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """A file or folder that this person can read; `is_study` for a folder that is one of redact's.

    `size` is of a file, in bytes.
    """

    name: str = field(repr=False)
    path: str = field(repr=False)
    is_folder: bool
    is_study: bool = False
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFolder:
    """What lies in a folder: folders first, by name; and how much is not shown.

    `above` are the folders it lies in, the outermost first. `unseen` counts what cannot be read or
    is hidden, `more` what is beyond the most that are listed.
    """

    path: str = field(repr=False)
    above: tuple[ListedEntry, ...] = field(repr=False)
    entries: tuple[ListedEntry, ...] = field(repr=False)
    unseen: int = 0
    more: int = 0

    @property
    def name(self) -> str:
        return Path(self.path).name or self.path

    @property
    def files(self) -> int:
        return sum(not one.is_folder for one in self.entries)


def listed(folder: Path) -> ListedFolder:
    """What lies in a folder; UsageError if it is none or cannot be read."""
    try:
        with os.scandir(folder) as inside:
            all_of_it = list(inside)
    except (OSError, ValueError):
        raise UsageError(
            "this folder cannot be read",
            where=str(folder),
            remedy="Choose another, or ask who owns it to let you read it.",
        ) from None
    entries = [one for one in map(_entry, all_of_it) if one is not None]
    entries.sort(key=lambda one: (not one.is_folder, one.name.casefold(), one.name))
    whole = folder.absolute()
    return ListedFolder(
        path=str(whole),
        above=tuple(_folder(one) for one in reversed(whole.parents)),
        entries=tuple(entries[:_MOST]),
        unseen=len(all_of_it) - len(entries),
        more=max(0, len(entries) - _MOST),
    )


def places_to_begin() -> tuple[ListedEntry, ...]:
    """Where people keep things: their home and what is in it, and disks that are plugged in."""
    home = Path.home()
    named = [home / name for name in ("Documents", "Desktop", "Downloads")]
    drives = [Path(drive) for drive in os.listdrives()] if hasattr(os, "listdrives") else []
    disks = [*drives, Path("/Volumes"), Path("/media") / home.name, Path("/run/media") / home.name]
    return tuple(_folder(one) for one in (home, *named, *disks) if _can_be_read(one))


def _folder(path: Path) -> ListedEntry:
    return ListedEntry(name=path.name or str(path), path=str(path), is_folder=True)


def _can_be_read(path: Path) -> bool:
    try:
        return path.is_dir() and os.access(path, os.R_OK | os.X_OK)
    except OSError:
        return False


def _entry(one: os.DirEntry[str]) -> ListedEntry | None:
    """What is shown of something in a folder; None for what is hidden or cannot be read."""
    try:
        one.name.encode("utf-8")  # a page cannot show another name
        is_folder = one.is_dir()
        may = os.R_OK | os.X_OK if is_folder else os.R_OK
        if one.name.startswith(".") or not os.access(one.path, may):
            return None
        if not is_folder and not one.is_file():
            return None  # a device, a pipe, a link to nowhere
        return ListedEntry(
            name=one.name,
            path=str(Path(one.path).absolute()),
            is_folder=is_folder,
            is_study=is_folder and Study(Path(one.path)).exists(),
            size=0 if is_folder else one.stat().st_size,
        )
    except (OSError, UnicodeEncodeError):
        return None
