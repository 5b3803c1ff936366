"""Whole age files: wrap the file key for each recipient, seal the payload in chunks.

C2SP age specification, section *Payload*: chunks of 64 KiB under
ChaCha20-Poly1305, an 11-byte counter and a last-chunk flag as nonce.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Iterable
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from redact.custody.age.armor import looks_armored, read_armor
from redact.custody.age.header import (
    AgeError,
    Header,
    Stanza,
    hkdf,
    mac_of,
    read_header,
    write_header,
)

CHUNK = 64 * 1024
TAG = 16
NONCE = 16
FILE_KEY = 16


class Recipient(Protocol):
    """Who a file is sealed to; `family` must be the same for all recipients of a file."""

    @property
    def family(self) -> str: ...

    def wrap(self, file_key: bytes) -> Stanza: ...


class Identity(Protocol):
    """What opens a file; `unwrap` gives None when no stanza is meant for it."""

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None: ...


def encrypt(plaintext: bytes, recipients: Iterable[Recipient]) -> bytes:
    """A binary age file that any one of the recipients can open.

    Raises AgeError when there is none, when kinds that must not meet are mixed
    (one classical recipient would undo the post-quantum protection of all), or
    when a passphrase is not alone.
    """
    wanted = list(recipients)
    families = {recipient.family for recipient in wanted}
    if not wanted or len(families) > 1 or (families == {"scrypt"} and len(wanted) > 1):
        raise AgeError("recipients must be of one kind, and a passphrase must stand alone")
    file_key = os.urandom(FILE_KEY)
    header = write_header([recipient.wrap(file_key) for recipient in wanted], file_key)
    nonce = os.urandom(NONCE)
    return header + nonce + _seal(hkdf(file_key, nonce, b"payload"), plaintext)


def decrypt(data: bytes, identities: Iterable[Identity]) -> bytes:
    """The whole plaintext, or AgeError; never a part of it."""
    if looks_armored(data):
        data = read_armor(data)
    header, at = read_header(data)
    kinds = [stanza.kind for stanza in header.stanzas]
    if "scrypt" in kinds and len(kinds) > 1:
        raise AgeError("a passphrase stanza must stand alone")
    file_key = _file_key(header, identities)
    if not hmac.compare_digest(mac_of(file_key, header.covered), header.mac):
        raise AgeError("the header was changed")
    nonce = data[at : at + NONCE]
    if len(nonce) != NONCE:
        raise AgeError("the file ends before its payload")
    return _open(hkdf(file_key, nonce, b"payload"), data[at + NONCE :])


def _file_key(header: Header, identities: Iterable[Identity]) -> bytes:
    for identity in identities:
        file_key = identity.unwrap(header.stanzas)
        if file_key is not None:
            if len(file_key) != FILE_KEY:
                raise AgeError("the file key is not 16 bytes")
            return file_key
    raise AgeError("no identity matches any recipient")


def _nonce(counter: int, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _seal(key: bytes, plaintext: bytes) -> bytes:
    cipher = ChaCha20Poly1305(key)
    starts = range(0, len(plaintext), CHUNK) or range(1)
    return b"".join(
        cipher.encrypt(
            _nonce(number, start + CHUNK >= len(plaintext)), plaintext[start : start + CHUNK], None
        )
        for number, start in enumerate(starts)
    )


def _open(key: bytes, sealed: bytes) -> bytes:
    if len(sealed) < TAG:
        raise AgeError("the payload ends early")
    cipher = ChaCha20Poly1305(key)
    step = CHUNK + TAG
    pieces: list[bytes] = []
    for number, start in enumerate(range(0, len(sealed), step)):
        last = start + step >= len(sealed)
        try:
            piece = cipher.decrypt(_nonce(number, last), sealed[start : start + step], None)
        except InvalidTag as error:
            raise AgeError("the payload was changed or ends early") from error
        if last and not piece and number:
            raise AgeError("the last chunk is empty")
        pieces.append(piece)
    return b"".join(pieces)
