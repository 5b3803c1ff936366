"""RO-Crate 1.2 and the Frictionless Data Package: a release's files, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from redact.release.licences import licence_of
from redact.release.metadata import Facts, as_json_text, published_by, title_of
from redact.study.description import Creator, Description

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

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


def ro_crate(description: Description, facts: Facts, sizes: Mapping[str, int]) -> str:
    """RO-Crate 1.2 with the run as a CreateAction; originals are named only as not released.

    `sizes` are in bytes, by name of a released file.
    """
    from rocrate.model.file import File
    from rocrate.rocrate import ROCrate

    crate = ROCrate(version="1.2")
    root = crate.root_dataset
    root["datePublished"] = description.embargo or facts.date
    root["name"] = title_of(description, facts)
    root["description"] = description.abstract or (
        f"{facts.transcripts} interview transcripts, pseudonymised by the policy {facts.policy}."
    )
    root["license"] = _licence(crate, description, facts)
    if description.subjects:
        root["keywords"] = list(description.subjects)
    root["version"] = description.version
    contact, at_home = _contact(crate, description), description.institution
    publisher = published_by(description, facts)
    if facts.archive:
        door = _archive_contact(crate, facts)
        at, home = facts.archive_ror, facts.archive_home
        root["publisher"] = _organisation(crate, facts.archive, at, door, home=home)
    elif publisher:
        root["publisher"] = _organisation(crate, publisher, description.institution_ror, contact)
    authors = [
        _author(crate, number, one, contact if one.affiliation == at_home else None)
        for number, one in enumerate(description.creators, start=1)
    ]
    if authors:
        root["author"] = authors
        for author in authors if contact is not None else ():  # may be asked about it
            if author is authors[0] or author.type == "Organization":
                author["contactPoint"] = contact
    for file, size in sizes.items():
        said = {
            "name": file.rpartition("/")[2],
            "description": _what(file),
            "contentSize": str(size),
            "encodingFormat": media_type(file),
            "conditionsOfAccess": _conditions(file, facts),
        }
        crate.add(File(crate, dest_path=file, properties=said))
    _add_run(crate, facts)
    whole = crate.metadata.generate()
    whole["@graph"] = [_without_lists_of_one(one) for one in whole["@graph"]]
    return as_json_text(whole)


def _without_lists_of_one(entity: Mapping[str, Any]) -> dict[str, Any]:
    """A list of one as its value, as RO-Crate 1.2 recommends."""
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in entity.items()
    }


def _entity(crate: ROCrate, at: str, kind: str, **said: Any) -> Any:
    """A contextual entity, added once."""
    from rocrate.model.contextentity import ContextEntity

    known = crate.get(at)
    if known is not None:
        return known
    return crate.add(ContextEntity(crate, at, properties={"@type": kind, **said}))


def _licence(crate: ROCrate, description: Description, facts: Facts) -> Any:
    """The licence of the list, or the terms in words, as an entity of its own."""
    known = licence_of(description.licence)
    terms = description.licence or facts.access_words
    return _entity(
        crate,
        known.uri if known and known.uri else "#terms",
        "CreativeWork",
        name=known.name if known else terms,
        description=f"{terms}. {facts.access_words}. {description.access_reason}".strip(),
    )


def _contact(crate: ROCrate, description: Description) -> Any:
    if not description.contact:
        return None
    said: dict[str, Any] = {"name": description.contact, "contactType": "depositor"}
    if description.email:
        said["email"] = description.email
    return _entity(crate, "#contact", "ContactPoint", **said)


def _archive_contact(crate: ROCrate, facts: Facts) -> Any:
    """The archive's own pages: where somebody asks it."""
    said = {"name": facts.archive, "contactType": "archive", "url": facts.archive_home}
    return _entity(crate, "#archive", "ContactPoint", **said)


def _organisation(crate: ROCrate, name: str, at: str, contact: Any, *, home: str = "") -> Any:
    """An organisation, once; its id is its number where it has one, else its home, else ours.

    It says no name. `home` is its address.
    """
    known = crate.get_by_type("Organization")
    made = next((one for one in known if one["name"] == name), None)
    if made is None:
        own = f"#organisation-{len(known) + 1}"
        made = _entity(crate, at or home or own, "Organization", name=name)
    if home or at:
        made["url"] = home or at
    if contact is not None:
        made["contactPoint"] = contact
    return made


def _author(crate: ROCrate, number: int, one: Creator, contact: Any) -> Any:
    name = f"https://orcid.org/{one.orcid}" if one.orcid else f"#author-{number}"
    kind = "Organization" if one.is_organisation else "Person"
    made = _entity(crate, name, kind, name=one.name)
    if one.affiliation and not one.is_organisation:
        made["affiliation"] = _organisation(crate, one.affiliation, one.affiliation_ror, contact)
    return made


def _add_run(crate: ROCrate, facts: Facts) -> None:
    """The run that made the safe texts: what it did, with which software, of what."""
    tool, _, version = facts.tool.rpartition(" ")
    software = _entity(
        crate,
        "#redact",
        "SoftwareApplication",
        name=tool,
        version=version,
        description="Pseudonymises interview transcripts; documentation/methods.md says how.",
        url="documentation/methods.md",
    )
    originals = _entity(
        crate, "#originals", "Dataset", name="The original transcripts", description="Not released."
    )
    crate.add_action(
        software,
        "#pseudonymisation",
        object=originals,
        result=crate.root_dataset,
        properties={
            "@type": "CreateAction",
            "name": "Pseudonymisation",
            "endTime": facts.date,
            "description": f"By the policy {facts.policy}.",
        },
    )
    crate.root_dataset["mentions"] = crate.get("#pseudonymisation")


_RESTRICTED = (
    "transcripts/",
    "as-docx/",
    "as-rtf/",
    "original-format/",
    "projects/",
    "restricted/",
    "interviews.",
)


def _conditions(file: str, facts: Facts) -> str:
    """Who may have a file: papers and metadata everybody, what people said as the access is."""
    return facts.access_words if file.startswith(_RESTRICTED) else "open"


def _what(file: str) -> str:
    """What a released file is, by where it lies."""
    known = {
        "README.md": "What this is, for its reader",
        "README.html": "What this is, for its reader, as a page",
        "README.pdf": "What this is, for its reader, to print (PDF/A)",
        "policy.toml": "The rules that were applied",
        "redaction-summary.json": "Counts by label and transcript, and the checks",
        "interviews.csv": "One row an interview",
        "interviews.pdf": "One row an interview, to print (PDF/A)",
    }
    folder = {
        "transcripts": "A pseudonymised interview transcript",
        "as-docx": "A pseudonymised interview transcript, for a word processor",
        "as-rtf": "A pseudonymised interview transcript, for a word processor",
        "original-format": "A pseudonymised interview transcript in its own format",
        "projects": "A coded project of transcripts in this release",
        "documentation": "A paper that goes with the transcripts",
        "restricted": "For those who may have the transcripts: what was replaced, place by place",
    }
    return known.get(file) or folder.get(file.partition("/")[0], "A file of this release")


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
