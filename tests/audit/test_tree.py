"""Tree hashes against values that others published."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redact.audit.tree import Tree, leaf_hash, node_hash

# Inputs and roots of the Certificate Transparency reference implementation's tests.
LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
]


ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def test_roots_equal_those_of_certificate_transparency() -> None:
    tree = Tree()
    for size in range(len(LEAVES) + 1):
        if size in ROOTS:
            assert tree.root().hex() == ROOTS[size]
        if size < len(LEAVES):
            tree = tree.add(leaf_hash(LEAVES[size]))


def _root(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, written out as it stands there."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node_hash(_root(hashes[:split]), _root(hashes[split:]))


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70))
def test_the_frontier_gives_the_root_that_the_rfc_defines(lines: list[bytes]) -> None:
    tree = Tree()
    for line in lines:
        tree = tree.add(leaf_hash(line))
    assert tree.root() == _root([leaf_hash(line) for line in lines])
    assert tree.size == len(lines)
