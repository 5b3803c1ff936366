"""The way back: every source from the safe transcripts and the linkage key, byte for byte.

Of a file whose hidden places were left out, its text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from redact.audit.events import LinkageRevealed
from redact.audit.log import open_log
from redact.custody.keyfile import Opener
from redact.disk import make_folder, write_atomic
from redact.errors import RedactError, UsageError
from redact.key.reveal import approved
from redact.study.desk import handling_of
from redact.study.folder import Study, actor
from redact.study.linkage import original, read_safe
from redact.study.sealed import open_key


@dataclass(frozen=True, slots=True)
class Restored:
    """The files that were written: sources byte for byte, and texts of sources."""

    exact: tuple[Path, ...]
    as_text: tuple[Path, ...]


def restore_sources(
    study: Study, opener: Opener, target: Path, second: Opener | None = None
) -> Restored:
    """Writes every original into `target` (private files) and says which are exact.

    All are rebuilt and checked before the first is written; intent and outcome
    are logged. Raises UsageError if the target lies in the study or holds a
    different file of one of the names, Tampered if one does not come out exact.
    """
    study.require()
    where = target.resolve()
    if where == study.root.resolve() or where.is_relative_to(study.root.resolve()):
        raise UsageError(
            "originals must not be put into the study folder",
            where=str(target),
            remedy="Name a folder outside it with --to.",
        )
    key = open_key(study, opener).key
    if not key.documents or not all(document.safe_name for document in key.documents):
        raise RedactError(
            "nothing was replaced in this study yet, so there is nothing to restore",
            where=str(study.root),
            remedy="Run `redact replace` first.",
        )
    names = approved(study, opener, second)
    with open_log(study.audit, actor(study)) as log:
        count = len(key.documents)
        restoring = LinkageRevealed(
            phase="intent", purpose="restore", documents=count, approved_by=names
        )
        log.append(restoring)
        handling = handling_of(study)
        rebuilt = dict(
            original(key, document, read_safe(study.safe, document, handling))
            for document in key.documents
        )
        make_folder(target)
        for name, data in rebuilt.items():
            path = target / name
            if path.exists() and path.read_bytes() != data:
                raise UsageError(
                    "a different file of this name is there already",
                    where=str(path),
                    remedy="Name an empty folder with --to; nothing was overwritten.",
                )
        for name, data in rebuilt.items():
            write_atomic(target / name, data)
        log.append(replace(restoring, phase="done"))
    names_of_sources = {document.source_name for document in key.documents}
    return Restored(
        tuple(target / name for name in rebuilt if name in names_of_sources),
        tuple(target / name for name in rebuilt if name not in names_of_sources),
    )
