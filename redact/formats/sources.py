"""Finding transcripts: files, folders, .zip and .jsonl of {"id", "text"}; readable, or an error."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from redact.errors import BadInput, UsageError
from redact.formats.archive import read_members
from redact.formats.registry import check_suffix, read_file
from redact.formats.slots import Reading
from redact.formats.text import decode_text, read_bytes
from redact.policy import Handling

AS_IT_IS = Handling()
LARGEST_TEXT = 12_000_000  # characters, some 180 long interviews; more would take an hour
TABLE_NAMES = frozenset({"interviews.csv", "roster.csv", "gold.jsonl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One transcript as it was brought: its name, where it lies, its bytes' digest, what it says.

    `name` is the file's name (for a .jsonl, the id in it with `.txt`); `path` is
    where the bytes lie, with `#id` behind it for a line of a .jsonl or a file in a .zip.
    """

    name: str = field(repr=False)
    path: str = field(repr=False)
    sha256: str = field(repr=False)
    reading: Reading = field(repr=False)

    @property
    def stem(self) -> str:
        return Path(self.name).stem

    @property
    def text(self) -> str:
        return self.reading.text


def read_sources(
    paths: list[Path], encoding: str | None = None, handling: Handling = AS_IT_IS
) -> list[SourceFile]:
    """All transcripts under these paths, in order of name; `handling` is from the policy.

    Raises UsageError if there is none or two share a name, BadInput for a file
    that is unreadable or of a kind this version does not read. Hidden files and
    the study's own tables beside the transcripts are passed over.
    """
    sources: list[SourceFile] = []
    for path in paths:
        for file in _files(path):
            sources += _read(file, encoding, handling)
    if not sources:
        raise UsageError(
            "there is no transcript here",
            where=", ".join(str(path) for path in paths),
            remedy="Name a folder with transcripts, or the files themselves.",
        )
    seen: dict[str, SourceFile] = {}
    for source in sources:
        other = seen.setdefault(source.stem.casefold(), source)
        if other is not source:
            raise UsageError(
                "two transcripts have the same name",
                where=f"{other.path} and {source.path}",
                remedy="Rename one: a transcript is known by its file name without the ending.",
            )
    return sorted(sources, key=lambda source: source.name)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from _files_below(path)
    elif path.exists() or path.is_symlink():
        yield path
    elif matching := _matching(path):
        yield from matching
    else:
        raise UsageError(
            "there is no such file or folder",
            where=str(path),
            remedy="Check the spelling of the path.",
        )


def _matching(pattern: Path) -> list[Path]:
    """Files of a pattern in quotes: `talk/*.docx`, or `talk/**/*.docx` for all folders in it."""
    deep = pattern.parent.name == "**"
    folder = pattern.parent.parent if deep else pattern.parent
    if not any(mark in pattern.name for mark in "*?[") or not folder.is_dir():
        return []
    return [
        file
        for file in _files_below(folder)
        if (deep or file.parent == folder) and fnmatchcase(file.name, pattern.name)
    ]


def _files_below(folder: Path) -> Iterator[Path]:
    """Every file that is not hidden; BadInput for a folder that cannot be looked into."""

    def unreadable(error: OSError) -> None:
        raise BadInput(
            "this folder cannot be read",
            where=str(error.filename),
            remedy="Check that you may read it.",
        ) from None

    for root, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (Path(root) / name).is_symlink():
                raise BadInput(
                    "this is a link to a folder, and links are not followed",
                    where=str(Path(root) / name),
                    remedy="Name the folder it leads to as a source of its own.",
                )
        for name in sorted(files):
            if not name.startswith(".") and name not in TABLE_NAMES:
                yield Path(root) / name


def _read(file: Path, encoding: str | None, handling: Handling) -> list[SourceFile]:
    if file.suffix.lower() == ".jsonl":
        return _read_jsonl(file)
    if file.suffix.lower() == ".zip":
        return _read_zip(file, encoding, handling)
    check_suffix(file.name, str(file))
    return [_source(file.name, str(file.resolve()), read_bytes(file), encoding, handling)]


def _source(
    name: str, path: str, data: bytes, encoding: str | None, handling: Handling
) -> SourceFile:
    reading = read_file(data, name, path, handling, encoding)
    _check_text(reading.text, path)
    return _source_file(name, path, data, reading)


def _source_file(name: str, path: str, data: bytes, reading: Reading) -> SourceFile:
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(name=name, path=path, sha256=digest, reading=reading)


def _check_text(text: str, where: str) -> None:
    """Raises BadInput for a text that is empty, too long, or no Unicode."""
    if not text.strip():
        raise BadInput(
            "nothing is said in this file",
            where=where,
            remedy="Export the transcript again, or leave it out.",
        )
    if len(text) > LARGEST_TEXT:
        raise BadInput(
            f"{len(text):,} characters are said in this file, more than {LARGEST_TEXT:,}",
            where=where,
            remedy="Split it into interviews.",
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(
            f"character {error.start} of what is said is half of one (a lone surrogate)",
            where=where,
            remedy="Export the transcript again as UTF-8.",
        ) from None


def _read_zip(
    file: Path, encoding: str | None, handling: Handling, only: str | None = None
) -> list[SourceFile]:
    """The transcripts in a .zip, or the one called `only`; hidden files aside."""
    members = read_members(read_bytes(file), str(file), only)
    sources = []
    for name, data in members.items():
        inner = PurePosixPath(name)
        hidden = any(part.startswith((".", "__MACOSX")) for part in inner.parts)
        if hidden or inner.name in TABLE_NAMES:
            continue
        check_suffix(inner.name, f"{file}, {name}")
        if not data:
            raise BadInput(
                "this file is empty (0 bytes)",
                where=f"{file}, {name}",
                remedy="Export the transcript again, or leave it out.",
            )
        path = f"{file.resolve()}#{name}"
        sources.append(_source(inner.name, path, data, encoding, handling))
    return sources


def read_again(path: str, encoding: str, handling: Handling) -> list[SourceFile]:
    """The sources at a path as a `SourceFile` tells it: a file, or what is in a .zip or .jsonl."""
    outer, _, inner = path.partition("#")
    if not inner or Path(path).exists():
        return read_sources([Path(path)], encoding, handling)
    if outer.lower().endswith(".zip"):
        return _read_zip(Path(outer), encoding, handling, only=inner)
    return [source for source in read_sources([Path(outer)]) if source.path == path]


def _read_jsonl(file: Path) -> list[SourceFile]:
    whole = decode_text(read_bytes(file), str(file))
    sources: list[SourceFile] = []
    for number, line in enumerate(whole.text.split("\n"), start=1):
        if line.strip():
            where = f"{file}, line {number}"
            row = _row_of_jsonl(line, where)
            name, data = f"{row.id}.txt", row.text.encode("utf-8")
            reading = read_file(data, name, where, encoding="utf-8")
            sources.append(_source_file(name, f"{file.resolve()}#{row.id}", data, reading))
    return sources


@dataclass(frozen=True, slots=True)
class _JsonlRow:
    """A line of a .jsonl: one transcript."""

    id: str = field(repr=False)
    text: str = field(repr=False)


def _row_of_jsonl(line: str, where: str) -> _JsonlRow:
    try:
        row = json.loads(line)
        name, text = row["id"], row["text"]
        if not isinstance(name, str) or not isinstance(text, str):
            raise TypeError
        text.encode("utf-8")
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadInput(
            'this line is not {"id": "…", "text": "…"}',
            where=where,
            remedy="Write one JSON object a line with the two as text.",
        ) from None
    if not name.strip() or any(c in name for c in '/\\:*?"<>|\0') or name.startswith("."):
        raise BadInput(
            "this id cannot be a file name",
            where=where,
            remedy="Use letters, digits, - and _ in ids.",
        )
    if not text.strip():
        raise BadInput("this transcript holds no text", where=where, remedy="Leave it out.")
    return _JsonlRow(name, text)
