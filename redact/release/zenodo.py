"""What Zenodo's deposit API takes: `zenodo.json`, beside the files it describes.

After developers.zenodo.org (deposit metadata) as far as a copy was at hand; nothing is uploaded.
"""

from __future__ import annotations

import json
from typing import Any

from redact.release.licences import licence_of
from redact.release.metadata import Facts, title_of
from redact.study.description import Description

_LANGUAGES = {"en": "eng", "gd": "gla", "sco": "sco", "es": "spa", "cy": "cym"}  # ISO 639-3
_RIGHTS = {"open": "open", "safeguarded": "restricted", "controlled": "restricted"}


def zenodo_json(description: Description, facts: Facts) -> str:
    """The metadata of a deposit; what has not been said is left out."""
    access = "embargoed" if _is_embargoed(description, facts) else _RIGHTS[facts.access]
    known = licence_of(description.licence)
    said: dict[str, Any] = {
        "title": title_of(description, facts),
        "upload_type": "dataset",
        "description": description.abstract or title_of(description, facts),
        "creators": [
            {
                "name": one.name,
                **({"affiliation": one.affiliation} if one.affiliation else {}),
                **({"orcid": one.orcid} if one.orcid else {}),
            }
            for one in description.creators
        ],
        "contributors": [
            {"name": one.name, "type": one.role, **({"orcid": one.orcid} if one.orcid else {})}
            for one in description.contributors
        ],
        "access_right": access,
        "version": description.version,
        "keywords": list(description.subjects),
        "language": _LANGUAGES.get(description.language.partition("-")[0], ""),
        "notes": " ".join(filter(None, (description.transcription, description.ethics))),
        "method": " ".join(filter(None, (description.method, description.sampling))),
        "related_identifiers": [
            {"identifier": doi, "relation": "isSupplementTo"} for doi in description.related
        ],
    }
    if known is not None and known.is_spdx and access != "restricted":
        said["license"] = known.id.lower()
    if access == "embargoed":
        said["embargo_date"] = description.embargo
    if access == "restricted":
        terms = (description.access_reason, description.licence)
        said["access_conditions"] = " ".join(filter(None, terms)) or "Ask the depositor."
    body = {"metadata": {name: value for name, value in said.items() if value}}
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _is_embargoed(description: Description, facts: Facts) -> bool:
    """Zenodo opens by itself what is open and not due yet."""
    return facts.access == "open" and description.embargo > facts.date
