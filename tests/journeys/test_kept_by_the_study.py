"""Policy and tables are given once: the study keeps them, and another policy is a question."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, study_of
from tests.shared import copy_of

Redact = Callable[..., Result]
TALK = "INT: Who was there?\nR: Ishbel Tannock came, and then Corrie.\n"
ROSTER = "kind,name\nPERSON,Corrie\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A study whose steward has edited its own policy; every test leaves it as it was."""
    folder = tmp_path_factory.mktemp("kept")
    study = study_of(folder, {"one.txt": TALK}, passphrase_file, "safe-copy", roster=ROSTER)
    policy = study / "policy.toml"
    policy.write_text(policy.read_text("utf-8").replace('version = "1"', 'version = "1a"'), "utf-8")
    return study


def run_again(redact: Redact, study: Path, key: Path, *more: object) -> Result:
    talks = study.parent / "talks"
    return redact("run", talks, "--out", study, "--passphrase-file", key, *more)


def test_a_second_run_needs_neither_policy_nor_tables(
    redact: Redact, made: Path, passphrase_file: Path
) -> None:
    again = run_again(redact, made, passphrase_file)
    assert again.code == 0, again.err
    assert 'version = "1a"' in (made / "policy.toml").read_text("utf-8")
    (safe,) = (made / "safe").iterdir()
    assert "Corrie" not in safe.read_text("utf-8")


def test_another_policy_is_refused_with_both_named_and_the_way_out(
    redact: Redact, made: Path, passphrase_file: Path
) -> None:
    refused = run_again(redact, made, passphrase_file, "--policy", "safe-copy")
    assert refused.code == 2
    assert "safe-copy 1a" in refused.err
    assert "(safe-copy 1)" in refused.err
    assert "--change-policy" in refused.err
    assert 'version = "1a"' in (made / "policy.toml").read_text("utf-8")


def test_a_policy_is_changed_where_somebody_says_so(
    redact: Redact, made: Path, passphrase_file: Path
) -> None:
    edited = (made / "policy.toml").read_bytes()
    changed = run_again(redact, made, passphrase_file, "--policy", "safe-copy", "--change-policy")
    assert changed.code == 0, changed.err
    assert 'version = "1"' in (made / "policy.toml").read_text("utf-8")
    (made / "policy.toml").write_bytes(edited)


def test_a_new_study_says_which_policies_there_are(
    redact: Redact, tmp_path: Path, passphrase_file: Path
) -> None:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "one.txt").write_text(TALK, "utf-8")
    refused = run_again(redact, tmp_path / "study", passphrase_file)
    assert (refused.code, "safe-copy" in refused.err) == (2, True)
    assert not (tmp_path / "study").exists()


def test_new_transcripts_come_under_the_study_s_own_policy_and_tables(
    redact: Redact, made: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    study = copy_of(made, tmp_path)
    talks = Path(shutil.copytree(made.parent / "talks", tmp_path / "talks"))
    (talks / "two.txt").write_text("INT: And you?\nR: Corrie was there, and Effie Muir.\n", "utf-8")
    own = (study / "policy.toml").read_bytes()
    again = redact("run", talks, "--out", study, "--passphrase-file", passphrase_file)
    assert again.code == 0, again.err
    assert (study / "policy.toml").read_bytes() == own
    safe = [path.read_text("utf-8") for path in (study / "safe").iterdir()]
    assert len(safe) == 2
    assert not any(name in text for text in safe for name in ("Corrie", "Effie"))


def test_a_policy_that_would_leave_names_says_that_they_stay_hidden(
    redact: Redact, made: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    folder = copy_of(made.parent, tmp_path / "kept")
    study = folder / made.name
    policy = study / "policy.toml"
    said = policy.read_text("utf-8").replace('PERSON = "label"', 'PERSON = "keep"')
    policy.write_text(said, "utf-8")
    again = run_again(redact, study, passphrase_file)
    assert "stay hidden  2 names that this policy would leave" in again.out, again.out + again.err
    (safe,) = (study / "safe").iterdir()
    assert "Ishbel" not in safe.read_text("utf-8")
    key = ("--by", "AB", "--passphrase-file", passphrase_file)
    shown = redact("entity", "act", study, "keep", "[Person 1]", *key)
    assert shown.code == 0, shown.err
    again = run_again(redact, study, passphrase_file)
    assert "stay hidden  1 name that" in again.out, again.out + again.err
