"""What the tests of a deposit share: the sample, its description, tables read again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tests.conftest import ROOT, run_redact

SAMPLE = ROOT / "samples" / "co-production"


def described(study: Path, *settings: str) -> None:
    done = run_redact("describe", study, "--from", SAMPLE / "deposit.toml")
    assert done.code == 0, done.err
    for setting in settings:
        assert run_redact("describe", study, "--set", setting).code == 0


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline="")))
