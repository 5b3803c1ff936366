"""Shares of an identity: divided and put together again; their vectors: test_share_vectors.py."""

from __future__ import annotations

import pytest

from redact.custody import shares
from redact.custody.age import HybridIdentity
from redact.errors import KeyRefused


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
