"""Finding transcripts: files, folders, .zip and .jsonl of {"id", "text"}; readable, or refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from redact.errors import BadInput, RedactError, Refusal, SourcesRefused, UsageError
from redact.formats.archive import read_members
from redact.formats.content import holds_turns, is_locked, true_ending
from redact.formats.file_kinds import BY_SKIP, OR_SKIP, kind_of
from redact.formats.folders import (
    FoundFile,
    Passed,
    PassedOver,
    Skips,
    find_files,
    is_no_transcript,
)
from redact.formats.refi_split import FRAME, OF_PROJECT, ProjectText, split_project
from redact.formats.registry import check_suffix, format_of, is_plain_text, read_file
from redact.formats.secret_files import check_no_secret
from redact.formats.source_file import MadeSource, SourceFile, told_apart
from redact.formats.text import decode_text, read_bytes
from redact.policy import Handling
from redact.rendering import counted

AS_IT_IS = Handling()
AS_ONE = "#"  # instead of the name of a text: all of a project
LARGEST_TEXT = 12_000_000  # characters, some 180 long interviews; more would take an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSources:
    """All that lies under some paths: what was read, by name; what was passed over, and refused.

    `matched` are the skips that met a file.
    """

    files: tuple[SourceFile, ...]
    passed: tuple[PassedOver, ...] = ()
    refused: tuple[Refusal, ...] = ()
    matched: frozenset[str] = field(default=frozenset(), repr=False)

    def required(self) -> FoundSources:
        """These, if there is a transcript and nothing was refused.

        Raises SourcesRefused with all that cannot be taken; if it is only one thing, BadInput or
        UsageError.
        """
        if len(self.refused) > 1:
            raise SourcesRefused(self.refused, len(self.files))
        for one in self.refused:
            raise (UsageError if one.usage else BadInput)(
                one.what, where=one.where, remedy=one.remedy, command=one.command
            )
        return self


def read_sources(
    paths: Sequence[Path],
    encoding: str | None = None,
    handling: Handling = AS_IT_IS,
    skips: Iterable[str] = (),
) -> list[SourceFile]:
    """All transcripts under these paths, in order of name; `handling` is from the policy.

    Raises as `FoundSources.required` does.
    """
    return list(find_sources(paths, encoding, handling, skips).required().files)


def find_sources(
    paths: Sequence[Path],
    encoding: str | None = None,
    handling: Handling = AS_IT_IS,
    skips: Iterable[str] = (),
    *,
    kept_skips: Iterable[str] = (),
    given: Iterable[Path] = (),
) -> FoundSources:
    """All transcripts under these paths, and everything else that lies there.

    `skips` are what a person leaves out, now or (`kept_skips`) in an earlier run; `given` are the
    person's tables and passphrase, which may lie beside the transcripts.
    """
    kept = tuple(kept_skips)
    leave = Skips((*skips, *kept))
    found = find_files(paths, leave, given)
    reader = _SourceReader(encoding, handling, leave)
    for file in found.files:
        reader.read(file)
    refused = [*found.refused, *reader.refused, *leave.unmatched(kept)]
    if not reader.made and not refused:
        refused.append(_nothing_here(paths, (*found.passed, *reader.passed)))
    return FoundSources(
        files=tuple(sorted(told_apart(reader.made), key=lambda source: source.name)),
        passed=(*found.passed, *reader.passed),
        refused=tuple(dict.fromkeys(refused)),
        matched=frozenset(leave.matched),
    )


def _nothing_here(paths: Sequence[Path], passed: Sequence[PassedOver]) -> Refusal:
    more = (
        f" (passed over: {counted(len(passed), 'file or folder', 'files or folders')})"
        if passed
        else ""
    )
    return Refusal(
        where=", ".join(str(path) for path in paths),
        what=f"there is no transcript here{more}",
        remedy="Name a folder with transcripts, or the files themselves",
        usage=True,
    )


Parted = dict[str, tuple[ProjectText, ...]]  # texts of projects, by the digest of their bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Brought:
    """Where bytes lie: the folders and name, as a path, as errors say it, in the folder named."""

    trail: tuple[str, ...] = field(repr=False)
    path: str = field(repr=False)
    where: str = field(repr=False)
    inside: str = field(repr=False)


class _SourceReader:
    """Reads file after file; what cannot be read is noted, and the next is read."""

    def __init__(
        self, encoding: str | None, handling: Handling, skips: Skips, parted: Parted | None = None
    ) -> None:
        self.encoding, self.handling, self.skips = encoding, handling, skips
        self.parted: Parted = {} if parted is None else parted
        self.made: list[MadeSource] = []
        self.passed: list[PassedOver] = []
        self.refused: list[Refusal] = []

    def read(self, file: FoundFile, only: str | None = None) -> None:
        """A file with one transcript, or a .zip or .jsonl of several; of a .zip one if so asked."""
        path = file.path
        with self._noting():
            data = read_bytes(path)  # and not a link in a circle, which has no path
            ending = true_ending(data, path.suffix.lower())
            if ending == ".jsonl" and not holds_turns(data):
                self._jsonl(path, data)
            elif ending == ".zip":
                self._zip(file, data, only)
            else:
                trail = (*path.parent.resolve().parts, path.name)  # a link has its own name
                found = _Brought(
                    trail=trail, path=str(path.resolve()), where=str(path), inside=file.inside
                )
                self._texts(found, data, only and only.removeprefix(OF_PROJECT[1:]))

    def _texts(self, found: _Brought, data: bytes, only: str | None = None) -> None:
        """One transcript, or each text of a coded project of several, or `only` one of them."""
        texts = self._parts_of(found, data)
        if not texts or only == AS_ONE:
            self._one(found.trail, found.path, found.where, data)
            return
        for text in texts:
            if only is None and self.skips.take(f"{found.inside}/{text.name}"):
                place = Path(found.where) / text.name
                self.passed.append(PassedOver(place, Passed.SKIPPED))
            elif only in (None, text.name):
                trail, path = (*found.trail, text.name), f"{found.path}{OF_PROJECT}{text.name}"
                with self._noting():
                    is_frame = text is texts[-1]
                    where = f"{found.where}, {text.name}"
                    self._one(trail, path, where, text.data, may_be_silent=is_frame)

    def _parts_of(self, found: _Brought, data: bytes) -> tuple[ProjectText, ...]:
        """The texts of a coded project; nothing for any other file."""
        if true_ending(data, PurePath(found.trail[-1]).suffix.lower()) != ".qdpx":
            return ()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self.parted:
            frame = f"{PurePath(found.trail[-1]).stem} {FRAME}.qdpx"
            self.parted[digest] = split_project(data, found.where, frame)
        return self.parted[digest]

    def _one(
        self,
        trail: tuple[str, ...],
        path: str,
        where: str,
        data: bytes,
        may_be_silent: bool = False,
    ) -> None:
        """One transcript, read as what its content is; one that says nothing is passed over."""
        called = trail[-1]
        if not data:
            raise BadInput(
                "this file is empty (0 bytes)",
                where=where,
                remedy=f"Export the transcript again, {OR_SKIP}.",
                command=BY_SKIP,
            )
        suffix = PurePath(called).suffix.lower()
        ending = true_ending(data, suffix)
        if is_locked(data):
            raise BadInput(
                "this file is locked with a password",
                where=where,
                remedy="Open it, take the password off, save it and try again.",
            )
        name = called if ending == suffix else _with_ending(called, ending)
        check_suffix(name, where, None if name == called else called)
        try:
            reading = read_file(data, name, where, self.handling, self.encoding)
        except BadInput:
            if not (ending == ".json" and is_plain_text(called)):
                raise
            name = called  # JSON of no kind that we know, and its words are the same as text
            reading = read_file(data, name, where, self.handling, self.encoding)
        if may_be_silent and not reading.text.strip():
            return
        _check_text(reading.text, where)
        check_no_secret(reading.text, where)
        source = SourceFile(
            name=name,
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            reading=reading,
            was_called="" if name == called else called,
        )
        self.made.append(MadeSource((*trail[:-1], name), source))

    def _zip(self, file: FoundFile, data: bytes, only: str | None = None) -> None:
        """The transcripts in a .zip, or the one called `only`; hidden files aside."""
        outer = file.path.resolve()
        wanted, _, text = (only or "").partition(OF_PROJECT)
        for name, member in read_members(data, str(file.path), wanted or None).items():
            inner = PurePosixPath(name)
            if why := is_no_transcript(inner.parts):
                self.passed.append(PassedOver(file.path / inner, why))
            elif only is None and self.skips.take(f"{file.inside}/{name}"):
                self.passed.append(PassedOver(file.path / inner, Passed.SKIPPED))
            else:
                found = _Brought(
                    trail=(*outer.parts, *inner.parts),
                    path=f"{outer}#{name}",
                    where=f"{file.path}, {name}",
                    inside=f"{file.inside}/{name}",
                )
                with self._noting():
                    self._texts(found, member, None if only is None else text or AS_ONE)

    def _jsonl(self, path: Path, data: bytes) -> None:
        outer, seen = path.resolve(), set[str]()
        for number, line in enumerate(decode_text(data, str(path)).text.split("\n"), start=1):
            if not line.strip():
                continue
            where = f"{path}, line {number}"
            with self._noting():
                row = _row_of_jsonl(line, where)
                if row.id in seen:
                    raise BadInput(
                        "another line has the same id",
                        where=where,
                        remedy="Give it one of its own.",
                    )
                seen.add(row.id)
                name, said = f"{row.id}.txt", row.text.encode("utf-8")
                reading = read_file(said, name, where, encoding="utf-8")
                digest = hashlib.sha256(said).hexdigest()
                source = SourceFile(
                    name=name, path=f"{outer}#{row.id}", sha256=digest, reading=reading
                )
                self.made.append(MadeSource((*outer.parts, name), source))

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Notes what cannot be read here, so that all of it is told at once."""
        try:
            yield
        except RedactError as error:
            self.refused.append(
                Refusal(
                    where=error.where,
                    what=error.what,
                    remedy=error.remedy,
                    usage=isinstance(error, UsageError),
                    command=error.command,
                )
            )


def _with_ending(name: str, ending: str) -> str:
    """The name with the ending of what it is; one that says something else goes."""
    pure = PurePath(name)
    told = pure.suffix and (format_of(name) or kind_of(pure.suffix.lower()))
    return f"{pure.stem if told else name}{ending}"


def _check_text(text: str, where: str) -> None:
    """Raises BadInput for a text that is empty, too long, or no Unicode."""
    if not text.strip():
        raise BadInput(
            "nothing is said in this file",
            where=where,
            remedy=f"Export the transcript again, {OR_SKIP}.",
            command=BY_SKIP,
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


def read_again(
    path: str, encoding: str, handling: Handling, parted: Parted | None = None
) -> list[SourceFile]:
    """The sources at a path as a `SourceFile` tells it: a file, or what is in a .zip, a .jsonl or
    a coded project. A project without a text's name is read as one, as an earlier build did.

    `parted` remembers the texts of projects from one call to the next.
    """
    outer, _, inner = path.partition("#")
    reader = _SourceReader(encoding, handling, Skips(()), parted)
    if not inner or Path(path).exists():
        if Path(path).suffix.lower() != ".qdpx":
            return read_sources([Path(path)], encoding, handling)
        outer, inner = path, AS_ONE
    if not Path(outer).exists():
        return []
    reader.read(FoundFile(Path(outer), outer), only=inner)
    return [one.source for one in reader.made if one.source.path == path]


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
