"""Asking why, and going on with a study when new transcripts come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact, tree
from tests.shared import copy_of

Redact = Callable[..., Result]
ONE = (
    "INT: Who was there?\nR: Morag Haldane came first, on 12 February 2019.\nR: Morag left early.\n"
)
TWO = "INT: And you?\nR: I saw Morag Haldane. Hugh Petrie was in Oban.\n"


def study_in(folder: Path, passphrase_file: Path) -> Path:
    (folder / "talks").mkdir()
    (folder / "talks" / "one.txt").write_text(ONE, "utf-8")
    made = run_redact(
        "run",
        folder / "talks",
        "--policy",
        "safe-copy",
        "--out",
        folder / "study",
        "--passphrase-file",
        passphrase_file,
    )
    assert made.code == 0, made.err
    return folder / "study"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    return study_in(tmp_path_factory.mktemp("explain"), passphrase_file)


@pytest.fixture
def study(original: Path, tmp_path: Path, passphrase_file: Path) -> tuple[Path, list[object]]:
    return copy_of(original, tmp_path), ["--passphrase-file", passphrase_file]


def test_a_pseudonym_is_explained_without_key_or_original(
    redact: Redact, study: tuple[Path, list[object]]
) -> None:
    told = redact("explain", study[0], "Person 1")
    assert told.code == 0, told.err
    assert "[Person 1]: PERSON, 2 places shown, in 1 transcript" in told.out
    assert "full name" in told.out
    assert "policy safe-copy 1" in told.out
    assert "interview_01.txt:2" in told.out
    assert "interview_01.txt:3" in told.out
    assert "Morag" not in told.out + told.err
    assert "revealed" not in (study[0] / "audit" / "log.jsonl").read_text("utf-8")


def test_a_line_is_explained_mention_by_mention(
    redact: Redact, study: tuple[Path, list[object]]
) -> None:
    told = redact("explain", study[0], "interview_01.txt:2", "--json").json
    shown = [o["shown"] for one in told["explained"] for o in one["occurrences"]]
    assert shown == ["[Person 1]", "[date]"]


def test_originals_are_shown_only_with_key_and_reason_and_that_is_logged(
    redact: Redact, study: tuple[Path, list[object]]
) -> None:
    made, key = study
    refused = redact("explain", made, "[Person 1]", "--originals", *key)
    assert (refused.code, "reason" in refused.err) == (2, True)
    told = redact("explain", made, "[Person 1]", "--originals", "--reason", "a query", *key)
    assert "'Morag Haldane'" in told.out
    log = (made / "audit" / "log.jsonl").read_text("utf-8")
    assert log.count('"event":"linkage.revealed"') == 2
    assert "explain: a query" in log
    assert "Haldane" not in log


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("[Person 77]", "nothing in this study has this pseudonym"),
        ("interview_01.txt:1", "nothing was replaced on this line"),
        ("interview_01.txt:99", "no line of a safe transcript"),
        ("elsewhere.txt:1", "no line of a safe transcript"),
    ],
)
def test_what_cannot_be_explained_is_said(
    redact: Redact, study: tuple[Path, list[object]], what: str, said: str
) -> None:
    result = redact("explain", study[0], what)
    assert (result.code, said in result.err) == (2, True)


def test_new_transcripts_join_and_nothing_old_changes(
    redact: Redact, tmp_path: Path, passphrase_file: Path
) -> None:
    made, key = study_in(tmp_path, passphrase_file), ("--passphrase-file", passphrase_file)
    old = tree(made / "safe")
    (tmp_path / "talks" / "two.txt").write_text(TWO, "utf-8")
    (tmp_path / "talks" / "a_first.txt").write_text(
        "INT: Hello?\nR: Effie Muir said so.\n", "utf-8"
    )
    grown = redact("run", tmp_path / "talks", "--policy", "safe-copy", "--out", made, *key)
    assert grown.code == 0, grown.err
    now = tree(made / "safe")
    assert {name: now[name] for name in old} == old
    assert len(now) == 3
    others = "\n".join(now[name].decode() for name in now.keys() - old.keys())
    assert "I saw [Person 1]. [Person " in others
    assert "add transcripts" in (made / "audit" / "log.jsonl").read_text("utf-8")
    back = tmp_path / "back"
    assert redact("restore", made, "--to", back, *key).code == 0
    assert tree(back) == tree(tmp_path / "talks")


def test_a_study_takes_in_nothing_when_its_own_sources_are_not_named(
    redact: Redact, study: tuple[Path, list[object]], tmp_path: Path
) -> None:
    made, key = study
    other = tmp_path / "other"
    other.mkdir()
    (other / "two.txt").write_text(TWO, "utf-8")
    refused = redact("run", other, "--policy", "safe-copy", "--out", made, *key)
    assert (refused.code, "1 missing" in refused.err) == (2, True)
    assert len(tree(made / "safe")) == 1


def test_a_surrogate_can_be_renamed_to_a_name_that_is_nobody_s(
    redact: Redact, tmp_path: Path, passphrase_file: Path
) -> None:
    source, made = tmp_path / "src", tmp_path / "st"
    source.mkdir()
    (source / "one.txt").write_text(ONE, "utf-8")
    key: list[object] = ["--passphrase-file", passphrase_file]
    assert redact("run", source, "--policy", "other-names", "--out", made, *key).code == 0
    (path,) = (made / "safe").iterdir()
    drawn = path.read_text("utf-8").split("R: ")[1].split(" came")[0]
    refused = redact("entity", "rename", made, drawn, "Morag Quill", "--by", "AB", *key)
    assert (refused.code, "is a real name here" in refused.err) == (2, True)
    named = redact("entity", "rename", made, drawn, "Winifred Quill", "--by", "AB", *key)
    assert named.code == 0, named.err
    text = path.read_text("utf-8")
    assert "R: Winifred Quill came first" in text
    assert "R: Winifred left early." in text
