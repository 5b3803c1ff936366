"""The metadata of a deposit, in the order of its schema and with the dates that were said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

from redact.release import metadata
from redact.release.ddi import ddi
from redact.release.metadata import Facts
from redact.study.description import Contributor, Creator, Description
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


FACTS = Facts(
    name="x",
    date="2026-01-02",
    nations={"Scotland": 2},
    policy="p 1",
    tool="redact 0.1.0",
    access="controlled",
    archive="UK Data Service",
)
SAID = Description(
    title="A study",
    creators=(
        Creator(
            name="Example, Ada",
            affiliation="University of Nowhere",
            affiliation_ror="https://ror.org/00x0x0x00",
        ),
        Creator(name="The Talk Project", is_organisation=True),
    ),
    contributors=(Contributor(name="Helper, Dee", role="DataCollector"),),
    institution="University of Nowhere",
    institution_ror="https://ror.org/00x0x0x00",
    rights_holder="University of Nowhere",
    funder="Invented Research Council",
    funder_id="https://doi.org/10.13039/000",
    grant="IRC/0000/1",
    period="1981/2019",
    purpose="To find out.",
    design="Case studies.",
    unit="Organisations",
    legal_basis="Public task.",
    third_parties="None.",
    contact="data@example.org",
)


def test_people_and_bodies_have_their_roles_and_addresses() -> None:
    said = metadata.datacite(SAID, FACTS)
    ada, project = said["creators"]
    assert (ada["nameType"], ada["givenName"]) == ("Personal", "Ada")
    assert ada["affiliation"][0]["affiliationIdentifier"] == "https://ror.org/00x0x0x00"
    assert (project["nameType"], "givenName" in project) == ("Organizational", False)
    roles = [(one["contributorType"], one["name"]) for one in said["contributors"]]
    assert roles == [
        ("Distributor", "UK Data Service"),
        ("Producer", "University of Nowhere"),
        ("RightsHolder", "University of Nowhere"),
        ("DataCollector", "Helper, Dee"),
    ]
    assert said["contributors"][1]["nameIdentifiers"][0]["nameIdentifierScheme"] == "ROR"
    (funded,) = said["fundingReferences"]
    assert funded["funderIdentifierType"] == "Crossref Funder ID"
    xml = metadata.datacite_xml(said)
    assert 'affiliationIdentifier="https://ror.org/00x0x0x00"' in xml
    assert 'funderIdentifierType="Crossref Funder ID"' in xml


def test_ddi_has_what_icpsr_and_the_uk_data_service_ask_for() -> None:
    root = ET.fromstring(ddi(SAID, FACTS, ["transcripts/a.txt", "README.md"]))  # noqa: S314 our own
    found = {
        tag: root.find(f".//{DDI}{tag}") for tag in ("othId", "copyright", "notes", "anlyUnit")
    }
    assert all(one is not None for one in found.values())
    assert [one.text for one in root.iter(f"{DDI}timePrd")] == ["1981", "2019"]
    assert [one.text for one in root.iter(f"{DDI}authorizationStatement")] == ["Public task."]
    assert root.findtext(f".//{DDI}anlyUnit/{DDI}concept") == "OrganizationOrInstitution"
    assert root.findtext(f".//{DDI}notes") == "Case studies."
    assert root.findtext(f".//{DDI}disclaimer") == "Of third parties: None."
    purposes = [one for one in root.iter(f"{DDI}abstract") if one.get("contentType") == "purpose"]
    assert [one.text for one in purposes] == ["To find out."]
    contact = root.find(f".//{DDI}distStmt/{DDI}contact")
    assert contact is not None
    assert contact.get("email") == "data@example.org"
    files = [one.text for one in root.iter(f"{DDI}fileName")]
    assert files == ["transcripts/a.txt"]
