"""RO-Crate as its validator asks for it: entities for whoever and whatever is named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from redact.release.crate import media_type, ro_crate
from redact.release.metadata import Facts
from redact.study.description import Creator, Description
from tests.proofs import ROC_VALIDATOR, needs
from tests.release.roc import RECOMMENDED, roc_says

FACTS = Facts(
    name="deposit-1",
    date="2026-01-02",
    nations={"Scotland": 2},
    policy="p 1",
    tool="redact 0.1.0",
    access="open",
    archive="Zenodo",
    archive_home="https://zenodo.org/",
)
SAID = Description(
    title="A study",
    creators=(
        Creator(name="Example, Ada", affiliation="University of Nowhere"),
        Creator(name="Sample, Ben", affiliation="University of Nowhere"),
    ),
    licence="CC-BY-4.0",
    institution="University of Nowhere",
    contact="The data steward, data@example.org",
)


def graph(said: Description, **sizes: int) -> dict[str, dict[str, Any]]:
    named = {name.replace("_", "."): size for name, size in sizes.items()}
    found = json.loads(ro_crate(said, FACTS, {**named, "transcripts/a.txt": 7}))["@graph"]
    return {one["@id"]: one for one in found}


def test_a_file_has_a_name_a_size_a_type_and_a_word_on_what_it_is() -> None:
    entities = graph(SAID, README_md=12)
    file = entities["transcripts/a.txt"]
    assert (file["name"], file["contentSize"], file["encodingFormat"]) == (
        "a.txt",
        "7",
        "text/plain",
    )
    assert "transcript" in file["description"]
    assert {one["@id"] for one in entities["./"]["hasPart"]} == {"README.md", "transcripts/a.txt"}
    assert media_type("x.unknown") == "application/octet-stream"


def test_licence_publisher_institution_and_contact_are_entities() -> None:
    entities = graph(SAID)
    licence = entities[entities["./"]["license"]["@id"]]
    assert licence["@id"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (licence["name"], bool(licence["description"])) == ("CC BY 4.0", True)
    publisher = entities[entities["./"]["publisher"]["@id"]]
    assert (publisher["name"], publisher["url"]) == ("Zenodo", "https://zenodo.org/")
    door = entities[publisher["contactPoint"]["@id"]]
    assert (door["name"], door["url"]) == ("Zenodo", "https://zenodo.org/")  # not the depositor's
    ada, ben = (entities[one["@id"]] for one in entities["./"]["author"])
    assert ada["affiliation"] == ben["affiliation"]  # one institution, said twice
    at_home = entities[ada["affiliation"]["@id"]]
    assert entities[at_home["contactPoint"]["@id"]]["email"] == "data@example.org"
    assert not any("nowhere" in at.casefold() for at in entities)  # an id is no place for a name
    assert entities["#redact"]["url"]


def test_an_archive_with_a_number_at_ror_is_known_by_it() -> None:
    known = replace(FACTS, archive="UK Data Service", archive_ror="https://ror.org/0468x4e75")
    told = json.loads(ro_crate(SAID, known, {"transcripts/a.txt": 7}))["@graph"]
    entities = {one["@id"]: one for one in told}
    publisher = entities[entities["./"]["publisher"]["@id"]]
    assert (publisher["@id"], publisher["url"]) == (known.archive_ror, known.archive_home)


def test_terms_in_words_and_a_study_that_says_nothing_have_their_entities_too() -> None:
    entities = graph(Description())
    assert entities[entities["./"]["license"]["@id"]]["name"] == "open access"
    assert "author" not in entities["./"]
    own = graph(Description(licence="Ask the archive", access_reason="Few took part."))
    assert own["#terms"]["name"] == "Ask the archive"


def test_a_team_is_an_organisation_and_an_institution_has_its_address() -> None:
    ada = Creator(
        name="Example, Ada",
        affiliation="University of Nowhere",
        affiliation_ror="https://ror.org/00x0x0x00",
    )
    team = Creator(name="The Talk Project", is_organisation=True)
    entities = graph(Description(creators=(ada, team)))
    one, other = (entities[author["@id"]] for author in entities["./"]["author"])
    assert (one["@type"], other["@type"]) == ("Person", "Organization")
    assert one["affiliation"]["@id"] == "https://ror.org/00x0x0x00"


@needs(ROC_VALIDATOR)
def test_where_everything_is_said_the_validator_recommends_nothing(tmp_path: Path) -> None:
    """An institution that publishes by itself, all with their numbers, under a licence of SPDX."""
    ror = "https://ror.org/00x0x0x00"
    ada = SAID.creators[0].model_copy(
        update={"orcid": "0000-0002-1825-0097", "affiliation_ror": ror}
    )
    said = SAID.model_copy(
        update={"creators": (ada,), "institution_ror": ror, "abstract": "Talk about talk."}
    )
    crates = {}
    for name, one in (("whole", said), ("less", said.model_copy(update={"licence": "Ask us"}))):
        (tmp_path / name).mkdir()
        told = ro_crate(one, replace(FACTS, archive="", archive_home=""), {"transcripts/a.txt": 7})
        (tmp_path / name / "ro-crate-metadata.json").write_text(told, "utf-8")
        crates[name] = tmp_path / name
    found = roc_says(crates.values(), is_whole=False)
    assert found[crates["whole"]] == []
    assert [level for level, _ in found[crates["less"]]] == [RECOMMENDED]


def test_each_file_says_who_may_have_it() -> None:
    known = replace(FACTS, access="controlled", access_called="Controlled data")
    sizes = {"transcripts/a.txt": 7, "restricted/log.csv": 3, "documentation/methods.md": 2}
    found = json.loads(ro_crate(SAID, known, sizes))["@graph"]
    may = {one["@id"]: one.get("conditionsOfAccess") for one in found if one["@id"] in sizes}
    assert may == {
        "transcripts/a.txt": "Controlled data",
        "restricted/log.csv": "Controlled data",
        "documentation/methods.md": "open",
    }
