"""The passphrase recipient of age (C2SP age specification, *scrypt recipient stanza*).

The work factor is fixed at 2^18 on writing. Other tools measure it at run time
and were seen to write files up to 32 times weaker on a busy machine.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from redact.custody.age.header import AgeError, Stanza, b64decode, b64encode

KIND = "scrypt"
LABEL = b"age-encryption.org/v1/scrypt"
LOG_N_WRITTEN = 18
LOG_N_READ = range(10, 23)


def _key(passphrase: str, salt: bytes, log_n: int) -> bytes:
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    return Scrypt(salt=LABEL + salt, length=32, n=1 << log_n, r=8, p=1).derive(secret)


def _salt() -> bytes:
    return os.urandom(16)


@dataclass(frozen=True, slots=True)
class PassphraseRecipient:
    """Seals to a passphrase (brought to Unicode NFC); stands alone in a file."""

    passphrase: str = field(repr=False)
    family: str = "scrypt"

    def wrap(self, file_key: bytes) -> Stanza:
        salt = _salt()
        key = _key(self.passphrase, salt, LOG_N_WRITTEN)
        body = ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)
        return Stanza(KIND, (b64encode(salt), str(LOG_N_WRITTEN)), body)


@dataclass(frozen=True, slots=True)
class PassphraseIdentity:
    """Opens with a passphrase; work factors outside 2^10…2^22 are refused.

    A command opens the same packet several times: what was derived for it is kept in memory, as
    long as the passphrase is.
    """

    passphrase: str = field(repr=False)
    _derived: dict[tuple[bytes, int], bytes] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None:
        for stanza in stanzas:
            if stanza.kind != KIND:
                continue
            if len(stanza.arguments) != 2 or len(stanza.body) != 32:
                raise AgeError("malformed scrypt stanza")
            salt, factor = b64decode(stanza.arguments[0]), stanza.arguments[1]
            if len(salt) != 16 or not re.fullmatch(r"[1-9][0-9]{0,2}", factor):
                raise AgeError("malformed scrypt stanza")
            if int(factor) not in LOG_N_READ:
                raise AgeError("the passphrase's work factor is out of range")
            key = self._derived.get((salt, int(factor)))
            if key is None:
                key = _key(self.passphrase, salt, int(factor))
            try:
                file_key = ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
            except InvalidTag as error:
                raise AgeError("wrong passphrase") from error
            self._derived[salt, int(factor)] = key
            return file_key
        return None
