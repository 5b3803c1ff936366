"""The CESSDA Data Catalogue's profile of DDI-Codebook as a checker: what its constraints ask.

The profile lies beside the clone (../shared/schemas/cessda-cmm); it is read, never committed. Each
`pr:Used` has an XPath and its constraints; only the kinds that the profile has are known here, and
another one is an error, so that a newer profile is not taken for checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

PROFILE = "{ddi:ddiprofile:3_2}"
_XML = "http://www.w3.org/XML/1998/namespace"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_KNOWN = frozenset(
    {"MandatoryNode", "RecommendedNode", "OptionalNode", "MandatoryNodeIfParentPresent"}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A node the profile speaks of: where, whether it must be there, and its constraints."""

    xpath: str
    is_required: bool
    constraints: frozenset[str]


@dataclass(frozen=True, slots=True)
class Told:
    """What a document lacks: nodes that must be there, and nodes that are recommended."""

    mandatory: tuple[str, ...]
    recommended: tuple[str, ...]


def asked(profile: Path) -> tuple[Asked, ...]:
    """Every node of the profile with its constraints."""
    root = etree.parse(str(profile)).getroot()
    return tuple(
        Asked(
            used.get("xpath") or "",
            used.get("isRequired") == "true",
            frozenset(_constraints(used)),
        )
        for used in root.iter(f"{PROFILE}Used")
    )


def _constraints(used: etree._Element) -> Iterator[str]:
    text = "".join(str(part) for part in used.itertext())
    for name in re.findall(r"<(\w+?)Constraint\b", text):
        if name not in _KNOWN:
            raise ValueError(f"the profile has a constraint that is not known here: {name}")
        yield name


def checked(document: bytes, profile: Path) -> Told:
    """What the document lacks of the profile."""
    root = etree.fromstring(document).getroottree()
    names = {"ddi": "ddi:codebook:2_5", "xml": _XML, "xsi": _XSI}
    mandatory, recommended = [], []
    for one in asked(profile):
        there = root.xpath(one.xpath, namespaces=names)
        if one.is_required and not there:
            mandatory.append(one.xpath)
        if "RecommendedNode" in one.constraints and not there:
            recommended.append(one.xpath)
        if "MandatoryNodeIfParentPresent" in one.constraints:
            parent, _, last = one.xpath.rpartition("/")
            for node in root.xpath(parent, namespaces=names):
                if not node.xpath(last, namespaces=names):
                    mandatory.append(f"{one.xpath} (its parent is there)")
    return Told(tuple(dict.fromkeys(mandatory)), tuple(recommended))
