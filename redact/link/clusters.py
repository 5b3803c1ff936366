"""Mentions gathered under keys, with the reasons and the questions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from redact.core import Gender, Joined, Mention

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose a name is: the key, empty for one that does not stand for itself, and the reason.

    `question` is what a person should be asked about it.
    """

    key: Key
    why: str
    question: str | None = None


@dataclass(slots=True, kw_only=True)
class Cluster:
    """One entity in the making."""

    mentions: list[Mention] = field(default_factory=list)
    why: set[str] = field(default_factory=set)
    question: str | None = None
    may_be: frozenset[Key] = frozenset()
    joins: list[Joined] = field(default_factory=list)
    roster_row: int | None = None
    gender: Gender | None = None
    interviewed_in: tuple[str, ...] = ()


class Clusters:
    """Clusters by key, in the order of their first mention."""

    def __init__(self) -> None:
        self.by_key: dict[Key, Cluster] = {}

    def add(self, key: Key, mention: Mention, why: str, roster_row: int | None = None) -> None:
        cluster = self.by_key.setdefault(key, Cluster())
        cluster.mentions.append(mention)
        cluster.why.add(why)
        cluster.roster_row = cluster.roster_row or roster_row

    def open(self, key: Key, roster_row: int) -> None:
        """A person of the roster of whom no mention is known yet."""
        self.by_key[key] = Cluster(roster_row=roster_row)

    def ask(self, key: Key, question: str, may_be: frozenset[Key] = frozenset()) -> None:
        """A person should say who this is; `may_be` are the keys of those it fits."""
        cluster = self.by_key[key]
        cluster.question = question
        if not may_be <= cluster.may_be:
            cluster.may_be |= may_be

    def merge(self, key: Key, other: Key, why: str, score: float | None = None) -> None:
        """The mentions of the other go to this one; who is still asked for stays a question.

        A `score` says how sure it is that they are one.
        """
        gone, cluster = self.by_key.pop(other), self.by_key[key]
        cluster.joins += gone.joins
        if score is not None:
            cluster.joins.append(Joined(tuple(m.place for m in gone.mentions), score))
        cluster.mentions += gone.mentions
        cluster.why |= {*gone.why, why}
        if other[0] != "unsure":
            cluster.question = cluster.question or gone.question
            cluster.may_be |= gone.may_be
        cluster.roster_row = cluster.roster_row or gone.roster_row

    def move(self, key: Key, to: Key, mentions: Iterable[Mention], why: str) -> None:
        """Some mentions of one go to the other."""
        gone = {id(mention) for mention in mentions}
        left, taking = self.by_key[key], self.by_key[to]
        taking.mentions += [m for m in left.mentions if id(m) in gone]
        left.mentions = [m for m in left.mentions if id(m) not in gone]
        taking.why.add(why)
