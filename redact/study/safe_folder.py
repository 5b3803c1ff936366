"""The folder of safe transcripts as people leave it: edited, deleted, renamed, with other things.

A safe transcript that says what redact never wrote is somebody's work: it is neither written over
nor deleted without a word. What redact wrote, at any time, is known from the key and the log.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from redact.audit.events import DecisionRecorded, DocProcessed
from redact.audit.log import AuditLog
from redact.audit.reading import read_log
from redact.custody.payload import Document
from redact.disk import cannot_read
from redact.errors import BadInput, Tampered
from redact.study.folder import Study
from redact.study.names import PREFIX

_OURS = re.compile(rf"(?:{'|'.join(PREFIX.values())})_\d+\.\w+")
_NAMED = 5  # files that an error names
KEEP_OR_DISCARD = (
    "Nothing was written. Move your copy out of the folder and run it again: it is made anew "
    "there (to hide more, mark it in `redact review` or add it to the roster). Or give the edit "
    "up: `redact replace STUDY --discard-edits`."
)


@dataclass(frozen=True, slots=True)
class RenamedFile:
    """A safe transcript under another name than it was given."""

    name: str
    was: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeFolder:
    """What a look into safe/ found, by file name in order.

    `edited` say what redact never wrote; `blocked` are no files, or links; `gone` were written and
    are not there; `outdated` are redact's own of an earlier making; `strangers` are anything else.
    """

    edited: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renamed: tuple[RenamedFile, ...] = ()
    outdated: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


def safe_folder(study: Study, documents: Iterable[Document]) -> SafeFolder:
    """What lies in safe/ beside the safe transcripts of these documents as they were made."""
    wanted = {one.safe_name: one.safe_sha256 for one in documents if one.safe_name}
    try:
        there = sorted(study.safe.iterdir())
    except FileNotFoundError:
        there = []
    except OSError as error:
        raise cannot_read(study.safe, error) from None
    plain = {path.name: path for path in there if path.is_file() and not path.is_symlink()}
    digests = {name: _digest(path) for name, path in plain.items()}
    odd = [name for name in digests if digests[name] != wanted.get(name)]
    absent = sorted(wanted.keys() - {path.name for path in there})
    logged = _logged(study) if odd or absent else frozenset()
    ours = logged | frozenset(wanted.values())
    of_absent = {wanted[name]: name for name in absent}
    beside = [name for name in odd if name not in wanted]
    renamed = {name: of_absent[digests[name]] for name in beside if digests[name] in of_absent}
    outdated = [
        name
        for name in beside
        if name not in renamed and digests[name] in ours and _OURS.fullmatch(name)
    ]
    known = {*wanted, *renamed, *outdated}
    return SafeFolder(
        edited=tuple(name for name in odd if name in wanted and digests[name] not in ours),
        blocked=tuple(path.name for path in there if path.name in wanted.keys() - plain.keys()),
        gone=tuple(name for name in absent if wanted[name] in logged),
        renamed=tuple(RenamedFile(name, was) for name, was in renamed.items()),
        outdated=tuple(outdated),
        strangers=tuple(path.name for path in there if path.name not in known),
    )


def require_unedited(study: Study, documents: Iterable[Document], discard: bool = False) -> None:
    """Raises BadInput naming the files if writing these safe transcripts would lose something.

    That is what a person wrote into one, unless it is to be discarded, or what is no file at all.
    """
    seen = safe_folder(study, documents)
    if seen.blocked:
        raise BadInput(
            "what lies here is no file, and a safe transcript is to be written under this name",
            where=_places(study, seen.blocked),
            remedy="Nothing was written. Move it out of the folder and run it again.",
        )
    if seen.edited and not discard:
        one = len(seen.edited) == 1
        raise BadInput(
            "this safe transcript was edited by hand after it was made"
            if one
            else f"{len(seen.edited)} safe transcripts were edited by hand after they were made",
            where=_places(study, seen.edited),
            remedy=KEEP_OR_DISCARD,
        )


def record_discarded(log: AuditLog, study: Study, documents: Iterable[Document], by: str) -> None:
    """Says in the log which safe transcripts with edits of a person's are given up."""
    known = tuple(documents)
    edited = safe_folder(study, known).edited
    _record(log, known, edited, by, action="discard edits", reason="edited by hand, and given up")


def record_gone(log: AuditLog, study: Study, documents: Iterable[Document], by: str) -> None:
    """Says in the log which safe transcripts were there, are not any more and are made anew."""
    known = tuple(documents)
    gone = safe_folder(study, known).gone
    _record(log, known, gone, by, action="make anew", reason="the safe transcript was gone")


def _record(
    log: AuditLog,
    known: tuple[Document, ...],
    names: Iterable[str],
    by: str,
    *,
    action: str,
    reason: str,
) -> None:
    ids = {one.safe_name: one.doc_id for one in known}
    docs = tuple(sorted(ids[name] for name in names))
    if docs:
        counts = {"transcripts": len(docs)}
        log.append(DecisionRecorded(action=action, by=by, reason=reason, counts=counts, docs=docs))


def drop_outdated(
    study: Study, documents: Iterable[Document], earlier: Iterable[Document] = ()
) -> None:
    """Deletes what redact itself wrote under names that no document has any more.

    With what lies under the names that `earlier` documents had: an edit in it was given up.
    """
    known = tuple(documents)
    for name in {one.safe_name for one in earlier} - {one.safe_name for one in known} - {""}:
        (study.safe / name).unlink(missing_ok=True)
    for name in safe_folder(study, known).outdated:
        (study.safe / name).unlink()


def _places(study: Study, names: tuple[str, ...]) -> str:
    shown = ", ".join(str(study.safe / name) for name in names[:_NAMED])
    return shown + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:  # somebody's recording may be large
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise cannot_read(path, error) from None


def _logged(study: Study) -> frozenset[str]:
    """Digests of all safe files that the log says were written; none if it cannot be read."""
    try:
        entries = read_log(study.audit)
    except Tampered:
        return frozenset()
    return frozenset(
        entry.event.safe_sha256
        for entry in entries
        if isinstance(entry.event, DocProcessed) and entry.event.safe_sha256
    )
