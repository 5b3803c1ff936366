"""The records in which the vectors are kept: one JSON object a line, one file a family."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

FOLDER = Path(__file__).parent
RUN = 32  # a run of so many zero bytes is written as its length


class Outcome(StrEnum):
    """What a reader must say of a sealed file."""

    SUCCESS = "success"
    ARMOR = "armor failure"
    HEADER = "header failure"
    NO_MATCH = "no match"
    MAC = "HMAC failure"
    PAYLOAD = "payload failure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A sealed file, who opens it, and how that ends.

    `text` is the header or the whole armor, a character a byte; `payload` is hexadecimal, where
    `0*N` stands for N zero bytes. `plaintext` is the SHA-256 of what is inside, or, where the
    payload fails, of what a reader that streams may have handed out before. An identity is an
    age key or an OpenSSH key.
    """

    name: str
    says: str
    outcome: Outcome
    identities: tuple[str, ...] = ()
    passphrases: tuple[str, ...] = ()
    text: str = ""
    payload: str = ""
    plaintext: str | None = None

    def sealed(self) -> bytes:
        """The bytes of the file."""
        return self.text.encode("latin-1") + unpacked(self.payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareSet:
    """SLIP-39 shares given together, and the secret (hexadecimal) or None if they give none."""

    name: str
    says: str
    shares: tuple[str, ...]
    passphrase: str = ""
    secret: str | None = None


def packed(data: bytes) -> str:
    """Hexadecimal words in which long runs of zeros are written as `0*N`."""
    words: list[str] = []
    for piece in re.split(rb"(\x00{%d,})" % RUN, data):
        if len(piece) >= RUN and not any(piece):
            words.append(f"0*{len(piece)}")
        elif piece:
            words.append(piece.hex())
    return " ".join(words)


def unpacked(words: str) -> bytes:
    """The bytes behind `packed`."""
    return b"".join(
        bytes(int(word[2:])) if word.startswith("0*") else bytes.fromhex(word)
        for word in words.split()
    )


def as_lines(records: Iterable[Vector | ShareSet]) -> str:
    """The records as JSON Lines, what is empty left out."""
    lines: list[str] = []
    for record in records:
        values = {one.name: getattr(record, one.name) for one in fields(record)}
        lines.append(json.dumps({name: value for name, value in values.items() if value}))
    return "\n".join(lines) + "\n"


def read_vectors() -> list[Vector]:
    """All vectors of sealed files, family after family."""
    read: list[Vector] = []
    for path in sorted(FOLDER.glob("age-*.jsonl")):
        for line in path.read_text("ascii").splitlines():
            row = json.loads(line)
            row["outcome"] = Outcome(row["outcome"])
            for several in ("identities", "passphrases"):
                row[several] = tuple(row.get(several, ()))
            read.append(Vector(**row))
    return read


def read_share_sets() -> list[ShareSet]:
    """All vectors of shares."""
    lines = (FOLDER / "slip39.jsonl").read_text("ascii").splitlines()
    rows = [json.loads(line) for line in lines]
    return [ShareSet(**row | {"shares": tuple(row.get("shares", ()))}) for row in rows]
