"""Whether the XML of a release is what its schema says, offline.

The schemas in redact/data/schemas are this project's own, and narrower than the published ones: the
elements that a release writes, in the order and with the attributes that DataCite 4.5, DDI-Codebook
2.5 and OAI-PMH's Dublin Core give them. docs/decisions/019-schemas.md says why.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from redact.errors import GateRefused

if TYPE_CHECKING:
    from lxml.etree import XMLSchema


def validated(schema: str, text: str) -> str:
    """The XML as it is; GateRefused, naming the element, if it does not fit the schema."""
    from lxml import etree

    try:
        root = etree.fromstring(text.encode("utf-8"), _parser())
    except etree.XMLSyntaxError as error:
        raise _refused(schema, f"line {error.lineno} is no XML") from None
    found = _schema(schema)
    if not found.validate(root):
        first = found.error_log[0]
        raise _refused(schema, f"<{first.path.rpartition('/')[2].rpartition(':')[2]}> does not fit")
    return text


def _refused(schema: str, what: str) -> GateRefused:
    return GateRefused(
        f"the description does not fit the schema of {schema}: {what}",
        where="study.toml",
        remedy="Correct it in the description. Nothing was released.",
        command="`redact describe` asks for it.",
    )


def _parser() -> Any:
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@cache
def _schema(name: str) -> XMLSchema:
    from lxml import etree

    folder = resources.files("redact.data").joinpath("schemas")
    with resources.as_file(folder) as path:
        return etree.XMLSchema(etree.parse(str(path / f"{name}.xsd"), _parser()))
