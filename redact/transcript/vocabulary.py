"""The words that several parts ask for: titles, kin, numbers, months. Patterns are built from them.

They stand once, in redact/data/vocabulary.txt, with what is said of each word there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from redact.core import Gender
from redact.transcript.words import fold_word


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word of the vocabulary as written, and what the list says of it."""

    word: str
    notes: frozenset[str] = frozenset()

    @property
    def gender(self) -> Gender | None:
        """Whom it says, nothing if it says neither."""
        return "woman" if "woman" in self.notes else "man" if "man" in self.notes else None


@cache
def _sections() -> Mapping[str, tuple[ListedWord, ...]]:
    sections: dict[str, tuple[ListedWord, ...]] = {}
    name = ""
    text = resources.files("redact.data").joinpath("vocabulary.txt").read_text("utf-8")
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = ()
        elif line and not line.startswith("#"):
            sections[name] += tuple(_entries(line))
    return sections


def _entries(line: str) -> Iterable[ListedWord]:
    """One word with notes behind a colon, or a list of words without."""
    listed, colon, notes = line.partition(":")
    if colon:
        return (ListedWord(listed.strip(), frozenset(note.strip() for note in notes.split(","))),)
    return (ListedWord(word.strip()) for word in listed.split(",") if word.strip())


def entries(section: str) -> tuple[ListedWord, ...]:
    """A list of redact/data/vocabulary.txt in its order. KeyError if there is no such list."""
    return _sections()[section]


def word_list(section: str, note: str = "") -> tuple[str, ...]:
    """The words of a list in its order, or those of which it says `note`."""
    return tuple(e.word for e in entries(section) if not note or note in e.notes)


def one_of(words: Iterable[str], space: str = " ") -> str:
    """A pattern for any of these words, the longer before what it begins with.

    `space` is the pattern between the words of one entry; the group catches nothing.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(space.join(map(re.escape, word.split(" "))) for word in ordered) + ")"


def genders(*sections: str) -> dict[str, Gender]:
    """The folded words of these lists that say man or woman, and which."""
    return {
        fold_word(entry.word): entry.gender
        for section in sections
        for entry in entries(section)
        if entry.gender
    }


def folded_words(section: str, note: str = "") -> frozenset[str]:
    """The words of a list, folded as `words` folds a text's."""
    return frozenset(fold_word(word) for word in word_list(section, note))


TITLES = word_list("titles")
KIN = word_list("kin")
PEOPLE = word_list("people")

UNITS = word_list("numbers below twenty")  # by its value: UNITS[3] is "three"
TENS = word_list("tens from twenty")
SCOTS: dict[str, int] = {
    said.word: int(value) for said in entries("numbers in Scots") for value in said.notes
}
NUMBERS: Mapping[str, int] = (
    {word: value for value, word in enumerate(UNITS)}
    | {word: 10 * value for value, word in enumerate(TENS, start=2)}
    | SCOTS
)
ORDINALS: Mapping[str, int] = {
    word: value for value, word in enumerate(word_list("ordinals below twenty"))
} | {"twentieth": 20, "thirtieth": 30}

STATES = word_list("states")
MONTHS = word_list("months")
WEEKDAYS = word_list("weekdays")
SHORT_MONTHS = frozenset({month[:3] for month in MONTHS if len(month) > 3} | {"Sept"})
