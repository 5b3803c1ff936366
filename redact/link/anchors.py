"""Persons known by a full name or the roster, found by given and family name and scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from redact.core import Gender
from redact.link.clusters import Key

Scope = tuple[str, str]  # of what kind, and which: ("transcript", its id)


class Anchors:
    """The index; keys that turn out to be one person are joined and read through `root`."""

    def __init__(self) -> None:
        self.given: dict[Scope, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
        self.family: dict[Scope, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))
        self.givens: dict[Key, set[str]] = defaultdict(set)
        self.gender: dict[Key, Gender] = {}
        self._same: dict[Key, Key] = {}

    def root(self, key: Key) -> Key:
        while key in self._same:
            key = self._same[key]
        return key

    def join(self, one: Key, other: Key) -> None:
        """The two are one person; the roster's key stays. Two of the roster are never joined."""
        one, other = self.root(one), self.root(other)
        if one == other or one[0] == other[0] == "roster":
            return
        if other[0] == "roster":
            one, other = other, one
        self._same[other] = one
        self.givens[one] |= self.givens[other]

    def add(self, key: Key, name: tuple[str, ...], scopes: Iterable[Scope]) -> None:
        given = name[:-1] if len(name) > 1 else name
        self.givens[key].update(given)
        for scope in scopes:
            for word in given:
                self.given[scope][word].add(key)
            if len(name) > 1:
                self.family[scope][name[-1]].add(key)

    def close(self) -> None:
        """Nobody is looked for by name any more; keys that are one stay known."""
        self.given.clear()
        self.family.clear()

    def named(self, scopes: Iterable[Scope], words: Iterable[str]) -> set[Key]:
        people: set[Key] = set()
        words = list(words)
        for scope in scopes:
            if table := self.given.get(scope):
                people.update(*(table[word] for word in words if word in table))
        return self._roots(people)

    def of_family(self, scopes: Iterable[Scope], word: str) -> set[Key]:
        people: set[Key] = set()
        for scope in scopes:
            if table := self.family.get(scope):
                people.update(table.get(word, ()))
        return self._roots(people)

    def _roots(self, keys: set[Key]) -> set[Key]:
        return keys if self._same.keys().isdisjoint(keys) else set(map(self.root, keys))
