"""A study whose release waits for a person, made once for the tests of the list and its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT, run_redact
from tests.shared import made_once

TALK = (
    "INT: Who was there?\nR: Ishbel Tannock came, and she was at Corriedoon Care.\n"
    "R: The others were at Corriedoon Care as well.\n"
)
OWN = "P1 Ishbel.txt"


def open_study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    """A study in which an organisation stays by the policy, which bears no word like a name.

    So a form stands at two places that the second look sees; nobody changes the study.
    """

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / OWN).write_text(TALK, "utf-8")
        text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
        text = text.replace('ORG = "label"', 'ORG = "keep"', 1) + "\n[risk]\nmost_left = 0\n"
        (folder / "policy.toml").write_text(text, "utf-8")
        words = ["--policy", folder / "policy.toml", "--out", folder / "study"]
        stopped = run_redact("run", folder / "talks", *words, "--passphrase-file", passphrase_file)
        assert (stopped.code, "to settle" in stopped.out) == (3, True), stopped.out + stopped.err

    return made_once(tmp_path_factory, "open", make) / "study"
