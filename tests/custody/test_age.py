"""The age codec: other implementations, and every kind of damage; its vectors: test_vectors.py."""

from inspect import unwrap

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.custody.age import (
    AgeError,
    HybridIdentity,
    PassphraseIdentity,
    PassphraseRecipient,
    Recipient,
    SshIdentity,
    SshRecipient,
    X25519Identity,
    decrypt,
    encrypt,
    passphrase,
)
from tests.conftest import examples


@given(st.binary(max_size=200_000))
@settings(max_examples=examples(0.3), deadline=None)
def test_what_is_sealed_to_an_identity_opens_with_it(plaintext: bytes) -> None:
    for identity in (HybridIdentity.generate(), X25519Identity.generate()):
        again = type(identity).parse(identity.text())
        assert decrypt(encrypt(plaintext, [identity.recipient()]), [again]) == plaintext


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072])
def test_chunk_edges_round_trip_with_another_implementation(size: int) -> None:
    plaintext = bytes(range(256)) * (size // 256 + 1)
    plaintext = plaintext[:size]
    ours = X25519Identity.generate()
    theirs = pyrage.x25519.Identity.from_str(ours.text())
    assert pyrage.decrypt(encrypt(plaintext, [ours.recipient()]), [theirs]) == plaintext
    recipient = pyrage.x25519.Recipient.from_str(str(ours.recipient()))
    assert decrypt(pyrage.encrypt(plaintext, [recipient]), [ours]) == plaintext


def test_passphrase_files_are_read_by_another_implementation_and_back() -> None:
    sealed = encrypt(b"key", [PassphraseRecipient("correct horse")])
    assert pyrage.passphrase.decrypt(sealed, "correct horse") == b"key"
    theirs = pyrage.passphrase.encrypt(b"key", "correct horse")
    assert decrypt(theirs, [PassphraseIdentity("correct horse")]) == b"key"


def test_composed_and_decomposed_passphrases_are_one() -> None:
    sealed = encrypt(b"key", [PassphraseRecipient("caf\u00e9 caf\u00e9 caf\u00e9")])
    assert decrypt(sealed, [PassphraseIdentity("cafe\u0301 cafe\u0301 cafe\u0301")]) == b"key"


def test_each_file_of_a_passphrase_has_a_salt_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase, "_salt", unwrap(passphrase._salt))  # other tests share one
    monkeypatch.setattr(passphrase, "LOG_N_WRITTEN", 10)
    stanzas = [PassphraseRecipient("ten words").wrap(bytes(16)) for _ in range(5)]
    assert len({stanza.arguments[0] for stanza in stanzas}) == 5
    assert len({stanza.body for stanza in stanzas}) == 5


def test_a_wrong_passphrase_opens_nothing() -> None:
    sealed = encrypt(b"key", [PassphraseRecipient("right")])
    with pytest.raises(AgeError):
        decrypt(sealed, [PassphraseIdentity("wrong")])


def test_no_changed_byte_of_a_sealed_file_is_accepted() -> None:
    identity = HybridIdentity.generate()
    sealed = encrypt(b"names", [identity.recipient()])
    for at in range(len(sealed)):
        for mask in (0x01, 0x20, 0x80):
            changed = bytearray(sealed)
            changed[at] ^= mask
            with pytest.raises(AgeError):
                decrypt(bytes(changed), [identity])


def test_no_shortened_or_lengthened_file_is_accepted() -> None:
    identity = X25519Identity.generate()
    sealed = encrypt(b"names" * 20_000, [identity.recipient()])
    for at in (*range(0, 300), len(sealed) // 2, len(sealed) - 1):
        with pytest.raises(AgeError):
            decrypt(sealed[:at], [identity])
    with pytest.raises(AgeError):
        decrypt(sealed + b"\0", [identity])


def test_a_classical_recipient_never_joins_a_post_quantum_one() -> None:
    classical: Recipient = X25519Identity.generate().recipient()
    with pytest.raises(AgeError):
        encrypt(b"names", [HybridIdentity.generate().recipient(), classical])
    with pytest.raises(AgeError):
        encrypt(b"names", [])


@given(st.binary(max_size=400))
@settings(max_examples=examples(4), deadline=None)
def test_any_bytes_give_age_error_and_nothing_else(data: bytes) -> None:
    identity = X25519Identity(bytes(range(32)))
    for candidate in (data, b"age-encryption.org/v1\n-> X25519 " + data):
        with pytest.raises(AgeError):
            decrypt(candidate, [identity])


def ssh_key() -> tuple[bytes, str]:
    """A private key file and its public line, as ssh-keygen writes them."""
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.OpenSSH, form.NoEncryption())
    public = key.public_key().public_bytes(form.Encoding.OpenSSH, form.PublicFormat.OpenSSH)
    return private, public.decode()


def test_ssh_keys_seal_and_open_with_another_implementation_and_back() -> None:
    private, public = ssh_key()
    sealed = encrypt(b"names", [SshRecipient.parse(f"{public} steward@office")])
    assert pyrage.decrypt(sealed, [pyrage.ssh.Identity.from_buffer(private)]) == b"names"
    theirs = pyrage.encrypt(b"names", [pyrage.ssh.Recipient.from_str(public)])
    assert decrypt(theirs, [SshIdentity.parse(private)]) == b"names"
    assert str(SshIdentity.parse(private).recipient()) == public


def test_another_ssh_key_opens_nothing() -> None:
    sealed = encrypt(b"names", [SshRecipient.parse(ssh_key()[1])])
    with pytest.raises(AgeError):
        decrypt(sealed, [SshIdentity.parse(ssh_key()[0])])
    with pytest.raises(AgeError):
        SshRecipient.parse("ssh-rsa AAAA")
