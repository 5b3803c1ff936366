"""Merkle tree hashes of RFC 6962, section 2.1, kept as the frontier of full subtrees."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


def leaf_hash(line: bytes) -> bytes:
    """SHA-256(0x00 ‖ line), the line without its line feed."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of `size` leaves; `frontier` holds its full subtrees, largest first."""

    size: int = 0
    frontier: tuple[bytes, ...] = ()

    def add(self, leaf: bytes) -> Tree:
        """The tree with one more leaf hash."""
        frontier, node, size = list(self.frontier), leaf, self.size
        while size & 1:
            node = node_hash(frontier.pop(), node)
            size >>= 1
        return Tree(self.size + 1, (*frontier, node))

    def root(self) -> bytes:
        """The root hash; SHA-256 of nothing for an empty tree."""
        if not self.frontier:
            return hashlib.sha256(b"").digest()
        root = self.frontier[-1]
        for node in reversed(self.frontier[:-1]):
            root = node_hash(node, root)
        return root
