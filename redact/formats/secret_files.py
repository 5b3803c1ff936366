"""Keys and passphrases that lie among transcripts: never taken for talk, which is shared."""

from __future__ import annotations

import re
from functools import cache

from redact.errors import BadInput
from redact.formats.file_kinds import BY_SKIP, OR_SKIP

_KEY = re.compile(
    r"^(?:AGE-SECRET-KEY-|-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----|"
    r"-----BEGIN AGE ENCRYPTED FILE-----|PuTTY-User-Key-File-)",
    re.MULTILINE,
)
_FEWEST, _LONGEST = 6, 400  # words, and characters, of a passphrase


def check_no_secret(text: str, where: str) -> None:
    """Raises BadInput for a text that is a secret key, or a passphrase as redact makes it."""
    what = "a key" if _KEY.search(text) else "a passphrase" if _is_passphrase(text) else ""
    if what:
        raise BadInput(
            f"this looks like {what}, and is no transcript",
            where=where,
            remedy=f"Move it out of the folder, to where only you can read it, {OR_SKIP}.",
            command=BY_SKIP,
        )


def _is_passphrase(text: str) -> bool:
    """Whether a text is one line of nothing but words that passphrases are made of."""
    said = text.strip()
    if len(said) > _LONGEST or "\n" in said:
        return False
    words = re.split(r"[- ]+", said)
    return len(words) >= _FEWEST and all(word in _words() for word in words)


@cache
def _words() -> frozenset[str]:
    from mnemonic import Mnemonic

    return frozenset(Mnemonic("english").wordlist)
