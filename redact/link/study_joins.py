"""The joins of the study stage made: mentions go to the person whom they turn out to be."""

from __future__ import annotations

from collections.abc import Mapping

from redact.core import RosterEntry
from redact.link.clusters import Clusters, Key
from redact.link.scenes import NameUse
from redact.link.study import joins


def bring_together(
    clusters: Clusters,
    said_of: dict[Key, list[NameUse]],
    told: frozenset[str],
    listed: Mapping[Key, RosterEntry],
    gone: dict[Key, Key],
) -> None:
    """What the whole study says of persons of single transcripts (study.py).

    `listed` are the people of the roster; `gone` are the keys that went to others before, and get
    those that go now.
    """
    for join in joins(said_of, told, listed):
        gone[join.key] = join.to
        if join.key not in clusters.by_key:
            continue  # a row of which no mention is known
        if join.to not in clusters.by_key:
            clusters.open(join.to, listed[join.to].row)
        clusters.merge(join.to, join.key, join.why, join.score)
        said_of[join.to] += said_of.pop(join.key)
    for key, cluster in list(clusters.by_key.items()):
        cluster.may_be = frozenset(last_key(gone, other) for other in cluster.may_be)
        if key[0] == "unsure" and len(cluster.may_be) == 1:
            (one,) = cluster.may_be
            if one in clusters.by_key and one != key:
                clusters.merge(one, key, "all whom this name fits are one person")
                said_of[one] += said_of.pop(key)


def last_key(gone: Mapping[Key, Key], key: Key) -> Key:
    """Where the mentions of this key have gone in the end."""
    while key in gone:
        key = gone[key]
    return key
