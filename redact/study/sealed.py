"""The linkage key as a sealed file: written under a signed note, opened only if that vouches."""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from dataclasses import dataclass, replace

from redact.audit.events import LinkageSealed
from redact.audit.log import AuditLog, utc_now
from redact.audit.memory import linkage_text
from redact.audit.note import Anchor
from redact.core import VERSION
from redact.custody import keyfile
from redact.custody.age import HybridIdentity
from redact.custody.originals import drop_originals
from redact.custody.payload import LinkageKey
from redact.disk import files_in, write_atomic
from redact.errors import KeyRefused, RedactError, Tampered
from redact.study.anchors import anchors_of, require_newest_log
from redact.study.folder import Study
from redact.study.hold import Seen, as_it_lies, changed
from redact.study.rotation import finish_rotation
from redact.study.vouched import current_key, is_rotating, is_sealed_last

DESTROYED = "destruction.md"  # the certificate, in custody/
DESTRUCTION = "destruction.next"  # what a destruction under way is to destroy, in custody/
_LOOKS = 5


def seal_key(
    study: Study,
    log: AuditLog,
    key: LinkageKey,
    identity: HybridIdentity,
    supersedes: str | None,
    behind: frozenset[str] = frozenset(),
) -> bytes:
    """Seals the key under a signed note, logged before and after; the older file then goes.

    It goes only when the new one was read from disk again and opened. A rotation seals to a new
    identity: then the older one stays, for the packets must change first (`rotation.complete`).
    With the older key go the sealed originals that only it names; those of this one lie there.
    `behind` are files that the superseded one had replaced. Raises StudyChanged, with nothing
    written, unless the file to be superseded is there.
    """
    keyfile.drop_keys(study.linkage, behind)
    lying = {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in files_in(study.linkage, "*.age")
    }
    if lying != ({supersedes} if supersedes else set()):
        raise changed(study)
    sealing = LinkageSealed(phase="intent", linkage_id=key.linkage_id, supersedes=supersedes)
    log.append(sealing)
    payload_sealed = keyfile.prepare(key, identity)
    digest = hashlib.sha256(payload_sealed).hexdigest()
    recipient = hashlib.sha256(str(identity.recipient()).encode("ascii")).hexdigest()
    note = linkage_text(key.linkage_id, digest, recipient, log.memory())
    path = study.linkage / f"{key.linkage_id}.age"
    write_atomic(path.with_suffix(".note"), log.signer.sign(note))
    write_atomic(path, payload_sealed)
    if keyfile.open_sealed(path, path.read_bytes(), identity) != key:
        raise KeyRefused(
            "the linkage key on disk does not open to what was put in",
            where=str(path),
            remedy="The key from before was kept. Check this disk, and delete the new file.",
        )
    log.append(replace(sealing, phase="done", sha256=digest, recipient=recipient))
    if supersedes and not is_rotating(study):
        keyfile.drop_keys(study.linkage, {supersedes})
        drop_originals(study.originals, key)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedKey:
    """The study's identity, the linkage key in force and the SHA-256 of its sealed file.

    `behind` are those of files that it replaced; `seen` is the study as it was when it was opened.
    """

    identity: keyfile.StudyIdentity
    key: LinkageKey
    digest: str
    behind: frozenset[str]
    seen: Seen


def open_key(study: Study, opener: keyfile.Opener, *, any_log: bool = False) -> OpenedKey:
    """The linkage key in force and who opened it; its signed note must vouch for it.

    A rotation that was cut short is finished or undone first, under the lock. Raises Busy while one
    is under way, StudyChanged where others change the study again and again meanwhile, and Tampered
    where the audit log is older than the key remembers, unless `any_log` will do.
    """
    study.require()
    for _ in range(_LOOKS):
        require_key(study)
        if is_rotating(study):
            finish_rotation(study, opener)
        seen = as_it_lies(study)
        try:
            identity = keyfile.unlock(study.custody, opener)
            current = current_key(study, identity)
        except (KeyRefused, FileNotFoundError):
            if as_it_lies(study) == seen:
                raise
            continue
        if as_it_lies(study) == seen:
            if not any_log:
                require_newest_log(study, identity, current.key)
                _require_sealed_last(study, current)
            return OpenedKey(
                identity=identity,
                key=current.key,
                digest=current.digest,
                behind=current.behind,
                seen=seen,
            )
    raise changed(study)


def _require_sealed_last(study: Study, current: keyfile.CurrentKey) -> None:
    if not is_sealed_last(study, current.key, current.digest):
        raise Tampered(
            "this linkage key is not the one that the log says was sealed last",
            where=str(study.linkage),
            remedy="It is an older linkage folder. Put back the newest one, from the trash or a "
            "backup; if it is lost, put back a backup of the whole study. Nothing was done.",
        )


def all_that_remembers(study: Study, identity: keyfile.StudyIdentity) -> tuple[Anchor, ...]:
    """What in the study remembers its log, the sealed key too where it opens."""
    key = None
    with contextlib.suppress(RedactError):
        key = current_key(study, identity).key
    return anchors_of(study, identity, key)


def require_key(study: Study) -> None:
    """Raises KeyRefused where the linkage key was destroyed: no passphrase brings it back."""
    if (study.custody / DESTRUCTION).is_file():
        raise KeyRefused(
            "the destruction of this linkage key was begun and cut short",
            where=str(study.custody / DESTRUCTION),
            remedy="Finish it.",
            command='`redact key destroy STUDY --by "…" --yes` does.',
        )
    if (study.custody / DESTROYED).is_file() and not files_in(study.custody, "*.age"):
        raise KeyRefused(
            "the linkage key of this study was destroyed",
            where=str(study.custody / DESTROYED),
            remedy="Nothing can be undone or added any more; the log and the releases can still "
            "be verified.",
        )
