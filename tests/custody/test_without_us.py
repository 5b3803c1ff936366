"""Recovery as custody/README.txt tells it, with other people's tools alone.

The sealed files are opened by the npm package age-encryption (post-quantum), pyrage (passphrase)
and Debian's age (X25519); the shares by the SLIP-39 reference library and another bech32. What is
not on this machine is skipped, and the summary's last line says so: `make oracles` installs it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pty
import subprocess
from pathlib import Path

import pyrage
import pytest
import shamir_mnemonic

from redact.custody.age import (
    PassphraseIdentity,
    PassphraseRecipient,
    X25519Recipient,
    decrypt,
    encrypt,
)
from redact.custody.age.x25519 import X25519Identity
from tests.conftest import PASSPHRASE, run_redact
from tests.proofs import DEBIAN_AGE, NPM_AGE, TYPAGE, needs

needs_typage, needs_age = needs(NPM_AGE), needs(DEBIAN_AGE)
pytestmark = pytest.mark.oracle
OPEN = """
import { Decrypter } from "age-encryption";
import { readFileSync } from "node:fs";
const d = new Decrypter();
d.addIdentity(readFileSync(process.argv[2], "utf8").trim());
process.stdout.write(await d.decrypt(readFileSync(process.argv[3]), "text"));
"""
TO_IDENTITY = """
import { bech32 } from "@scure/base";
const seed = Uint8Array.from(Buffer.from(process.argv[2], "hex"));
console.log(bech32.encodeFromBytes("age-secret-key-pq-", seed).toUpperCase());
"""
SEAL = """
import { Encrypter } from "age-encryption";
const e = new Encrypter();
e.addRecipient(process.argv[2]);
process.stdout.write(Buffer.from(await e.encrypt("names")).toString("hex"));
"""


def node(script: str, *arguments: object) -> str:
    path = TYPAGE.parent / f"{hashlib.sha256(script.encode()).hexdigest()[:12]}.mjs"
    path.write_text(script, "utf-8")
    done = subprocess.run(["node", str(path), *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def age_at_a_terminal(*arguments: object) -> None:
    """Debian's age, which asks for a passphrase at a terminal only."""
    terminal, inner = pty.openpty()
    running = subprocess.Popen(
        ["setsid", "--ctty", "age", *map(str, arguments)], stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    said = b""
    with contextlib.suppress(OSError):  # the terminal closes when age ends
        while more := os.read(terminal, 1024):
            said += more
            if more.rstrip().endswith(b":"):
                os.write(terminal, PASSPHRASE.encode() + b"\n")
    os.close(terminal)
    assert running.wait() == 0, said


def identity_by_passphrase(study: Path) -> str:
    sealed = (study / "custody" / "steward.age").read_bytes()
    packet: bytes = pyrage.passphrase.decrypt(sealed, PASSPHRASE)
    (line,) = [x for x in packet.decode().splitlines() if x.startswith("AGE-SECRET-KEY-PQ-1")]
    return line


@needs_typage
def test_the_names_are_found_again_without_any_code_of_ours(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, _ = small_study
    identity = tmp_path / "identity.txt"
    identity.write_text(identity_by_passphrase(study) + "\n", "ascii")
    (sealed,) = (study / "linkage").glob("*.age")
    key = json.loads(node(OPEN, identity, sealed))
    forms = {form["text"] for entry in key["entries"] for form in entry["forms"]}
    assert "Morag MacLeod" in forms
    for step in ("steward.age", "identity.txt", "linkage.json", "SLIP-39"):
        assert step in (study / "custody" / "README.txt").read_text("utf-8")


@needs_typage
def test_two_of_three_shares_find_them_again_too(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, passphrase = small_study
    made = run_redact(
        "key",
        "split",
        study,
        "--needed",
        2,
        "--shares",
        3,
        "--to",
        tmp_path / "shares",
        "--passphrase-file",
        passphrase,
    )
    assert made.code == 0, made.err
    files = sorted((tmp_path / "shares").iterdir())[1:]
    words = [next(x for x in f.read_text().splitlines() if x[:1] != "#") for f in files]
    seed = shamir_mnemonic.combine_mnemonics(words)
    identity = node(TO_IDENTITY, seed.hex()).strip()
    assert identity == identity_by_passphrase(study)


@needs_typage
def test_post_quantum_files_of_another_implementation_are_read(tmp_path: Path) -> None:
    from redact.custody.age import HybridIdentity

    mine = HybridIdentity.generate()
    assert decrypt(bytes.fromhex(node(SEAL, str(mine.recipient()))), [mine]) == b"names"


@needs_age
def test_debian_s_age_opens_and_seals_compatible_files(tmp_path: Path) -> None:
    mine = X25519Identity.generate()
    (tmp_path / "id.txt").write_text(mine.text() + "\n", "ascii")
    (tmp_path / "ours.age").write_bytes(encrypt(b"names", [mine.recipient()]))
    opened = subprocess.run(
        ["age", "-d", "-i", "id.txt", "ours.age"], cwd=tmp_path, capture_output=True, check=True
    )
    assert opened.stdout == b"names"
    sealed = subprocess.run(
        ["age", "-r", str(X25519Recipient.parse(str(mine.recipient())))],
        input=b"names",
        capture_output=True,
        check=True,
    )
    assert decrypt(sealed.stdout, [mine]) == b"names"


@needs_age
def test_debian_age_and_we_open_each_others_passphrase_files(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours.age", tmp_path / "theirs.age"
    ours.write_bytes(encrypt(b"names", [PassphraseRecipient(PASSPHRASE)]))
    age_at_a_terminal("-d", "-o", tmp_path / "opened", ours)
    assert (tmp_path / "opened").read_bytes() == b"names"
    age_at_a_terminal("-p", "-o", theirs, tmp_path / "opened")
    assert decrypt(theirs.read_bytes(), [PassphraseIdentity(PASSPHRASE)]) == b"names"


@needs_age
def test_a_passphrase_custodians_packet_opens_with_debian_age(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    age_at_a_terminal("-d", "-o", tmp_path / "opened", small_study[0] / "custody" / "steward.age")
    assert "AGE-SECRET-KEY-PQ-1" in (tmp_path / "opened").read_text("utf-8")
