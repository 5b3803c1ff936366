"""The study's identity in shares, any m of n of which give it back (SLIP-39).

The 32 bytes behind the identity become n lists of 33 words. The library says of itself that it is a
reference implementation and open to side channels, so split and combine on a machine that is kept
for it. Its passphrase is not used: a wrong one would silently give another secret.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, islice
from typing import Any

from redact.custody.age import HybridIdentity
from redact.errors import KeyRefused, UsageError

MOST_SHARES = 16
_TRIED = 60  # combinations that are put together again before any share is given out


def split(identity: HybridIdentity, threshold: int, count: int) -> tuple[str, ...]:
    """`count` shares, each put together with others and compared before they are given out."""
    if not 2 <= threshold <= count <= MOST_SHARES:
        raise UsageError(
            f"of {count} shares {threshold} cannot be needed",
            where="redact key split",
            remedy=f"At least 2 must be needed, and there are at most {MOST_SHARES} shares.",
        )
    made: list[str] = _library().generate_mnemonics(1, [(threshold, count)], identity.seed)[0]
    for chosen in islice(combinations(made, threshold), _TRIED):
        if combine(chosen) != identity:
            raise KeyRefused(
                "the shares do not give the key back",
                remedy="Nothing was written. Check this machine's memory before you go on.",
            )
    return tuple(made)


def combine(shares: Iterable[str]) -> HybridIdentity:
    """The identity behind just enough shares; KeyRefused says why they give none.

    More shares than are needed are used as far as they are needed, for the standard refuses more.
    Compare the recipient of what comes out with the study's: that is the proof.
    """
    library = _library()
    words = [" ".join(share.split()) for share in dict.fromkeys(shares)]
    try:
        needed = {library.Share.from_mnemonic(share).member_threshold for share in words}
        use = words[: needed.pop()] if len(needed) == 1 else words
        seed = library.combine_mnemonics(use)
    except library.MnemonicError as error:
        raise KeyRefused(
            f"these shares give no key ({len(words)} given)",
            remedy="Check the words for typing errors, and that all are of one set and enough.",
        ) from error
    if len(seed) != 32:
        raise KeyRefused("these shares are not of a redact study")
    return HybridIdentity(seed)


def _library() -> Any:
    try:
        import shamir_mnemonic
        from shamir_mnemonic.share import Share
    except ImportError:
        raise UsageError(
            "shares need the package shamir-mnemonic, which is not installed",
            where="redact key",
            remedy="Install redact with its extra `custody`.",
        ) from None
    shamir_mnemonic.Share = Share
    return shamir_mnemonic
