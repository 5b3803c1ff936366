"""Sealed files against vectors of our own: tests/vectors/README.md says where they come from."""

from __future__ import annotations

import hashlib
import re
import tomllib

import pytest

from redact.custody.age import (
    AgeError,
    HybridIdentity,
    Identity,
    PassphraseIdentity,
    SshIdentity,
    X25519Identity,
    decrypt,
)
from tests.proofs import OWN_VECTORS, needs
from tests.vectors import make
from tests.vectors.record import (
    FOLDER,
    Outcome,
    Vector,
    packed,
    read_share_sets,
    read_vectors,
    unpacked,
)

VECTORS = read_vectors()
CLASSES = tomllib.loads((FOLDER / "classes.toml").read_text("utf-8"))

# What our messages say of each kind of failure, so that a vector cannot be refused for another
# fault than its own. A header failure is any other message.
MESSAGES = {
    Outcome.ARMOR: r"\barmor\b",
    Outcome.NO_MATCH: r"no identity matches|wrong passphrase",
    Outcome.MAC: r"the header was changed",
    Outcome.PAYLOAD: r"^the payload |^the last chunk ",
}
# Refused by our reader under another name than the specification's; refused all the same.
NAMED_OTHERWISE = {
    "armor words before": Outcome.HEADER,  # does not start like armor, so it is read as a header
    "armor empty": Outcome.ARMOR,  # armor without a line is malformed to us, not empty
    "hybrid share zero": Outcome.NO_MATCH,  # HPKE as a whole fails, and does not say why
    "hybrid share of low order": Outcome.NO_MATCH,
}


def identities(vector: Vector) -> list[Identity]:
    """The keys and passphrases that the vector is opened with."""
    known: list[Identity] = []
    for text in vector.identities:
        if text.startswith("-----BEGIN OPENSSH"):
            known.append(SshIdentity.parse(text.encode("ascii")))
        elif "-PQ-" in text:
            known.append(HybridIdentity.parse(text))
        else:
            known.append(X25519Identity.parse(text))
    return known + [PassphraseIdentity(passphrase) for passphrase in vector.passphrases]


def named(message: str) -> Outcome:
    """The kind of failure that a message of ours tells."""
    told = [outcome for outcome, words in MESSAGES.items() if re.search(words, message)]
    assert len(told) < 2, message
    return told[0] if told else Outcome.HEADER


@needs(OWN_VECTORS)
@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_a_sealed_file_ends_as_its_vector_says(vector: Vector) -> None:
    if vector.outcome is Outcome.SUCCESS:
        plaintext = decrypt(vector.sealed(), identities(vector))
        assert hashlib.sha256(plaintext).hexdigest() == vector.plaintext
        return
    with pytest.raises(AgeError) as refused:  # and so not a byte of plaintext, whatever came before
        decrypt(vector.sealed(), identities(vector))
    assert named(str(refused.value)) is NAMED_OTHERWISE.get(vector.name, vector.outcome)


def test_the_script_writes_the_vectors_that_are_here() -> None:
    for name, content in make.files().items():
        assert (FOLDER / name).read_text("ascii") == content, f"{name}: run `make vectors`"
    here = {path.name for path in FOLDER.glob("*.jsonl")}
    assert here == set(make.files())


@pytest.mark.parametrize("kind", ["age", "slip39"])
def test_the_table_of_classes_names_every_vector_once_and_as_it_ends(kind: str) -> None:
    if kind == "age":
        ends = {vector.name: str(vector.outcome) for vector in VECTORS}
    else:
        ends = {one.name: "secret" if one.secret else "refused" for one in read_share_sets()}
    listed = [(name, row["outcome"]) for row in CLASSES[kind] for name in row["ours"]]
    assert sorted(listed) == sorted(ends.items())
    assert all(row["ours"] for row in CLASSES[kind])
    assert len({row["class"] for row in CLASSES[kind]}) == len(CLASSES[kind])


@pytest.mark.parametrize("data", [b"", bytes(31), bytes(32), b"a" + bytes(70) + b"b" + bytes(3)])
def test_runs_of_zeros_are_written_short_and_read_back(data: bytes) -> None:
    assert unpacked(packed(data)) == data
    assert len(packed(data)) < 80
