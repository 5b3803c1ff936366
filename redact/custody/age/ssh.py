"""The ssh-ed25519 recipient of age (C2SP age specification, section *ssh-ed25519*).

For a custodian who has only an SSH key. It is not post-quantum, so it may seal a packet only where
the study says `--compat`. RSA keys are not supported.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

from redact.custody.age.header import AgeError, Stanza, b64decode, b64encode, hkdf

KIND = "ssh-ed25519"
INFO = b"age-encryption.org/v1/ssh-ed25519"
_PRIME = 2**255 - 19
_WIRE_HEAD = b"\x00\x00\x00\x0bssh-ed25519\x00\x00\x00\x20"


@dataclass(frozen=True, slots=True)
class SshRecipient:
    """An SSH public key line, `ssh-ed25519 AAAA…`; 32 bytes of Ed25519."""

    public: bytes
    family: str = "classical"

    @classmethod
    def parse(cls, text: str) -> SshRecipient:
        words = text.split()
        try:
            wire = base64.b64decode(words[1], validate=True)
        except (IndexError, ValueError, binascii.Error):
            wire = b""
        if words[:1] != [KIND] or len(wire) != 51 or not wire.startswith(_WIRE_HEAD):
            raise AgeError("not an ssh-ed25519 public key")
        return cls(wire[len(_WIRE_HEAD) :])

    def __str__(self) -> str:
        return f"{KIND} {base64.b64encode(self._wire()).decode('ascii')}"

    def _wire(self) -> bytes:
        return _WIRE_HEAD + self.public

    def tag(self) -> str:
        """The first four bytes of the key's SHA-256, by which its owner finds the stanza."""
        return b64encode(hashlib.sha256(self._wire()).digest()[:4])

    def wrap(self, file_key: bytes) -> Stanza:
        montgomery = _montgomery(self.public)
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        secret = _exchange(ephemeral, montgomery)
        secret = _exchange(X25519PrivateKey.from_private_bytes(self.tweak()), secret)
        key = hkdf(secret, share + montgomery, INFO)
        body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
        return Stanza(KIND, (self.tag(), b64encode(share)), body)

    def tweak(self) -> bytes:
        """What binds the Montgomery key to the SSH key it came from."""
        return hkdf(b"", self._wire(), INFO)


@dataclass(frozen=True, slots=True)
class SshIdentity:
    """An unencrypted OpenSSH Ed25519 private key; 32 bytes of seed."""

    seed: bytes = field(repr=False)

    @classmethod
    def parse(cls, pem: bytes) -> SshIdentity:
        try:
            key = load_ssh_private_key(pem, None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise AgeError("not an unencrypted OpenSSH private key") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise AgeError("not an Ed25519 key")
        return cls(key.private_bytes_raw())

    def recipient(self) -> SshRecipient:
        private = Ed25519PrivateKey.from_private_bytes(self.seed)
        return SshRecipient(private.public_key().public_bytes_raw())

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None:
        recipient = self.recipient()
        scalar = X25519PrivateKey.from_private_bytes(hashlib.sha512(self.seed).digest()[:32])
        tweak = X25519PrivateKey.from_private_bytes(recipient.tweak())
        for stanza in stanzas:
            if stanza.kind != KIND:
                continue
            if len(stanza.arguments) != 2 or len(stanza.body) != 32:
                raise AgeError("malformed ssh-ed25519 stanza")
            share = b64decode(stanza.arguments[1])
            if len(share) != 32:
                raise AgeError("malformed ssh-ed25519 share")
            if stanza.arguments[0] != recipient.tag():
                continue
            secret = _exchange(tweak, _exchange(scalar, share))
            key = hkdf(secret, share + _montgomery(recipient.public), INFO)
            try:
                return ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
            except InvalidTag:
                continue
        return None


def _exchange(private: X25519PrivateKey, public: bytes) -> bytes:
    try:
        return private.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:
        raise AgeError("a key of low order") from error


def _montgomery(edwards: bytes) -> bytes:
    """The X25519 form of an Ed25519 public key: u = (1 + y) / (1 - y) (RFC 7748, section 4.1)."""
    y = int.from_bytes(edwards, "little") & ((1 << 255) - 1)
    if y in (0, 1) or y >= _PRIME:
        raise AgeError("not a usable Ed25519 public key")
    return ((1 + y) * pow(1 - y, -1, _PRIME) % _PRIME).to_bytes(32, "little")
