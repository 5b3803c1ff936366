"""Signed notes and checkpoints against values that others published."""

from __future__ import annotations

import pytest

from redact.audit.note import (
    Checkpoint,
    NoteError,
    Signer,
    Verifier,
    checkpoint_text,
    open_note,
    read_checkpoint,
)

NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


QUOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)


SIGNED_QUOTE = (
    f"{QUOTE}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
    "qdngotpRZb6KE6RyyBwJnAM=\n"
)


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
