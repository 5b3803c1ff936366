"""What stands in the safe text: `[Person 12]` for names, `[phone number]` for identifiers.

Every entity also has a pseudonym of its own in the linkage key. For names it is
what the text shows; for identifiers it carries a number that the text leaves out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from redact.core import NAMES, Decision, Entity

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
    "DETAIL": "detail",
}
REMOVED_DETAIL = "[detail removed]"
SHORT_ORGANISATION = "Org"
_PSEUDONYM = re.compile(r"\[(?P<noun>[^\[\]\d]+?) (?P<number>\d+)\]")
_OWN = re.compile(
    rf"\[(?:{'|'.join((*NOUNS.values(), SHORT_ORGANISATION))})"
    rf"(?: of (?:{NOUNS['PERSON']}|{NOUNS['ORG']}) \d+)?(?: \d+)?\]"
)
_ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}\Z")


def noun_of(entity: Entity) -> str:
    """What kind of thing the label says it is; an identifier's kind where it is known."""
    return entity.kind or NOUNS[entity.label]


def pseudonym(noun: str, number: int) -> str:
    return f"[{noun} {number}]"


def number_of(label: str) -> tuple[str, int] | None:
    """Noun and number of a pseudonym; None for any other text."""
    match = _PSEUDONYM.fullmatch(label)
    return (match["noun"], int(match["number"])) if match else None


def is_label(text: str) -> bool:
    """True for a pseudonym in brackets; a surrogate is a name."""
    return text.startswith("[")


def is_own_label(text: str) -> bool:
    """True for a label of no other words than redact's own, such as `[Person 12]` or `[date]`."""
    return text == REMOVED_DETAIL or _OWN.fullmatch(text) is not None


def inside(text: str) -> str:
    """The words of a label without its brackets; any other text as it is."""
    return text[1:-1] if text.startswith("[") and text.endswith("]") else text


def shown(entity: Entity, label: str, owner: str = "") -> str:
    """What the safe text shows for this entity's pseudonym; `owner` is whose address it is."""
    if entity.label in NAMES:
        return label
    return f"[{noun_of(entity)} of {inside(owner)}]" if owner else f"[{noun_of(entity)}]"


def numbers_in(text: str) -> set[tuple[str, int]]:
    """Labels that already stand in a source: their numbers are never given to anyone else."""
    return {(match["noun"], int(match["number"])) for match in _PSEUDONYM.finditer(text)}


def is_acronym(said: str) -> bool:
    """True for NGT, D.H.S., R&D."""
    return _ACRONYM.match(said.strip()) is not None


def acronym_of(label: str) -> str:
    """`[Org 3]` of `[Organisation 3]`, `[HCS 2]` of `[homelessness charity, Scotland 2]`."""
    numbered = number_of(label)
    noun, number = numbered if numbered else (inside(label), 0)
    if noun == NOUNS["ORG"]:
        return pseudonym(SHORT_ORGANISATION, number)
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", noun)).upper()
    if len(letters) < 2:
        return label
    return pseudonym(letters, number) if number > 1 else f"[{letters}]"


def decisions_for(decisions: Iterable[Decision], said: str) -> list[Decision]:
    """Those whose pseudonym this is, with or without brackets and capitals; else those it shows."""
    wanted = {said.casefold(), f"[{said.casefold()}]"}
    decisions = tuple(decisions)
    named = [decision for decision in decisions if decision.pseudonym.casefold() in wanted]
    return named or [decision for decision in decisions if decision.text.casefold() in wanted]
