"""Zenodo's own metadata say the access, its terms and its licence as Zenodo has them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from redact.release.metadata import Facts
from redact.release.zenodo import zenodo_json
from redact.study.description import Creator, Description

FACTS = Facts(
    name="deposit-1",
    date="2026-01-02",
    nations={"Scotland": 2},
    policy="p 1",
    tool="redact 0.1.0",
    access="open",
)
SAID = Description(
    title="A study",
    abstract="Of talk.",
    creators=(Creator(name="Example, Ada", orcid="0000-0002-1825-0097"),),
    licence="CC BY 4.0",
    access_reason="Few took part.",
    related=("10.5072/zenodo.1",),
)


def told(said: Description, access: str = "open") -> dict[str, Any]:
    metadata: dict[str, Any]
    metadata = json.loads(zenodo_json(said, replace(FACTS, access=access)))["metadata"]
    return metadata


def test_open_data_have_their_licence_and_no_conditions() -> None:
    metadata = told(SAID)
    assert (metadata["access_right"], metadata["license"]) == ("open", "cc-by-4.0")
    assert "access_conditions" not in metadata
    assert metadata["creators"] == [{"name": "Example, Ada", "orcid": "0000-0002-1825-0097"}]
    assert metadata["related_identifiers"][0]["identifier"] == "10.5072/zenodo.1"
    assert metadata["language"] == "eng"


def test_what_is_restricted_says_its_conditions_instead_of_a_licence() -> None:
    metadata = told(SAID.model_copy(update={"licence": "Ask us"}), "safeguarded")
    assert (metadata["access_right"], "license" in metadata) == ("restricted", False)
    assert metadata["access_conditions"] == "Few took part. Ask us"


def test_an_embargo_is_one_as_long_as_it_lasts_and_only_of_what_will_be_open() -> None:
    later = SAID.model_copy(update={"embargo": "2028-03-01"})
    assert (told(later)["access_right"], told(later)["embargo_date"]) == ("embargoed", "2028-03-01")
    assert told(SAID.model_copy(update={"embargo": "2025-03-01"}))["access_right"] == "open"
    assert told(later, "safeguarded")["access_right"] == "restricted"


def test_what_was_not_said_is_left_out() -> None:
    assert set(told(Description())) == {
        "title",
        "upload_type",
        "description",
        "access_right",
        "version",
        "language",
    }
