"""The X25519 recipient of age (C2SP age specification, section *X25519 recipient stanza*)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from redact.custody.age.bech32 import bech32_decode, bech32_encode
from redact.custody.age.header import AgeError, Stanza, b64decode, b64encode, hkdf

KIND = "X25519"
INFO = b"age-encryption.org/v1/X25519"


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """A public key `age1…`; 32 bytes."""

    public: bytes
    family: str = "classical"

    @classmethod
    def parse(cls, text: str) -> X25519Recipient:
        prefix, public = bech32_decode(text)
        if prefix != "age" or len(public) != 32:
            raise AgeError("not an age1… recipient")
        return cls(public)

    def __str__(self) -> str:
        return bech32_encode("age", self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.public))
        key = hkdf(shared, share + self.public, INFO)
        body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
        return Stanza(KIND, (b64encode(share),), body)


@dataclass(frozen=True, slots=True)
class X25519Identity:
    """A secret key `AGE-SECRET-KEY-1…`; 32 bytes."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> X25519Identity:
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> X25519Identity:
        prefix, secret = bech32_decode(text)
        if prefix != "age-secret-key-" or len(secret) != 32:
            raise AgeError("not an AGE-SECRET-KEY-1… identity")
        return cls(secret)

    def text(self) -> str:
        """The secret in the form that every age tool reads."""
        return bech32_encode("age-secret-key-", self.secret).upper()

    def recipient(self) -> X25519Recipient:
        private = X25519PrivateKey.from_private_bytes(self.secret)
        return X25519Recipient(private.public_key().public_bytes_raw())

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None:
        private = X25519PrivateKey.from_private_bytes(self.secret)
        public = private.public_key().public_bytes_raw()
        found: bytes | None = None
        for stanza in stanzas:
            if stanza.kind != KIND:
                continue
            if len(stanza.arguments) != 1 or len(stanza.body) != 32:
                raise AgeError("malformed X25519 stanza")
            share = b64decode(stanza.arguments[0])
            if len(share) != 32:
                raise AgeError("malformed X25519 share")
            try:
                shared = private.exchange(X25519PublicKey.from_public_bytes(share))
            except ValueError as error:
                raise AgeError("an X25519 share of low order") from error
            key = hkdf(shared, share + public, INFO)
            try:
                opened = ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
            except InvalidTag:
                continue
            found = opened if found is None else found
        return found
