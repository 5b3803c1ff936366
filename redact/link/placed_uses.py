"""Whose each mention is by its own transcript: what the first steps of linking leave behind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from redact.core import RosterEntry
from redact.link.clusters import Clusters, Key
from redact.link.scenes import NameUse


@dataclass(slots=True)
class PlacedUses:
    """Whose each mention is by its transcript, before the whole study is looked at."""

    clusters: Clusters = field(default_factory=Clusters)
    said_of: dict[Key, list[NameUse]] = field(default_factory=lambda: defaultdict(list), repr=False)
    whose: list[tuple[NameUse, Key]] = field(default_factory=list, repr=False)

    def add(self, use: NameUse, key: Key, why: str, entry: RosterEntry | None) -> None:
        self.clusters.add(key, use.mention, why, roster_row=entry.row if entry else None)
        self.said_of[key].append(use)
        self.whose.append((use, key))
