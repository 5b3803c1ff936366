"""The ssh-ed25519 stanza: every way in which it can be wrong. Nobody published vectors for it.

The Montgomery form of the SSH key is made here from its private scalar, not from its public point
as the reader does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from tests.vectors import parts
from tests.vectors.age_x25519 import LOW_ORDER
from tests.vectors.family import MINE, case
from tests.vectors.parts import FILE_KEY, drawn, header, hkdf, stanza, unpadded
from tests.vectors.record import Outcome, Vector

HEADER, SUCCESS, NO_MATCH = Outcome.HEADER, Outcome.SUCCESS, Outcome.NO_MATCH
KIND = "ssh-ed25519"
INFO = b"age-encryption.org/v1/ssh-ed25519"
LONG_KEY = b"a file key of four-and-twenty"[:24]


@dataclass(frozen=True, slots=True)
class SshKey:
    """An Ed25519 key made from a label."""

    label: str

    @property
    def seed(self) -> bytes:
        return drawn(f"ssh {self.label}", 32)

    @property
    def public(self) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw()

    @property
    def wire(self) -> bytes:
        return parts.strings(b"ssh-ed25519", self.public)

    @property
    def montgomery(self) -> bytes:
        """The X25519 public key of the scalar behind the key (RFC 8032, section 5.1.5)."""
        scalar = hashlib.sha512(self.seed).digest()[:32]
        return X25519PrivateKey.from_private_bytes(scalar).public_key().public_bytes_raw()

    def tag(self) -> str:
        return unpadded(hashlib.sha256(self.wire).digest()[:4])

    def identity(self) -> str:
        return parts.openssh_private(self.seed, self.public)


MY_KEY, THEIR_KEY = SshKey("me"), SshKey("somebody else")


def ssh_stanza(to: SshKey, *, by: str = "one", file_key: bytes = FILE_KEY) -> str:
    """The stanza of an SSH key."""
    ephemeral = parts.X25519Key(f"ephemeral {by}")
    tweak = X25519PrivateKey.from_private_bytes(hkdf(b"", to.wire, INFO))
    shared = tweak.exchange(X25519PublicKey.from_public_bytes(ephemeral.with_(to.montgomery)))
    key = hkdf(shared, ephemeral.public + to.montgomery, INFO)
    share = unpadded(ephemeral.public)
    return stanza(KIND, to.tag(), share, body=parts.wrapped(key, file_key))


def vectors() -> Iterator[Vector]:
    """SSH cases."""

    def one(name: str, says: str, outcome: Outcome, *stanzas: str) -> Vector:
        return case(f"SSH {name}", says, outcome, header(*stanzas), identities=(MY_KEY.identity(),))

    mine, theirs = ssh_stanza(MY_KEY), ssh_stanza(THEIR_KEY, by="two")
    _, _, tag, share, body = mine.split()[:5]
    ephemeral = parts.X25519Key("ephemeral one").public
    yield one("alone", "one recipient", SUCCESS, mine)
    yield one("two recipients", "ours is the second", SUCCESS, theirs, mine)
    yield one("beside an X25519 stanza", "ours is the second, of another kind", SUCCESS, MINE, mine)
    yield one(
        "beside an RSA stanza",
        "a stanza for an RSA key, which we do not read",
        SUCCESS,
        stanza("ssh-rsa", "mhir0Q", body=drawn("rsa", 256)),
        mine,
    )
    yield one("for another", "sealed to somebody else", NO_MATCH, theirs)
    yield one(
        "tag of another",
        "our stanza under another's tag",
        NO_MATCH,
        mine.replace(tag, THEIR_KEY.tag()),
    )
    yield one(
        "in capitals", "the kind is written SSH-ED25519", NO_MATCH, mine.replace(KIND, KIND.upper())
    )
    yield one(
        "body under another key",
        "its tag does not fit",
        NO_MATCH,
        stanza(KIND, tag, share, body=parts.wrapped(bytes(32), FILE_KEY)),
    )
    yield one("argument more", "a fourth argument", HEADER, mine.replace(share, f"{share} 7"))
    yield one("argument less", "no share", HEADER, mine.replace(f" {share}", ""))
    yield one(
        "share short", "a share of 31 bytes", HEADER, mine.replace(share, unpadded(ephemeral[:-1]))
    )
    yield one(
        "share long",
        "a share of 33 bytes",
        HEADER,
        mine.replace(share, unpadded(ephemeral + b"\0")),
    )
    yield one(
        "share not canonical",
        "a spare bit of the share's base64 is set",
        HEADER,
        mine.replace(share, parts.not_canonical(share)),
    )
    yield one(
        "body not canonical",
        "a spare bit of the body's base64 is set",
        HEADER,
        mine.replace(body, parts.not_canonical(body)),
    )
    yield one(
        "share zero",
        "the share is the identity, the secret all zeros",
        HEADER,
        stanza(KIND, tag, unpadded(bytes(32)), body=_of_no_secret(bytes(32))),
    )
    yield one(
        "share of low order",
        "the share is a point of order 8",
        HEADER,
        stanza(KIND, tag, unpadded(LOW_ORDER), body=_of_no_secret(LOW_ORDER)),
    )
    yield case(
        "SSH file key long",
        "a file key of 24 bytes, and all else by it",
        HEADER,
        header(ssh_stanza(MY_KEY, file_key=LONG_KEY), file_key=LONG_KEY),
        identities=(MY_KEY.identity(),),
        payload=parts.payload(file_key=LONG_KEY),
    )


def _of_no_secret(share: bytes) -> bytes:
    """A body that would open for a reader that does not refuse the all-zero secret."""
    return parts.wrapped(hkdf(bytes(32), share + MY_KEY.montgomery, INFO), FILE_KEY)
