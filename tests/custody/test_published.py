"""Other people's vectors, where ../shared is beside this clone, and that ours leave none out."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest
import shamir_mnemonic

from redact.custody import shares
from redact.custody.age import (
    AgeError,
    HybridIdentity,
    Identity,
    PassphraseIdentity,
    X25519Identity,
    decrypt,
)
from redact.errors import KeyRefused
from tests.custody.test_vectors import CLASSES
from tests.proofs import AGE_VECTORS, PUBLISHED_AGE, PUBLISHED_SHARES, SLIP39_VECTORS, needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published vector: its digest as classes.toml has it, and how it must end."""

    name: str
    digest: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedFile:
    """A published age file, what opens it, and the digest of its plaintext."""

    vector: Published
    data: bytes
    identities: tuple[Identity, ...]
    plaintext: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Published shares and their secret, hexadecimal, or nothing."""

    vector: Published
    words: tuple[str, ...]
    secret: str


def sealed_files() -> list[SealedFile]:
    """The published age files; none where they are not."""
    return [_sealed_file(path.name, path.read_bytes()) for path in _age_paths()]


def _age_paths() -> list[Path]:
    return sorted(AGE_VECTORS.iterdir()) if PUBLISHED_AGE.is_here else []


def _sealed_file(name: str, whole: bytes) -> SealedFile:
    head, _, body = whole.partition(b"\n\n")
    fields: dict[str, str] = {}
    identities: list[Identity] = []
    for line in head.decode().split("\n"):
        key, _, value = line.partition(": ")
        fields[key] = value
        if key == "identity":
            kind = HybridIdentity if "-PQ-" in value else X25519Identity
            identities.append(kind.parse(value))
        elif key == "passphrase":
            identities.append(PassphraseIdentity(value))
    return SealedFile(
        vector=Published(name=name, digest=_digest(whole), outcome=fields["expect"]),
        data=zlib.decompress(body) if fields.get("compressed") == "zlib" else body,
        identities=tuple(identities),
        plaintext=fields.get("payload", ""),
    )


def share_sets() -> list[Shares]:
    """The published sets of shares; none where they are not."""
    if not PUBLISHED_SHARES.is_here:
        return []
    read: list[Shares] = []
    for name, words, secret, *_ in json.loads(SLIP39_VECTORS.read_text("utf-8")):
        digest = _digest("\n".join([*words, secret]).encode("ascii"))
        outcome = "secret" if secret else "refused"
        vector = Published(name=name, digest=digest, outcome=outcome)
        read.append(Shares(vector=vector, words=tuple(words), secret=secret))
    return read


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


@needs(PUBLISHED_AGE)
def test_every_published_age_file_is_opened_or_refused_as_it_says() -> None:
    files = sealed_files()
    assert len(files) == 143
    for one in files:
        if one.vector.outcome == "success":
            opened = decrypt(one.data, one.identities)
            assert hashlib.sha256(opened).hexdigest() == one.plaintext, one.vector.name
        else:
            with pytest.raises(AgeError):
                assert decrypt(one.data, one.identities) is None, one.vector.name


@needs(PUBLISHED_SHARES)
def test_every_published_set_of_shares_gives_its_secret_or_is_refused() -> None:
    sets = share_sets()
    assert len(sets) == 45
    for one in sets:
        if one.secret:
            assert shamir_mnemonic.combine_mnemonics(one.words, b"TREZOR").hex() == one.secret
            continue
        with pytest.raises(shamir_mnemonic.MnemonicError):
            shamir_mnemonic.combine_mnemonics(one.words)
        with pytest.raises(KeyRefused):
            shares.combine(one.words)


@needs(PUBLISHED_AGE)
def test_every_published_class_of_age_file_has_vectors_of_our_own() -> None:
    assert _unlike("age", [one.vector for one in sealed_files()]) == []


@needs(PUBLISHED_SHARES)
def test_every_published_class_of_shares_has_vectors_of_our_own() -> None:
    assert _unlike("slip39", [one.vector for one in share_sets()]) == []


def _unlike(kind: str, published: list[Published]) -> list[str]:
    """Where the table and what is published part: a vector in no class, or one of another end.

    Two published age files are byte for byte two others, so that a digest may stand in two classes.
    """
    rows = [(digest, row) for row in CLASSES[kind] for digest in row.get("published", ())]
    known = {vector.digest: vector for vector in published}
    listed = {digest for digest, row in rows if row["ours"]}
    wrong = [f"{v.name} ({v.digest}): in no class" for v in published if v.digest not in listed]
    for digest, row in rows:
        if digest not in known:
            wrong.append(f"{digest}: is not published")
        elif row["outcome"] != known[digest].outcome:
            wrong.append(f"{known[digest].name}: does not end in {row['outcome']}")
    return wrong
