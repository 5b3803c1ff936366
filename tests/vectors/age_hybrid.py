"""The post-quantum stanza, MLKEM768-X25519: every way in which it can be wrong.

HPKE in base mode by RFC 9180 with the KEM of draft-ietf-hpke-pq, put together here by hand.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from tests.vectors import parts
from tests.vectors.age_x25519 import LOW_ORDER
from tests.vectors.family import ME, MINE, case, first_of
from tests.vectors.mlkem import encapsulated
from tests.vectors.parts import FILE_KEY, X25519Key, bech32, drawn, header, stanza, unpadded
from tests.vectors.record import Outcome, Vector

HEADER, SUCCESS, NO_MATCH = Outcome.HEADER, Outcome.SUCCESS, Outcome.NO_MATCH
KIND = "mlkem768x25519"
INFO = b"age-encryption.org/mlkem768x25519"
SUITE = b"HPKE" + bytes.fromhex("647a00010003")  # MLKEM768-X25519, HKDF-SHA256, ChaCha20
MLKEM_SIZE = 1088
LONG_KEY = b"a file key of four-and-twenty"[:24]


@dataclass(frozen=True, slots=True)
class HybridKey:
    """A post-quantum key made from a label."""

    label: str

    @property
    def seed(self) -> bytes:
        return drawn(f"hybrid {self.label}", 32)

    def halves(self) -> tuple[bytes, bytes]:
        """The public keys: ML-KEM-768 (1,184 bytes) and X25519 (32)."""
        both = hashlib.shake_256(self.seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(both[:64]).public_key()
        curve = X25519PrivateKey.from_private_bytes(both[64:]).public_key()
        return lattice.public_bytes_raw(), curve.public_bytes_raw()

    def identity(self) -> str:
        """The key as age writes it."""
        return bech32("age-secret-key-pq-", self.seed).upper()


I_HYBRID = HybridKey("me")
ANOTHER = HybridKey("somebody else")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What stands in a hybrid stanza: the encapsulated key and the body."""

    enc: bytes
    body: bytes

    def stanza(self) -> str:
        return stanza(KIND, unpadded(self.enc), body=self.body)


def sealed(
    to: HybridKey = I_HYBRID,
    *,
    by: str = "one",
    file_key: bytes = FILE_KEY,
    share: bytes | None = None,
) -> Sealed:
    """The file key sealed to a hybrid key; a given share stands for an all-zero curve secret."""
    lattice, curve = to.halves()
    ciphertext, first = encapsulated(lattice, drawn(f"encapsulated {by}", 32))
    ephemeral = X25519Key(f"ephemeral {by}")
    second = ephemeral.with_(curve) if share is None else bytes(32)
    share = ephemeral.public if share is None else share
    secret = hashlib.sha3_256(first + second + share + curve + rb"\.//^" + b"\\").digest()
    return Sealed(ciphertext + share, _hpke(secret, file_key))


def _hpke(secret: bytes, plaintext: bytes) -> bytes:
    """The key schedule of RFC 9180, section 5.1, in base mode, and the first message."""
    context = b"\0" + _extract(b"", b"psk_id_hash", b"") + _extract(b"", b"info_hash", INFO)
    schedule = _extract(secret, b"secret", b"")
    key = _expand(schedule, b"key", context, 32)
    nonce = _expand(schedule, b"base_nonce", context, 12)
    return ChaCha20Poly1305(key).encrypt(nonce, plaintext, None)


def _extract(salt: bytes, label: bytes, key: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + SUITE + label + key, "sha256")


def _expand(key: bytes, label: bytes, info: bytes, size: int) -> bytes:
    labelled = size.to_bytes(2, "big") + b"HPKE-v1" + SUITE + label + info
    return hmac.digest(key, labelled + b"\x01", "sha256")[:size]


def identity() -> str:
    """The identity that opens `hybrid_text`."""
    return I_HYBRID.identity()


def hybrid_text() -> str:
    """A good header for `identity`."""
    return header(sealed().stanza())


def vectors() -> Iterator[Vector]:
    """Hybrid cases."""
    yield from _who()
    yield from _enc()
    yield from _shape()


def _one(name: str, says: str, outcome: Outcome, *stanzas: str) -> Vector:
    return case(f"hybrid {name}", says, outcome, header(*stanzas), identities=(identity(),))


def _who() -> Iterator[Vector]:
    mine, theirs = sealed().stanza(), sealed(ANOTHER, by="two").stanza()
    yield _one("alone", "one recipient", SUCCESS, mine)
    yield _one("two recipients", "ours is the second", SUCCESS, theirs, mine)
    yield _one(
        "beside an X25519 stanza",
        "a mixture that writers should avoid and readers open",
        SUCCESS,
        MINE,
        mine,
    )
    yield case(
        "hybrid opened by its X25519 stanza",
        "the same mixture, opened by the other key",
        SUCCESS,
        header(mine, MINE),
        identities=(ME.identity(),),
    )
    yield _one(
        "beside unknown stanzas",
        "stanzas of unknown kinds before and behind",
        SUCCESS,
        stanza("spare.example/box"),
        mine,
        stanza("spare2", body=b"?"),
    )
    yield _one("for another", "sealed to somebody else", NO_MATCH, theirs)
    yield case(
        "hybrid for an X25519 key",
        "the identity is of another kind",
        NO_MATCH,
        header(mine),
        identities=(ME.identity(),),
    )
    yield _one(
        "in capitals",
        "the kind is written MLKEM768X25519",
        NO_MATCH,
        mine.replace(KIND, KIND.upper()),
    )
    yield case(
        "hybrid file key long",
        "a file key of 24 bytes, and all else by it",
        HEADER,
        header(sealed(file_key=LONG_KEY).stanza(), file_key=LONG_KEY),
        identities=(identity(),),
        payload=parts.payload(file_key=LONG_KEY),
    )


def _enc() -> Iterator[Vector]:
    good = sealed()
    changed = bytes([good.enc[7] ^ 1])
    yield _one(
        "lattice part changed",
        "a bit of the ML-KEM ciphertext is flipped",
        NO_MATCH,
        Sealed(good.enc[:7] + changed + good.enc[8:], good.body).stanza(),
    )
    changed = bytes([good.enc[MLKEM_SIZE + 7] ^ 1])
    at = MLKEM_SIZE + 7
    yield _one(
        "curve part changed",
        "a bit of the X25519 share is flipped",
        NO_MATCH,
        Sealed(good.enc[:at] + changed + good.enc[at + 1 :], good.body).stanza(),
    )
    yield _one(
        "body changed",
        "a bit of the body's tag is flipped",
        NO_MATCH,
        Sealed(good.enc, good.body[:-1] + bytes([good.body[-1] ^ 1])).stanza(),
    )
    zero = sealed(by=first_of("ending in zero", b"\0"))
    yield _one("share ends in zero", "a share whose last byte is zero", SUCCESS, zero.stanza())
    yield _one(
        "share short",
        "the same without its zero",
        HEADER,
        Sealed(zero.enc[:-1], zero.body).stanza(),
    )
    yield _one(
        "share long",
        "the same with one zero more",
        HEADER,
        Sealed(zero.enc + b"\0", zero.body).stanza(),
    )
    yield _one(
        "share zero",
        "the X25519 share is the identity, its secret all zeros",
        HEADER,
        sealed(share=bytes(32)).stanza(),
    )
    yield _one(
        "share of low order",
        "the X25519 share is a point of order 8",
        HEADER,
        sealed(share=LOW_ORDER).stanza(),
    )


def _shape() -> Iterator[Vector]:
    good = sealed()
    mine, enc, body = good.stanza(), unpadded(good.enc), unpadded(good.body)
    yield _one("argument more", "a third argument", HEADER, mine.replace(enc, f"{enc} 7"))
    yield _one("argument less", "no encapsulated key", HEADER, mine.replace(f" {enc}", ""))
    # 1,120 bytes leave one spare bit pair in their base64
    yield _one(
        "key not canonical",
        "a spare bit of the encapsulated key's base64 is set",
        HEADER,
        mine.replace(enc, parts.not_canonical(enc)),
    )
    yield _one(
        "body not canonical",
        "a spare bit of the body's base64 is set",
        HEADER,
        mine.replace(body, parts.not_canonical(body)),
    )
    yield case(
        "hybrid key in an X25519 stanza",
        "an X25519 stanza with an encapsulated hybrid key",
        HEADER,
        header(mine.replace(KIND, "X25519")),
        identities=(ME.identity(),),
    )
    yield _one(
        "share in a hybrid stanza",
        "a hybrid stanza with an X25519 share of 32 bytes",
        HEADER,
        MINE.replace("X25519", KIND),
    )
