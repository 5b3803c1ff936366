"""A study with two custodians."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_redact


@pytest.fixture
def kept(small_study: tuple[Path, Path], tmp_path: Path) -> tuple[Path, list[object], Path]:
    """A study with a second custodian: (study, the steward's options, the other's identity)."""
    study, passphrase = small_study
    mine = tmp_path / "ethics.txt"
    recipient = run_redact("key", "new", mine, "--json").json["recipient"]
    key: list[object] = ["--passphrase-file", passphrase]
    added = run_redact("key", "add-custodian", study, "ethics", "--recipient", recipient, *key)
    assert added.code == 0, added.err
    return study, key, mine
