"""RO-Crate 1.2 and the Frictionless Data Package: a release's files, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from redact.release.licences import licence_of
from redact.release.metadata import Facts, as_json_text, title_of
from redact.study.description import Description

_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "txt": "text/plain",
    "toml": "application/toml",
    "xml": "application/xml",
    "vtt": "text/vtt",
    "html": "text/html",
    "pdf": "application/pdf",
    "rtf": "application/rtf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}


def media_type(name: str) -> str:
    """The media type of a released file, by its ending."""
    return _MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def licence_uri(said: str) -> str:
    """Where a licence of the list stands, else the words that were said."""
    known = licence_of(said)
    return (known.uri or known.name) if known else said


def ro_crate(description: Description, facts: Facts, files: Iterable[str]) -> str:
    """RO-Crate 1.2 with the run as a CreateAction; originals are named only as not released."""
    from rocrate.model.contextentity import ContextEntity
    from rocrate.model.file import File
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version="1.2")
    root = crate.root_dataset
    root["datePublished"] = description.embargo or facts.date
    root["name"] = title_of(description, facts)
    root["description"] = description.abstract or (
        f"{facts.transcripts} interview transcripts, pseudonymised by the policy {facts.policy}."
    )
    root["license"] = licence_uri(description.licence) or facts.access_words
    root["keywords"] = list(description.subjects)
    root["version"] = description.version
    authors = []
    for number, one in enumerate(description.creators, start=1):
        name = f"https://orcid.org/{one.orcid}" if one.orcid else f"#author-{number}"
        known = {"@type": "Person", "name": one.name}
        if one.affiliation:
            known["affiliation"] = one.affiliation
        authors.append(crate.add(ContextEntity(crate, name, properties=known)))
    if authors:
        root["author"] = authors
    for file in files:
        crate.add(File(crate, dest_path=file, properties={"encodingFormat": media_type(file)}))
    tool, _, version = facts.tool.rpartition(" ")
    software = crate.add(
        ContextEntity(
            crate,
            "#redact",
            properties={
                "@type": "SoftwareApplication",
                "name": tool,
                "version": version,
            },
        )
    )
    originals = crate.add(
        ContextEntity(
            crate,
            "#originals",
            properties={
                "@type": "Dataset",
                "name": "The original transcripts",
                "description": "Not released.",
            },
        )
    )
    crate.add_action(
        software,
        "#pseudonymisation",
        object=originals,
        result=root,
        properties={
            "@type": "CreateAction",
            "name": "Pseudonymisation",
            "endTime": facts.date,
            "description": f"By the policy {facts.policy}.",
        },
    )
    return as_json_text(crate.metadata.generate())


def data_package(
    description: Description, facts: Facts, columns: Mapping[str, str], key: str
) -> str:
    """The Frictionless descriptor of interviews.csv; `columns` say what each column is."""
    fields = [
        {"name": name, "type": "integer" if name == "words" else "string", "description": what}
        for name, what in columns.items()
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if key in columns:
        schema["primaryKey"] = [key]
    return as_json_text(
        {
            "name": facts.name.lower().replace("_", "-"),
            "title": title_of(description, facts),
            "profile": "tabular-data-package",
            "resources": [
                {
                    "name": "interviews",
                    "path": "interviews.csv",
                    "profile": "tabular-data-resource",
                    "title": "Data list: one row an interview",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "schema": schema,
                }
            ],
        }
    )
