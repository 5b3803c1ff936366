"""Signed notes and checkpoints (C2SP signed-note and tlog-checkpoint), Ed25519 only.

A verifier key reads `<name>+<8 hex of key id>+<base64 of 0x01 ‖ public key>`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
SECRET_PREFIX = "PRIVATE+KEY"  # noqa: S105 the form's first words, not a key


class NoteError(Exception):
    """A note, checkpoint or key that is malformed or does not verify."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A named public key."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        digest = hashlib.sha256(self.name.encode("utf-8") + b"\n" + ED25519 + self.public)
        return digest.digest()[:4]

    @classmethod
    def parse(cls, vkey: str) -> Verifier:
        try:
            name, key_id, encoded = vkey.strip().split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteError("malformed verifier key") from error
        if raw[:1] != ED25519 or len(raw) != 33:
            raise NoteError("not an Ed25519 verifier key")
        verifier = cls(name, raw[1:])
        if verifier.key_id.hex() != key_id or not name:
            raise NoteError("a verifier key with a typing error: its id is wrong")
        return verifier

    def __str__(self) -> str:
        encoded = base64.b64encode(ED25519 + self.public).decode("ascii")
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class Signer:
    """A named secret key; 32 bytes."""

    name: str
    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> Signer:
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> Signer:
        try:
            prefix, second, name, _, encoded = text.strip().split("+", 4)
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteError("malformed signing key") from error
        if f"{prefix}+{second}" != SECRET_PREFIX or raw[:1] != ED25519 or len(raw) != 33:
            raise NoteError("malformed signing key")
        return cls(name, raw[1:])

    def text(self) -> str:
        encoded = base64.b64encode(ED25519 + self.secret).decode("ascii")
        return f"{SECRET_PREFIX}+{self.name}+{self.verifier().key_id.hex()}+{encoded}"

    def verifier(self) -> Verifier:
        private = Ed25519PrivateKey.from_private_bytes(self.secret)
        return Verifier(self.name, private.public_key().public_bytes_raw())

    def sign(self, text: str) -> bytes:
        """The signed note of `text`, which must end in a newline."""
        private = Ed25519PrivateKey.from_private_bytes(self.secret)
        raw = self.verifier().key_id + private.sign(text.encode("utf-8"))
        encoded = base64.b64encode(raw).decode("ascii")
        return f"{text}\n— {self.name} {encoded}\n".encode()


def open_note(note: bytes, verifier: Verifier) -> str:
    """The text of a note that this key signed; NoteError otherwise.

    Exactly one signature line is accepted and it must be canonical, so that
    every byte of the note is vouched for.
    """
    try:
        text, found, signature_block = note.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error:
        raise NoteError("a note that is not UTF-8") from error
    text += "\n"
    head = f"— {verifier.name} "
    if not found or not signature_block.startswith(head) or not signature_block.endswith("\n"):
        raise NoteError("a note without a signature of this key")
    encoded = signature_block[len(head) : -1]
    try:
        raw = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteError("malformed signature") from error
    if base64.b64encode(raw).decode("ascii") != encoded or raw[:4] != verifier.key_id:
        raise NoteError("a signature of another key")
    try:
        Ed25519PublicKey.from_public_bytes(verifier.public).verify(raw[4:], text.encode("utf-8"))
    except InvalidSignature as error:
        raise NoteError("the signature does not fit the text") from error
    return text


def without_cosignature(note: bytes, origin: str) -> bytes:
    """The note without the last line if that is a cosignature of this log's own cosigner."""
    head = f"— {origin}/cosigner ".encode()
    lines = note.split(b"\n")
    if len(lines) > 2 and not lines[-1] and lines[-2].startswith(head):
        return b"\n".join([*lines[:-2], b""])
    return note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint says of a log: its name, its number of entries, its root hash."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Anchor:
    """A signed note that remembers how far the log had come, under a name for people.

    `outside` the study it is an anchor in somebody else's hands, else a part of the study.
    """

    name: str
    note: bytes
    outside: bool = True


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """The body of a C2SP checkpoint: origin, number of entries, root hash."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode('ascii')}\n"


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; NoteError unless it is exactly three lines."""
    lines = text.split("\n")
    if len(lines) != 4 or lines[3]:
        raise NoteError("not a checkpoint")
    try:
        size, root = int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (ValueError, binascii.Error) as error:
        raise NoteError("malformed checkpoint") from error
    if checkpoint_text(lines[0], size, root) != text or size < 0 or len(root) != 32:
        raise NoteError("malformed checkpoint")
    return Checkpoint(lines[0], size, root)
