"""What in a study remembers its log: an older audit folder put back is seen by all of it.

Without the key the note beside the folder, the linkage keys' notes and the releases; with it the
sealed key itself and the custodian's packet too. Whoever puts back the whole study puts all of this
back: only an anchor in somebody else's hands shows that.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from redact.audit.epochs import read_epochs
from redact.audit.log import LOG
from redact.audit.memory import Compared, compare
from redact.audit.note import Anchor, NoteError, Verifier
from redact.audit.witness import witness_of
from redact.custody.keyfile import StudyIdentity
from redact.custody.payload import LinkageKey
from redact.disk import cannot_read, files_in
from redact.errors import Tampered
from redact.study.folder import Study

_LINES_WITH_A_ROOT = 7  # of a linkage key's note
_IN_A_BAG = "audit-checkpoint.note"


def anchors_of(
    study: Study, identity: StudyIdentity | None = None, key: LinkageKey | None = None
) -> tuple[Anchor, ...]:
    """Everything that remembers the study's log; read it before the log, which only grows."""
    found = [Anchor("the linkage key", key.checkpoint.encode(), outside=False)] if key else []
    if identity is not None and identity.checkpoint:
        name = f"the packet of {identity.custodian}"
        found.append(Anchor(name, identity.checkpoint.encode(), outside=False))
    for path, name in _notes(study):
        try:
            found.append(Anchor(name, path.read_bytes(), outside=False))
        except FileNotFoundError:
            continue  # a newer key took its place just now
        except OSError as error:
            raise cannot_read(path, error) from None
    return tuple(found)


def _notes(study: Study) -> list[tuple[Path, str]]:
    """Files that remember the log and are not sealed, with their names for people."""
    witness = witness_of(study.audit)
    notes = [(witness, witness.name)] if witness.is_file() else []
    notes += [  # a note is written before its key: by itself it says nothing yet
        (path, "the linkage key's note")
        for path in files_in(study.linkage, "*.note")
        if path.with_suffix(".age").is_file()
    ]
    notes += [
        (bag / _IN_A_BAG, f"release {bag.name}")
        for bag in files_in(study.releases, "*", everything=True)
        if (bag / _IN_A_BAG).is_file()
    ]
    ended = study.custody / "destruction.note"
    return [*notes, (ended, "the certificate of destruction")] if ended.is_file() else notes


def witness_is_gone(study: Study) -> bool:
    """Whether the note beside the audit folder was there once and is not any more.

    The linkage key's note tells: builds before there was a witness wrote it without a root.
    """
    if witness_of(study.audit).is_file():
        return False
    notes = [path.read_bytes().split(b"\n\n")[0] for path in files_in(study.linkage, "*.note")]
    return any(note.count(b"\n") >= _LINES_WITH_A_ROOT - 1 for note in notes)


def compare_log(
    study: Study, identity: StudyIdentity | None = None, key: LinkageKey | None = None
) -> Compared:
    """The study's log against all of this; nothing where no key of the log can be read."""
    anchors = anchors_of(study, identity, key)
    known = [identity.log_key] if identity else []
    known += [key.log_key] if key else []
    keys = []
    for text in (*known, *_told_keys(study)):
        with contextlib.suppress(NoteError):
            keys.append(Verifier.parse(text))
    if not keys:
        return Compared()
    try:
        lines = (study.audit / LOG).read_bytes().split(b"\n")[:-1]
    except OSError:
        lines = []
    return compare(anchors, lines, read_epochs(lines, keys[0], []), keys)


def _told_keys(study: Study) -> list[str]:
    """The log's key as study.toml has it since the study was made."""
    with contextlib.suppress(OSError, UnicodeDecodeError):
        lines = study.settings.read_text("utf-8").splitlines()
        return [line.split('"')[1] for line in lines if line.startswith('log_key = "')]
    return []


def require_newest_log(
    study: Study, identity: StudyIdentity | None = None, key: LinkageKey | None = None
) -> None:
    """Tampered if the audit folder is older than what remembers it, or of another story."""
    compared = compare_log(study, identity, key)
    if compared.findings:
        worst = max(compared.rolled_back, key=lambda one: one.last, default=None)
        what = worst.sentence() if worst is not None else compared.findings[0]
        raise Tampered(
            f"the audit log was rolled back or exchanged: {what}",
            where=str(study.audit),
            remedy="Put back the newest audit folder, from the trash or a backup. If it is "
            "audit.checkpoint that is damaged, delete it: it is made anew, and the log says so. "
            "Nothing was done.",
            command="`redact audit verify` says more.",
        )
