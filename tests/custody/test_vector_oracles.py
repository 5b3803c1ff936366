"""Our vectors against other implementations: they agree, but where tests/vectors/oracles.toml says.

An oracle is asked about every vector whose keys it can read. A vector may differ from it only by a
line of that file; with another version than the recorded one, a recorded difference may be gone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import pty
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyrage
import pytest

from tests.custody.test_without_us import node
from tests.proofs import DEBIAN_AGE, NPM_AGE, PYRAGE, TYPAGE, needs
from tests.vectors.record import FOLDER, Outcome, Vector, read_vectors

pytestmark = pytest.mark.oracle
RECORD = tomllib.loads((FOLDER / "oracles.toml").read_text("utf-8"))
OPEN_ALL = """
import { Decrypter, armor } from "age-encryption";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
const ends = [];
for (const one of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    const d = new Decrypter();
    one.identities.forEach((identity) => d.addIdentity(identity));
    one.passphrases.forEach((passphrase) => d.addPassphrase(passphrase));
    const file = Buffer.from(one.file, "hex");
    const opened = await d.decrypt(one.armored ? armor.decode(file.toString("latin1")) : file);
    ends.push(createHash("sha256").update(opened).digest("hex"));
  } catch {
    ends.push(null);
  }
}
console.log(JSON.stringify(ends));
"""


@dataclass(frozen=True, slots=True)
class Ending:
    """Whether an oracle took a file, and the SHA-256 of what it gave out, be it before an error."""

    taken: bool
    given_out: str


def asked(name: str) -> list[Vector]:
    """The vectors whose keys the oracle reads."""
    record = RECORD[name]
    return [
        vector
        for vector in read_vectors()
        if not any(record["reads_no"] in identity for identity in vector.identities)
        and vector.name not in record.get("not_asked", {})
    ]


def agreement(name: str, running: str, opened: Callable[[Vector], str | None]) -> None:
    """Holds one oracle's answers, a digest or None, against the vectors and the record."""
    record = RECORD[name]
    differing = {v.name for v in asked(name) if opened(v) != expected(v)}
    assert differing <= set(record["differs"]), differing
    if running == record["version"]:
        assert differing == set(record["differs"])
        assert record["agrees_on"] == len(asked(name)) - len(differing)


def expected(vector: Vector) -> str | None:
    return vector.plaintext if vector.outcome is Outcome.SUCCESS else None


@needs(PYRAGE)
def test_pyrage_agrees() -> None:
    agreement("pyrage", version("pyrage"), by_pyrage)


def by_pyrage(vector: Vector) -> str | None:
    data = vector.sealed()
    try:
        if vector.passphrases:
            opened = pyrage.passphrase.decrypt(data, vector.passphrases[0])
        else:
            opened = pyrage.decrypt(data, [_pyrage_identity(one) for one in vector.identities])
    except pyrage.DecryptError:
        return None
    return hashlib.sha256(opened).hexdigest()


def _pyrage_identity(text: str) -> pyrage.x25519.Identity | pyrage.ssh.Identity:
    if text.startswith("-----"):
        return pyrage.ssh.Identity.from_buffer(text.encode("ascii"))
    return pyrage.x25519.Identity.from_str(text)


@needs(NPM_AGE)
def test_age_encryption_of_npm_agrees(tmp_path: Path) -> None:
    vectors = asked("age-encryption")
    questions = [
        {
            "file": vector.sealed().hex(),
            "armored": vector.name.startswith("armor "),
            "identities": vector.identities,
            "passphrases": vector.passphrases,
        }
        for vector in vectors
    ]
    (tmp_path / "questions.json").write_text(json.dumps(questions), "ascii")
    answers = json.loads(node(OPEN_ALL, tmp_path / "questions.json"))
    ends = dict(zip([vector.name for vector in vectors], answers, strict=True))
    package = TYPAGE / "age-encryption" / "package.json"
    running = json.loads(package.read_text("utf-8"))["version"]
    agreement("age-encryption", running, lambda vector: ends[vector.name])


@needs(DEBIAN_AGE)
def test_age_of_debian_agrees_and_hands_out_what_we_say_before_an_error(tmp_path: Path) -> None:
    said = subprocess.run(["age", "--version"], capture_output=True, text=True, check=True)
    ends = {vector.name: by_age(vector, tmp_path) for vector in asked("age")}
    agreement(
        "age",
        said.stdout.strip(),
        lambda vector: ends[vector.name].given_out if ends[vector.name].taken else None,
    )
    for vector in asked("age"):
        if vector.outcome is Outcome.PAYLOAD:
            assert ends[vector.name].given_out == vector.plaintext, vector.name


def by_age(vector: Vector, folder: Path) -> Ending:
    sealed, opened = folder / "sealed.age", folder / "opened"
    sealed.write_bytes(vector.sealed())
    opened.unlink(missing_ok=True)
    if vector.passphrases:
        taken = _at_a_terminal(vector.passphrases[0], ["age", "-d", "-o", str(opened), str(sealed)])
        given_out = opened.read_bytes() if opened.exists() else b""
        return Ending(taken, hashlib.sha256(given_out).hexdigest())
    keys: list[str] = []
    for number, identity in enumerate(vector.identities):
        path = folder / f"identity-{number}"
        path.write_text(identity.rstrip("\n") + "\n", "ascii")
        path.chmod(0o600)
        keys += ["-i", str(path)]
    done = subprocess.run(["age", "-d", *keys, str(sealed)], capture_output=True, check=False)
    return Ending(done.returncode == 0, hashlib.sha256(done.stdout).hexdigest())


def _at_a_terminal(passphrase: str, command: list[str]) -> bool:
    """Runs what asks for a passphrase at a terminal; true if it ended well."""
    terminal, inner = pty.openpty()
    running = subprocess.Popen(
        ["setsid", "--ctty", *command], stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    with contextlib.suppress(OSError):  # the terminal closes when the command ends
        while more := os.read(terminal, 1024):
            if more.rstrip().endswith(b":"):
                os.write(terminal, passphrase.encode("utf-8") + b"\n")
    os.close(terminal)
    return running.wait() == 0
