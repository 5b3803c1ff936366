"""Shares against vectors of our own: the library under us, and what redact makes of them."""

from __future__ import annotations

import pytest
import shamir_mnemonic

from redact.custody import shares
from redact.errors import KeyRefused
from tests.proofs import OWN_VECTORS, needs
from tests.vectors.record import ShareSet, read_share_sets

SETS = read_share_sets()
OURS_BITS = 256  # the seed of a study's identity
# The standard refuses more shares than are needed; a steward who has three of two may give all.
MORE_ARE_TAKEN = ("too many, 256 bits",)


@needs(OWN_VECTORS)
@pytest.mark.parametrize("given", SETS, ids=lambda given: given.name)
def test_shares_give_their_secret_or_are_refused(given: ShareSet) -> None:
    if given.secret is None:
        with pytest.raises(shamir_mnemonic.MnemonicError):
            shamir_mnemonic.combine_mnemonics(given.shares)
        return
    secret = shamir_mnemonic.combine_mnemonics(given.shares, given.passphrase.encode("ascii"))
    assert secret.hex() == given.secret


@pytest.mark.parametrize("given", SETS, ids=lambda given: given.name)
def test_redact_takes_the_shares_of_a_study_and_no_others(given: ShareSet) -> None:
    bits = len(given.secret or "") * 4
    if given.name in MORE_ARE_TAKEN:
        assert shares.combine(given.shares) == shares.combine(given.shares[1:])
    elif bits != OURS_BITS:
        with pytest.raises(KeyRefused):
            shares.combine(given.shares)
    elif given.passphrase:  # we give none, and SLIP-39 does not tell: it is another identity
        assert _combined(given) != given.secret
    else:
        assert shares.combine(given.shares).seed.hex() == given.secret


def _combined(given: ShareSet) -> str | None:
    try:
        return shares.combine(given.shares).seed.hex()
    except KeyRefused:
        return None
