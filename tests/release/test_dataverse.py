"""`dataset.json` has the fields that Dataverse's metadata blocks define, as they define them."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from typing import Any

import pytest

from redact.release.dataverse import dataset_json
from redact.release.metadata import Facts
from redact.study.description import Contributor, Description, parse_description
from tests.deposits import SAMPLE

FACTS = Facts(
    name="deposit-1",
    date="2026-01-02",
    nations={"Scotland": 2},
    policy="p 1",
    tool="redact 0.1.0",
    access="controlled",
    archive="Qualitative Data Repository",
    archive_home="https://qdr.syr.edu/",
)
# After the tables of the blocks in IQSS/dataverse, scripts/api/data/metadatablocks/citation.tsv and
# social_science.tsv: name, whether it repeats, parent; a star has a vocabulary.
CITATION = """title no -|author yes -|authorName no author|authorAffiliation no author
authorIdentifierScheme* no author|authorIdentifier no author|datasetContact yes -
datasetContactName no datasetContact|datasetContactEmail no datasetContact|dsDescription yes -
dsDescriptionValue no dsDescription|subject* yes -|keyword yes -|keywordValue no keyword
topicClassification yes -|topicClassValue no topicClassification
topicClassVocab no topicClassification|publication yes -|publicationCitation no publication
publicationIDType* no publication|publicationIDNumber no publication|notesText no -
language* yes -|producer yes -|producerName no producer|contributor yes -
contributorType* no contributor|contributorName no contributor|grantNumber yes -
grantNumberAgency no grantNumber|grantNumberValue no grantNumber|distributor yes -
distributorName no distributor|distributorURL no distributor|depositor no -
dateOfCollection yes -|dateOfCollectionStart no dateOfCollection
dateOfCollectionEnd no dateOfCollection|kindOfData yes -"""
SOCIAL = """unitOfAnalysis yes -|universe yes -|timeMethod no -|samplingProcedure no -
collectionMode no -|cleaningOperations no -"""
Known = dict[str, tuple[bool, bool, str]]
REQUIRED = {"title", "author", "datasetContact", "dsDescription", "subject"}
VOCABULARY = {
    "subject": {"Social Sciences", "Medicine, Health and Life Sciences", "Other"},
    "language": {"English", "Scottish Gaelic, Gaelic", "Spanish, Castilian", "Welsh"},
    "authorIdentifierScheme": {"ORCID", "ISNI"},
    "publicationIDType": {"doi", "handle", "url"},
    "contributorType": {
        *("Data Collector", "Data Curator", "Data Manager", "Project Leader", "Project Manager"),
        *("Project Member", "Researcher", "Research Group", "Rights Holder", "Sponsor"),
        *("Supervisor", "Other"),
    },
}


def table(text: str) -> Known:
    """By field: whether it has a vocabulary, whether it repeats, its parent."""
    rows = (one.split() for line in text.splitlines() for one in line.split("|"))
    return {
        name.removesuffix("*"): (name.endswith("*"), many == "yes", parent)
        for name, many, parent in rows
    }


def problems(
    field: dict[str, Any], known: dict[str, tuple[bool, bool, str]], parent: str
) -> list[str]:
    """What of a field is not as the block has it."""
    name, found = field["typeName"], []
    if name not in known:
        return [f"{name}: no field of the block"]
    chosen, many, belongs_to = known[name]
    children = {one for one, (_, _, above) in known.items() if above == name}
    kind = "compound" if children else "controlledVocabulary" if chosen else "primitive"
    if (field["typeClass"], field["multiple"], belongs_to) != (kind, many, parent):
        found.append(f"{name}: {field['typeClass']}, {field['multiple']}, in {parent}")
    values = field["value"] if many else [field["value"]]
    if not isinstance(field["value"], list if many else str) or not values:
        found.append(f"{name}: its value")
    if chosen:
        found += [f"{name}: {one}" for one in values if one not in VOCABULARY[name]]
    if children:
        for row in values:
            for part, inner in row.items():
                found += [f"{part}: {inner}"] if part != inner["typeName"] else []
                found += problems(inner, known, name)
    return found


def sample() -> Description:
    said = tomllib.loads((SAMPLE / "deposit.toml").read_text("utf-8"))
    said.pop("documents")
    return parse_description(said, "deposit.toml")


def blocks(description: Description, facts: Facts = FACTS) -> dict[str, list[dict[str, Any]]]:
    said = json.loads(dataset_json(description, facts))["datasetVersion"]["metadataBlocks"]
    return {name: block["fields"] for name, block in said.items()}


@pytest.mark.parametrize("whole", [True, False])
def test_every_field_is_one_of_the_blocks_and_as_they_define_it(whole: bool) -> None:
    said = sample()
    if whole:
        more = (Contributor(name="Helper, Dee", role="DataCollector"),)
        said = said.model_copy(update={"contributors": more, "related": ("10.5072/zenodo.1",)})
    for name, known in (("citation", table(CITATION)), ("socialscience", table(SOCIAL))):
        fields = blocks(said)[name]
        assert [one for field in fields for one in problems(field, known, "-")] == []
        names = [field["typeName"] for field in fields]
        assert len(names) == len(set(names))
    assert {field["typeName"] for field in blocks(said)["citation"]} >= REQUIRED


def test_the_check_finds_what_is_not_as_the_block_has_it() -> None:
    (title,) = [one for one in blocks(sample())["citation"] if one["typeName"] == "title"]
    known = table(CITATION)
    for wrong in ({"multiple": True}, {"typeName": "heading"}, {"value": ["A"]}):
        assert problems({**title, **wrong}, known, "-") != []


def test_terms_and_licence_are_as_the_access_is() -> None:
    said = sample().model_copy(update={"licence": "CC-BY-4.0"})
    open_data = json.loads(dataset_json(said, replace(FACTS, access="open")))["datasetVersion"]
    assert open_data["license"] == {
        "name": "CC BY 4.0",
        "uri": "http://creativecommons.org/licenses/by/4.0",
    }
    assert "termsOfAccess" not in open_data
    closed = json.loads(dataset_json(sample(), FACTS))["datasetVersion"]
    assert closed["fileAccessRequest"] is True
    assert closed["termsOfUse"] == sample().licence
    assert sample().access_reason in closed["termsOfAccess"]


def test_nothing_is_said_that_nobody_said() -> None:
    fields = blocks(Description(), replace(FACTS, archive="", archive_home=""))["citation"]
    assert {field["typeName"] for field in fields} <= {
        *("title", "dsDescription", "subject", "language", "kindOfData")
    }
