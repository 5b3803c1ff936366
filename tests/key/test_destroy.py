"""The end of a key: gone with a certificate, and the log still stands."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import run_redact


def test_a_destroyed_key_is_gone_with_a_certificate_and_the_log_still_stands(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, _ = kept
    asked = ["key", "destroy", study, "--by", "A. Steward", *key]
    statements = []
    for name in ("steward", "ethics"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"I, {name}, wiped mine today.\n", "utf-8")
        statements += ["--statement", f"{name}={path}"]
    missing = run_redact(*asked, "--yes", *statements[:2])
    assert (missing.code, "no statement of ethics" in missing.err) == (2, True)
    unsure = run_redact(*asked, *statements)
    assert (unsure.code, "cannot be undone" in unsure.err) == (2, True)
    copy = tmp_path / "backup"
    shutil.copytree(study / "linkage", copy)
    done = run_redact(*asked, "--yes", *statements)
    assert done.code == 0, done.err
    page = (study / "custody" / "destruction.md").read_text("utf-8")
    assert "Sealed files left in the study folder: 0" in page
    assert "No software can prove" in page
    left = [
        path
        for path in study.rglob("*")
        if path.is_file() and b"age-encryption.org/" in path.read_bytes()[:64]
    ]
    assert left == []
    for command in (
        ["restore", "--to", tmp_path / "back"],
        ["release"],
        ["replace"],
        ["reveal", "Person 1", "--reason", "x"],
    ):
        refused = run_redact(command[0], study, *command[1:], *key)
        assert (refused.code, "was destroyed" in refused.err) == (1, True), command
    log_key = next(
        line
        for line in (study / "study.toml").read_text().splitlines()
        if line.startswith("log_key")
    ).split('"')[1]
    assert run_redact("audit", "verify", study, "--key", log_key).code == 0
    assert run_redact("explain", study, "Person 1").code == 0
