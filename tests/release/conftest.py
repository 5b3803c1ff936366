"""The sample as a study that a person has settled, and its release."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, run_redact
from tests.release.depositing import SAMPLE

DOCX = ROOT / "samples" / "formats" / "transcripts" / "morag-docx.docx"


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """The sample, made safe and settled; each test has its own copy."""
    study = tmp_path_factory.mktemp("deposit") / "study"
    done = run_redact(
        "run",
        SAMPLE / "transcripts",
        DOCX,
        "--policy",
        "archive-deposit",
        "--out",
        study,
        "--roster",
        SAMPLE / "roster.csv",
        "--interviews",
        SAMPLE / "interviews.csv",
        "--passphrase-file",
        passphrase_file,
    )
    assert done.code == 3, done.err
    done = run_redact("settle", study, "--by", "AB", "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err
    return study


@pytest.fixture
def study(settled: Path, tmp_path: Path) -> Path:
    shutil.copytree(settled, tmp_path / "study")
    return tmp_path / "study"


@pytest.fixture
def release(passphrase_file: Path) -> Callable[..., Result]:
    def make(study: Path, *more: str) -> Result:
        return run_redact("release", study, *more, "--passphrase-file", passphrase_file)

    return make
