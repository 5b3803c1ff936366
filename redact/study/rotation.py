"""A rotation's last part: the new key is opened from disk before the old one goes.

A rotation lays the new packets beside the old ones as `.age.next`, writes a marker that names the
new recipient and each packet's digest, and seals the new key beside the old one. What follows is
here. A rotation that was killed is finished, or undone, by the next command that opens the key:
under the lock, and only for somebody whose packet proves that the key it leaves opens.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from redact.audit.events import CustodyChanged, LinkageSealed
from redact.audit.log import AuditLog
from redact.custody import keyfile
from redact.custody.age import HybridIdentity
from redact.custody.originals import drop_originals
from redact.disk import files_in, sync_folder, write_atomic
from redact.errors import KeyRefused
from redact.study.folder import Study
from redact.study.hold import hold
from redact.study.vouched import (
    ROTATION,
    current_key,
    is_rotating,
    is_sealed_last,
    last_sealed,
    recipient_in,
)

NEXT = ".age.next"


@dataclass(frozen=True, slots=True)
class Rotation:
    """The fingerprint of the recipient it seals to, and by custodian the new packet's SHA-256.

    A rotation begun by commit 938b1ec tells no packets: those that lie ready are meant.
    """

    recipient: bytes
    packets: Mapping[str, str]


def begin(log: AuditLog, study: Study, new: HybridIdentity, packets: Mapping[str, bytes]) -> None:
    """Lays the new packets ready, then the marker; the old key and the old packets stay."""
    for stale in files_in(study.custody, f"*{NEXT}"):  # of a rotation killed before its marker
        stale.unlink()
    lines = [keyfile.fingerprint(new)]
    for name, packet in packets.items():
        write_atomic(study.custody / f"{name}{NEXT}", packet)
        digest = hashlib.sha256(packet).hexdigest()
        log.append(CustodyChanged(change="rotating", custodian=name, sha256=digest))
        lines.append(f"{name} {digest}")
    write_atomic(study.custody / ROTATION, "".join(f"{one}\n" for one in lines).encode("ascii"))


def complete(log: AuditLog, study: Study, opener: keyfile.Opener, new: HybridIdentity) -> None:
    """Puts the new packets in force and drops the old key, once the new one was opened from disk.

    The opener's own packet is opened as it lies on disk, before and after it is put in place; with
    shares, which open no packet, the new identity stands in for it. Other custodians' packets are
    compared with what was sealed to them. Raises KeyRefused, with both keys left, if one is amiss.
    """
    begun = _read(study)
    _require_packets(study, begun)
    proven = _mine(study, opener, begun.recipient)
    if proven is None and opener.whole is not None:
        proven = keyfile.StudyIdentity(new, log.key, "shares")
    _put_in_force(log, study, begun, opener, proven)


def finish_rotation(study: Study, opener: keyfile.Opener) -> None:
    """Finishes a rotation that was cut short, or undoes it if its key was never sealed.

    Raises Busy while it is under way, and KeyRefused, with nothing changed, for somebody who cannot
    prove that the key which it would leave opens.
    """
    with hold(study) as log:
        if not is_rotating(study):
            return
        begun = _read(study)
        if _sealed_to(study, begun.recipient):
            _require_packets(study, begun)
            _put_in_force(log, study, begun, opener, _mine(study, opener, begun.recipient))
            return
        old = current_key(study, keyfile.unlock(study.custody, opener))  # proven
        _stay_with(log, study, old)
        for following in files_in(study.custody, f"*{NEXT}"):
            following.unlink()
        for note in files_in(study.linkage, "*.note"):
            if recipient_in(note) == begun.recipient:  # not whole, or it would have been finished
                note.with_suffix(".age").unlink(missing_ok=True)
                note.unlink()
        drop_originals(study.originals, old.key)
        (study.custody / ROTATION).unlink()
        sync_folder(study.custody)


def _stay_with(log: AuditLog, study: Study, old: keyfile.CurrentKey) -> None:
    """Logs that the key from before a rotation stays in force; KeyRefused for an older one."""
    last = last_sealed(study)
    if is_sealed_last(study, old.key, old.digest):
        return
    if last is None or last.supersedes != old.digest:
        raise KeyRefused(
            "a rotation was cut short, and neither its key nor the one from before lies here",
            where=str(study.linkage),
            remedy="Put back the newest linkage folder, from the trash or a backup.",
        )
    log.append(LinkageSealed(phase="kept", linkage_id=old.key.linkage_id, sha256=old.digest))


def _read(study: Study) -> Rotation:
    first, *rest = (study.custody / ROTATION).read_bytes().split(b"\n")
    said = [line.decode("ascii", "replace").partition(" ") for line in rest if line]
    packets = {name: digest for name, _, digest in said}
    if not packets:
        ready = files_in(study.custody, f"*{NEXT}")
        packets = {
            path.name.removesuffix(NEXT): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in ready
        }
    return Rotation(first.strip(), packets)


def _sealed_to(study: Study, recipient: bytes) -> tuple[Path, ...]:
    """The keys whose notes name the recipient and vouch for what lies whole beside them.

    A note is written before its key: by itself it says nothing yet.
    """
    found = []
    for note in files_in(study.linkage, "*.note"):
        sealed = note.with_suffix(".age")
        if recipient_in(note) == recipient and sealed.is_file():
            digest = hashlib.sha256(sealed.read_bytes()).hexdigest()
            if note.read_bytes().split(b"\n")[2] == f"sha256:{digest}".encode():
                found.append(sealed)
    return tuple(found)


def _mine(study: Study, opener: keyfile.Opener, recipient: bytes) -> keyfile.StudyIdentity | None:
    """The new identity out of a packet of the opener's, as it lies on disk."""
    for pattern in (f"*{NEXT}", "*.age"):
        for packet in files_in(study.custody, pattern):
            found = keyfile.open_packet(packet, opener)
            if found is not None and keyfile.fingerprint(found.identity).encode() == recipient:
                return found
    return None


def _require_packets(study: Study, begun: Rotation) -> None:
    """Raises KeyRefused unless each new packet lies there, ready or in place, as it was sealed."""
    for name, digest in begun.packets.items():
        ready, placed = study.custody / f"{name}{NEXT}", study.custody / f"{name}.age"
        path = ready if ready.exists() else placed
        found = path.read_bytes() if path.exists() else b""
        if hashlib.sha256(found).hexdigest() != digest:
            raise KeyRefused(
                "a packet of the rotation under way is not as it was sealed",
                where=str(path),
                remedy="The old key was kept. Put back the custody folder from your backup.",
            )


def _put_in_force(
    log: AuditLog,
    study: Study,
    begun: Rotation,
    opener: keyfile.Opener,
    proven: keyfile.StudyIdentity | None,
) -> None:
    if proven is None:
        raise KeyRefused(
            f"a rotation was cut short, and this {opener.by} cannot prove that its new key opens",
            where=str(study.custody),
            remedy=f"Let one of {', '.join(begun.packets)} open the key once; nothing was changed.",
        )
    current = current_key(study, proven)
    for name in begun.packets:
        ready = study.custody / f"{name}{NEXT}"
        if ready.exists():
            ready.replace(study.custody / f"{name}.age")
    sync_folder(study.custody)
    _require_packets(study, begun)
    again = _mine(study, opener, begun.recipient)
    current = current_key(study, again or proven)
    keyfile.drop_keys(study.linkage, {current.key.supersedes or "", *current.behind})
    drop_originals(study.originals, current.key)
    sync_folder(study.linkage)
    for share in files_in(study.custody, "*.share.age"):
        share.unlink()
    for name, digest in begun.packets.items():
        log.append(CustodyChanged(change="rotated", custodian=name, sha256=digest))
    (study.custody / ROTATION).unlink()
    sync_folder(study.custody)
