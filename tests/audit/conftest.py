"""A study that a person has settled, under a name with markup in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_redact


@pytest.fixture
def study(small_study: tuple[Path, Path]) -> tuple[Path, list[object]]:
    made, passphrase = small_study
    key: list[object] = ["--passphrase-file", passphrase]
    settled = run_redact("settle", made, "--by", "A. <b>Steward</b>", *key)
    assert settled.code == 0, settled.err
    return made, key
