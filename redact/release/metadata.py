"""The catalogue's metadata: DataCite 4.5, Dublin Core.

All of it is made from the steward's description and counts; none of it knows a transcript. Dates
are given, so that the same release is the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from redact.errors import GateRefused
from redact.release.licences import licence_of
from redact.release.schemas import validated
from redact.release.xml_elements import add_element, xml_text
from redact.rendering import counted
from redact.study.description import Creator, Description

_OPEN = "info:eu-repo/semantics/"  # OpenAIRE's words for access rights
_ACCESS = {
    "open": "openAccess",
    "safeguarded": "restrictedAccess",
    "controlled": "restrictedAccess",
}
NOT_YET = ":tba"  # DataCite 4.5, appendix 3: to be assigned or announced later
_DC = "http://purl.org/dc/elements/1.1/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a release knows of itself: counts and names of the tool's own making."""

    name: str
    date: str  # of the log's newest entry, YYYY-MM-DD
    nations: Mapping[str, int]  # transcripts by nation
    policy: str
    tool: str
    access: str
    archive: str = ""  # that publishes it, by its own name; nothing where it is for no archive
    archive_home: str = ""  # its address
    archive_ror: str = ""  # its number at ror.org, or nothing
    access_called: str = ""  # in the archive's own words

    @property
    def access_words(self) -> str:
        return self.access_called or f"{self.access} access"

    @property
    def transcripts(self) -> int:
        return sum(self.nations.values())


def title_of(description: Description, facts: Facts) -> str:
    """The study's title, or words that say what it is until it has one."""
    return description.title or f"{facts.transcripts} pseudonymised interview transcripts"


def published_by(description: Description, facts: Facts) -> str:
    """Who publishes it: the archive, or the institution where it is for none."""
    return facts.archive or description.institution


def datacite(description: Description, facts: Facts) -> dict[str, Any]:
    """DataCite 4.5 as JSON; GateRefused if what the steward said does not fit its schema."""
    from datacite import schema45

    said: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "titles": [{"title": title_of(description, facts)}],
        "creators": [_creator(one) for one in description.creators] or [{"name": "Unnamed"}],
        "publisher": {
            "name": published_by(description, facts) or "(not named)",
            **_ror(
                "publisher", facts.archive_ror if facts.archive else description.institution_ror
            ),
        },
        "publicationYear": year_of(description, facts),
        "types": {"resourceType": "Interview transcripts", "resourceTypeGeneral": "Dataset"},
        "language": description.language,
        "version": description.version,
        "formats": ["text/plain"],
        "sizes": [counted(facts.transcripts, "transcript")],
        "geoLocations": [
            {"geoLocationPlace": nation} for nation in facts.nations if nation != "unknown"
        ],
        "dates": [{"date": facts.date, "dateType": "Created"}],
        "rightsList": [
            {
                "rights": facts.access_words,
                "rightsUri": _OPEN + _ACCESS.get(facts.access, "closedAccess"),
            }
        ],
    }
    if description.collected:
        said["dates"].append({"date": description.collected, "dateType": "Collected"})
    if description.embargo:
        said["dates"].append({"date": description.embargo, "dateType": "Available"})
    if description.subjects:
        said["subjects"] = [{"subject": subject} for subject in description.subjects]
    if description.licence:
        rights = {"rights": description.licence}
        if (known := licence_of(description.licence)) and known.is_spdx:
            rights = {
                "rights": known.name,
                "rightsUri": known.uri,
                "rightsIdentifier": known.id,
                "rightsIdentifierScheme": "SPDX",
            }
        said["rightsList"].append(rights)
    told = (
        ("Abstract", description.abstract),
        ("Methods", _methods(description)),
        ("Other", description.narrative),
    )
    if descriptions := [
        {"description": text, "descriptionType": kind} for kind, text in told if text
    ]:
        said["descriptions"] = descriptions
    if contributors := _contributors(description, facts):
        said["contributors"] = contributors
    if description.funder:
        said["fundingReferences"] = [_funding(description)]
    if description.related:
        said["relatedIdentifiers"] = [
            {
                "relatedIdentifier": doi,
                "relatedIdentifierType": "DOI",
                "relationType": "IsSupplementTo",
            }
            for doi in description.related
        ]
    errors = sorted(error.json_path for error in schema45.validator.iter_errors(said))
    if errors:
        raise GateRefused(
            f"the description does not fit DataCite 4.5: {', '.join(errors[:3])}",
            where="study.toml",
            remedy="Correct it in the description. Nothing was released.",
            command="`redact describe` asks for it.",
        )
    return said


def year_of(description: Description, facts: Facts) -> str:
    """The year it is published in: with an embargo, when that ends (DataCite 4.5, property 5)."""
    return description.year or (description.embargo or facts.date)[:4]


def _creator(one: Creator) -> dict[str, Any]:
    kind = "Organizational" if one.is_organisation else "Personal"
    made: dict[str, Any] = {"name": one.name, "nameType": kind}
    family, comma, given = one.name.partition(", ")
    if comma and not one.is_organisation:
        made |= {"familyName": family, "givenName": given}
    if one.orcid:
        made["nameIdentifiers"] = [
            {
                "nameIdentifier": f"https://orcid.org/{one.orcid}",
                "nameIdentifierScheme": "ORCID",
                "schemeUri": "https://orcid.org",
            }
        ]
    if one.affiliation:
        made["affiliation"] = [
            {"name": one.affiliation, **_ror("affiliation", one.affiliation_ror)}
        ]
    return made


def _ror(what: str, ror: str) -> dict[str, str]:
    """The fields that name an organisation by its address at ror.org."""
    if not ror:
        return {}
    return {
        f"{what}Identifier": ror,
        f"{what}IdentifierScheme": "ROR",
        "schemeUri": "https://ror.org",
    }


def _contributors(description: Description, facts: Facts) -> list[dict[str, Any]]:
    """Who distributes and produces it, where an archive publishes; and whom the steward names."""
    bodies = [
        (facts.archive, "Distributor", facts.archive_ror),
        (description.institution if facts.archive else "", "Producer", description.institution_ror),
        (description.rights_holder, "RightsHolder", ""),
    ]
    made: list[dict[str, Any]] = [
        {
            "name": name,
            "nameType": "Organizational",
            "contributorType": kind,
            **({"nameIdentifiers": [_ror("name", ror)]} if ror else {}),
        }
        for name, kind, ror in bodies
        if name
    ]
    return made + [
        {**_creator(one), "contributorType": one.role} for one in description.contributors
    ]


def _funding(description: Description) -> dict[str, str]:
    made = {"funderName": description.funder}
    if description.funder_id:
        is_ror = description.funder_id.startswith("https://ror.org/")
        made["funderIdentifier"] = description.funder_id
        made["funderIdentifierType"] = "ROR" if is_ror else "Crossref Funder ID"
    if description.grant:
        made["awardNumber"] = description.grant
    return made


def datacite_xml(said: Mapping[str, Any]) -> str:
    """The same as DataCite's XML."""
    from datacite import schema45

    with_doi = {"doi": NOT_YET, **said}  # the XML must have one, the JSON need not
    written: str = schema45.tostring(with_doi)
    return validated("datacite", written if written.endswith("\n") else written + "\n")


def _methods(description: Description) -> str:
    said = description
    parts = (said.design, said.method, said.sampling, said.transcription)
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def dublin_core(description: Description, facts: Facts) -> str:
    """Simple Dublin Core in the frame of OAI-PMH."""
    ET.register_namespace("oai_dc", _OAI_DC)
    ET.register_namespace("dc", _DC)
    root = ET.Element(f"{{{_OAI_DC}}}dc")
    said: list[tuple[str, str]] = [("title", title_of(description, facts))]
    said += [("creator", one.name) for one in description.creators]
    said += [("subject", subject) for subject in description.subjects]
    said += [
        ("description", description.abstract),
        ("publisher", published_by(description, facts)),
        ("contributor", description.institution if facts.archive else ""),
        ("date", year_of(description, facts)),
        ("type", "Dataset"),
        ("format", "text/plain"),
        ("identifier", facts.name),
        ("language", description.language),
    ]
    said += [("coverage", nation) for nation in facts.nations if nation != "unknown"]
    said += [
        ("coverage", description.collected),
        ("rights", facts.access_words),
        ("rights", description.licence),
    ]
    for name, text in said:
        add_element(root, f"{{{_DC}}}{name}", text)
    return validated("dublin-core", xml_text(root))


def as_json_text(body: Mapping[str, Any]) -> str:
    """JSON as it is written into a release."""
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def datacite_json(said: Mapping[str, Any]) -> str:
    """DataCite's JSON as it is written."""
    return as_json_text(said)
