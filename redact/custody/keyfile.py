"""Sealing and opening the linkage key on disk.

The study has one identity. The linkage file is sealed to it; each custodian's
packet in `custody/` contains it, sealed to that custodian's passphrase or key.
Sealing: encrypt, decrypt one's own output in memory, compare, write atomically.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
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
from redact.disk import files_in, write_atomic
from redact.errors import KeyRefused, UsageError

LOG_KEY_COMMENT = "# audit log key: "
SHARES = "shares"  # who opens with shares, where a custodian's name would stand


@dataclass(frozen=True, slots=True)
class StudyIdentity:
    """The identity that opens the linkage key, and the audit log key its packet vouches for.

    `custodian` is whose packet it came from; "shares" if it was put together from shares.
    `checkpoint` is the log's signed checkpoint of when the packet was made, "" where there is none.
    """

    identity: HybridIdentity = field(repr=False)
    log_key: str
    custodian: str = ""
    _: KW_ONLY
    checkpoint: str = ""


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
            remedy="Name the file that was written when the identity was made.",
            command="`redact key new` or `age-keygen -pq` writes one.",
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
        whole = StudyIdentity(identity, log_keys.pop(), SHARES)
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
        remedy="Ask the custodian for the line that was printed when their identity was made; an "
        "older age1… or SSH key undoes the post-quantum protection.",
        command="`redact key new` or `age-keygen -pq` prints it; `--compat` allows an older one.",
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
    for packet in packets:
        if (found := open_packet(packet, opener)) is not None:
            return found
    raise KeyRefused(
        f"this {opener.by} does not open the study",
        where=str(custody),
        remedy="Check it for typing errors. Without it nobody, redact included, can open the key.",
    )


def opens(packet: Path, opener: Opener) -> bool:
    """Whether this opener opens this packet."""
    identities = [opener.identity] if opener.identity is not None else []
    try:
        return bool(identities and decrypt(packet.read_bytes(), identities))
    except (AgeError, OSError):
        return False


def open_packet(packet: Path, opener: Opener) -> StudyIdentity | None:
    """What this packet holds, read from disk; None if this opener does not open it."""
    if opener.identity is None:
        return None
    try:
        text = decrypt(packet.read_bytes(), [opener.identity]).decode("utf-8")
    except (AgeError, UnicodeDecodeError, FileNotFoundError):
        return None
    log_key, identity = "", None
    for line in text.splitlines():
        if line.startswith(LOG_KEY_COMMENT):
            log_key = line.removeprefix(LOG_KEY_COMMENT)
        elif not line.startswith("#") and line.strip():
            try:
                identity = HybridIdentity.parse(line.strip())
            except AgeError:
                identity = None
    if identity is None or not log_key:
        return None
    noted = _noted_checkpoint(text)
    return StudyIdentity(identity, log_key, packet.name.partition(".")[0], checkpoint=noted)


def _noted_checkpoint(text: str) -> str:
    """The checkpoint in the comments of a packet: what stands between log key and identity."""
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(LOG_KEY_COMMENT)) + 1
    noted = [line.removeprefix("# ") for line in lines[at:] if line.startswith("# ")]
    return "".join(f"{line}\n" for line in noted)


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
    """A linkage key, the SHA-256 in hex of its sealed file, and those of files it has replaced."""

    key: LinkageKey
    digest: str
    behind: frozenset[str] = frozenset()


def open_current(linkage: Path, identity: StudyIdentity, rotating: bool = False) -> CurrentKey:
    """The linkage key in force: the one no other file supersedes.

    Raises KeyRefused if it does not open, or if another lies there that it does not follow; only
    while `rotating` may one of another identity.
    """
    opened: list[CurrentKey] = []
    strangers: dict[str, Path] = {}
    mine = fingerprint(identity.identity).encode()
    for path in files_in(linkage, "*.age"):
        try:
            sealed = path.read_bytes()
            note = path.with_suffix(".note")
            lines = note.read_bytes().split(b"\n") if note.exists() else []
        except OSError:
            raise KeyRefused("the linkage key cannot be read", where=str(path)) from None
        digest = hashlib.sha256(sealed).hexdigest()
        if len(lines) > 3 and lines[3] != mine and len(files_in(linkage, "*.age")) > 1:
            strangers[digest] = path  # from before or after a rotation that was cut short
            continue
        opened.append(CurrentKey(open_sealed(path, sealed, identity.identity), digest))
    superseded = {one.key.supersedes for one in opened if one.key.supersedes}
    current = [one for one in opened if one.digest not in superseded]
    if len(current) != 1:
        raise KeyRefused(
            f"{len(current)} linkage keys claim to be the one in force",
            where=str(linkage),
            remedy="Put back the linkage folder from your backup.",
        )
    unknown = [path for digest, path in strangers.items() if digest not in superseded]
    if unknown and not rotating:
        raise KeyRefused(
            "this linkage key is not the one before the key in force: it was sealed elsewhere",
            where=str(unknown[0]),
            remedy="Somebody worked on another copy of this study. Ask who, keep that file and "
            "its .note in another folder, and run this again.",
        )
    found = {one.digest for one in opened} | strangers.keys()
    return CurrentKey(current[0].key, current[0].digest, frozenset(found & superseded))


def open_sealed(path: Path, sealed: bytes, identity: HybridIdentity) -> LinkageKey:
    """The linkage key in these sealed bytes of `path`; KeyRefused if it does not open."""
    try:
        return load_payload(decrypt(sealed, [identity]))
    except AgeError:
        raise KeyRefused(
            "this linkage key was changed, cut short or sealed for another study",
            where=str(path),
            remedy="Put back the copy from your backup.",
        ) from None


def drop_keys(linkage: Path, digests: Iterable[str]) -> None:
    """Removes the sealed files of these digests, with their notes; any other file stays.

    So goes a note that a kill left without its key: it vouches for nothing.
    """
    wanted = frozenset(digests)
    for path in files_in(linkage, "*.age") if wanted else ():
        if hashlib.sha256(path.read_bytes()).hexdigest() in wanted:
            path.unlink()
    for note in files_in(linkage, "*.note"):
        if not note.with_suffix(".age").exists():
            note.unlink()
