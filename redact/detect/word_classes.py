"""Words as regressions see them: kin, people, days and numbers each as one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from redact.transcript.vocabulary import KIN, MONTHS, NUMBERS, PEOPLE, WEEKDAYS
from redact.transcript.words import fold_word

_ENDING = re.compile(r"'(?:s|m|re|d|ll|ve)$")
_KIN = frozenset(map(fold_word, KIN))
_PEOPLE = frozenset(map(fold_word, PEOPLE))
_CALENDAR = frozenset(map(fold_word, (*MONTHS, *WEEKDAYS)))


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A folded word, what it is without its clitic, and that clitic: "mum's", "mum", "'s"."""

    word: str
    base: str
    ending: str


def seen_word(piece: str) -> SeenWord:
    """A piece of a text that begins with a letter or figure, as regressions see it."""
    word = fold_word(piece.replace("’", "'"))
    base = _ENDING.sub("", word)
    return SeenWord(word, base, word[len(base) :])


def word_class(seen: SeenWord) -> str | None:
    """The one that stands for kin, people, days or numbers; None for every other word."""
    base = seen.base
    if base in _KIN or base.removesuffix("s") in _KIN:
        return "<kin>" + seen.ending
    if base in _PEOPLE or base.removesuffix("s") in _PEOPLE:
        return "<person>" + seen.ending
    if base in _CALENDAR:
        return "<day>"
    if base in NUMBERS or base.isdigit():
        return "<number>"
    return None
