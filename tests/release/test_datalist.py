"""The data list: the archive's columns, as far as the policy lets them be said."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result
from tests.deposits import described, rows


@pytest.mark.parametrize(
    ("profile", "columns"),
    [
        ("ukds", "interview role organisation nation file words"),
        ("icpsr", "interview file format words nation organisation role"),
        ("qdr", "file type_of_data description interview nation organisation role"),
        ("plain", "interview file nation organisation role"),
    ],
)
def test_the_data_list_has_the_columns_of_the_archive_as_far_as_the_policy_lets_it(
    study: Path, release: Callable[..., Result], profile: str, columns: str
) -> None:
    described(study)
    done = release(study, "--profile", profile)
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    listed = rows(data / "interviews.csv")
    assert list(listed[0]) == columns.split()
    for row in listed:
        text = (data / row["file"]).read_bytes()
        if "words" in row:
            safe = (study / "safe" / f"{row['interview']}.txt").read_text("utf-8")
            assert int(row["words"]) == len(safe.split())
            assert text
        if profile == "qdr":
            assert row["description"] == f"Interview, {row['role']}, {row['nation']}"
    described_as = json.loads((data / "datapackage.json").read_text("utf-8"))
    fields = described_as["resources"][0]["schema"]["fields"]
    assert [one["name"] for one in fields] == columns.split()
    assert all(one["description"] for one in fields)


def test_columns_that_an_archive_s_lists_have_may_be_left_out(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    done = release(study, "--profile", "ukds", "--check")
    assert done.code == 0, done.out
    assert "– The columns its data lists have: without gender, age_band, year" in done.out
    assert "Nothing is missing." in done.out
