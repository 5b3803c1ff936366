"""The note beside a log's folder that remembers how far the log had come.

Whoever puts an older `audit/` back does not put it back with it: the next command that opens the
log sees that entries are gone. It is written when a command lets go of the log, and at once when
originals are about to be shown.
"""

from __future__ import annotations

from pathlib import Path

from redact.audit.epochs import read_epochs
from redact.audit.memory import (
    last_time,
    lost,
    opened,
    read_memory,
    roots_of,
    was_rewritten,
    witness_text,
)
from redact.audit.note import NoteError, Signer, open_note
from redact.audit.tree import Tree
from redact.disk import cannot_read, sweep_temporary_of, write_atomic
from redact.errors import Tampered


def witness_of(folder: Path) -> Path:
    """Where the note of a log in this folder lies."""
    return folder.with_name(f"{folder.name}.checkpoint")


def write_witness(folder: Path, signer: Signer, tree: Tree, time: str) -> None:
    """Remembers the log as it stands, with the time of its last entry."""
    sweep_temporary_of(witness_of(folder))
    text = witness_text(signer.name, tree.size, tree.root(), time)
    write_atomic(witness_of(folder), signer.sign(text))


def is_as_witnessed(folder: Path, signer: Signer, tree: Tree) -> bool:
    """Whether the note is of the log as it stands, signed by its key of now."""
    try:
        said = read_memory(open_note(witness_of(folder).read_bytes(), signer.verifier()))
    except (OSError, NoteError):
        return False
    return (said.size, said.root) == (tree.size, tree.root())


def require_witnessed(folder: Path, signer: Signer, log: Path) -> None:
    """Tampered unless the log in this file begins with all that is remembered of it.

    A log of a build before there was a witness has none: it is written when this command ends.
    """
    path = witness_of(folder)
    if not path.exists():
        return
    try:
        note, lines = path.read_bytes(), log.read_bytes().split(b"\n")[:-1]
    except OSError as error:
        raise cannot_read(path, error) from None
    try:
        said = opened(note, read_epochs(lines, signer.verifier(), []), len(lines))
    except NoteError as error:
        raise Tampered(
            f"what {path.name} remembers is not of this log: {error}",
            where=str(path),
            remedy="Put back the newest audit folder. If it is this note that is damaged, delete "
            "it: it is made anew, and the log says that it was missing.",
        ) from None
    lacking = lost(said, path.name, len(lines), last_time(lines))
    if lacking is not None:
        raise _went_back(folder, lacking.sentence())
    if was_rewritten(said, roots_of(lines)):
        raise _went_back(folder, f"its first {said.size} entries are not those {path.name} knew")


def _went_back(folder: Path, what: str) -> Tampered:
    return Tampered(
        f"this audit folder is not the newest one of this study: {what}",
        where=str(folder),
        remedy="Put back the newest one, from the trash or a backup.",
        command="`redact audit verify` says more.",
    )
