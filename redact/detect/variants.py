"""Likely mis-hearings and misspellings of names that the study is sure of.

Bounded on purpose. A word is a variant when one letter is added, lost, changed or two are swapped,
or when it sounds the same (Metaphone, L. Philips 1990) with at most two letters changed. Words that
English uses by themselves are never variants, and no short word is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from jellyfish import damerau_levenshtein_distance, metaphone

from redact.detect.lexicon import is_word_too

SHORTEST = 5
LONGEST = 60  # letters of a word; its cuts are as many, and each as long
FURTHEST = 2  # letters that a variant may have more or fewer


class Variants:
    """Single words of the study's names; `near` says which of them a word may have meant."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(n for n in names if SHORTEST <= len(n) <= LONGEST and n.isalpha())
        self._by_cut: dict[str, set[str]] = defaultdict(set)
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for name in self._names:
            for cut in _cuts(name):
                self._by_cut[cut].add(name)
            self._by_sound[metaphone(name)].add(name)
        self._answers: dict[str, str | None] = {}

    def near(self, folded: str) -> str | None:
        """The name that this folded word is a variant of; None for the name itself and for talk."""
        if not SHORTEST <= len(folded) <= LONGEST + FURTHEST or not folded.isalpha():
            return None
        if folded not in self._answers:
            self._answers[folded] = self._look(folded)
        return self._answers[folded]

    def _look(self, folded: str) -> str | None:
        if folded in self._names or is_word_too(folded):
            return None
        candidates = {name for cut in _cuts(folded) for name in self._by_cut.get(cut, ())}
        best = [(1, name) for name in candidates if damerau_levenshtein_distance(name, folded) == 1]
        for name in self._by_sound.get(metaphone(folded), ()):
            distance = damerau_levenshtein_distance(name, folded)
            if distance <= FURTHEST and name[0] == folded[0]:
                best.append((distance, name))
        return min(best)[1] if best else None


def _cuts(word: str) -> set[str]:
    """The word and all that is left of it with one letter gone: near words share one of these."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
