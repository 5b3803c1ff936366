"""SLIP-39 shares, put together as the standard says, and every way in which they can be wrong.

Nothing of shamir-mnemonic is called, which the code under test uses, but its list of words: that is
part of the standard, and its digest is checked here. The field is multiplied bit by bit.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shamir_mnemonic.wordlist import WORDLIST

from tests.vectors.parts import drawn

WORDS_DIGEST = "bcc4555340332d169718aed8bf31dd9d5248cb7da6e5d355140ef4f1e601eec3"
RS1024 = (
    0xE0E040,
    0x1C1C080,
    0x3838100,
    0x7070200,
    0xE0E0009,
    0x1C0C2412,
    0x38086C24,
    0x3090FC48,
    0x21B1F890,
    0x3F3F120,
)
SECRET_AT, DIGEST_AT = 255, 254
ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One share with all its fields; what it holds is a value of the secret's size.

    `padding` is written into the spare bits before the value, which must be zero.
    """

    identifier: int
    extendable: bool = False
    exponent: int = 0
    group: int = 0
    group_threshold: int = 1
    group_count: int = 1
    member: int = 0
    member_threshold: int = 1
    value: bytes
    padding: int = 0

    def words(self) -> str:
        """The share as words, its checksum at the end."""
        return mnemonic(self.numbers(), extendable=self.extendable)

    def numbers(self) -> list[int]:
        """The share as numbers of ten bits, without its checksum."""
        fields = (
            (self.identifier, 15),
            (self.extendable, 1),
            (self.exponent, 4),
            (self.group, 4),
            (self.group_threshold - 1, 4),
            (self.group_count - 1, 4),
            (self.member, 4),
            (self.member_threshold - 1, 4),
        )
        spare = -8 * len(self.value) % 10
        bits = "".join(f"{value:0{size}b}" for value, size in fields)
        bits += f"{self.padding:0{spare}b}" if spare else ""
        bits += "".join(f"{byte:08b}" for byte in self.value)
        return [int(bits[at : at + 10], 2) for at in range(0, len(bits), 10)]


def mnemonic(numbers: Sequence[int], *, extendable: bool = False) -> str:
    """The words of these numbers and of the RS1024 checksum over them."""
    domain = b"shamir_extendable" if extendable else b"shamir"
    check = 1
    for value in [*domain, *numbers, 0, 0, 0]:
        top, check = check >> 20, (check & 0xFFFFF) << 10 ^ value
        for bit, term in enumerate(RS1024):
            if top >> bit & 1:
                check ^= term
    check ^= 1
    return spoken([*numbers, check >> 20, check >> 10 & 1023, check & 1023])


def spoken(numbers: Iterable[int]) -> str:
    """The words of the standard's list."""
    whole = ("\n".join(WORDLIST) + "\n").encode("ascii")
    assert hashlib.sha256(whole).hexdigest() == WORDS_DIGEST
    return " ".join(WORDLIST[number] for number in numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How a secret is divided: groups of (needed, given), and how many groups are needed."""

    label: str
    secret: bytes
    groups: tuple[tuple[int, int], ...]
    group_threshold: int = 1
    passphrase: str = ""
    extendable: bool = False
    exponent: int = 0

    @property
    def identifier(self) -> int:
        return int.from_bytes(drawn(f"identifier {self.label}", 2), "big") >> 1

    def shares(self) -> list[list[Share]]:
        """All shares of all groups."""
        sealed = encrypted(self, self.secret)
        given: list[list[Share]] = []
        halves = divided(self.label, self.group_threshold, len(self.groups), sealed)
        for group, ((needed, count), value) in enumerate(zip(self.groups, halves, strict=True)):
            pieces = divided(f"{self.label} {group}", needed, count, value)
            given.append(
                [
                    Share(
                        identifier=self.identifier,
                        extendable=self.extendable,
                        exponent=self.exponent,
                        group=group,
                        group_threshold=self.group_threshold,
                        group_count=len(self.groups),
                        member=member,
                        member_threshold=needed,
                        value=piece,
                    )
                    for member, piece in enumerate(pieces)
                ]
            )
        return given


def encrypted(scheme: Scheme, secret: bytes) -> bytes:
    """The master secret under its passphrase: a Feistel network of four rounds of PBKDF2."""
    left, right = secret[: len(secret) // 2], secret[len(secret) // 2 :]
    for number in range(ROUNDS):
        left, right = right, _mixed(left, _round(scheme, number, right))
    return right + left


def decrypted(scheme: Scheme, sealed: bytes) -> bytes:
    """What a reader gets with the scheme's passphrase, right or wrong."""
    left, right = sealed[: len(sealed) // 2], sealed[len(sealed) // 2 :]
    for number in reversed(range(ROUNDS)):
        left, right = right, _mixed(left, _round(scheme, number, right))
    return right + left


def _round(scheme: Scheme, number: int, half: bytes) -> bytes:
    salt = b"" if scheme.extendable else b"shamir" + scheme.identifier.to_bytes(2, "big")
    password = bytes([number]) + scheme.passphrase.encode("ascii")
    turns = (10_000 << scheme.exponent) // ROUNDS
    return hashlib.pbkdf2_hmac("sha256", password, salt + half, turns, len(half))


def _mixed(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def divided(label: str, needed: int, count: int, secret: bytes) -> list[bytes]:
    """`count` pieces of a secret, any `needed` of which give it back with its digest."""
    if needed == 1:
        return [secret] * count
    free = drawn(f"digest {label}", len(secret) - 4)
    digest = hmac.digest(free, secret, "sha256")[:4] + free
    points = {x: drawn(f"piece {label} {x}", len(secret)) for x in range(needed - 2)}
    points |= {DIGEST_AT: digest, SECRET_AT: secret}
    return [points[x] if x < needed - 2 else _at(points, x) for x in range(count)]


def _at(points: dict[int, bytes], x: int) -> bytes:
    """The value at `x` of the polynomial through these points, byte by byte (Lagrange)."""
    result = bytes(len(next(iter(points.values()))))
    for own, value in points.items():
        weight = 1
        for other in points:
            if other != own:
                weight = _times(weight, _times(x ^ other, _inverse(own ^ other)))
        result = _mixed(result, bytes(_times(byte, weight) for byte in value))
    return result


def _times(a: int, b: int) -> int:
    """The product in the field of 256 elements, modulo x^8 + x^4 + x^3 + x + 1."""
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return product


def _inverse(a: int) -> int:
    """The element's power of 254."""
    power = 1
    for _ in range(254):
        power = _times(power, a)
    return power
