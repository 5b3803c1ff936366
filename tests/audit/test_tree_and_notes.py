"""Tree hashes and signed notes against values that others published."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.audit.cosignature import CosignatureVerifier, Cosigner, cosigned_message
from redact.audit.note import (
    Checkpoint,
    NoteError,
    Signer,
    Verifier,
    checkpoint_text,
    open_note,
    read_checkpoint,
)
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
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
QUOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
SIGNED_QUOTE = (
    f"{QUOTE}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
    "qdngotpRZb6KE6RyyBwJnAM=\n"
)


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


def test_the_published_signed_note_opens() -> None:
    verifier = Verifier.parse(NEUMANN)
    assert open_note(SIGNED_QUOTE.encode(), verifier) == QUOTE
    assert str(verifier) == NEUMANN


def test_a_note_opens_with_its_key_only_and_byte_for_byte() -> None:
    signer, other = Signer.generate("redact.study/a"), Signer.generate("redact.study/a")
    note = signer.sign(checkpoint_text("redact.study/a", 3, bytes(32)))
    assert read_checkpoint(open_note(note, signer.verifier())) == Checkpoint(
        "redact.study/a", 3, bytes(32)
    )
    with pytest.raises(NoteError):
        open_note(note, other.verifier())
    for at in range(len(note)):
        for mask in range(1, 256, 7):
            changed = bytearray(note)
            changed[at] ^= mask
            with pytest.raises(NoteError):
                open_note(bytes(changed), signer.verifier())


def test_a_signing_key_comes_back_from_its_text() -> None:
    signer = Signer.generate("redact.study/a")
    assert Signer.parse(signer.text()) == signer
    assert signer.text() not in repr(signer)


@pytest.mark.parametrize("text", ["", "a", "a+b", "a+00000000+AAAA", NEUMANN[:-1], "x" + NEUMANN])
def test_a_mistyped_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(NoteError):
        Verifier.parse(text)


def test_a_post_quantum_cosignature_is_of_this_checkpoint_and_no_other() -> None:
    cosigner = Cosigner.generate("redact.study/test/cosigner")
    assert Cosigner.parse(cosigner.text()) == cosigner
    verifier = CosignatureVerifier.parse(str(cosigner.verifier()))
    root = hashlib.sha256(b"root").digest()
    line = cosigner.cosign("redact.study/test", 7, root, 1_790_000_000).decode()
    assert verifier.check(line, "redact.study/test", 7, root) == 1_790_000_000
    for wrong in (("redact.study/other", 7, root), ("redact.study/test", 8, root),
                  ("redact.study/test", 7, hashlib.sha256(b"x").digest())):  # fmt: skip
        with pytest.raises(NoteError):
            verifier.check(line, *wrong)
    with pytest.raises(NoteError):
        Cosigner.generate("redact.study/test/cosigner").verifier().check(
            line, "redact.study/test", 7, root
        )


def test_the_cosigned_message_is_that_of_the_specification() -> None:
    """C2SP tlog-cosignature, *ML-DSA-44 signed message*, written out by hand."""
    made = cosigned_message("w", 258, "log", 3, bytes(range(32)))
    assert made == (
        b"subtree/v1\n\0" + b"\x01w" + b"\0\0\0\0\0\0\x01\x02" + b"\x03log" + b"\0" * 8
        + b"\0" * 7 + b"\x03" + bytes(range(32))
    )  # fmt: skip
