"""What stands in the safe text: `[Person 12]` for names, `[phone number]` for identifiers.

Every entity also has a pseudonym of its own in the linkage key. For names it is
what the text shows; for identifiers it carries a number that the text leaves out.
"""

from __future__ import annotations

import re

from redact.core import NAMES, Entity

NOUNS = {
    "PERSON": "Person",
    "PLACE": "Place",
    "ORG": "Organisation",
    "DATE": "date",
    "AGE": "age",
    "PHONE": "phone number",
    "EMAIL": "email address",
    "URL": "web address",
    "ID": "identifier",
}
_PSEUDONYM = re.compile(r"\[(?P<noun>[^\[\]\d]+?) (?P<number>\d+)\]")


def noun_of(entity: Entity) -> str:
    """What kind of thing the label says it is; an identifier's kind where it is known."""
    return entity.kind or NOUNS[entity.label]


def pseudonym(noun: str, number: int) -> str:
    return f"[{noun} {number}]"


def number_of(label: str) -> tuple[str, int] | None:
    """Noun and number of a pseudonym; None for any other text."""
    match = _PSEUDONYM.fullmatch(label)
    return (match["noun"], int(match["number"])) if match else None


def shown(entity: Entity, label: str) -> str:
    """What the safe text shows for this entity's pseudonym."""
    return label if entity.label in NAMES else f"[{noun_of(entity)}]"


def numbers_in(text: str) -> set[tuple[str, int]]:
    """Labels that already stand in a source: their numbers are never given to anyone else."""
    return {(match["noun"], int(match["number"])) for match in _PSEUDONYM.finditer(text)}
