"""The linkage key in force and the signed note that vouches for it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from redact.audit.epochs import keys_since
from redact.audit.events import LinkageSealed
from redact.audit.log import LOG
from redact.audit.memory import NOTE_FORMAT
from redact.audit.note import NoteError, Verifier, open_note
from redact.audit.reading import read_log
from redact.custody import keyfile
from redact.custody.payload import LinkageKey
from redact.errors import KeyRefused, Tampered
from redact.study.folder import Study

ROTATION = "rotation.next"  # what a rotation under way seals to, in custody/


def is_rotating(study: Study) -> bool:
    """Whether a rotation was begun and not brought to its end."""
    return (study.custody / ROTATION).exists()


def current_key(study: Study, identity: keyfile.StudyIdentity) -> keyfile.CurrentKey:
    """The linkage key in force; its signed note must vouch for it."""
    current = keyfile.open_current(study.linkage, identity, is_rotating(study))
    linkage_id = current.key.linkage_id
    text = _vouched(study, linkage_id, identity.log_key)
    if text.split("\n")[:3] != [NOTE_FORMAT, linkage_id, f"sha256:{current.digest}"]:
        raise KeyRefused(
            "the linkage key's signed note is missing or vouches for another file",
            where=str(study.linkage),
            remedy="Somebody else may have written this key. Put back the folder from your backup.",
        )
    return current


def is_sealed_last(study: Study, key: LinkageKey, digest: str) -> bool:
    """Whether the key is the one that the log says was sealed last, or was about to be.

    An older one put back opens too: somebody may be in it who withdrew, and it has not in memory
    what was hidden since.
    """
    last = last_sealed(study)
    if last is None or digest == last.sha256 or key.linkage_id == last.linkage_id:
        return True
    # One whose following was cut short is still in force.
    return last.phase == "intent" and digest == last.supersedes


def last_sealed(study: Study) -> LinkageSealed | None:
    """The log's last word on a sealing; None if it has none, or cannot be read."""
    last: LinkageSealed | None = None
    with contextlib.suppress(Tampered):
        for entry in read_log(study.audit):
            last = entry.event if isinstance(entry.event, LinkageSealed) else last
    return last


def recipient_in(note: Path) -> bytes:
    """The fingerprint of the recipient that this note names; b"" if it is cut short."""
    lines = note.read_bytes().split(b"\n")
    return lines[3] if len(lines) > 3 else b""


def _vouched(study: Study, linkage_id: str, log_key: str) -> str:
    """The key's note, signed by the log's key that the packet names or one that followed it."""
    try:
        note = (study.linkage / f"{linkage_id}.note").read_bytes()
        keys = keys_since(study.audit / LOG, Verifier.parse(log_key))
    except (NoteError, OSError):
        return ""
    for verifier in keys:
        with contextlib.suppress(NoteError):
            return open_note(note, verifier)
    return ""
