"""What a Dataverse takes: `dataset.json`, as its native API creates a dataset from it.

After the guide of the native API and the metadata blocks `citation` and `socialscience` (their
fields, which of them repeat, and their vocabularies: IQSS/dataverse, scripts/api/data/
metadatablocks). Only fields are written whose multiplicity no version from 4.9 on has changed.
Nothing is uploaded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from redact.release.licences import licence_of
from redact.release.metadata import Facts, published_by, title_of
from redact.study.description import Creator, Description

_SUBJECT = "Social Sciences"  # of the vocabulary; who deposits may choose another
_LANGUAGES = {
    "en": "English",
    "gd": "Scottish Gaelic, Gaelic",
    "es": "Spanish, Castilian",
    "cy": "Welsh",
}
_ROLES = {  # DataCite's words for a contributor, in Dataverse's vocabulary
    "DataCollector": "Data Collector",
    "DataCurator": "Data Curator",
    "DataManager": "Data Manager",
    "ProjectLeader": "Project Leader",
    "ProjectManager": "Project Manager",
    "ProjectMember": "Project Member",
    "Researcher": "Researcher",
    "ResearchGroup": "Research Group",
    "RightsHolder": "Rights Holder",
    "Sponsor": "Sponsor",
    "Supervisor": "Supervisor",
}
_Field = dict[str, Any]


def dataset_json(description: Description, facts: Facts) -> str:
    """The body for POST /api/dataverses/$ID/datasets; what has not been said is left out."""
    said: dict[str, Any] = {
        "metadataBlocks": {
            "citation": {
                "displayName": "Citation Metadata",
                "fields": list(filter(None, _citation(description, facts))),
            },
            "socialscience": {
                "displayName": "Social Science and Humanities Metadata",
                "fields": list(filter(None, _social_science(description, facts))),
            },
        },
        **_terms(description, facts),
    }
    return json.dumps({"datasetVersion": said}, indent=2, ensure_ascii=False) + "\n"


def _citation(said: Description, facts: Facts) -> list[_Field | None]:
    begin, _, end = said.collected.partition("/")
    contact = {
        "datasetContactName": said.institution or said.contact,
        "datasetContactEmail": said.email,
    }
    about = (said.abstract or title_of(said, facts), said.purpose, said.narrative)
    return [
        _text("title", title_of(said, facts)),
        _group("author", map(_author, said.creators)),
        _group("datasetContact", [contact] if said.email else ()),
        _group("dsDescription", ({"dsDescriptionValue": text} for text in about if text)),
        _choice("subject", [_SUBJECT]),
        _group("keyword", ({"keywordValue": word} for word in said.subjects)),
        _group(
            "topicClassification",
            (
                {"topicClassValue": topic, "topicClassVocab": "CESSDA Topic Classification"}
                for topic in said.topics
            ),
        ),
        _group("publication", map(_publication, said.related)),
        _choice("language", filter(None, [_LANGUAGES.get(said.language.partition("-")[0])])),
        _group("producer", [{"producerName": said.institution}] if said.institution else ()),
        _group("contributor", _contributors(said)),
        _group(
            "grantNumber",
            [{"grantNumberAgency": said.funder, "grantNumberValue": said.grant}]
            if said.funder
            else (),
        ),
        _group(
            "distributor",
            [{"distributorName": published_by(said, facts), "distributorURL": facts.archive_home}]
            if published_by(said, facts)
            else (),
        ),
        _text("depositor", said.institution),
        _group(
            "dateOfCollection",
            [{"dateOfCollectionStart": begin, "dateOfCollectionEnd": end or begin}]
            if begin
            else (),
        ),
        _texts("kindOfData", ["Interview transcripts"]),
        _text("notesText", said.transcription),
    ]


def _social_science(said: Description, facts: Facts) -> list[_Field | None]:
    cleaned = f"Pseudonymised with {facts.tool} by the policy {facts.policy}."
    return [
        _texts("unitOfAnalysis", [said.unit] if said.unit else ()),
        _texts("universe", [said.universe] if said.universe else ()),
        _text("timeMethod", said.time_method),
        _text("samplingProcedure", said.sampling),
        _text("collectionMode", said.method),
        _text("cleaningOperations", cleaned),
    ]


def _terms(said: Description, facts: Facts) -> dict[str, Any]:
    """A licence that a Dataverse knows, or the terms in words; and how a file is asked for."""
    known = licence_of(said.licence)
    terms: dict[str, Any] = {}
    if known is not None and known.id.startswith("CC"):
        at = known.uri.replace("https://", "http://").rstrip("/")
        terms["license"] = {"name": known.name, "uri": at}
    else:
        terms["termsOfUse"] = said.licence or f"{facts.access_words}."
    if facts.access != "open":
        terms["termsOfAccess"] = " ".join(
            filter(None, (f"{facts.access_words}.", said.access_reason))
        )
        terms["fileAccessRequest"] = True
    return terms


def _author(one: Creator) -> Mapping[str, str]:
    made = {"authorName": one.name, "authorAffiliation": one.affiliation}
    if one.orcid:
        made |= {"authorIdentifierScheme": "ORCID", "authorIdentifier": one.orcid}
    return made


def _publication(doi: str) -> Mapping[str, str]:
    number = doi.removeprefix("https://doi.org/")
    made = {"publicationCitation": doi, "publicationIDType": "doi", "publicationIDNumber": number}
    return made if number.startswith("10.") else {"publicationCitation": doi}


def _contributors(said: Description) -> list[Mapping[str, str]]:
    named = [(one.name, _ROLES.get(one.role, "Other")) for one in said.contributors]
    named += [(said.rights_holder, "Rights Holder")] if said.rights_holder else []
    return [{"contributorType": role, "contributorName": name} for name, role in named]


def _text(name: str, value: str) -> _Field | None:
    if not value:
        return None
    return {"typeName": name, "multiple": False, "typeClass": "primitive", "value": value}


def _texts(name: str, values: Iterable[str]) -> _Field | None:
    several = list(values)
    if not several:
        return None
    return {"typeName": name, "multiple": True, "typeClass": "primitive", "value": several}


def _choice(name: str, values: Iterable[str]) -> _Field | None:
    chosen = _texts(name, values)
    return {**chosen, "typeClass": "controlledVocabulary"} if chosen else None


_CHOSEN = frozenset({"authorIdentifierScheme", "publicationIDType", "contributorType"})


def _group(name: str, rows: Iterable[Mapping[str, str]]) -> _Field | None:
    """A field of fields that may be there more than once; parts without a value are left out."""
    made = []
    for row in rows:
        parts = {part: _text(part, value) for part, value in row.items() if value}
        for part in _CHOSEN & parts.keys():
            parts[part] = {**(parts[part] or {}), "typeClass": "controlledVocabulary"}
        made.append(parts)
    if not made:
        return None
    return {"typeName": name, "multiple": True, "typeClass": "compound", "value": made}
