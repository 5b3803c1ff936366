"""Captions in which nobody is named, as recognisers and video services write them, and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import run_redact, study_of

pytestmark = pytest.mark.model

CUES = """00:00:00.000 --> 00:00:04.720
Hello again. In this talk I'm going

{note}00:00:04.720 --> 00:00:07.619
to say who it was: that was

{note}00:00:07.700 --> 00:00:09.619
Ailsa Tannahill of the garden, who

{note}00:00:09.700 --> 00:00:12.000
came to the hall with
Fergus Tannahill, and she

{note}00:00:12.000 --> 00:00:14.000
said that Ailsa
Tannahill was her sister.
"""
NOTE = "NOTE Confidence: 0.9902322\n\n"


def test_they_are_released_and_come_back_to_the_byte(tmp_path: Path, passphrase_file: Path) -> None:
    """A label that begins a cue is read as one who speaks, and ends a line; see where it came."""
    talks = {
        "plain.vtt": f"WEBVTT\n\n{CUES.format(note='')}",
        "noted.vtt": f"WEBVTT\n\n{NOTE}{CUES.format(note=NOTE)}",
    }
    roster = "id,name\nA1,Ailsa Tannahill\nF1,Fergus Tannahill\n"
    study = study_of(tmp_path, talks, passphrase_file, policy="safe-copy", roster=roster)
    safe = [path.read_text("utf-8") for path in (study / "safe").iterdir()]
    assert len(safe) == 2
    assert not any("Tannahill" in said for said in safe)
    assert all("\n[Person 1] of the garden, who" in said for said in safe)
    assert list((study / "release").iterdir())
    back = tmp_path / "back"
    done = run_redact("restore", study, "--to", back, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err
    assert {path.name: path.read_text("utf-8") for path in back.iterdir()} == talks
