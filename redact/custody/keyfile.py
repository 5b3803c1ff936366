"""Sealing and opening the linkage key on disk.

The study has one identity. The linkage file is sealed to it; each custodian's
packet in `custody/` contains it, sealed to that custodian's passphrase or key.
Sealing: encrypt, decrypt one's own output in memory, compare, write atomically.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
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
    SshIdentity,
    SshRecipient,
    X25519Identity,
    X25519Recipient,
    decrypt,
    encrypt,
)
from redact.custody.payload import LinkageKey, dump_payload, load_payload
from redact.custody.shares import combine
from redact.disk import files_in, sync_folder, write_atomic
from redact.errors import KeyRefused, UsageError

LOG_KEY_COMMENT = "# audit log key: "
ROTATION = "rotation.next"  # names the recipient that a rotation under way seals to


@dataclass(frozen=True, slots=True)
class StudyIdentity:
    """The identity that opens the linkage key, and the audit log key its packet vouches for.

    `custodian` is whose packet it came from; "shares" if it was put together from shares.
    """

    identity: HybridIdentity = field(repr=False)
    log_key: str
    custodian: str = ""


@dataclass(frozen=True, slots=True)
class Opener:
    """What a person brings: a passphrase, the identity in a file, or enough shares."""

    identity: Identity | None = field(repr=False)
    by: str
    whole: StudyIdentity | None = field(default=None, repr=False)

    @classmethod
    def from_passphrase(cls, passphrase: str) -> Opener:
        return cls(PassphraseIdentity(passphrase), "passphrase")

    @classmethod
    def from_identity_file(cls, path: Path) -> Opener:
        """The age identity or unencrypted SSH key in a file, or the shares in a folder.

        Raises UsageError if there is none.
        """
        if path.is_dir():
            return cls.from_shares(files_in(path, "*.share.txt"))
        try:
            data = path.read_bytes()
        except OSError:
            data = b""
        if b"OPENSSH PRIVATE KEY" in data:
            with suppress(AgeError):
                return cls(SshIdentity.parse(data), "SSH key")
        for line in data.decode("utf-8", "replace").split():
            upper = line.upper()
            with suppress(AgeError):
                if upper.startswith("AGE-SECRET-KEY-PQ-1"):
                    return cls(HybridIdentity.parse(line), "identity file")
                if upper.startswith("AGE-SECRET-KEY-1"):
                    return cls(X25519Identity.parse(line), "identity file")
        raise UsageError(
            "this file holds no readable AGE-SECRET-KEY-PQ-1… identity",
            where=str(path),
            remedy="Name the file that `redact key new` or `age-keygen -pq` wrote.",
        )

    @classmethod
    def from_shares(cls, paths: Iterable[Path]) -> Opener:
        """Enough share files of one study; KeyRefused if they give no key."""
        words: list[str] = []
        log_keys: set[str] = set()
        for path in paths:
            try:
                lines = path.read_text("utf-8").splitlines()
            except (OSError, UnicodeDecodeError):
                raise UsageError("this share cannot be read", where=str(path)) from None
            words.append(" ".join(line for line in lines if not line.startswith("#")))
            noted_keys = (line for line in lines if line.startswith(LOG_KEY_COMMENT))
            log_keys.update(line.removeprefix(LOG_KEY_COMMENT) for line in noted_keys)
        identity = combine(words)
        if len(log_keys) != 1:
            raise KeyRefused("these shares are of two studies, or have lost their first lines")
        whole = StudyIdentity(identity, log_keys.pop(), "shares")
        return cls(None, f"set of {len(words)} shares", whole)


def fingerprint(identity: HybridIdentity) -> str:
    """The SHA-256 of the identity's recipient: what a linkage note says it is sealed to."""
    return hashlib.sha256(str(identity.recipient()).encode("ascii")).hexdigest()


def packet_text(identity: HybridIdentity, log_key: str, checkpoint: str) -> str:
    """The content of a custody packet: an age identity file with the log's key as comments."""
    noted = "".join(f"# {line}\n" for line in checkpoint.splitlines())
    return (
        "# identity of a redact study: opens linkage/*.age with any age v1.3 tool\n"
        f"{LOG_KEY_COMMENT}{log_key}\n{noted}{identity.text()}\n"
    )


def seal_packet(recipient: Recipient, text: str) -> bytes:
    """A custody packet's bytes, sealed to one custodian."""
    return encrypt(text.encode("utf-8"), [recipient])


def write_packet(folder: Path, custodian: str, recipient: Recipient, text: str) -> bytes:
    """Seals a custody packet for one custodian, writes it, and gives back its bytes."""
    sealed = seal_packet(recipient, text)
    public = "passphrase" if isinstance(recipient, PassphraseRecipient) else str(recipient)
    write_atomic(folder / f"{custodian}.recipient", public.encode("ascii") + b"\n")
    write_atomic(folder / f"{custodian}.age", sealed)
    return sealed


def parse_recipient(text: str, compat: bool = False) -> Recipient:
    """A post-quantum recipient; with `compat` an X25519 or ssh-ed25519 one too.

    UsageError for anything else: it would weaken the linkage key.
    """
    kinds: tuple[type[HybridRecipient | X25519Recipient | SshRecipient], ...] = (HybridRecipient,)
    if compat:
        kinds += (X25519Recipient, SshRecipient)
    for kind in kinds:
        with suppress(AgeError):
            return kind.parse(text.strip())
    raise UsageError(
        "this is not an age1pq1… recipient",
        where="--recipient",
        remedy="Ask the custodian for the line that `redact key new` or `age-keygen -pq` prints; "
        "an older age1… or SSH key undoes the post-quantum protection (--compat allows it).",
    )


def passphrase_recipient(passphrase: str) -> Recipient:
    return PassphraseRecipient(passphrase)


def unlock(custody: Path, opener: Opener) -> StudyIdentity:
    """The study's identity from the first packet that this opener opens.

    Raises KeyRefused when no packet opens: a wrong passphrase, or an altered packet.
    """
    if opener.whole is not None:
        return _checked(opener.whole, custody.parent / "linkage")
    packets = files_in(custody, "*.age")
    identities = [opener.identity] if opener.identity is not None else []
    for packet in packets if identities else ():
        try:
            text = decrypt(packet.read_bytes(), identities).decode("utf-8")
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
            return StudyIdentity(identity, log_key, packet.stem)
    raise KeyRefused(
        f"this {opener.by} opens none of the {len(packets)} custody packet(s)",
        where=str(custody),
        remedy="Check it for typing errors; without it nobody, redact included, can open the key.",
    )


def _checked(whole: StudyIdentity, linkage: Path) -> StudyIdentity:
    """Shares of another secret look just as good: the study's own note must name this recipient."""
    notes = [path.read_bytes().split(b"\n") for path in files_in(linkage, "*.note")]
    if not any(len(note) > 3 and note[3] == fingerprint(whole.identity).encode() for note in notes):
        raise KeyRefused(
            "these shares give a key, but not this study's",
            where=str(linkage),
            remedy="They may be of another study, or from before its last rotation.",
        )
    return whole


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


@dataclass(frozen=True, slots=True)
class CurrentKey:
    """A linkage key and the SHA-256, in hex, of the sealed file it came from."""

    key: LinkageKey
    digest: str


def open_current(linkage: Path, identity: StudyIdentity) -> CurrentKey:
    """The linkage key in force: the one no other file supersedes."""
    opened: list[CurrentKey] = []
    mine = fingerprint(identity.identity).encode()
    for path in files_in(linkage, "*.age"):
        try:
            sealed = path.read_bytes()
            note = path.with_suffix(".note")
            lines = note.read_bytes().split(b"\n") if note.exists() else []
        except OSError:
            raise KeyRefused("the linkage key cannot be read", where=str(path)) from None
        if len(lines) > 3 and lines[3] != mine and len(files_in(linkage, "*.age")) > 1:
            continue  # from before or after a rotation that was cut short
        try:
            key = load_payload(decrypt(sealed, [identity.identity]))
        except AgeError:
            raise KeyRefused(
                "this linkage key was changed, cut short or sealed for another study",
                where=str(path),
                remedy="Put back the copy from your backup.",
            ) from None
        opened.append(CurrentKey(key, hashlib.sha256(sealed).hexdigest()))
    superseded = {one.key.supersedes for one in opened}
    current = [one for one in opened if one.digest not in superseded]
    if len(current) != 1:
        raise KeyRefused(
            f"{len(current)} linkage keys claim to be the one in force",
            where=str(linkage),
            remedy="Put back the linkage folder from your backup.",
        )
    return current[0]


def _is_sealed_to(note: Path, recipient: bytes) -> bool:
    """Whether this note names the recipient, and the key it vouches for lies whole beside it.

    A note is written before its key: by itself it says nothing yet.
    """
    lines = note.read_bytes().split(b"\n")
    sealed = note.with_suffix(".age")
    if len(lines) <= 3 or lines[3] != recipient or not sealed.is_file():
        return False
    return lines[2] == f"sha256:{hashlib.sha256(sealed.read_bytes()).hexdigest()}".encode()


def finish_rotation(custody: Path, linkage: Path) -> None:
    """Finishes a rotation that was cut short, or undoes it if its key was never sealed."""
    marker = custody / ROTATION
    if not marker.exists():
        return
    wanted = marker.read_bytes().strip()
    sealed = any(_is_sealed_to(note, wanted) for note in files_in(linkage, "*.note"))
    for following in files_in(custody, "*.age.next"):
        if sealed:
            following.replace(following.with_suffix(""))
        else:
            following.unlink()
    marker.unlink()
    sync_folder(custody)


def drop_superseded(linkage: Path, current: LinkageKey) -> None:
    """Removes linkage files that the current one replaced; call after the log says so."""
    for path in files_in(linkage, "*.age"):
        if path.stem != current.linkage_id:
            path.unlink()
            path.with_suffix(".note").unlink(missing_ok=True)
