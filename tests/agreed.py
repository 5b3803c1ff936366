"""A study whose table says what each participant agreed to, for the tests of consent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact, study_of
from tests.shared import made_once

# Whoever is named in one talk only must be in no file of a release without it.
TALKS = {
    "one.txt": "INT: How is Morag MacLeod?\nP01: Morag is grand. The barge was late that winter.\n",
    "two.txt": "INT: Who else?\nP02: Will Dunlop and Una Sgurr. The pelican sang every night.\n",
    "three.txt": "INT: And then?\nP03: Isla Quill came. A walnut harvest it was, for all of us.\n",
}
HEADS = "interview,file,role,consent,withdraw until\n"


def table(**levels: str) -> str:
    rows = (f"{n},{n}.txt,{n}worker,{level},2099-01-31" for n, level in levels.items())
    return HEADS + "\n".join(rows) + "\n"


ALL_OPEN = table(one="archive open", two="archive open", three="archive open")


@pytest.fixture
def agreed_folder(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, passphrase_file: Path
) -> Path:
    """A folder with talks, a table and a study of them that is released for the team."""

    def make(place: Path) -> None:
        study_of(place, TALKS, passphrase_file, "safe-copy", interviews=ALL_OPEN)

    made = made_once(tmp_path_factory, "consented", make)
    shutil.copytree(made, tmp_path / "it")
    return tmp_path / "it"


def again(folder: Path, passphrase: Path, said: str) -> Result:
    (folder / "interviews.csv").write_text(said, "utf-8")
    tables = ("--interviews", folder / "interviews.csv")
    key = ("--passphrase-file", passphrase)
    study = folder / "study"
    return run_redact(
        "run", folder / "talks", "--policy", "safe-copy", "--out", study, *tables, *key
    )
