"""Studies that the tests of a person's word decide on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from redact.core import Label
from redact.custody.keyfile import Opener
from redact.pipeline import run_stage
from redact.review.verdict import Verdict
from redact.study.desk import Desk, open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, Result, study_of
from tests.reviewed import reviewed_study
from tests.shared import copy_of, made_once

TEXT = (
    "INT: Who was there?\nR: Morag Haldane came first, then Fergus Petrie.\n"
    "R: Will came as well. I said he will. It was grand at Corriedoon, so it was.\n"
    "R: Fergus Petrie is a boat as well, mind.\n"
)


@dataclass(frozen=True)
class Made:
    """The study, the command line, and the options that open it."""

    root: Path
    redact: Callable[..., Result]
    key: tuple[object, ...]

    def desk(self) -> Desk:
        return open_desk(Study(self.root), Opener.from_passphrase(PASSPHRASE))

    def safe(self) -> str:
        run_stage(self.desk(), "replace")
        (path,) = (self.root / "safe").iterdir()
        return path.read_text("utf-8")


@pytest.fixture(scope="session")
def decided(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A study of the talk; each test has its own copy."""

    def make(folder: Path) -> None:
        study_of(folder, {"one.txt": TEXT}, passphrase_file, "safe-copy")

    return made_once(tmp_path_factory, "decided", make) / "study"


@pytest.fixture
def made(
    decided: Path, redact: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> Made:
    return Made(copy_of(decided, tmp_path), redact, ("--passphrase-file", passphrase_file))


def place(words: str, label: Label | None, at: int = 0) -> Verdict:
    """A verdict on these words of the talk."""
    start = TEXT.index(words, at)
    return Verdict(transcript="D0001", start=start, end=start + len(words), label=label)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """The study of two interviews; each test has its own copy."""
    return reviewed_study(tmp_path_factory, passphrase_file) / "study"
