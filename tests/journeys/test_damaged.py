"""A working file that is damaged says so on the command line, and its remedy mends it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import run_redact, tree


def change(path: Path, line: int, **fields: Any) -> None:
    """Sets fields of one line (from 0) of a file of rows; None takes a field out."""
    lines = path.read_text("utf-8").splitlines()
    row = {**json.loads(lines[line]), **fields}
    lines[line] = json.dumps({name: value for name, value in row.items() if value is not None})
    path.write_text("".join(f"{one}\n" for one in lines), "utf-8")


@pytest.fixture
def study(small_study: tuple[Path, Path]) -> Path:
    return small_study[0]


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("entities.jsonl", {"roster_row": None}),
        ("entities.jsonl", {"roster_row": "1"}),
        ("decisions.jsonl", {"more": 1}),
        ("replacements.jsonl", {"spans": [[1, 2]]}),
    ],
)
def test_a_file_made_from_the_sources_is_made_anew_as_the_error_says(
    study: Path, passphrase_file: Path, name: str, fields: dict[str, Any]
) -> None:
    before = tree(study / "safe")
    path = study / "work" / name
    change(path, 0, **fields)
    refused = run_redact("explain", study, "[Person 1]")
    assert refused.code == 1
    assert f"{path}, line 1" in refused.err
    assert "`redact replace" in refused.err
    assert "inside redact" not in refused.err
    path.unlink()
    assert run_redact("replace", study, "--passphrase-file", passphrase_file).code == 0
    assert run_redact("explain", study, "[Person 1]").code == 0
    assert tree(study / "safe") == before


def test_a_record_of_a_persons_word_is_mended_by_its_backup(
    study: Path, passphrase_file: Path
) -> None:
    key = ("--passphrase-file", passphrase_file)
    rename = ("entity", "rename", study, "[Person 1]", "[Manager A]", "--by", "AB", *key)
    done = run_redact(*rename, "--reason", "clearer")
    assert done.code == 0, done.err
    path = study / "corrections.jsonl"
    shutil.copy(path, study.parent / "backup")
    change(path, 0, pseudonym=7)
    refused = run_redact("replace", study, *key)
    assert refused.code == 1
    assert f"{path}, line 1" in refused.err
    assert "Put a backup of this file back" in refused.err
    shutil.copy(study.parent / "backup", path)
    assert run_redact("replace", study, *key).code == 0
