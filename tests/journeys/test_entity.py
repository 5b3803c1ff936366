"""A person's word on who is who, through the command: at once, logged, and kept by later runs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact
from tests.shared import copy_of

Redact = Callable[..., Result]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    source = tmp_path_factory.mktemp("entity") / "talks"
    source.mkdir()
    text = "INT: Who was there?\nR: Morag Haldane came first.\nR: Then Hugh Petrie came.\n"
    (source / "one.txt").write_text(text + "R: Morag Haldane left early.\n", "utf-8")
    made = source.with_name("study")
    done = run_redact(
        "run", source, "--policy", "safe-copy", "--out", made, "--passphrase-file", passphrase_file
    )
    assert done.code == 0, done.err
    return made


@pytest.fixture
def study(original: Path, tmp_path: Path, passphrase_file: Path) -> tuple[Path, list[object]]:
    return copy_of(original, tmp_path), ["--passphrase-file", passphrase_file]


def safe_text(study: Path) -> list[str]:
    (path,) = (study / "safe").iterdir()
    return path.read_text("utf-8").split("\n")


def test_two_pseudonyms_become_one_and_stay_one(
    redact: Redact, study: tuple[Path, list[object]]
) -> None:
    made, key = study
    assert "[Person 1]" in safe_text(made)[1]
    assert "[Person 2]" in safe_text(made)[2]
    joined = redact("entity", "merge", made, "[Person 1]", "Person 2", "--by", "AB", *key)
    assert joined.code == 0, joined.err
    assert [line.count("[Person 1]") for line in safe_text(made)] == [0, 1, 1, 1, 0]
    assert redact("replace", made, *key).code == 0
    assert "[Person 2]" not in "\n".join(safe_text(made))
    log = (made / "audit" / "log.jsonl").read_text("utf-8")
    assert '"action":"merge"' in log
    assert "Haldane" not in log + (made / "corrections.jsonl").read_text("utf-8")


def test_one_pseudonym_becomes_two_where_the_steward_says(
    redact: Redact, study: tuple[Path, list[object]]
) -> None:
    made, key = study
    (path,) = (made / "safe").iterdir()
    at = f"{path.name}:4"
    parted = redact("entity", "split", made, "[Person 1]", "--at", at, "--by", "AB", *key)
    assert parted.code == 0, parted.err
    lines = safe_text(made)
    assert "[Person 1]" in lines[1]
    assert "[Person 3]" in lines[3]


def test_a_pseudonym_is_renamed_and_an_entity_retyped(
    redact: Redact, study: tuple[Path, list[object]]
) -> None:
    made, key = study
    named = redact("entity", "rename", made, "[Person 1]", "[Manager A]", "--by", "AB", *key)
    assert named.code == 0, named.err
    assert "[Manager A]" in safe_text(made)[1]
    typed = redact("entity", "retype", made, "[Person 2]", "PLACE", "--by", "AB", *key)
    assert typed.code == 0, typed.err
    assert "[Place 1]" in safe_text(made)[2]
    again = redact("entity", "rename", made, "[Place 1]", "[Manager A]", "--by", "AB", *key)
    assert again.code == 2
    assert "somebody's" in again.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["merge", "[Person 1]"], "two or more"),
        (["merge", "[Person 1]", "[Person 77]"], "nobody in this study"),
        (["split", "[Person 1]", "--at", "nowhere:3"], "no line of a safe transcript"),
        (["rename", "[Person 1]", "[Man]ager]"], "one pair of brackets"),
        (["rename", "[Person 1]", "[Not Haldane]"], "is a real name here"),
        (["retype", "[Person 1]", "ANIMAL"], "a label is one of"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    redact: Redact, study: tuple[Path, list[object]], arguments: list[str], said: str
) -> None:
    made, key = study
    before = safe_text(made)
    result = redact("entity", arguments[0], made, *arguments[1:], "--by", "AB", *key)
    assert result.code == 2
    assert said in result.err
    assert safe_text(made) == before
    assert not (made / "corrections.jsonl").exists()
