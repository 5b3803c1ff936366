"""Time stamps, with OpenSSL as the authority: another implementation, on this machine."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from tests.conftest import run_redact
from tests.proofs import OPENSSL, needs

pytestmark = [pytest.mark.oracle, needs(OPENSSL)]

TSA = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
basicConstraints = CA:FALSE
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root and a time-stamping authority under it, both invented."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(TSA.format(folder=folder))
    (folder / "serial").write_text("01\n")
    for name, section in (("root", "ca"), ("other", "ca")):
        _openssl(
            folder,
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.pem",
            "-subj",
            f"/CN=Invented {name}",
            "-days",
            "30",
            "-config",
            "tsa.cnf",
            "-extensions",
            section,
        )
    _openssl(
        folder,
        "req",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "tsa.key",
        "-out",
        "tsa.csr",
        "-subj",
        "/CN=Invented Time Authority",
        "-config",
        "tsa.cnf",
    )
    _openssl(
        folder,
        "x509",
        "-req",
        "-in",
        "tsa.csr",
        "-CA",
        "root.pem",
        "-CAkey",
        "root.key",
        "-CAcreateserial",
        "-out",
        "tsa.pem",
        "-days",
        "30",
        "-extfile",
        "tsa.cnf",
        "-extensions",
        "ext",
    )
    return folder


@pytest.fixture
def stamped(
    small_study: tuple[Path, Path], authority: Path, tmp_path: Path
) -> tuple[list[object], Path]:
    """`audit verify` of a study with a stamped anchor, and the authority's reply."""
    study, passphrase = small_study
    note, request, reply = (tmp_path / f"anchor.{end}" for end in ("note", "tsq", "tsr"))
    made = run_redact(
        "audit", "anchor", study, "--where", "library", "--to", note, "--timestamp-request", request
    )
    assert made.code == 0, made.err
    _openssl(
        authority,
        "ts",
        "-reply",
        "-queryfile",
        str(request),
        "-signer",
        "tsa.pem",
        "-inkey",
        "tsa.key",
        "-out",
        str(reply),
        "-config",
        "tsa.cnf",
    )
    _openssl(
        authority, "ts", "-verify", "-data", str(note), "-in", str(reply), "-CAfile", "root.pem"
    )
    return [
        "audit",
        "verify",
        study,
        "--passphrase-file",
        passphrase,
        "--anchor",
        note,
        "--timestamp",
        reply,
    ], note


def test_a_stamped_anchor_says_when_and_by_whom(
    stamped: tuple[list[object], Path], authority: Path
) -> None:
    verify, note = stamped
    found = run_redact(*verify, "--timestamp-root", authority / "root.pem", "--json")
    assert found.code == 0, found.err
    (stamp,) = found.json["timestamps"]
    assert stamp["anchor"] == note.name
    assert stamp["authority"] == "CN=Invented Time Authority"
    assert stamp["time"].endswith("Z")


def test_another_authority_a_changed_anchor_and_a_damaged_reply_are_refused(
    stamped: tuple[list[object], Path], authority: Path
) -> None:
    verify, note = stamped
    root: list[object] = ["--timestamp-root", authority / "root.pem"]
    assert run_redact(*verify).code == 2
    assert run_redact(*verify, "--timestamp-root", authority / "other.pem").code == 1
    assert run_redact(*verify, "--timestamp-root", note).code == 1
    reply = Path(str(verify[-1]))
    whole = reply.read_bytes()
    for place in range(0, len(whole), 7):
        reply.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        found = run_redact(*verify, *root)
        assert found.code in (0, 1, 2), found.err
        assert "Traceback" not in found.err
        if found.code == 0:  # a byte nobody signs, such as the status text around the token
            assert "Invented Time Authority" in found.out
    reply.write_bytes(whole)
    text = note.read_bytes()
    note.write_bytes(text + b"\n")
    assert run_redact(*verify, *root).code in (1, 2)
    note.write_bytes(text)
    assert run_redact(*verify, *root).code == 0


def test_the_request_carries_a_digest_and_nothing_else(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, _ = small_study
    note, request = tmp_path / "a.note", tmp_path / "a.tsq"
    without = run_redact("audit", "anchor", study, "--where", "x", "--timestamp-request", request)
    assert (without.code, request.exists()) == (2, False)
    asked = ["audit", "anchor", study, "--where", "x", "--to", note, "--timestamp-request", request]
    assert run_redact(*asked).code == 0
    assert hashlib.sha512(note.read_bytes()).digest() in request.read_bytes()
    assert len(request.read_bytes()) < 120
