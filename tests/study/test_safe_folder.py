"""What a person does to the folder of safe transcripts is never undone without a word."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, run_redact, tree

NOTE = b"\na note of mine, which took an hour\n"
Made = tuple[Path, list[object], Path]


@pytest.fixture
def edited(small_study: tuple[Path, Path]) -> Made:
    """A study, the options that open it, and a safe transcript that a person wrote into."""
    study, passphrase = small_study
    path = a_transcript(study)
    path.write_bytes(path.read_bytes() + NOTE)
    return study, ["--passphrase-file", passphrase], path


def a_transcript(study: Path) -> Path:
    """One of the study's safe transcripts; which one is called what is drawn by its secret."""
    return min((study / "safe").iterdir())


def logged(study: Path) -> list[dict[str, object]]:
    """The decisions that the study's log has."""
    entries = run_redact("audit", "show", study, "--event", "decision.recorded", "--json").json
    return [entry["data"] for entry in entries["entries"]]


def with_roster(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    roster = folder / "roster.csv"
    roster.write_text("kind,name\nPERSON,Grace Hopewell\n", "utf-8")
    return run_redact(
        "run", source, "--policy", "safe-copy", "--out", study, "--roster", roster, *key
    )


def with_policy(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    policy = folder / "mine.toml"
    text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    policy.write_text(text.replace('PERSON = "label"', 'PERSON = "remove"'), "utf-8")
    return run_redact("run", source, "--policy", policy, "--change-policy", "--out", study, *key)


def with_transcript(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    (source / "three.txt").write_text("INT: And?\nP03: Isla Baird knows.\n", "utf-8")
    return run_redact("run", source, "--policy", "safe-copy", "--out", study, *key)


def with_merge(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    return run_redact("entity", "rename", study, "[Person 1]", "[Manager A]", "--by", "AB", *key)


def with_import(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    out = folder / "out.jsonl"
    done = run_redact("decisions", "export", study, "--as", "doccano", "--to", out, *key)
    assert done.code == 0, done.err
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    for row in rows:
        row["label"].append([0, 3, "ORG"])
    out.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return run_redact("decisions", "import", study, out, "--as", "doccano", "--by", "AB", *key)


def with_withdrawal(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    name = a_transcript(study).stem
    return run_redact("withdraw", study, name, "--by", "AB", *key)


def with_replace(study: Path, key: list[object], source: Path, folder: Path) -> Result:
    return run_redact("replace", study, *key)


@pytest.mark.parametrize(
    "change",
    [
        with_roster,
        with_policy,
        with_transcript,
        with_merge,
        with_import,
        with_withdrawal,
        with_replace,
    ],
)
def test_an_edit_is_not_written_over_whatever_changed(
    change: Callable[[Path, list[object], Path, Path], Result],
    edited: Made,
    small_source: Path,
    tmp_path: Path,
) -> None:
    study, key, path = edited
    before = tree(study / "safe")
    keys = tree(study / "linkage")
    refused = change(study, key, small_source, tmp_path)
    assert (refused.code, refused.out) == (1, "")
    assert f"{path}: this safe transcript was edited by hand" in refused.err
    assert "--discard-edits" in refused.err
    assert tree(study / "safe") == before
    assert tree(study / "linkage") == keys


def test_an_edit_is_given_up_by_a_word_and_the_log_has_it(edited: Made, small_source: Path) -> None:
    study, key, path = edited
    whole = path.read_bytes().removesuffix(NOTE)
    done = run_redact("replace", study, "--discard-edits", *key)
    assert done.code == 0, done.err
    assert path.read_bytes() == whole
    (given_up,) = [one for one in logged(study) if one["action"] == "discard edits"]
    assert given_up["counts"] == {"transcripts": 1}
    assert run_redact("replace", study, *key).out.startswith("replace: up to date")


def test_an_edit_that_was_moved_away_stays_and_the_transcript_is_made_anew(
    edited: Made, tmp_path: Path
) -> None:
    """The other remedy of the message."""
    study, key, path = edited
    mine = path.rename(tmp_path / "mine.txt")
    done = run_redact("replace", study, *key)
    assert done.code == 0, done.err
    assert f"{path}: it is gone, and is made anew" in done.err
    assert mine.read_bytes().removesuffix(NOTE) == path.read_bytes()
    assert [one["action"] for one in logged(study)].count("make anew") == 1


def test_a_withdrawal_takes_an_edited_transcript_where_that_is_said(edited: Made) -> None:
    study, key, path = edited
    done = run_redact("withdraw", study, path.stem, "--by", "AB", "--discard-edits", *key)
    assert done.code == 0, done.err
    assert not path.exists()
    assert [one["action"] for one in logged(study)].count("discard edits") == 1


def test_a_withdrawal_of_another_does_not_bless_an_edit(edited: Made) -> None:
    study, key, path = edited
    (other,) = sorted({p.stem for p in (study / "safe").iterdir()} - {path.stem})
    assert run_redact("withdraw", study, other, "--by", "AB", *key).code == 0
    assert path.read_bytes().endswith(NOTE)
    refused = run_redact("replace", study, *key)
    assert (refused.code, str(path) in refused.err) == (1, True)


def test_a_renamed_transcript_is_told_and_left(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    path = a_transcript(study)
    data = path.read_bytes()
    path.rename(study / "safe" / "for Ann.txt")
    done = run_redact("replace", study, "--passphrase-file", passphrase)
    assert done.code == 0, done.err
    assert f"{study / 'safe' / 'for Ann.txt'}: it is {path.name} under another name" in done.err
    assert path.read_bytes() == (study / "safe" / "for Ann.txt").read_bytes() == data


@pytest.mark.parametrize("what", ["folder", "link"])
def test_what_lies_in_the_way_is_named_and_stays(
    small_study: tuple[Path, Path], what: str, tmp_path: Path
) -> None:
    study, passphrase = small_study
    path = a_transcript(study)
    data = path.read_bytes()
    path.unlink()
    if what == "folder":
        path.mkdir()
    else:
        (tmp_path / "elsewhere.txt").write_bytes(NOTE)
        path.symlink_to(tmp_path / "elsewhere.txt")
    refused = run_redact("replace", study, "--passphrase-file", passphrase)
    assert (refused.code, str(path) in refused.err) == (1, True)
    assert path.is_dir() if what == "folder" else path.is_symlink()
    if what == "folder":
        path.rmdir()
    else:
        path.unlink()
    assert run_redact("replace", study, "--passphrase-file", passphrase).code == 0
    assert path.read_bytes() == data


def test_a_file_of_the_name_that_a_new_transcript_gets_is_not_written_over(
    small_study: tuple[Path, Path], small_source: Path
) -> None:
    study, passphrase = small_study
    for name in ("interview_01.txt", "interview_02.txt", "interview_03.txt", "scot_02.txt"):
        path = study / "safe" / name
        if not path.exists():
            path.write_bytes(NOTE)
    (small_source / "three.txt").write_text("INT: And?\nP03: Isla Baird knows.\n", "utf-8")
    refused = run_redact(
        "run",
        small_source,
        "--policy",
        "safe-copy",
        "--out",
        study,
        "--passphrase-file",
        passphrase,
    )
    assert (refused.code, "edited by hand" in refused.err) == (1, True)
    assert NOTE in tree(study / "safe").values()


def test_a_folder_that_was_deleted_is_made_again(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    before = tree(study / "safe")
    for folder in ("safe", "release"):
        shutil.rmtree(study / folder)
    done = run_redact("release", study, "--passphrase-file", passphrase)
    assert done.code == 0, done.err
    assert tree(study / "safe") == before
    assert done.err.count("it is gone, and is made anew") == len(before)
    assert list((study / "release").iterdir())
