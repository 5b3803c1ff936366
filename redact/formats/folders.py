"""The files below some folders: which are to be read, which are passed over, which are refused.

Nothing is read here. All that a person must know is told at once: each refusal with its remedy.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path
from unicodedata import normalize

from redact.errors import Refusal
from redact.formats.file_kinds import BY_SKIP, OR_SKIP, package_of
from redact.formats.litter import is_passed_over

_TABLE = re.compile(r"(?:interviews|roster|consent)\.(?:csv|tsv|xlsx)|gold\.jsonl", re.IGNORECASE)
_IN_THE_CLOUD = ".icloud"  # ".Interview.docx.icloud": a transcript that is not on this machine


class Passed(StrEnum):
    """Why a file was passed over, in words for people."""

    LEFT_BEHIND = "left by a system or a program"
    HIDDEN = "hidden"
    TABLE = "a table beside the transcripts"
    GIVEN = "given by an option, so no transcript"
    SKIPPED = "left out by --skip, now or before"
    TWICE = "named or linked twice"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or folder that is not read and stops nothing, and why."""

    path: Path = field(repr=False)
    why: Passed


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to be read; `inside` is its path in the folder that was named."""

    path: Path = field(repr=False)
    inside: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFiles:
    """What lies under the paths that a person named; `matched` are the skips that met a file."""

    files: tuple[FoundFile, ...]
    passed: tuple[PassedOver, ...] = ()
    refused: tuple[Refusal, ...] = ()
    matched: frozenset[str] = field(default=frozenset(), repr=False)


class Skips:
    """What a person leaves out: names, patterns, files and folders."""

    def __init__(self, skips: Iterable[str]) -> None:
        self.wanted = tuple(dict.fromkeys(skips))
        self.matched: set[str] = set()
        self._patterns = {skip: _pattern(skip) for skip in self.wanted}
        self._places = {skip: os.path.realpath(skip) for skip in self.wanted if Path(skip).exists()}

    def take(self, inside: str, path: Path | None = None) -> bool:
        """Whether something is left out: by its path in the folder named, by a part of it, by name.

        `path` is where it lies, None for what lies in a .zip.
        """
        folded = _folded(inside)
        parts = folded.split("/")
        tried = {folded, *parts, *("/".join(parts[:n]) for n in range(1, len(parts)))}
        hits = {
            skip
            for skip, pattern in self._patterns.items()
            if any(one == pattern or fnmatchcase(one, pattern) for one in tried)
        }
        if path is not None and self._places:
            real = Path(os.path.realpath(path))
            hits |= {s for s, place in self._places.items() if real.is_relative_to(place)}
        self.matched |= hits
        return bool(hits)

    def unmatched(self, kept: Iterable[str]) -> Iterator[Refusal]:
        """A refusal for each skip that met nothing, but for those `kept` from an earlier run."""
        for skip in self.wanted:
            if skip not in self.matched and skip not in kept:
                yield Refusal(
                    where=skip,
                    what="no file or folder of the sources is called this, so nothing is left out",
                    remedy="Check its spelling: a name, a path or a pattern such as '*.mp3'.",
                    usage=True,
                )


def _folded(path: str) -> str:
    return normalize("NFC", path).replace("\\", "/").casefold()


def _pattern(skip: str) -> str:
    return _folded(skip).removeprefix("./").rstrip("/")


def find_files(paths: Sequence[Path], skips: Skips, given: Iterable[Path] = ()) -> FoundFiles:
    """Every file under these paths that may be a transcript, in order, and all that is none.

    `given` are the person's own, a table or a passphrase, which may lie beside the transcripts. A
    file that is named as a source is read whatever it is called.
    """
    walk = _Walk(skips, frozenset(os.path.realpath(one) for one in given))
    for path in paths:
        walk.named(path)
    return FoundFiles(
        files=tuple(walk.files),
        passed=tuple(walk.passed),
        refused=tuple(walk.refused),
        matched=frozenset(skips.matched),
    )


class _Walk:
    """What was found so far."""

    def __init__(self, skips: Skips, given: frozenset[str]) -> None:
        self.skips, self.given = skips, given
        self.files: list[FoundFile] = []
        self.passed: list[PassedOver] = []
        self.refused: list[Refusal] = []
        self._seen: dict[str, Path] = {}

    def named(self, path: Path) -> None:
        """A path that a person gave: a file, a folder, or a pattern in quotes."""
        if path.is_dir():
            if package := package_of(path.suffix.lower()):
                self._refuse(path, f"this is {package.said}", package.remedy)
            else:
                self._folder(path)
        elif path.exists() or path.is_symlink():
            self._add(path, path.name)
        elif (pattern := _wildcard(path)) is not None:
            self._matching(path, pattern)
        else:
            self._refuse(
                path, "there is no such file or folder", "Check the spelling of the path", True
            )

    def _matching(self, path: Path, pattern: _Wildcard) -> None:
        """Files of a pattern: `talk/*.docx`, or `talk/**/*.docx` for all folders in it."""
        before = len(self.files), len(self.refused)
        self._folder(pattern.folder, pattern)
        if (len(self.files), len(self.refused)) == before:
            self._refuse(
                path, "there is no such file or folder", "Check the spelling of the path", True
            )

    def _folder(self, top: Path, only: _Wildcard | None = None) -> None:
        def unreadable(error: OSError) -> None:
            path = Path(str(error.filename))
            self._refuse(path, "this folder cannot be read", "Check that you may read it")

        for root, folders, files in os.walk(top, onerror=unreadable):
            folder = Path(root)
            folders[:] = [
                name for name in sorted(folders) if self._goes_into(folder / name, top, only)
            ]
            for name in sorted(files):
                if only is None or only.has(folder / name):
                    self._file(folder / name, (folder / name).relative_to(top).as_posix())

    def _goes_into(self, path: Path, top: Path, only: _Wildcard | None) -> bool:
        name, inside = path.name, path.relative_to(top).as_posix()
        if only is not None and not only.is_deep:
            return False
        if why := _passed_by_name(name):
            self.passed.append(PassedOver(path, why))
        elif os.path.realpath(path) in self.given:
            self.passed.append(PassedOver(path, Passed.GIVEN))
        elif self.skips.take(inside, path):
            self.passed.append(PassedOver(path, Passed.SKIPPED))
        elif path.is_symlink():
            self._refuse(
                path,
                "this is a link to a folder, and links are not followed",
                "Name the folder it leads to as a source of its own",
            )
        elif package := package_of(path.suffix.lower()):
            self._refuse(path, f"this is {package.said} ({path.suffix.lower()})", package.remedy)
        else:
            return True
        return False

    def _file(self, path: Path, inside: str) -> None:
        name = path.name
        if name.startswith(".") and name.lower().endswith(_IN_THE_CLOUD):
            self._refuse(
                path,
                "this file lies in iCloud and not on this computer",
                "Download it (click the cloud beside its name)",
            )
        elif os.path.realpath(path) in self.given:
            self.passed.append(PassedOver(path, Passed.GIVEN))
        elif self.skips.take(inside, path):
            self.passed.append(PassedOver(path, Passed.SKIPPED))
        elif why := _passed_by_name(name):
            self.passed.append(PassedOver(path, why))
        elif _TABLE.fullmatch(name):
            self.passed.append(PassedOver(path, Passed.TABLE))
        else:
            self._add(path, inside, is_named=False)

    def _add(self, path: Path, inside: str, is_named: bool = True) -> None:
        if is_named and self.skips.take(inside, path):
            self.passed.append(PassedOver(path, Passed.SKIPPED))
            return
        real = os.path.realpath(path)
        if (other := self._seen.get(real)) is not None:
            if other.is_symlink() and not path.is_symlink():  # the file's own name, not a link's
                self.files = [one for one in self.files if one.path != other]
                path, other = other, path
                self._seen[real] = other
                self.files.append(FoundFile(other, inside))
            self.passed.append(PassedOver(path, Passed.TWICE))
            return
        self._seen[real] = path
        if _is_utf8(str(path)):
            self.files.append(FoundFile(path, inside))
        else:
            self._refuse(
                path,
                "the name of this file is not written in UTF-8",
                "Rename it: its letters come from an old system",
            )

    def _refuse(self, path: Path, what: str, remedy: str, usage: bool = False) -> None:
        todo, command = (f"{remedy}.", "") if usage else (f"{remedy}, {OR_SKIP}.", BY_SKIP)
        self.refused.append(
            Refusal(where=str(path), what=what, remedy=todo, usage=usage, command=command)
        )


def is_no_transcript(parts: Sequence[str]) -> Passed | None:
    """Why a path in a .zip is passed over; None for what is to be read."""
    for part in parts:
        if why := _passed_by_name(part):
            return why
    return Passed.TABLE if _TABLE.fullmatch(parts[-1]) else None


def _passed_by_name(name: str) -> Passed | None:
    if is_passed_over(name):
        return Passed.LEFT_BEHIND
    return Passed.HIDDEN if name.startswith(".") else None


def _is_utf8(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class _Wildcard:
    """A pattern for the names of files in a folder, or in all folders in it."""

    folder: Path
    name: str
    is_deep: bool

    def has(self, path: Path) -> bool:
        return (self.is_deep or path.parent == self.folder) and fnmatchcase(path.name, self.name)


def _wildcard(path: Path) -> _Wildcard | None:
    deep = path.parent.name == "**"
    folder = path.parent.parent if deep else path.parent
    if not any(mark in path.name for mark in "*?[") or not folder.is_dir():
        return None
    return _Wildcard(folder, path.name, deep)
