"""The end of a key: gone with a certificate, and the log still stands."""

from __future__ import annotations

import base64
import json
import shutil
import tarfile
from pathlib import Path

from tests.conftest import Result, run_redact

Kept = tuple[Path, list[object], Path]


def log_key_of(study: Path) -> str:
    lines = (study / "study.toml").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("log_key")).split('"')[1]


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
    assert run_redact("audit", "verify", study, "--key", log_key_of(study)).code == 0
    assert run_redact("explain", study, "Person 1").code == 0


def destroyed(kept: Kept, tmp_path: Path, *more: object) -> Result:
    study, key, _ = kept
    statements: list[object] = []
    for name in ("steward", "ethics"):
        path = tmp_path / f"{name}.md"
        path.write_text(f"I, {name}, wiped mine today.\n", "utf-8")
        statements += ["--statement", f"{name}={path}"]
    asked = ["key", "destroy", study, "--by", "A. Steward", "--yes"]
    return run_redact(*asked, *statements, *more, *key)


def test_copies_are_named_and_the_destruction_is_done_when_they_are_gone(
    kept: Kept, tmp_path: Path
) -> None:
    study, _, mine = kept
    sealed = next((study / "linkage").glob("*.age")).read_bytes()
    (study / "identity.txt").write_bytes(mine.read_bytes())
    armored = base64.encodebytes(sealed)
    (study / "safe-mail.txt").write_bytes(
        b"-----BEGIN AGE ENCRYPTED FILE-----\n" + armored + b"-----END AGE ENCRYPTED FILE-----\n"
    )
    elsewhere = tmp_path / "disk"
    elsewhere.mkdir()
    with tarfile.open(elsewhere / "old.tgz", "w:gz") as archive:
        archive.add(study / "custody", "custody")
    done = destroyed(kept, tmp_path, "--search", elsewhere)
    assert done.code == 1
    page = study / "custody" / "destruction.md"
    said = page.read_text("utf-8")
    for name in (
        "identity.txt: an age identity",
        "safe-mail.txt: an armored",
        "steward.age: a sea",
    ):
        assert name in said, name
    assert "Sealed files left in the study folder: 0" not in said
    for place in (study / "identity.txt", study / "safe-mail.txt", elsewhere / "old.tgz"):
        assert place.exists()  # not ours to delete
        assert str(place) in said
    assert list((study / "linkage").iterdir()) == []
    again = run_redact("reveal", study, "Person 1", "--reason", "x", *kept[1])
    assert (again.code, "begun and cut short" in again.err) == (1, True)
    for place in (study / "identity.txt", study / "safe-mail.txt", elsewhere / "old.tgz"):
        place.unlink()
    finished = run_redact("key", "destroy", study, "--by", "A. Steward", "--yes")
    assert finished.code == 0, finished.err
    said = page.read_text("utf-8")
    assert "Sealed files left in the study folder: 0" in said
    assert "Other folders that were looked through: 1" in said
    for heading in ("## What was looked for", "## What was not looked for"):
        assert heading in said
    shown = run_redact("audit", "show", study, "--event", "linkage.destroyed").out
    assert "copies left 0" in shown.splitlines()[-1]
    assert run_redact("audit", "verify", study, "--key", log_key_of(study)).code == 0


def test_what_is_left_in_the_study_does_not_tell_of_the_sources(kept: Kept, tmp_path: Path) -> None:
    study, key, _ = kept
    renamed = run_redact("entity", "rename", study, "Person 1", "[Boss]", "--by", "AB", *key)
    assert renamed.code == 0, renamed.err
    before = run_redact("explain", study, "Boss", "--json").json["explained"]
    assert destroyed(kept, tmp_path).code == 0
    left = {path.name for path in study.rglob("*") if path.is_file()}
    assert not left & {"mentions.jsonl", "state.json", "rulings.jsonl", "corrections.jsonl"}
    for line in (study / "work" / "replacements.jsonl").read_text("utf-8").splitlines():
        for start, end, safe_start, safe_end, _ in json.loads(line)["spans"]:
            assert (start, end) == (safe_start, safe_end)
    safe = {p.stem: p.read_text("utf-8") for p in (study / "safe").iterdir()}
    for line in (study / "work" / "entities.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert not row["roster_row"]
        for mention in row["mentions"]:
            _, start, end = mention["place"]
            assert any(text[start:end].startswith("[") for text in safe.values())
    assert run_redact("explain", study, "Boss", "--json").json["explained"] == before
