"""Sealing and opening the linkage key on disk.

The study has one identity. The linkage file is sealed to it; each custodian's
packet in `custody/` contains it, sealed to that custodian's passphrase or key.
Sealing: encrypt, decrypt one's own output in memory, compare, write atomically.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from redact.custody.age import (
    AgeError,
    HybridIdentity,
    HybridRecipient,
    Identity,
    PassphraseIdentity,
    PassphraseRecipient,
    Recipient,
    decrypt,
    encrypt,
)
from redact.custody.payload import LinkageKey, dump_payload, load_payload
from redact.errors import KeyRefused, UsageError
from redact.study import write_atomic

LOG_KEY_COMMENT = "# audit log key: "
LARGEST_KEY = 1 << 30


@dataclass(frozen=True, slots=True)
class Opener:
    """What a person brings to open a packet: a passphrase, or the identity in a file."""

    identity: Identity = field(repr=False)
    by: str

    @classmethod
    def from_passphrase(cls, passphrase: str) -> Opener:
        return cls(PassphraseIdentity(passphrase), "passphrase")

    @classmethod
    def from_identity_file(cls, path: Path) -> Opener:
        """The first AGE-SECRET-KEY-PQ-1… in a file; UsageError if there is none."""
        try:
            lines = path.read_text("utf-8").split()
        except (OSError, UnicodeDecodeError):
            lines = []
        for line in lines:
            if line.upper().startswith("AGE-SECRET-KEY-PQ-1"):
                try:
                    return cls(HybridIdentity.parse(line), "identity file")
                except AgeError:
                    break
        raise UsageError(
            "this file holds no readable AGE-SECRET-KEY-PQ-1… identity",
            where=str(path),
            remedy="Name the file that `age-keygen -pq` wrote.",
        )


@dataclass(frozen=True, slots=True)
class StudyIdentity:
    """The identity that opens the linkage key, and the audit log key its packet vouches for."""

    identity: HybridIdentity = field(repr=False)
    log_key: str


def packet_text(identity: HybridIdentity, log_key: str, checkpoint: str) -> str:
    """The content of a custody packet: an age identity file with the log's key as comments."""
    noted = "".join(f"# {line}\n" for line in checkpoint.splitlines())
    return (
        "# identity of a redact study: opens linkage/*.age with any age v1.3 tool\n"
        f"{LOG_KEY_COMMENT}{log_key}\n{noted}{identity.text()}\n"
    )


def write_packet(folder: Path, custodian: str, recipient: Recipient, text: str) -> bytes:
    """Seals a custody packet for one custodian and gives back its bytes."""
    sealed = encrypt(text.encode("utf-8"), [recipient])
    write_atomic(folder / f"{custodian}.age", sealed)
    return sealed


def parse_recipient(text: str) -> Recipient:
    """A post-quantum recipient; UsageError for anything that would weaken the linkage key."""
    try:
        return HybridRecipient.parse(text.strip())
    except AgeError:
        raise UsageError(
            "this is not an age1pq1… recipient",
            where="--recipient",
            remedy="Ask the custodian for the line that `age-keygen -pq` prints; older age1… keys "
            "would undo the post-quantum protection.",
        ) from None


def passphrase_recipient(passphrase: str) -> Recipient:
    return PassphraseRecipient(passphrase)


def unlock(custody: Path, opener: Opener) -> StudyIdentity:
    """The study's identity from the first packet that this opener opens.

    Raises KeyRefused when no packet opens: a wrong passphrase, or an altered packet.
    """
    packets = sorted(custody.glob("*.age"))
    for packet in packets:
        try:
            text = decrypt(packet.read_bytes(), [opener.identity]).decode("utf-8")
        except (AgeError, UnicodeDecodeError):
            continue
        log_key, identity = "", None
        for line in text.splitlines():
            if line.startswith(LOG_KEY_COMMENT):
                log_key = line.removeprefix(LOG_KEY_COMMENT)
            elif not line.startswith("#") and line.strip():
                try:
                    identity = HybridIdentity.parse(line.strip())
                except AgeError:
                    identity = None
        if identity is not None and log_key:
            return StudyIdentity(identity, log_key)
    raise KeyRefused(
        f"this {opener.by} opens none of the {len(packets)} custody packet(s)",
        where=str(custody),
        remedy="Check it for typing errors; without it nobody, redact included, can open the key.",
    )


def prepare(key: LinkageKey, identity: HybridIdentity) -> bytes:
    """The sealed bytes of a key, decrypted again and compared before anyone may write them."""
    payload = dump_payload(key)
    sealed = encrypt(payload, [identity.recipient()])
    if decrypt(sealed, [identity]) != payload or load_payload(payload) != key:
        raise KeyRefused(
            "the sealed linkage key did not open to what was put in",
            remedy="Nothing was written. Check this machine's memory before you go on.",
        )
    return sealed


def open_current(linkage: Path, identity: StudyIdentity) -> tuple[LinkageKey, bytes]:
    """The linkage key in force and its sealed bytes: the one no other file supersedes."""
    opened: list[tuple[LinkageKey, bytes]] = []
    for path in sorted(linkage.glob("*.age")):
        try:
            sealed = path.read_bytes()
        except OSError:
            raise KeyRefused("the linkage key cannot be read", where=str(path)) from None
        try:
            opened.append((load_payload(decrypt(sealed, [identity.identity])), sealed))
        except AgeError:
            raise KeyRefused(
                "this linkage key was changed, cut short or sealed for another study",
                where=str(path),
                remedy="Put back the copy from your backup.",
            ) from None
    superseded = {key.supersedes for key, _ in opened}
    current = [
        (key, sealed)
        for key, sealed in opened
        if hashlib.sha256(sealed).hexdigest() not in superseded
    ]
    if len(current) != 1:
        raise KeyRefused(
            f"{len(current)} linkage keys claim to be the one in force",
            where=str(linkage),
            remedy="Put back the linkage folder from your backup.",
        )
    return current[0]


def drop_superseded(linkage: Path, current: LinkageKey) -> None:
    """Removes linkage files that the current one replaced; call after the log says so."""
    for path in linkage.glob("*.age"):
        if path.stem != current.linkage_id:
            path.unlink()
            path.with_suffix(".note").unlink(missing_ok=True)
