"""The textual header of an age file: recipient stanzas and their MAC.

Follows "The age encryption specification", C2SP, sections *Header* and
*Recipient stanza*: canonical base64 without padding, lines of 64 columns, a
last line shorter than 64, arguments of visible ASCII.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION_LINE = b"age-encryption.org/v1"
COLUMNS = 64
MAX_HEADER = 1 << 20


class AgeError(Exception):
    """The file is not a valid age file, or none of the identities opens it."""


@dataclass(frozen=True, slots=True)
class Stanza:
    """One wrapped copy of the file key: its kind, arguments and body."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Header:
    """The stanzas, the MAC and the bytes that the MAC covers."""

    stanzas: tuple[Stanza, ...]
    mac: bytes
    covered: bytes = field(repr=False)


def b64encode(data: bytes) -> str:
    """Base64 without padding."""
    return base64.b64encode(data).rstrip(b"=").decode("ascii")


def b64decode(text: str) -> bytes:
    """The bytes of canonical unpadded base64; AgeError for any other form."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise AgeError("invalid base64 in the header") from error
    if b64encode(data) != text:
        raise AgeError("base64 in the header is not canonical")
    return data


def hkdf(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    """32 bytes of HKDF-SHA-256 (RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def mac_of(file_key: bytes, covered: bytes) -> bytes:
    """The header MAC: HMAC-SHA-256 under a key derived from the file key."""
    return hmac.digest(hkdf(file_key, None, b"header"), covered, "sha256")


def write_header(stanzas: list[Stanza], file_key: bytes) -> bytes:
    """The header's bytes, newline after the MAC included."""
    lines = [VERSION_LINE.decode("ascii")]
    for stanza in stanzas:
        lines.append(" ".join(["->", stanza.kind, *stanza.arguments]))
        body = b64encode(stanza.body)
        lines += [body[at : at + COLUMNS] for at in range(0, len(body) + 1, COLUMNS)]
    covered = "\n".join([*lines, "---"]).encode("ascii")
    return covered + b" " + b64encode(mac_of(file_key, covered)).encode("ascii") + b"\n"


def read_header(data: bytes) -> tuple[Header, int]:
    """The header of `data` and the offset of the first byte behind it."""
    line, at = _line(data, 0)
    if line != VERSION_LINE:
        raise AgeError("not an age v1 file")
    stanzas: list[Stanza] = []
    while True:
        start = at
        line, at = _line(data, at)
        if line.startswith(b"---"):
            if line[3:4] != b" ":
                raise AgeError("malformed MAC line")
            mac = b64decode(_ascii(line[4:]))
            if len(mac) != 32:
                raise AgeError("the MAC is not 32 bytes")
            if not stanzas:
                raise AgeError("no recipient stanza")
            return Header(tuple(stanzas), mac, data[: start + 3]), at
        if not line.startswith(b"-> "):
            raise AgeError("malformed recipient stanza")
        words = _ascii(line[3:]).split(" ")
        if any(not word or not all("!" <= c <= "~" for c in word) for word in words):
            raise AgeError("malformed stanza arguments")
        body, at = _stanza_body(data, at)
        stanzas.append(Stanza(words[0], tuple(words[1:]), body))


def _stanza_body(data: bytes, at: int) -> tuple[bytes, int]:
    pieces: list[str] = []
    while True:
        line, at = _line(data, at)
        if len(line) > COLUMNS:
            raise AgeError("stanza line too long")
        piece = _ascii(line)
        b64decode(piece)
        pieces.append(piece)
        if len(line) < COLUMNS:
            return b64decode("".join(pieces)), at


def _line(data: bytes, at: int) -> tuple[bytes, int]:
    end = data.find(b"\n", at, at + MAX_HEADER)
    if end < 0:
        raise AgeError("the header ends early")
    return data[at:end], end + 1


def _ascii(line: bytes) -> str:
    try:
        return line.decode("ascii")
    except UnicodeDecodeError as error:
        raise AgeError("the header is not ASCII") from error
