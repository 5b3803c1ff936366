"""A deposit of the sample: a study that a person has settled, its description, its release."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT, Result, run_redact
from tests.shared import copy_of, made_once

SAMPLE = ROOT / "samples" / "co-production"
DOCX = ROOT / "samples" / "formats" / "transcripts" / "morag-docx.docx"

# Open access, with what it takes: a licence that is open, and people who agreed to it.
OPEN = ("access=open", "licence=CC-BY-4.0", "consent_note=All were asked again, and agreed.")


def described(study: Path, *settings: str) -> None:
    done = run_redact("describe", study, "--from", SAMPLE / "deposit.toml")
    assert done.code == 0, done.err
    for setting in settings:
        assert run_redact("describe", study, "--set", setting).code == 0


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """The sample, made safe and settled once; each test has its own copy."""

    def make(folder: Path) -> None:
        study = folder / "study"
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

    return made_once(tmp_path_factory, "deposit", make) / "study"


@pytest.fixture
def study(settled: Path, tmp_path: Path) -> Path:
    return copy_of(settled, tmp_path)


@pytest.fixture
def release(passphrase_file: Path) -> Callable[..., Result]:
    def make(study: Path, *more: str) -> Result:
        return run_redact("release", study, *more, "--passphrase-file", passphrase_file)

    return make
