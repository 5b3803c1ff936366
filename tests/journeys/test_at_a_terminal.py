"""What is asked at a terminal, and that nothing is lost when the window is closed in mid-answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.custody.keyfile import Opener
from redact.review.decide import rows_of
from redact.study.desk import open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, ROOT, run_redact
from tests.shared import copy_of, made_once
from tests.terminal import Terminal

OWN = "P1 Ishbel.txt"
TALK = (
    "INT: Who was there?\nR: Ishbel Tannock came, and she was at Corriedoon Care.\n"
    "R: The others were at Wickfield Housing Trust, and at Corriedoon Care as well.\n"
)
Key = tuple[object, ...]


@pytest.fixture
def key(passphrase_file: Path) -> Key:
    return "--passphrase-file", passphrase_file


@pytest.fixture(scope="module")
def waits(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A study whose release waits for several words; nobody changes it."""

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / OWN).write_text(TALK, "utf-8")
        text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
        text = text.replace('ORG = "label"', 'ORG = "keep"', 1) + "\n[risk]\nmost_left = 0\n"
        (folder / "policy.toml").write_text(text, "utf-8")
        words = ["--policy", folder / "policy.toml", "--out", folder / "study"]
        stopped = run_redact("run", folder / "talks", *words, "--passphrase-file", passphrase_file)
        assert (stopped.code, "words or names at" in stopped.out) == (3, True), stopped.out

    return made_once(tmp_path_factory, "several-words", make)


def open_ids(study: Path, key: Key) -> list[str]:
    listed = run_redact("answer", study, "--by", "AB", "--json", *key)
    return [one["id"] for one in listed.json["open"]["forms"]]


def test_run_offers_the_list_shows_each_word_once_and_releases(
    waits: Path, tmp_path: Path, key: Key
) -> None:
    study = copy_of(waits / "study", tmp_path)
    count = len(open_ids(study, key))
    with Terminal("run", waits / "talks", "--out", study, *key) as at:
        at.waits_for("Settle these words here and now?")
        at.types("y\n")
        at.waits_for("Your name or initials")
        at.types("AB\n")
        shown = 0
        for number in range(count):
            shown = at.waits_for("q stop", shown)
            at.presses("h" if number else "x")
        assert at.ends() == 0, at.shown
    assert "release: " in at.shown
    assert OWN in at.shown, "the steward's own name stands beside the neutral one"
    assert [at.shown.count(f"{n} of {count}: ") for n in range(1, count + 1)] == [1] * count
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert not any(word in log for word in ("Corriedoon", "Wickfield", "Ishbel"))


def test_what_is_killed_in_mid_answer_has_lost_nothing(
    waits: Path, tmp_path: Path, key: Key
) -> None:
    study = copy_of(waits / "study", tmp_path)
    before = open_ids(study, key)
    with Terminal("answer", study, "--by", "AB", *key) as at:
        first = at.waits_for("q stop")
        at.presses("x")
        at.waits_for("q stop", first)
        at.kill()
    desk = open_desk(Study(study), Opener.from_passphrase(PASSPHRASE))
    assert {row.batch for row in rows_of(desk)} == {1}, "the first answer is recorded, no other"
    left = open_ids(study, key)
    assert len(left) == len(before) - 1 > 0
    assert set(left) < set(before)
    answers = [word for one in left for word in ("--no-name", one)]
    done = run_redact("answer", study, "--by", "AB", *answers, *key)
    assert (done.code, "release: " in done.out) == (0, True), done.out + done.err


@pytest.mark.parametrize(("said", "kept"), [("n", True), ("y", False)])
def test_another_policy_is_a_question_at_a_terminal(
    waits: Path, tmp_path: Path, key: Key, said: str, kept: bool
) -> None:
    study = copy_of(waits / "study", tmp_path)
    own = (study / "policy.toml").read_bytes()
    command = ("run", waits / "talks", "--out", study, "--policy", "other-names", *key)
    with Terminal(*command) as at:
        at.waits_for("Take the other one, and lose the study's own? [y/N]")
        assert "this study has the policy safe-copy 1".casefold() in at.shown.casefold()
        at.types(f"{said}\n")
        if kept:
            at.waits_for("Settle these words here and now?")
            at.types("n\n")
        assert at.ends() == (3 if kept else 0), at.shown
    assert ((study / "policy.toml").read_bytes() == own) is kept
