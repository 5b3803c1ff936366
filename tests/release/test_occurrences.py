"""The anonymisation log place by place agrees with the texts, and says not what was there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.release.occurrences import OCCURRENCES
from tests.conftest import Result
from tests.deposits import OPEN, described, rows

pytestmark = pytest.mark.model


def test_each_row_stands_where_it_says_and_the_tally_agrees(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    places = rows(data / OCCURRENCES)
    tally = rows(data / "documentation" / "anonymisation-log.csv")
    counted = Counter((one["file"], one["kind"], one["rule"]) for one in places)
    wanted = {(one["file"], one["kind"], one["rule"]): int(one["places"]) for one in tally}
    assert counted == wanted
    assert len(places) > 100
    for one in places:
        line = (data / one["file"]).read_text("utf-8").splitlines()[int(one["line"]) - 1]
        assert one["replacement"].removeprefix("'") in line
        assert one["decided_by"]
    text = (data / OCCURRENCES).read_text("utf-8")
    for name in ("Morag", "Corriedoon", "Gilchrist", "Kilmarnock"):
        assert name not in text
    notes = (data / "documentation" / "transcription-notes.md").read_text("utf-8")
    assert "`GRAMMAR` in the anonymisation log" in notes


def test_open_data_have_the_tally_alone(study: Path, release: Callable[..., Result]) -> None:
    """Where everybody has the texts, it would tell which names are invented and which are not."""
    described(study, *OPEN)
    policy = study / "policy.toml"
    text = policy.read_text("utf-8")
    for old, new in (("k_open = 5", "k_open = 1"), ("most_left_open = 2", "most_left_open = 90")):
        assert old in text
        text = text.replace(old, new)
    policy.write_text(text, "utf-8")
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    assert not (data / OCCURRENCES).exists()
    assert (data / "documentation" / "anonymisation-log.csv").exists()


def test_head_and_speakers_are_as_the_policy_chose(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    policy = study / "policy.toml"
    text = policy.read_text("utf-8").replace('header = "cells"', 'header = "template"')
    policy.write_text(text.replace('speakers = "as typed"', 'speakers = "one scheme"'), "utf-8")
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    coded = 0
    for path in (data / "transcripts").iterdir():
        head, _, talk = path.read_text("utf-8").partition(f"{'-' * 40}\n\n")
        assert head.startswith("Study: Co-production and Personalisation")
        assert f"\nInterview: {path.stem}\n" in head
        assert "\nInterviewer: " in head
        coded += "(typed as P11)" in head
        assert "\nINT: " not in talk
        assert "\nP11: " not in talk
    assert coded == 1
    occurred = rows(data / OCCURRENCES)
    for one in occurred:
        line = (data / one["file"]).read_text("utf-8").splitlines()[int(one["line"]) - 1]
        assert one["replacement"] in line
