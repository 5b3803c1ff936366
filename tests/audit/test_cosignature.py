"""Post-quantum cosignatures: of one checkpoint, over the bytes that the specification says."""

from __future__ import annotations

import hashlib

import pytest

from redact.audit.cosignature import CosignatureVerifier, Cosigner, cosigned_message
from redact.audit.note import (
    NoteError,
)


def test_a_post_quantum_cosignature_is_of_this_checkpoint_and_no_other() -> None:
    cosigner = Cosigner.generate("redact.study/test/cosigner")
    assert Cosigner.parse(cosigner.text()) == cosigner
    verifier = CosignatureVerifier.parse(str(cosigner.verifier()))
    root = hashlib.sha256(b"root").digest()
    line = cosigner.cosign("redact.study/test", 7, root, 1_790_000_000).decode()
    assert verifier.check(line, "redact.study/test", 7, root) == 1_790_000_000
    for wrong in (
        ("redact.study/other", 7, root),
        ("redact.study/test", 8, root),
        ("redact.study/test", 7, hashlib.sha256(b"x").digest()),
    ):
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
        b"subtree/v1\n\0"
        + b"\x01w"
        + b"\0\0\0\0\0\0\x01\x02"
        + b"\x03log"
        + b"\0" * 8
        + b"\0" * 7
        + b"\x03"
        + bytes(range(32))
    )
