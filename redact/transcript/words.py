"""Words folded for matching: case, accents, apostrophes, hyphens and Mac/Mc set aside.

The same folding serves the roster, the keep-list, the corpus as evidence and
the release gate, so that what one can find the others can find too. What a
person sees is read (folding.py); offsets are the text's own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from redact.transcript.folding import Folded, folded, unmarked

APOSTROPHES = "'’ʼ‘`´＇"
_LETTER = r"[^\W_]|[\u0300-\u036f]"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[{APOSTROPHES}](?:{_LETTER})+)*")
_CLITIC = re.compile(
    rf"(?<=\w\w)[{APOSTROPHES}](?:s|ll|d|ve|re)\Z|[{APOSTROPHES}]s\Z", re.IGNORECASE
)
# Between the words of one name: spaces, a line break, hyphens, an initial's full stop.
# Many blanks are the marks of a caption cue (captions.py).
_GAP = re.compile(
    r"(?:(?:[\s\-‐‑–_/&+,]|(?<=\b\w)\.|(?<=\b[SMD][trs])\.|(?<=\bMrs)\.){1,6}| {7,100})\Z"
)
_LETTERS = re.compile(rf"(?:{_LETTER})+")
_BREAK = re.compile(r"[-‐‑]\r?\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word's place and its folded form; what is said after it ("'s", "'ll") lies outside."""

    start: int
    end: int
    folded: str = field(repr=False)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """Case, accents, apostrophes and what nobody sees removed; Mac becomes mc."""
    is_plain = word.isascii() and word.isalnum()  # most are: nothing is set aside but case
    plain = word.lower() if is_plain else _plain(word)
    if plain.startswith("mac") and len(plain) > 5:
        return "mc" + plain[3:]
    return plain


def _plain(word: str) -> str:
    return "".join(
        c
        for c in unicodedata.normalize("NFKD", unmarked(word))
        if not unicodedata.combining(c) and c not in APOSTROPHES
    ).casefold()


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order. Recognizers ask for the same text again and again."""
    if len(text) < 200:
        return _words_of_phrase(text)
    return _words_of_interview(text) if len(text) < _LONG else _words_of_text(text)


def _split(text: str) -> tuple[Word, ...]:
    seen = folded(text)
    found = (_word(seen.text, *match.span()) for match in _WORD.finditer(seen.text))
    return tuple(_in_source(word, seen) for word in found) if seen.passes else tuple(found)


def _in_source(word: Word, seen: Folded) -> Word:
    place = seen.source(word.start, word.end)
    return Word(place.start, place.end, word.folded)


# In memory only. Every stage asks for each interview again, in the same order: where fewer are kept
# than a study has, none is found again. 256 of them take about 120 MB. Of what is longer than an
# interview few are kept.
_LONG = 100_000
_words_of_phrase = lru_cache(maxsize=16384)(_split)
_words_of_interview = lru_cache(maxsize=256)(_split)
_words_of_text = lru_cache(maxsize=4)(_split)


def broken_words(text: str) -> list[Word]:
    """Words cut by a hyphen at a line's end ("Kilmar-" / "nock"), joined.

    It goes from the breaks to both sides, for a text without one costs nothing so: an expression
    that begins with letters looks through a long run of them again from each letter on.
    """
    found: list[Word] = []
    last = 0
    for cut in _BREAK.finditer(text):
        start = cut.start()
        while start > last and _LETTERS.match(text[start - 1]):
            start -= 1
        rest = _LETTERS.match(text, cut.end())
        if start < cut.start() and rest:
            last = rest.end()
            found.append(Word(start, last, fold_word(text[start : cut.start()] + rest[0])))
    return found


def _word(text: str, start: int, end: int) -> Word:
    surface = text[start:end]
    clitic = None if surface.isalnum() else _CLITIC.search(surface)  # needs an apostrophe
    if clitic and clitic.start() > 0:
        end -= len(surface) - clitic.start()
        surface = surface[: clitic.start()]
    return Word(start, end, fold_word(surface))


def fold(text: str) -> tuple[str, ...]:
    """The folded words of a form; equal for two spellings of one name."""
    if text.isascii() and text.replace(" ", "").isalnum():  # words and blanks: no need to look
        return tuple(map(fold_word, text.split()))
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
            following = node.after.get(word)
            if following is None:
                following = node.after[word] = _Node()
            node = following
        if key not in node.keys:
            node.keys.append(key)
            self.count += 1

    def holds(self, words: Iterable[str]) -> bool:
        """Whether a form is just these folded words."""
        node = self._root
        for word in words:
            following = node.after.get(word)
            if following is None:
                return False
            node = following
        return bool(node.keys)

    def find(self, text: str, longest: bool = True, near: bool = True) -> Iterator[Hit[K]]:
        """Every place where a form stands as whole words, in text order.

        With `longest`, only the longest form at each place is given and the
        search goes on behind it; otherwise all forms are, overlapping too. With `near` only
        spaces, hyphens and the like may stand between two words of a form; without it anything.
        """
        seen = folded(text)
        for hit in self._find(seen.text, longest, near):
            place = seen.source(hit.start, hit.end)
            yield Hit(place.start, place.end, hit.key)

    def _find(self, text: str, longest: bool, near: bool) -> Iterator[Hit[K]]:
        found = words(text)
        at = 0
        while at < len(found):
            if found[at].folded not in self._root.after:
                at += 1
                continue
            reach, hits = self._at(text, found, at, near)
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

    def _at(
        self, text: str, found: tuple[Word, ...], at: int, near: bool
    ) -> tuple[int, list[Hit[K]]]:
        node = self._root
        hits: list[Hit[K]] = []
        reach = at
        for number in range(at, len(found)):
            word = found[number]
            if near and number > at and not _GAP.match(text, found[number - 1].end, word.start):
                break
            following = node.after.get(word.folded)
            if following is None:
                break
            node = following
            if node.keys:
                hits += [Hit(found[at].start, word.end, key) for key in node.keys]
                reach = number + 1
        return reach, hits
