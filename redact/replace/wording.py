"""What the safe text shows for an entity, by the policy's action for its label.

Where an action finds nothing to say (a date without a month, an unknown place), the label stands:
less is said, never more.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from redact.core import Entity, Nation, Place, RosterEntry
from redact.policy import Policy
from redact.replace.ages import age_band
from redact.replace.dates import month_and_year, shifted, year_alone
from redact.replace.labels import NOUNS, REMOVED_DETAIL, inside, number_of, shown
from redact.replace.personas import Persona
from redact.replace.places import (
    Coarseness,
    SaidPlace,
    code_in_general,
    kind_said,
    place_in_general,
)

EXAMPLE_DOMAIN = "example.org"  # reserved for documentation (RFC 2606)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of an entity, how often it is said, and whether as a family's name."""

    text: str = field(repr=False)
    count: int = 1
    of_family: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """How an entity is said in the sources: its forms, the first first; where, in which nation.

    `home` is the region or state that the talk of its first transcript is of.
    """

    forms: tuple[Wording, ...] = field(default=(), repr=False)
    nation: Nation = "unknown"
    transcript: str = ""
    home: str = ""

    @property
    def form(self) -> str:
        return self.forms[0].text if self.forms else ""

    @property
    def place(self) -> SaidPlace:
        """For a place, what tells which of its name is meant."""
        return SaidPlace(self.form, self.nation, self.home)


NO_WORDINGS = Wordings()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """What deciding needs to know of the study besides its entities.

    `secret` is the linkage key's; `words` are the folded words of all sources and `names` what the
    tables name, none of which a surrogate may be. By transcript, `roles` are the interviewees' and
    `shifts` the days by which dates are shifted; `rewrites`, by place, what a person wrote instead.
    """

    secret: bytes = field(default=b"", repr=False)
    words: frozenset[str] = field(default=frozenset(), repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    roles: Mapping[str, str] = field(default_factory=dict)
    shifts: Mapping[str, int] = field(default_factory=dict, repr=False)
    rewrites: Mapping[Place, str] = field(default_factory=dict)


def coarseness(policy: Policy) -> Coarseness:
    """How much of a place this policy lets be said."""
    return Coarseness(policy.actions.place_level, policy.actions.smallest_area)


def noun_for(
    entity: Entity, policy: Policy, roster: Mapping[int, RosterEntry], roles: Mapping[str, str]
) -> str:
    """What the pseudonym calls it: a role or category, if the policy and the tables say so."""
    entry = None if entity.roster_row is None else roster.get(entity.roster_row)
    action = policy.actions.for_entity(entity)
    if action == "role":
        role = entry.role if entry else ""
        role = role or next((roles[t] for t in entity.interviewed_in if roles.get(t)), "")
        if role:
            return _plain(role)
    if action == "category" and entry is not None and entry.category:
        parts = [entry.category]
        if entry.nation != "unknown" and not _says_nation(entry.category, entry.nation):
            parts.append(entry.nation)
        return _plain(", ".join([*parts, *([entry.size] if entry.size else [])]))
    return entity.kind or NOUNS[entity.label]


def _says_nation(category: str, nation: Nation) -> bool:
    words = {"Scotland": r"scot", "United States": r"united states|\bU\.?S\.?A?\b", "unknown": ""}
    return re.search(words[nation], category, re.IGNORECASE) is not None


def _plain(noun: str) -> str:
    """Without brackets and digits, which a pseudonym keeps for itself."""
    return "".join(c for c in noun if c not in "[]" and not c.isdigit()).strip() or "Person"


def wording(
    entity: Entity,
    label: str,
    policy: Policy,
    said: Wordings,
    facts: StudyFacts,
    hidden: Collection[tuple[str, ...]],
    owner: str = "",
) -> str:
    """The text that stands for the entity in the safe text; `owner` is whose address it is."""
    action = policy.actions.for_entity(entity)
    text: str | None = None
    if action == "rewrite":
        first = entity.mentions[0]
        place = first.place
        return facts.rewrites.get(place) or REMOVED_DETAIL
    if action == "band":
        text = age_band(said.form)
    elif action == "month":
        text = month_and_year(said.form, said.nation)
    elif action == "year":
        text = year_alone(said.form)
    elif action == "shift":
        text = shifted(said.form, said.nation, facts.shifts.get(said.transcript, 0))
        text = None if text == said.form else text
    elif action == "generalise" and entity.label == "PLACE":
        text = place_in_general(said.place, hidden, coarseness(policy))
    elif action == "generalise":
        text = code_in_general(said.form, entity.kind)
    elif action == "category" and (numbered := number_of(label)) and numbered[1] == 1:
        text = label if numbered[0] == NOUNS["ORG"] else f"[{numbered[0]}]"
    return text if text is not None else shown(entity, label, owner)


def address_of(persona: Persona, said: str) -> str:
    """An e-mail address of the persona's, in figures or as it is said aloud."""
    given, family = persona.given.lower(), persona.family.lower()
    if "@" in said:
        return f"{given}.{family}@{EXAMPLE_DOMAIN}"
    return f"{given} dot {family} at {EXAMPLE_DOMAIN.replace('.', ' dot ')}"


def in_template(entity: Entity, text: str, label: str, policy: Policy, said: Wordings) -> str:
    """The text as the policy's template for the label has it; as it is without one."""
    template = policy.templates.of(entity.label)
    if template is None or not text:
        return text
    numbered = number_of(label)
    noun = numbered[0] if numbered else NOUNS[entity.label]
    kind = kind_said(said.place) if entity.label == "PLACE" else entity.kind or noun.lower()
    number = str(numbered[1]) if numbered else ""
    return template.format(text=inside(text), noun=noun, number=number, kind=kind)
