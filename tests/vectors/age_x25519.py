"""The X25519 stanza: every way in which it can be wrong."""

from __future__ import annotations

from collections.abc import Iterator

from tests.vectors import parts
from tests.vectors.family import ME, MINE, OTHER, case, first_of
from tests.vectors.parts import header, stanza, unpadded, x25519_stanza
from tests.vectors.record import Outcome, Vector

HEADER, SUCCESS, NO_MATCH = Outcome.HEADER, Outcome.SUCCESS, Outcome.NO_MATCH
INFO = b"age-encryption.org/v1/X25519"
LOW_ORDER = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
LONG_KEY = b"a file key of four-and-twenty"[:24]


def vectors() -> Iterator[Vector]:
    """X25519 cases."""
    _, _, share, body = MINE.replace("\n", " ").split()[:4]

    def changed(name: str, says: str, outcome: Outcome, *stanzas: str) -> Vector:
        return case(f"X25519 {name}", says, outcome, header(*stanzas))

    yield changed("alone", "one recipient", SUCCESS, MINE)
    yield changed(
        "two recipients", "ours is the second", SUCCESS, x25519_stanza(OTHER, by="two"), MINE
    )
    yield case(
        "X25519 two identities",
        "the second identity opens it",
        SUCCESS,
        header(MINE),
        identities=(OTHER.identity(), ME.identity()),
    )
    yield changed("for another", "sealed to somebody else", NO_MATCH, x25519_stanza(OTHER))
    tampered = MINE.replace(body, unpadded(parts.wrapped(bytes(32), parts.FILE_KEY)))
    yield changed("body under another key", "its tag does not fit", NO_MATCH, tampered)
    yield changed(
        "small letters", "the kind is written x25519", NO_MATCH, MINE.replace("X25519", "x25519")
    )
    yield changed("argument more", "a third argument", HEADER, MINE.replace(share, f"{share} 7"))
    yield changed("argument less", "no share", HEADER, MINE.replace(f" {share}", ""))
    yield changed(
        "share not canonical",
        "a spare bit of the share's base64 is set",
        HEADER,
        MINE.replace(share, parts.not_canonical(share)),
    )
    yield changed(
        "body not canonical",
        "a spare bit of the body's base64 is set",
        HEADER,
        MINE.replace(body, parts.not_canonical(body)),
    )
    yield changed(
        "share padded", "the share's base64 is padded", HEADER, MINE.replace(share, f"{share}=")
    )
    zeros = x25519_stanza(ME, by=first_of("ending in zero", b"\0"))
    ending = parts.X25519Key(f"ephemeral {first_of('ending in zero', bytes(1))}").public
    yield changed("share ends in zero", "a share whose last byte is zero", SUCCESS, zeros)
    yield changed(
        "share short",
        "the same share without its zero",
        HEADER,
        zeros.replace(unpadded(ending), unpadded(ending[:-1])),
    )
    yield changed(
        "share long",
        "the same share with one zero more",
        HEADER,
        zeros.replace(unpadded(ending), unpadded(ending + b"\0")),
    )
    yield changed(
        "share zero",
        "the share is the identity, the secret all zeros",
        HEADER,
        _stanza_of_no_secret(bytes(32)),
    )
    yield changed(
        "share of low order",
        "the share is a point of order 8",
        HEADER,
        _stanza_of_no_secret(LOW_ORDER),
    )
    yield case(
        "X25519 file key long",
        "a file key of 24 bytes, and all else by it",
        HEADER,
        header(x25519_stanza(ME, file_key=LONG_KEY), file_key=LONG_KEY),
        payload=parts.payload(file_key=LONG_KEY),
    )
    short = LONG_KEY[:15]
    yield case(
        "X25519 file key short",
        "a file key of 15 bytes, and all else by it",
        HEADER,
        header(x25519_stanza(ME, file_key=short), file_key=short),
        payload=parts.payload(file_key=short),
    )


def _stanza_of_no_secret(share: bytes) -> str:
    """A stanza that would open for a reader that does not refuse the all-zero secret."""
    key = parts.hkdf(bytes(32), share + ME.public, INFO)
    return stanza("X25519", unpadded(share), body=parts.wrapped(key, parts.FILE_KEY))
