"""Custodians come and go; the key is rotated, split, tried and destroyed as a steward does it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.custody import shares
from redact.custody.age import HybridIdentity
from redact.errors import KeyRefused, UsageError
from tests.conftest import Result, run_redact, tree

Redact = Callable[..., Result]


@pytest.fixture
def kept(small_study: tuple[Path, Path], tmp_path: Path) -> tuple[Path, list[object], Path]:
    """A study with a second custodian: (study, the steward's options, the other's identity)."""
    study, passphrase = small_study
    mine = tmp_path / "ethics.txt"
    recipient = run_redact("key", "new", mine, "--json").json["recipient"]
    key: list[object] = ["--passphrase-file", passphrase]
    added = run_redact("key", "add-custodian", study, "ethics", "--recipient", recipient, *key)
    assert added.code == 0, added.err
    return study, key, mine


def test_an_added_custodian_opens_the_study_alone_and_nothing_is_readable_by_others(
    kept: tuple[Path, list[object], Path],
) -> None:
    study, _, mine = kept
    assert run_redact("release", study, "--identity", mine).code == 0
    assert mine.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (study / "custody").iterdir())
    assert run_redact("key", "new", mine).code == 2  # never overwritten


def test_a_removed_custodian_opens_nothing_and_the_last_one_stays(
    kept: tuple[Path, list[object], Path],
) -> None:
    study, key, mine = kept
    assert run_redact("key", "remove-custodian", study, "ethics", *key).code == 0
    assert run_redact("release", study, "--identity", mine).code == 1
    last = run_redact("key", "remove-custodian", study, "steward", *key)
    assert (last.code, "the last custodian" in last.err) == (2, True)
    assert "ok   custodian steward" in run_redact("key", "check", study, *key).out


def test_after_a_rotation_old_packets_and_shares_are_void(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, mine = kept
    old = tree(study / "custody")
    split = run_redact("key", "split", study, "--needed", 2, "--shares", 2, "--to",
                       tmp_path / "sh", *key)  # fmt: skip
    assert split.code == 0, split.err
    assert run_redact("key", "drill", study, "--identity", tmp_path / "sh").code == 0
    before = tree(study / "safe")
    assert run_redact("key", "rotate", study, *key).code == 0
    for custodian in (["--identity", mine], key):
        assert run_redact("key", "drill", study, *custodian).code == 0
    assert run_redact("key", "drill", study, "--identity", tmp_path / "sh").code == 1
    assert tree(study / "safe") == before
    (study / "custody" / "steward.age").write_bytes(old["steward.age"])
    assert run_redact("key", "check", study, *key).code == 1


@pytest.mark.parametrize("sealed", [False, True, "note only"])
def test_a_rotation_that_was_cut_short_is_undone_or_finished(
    kept: tuple[Path, list[object], Path], sealed: bool | str
) -> None:
    """The states that a killed rotation leaves, laid out by hand: see `keyfile.finish_rotation`."""
    study, key, mine = kept
    custody = study / "custody"
    old = {path: path.read_bytes() for path in custody.glob("*.age")}
    if sealed is True:
        assert run_redact("key", "rotate", study, *key).code == 0
        (key_note,) = (study / "linkage").glob("*.note")
        recipient = key_note.read_bytes().split(b"\n")[3]
        for path, packet in old.items():
            path.rename(path.with_name(f"{path.name}.next"))
            path.write_bytes(packet)
    else:
        recipient = b"0" * 64
        for path in old:
            path.with_name(f"{path.name}.next").write_bytes(b"half a rotation")
    if sealed == "note only":  # a key's note is written before the key
        note = b"redact-linkage/1\nx\nsha256:" + b"1" * 64 + b"\n" + recipient + b"\n9\n"
        (study / "linkage" / "x.note").write_bytes(note)
    (custody / "rotation.next").write_bytes(recipient + b"\n")
    for custodian in (key, ["--identity", mine]):
        assert run_redact("key", "drill", study, *custodian).code == 0
        assert run_redact("key", "check", study, *custodian).code == 0
    assert not list(custody.glob("*.next"))
    assert ({path: path.read_bytes() for path in old} == old) is (sealed is not True)


def test_a_classical_key_is_taken_only_where_somebody_says_so(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, passphrase = small_study
    key = ["--passphrase-file", passphrase]
    made = run_redact("key", "new", tmp_path / "old.txt", "--compat", "--json").json["recipient"]
    refused = run_redact("key", "add-custodian", study, "old", "--recipient", made, *key)
    assert (refused.code, "post-quantum" in refused.err) == (2, True)
    allowed = run_redact(
        "key", "add-custodian", study, "old", "--recipient", made, "--compat", *key
    )
    assert allowed.code == 0, allowed.err
    assert run_redact("key", "drill", study, "--identity", tmp_path / "old.txt").code == 0
    assert '"added compat"' in (study / "audit" / "log.jsonl").read_text("utf-8")


@pytest.mark.parametrize("needed", [2, 3, 5])
def test_any_enough_shares_give_the_identity_and_fewer_give_nothing(needed: int) -> None:
    identity = HybridIdentity.generate()
    made = shares.split(identity, needed, 5)
    assert shares.combine(made[-needed:]) == identity
    assert shares.combine(made) == identity  # more than are needed
    with pytest.raises(KeyRefused):
        shares.combine(made[: needed - 1])


def test_a_wrong_word_and_another_set_are_refused() -> None:
    one, two = (shares.split(HybridIdentity.generate(), 2, 3) for _ in range(2))
    words = one[0].split()
    words[7] = "academic" if words[7] != "academic" else "acid"
    with pytest.raises(KeyRefused):
        shares.combine([" ".join(words), one[1]])
    with pytest.raises(KeyRefused):
        shares.combine([one[0], two[1]])
    with pytest.raises(UsageError):
        shares.split(HybridIdentity.generate(), 1, 3)


def test_shares_are_never_written_into_the_study(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    refused = run_redact("key", "split", study, "--needed", 2, "--shares", 3, "--to",
                         study / "custody", "--passphrase-file", passphrase)  # fmt: skip
    assert (refused.code, "not be put into the study" in refused.err) == (2, True)


def test_what_was_asked_is_revealed_and_nothing_else_and_the_log_knows_first(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    key = ["--passphrase-file", passphrase]
    shown = run_redact("reveal", study, "Person 1", "--reason", "a query", *key)
    assert shown.code == 0, shown.err
    assert shown.out.count("(PERSON)") == 1
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    phases = [line.split('"phase":"')[1].split('"')[0] for line in log.splitlines()
              if "linkage.revealed" in line]  # fmt: skip
    assert phases == ["intent", "done"]
    assert "Morag" not in log
    nobody = run_redact("reveal", study, "Person 99", "--reason", "x", *key)
    assert (nobody.code, "Morag" in nobody.out + nobody.err) == (2, False)
    assert '"phase":"refused"' in (study / "audit" / "log.jsonl").read_text("utf-8")


def test_two_people_are_needed_where_the_policy_says_so(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, mine = kept
    policy = study / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n[custody]\ntwo_people = true\n", "utf-8")
    asked = ["reveal", study, "Person 1", "--reason", "a query", *key]
    alone = run_redact(*asked)
    assert (alone.code, "two custodians" in alone.err, alone.out) == (2, True, "")
    twice = run_redact(*asked, "--second-passphrase-file", key[1])
    assert twice.code == 2  # one person twice is one person
    both = run_redact(*asked, "--second-identity", mine)
    assert both.code == 0, both.err
    assert '"approved_by":["steward","ethics"]' in (study / "audit" / "log.jsonl").read_text()
    to = tmp_path / "back"
    assert run_redact("restore", study, "--to", to, *key).code == 2
    assert not to.exists()
    assert run_redact("restore", study, "--to", to, *key, "--second-identity", mine).code == 0


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
    left = [path for path in study.rglob("*") if path.is_file()
            and b"age-encryption.org/" in path.read_bytes()[:64]]  # fmt: skip
    assert left == []
    for command in (["restore", "--to", tmp_path / "back"], ["release"], ["replace"],
                    ["reveal", "Person 1", "--reason", "x"]):  # fmt: skip
        refused = run_redact(command[0], study, *command[1:], *key)
        assert (refused.code, "was destroyed" in refused.err) == (1, True), command
    log_key = next(line for line in (study / "study.toml").read_text().splitlines()
                   if line.startswith("log_key")).split('"')[1]  # fmt: skip
    assert run_redact("audit", "verify", study, "--key", log_key).code == 0
    assert run_redact("explain", study, "Person 1").code == 0
