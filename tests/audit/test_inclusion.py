"""A proof leads from its entry to the root, and from nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.audit.entries import Actor, LogEntry, entry_line
from redact.audit.events import RunFinished
from redact.audit.inclusion import read_inclusion, write_inclusion
from redact.audit.note import NoteError
from redact.audit.tree import Tree, leaf_hash, node_hash

ACTOR = Actor("steward", "data steward")


def line(number: int) -> bytes:
    return entry_line(
        LogEntry(
            log="o/p",
            number=number,
            time="2026-11-26T00:00:00.000Z",
            before=bytes(32),
            actor=ACTOR,
            event=RunFinished("x", "done", 0),
        )
    )


def grown(size: int) -> tuple[Tree, Tree, bytes]:
    """The tree before the last of so many entries, after it, and that entry's line."""
    before = tree = Tree()
    last = b""
    for number in range(size):
        before, last = tree, line(number)
        tree = tree.add(leaf_hash(last))
    return before, tree, last


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, as it is written there."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(root_of(leaves[:k]), root_of(leaves[k:]))


@given(st.integers(1, 70))
def test_a_proof_leads_to_the_root_as_the_rfc_has_it(size: int) -> None:
    before, after, last = grown(size)
    assert after.root() == root_of([leaf_hash(line(n)) for n in range(size)])
    entry = read_inclusion(write_inclusion(before, last), size, after.root())
    assert entry.number == size - 1


def test_every_changed_byte_of_a_proof_is_noticed() -> None:
    before, after, last = grown(12)
    proof = write_inclusion(before, last).encode()
    for at in range(len(proof)):
        for mask in (1, 32, 128):
            changed = bytearray(proof)
            changed[at] ^= mask
            try:
                text = bytes(changed).decode("utf-8")
            except UnicodeDecodeError:
                continue
            with pytest.raises(NoteError):
                read_inclusion(text, 12, after.root())


def test_a_proof_of_another_size_root_or_shape_is_none() -> None:
    before, after, last = grown(12)
    proof = write_inclusion(before, last)
    for size, root in ((11, after.root()), (13, after.root()), (12, before.root())):
        with pytest.raises(NoteError):
            read_inclusion(proof, size, root)
    for text in (
        "",
        "x",
        proof + "\n",
        proof[:-1],
        proof + "0" * 64 + "\n",
        proof.replace("inclusion/1", "inclusion/2"),
    ):
        with pytest.raises(NoteError):
            read_inclusion(text, 12, after.root())
