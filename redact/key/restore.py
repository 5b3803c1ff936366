"""The way back: every source from the safe transcripts, the linkage key and what lies beside it.

Byte for byte; only of a study that an earlier build made, what was left out of a safe file does not
come back: then the text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redact.audit.events import LinkageRevealed
from redact.custody.keyfile import Opener
from redact.custody.originals import open_original
from redact.custody.payload import Document
from redact.disk import files_in, make_folder, temporary_of, write_new
from redact.errors import RedactError, Tampered, UsageError
from redact.key.looks import Showing, approved, looking
from redact.key.names import apart
from redact.study.desk import handling_of
from redact.study.folder import Study
from redact.study.linkage import original, read_safe
from redact.study.sealed import OpenedKey, open_key

_NAMED = 5  # files that an error names


@dataclass(frozen=True, slots=True)
class Restored:
    """The files that were written: sources byte for byte, and texts of sources.

    `renamed` are those of them that could not have their source's name, for another had it.
    """

    exact: tuple[Path, ...]
    as_text: tuple[Path, ...]
    renamed: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rebuilt:
    """A source, or its text, as it is to be written."""

    name: str = field(repr=False)
    data: bytes = field(repr=False)
    is_exact: bool


def restore_sources(
    study: Study, opener: Opener, target: Path, second: Opener | None = None
) -> Restored:
    """Writes every original into `target` (private files) and says which are exact.

    All are rebuilt and checked before the first is written; intent and outcome
    are logged. Sources whose names a file system could take for one are told apart. Raises
    UsageError if the target lies in a study or holds something else of one of the names, Tampered
    if one does not come out exact.
    """
    study.require()
    _require_no_study(target.resolve(), study, target)
    opened = open_key(study, opener)
    key = opened.key
    if not key.documents or not all(document.safe_name for document in key.documents):
        raise RedactError(
            "nothing was replaced in this study yet, so there is nothing to restore",
            where=str(study.root),
            remedy="Run `redact replace` first.",
        )
    restoring = LinkageRevealed(
        phase="intent",
        purpose=Showing.RESTORE.value,
        documents=len(key.documents),
        approved_by=approved(study, opener, second),
    )
    with looking(study, restoring, opened.seen):
        rebuilt = _all_rebuilt(study, opened)
        rebuilt.sort(key=lambda one: not one.is_exact)  # these keep their names
        names = apart(one.name for one in rebuilt)
        written = {target / name: one.data for name, one in zip(names, rebuilt, strict=True)}
        make_folder(target)
        _sweep(target, names)
        _require_free(written)
        for path, data in written.items():
            if not path.exists():
                write_new(path, data)
        _require_there(written, len(key.documents))
    pairs = list(zip(written, rebuilt, strict=True))
    return Restored(
        exact=tuple(path for path, one in pairs if one.is_exact),
        as_text=tuple(path for path, one in pairs if not one.is_exact),
        renamed=tuple(path for path, one in pairs if path.name != one.name),
    )


def _all_rebuilt(study: Study, opened: OpenedKey) -> list[_Rebuilt]:
    """Every source: from its sealed original where there is one, else from its safe file."""
    key, handling = opened.key, handling_of(study)
    sealed = {one.doc: one for one in key.originals}
    rebuilt = []
    for document in key.documents:
        if one := sealed.get(document.doc_id):
            data = open_original(study.originals, one, opened.identity.identity)
            name = document.source_name
            _require_source(document, data)
        else:
            safe = read_safe(study.safe, document, handling)
            name, data = original(key, document, safe)
        rebuilt.append(_Rebuilt(name=name, data=data, is_exact=name == document.source_name))
    return rebuilt


def _require_source(document: Document, data: bytes) -> None:
    if hashlib.sha256(data).hexdigest() != document.source_sha256:
        raise Tampered(
            "the sealed original of this transcript is not its source",
            where=document.safe_name,
            remedy="Put back the linkage folder from your backup.",
        )


def _require_no_study(where: Path, study: Study, target: Path) -> None:
    """Raises UsageError for a folder in this study or in another: originals do not belong there."""
    if where.is_relative_to(study.root.resolve()) or any(
        Study(folder).exists() for folder in (where, *where.parents)
    ):
        raise UsageError(
            "originals must not be put into the study folder",
            where=str(target),
            remedy="Name a folder outside it with --to.",
        )


def _sweep(target: Path, names: tuple[str, ...]) -> None:
    """Removes what a restore that was killed left half-written of these files."""
    for name in names:
        for leftover in files_in(target, ".*.tmp"):
            if leftover.is_file() and temporary_of(leftover.name, name):
                leftover.unlink()


def _require_free(written: Mapping[Path, bytes]) -> None:
    """Raises UsageError where something else lies under one of the names."""
    taken = [path for path, data in written.items() if not _is_free(path, data)]
    if taken:
        more = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
        raise UsageError(
            "something else of this name is there already",
            where=", ".join(str(path) for path in taken[:_NAMED]) + more,
            remedy="Name an empty folder with --to; nothing was written or overwritten.",
        )


def _is_free(path: Path, data: bytes) -> bool:
    """Whether nothing lies there, or the very file: an earlier restore was cut short."""
    if not path.exists() and not path.is_symlink():
        return True
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def _require_there(written: Mapping[Path, bytes], count: int) -> None:
    """Raises RedactError unless every transcript of the study lies there as it should."""
    missing = [path for path, data in written.items() if not _lies_there(path, data)]
    if missing or len(written) != count:
        raise RedactError(
            f"{len(written) - len(missing)} of {count} transcripts lie there as they should",
            where=", ".join(str(path) for path in missing[:_NAMED]),
            remedy="Another program changed the folder meanwhile: name an empty one with --to.",
        )


def _lies_there(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data
