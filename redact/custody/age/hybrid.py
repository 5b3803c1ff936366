"""The post-quantum hybrid recipient of age: MLKEM768-X25519 by HPKE.

C2SP age specification, section *mlkem768x25519 recipient stanza*. The 32-byte
seed expands by SHAKE256 to the two private keys (draft-ietf-hpke-pq).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from redact.custody.age.bech32 import bech32_decode, bech32_encode
from redact.custody.age.header import AgeError, Stanza, b64decode, b64encode

KIND = "mlkem768x25519"
INFO = b"age-encryption.org/mlkem768x25519"
MLKEM_PUBLIC = 1184
ENCAPSULATED = 1088 + 32


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """A public key `age1pq1…`; 1,216 bytes."""

    public: bytes
    family: str = "post-quantum"

    @classmethod
    def parse(cls, text: str) -> HybridRecipient:
        prefix, public = bech32_decode(text)
        if prefix != "age1pq" or len(public) != MLKEM_PUBLIC + 32:
            raise AgeError("not an age1pq1… recipient")
        return cls(public)

    def __str__(self) -> str:
        return bech32_encode("age1pq", self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        try:
            key = hpke.MLKEM768X25519PublicKey(
                MLKEM768PublicKey.from_public_bytes(self.public[:MLKEM_PUBLIC]),
                X25519PublicKey.from_public_bytes(self.public[MLKEM_PUBLIC:]),
            )
        except ValueError as error:
            raise AgeError("not a valid age1pq1… recipient") from error
        sealed = _suite().encrypt(file_key, key, info=INFO)
        return Stanza(KIND, (b64encode(sealed[:ENCAPSULATED]),), sealed[ENCAPSULATED:])


@dataclass(frozen=True, slots=True)
class HybridIdentity:
    """A secret key `AGE-SECRET-KEY-PQ-1…`; a 32-byte seed."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> HybridIdentity:
        return cls(os.urandom(32))

    @classmethod
    def parse(cls, text: str) -> HybridIdentity:
        prefix, seed = bech32_decode(text)
        if prefix != "age-secret-key-pq-" or len(seed) != 32:
            raise AgeError("not an AGE-SECRET-KEY-PQ-1… identity")
        return cls(seed)

    def text(self) -> str:
        """The secret in the form that every post-quantum age tool reads."""
        return bech32_encode("age-secret-key-pq-", self.seed).upper()

    def _keys(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        expand = hashes.Hash(hashes.SHAKE256(96))
        expand.update(self.seed)
        both = expand.finalize()
        return (
            MLKEM768PrivateKey.from_seed_bytes(both[:64]),
            X25519PrivateKey.from_private_bytes(both[64:]),
        )

    def recipient(self) -> HybridRecipient:
        lattice, curve = self._keys()
        return HybridRecipient(
            lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        )

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None:
        private = hpke.MLKEM768X25519PrivateKey(*self._keys())
        found: bytes | None = None
        for stanza in stanzas:
            if stanza.kind != KIND:
                continue
            if len(stanza.arguments) != 1 or len(stanza.body) != 32:
                raise AgeError("malformed hybrid stanza")
            share = b64decode(stanza.arguments[0])
            if len(share) != ENCAPSULATED:
                raise AgeError("malformed hybrid share")
            try:
                opened = _suite().decrypt(share + stanza.body, private, info=INFO)
            except (InvalidTag, ValueError):
                continue
            found = opened if found is None else found
        return found
