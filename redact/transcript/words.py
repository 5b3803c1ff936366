"""Words folded for matching: case, accents, apostrophes, hyphens and Mac/Mc set aside.

The same folding serves the roster, the keep-list, the corpus as evidence and
the release gate, so that what one can find the others can find too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

APOSTROPHES = "'’ʼ‘`´＇"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTER = rf"[^\W_]|[\u0300-\u036f{_INVISIBLE}]"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[{APOSTROPHES}](?:{_LETTER})+)*")
_CLITIC = re.compile(
    rf"(?<=\w\w)[{APOSTROPHES}](?:s|ll|d|ve|re)\Z|[{APOSTROPHES}]s\Z", re.IGNORECASE
)
# Between the words of one name: spaces, a line break, hyphens, an initial's full stop.
# Many blanks are the marks of a caption cue (captions.py).
_GAP = re.compile(
    r"(?:(?:[\s\-‐‑–_/&+,]|(?<=\b\w)\.|(?<=\b[SMD][trs])\.|(?<=\bMrs)\.){1,6}| {7,100})\Z"
)
_BROKEN = re.compile(rf"((?:{_LETTER})+)[-‐‑]\r?\n[ \t]*((?:{_LETTER})+)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word's place and its folded form; what is said after it ("'s", "'ll") lies outside."""

    start: int
    end: int
    folded: str = field(repr=False)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Case, accents, apostrophes and invisible characters removed; Mac becomes mc."""
    plain = "".join(
        c
        for c in unicodedata.normalize("NFKD", word)
        if not unicodedata.combining(c) and c not in _INVISIBLE and c not in APOSTROPHES
    ).casefold()
    if plain.startswith("mac") and len(plain) > 5:
        return "mc" + plain[3:]
    return plain


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order. Recognizers ask for the same text again and again."""
    return _words_of_phrase(text) if len(text) < 200 else _words_of_text(text)


def _split(text: str) -> tuple[Word, ...]:
    return tuple(_word(text, match.start(), match.end()) for match in _WORD.finditer(text))


# In memory only; few whole texts, for they are large.
_words_of_phrase = lru_cache(maxsize=16384)(_split)
_words_of_text = lru_cache(maxsize=4)(_split)


def broken_words(text: str) -> list[Word]:
    """Words cut by a hyphen at a line's end ("Kilmar-" / "nock"), joined."""
    return [
        Word(match.start(), match.end(), fold_word(match[1] + match[2]))
        for match in _BROKEN.finditer(text)
    ]


def _word(text: str, start: int, end: int) -> Word:
    surface = text[start:end]
    clitic = _CLITIC.search(surface)
    if clitic and clitic.start() > 0:
        end -= len(surface) - clitic.start()
        surface = surface[: clitic.start()]
    return Word(start, end, fold_word(surface))


def fold(text: str) -> tuple[str, ...]:
    """The folded words of a form; equal for two spellings of one name."""
    return tuple(word.folded for word in words(text) if word.folded)


def squash(text: str) -> str:
    """The folded words run together: finds names glued or spelled into other things."""
    return "".join(fold(text))


@dataclass(frozen=True, slots=True)
class Hit[K]:
    """A form found at these offsets; `key` is what it was filed under."""

    start: int
    end: int
    key: K = field(repr=False)


@dataclass(slots=True)
class _Node[K]:
    """Forms that begin with the same words: what ends here, and where each next word leads."""

    keys: list[K] = field(default_factory=list)
    after: dict[str, _Node[K]] = field(default_factory=dict)


class Forms[K]:
    """A set of forms that can all be looked for in one pass over a text's words."""

    def __init__(self, forms: Iterable[tuple[str, K]]) -> None:
        self._root: _Node[K] = _Node()
        self.count = 0
        for form, key in forms:
            self.add(form, key)

    def add(self, form: str, key: K) -> None:
        """Files a form under one more key; a form without letters or digits is ignored."""
        node = self._root
        folded = fold(form)
        if not folded:
            return
        for word in folded:
            node = node.after.setdefault(word, _Node())
        if key not in node.keys:
            node.keys.append(key)
            self.count += 1

    def find(self, text: str, longest: bool = True) -> Iterator[Hit[K]]:
        """Every place where a form stands as whole words, in text order.

        With `longest`, only the longest form at each place is given and the
        search goes on behind it; otherwise all forms are, overlapping too.
        """
        found = words(text)
        at = 0
        while at < len(found):
            reach, hits = self._at(text, found, at)
            if not hits:
                at += 1
                continue
            if longest:
                end = max(hit.end for hit in hits)
                yield from (hit for hit in hits if hit.end == end)
                at = reach
            else:
                yield from hits
                at += 1
        for word in broken_words(text):
            if node := self._root.after.get(word.folded):
                yield from (Hit(word.start, word.end, key) for key in node.keys)

    def _at(self, text: str, found: tuple[Word, ...], at: int) -> tuple[int, list[Hit[K]]]:
        node = self._root
        hits: list[Hit[K]] = []
        reach = at
        for number in range(at, len(found)):
            word = found[number]
            if number > at and not _GAP.match(text, found[number - 1].end, word.start):
                break
            following = node.after.get(word.folded)
            if following is None:
                break
            node = following
            if node.keys:
                hits += [Hit(found[at].start, word.end, key) for key in node.keys]
                reach = number + 1
        return reach, hits
