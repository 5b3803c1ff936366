"""Names that a speech recogniser wrote as other words: "kill Marnock", "Mail On", "oh ka for".

Two to four words are a name as it was heard when together they sound just like a name that the
study is sure of (Metaphone, L. Philips 1990) and something else says so: the name itself stands
near, as where somebody corrects the machine; the sound is a long one; or a capital stands inside a
sentence. Sound alone is not enough: "live in a" sounds like Lovina.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from jellyfish import damerau_levenshtein_distance, metaphone

from redact.core import Span
from redact.detect.lexicon import is_function_word
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.words import Word, words

_SHORTEST = 5  # letters of a name
_FEWEST_SOUNDS = 3
_MANY_SOUNDS = 5  # that ordinary words hardly have together by chance
_MOST_WORDS = 4
_NEAR = 120  # characters to the name itself
_BLANK = re.compile(r"[ \t]?(?:\n[ \t]*)?")  # between two of the words
_UNLIKE = 0.45  # share of letters that may differ: "said a check" and Sedachek, not "got me in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Where words stand for a name, and which: `name` is folded."""

    span: Span
    name: str = field(repr=False)


class HeardNames:
    """The sounds of the study's names; `find` gives the words of a text that stand for one."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for name in names:
            sound = metaphone(name) if len(name) >= _SHORTEST and name.isalpha() else ""
            if len(sound.replace(" ", "")) >= _FEWEST_SOUNDS:
                self._by_sound[sound].add(name)

    def find(self, text: str) -> Iterator[Heard]:
        """Disjoint, in text order; of runs that begin at one word the longest."""
        said, at = words(text), 0
        stands, cased = _places(said), not is_caseless(text)
        while at < len(said):
            name, many = None, 1
            for many in range(min(_MOST_WORDS, len(said) - at), 1, -1):
                run = said[at : at + many]
                name = self._sounds_like(text, run)
                near = any(
                    abs(there - run[0].start) <= _NEAR for there in stands.get(name or "", ())
                )
                if name and (near or _says_so(text, run, cased)):
                    yield Heard(span=Span(run[0].start, run[-1].end), name=name)
                    break
            else:
                many = 1
            at += many

    def _sounds_like(self, text: str, run: tuple[Word, ...]) -> str | None:
        """The name that these words are together and none of them is alone."""
        joined = "".join(word.folded for word in run)
        sound = metaphone(joined) if joined.isalpha() and _is_close(text, run) else ""
        if sound not in self._by_sound or any(metaphone(w.folded) == sound for w in run):
            return None
        fitting = (name for name in self._by_sound[sound] if _is_alike(name, joined))
        return min(fitting, default=None)


def _is_alike(name: str, joined: str) -> bool:
    longest = max(len(name), len(joined))
    return name != joined and damerau_levenshtein_distance(name, joined) <= _UNLIKE * longest


def _places(said: Iterable[Word]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for word in said:
        found[word.folded].append(word.start)
    return found


def _is_close(text: str, run: tuple[Word, ...]) -> bool:
    return all(_BLANK.fullmatch(text, a.end, b.start) for a, b in pairwise(run))


def _says_so(text: str, run: tuple[Word, ...], cased: bool) -> bool:
    """A long sound, not of small words alone; or a capital that no sentence asks for."""
    if all(is_function_word(word.folded) for word in run):
        return False
    sounds = len(metaphone("".join(word.folded for word in run)))
    return sounds >= _MANY_SOUNDS or (cased and _has_capital_inside(text, run))


def _has_capital_inside(text: str, run: tuple[Word, ...]) -> bool:
    return any(
        text[word.start].isupper() and word.folded != "i" and not begins_sentence(text, word.start)
        for word in run
    )
