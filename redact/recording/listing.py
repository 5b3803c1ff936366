"""The list of what is to be silenced, made of the study as it stands, and written once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.custody.keyfile import Opener
from redact.disk import make_folder, write_new
from redact.errors import UsageError
from redact.key.looks import Showing, approved, looking
from redact.pipeline import run_stage
from redact.recording.files import PROGRAMS, name_of, table
from redact.recording.kinds import ListKind
from redact.recording.places import Silenced, silenced
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from redact.study.hold import hold

_TABLE_NAME = "times.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesWritten:
    """What was found for each transcript, the files that were written, and what each says.

    `old` are other lists in the folder: of a transcript that was withdrawn, or has no times now.
    """

    found: tuple[Silenced, ...]
    files: tuple[Path, ...]
    texts: tuple[str, ...]
    old: tuple[Path, ...] = ()


def write_times(
    study: Study, opener: Opener, kind: ListKind, to: Path | None, second: Opener | None = None
) -> TimesWritten:
    """What is to be silenced, for a program; without `to` nothing is written.

    The safe transcripts are brought up to date first: a list that is behind them would leave a name
    to be heard. It is logged before and after. Raises UsageError for a folder in a study, or one
    that has something else under one of the names.
    """
    with hold(study):
        names = approved(study, opener, second, "tell where names are heard")
        desk, _ = run_stage(open_desk(study, opener), "replace")
        if to is not None:
            _require_outside(study, desk, to)
        look = LinkageRevealed(
            phase="intent",
            purpose=Showing.TIMES.value,
            documents=len(desk.transcripts),
            approved_by=names,
        )
        with looking(study, look):
            found = silenced(desk)
            texts = _texts(found, kind)
            files = _write(to, texts) if to is not None else ()
    old = _others(to, files) if to is not None and kind is not ListKind.CSV else ()
    return TimesWritten(found=found, files=files, texts=tuple(texts.values()), old=old)


def lists_made(study: Study) -> int:
    """How often lists were made of a study: nobody knows where they lie. The log tells it."""
    looks = (entry.event for entry in read_log(study.audit))
    return sum(
        isinstance(one, LinkageRevealed)
        and one.purpose == Showing.TIMES.value
        and one.phase == "done"
        for one in looks
    )


def _texts(found: tuple[Silenced, ...], kind: ListKind) -> dict[str, str]:
    """What is written, by the name of the file; no file for a transcript without a time."""
    if kind is ListKind.CSV:
        return {_TABLE_NAME: table(found)}
    program = PROGRAMS[kind]
    return {name_of(one, program): program.write(one) for one in found if one.ends}


def _require_outside(study: Study, desk: Desk, to: Path) -> None:
    """Raises UsageError for a folder of a study or release, and for one in which sources lie.

    Whoever gets the safe files must not get the list, and the next run must not read it as one.
    """
    where = to.resolve()
    above = (where, *where.parents)
    talks = {Path(one.source_path.partition("#")[0]).parent.resolve() for one in desk.key.documents}
    if not talks.isdisjoint(above):
        raise UsageError(
            "transcripts lie in this folder: the next `redact run` would take the list for one",
            where=str(to),
            remedy="Name another folder with --to, one beside it.",
        )
    if where.is_relative_to(study.root.resolve()) or any(
        Study(folder).exists() or (folder / "bagit.txt").exists() for folder in above
    ):
        raise UsageError(
            "this list must not be put into a study or a release",
            where=str(to),
            remedy="It leads to every name in the recording: keep it beside the recording, and "
            "name that folder with --to.",
        )


def _write(to: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    make_folder(to)
    written = {to / name: text.encode("utf-8") for name, text in texts.items()}
    taken = [
        path
        for path, data in written.items()
        if (path.exists() or path.is_symlink()) and not _is_same(path, data)
    ]
    if taken:
        raise UsageError(
            "something else of this name is there already",
            where=", ".join(str(path) for path in taken),
            remedy="Name an empty folder with --to; nothing was written or overwritten.",
        )
    for path, data in written.items():
        if not path.exists():
            write_new(path, data)
    return tuple(written)


def _others(to: Path, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Lists in a folder of which there is none now for the same transcript."""
    endings = tuple(program.ending for program in PROGRAMS.values())
    now = {_stem(path.name, endings) for path in files} | {""}
    return tuple(
        path
        for path in sorted(to.iterdir())
        if path.is_file() and _stem(path.name, endings) not in now
    )


def _stem(name: str, endings: tuple[str, ...]) -> str:
    """The name of the transcript that a list is of; "" for no list."""
    return next((name.removesuffix(one) for one in endings if name.endswith(one)), "")


def _is_same(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data
