"""Shares of an identity: divided and put together again; their vectors: test_share_vectors.py."""

from __future__ import annotations

import pytest

from redact.custody import shares
from redact.custody.age import HybridIdentity
from redact.errors import KeyRefused, UsageError


def test_more_shares_than_needed_mixed_sets_and_typing_errors() -> None:
    one, other = HybridIdentity(bytes(32)), HybridIdentity(bytes(range(32)))
    mine, theirs = shares.split(one, 2, 3), shares.split(other, 2, 3)
    assert shares.combine(mine) == one
    assert shares.combine([f"  {mine[2]}\n", mine[0].replace(" ", "  ")]) == one
    for wrong in (
        [mine[0]],
        [mine[0], mine[0]],
        [mine[0], theirs[1]],
        ["not a share", mine[1]],
        [],
    ):
        with pytest.raises(KeyRefused):
            shares.combine(wrong)
    words = mine[0].split()
    words[5], words[6] = words[6], words[5]
    with pytest.raises(KeyRefused):
        shares.combine([" ".join(words), mine[1]])


@pytest.mark.parametrize("needed", [2, 3, 5])
def test_any_enough_shares_give_the_identity_and_fewer_give_nothing(needed: int) -> None:
    identity = HybridIdentity.generate()
    made = shares.split(identity, needed, 5)
    assert shares.combine(made[-needed:]) == identity
    assert shares.combine(made) == identity  # more than are needed
    with pytest.raises(KeyRefused):
        shares.combine(made[: needed - 1])


def test_a_wrong_word_and_another_set_are_refused() -> None:
    one, two = (shares.split(HybridIdentity.generate(), 2, 3) for _ in range(2))
    words = one[0].split()
    words[7] = "academic" if words[7] != "academic" else "acid"
    with pytest.raises(KeyRefused):
        shares.combine([" ".join(words), one[1]])
    with pytest.raises(KeyRefused):
        shares.combine([one[0], two[1]])
    with pytest.raises(UsageError):
        shares.split(HybridIdentity.generate(), 1, 3)
