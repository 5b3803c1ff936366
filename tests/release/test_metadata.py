"""The metadata of a deposit, in the order of its schema and with the dates that were said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from redact.release import metadata
from redact.release.ddi import ddi
from redact.release.metadata import Facts
from redact.study.description import Description
from tests.conftest import Result
from tests.deposits import described

DDI = "{ddi:codebook:2_5}"


def test_the_parts_of_ddi_stand_in_the_order_of_its_schema(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    file = study / "release" / "archive-deposit-01" / "data" / "metadata" / "ddi-codebook.xml"
    document, described_study, *files = ET.fromstring(file.read_text("utf-8"))  # noqa: S314 our own
    assert document.tag.endswith("docDscr")
    assert {one.tag for one in files} == {f"{DDI}fileDscr"}
    order = ["citation", "studyAuthorization", "stdyInfo", "method", "dataAccs"]
    assert [one.tag.removeprefix(DDI) for one in described_study] == order
    nations = [one.get("abbr") for one in described_study.iter(f"{DDI}nation")]
    assert nations == ["GB-SCT", "US"]
    assert described_study.findtext(f".//{DDI}AuthEnty") == "Example, Ada"


def test_an_embargo_gives_the_year_of_publication() -> None:
    description = Description(title="A study", collected="2019")
    known = Facts(
        name="x",
        date="2026-01-02",
        nations={"Scotland": 2},
        policy="p 1",
        tool="redact 0.1.0",
        access="controlled",
    )
    later = description.model_copy(update={"embargo": "2028-03-01"})
    assert metadata.datacite(later, known)["publicationYear"] == "2028"
    dated = ET.fromstring(ddi(later, known)).find(f".//{DDI}distDate")  # noqa: S314
    assert dated is not None
    assert dated.get("date") == "2028-03-01"
