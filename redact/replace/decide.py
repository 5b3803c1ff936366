"""Decisions: the policy's word on every entity, and a pseudonym that never changes hands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from redact.core import Decision, Entity, RosterEntry
from redact.policy import Policy
from redact.replace.labels import number_of, pseudonym
from redact.replace.wording import Said, noun_for, wording
from redact.transcript.words import fold

Place = tuple[str, int, int]


def decide(
    entities: tuple[Entity, ...],
    policy: Policy,
    earlier: Mapping[Place, str],
    spent: Iterable[tuple[str, int]] = (),
    said: Mapping[str, Said] | None = None,
    roster: tuple[RosterEntry, ...] = (),
) -> tuple[Decision, ...]:
    """One decision an entity, in the order of the entities; `said` is by entity.

    `earlier` is what an earlier run put at each (document, start, end): an
    entity keeps the pseudonym that most of its places had. `spent` are numbers
    that stand in the sources or were given to entities that are gone.
    """
    taken: set[str] = set()
    rows = {entry.row: entry for entry in roster}
    nouns = {entity.id: noun_for(entity, policy, rows) for entity in entities}
    kept = {e.id: _earlier_pseudonym(e, nouns[e.id], earlier, taken) for e in entities}
    said = said or {}
    hidden = {fold(said[e.id].form) for e in entities if e.id in said}
    used: dict[str, set[int]] = defaultdict(set)
    for noun, number in (*spent, *filter(None, map(number_of, earlier.values()))):
        used[noun].add(number)
    following: dict[str, int] = defaultdict(lambda: 1)
    decisions: list[Decision] = []
    for entity in entities:
        label = entity.renamed or kept[entity.id]
        noun = nouns[entity.id]
        if label is None:
            while following[noun] in used[noun]:
                following[noun] += 1
            label = pseudonym(noun, following[noun])
            following[noun] += 1
        action = policy.actions.of(entity.label)
        text = wording(entity, label, policy, said.get(entity.id, Said("")), hidden)
        by = f"policy {policy.name} {policy.version}"
        decisions.append(Decision(entity.id, action, label, by, "label", text))
    return tuple(decisions)


def _earlier_pseudonym(
    entity: Entity, noun: str, earlier: Mapping[Place, str], taken: set[str]
) -> str | None:
    votes = Counter(
        label
        for mention in entity.mentions
        if (label := earlier.get((mention.transcript, mention.start, mention.end))) is not None
    )
    for label, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        named = number_of(label)
        if label not in taken and named is not None and named[0] == noun:
            taken.add(label)
            return label
    return None
