"""Custodians come and go; the key is rotated, split and tried as a steward does it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import run_redact, tree


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
    split = run_redact(
        "key", "split", study, "--needed", 2, "--shares", 2, "--to", tmp_path / "sh", *key
    )
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


def test_shares_are_never_written_into_the_study(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    refused = run_redact(
        "key",
        "split",
        study,
        "--needed",
        2,
        "--shares",
        3,
        "--to",
        study / "custody",
        "--passphrase-file",
        passphrase,
    )
    assert (refused.code, "not be put into the study" in refused.err) == (2, True)


def test_shares_that_lie_in_a_folder_are_never_written_over(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, _ = kept
    split = ["key", "split", study, "--needed", 2, "--shares", 3, "--to", tmp_path / "usb", *key]
    assert run_redact(*split).code == 0
    before = tree(tmp_path / "usb")
    again = run_redact(*split)
    assert (again.code, "3 share(s) of a key lie here already" in again.err) == (2, True)
    assert tree(tmp_path / "usb") == before
    assert run_redact("key", "drill", study, "--identity", tmp_path / "usb").code == 0


def test_a_removal_that_was_killed_before_the_log_had_it_is_given_again(
    kept: tuple[Path, list[object], Path],
) -> None:
    study, key, _ = kept
    (study / "custody" / "ethics.age").unlink()
    assert "the packets of ethics are missing" in run_redact("key", "check", study, *key).out
    for code in (0, 2):  # and once it is on record nobody has the name
        assert run_redact("key", "remove-custodian", study, "ethics", *key).code == code
        assert run_redact("key", "check", study, *key).code == 0
    assert not list((study / "custody").glob("ethics.*"))


def test_an_addition_that_was_killed_before_the_log_had_it_is_given_again(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, _ = kept
    recipient = run_redact("key", "new", tmp_path / "new.txt", "--json").json["recipient"]
    add = ["key", "add-custodian", study, "board", "--recipient", recipient, *key]
    for ending in ("age", "recipient"):  # what a killed addition leaves: a packet not in the log
        shutil.copy(study / "custody" / f"ethics.{ending}", study / "custody" / f"board.{ending}")
    assert run_redact("key", "check", study, *key).code == 1
    for code in (0, 2):  # and once it is on record the name is taken
        assert run_redact(*add).code == code
        assert run_redact("key", "check", study, *key).code == 0
    assert run_redact("key", "drill", study, "--identity", tmp_path / "new.txt").code == 0


def test_a_check_of_a_log_that_was_changed_says_so_and_goes_on(
    kept: tuple[Path, list[object], Path],
) -> None:
    study, key, _ = kept
    path = study / "audit" / "log.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"change":"added"', b'"change":"addad"'))
    checked = run_redact("key", "check", study, *key)
    assert (checked.code, checked.err) == (1, "")
    assert "BAD  audit log" in checked.out
    assert "ok   safe transcripts" in checked.out
    path.write_bytes(path.read_bytes().replace(b'"seq":2', b'"seq": 2'))
    checked = run_redact("key", "check", study, *key)
    assert (checked.code, checked.err) == (1, "")
    assert "BAD  custody: nothing says which packets are true: entry 2" in checked.out
    assert "BAD  audit log" in checked.out


def test_an_older_key_put_back_is_told_by_the_check(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, _ = kept
    shutil.copytree(study / "linkage", tmp_path / "old")
    renamed = run_redact("entity", "rename", study, "Person 1", "[Boss]", "--by", "AB", *key)
    assert renamed.code == 0, renamed.err
    assert run_redact("key", "check", study, *key).code == 0
    shutil.rmtree(study / "linkage")
    shutil.copytree(tmp_path / "old", study / "linkage")
    told = run_redact("key", "check", study, *key)
    assert (told.code, "not the one that the log says was sealed last" in told.out) == (1, True)


def test_an_older_linkage_folder_put_back_stops_every_command_with_the_key(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    """It forgets what was hidden since, and brings back who withdrew."""
    study, key, _ = kept
    shutil.copytree(study / "linkage", tmp_path / "old")
    renamed = run_redact("entity", "rename", study, "Person 1", "[Boss]", "--by", "AB", *key)
    assert renamed.code == 0, renamed.err
    shutil.copytree(study / "linkage", tmp_path / "new")

    def put_back(folder: str) -> None:
        shutil.rmtree(study / "linkage")
        shutil.copytree(tmp_path / folder, study / "linkage")

    put_back("old")
    before = tree(study)
    for words in (
        ["replace", study],
        ["release", study, "--name", "x"],
        ["reveal", study, "Person 1", "--reason", "x"],
        ["settle", study, "--by", "AB"],
        ["withdraw", study, "a", "--by", "AB"],
        ["key", "rotate", study],
    ):
        refused = run_redact(*words, *key)
        assert (refused.code, "not the one that the log says" in refused.err) == (1, True), words
    assert tree(study).keys() == before.keys()
    assert "BAD  linkage key" in run_redact("key", "check", study, *key).out
    put_back("new")
    assert run_redact("replace", study, *key).code == 0
