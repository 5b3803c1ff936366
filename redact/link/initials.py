"""Whose the initials of a speaker are: the person of that name, once all names have theirs.

What the legend or the header of the transcript says comes first, then the steward's tables, then
the talk of the same transcript, then the legends of the others; each only where it leaves one
person. Initials that nothing explains are a person of their own, in their transcript alone.
"""

from __future__ import annotations

from collections import defaultdict

from redact.core import Span
from redact.link.clusters import Attribution, Key
from redact.link.introduced import Introduced
from redact.link.names import read_name
from redact.link.scenes import NameUse
from redact.transcript.tokens import fits, letters_of
from redact.transcript.words import fold


class Initials:
    """The names that are read first, by transcript, and what initials may be theirs."""

    def __init__(self, known: Introduced) -> None:
        self._known = known
        self._read: dict[str, list[tuple[Span, Key]]] = defaultdict(list)
        self._full: dict[str, dict[tuple[str, ...], Key]] = defaultdict(dict)
        self._first: dict[tuple[str, tuple[str, ...]], int] = {}
        self._listed = [
            (fold(form), key) for key, entry in known.entry.items() for form in entry.forms
        ]
        self._labels = [
            (letters_of(label), key) for key, entry in known.entry.items() for label in entry.labels
        ]
        self._legends: dict[str, set[Key]] = defaultdict(set)
        self._told: dict[tuple[str, str], Attribution] = {}

    def read(self, use: NameUse, key: Key) -> None:
        """A name that is not written as initials, and whose it is."""
        self._read[use.transcript].append((use.mention.span, key))
        if use.full:
            self._full[use.transcript][use.words] = key
            self._first.setdefault((use.transcript, use.words), use.mention.start)

    def whose(self, use: NameUse) -> Attribution:
        """Whose these initials are, the same at all their places in a transcript."""
        asked = (use.transcript, use.initials)
        if asked not in self._told:
            self._told[asked] = self._find(use)
        return self._told[asked]

    def _find(self, use: NameUse) -> Attribution:
        if said := self._by_legend(use):
            self._legends[use.initials].add(said)
            return Attribution(said, "initials, by the legend or the header")
        letters, root = use.initials, self._known.anchors.root
        here = {
            words: root(key)
            for words, key in self._full[use.transcript].items()
            if fits(letters, words)
        }
        first = {
            key
            for words, key in here.items()
            if self._first[use.transcript, words] < use.mention.start
        }
        talk = first if len(first) == 1 else set(here.values())
        listed = {root(key) for name, key in self._listed if fits(letters, name)}
        labelled = {root(key) for label, key in self._labels if label == letters}
        elsewhere = {root(key) for key in self._legends[letters]}
        steps: tuple[tuple[set[Key], str], ...] = (
            (self._by_tables(use), "initials, by the tables"),
            (labelled, "initials, by the roster"),
            (talk, "initials of the one such name in the transcript"),
            (listed, "initials, by the roster"),
            (elsewhere, "initials, by another legend"),
        )
        for people, why in steps:
            if len(people) == 1:
                return Attribution(next(iter(people)), why)
            if people:
                break
        return Attribution(("initials", use.transcript, letters), "initials of a speaker")

    def _by_legend(self, use: NameUse) -> Key:
        """The person whose name stands where the transcript's structure gives it."""
        for span in use.stands_for.named if use.stands_for else ():
            for read, key in self._read[use.transcript]:
                if read.overlaps(span):
                    return self._known.anchors.root(key)
        return ()

    def _by_tables(self, use: NameUse) -> set[Key]:
        """The person of the name that the tables give, if somebody is called so."""
        name = use.stands_for.name if use.stands_for else ""
        if not name or (use.stands_for and use.stands_for.named):
            return set()
        words = read_name(name, 0, len(name)).words
        root = self._known.anchors.root
        listed = {root(key) for form, key in self._listed if form in (words, fold(name))}
        if listed:
            return listed
        here = self._full[use.transcript]
        if words in here:
            return {root(here[words])}
        return {("name", *words)}
