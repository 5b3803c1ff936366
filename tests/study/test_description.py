"""What a steward says of a study: refused where it cannot be, written with its comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_redact
from tests.deposits import described


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("access=secret", "access"),
        ("year=26", "year"),
        ("embargo=2027-02-30", "embargo"),
        ("collected=last spring", "collected"),
        ("nothing=1", "answers no question"),
        ("title", "answers no question"),
    ],
)
def test_what_cannot_be_said_of_a_study_is_refused_and_nothing_is_written(
    study: Path, setting: str, said: str
) -> None:
    before = (study / "study.toml").read_bytes()
    done = run_redact("describe", study, "--set", setting)
    assert (done.code, said in done.err) == (2, True), done.err
    assert (study / "study.toml").read_bytes() == before


def test_a_false_orcid_is_noticed(study: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "deposit.toml"
    wrong.write_text(
        'creators = [{ name = "Example, Ada", orcid = "0000-0002-1825-0098" }]\n', "utf-8"
    )
    done = run_redact("describe", study, "--from", wrong)
    assert (done.code, "does not fit" in done.err) == (2, True), done.err


def test_study_toml_keeps_its_comments(study: Path) -> None:
    described(study)
    text = (study / "study.toml").read_text("utf-8")
    assert "# Why this access? The log keeps the reason with your name." in text
    assert text.startswith("# A redact study.")
