"""Places, organisations, identifiers: one folded form is one thing; the roster joins variants."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from redact.core import Label, Mention, RosterEntry, Transcript
from redact.link.clusters import Clusters, Key
from redact.transcript.words import fold, squash

_SMALL = frozenset({"the", "of", "and", "for", "a", "an", "in", "at", "s"})


def link_named(
    label: Label,
    mentions: Iterable[tuple[Transcript, Mention]],
    roster: tuple[RosterEntry, ...],
) -> Clusters:
    """Clusters of places or of organisations."""
    listed: dict[tuple[str, ...], RosterEntry] = {}
    for row in roster:
        if row.kind == label:
            for form in row.forms:
                listed.setdefault(_name(form), row)
    pairs = [(t, m, _name(t.text[m.start : m.end])) for t, m in mentions]
    full: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    if label == "ORG":
        for _, _, name in pairs:
            if len(name) > 1:
                full[_initials(name)].add(name)
    clusters = Clusters()
    for _, mention, name in pairs:
        spelled_out = full.get(name[0], set()) if len(name) == 1 and len(name[0]) > 1 else set()
        entry = listed.get(name)
        if entry is None and len(spelled_out) == 1:
            (long_name,) = spelled_out
            entry = listed.get(long_name)
            name, why = long_name, "acronym of the one organisation it fits"
        else:
            why = "same name"
        if entry is not None:
            clusters.add(("roster", str(entry.row)), mention, "roster entry", roster_row=entry.row)
        else:
            clusters.add(("name", *name), mention, why)
    return clusters


def _name(form: str) -> tuple[str, ...]:
    folded = fold(form)
    return folded[1:] if len(folded) > 1 and folded[0] == "the" else folded


def _initials(name: tuple[str, ...]) -> str:
    return "".join(word[0] for word in name if word not in _SMALL)


def link_identifiers(mentions: Iterable[tuple[Transcript, Mention]]) -> Clusters:
    """Identifiers by their value; dates and ages only within their transcript."""
    clusters = Clusters()
    for transcript, mention in mentions:
        value = squash(transcript.text[mention.start : mention.end])
        key: Key = (mention.label, mention.kind, value)
        if mention.label in ("DATE", "AGE"):
            key = (*key, transcript.id)
        clusters.add(key, mention, "same value")
    return clusters
