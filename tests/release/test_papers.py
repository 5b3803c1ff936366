"""A study's own papers: no name goes out in them, nothing hidden, and makers may be named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from tests.conftest import Result
from tests.deposits import SAMPLE, described


@pytest.mark.parametrize(("who", "gate"), [("Morag Reid", "G2"), ("Zebedee Petrie", "Papers")])
def test_a_name_in_a_paper_stops_the_release(
    study: Path, tmp_path: Path, release: Callable[..., Result], who: str, gate: str
) -> None:
    described(study)
    guide = tmp_path / "guide.md"
    guide.write_text(f"1. Ask {who} about the office.\n", "utf-8")
    settings = study / "study.toml"
    text = settings.read_text("utf-8")
    old = str((SAMPLE / "documents" / "topic-guide.md").resolve())
    assert old in text
    settings.write_text(text.replace(old, str(guide)), "utf-8")
    refused = release(study, "--profile", "ukds")
    assert refused.code == 4
    assert f"the gate {gate}" in refused.err
    assert "documentation/topic-guide.md" in refused.err
    assert who not in refused.err


def test_what_is_hidden_in_a_paper_is_left_out_and_a_maker_may_be_named(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    guide = tmp_path / "guide.docx"
    made = docx.Document()
    made.core_properties.author = "Zebedee Petrie"
    made.add_paragraph("1. Ask Ada Example at the University of Nowhere what this is for.")
    made.save(str(guide))
    settings = study / "study.toml"
    text = settings.read_text("utf-8")
    old = str((SAMPLE / "documents" / "topic-guide.md").resolve())
    settings.write_text(text.replace(old, str(guide)), "utf-8")
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    bag = study / "release" / "archive-deposit-01"
    paper = docx.Document(str(bag / "data" / "documentation" / "topic-guide.docx"))
    assert paper.core_properties.author == ""
    assert paper.paragraphs[0].text.startswith("1. Ask Ada Example")
