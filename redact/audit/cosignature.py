"""Post-quantum cosignatures of checkpoints: ML-DSA-44 (FIPS 204), C2SP tlog-cosignature.

An Ed25519 signature may be forged one day; a corpus in an archive outlives it. The message signed
is the specification's `cosigned_message`: label, cosigner, time, log, 0, size, root.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from redact.audit.note import NoteError

ML_DSA_44 = b"\x06"
SECRET_PREFIX = "PRIVATE+KEY"  # noqa: S105 the form's first words, not a key
LABEL = b"subtree/v1\n\x00"
SIGNATURE = 2420
PUBLIC = 1312


def cosigned_message(cosigner: str, time: int, origin: str, size: int, root: bytes) -> bytes:
    """The bytes that are signed; names are 1 to 255 bytes of UTF-8."""
    names = [cosigner.encode("utf-8"), origin.encode("utf-8")]
    if not all(1 <= len(name) <= 255 for name in names) or len(root) != 32:
        raise NoteError("a name or root of the wrong length")
    first, second = (bytes([len(name)]) + name for name in names)
    return LABEL + first + struct.pack(">Q", time) + second + struct.pack(">QQ", 0, size) + root


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A named ML-DSA-44 secret key; 32 bytes of seed."""

    name: str
    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> Cosigner:
        return cls(name, os.urandom(32))

    @classmethod
    def parse(cls, text: str) -> Cosigner:
        try:
            prefix, second, name, _, encoded = text.strip().split("+", 4)
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteError("malformed cosigning key") from error
        if f"{prefix}+{second}" != SECRET_PREFIX or raw[:1] != ML_DSA_44 or len(raw) != 33:
            raise NoteError("malformed cosigning key")
        return cls(name, raw[1:])

    def text(self) -> str:
        encoded = base64.b64encode(ML_DSA_44 + self.seed).decode("ascii")
        return f"{SECRET_PREFIX}+{self.name}+{self.verifier().key_id.hex()}+{encoded}"

    def verifier(self) -> CosignatureVerifier:
        public = MLDSA44PrivateKey.from_seed_bytes(self.seed).public_key().public_bytes_raw()
        return CosignatureVerifier(self.name, public)

    def cosign(self, origin: str, size: int, root: bytes, time: int) -> bytes:
        """The signature line to put behind a checkpoint's; `time` is in seconds since 1970."""
        message = cosigned_message(self.name, time, origin, size, root)
        signature = MLDSA44PrivateKey.from_seed_bytes(self.seed).sign(message)
        raw = self.verifier().key_id + struct.pack(">Q", time) + signature
        return f"— {self.name} {base64.b64encode(raw).decode('ascii')}\n".encode()


@dataclass(frozen=True, slots=True)
class CosignatureVerifier:
    """A named ML-DSA-44 public key; 1,312 bytes."""

    name: str
    public: bytes = field(repr=False)

    @property
    def key_id(self) -> bytes:
        head = self.name.encode("utf-8") + b"\n" + ML_DSA_44
        return hashlib.sha256(head + self.public).digest()[:4]

    @classmethod
    def parse(cls, vkey: str) -> CosignatureVerifier:
        try:
            name, key_id, encoded = vkey.strip().split("+", 2)
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteError("malformed cosigner key") from error
        verifier = cls(name, raw[1:])
        if raw[:1] != ML_DSA_44 or len(raw) != PUBLIC + 1 or verifier.key_id.hex() != key_id:
            raise NoteError("not an ML-DSA-44 cosigner key")
        return verifier

    def __str__(self) -> str:
        encoded = base64.b64encode(ML_DSA_44 + self.public).decode("ascii")
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def check(self, line: str, origin: str, size: int, root: bytes) -> int:
        """The time of a cosignature line of this checkpoint; NoteError unless it verifies."""
        head = f"— {self.name} "
        encoded = line.removeprefix(head).removesuffix("\n")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise NoteError("malformed cosignature") from error
        if base64.b64encode(raw).decode("ascii") != encoded:
            raise NoteError("malformed cosignature")  # one form only: every byte is vouched for
        if not line.startswith(head) or raw[:4] != self.key_id or len(raw) != 12 + SIGNATURE:
            raise NoteError("a cosignature of another key")
        (time,) = struct.unpack(">Q", raw[4:12])
        message = cosigned_message(self.name, time, origin, size, root)
        try:
            MLDSA44PublicKey.from_public_bytes(self.public).verify(raw[12:], message)
        except InvalidSignature as error:
            raise NoteError("the cosignature does not fit the checkpoint") from error
        return int(time)
