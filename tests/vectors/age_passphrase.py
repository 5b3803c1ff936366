"""The passphrase (scrypt) stanza: every way in which it can be wrong.

The work factor is 2^10 throughout, the least that our reader takes, so that the tests are quick.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from tests.vectors import parts
from tests.vectors.family import MINE, case
from tests.vectors.parts import FILE_KEY, header, stanza, unpadded
from tests.vectors.record import Outcome, Vector

HEADER, SUCCESS, NO_MATCH = Outcome.HEADER, Outcome.SUCCESS, Outcome.NO_MATCH
PASSPHRASE = "seven herons over a quiet slipway"
SALT = b"salt of our own."
LABEL = b"age-encryption.org/v1/scrypt"
LONG_KEY = b"a file key of four-and-twenty"[:24]


def body_of(
    *, passphrase: str = PASSPHRASE, salt: bytes = SALT, log_n: int = 10, file_key: bytes = FILE_KEY
) -> bytes:
    """The file key under a passphrase."""
    key = hashlib.scrypt(
        passphrase.encode("utf-8"), salt=LABEL + salt, n=1 << log_n, r=8, p=1, dklen=32
    )
    return parts.wrapped(key, file_key)


def passphrase_text() -> str:
    """A good header for `PASSPHRASE`."""
    return header(stanza("scrypt", unpadded(SALT), "10", body=body_of()))


def vectors() -> Iterator[Vector]:
    """Passphrase cases."""
    good = stanza("scrypt", unpadded(SALT), "10", body=body_of())
    yield from _who(good)
    yield from _salt(good)
    yield from _factors()


def _one(name: str, says: str, outcome: Outcome, *stanzas: str) -> Vector:
    return case(f"passphrase {name}", says, outcome, header(*stanzas), passphrases=(PASSPHRASE,))


def _who(good: str) -> Iterator[Vector]:
    yield _one("alone", "one passphrase", SUCCESS, good)
    composed = "caf\u00e9 caf\u00e9 caf\u00e9"
    yield case(
        "passphrase with accents",
        "a passphrase beyond ASCII, in NFC",
        SUCCESS,
        header(stanza("scrypt", unpadded(SALT), "10", body=body_of(passphrase=composed))),
        passphrases=(composed,),
    )
    yield _one(
        "factor 11",
        "a work factor of 2^11",
        SUCCESS,
        stanza("scrypt", unpadded(SALT), "11", body=body_of(log_n=11)),
    )
    yield case(
        "passphrase wrong",
        "another passphrase",
        NO_MATCH,
        header(good),
        passphrases=("seven herons over a quiet slip",),
    )
    yield _one(
        "body under another key",
        "its tag does not fit",
        NO_MATCH,
        stanza("scrypt", unpadded(SALT), "10", body=parts.wrapped(bytes(32), FILE_KEY)),
    )
    yield _one(
        "in capitals", "the kind is written SCRYPT", NO_MATCH, good.replace("scrypt", "SCRYPT")
    )
    yield _one(
        "factor not that of the body",
        "the body was made with 2^11",
        NO_MATCH,
        stanza("scrypt", unpadded(SALT), "10", body=body_of(log_n=11)),
    )
    yield _one("beside a key", "an X25519 stanza too", HEADER, MINE, good)
    second = stanza(
        "scrypt", unpadded(SALT[::-1]), "10", body=body_of(passphrase="another", salt=SALT[::-1])
    )
    yield case(
        "passphrase twice",
        "two passphrases",
        HEADER,
        header(good, second),
        passphrases=(PASSPHRASE, "another"),
    )
    yield _one(
        "beside an unknown kind",
        "a stanza nobody knows too",
        HEADER,
        good,
        stanza("spare.example/box"),
    )
    yield case(
        "passphrase file key long",
        "a file key of 24 bytes, and all else by it",
        HEADER,
        header(
            stanza("scrypt", unpadded(SALT), "10", body=body_of(file_key=LONG_KEY)),
            file_key=LONG_KEY,
        ),
        passphrases=(PASSPHRASE,),
        payload=parts.payload(file_key=LONG_KEY),
    )


def _salt(good: str) -> Iterator[Vector]:
    salt, body = unpadded(SALT), unpadded(body_of())
    yield _one("argument more", "a fourth argument", HEADER, good.replace(" 10", " 10 10"))
    yield _one(
        "salt not canonical",
        "a spare bit of the salt's base64 is set",
        HEADER,
        good.replace(salt, parts.not_canonical(salt)),
    )
    yield _one(
        "body not canonical",
        "a spare bit of the body's base64 is set",
        HEADER,
        good.replace(body, parts.not_canonical(body)),
    )
    for name, other in (
        ("salt long", SALT + b"more"),
        ("salt short", SALT[:12]),
        ("salt empty", b""),
    ):
        words = stanza("scrypt", unpadded(other), "10", body=body_of(salt=other))
        yield _one(name, f"a salt of {len(other)} bytes", HEADER, words)
    yield _one(
        "salt missing",
        "the work factor is the only argument",
        HEADER,
        stanza("scrypt", "10", body=body_of(salt=b"")),
    )


def _factors() -> Iterator[Vector]:
    for name, factor, says in (
        ("missing", "", "no work factor"),
        ("too high", "23", "2^23 would take 8 GiB and a long time"),
        ("far too high", "31", "2^31"),
        ("zero", "0", "2^0"),
        ("negative", "-10", "a sign before it"),
        ("plus", "+10", "a plus before it"),
        ("leading zero", "010", "a zero before it"),
        ("leading zero of another base", "012", "octal for ten"),
        ("hexadecimal", "0xa", "ten in hexadecimal"),
        ("letter of hexadecimal", "a", "ten as a hexadecimal digit"),
        ("letters before", "x10", "letters before it"),
        ("letters behind", "10x", "letters behind it"),
        ("beyond 64 bits", "18446744073709551626", "2^64 and ten: ten for who lets it overflow"),
        ("decimal point", "10.0", "a number, but no whole one"),
        ("Arabic digits", "1\u0660".encode().decode("latin-1"), "ten in digits beyond ASCII"),
    ):
        words = ["scrypt", unpadded(SALT), factor][: 3 if factor else 2]
        yield _one(
            f"factor {name}", f"work factor {name}: {says}", HEADER, stanza(*words, body=body_of())
        )
