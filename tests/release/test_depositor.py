"""A researcher deposits interviews that they are named in: their own name is no leak."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact
from tests.release.depositing import described


@pytest.fixture
def with_the_researcher_in_it(tmp_path: Path, passphrase_file: Path) -> Path:
    """A study whose interviewer deposits it, from an institution that is spoken of."""
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "a.txt").write_text(
        "Interviewer: I'm Ben Sample of the University of Nowhere. Who helps you?\n"
        "R: Li Quill does, Ben. Li and Ka Vue, they know the University of Nowhere.\n",
        "utf-8",
    )
    (tmp_path / "interviews.csv").write_text(
        "interview,file,nation,role\nA,a.txt,Scotland,nurse\n", "utf-8"
    )
    (tmp_path / "roster.csv").write_text(
        "kind,name\nPERSON,Li Quill\nPERSON,Ka Vue\nPERSON,Ben Sample\n"
        "ORG,University of Nowhere\n", "utf-8")  # fmt: skip
    key = ("--passphrase-file", passphrase_file)
    done = run_redact("run", talks, "--policy", "archive-deposit", "--out", tmp_path / "study",
                      "--interviews", tmp_path / "interviews.csv", "--roster",
                      tmp_path / "roster.csv", *key)  # fmt: skip
    assert done.code in (0, 3), done.err
    assert run_redact("settle", tmp_path / "study", "--by", "AB", *key).code == 0
    return tmp_path / "study"


def test_a_researcher_deposits_interviews_that_they_are_named_in(
    with_the_researcher_in_it: Path, release: Callable[..., Result]
) -> None:
    study = with_the_researcher_in_it
    described(study)
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    (talk,) = (data / "transcripts").iterdir()
    for name in ("Ben", "Nowhere", "Quill", "Ka"):
        assert name not in talk.read_text("utf-8")
    assert "<givenName>Ben</givenName>" in (data / "metadata" / "datacite.xml").read_text("utf-8")
    summary = json.loads((data / "redaction-summary.json").read_text("utf-8"))
    assert summary["occurrences_explained"]["depositor"] > 0


@pytest.mark.parametrize("said", ["Ben told us of it.", "Li Quill told us of it."])
def test_only_the_depositor_s_own_name_is_theirs(
    with_the_researcher_in_it: Path, release: Callable[..., Result], said: str
) -> None:
    study = with_the_researcher_in_it
    described(study, f"abstract={said}")
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "G2 no original" in refused.err) == (4, True)
    assert list((study / "release").iterdir()) == []


@pytest.mark.parametrize(
    "setting",
    ["institution=Tarbelwick Homes", "funder=The Tarbelwick Homes Fund", "creators=Quill, Isla"],
)
def test_who_took_part_stays_hidden_also_where_they_deposit(
    tmp_path: Path, passphrase_file: Path, release: Callable[..., Result], setting: str
) -> None:
    talks = tmp_path / "talks"
    talks.mkdir()
    (talks / "a.txt").write_text(
        "I: Where do you work?\nR: At Tarbelwick Homes. I'm Isla Quill. Isla, they say.\n", "utf-8"
    )
    (tmp_path / "interviews.csv").write_text(
        "interview,file,nation,organisation\nA,a.txt,Scotland,Tarbelwick Homes\n", "utf-8"
    )
    (tmp_path / "roster.csv").write_text("kind,name,interview\nPERSON,Isla Quill,A\n", "utf-8")
    key = ("--passphrase-file", passphrase_file)
    run_redact("run", talks, "--policy", "archive-deposit", "--out", tmp_path / "study",
               "--interviews", tmp_path / "interviews.csv", "--roster", tmp_path / "roster.csv",
               *key)  # fmt: skip
    assert run_redact("settle", tmp_path / "study", "--by", "AB", *key).code == 0
    described(tmp_path / "study", setting)
    refused = release(tmp_path / "study", "--profile", "ukds")
    assert (refused.code, "G2 no original" in refused.err) == (4, True), refused.err
