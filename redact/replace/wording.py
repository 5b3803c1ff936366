"""What the safe text shows for an entity, by the policy's action for its label.

Where an action finds nothing to say (a date without a month, an unknown place), the label stands:
less is said, never more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from redact.core import Entity, Nation, RosterEntry
from redact.policy import Policy
from redact.replace.generalise import age_band, month_and_year, place_in_general, year_alone
from redact.replace.labels import NOUNS, shown


@dataclass(frozen=True, slots=True)
class Said:
    """How an entity is said in the sources: its first form and the nation of that transcript."""

    form: str = field(repr=False)
    nation: Nation = "unknown"


def noun_for(entity: Entity, policy: Policy, roster: Mapping[int, RosterEntry]) -> str:
    """What the pseudonym calls it: a role or category of the roster if the policy says so."""
    entry = roster.get(entity.roster_row)
    action = policy.actions.of(entity.label)
    if entry is not None and action == "role" and entry.role:
        return _plain(entry.role)
    if entry is not None and action == "category" and entry.category:
        return _plain(entry.category)
    return entity.kind or NOUNS[entity.label]


def _plain(noun: str) -> str:
    """Without brackets and digits, which a pseudonym keeps for itself."""
    return "".join(c for c in noun if c not in "[]" and not c.isdigit()).strip() or "Person"


def wording(
    entity: Entity,
    pseudonym: str,
    policy: Policy,
    said: Said,
    hidden: Collection[tuple[str, ...]],
) -> str:
    """The text that stands for the entity in the safe transcript."""
    action = policy.actions.of(entity.label)
    text: str | None = None
    if action == "remove":
        return ""
    if action == "band":
        text = age_band(said.form)
    elif action == "month":
        text = month_and_year(said.form, said.nation)
    elif action == "year":
        text = year_alone(said.form)
    elif action == "generalise":
        text = place_in_general(said.form, said.nation, hidden, policy.actions.smallest_area)
    return text if text is not None else shown(entity, pseudonym)
