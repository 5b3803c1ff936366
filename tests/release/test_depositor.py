"""A researcher deposits interviews that they are named in: their own name is no leak."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact, study_of
from tests.deposits import described

pytestmark = pytest.mark.model


@pytest.fixture
def with_the_researcher_in_it(tmp_path: Path, passphrase_file: Path) -> Path:
    """A study whose interviewer deposits it, from an institution that is spoken of."""
    study = study_of(
        tmp_path,
        {
            "a.txt": "Interviewer: I'm Ben Sample of the University of Nowhere. Who helps you?\n"
            "R: Li Quill does, Ben. Li and Ka Vue, they know the University of Nowhere.\n"
        },
        passphrase_file,
        interviews="interview,file,nation,role\nA,a.txt,Scotland,nurse\n",
        roster="kind,name\nPERSON,Li Quill\nPERSON,Ka Vue\nPERSON,Ben Sample\n"
        "ORG,University of Nowhere\n",
    )
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    return study


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
    study = study_of(
        tmp_path,
        {"a.txt": "I: Who?\nR: I'm Isla Quill of Tarbelwick Homes. Isla, they say.\n"},
        passphrase_file,
        interviews="interview,file,nation,organisation\nA,a.txt,Scotland,Tarbelwick Homes\n",
        roster="kind,name,interview\nPERSON,Isla Quill,A\n",
    )
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    described(study, setting)
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "G2 no original" in refused.err) == (4, True), refused.err
