"""What each archive asks for: a deposit for it passes every reader, or says what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import bagit
import frictionless
import pytest
from datacite import schema45
from rocrate.rocrate import ROCrate

from tests.conftest import Result, run_redact
from tests.deposits import described


@pytest.mark.parametrize("profile", ["ukds", "icpsr", "qdr", "zenodo", "plain"])
def test_a_deposit_passes_every_reader_of_its_formats(
    study: Path, release: Callable[..., Result], profile: str
) -> None:
    described(study)
    done = release(study, "--profile", profile)
    if profile == "zenodo":  # it has no controlled access
        assert (done.code, "Access that Zenodo gives" in done.err) == (4, True)
        described(study, "access=safeguarded")
        two = ("--override", "G9 small counts", "--by", "A", "--by", "B", "--reason", "agreed")
        done = release(study, "--profile", profile, *two)
    assert done.code == 0, done.err
    bag = study / "release" / "archive-deposit-01"
    data = bag / "data"
    assert bagit.Bag(str(bag)).validate()
    assert run_redact("release", "verify", bag).code == 0
    report = frictionless.validate(data / "datapackage.json")
    assert report.valid, report.to_summary()
    said = json.loads((data / "metadata" / "datacite.json").read_text("utf-8"))
    assert schema45.validate(said)
    assert schema45.tostring({"doi": ":tba", **said}).strip() == (
        (data / "metadata" / "datacite.xml").read_text("utf-8").strip()
    )
    crate = ROCrate(data)
    assert {file.id for file in crate.data_entities} == {
        path.relative_to(data).as_posix()
        for path in data.rglob("*")
        if path.is_file()
        and path.name != "ro-crate-metadata.json"
        and path.parent.name != "metadata"
        and path.name != "datapackage.json"
    }
    (action,) = crate.get_by_type("CreateAction")
    assert action["instrument"]["name"] == "redact"
    for name in ("ddi-codebook.xml", "dublin-core.xml"):
        assert "Co-production and Personalisation" in (data / "metadata" / name).read_text("utf-8")


def test_an_archive_s_list_says_what_is_missing_and_nothing_is_built(
    study: Path, release: Callable[..., Result]
) -> None:
    checked = release(study, "--profile", "ukds", "--check", "--json")
    assert checked.code == 3
    assert "The topic guide" in checked.json["missing"]
    assert "A data list" in checked.json["there"]
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "UK Data Service wants more" in refused.err) == (4, True)
    assert list((study / "release").iterdir()) == []
    described(study)
    assert release(study, "--profile", "ukds", "--check").code == 0
    described(study, "access=safeguarded")
    checked = release(study, "--profile", "ukds", "--check", "--json")
    listed, worst = checked.json["missing"]
    assert listed == "k 3 for safeguarded access (the data list has 1)"
    assert worst.startswith("k 3 by the worst measure (the data list: k 1")
