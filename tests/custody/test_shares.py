"""Shares against the published vectors of SLIP-39: the library under us is checked as well."""

from __future__ import annotations

import json

import pytest
import shamir_mnemonic

from redact.custody import shares
from redact.custody.age import HybridIdentity
from redact.errors import KeyRefused
from tests.conftest import SHARED

VECTORS = SHARED / "vectors" / "slip39_vectors.json"
pytestmark = pytest.mark.skipif(
    not VECTORS.is_file(), reason="the SLIP-39 vectors are not on this machine"
)


def _vectors() -> list[tuple[str, list[str], str]]:
    if not VECTORS.is_file():
        return []
    return [(one[0], one[1], one[2]) for one in json.loads(VECTORS.read_text("utf-8"))]


def test_there_are_all_45() -> None:
    assert len(_vectors()) == 45


@pytest.mark.parametrize(("name", "words", "secret"), _vectors(), ids=[v[0] for v in _vectors()])
def test_a_vector_gives_its_secret_or_is_refused(name: str, words: list[str], secret: str) -> None:
    if not secret:
        with pytest.raises(shamir_mnemonic.MnemonicError):
            shamir_mnemonic.combine_mnemonics(words)
        with pytest.raises(KeyRefused):
            shares.combine(words)
        return
    assert shamir_mnemonic.combine_mnemonics(words, b"TREZOR").hex() == secret


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
