"""The parts of an age file, put together byte by byte as the specification says (C2SP age.md).

Nothing of `redact.custody` is called here: a mistake of the reader must not be written as well.
X25519 and ChaCha20-Poly1305 are those of `cryptography`, the rest is the standard library.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

SEED = b"redact: vectors of our own, 1\0"
VERSION = "age-encryption.org/v1"
CHUNK = 65536
PLAINTEXT = b"The kettle is on the hob, and nobody in this file is real.\n"
FILE_KEY = b"own file key 16b"
NONCE = b"payload nonce 16"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def drawn(label: str, size: int) -> bytes:
    """Bytes that look random and are the same each time: SHAKE256 of the seed and a label."""
    return hashlib.shake_256(SEED + label.encode("ascii")).digest(size)


def unpadded(data: bytes) -> str:
    """Base64 without padding."""
    return base64.b64encode(data).decode("ascii").replace("=", "")


def not_canonical(text: str) -> str:
    """The same base64 with a bit set in its last character that no byte needs."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[:-1] + alphabet[alphabet.index(text[-1]) | 1]


def hkdf(key: bytes, salt: bytes, info: bytes) -> bytes:
    """32 bytes of HKDF-SHA-256: extract, then one block of expand (RFC 5869, section 2)."""
    extracted = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def bech32(prefix: str, data: bytes) -> str:
    """Bech32 (BIP 173) of any length, in small letters."""
    bits = "".join(f"{byte:08b}" for byte in data)
    bits += "0" * (-len(bits) % 5)
    values = [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in [*spread, *values, 0, 0, 0, 0, 0, 0]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for bit, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            if top >> bit & 1:
                check ^= term
    values += [(check ^ 1) >> shift & 31 for shift in (25, 20, 15, 10, 5, 0)]
    return prefix + "1" + "".join(_BECH32[value] for value in values)


def lines_of(body: str) -> str:
    """The lines of a stanza's base64: full ones of 64 columns, then a shorter one, maybe empty."""
    return "".join(body[at : at + 64] + "\n" for at in range(0, len(body) + 1, 64))


def stanza(*words: str, body: bytes = b"") -> str:
    """A recipient stanza, its last line end included."""
    return " ".join(["->", *words]) + "\n" + lines_of(unpadded(body))


def mac(covered: str, file_key: bytes) -> bytes:
    """The header's MAC over everything up to and with `---`."""
    return hmac.digest(hkdf(file_key, b"", b"header"), covered.encode("latin-1"), "sha256")


def header(*stanzas: str, file_key: bytes = FILE_KEY, version: str = VERSION) -> str:
    """A header whose MAC is right, whatever else may be wrong with it."""
    covered = version + "\n" + "".join(stanzas) + "---"
    return f"{covered} {unpadded(mac(covered, file_key))}\n"


@dataclass(frozen=True, slots=True)
class X25519Key:
    """An X25519 key made from a label, with what the specification derives from it."""

    label: str

    @property
    def secret(self) -> bytes:
        return drawn(f"x25519 {self.label}", 32)

    @property
    def public(self) -> bytes:
        return X25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()

    def identity(self) -> str:
        """The key as age writes it."""
        return bech32("age-secret-key-", self.secret).upper()

    def with_(self, public: bytes) -> bytes:
        """The secret shared with the owner of `public`."""
        private = X25519PrivateKey.from_private_bytes(self.secret)
        return private.exchange(X25519PublicKey.from_public_bytes(public))


def wrapped(key: bytes, file_key: bytes) -> bytes:
    """A file key under a wrapping key; the nonce is twelve zero bytes."""
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


def x25519_stanza(to: X25519Key, *, by: str = "one", file_key: bytes = FILE_KEY) -> str:
    """The stanza of an X25519 recipient; `by` labels the ephemeral key."""
    ephemeral = X25519Key(f"ephemeral {by}")
    salt = ephemeral.public + to.public
    key = hkdf(ephemeral.with_(to.public), salt, b"age-encryption.org/v1/X25519")
    return stanza("X25519", unpadded(ephemeral.public), body=wrapped(key, file_key))


def payload_key(file_key: bytes = FILE_KEY, nonce: bytes = NONCE) -> bytes:
    """The key of the payload's chunks."""
    return hkdf(file_key, nonce, b"payload")


def chunk(plaintext: bytes, number: int, *, last: bool, key: bytes | None = None) -> bytes:
    """One chunk of a payload: its counter in eleven bytes, then whether it is the last."""
    nonce = number.to_bytes(11, "big") + bytes([last])
    return ChaCha20Poly1305(key or payload_key()).encrypt(nonce, plaintext, None)


def payload(plaintext: bytes = PLAINTEXT, file_key: bytes = FILE_KEY) -> bytes:
    """A payload of one chunk."""
    return NONCE + chunk(plaintext, 0, last=True, key=payload_key(file_key))


def smooth(number: int, *, last: bool, size: int = CHUNK) -> bytes:
    """The plaintext whose chunk is all zeros but for its tag, so that it is short to write down."""
    return chunk(bytes(size), number, last=last)[:size]


def sha256(*pieces: bytes) -> str:
    """The SHA-256 of the pieces together, hexadecimal."""
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def openssh_private(seed: bytes, public: bytes) -> str:
    """An unencrypted OpenSSH Ed25519 private key, as OpenSSH's PROTOCOL.key lays it out."""
    wire = strings(b"ssh-ed25519", public)
    check = drawn("openssh check", 4) * 2
    private = check + strings(b"ssh-ed25519", public, seed + public, b"invented")
    private += bytes(range(1, 1 + -len(private) % 8))
    whole = b"openssh-key-v1\0" + strings(b"none", b"none", b"") + (1).to_bytes(4, "big")
    text = base64.b64encode(whole + strings(wire, private)).decode("ascii")
    lines = "".join(text[at : at + 70] + "\n" for at in range(0, len(text), 70))
    mark = "OPENSSH PRIVATE KEY-----\n"
    return f"-----BEGIN {mark}{lines}-----END {mark}"


def strings(*pieces: bytes) -> bytes:
    """SSH's strings: each with its length before it (RFC 4251, section 5)."""
    return b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces)


def armored(data: bytes, *, columns: int = 64, end: str = "\n") -> str:
    """Strict PEM under age's label (RFC 7468)."""
    lines = armor_lines(data, columns=columns)
    return end.join([BEGIN, *lines, END, ""])


def armor_lines(data: bytes, *, columns: int = 64) -> Sequence[str]:
    """The base64 lines between the marks."""
    text = base64.b64encode(data).decode("ascii")
    return [text[at : at + columns] for at in range(0, len(text), columns)]


BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----"
END = "-----END AGE ENCRYPTED FILE-----"
