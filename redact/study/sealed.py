"""The linkage key as a sealed file: written under a signed note, opened only if that vouches."""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from dataclasses import dataclass, replace

from redact.audit.epochs import keys_since
from redact.audit.events import LinkageSealed
from redact.audit.log import LOG, AuditLog, utc_now
from redact.audit.note import NoteError, Verifier, open_note
from redact.core import VERSION
from redact.custody import keyfile
from redact.custody.age import HybridIdentity
from redact.custody.payload import LinkageKey
from redact.disk import files_in, write_atomic
from redact.errors import KeyRefused
from redact.study.folder import Study

DESTROYED = "destruction.md"  # the certificate, in custody/
DESTRUCTION = "destruction.next"  # what a destruction under way is to destroy, in custody/
NOTE_FORMAT = "redact-linkage/1"


def seal_key(
    study: Study, log: AuditLog, key: LinkageKey, identity: HybridIdentity, supersedes: str | None
) -> bytes:
    """Seals the key under a signed note, logged before and after; the older file then goes."""
    sealing = LinkageSealed(phase="intent", linkage_id=key.linkage_id, supersedes=supersedes)
    log.append(sealing)
    payload_sealed = keyfile.prepare(key, identity)
    digest = hashlib.sha256(payload_sealed).hexdigest()
    recipient = hashlib.sha256(str(identity.recipient()).encode("ascii")).hexdigest()
    note = f"{NOTE_FORMAT}\n{key.linkage_id}\nsha256:{digest}\n{recipient}\n{log.tree.size}\n"
    write_atomic(study.linkage / f"{key.linkage_id}.note", log.signer.sign(note))
    write_atomic(study.linkage / f"{key.linkage_id}.age", payload_sealed)
    log.append(replace(sealing, phase="done", sha256=digest, recipient=recipient))
    keyfile.drop_superseded(study.linkage, key)
    return payload_sealed


def superseding(key: LinkageKey, digest: str, log: AuditLog) -> LinkageKey:
    """The key as the next one: its own id and time, the log as it stands, and what it follows."""
    return replace(
        key,
        linkage_id=str(uuid.uuid4()),
        created=utc_now(),
        supersedes=digest,
        checkpoint=log.checkpoint(),
        tool_version=VERSION,
    )


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """The study's identity, the linkage key in force and the SHA-256 of its sealed file."""

    identity: keyfile.StudyIdentity
    key: LinkageKey
    digest: str


def open_key(study: Study, opener: keyfile.Opener) -> OpenedKey:
    """The linkage key in force and who opened it; its signed note must vouch for it."""
    study.require()
    require_key(study)
    keyfile.finish_rotation(study.custody, study.linkage)
    identity = keyfile.unlock(study.custody, opener)
    current = current_key(study, identity)
    return OpenedKey(identity, current.key, current.digest)


def current_key(study: Study, identity: keyfile.StudyIdentity) -> keyfile.CurrentKey:
    """The linkage key in force; its signed note must vouch for it."""
    current = keyfile.open_current(study.linkage, identity)
    linkage_id = current.key.linkage_id
    text = _vouched(study, linkage_id, identity.log_key)
    if text.split("\n")[:3] != [NOTE_FORMAT, linkage_id, f"sha256:{current.digest}"]:
        raise KeyRefused(
            "the linkage key's signed note is missing or vouches for another file",
            where=str(study.linkage),
            remedy="Somebody else may have written this key. Put back the folder from your backup.",
        )
    return current


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


def require_key(study: Study) -> None:
    """Raises KeyRefused where the linkage key was destroyed: no passphrase brings it back."""
    if (study.custody / DESTRUCTION).is_file():
        raise KeyRefused(
            "the destruction of this linkage key was begun and cut short",
            where=str(study.custody / DESTRUCTION),
            remedy='Finish it: `redact key destroy STUDY --by "…" --yes`.',
        )
    if (study.custody / DESTROYED).is_file() and not files_in(study.custody, "*.age"):
        raise KeyRefused(
            "the linkage key of this study was destroyed",
            where=str(study.custody / DESTROYED),
            remedy="Nothing can be undone or added any more; the log and the releases can still "
            "be verified.",
        )
