"""Looking for anything in the linkage key within released bytes.

Forms are matched as whole words with case, accents, apostrophes, hyphens,
Mac/Mc and line breaks set aside; long forms also when glued into other text
(`MoragMacLeod`), and numbers whatever stands between their digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redact.transcript.words import Forms, fold, squash, words

GLUED = 8
DIGITS = 7
_DIGIT_RUN = re.compile(r"\d(?:[\s().\-–/]{0,3}\d)+")
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a form stands; `ordinary` forms are single words or bare numbers."""

    start: int
    end: int
    label: str
    one_word: str


class KeySearch:
    """All forms of a linkage key, ready to be looked for in many texts."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """`forms` are (label, text) pairs."""
        self._forms = Forms([])
        self._glued: dict[str, str] = {}
        self._digits: dict[str, str] = {}
        for label, text in forms:
            folded = fold(text)
            one_word = folded[0] if len(folded) == 1 else ""
            self._forms.add(text, (label, one_word))
            run = squash(text)
            digits = re.sub(r"\D", "", text)
            if len(run) >= GLUED and not run.isdigit():
                self._glued[run] = label
            if len(digits) >= DIGITS:
                self._digits[digits] = label
        self._glued_lengths = sorted({len(run) for run in self._glued})
        self._digit_lengths = sorted({len(run) for run in self._digits})

    def find(self, text: str) -> Iterator[Occurrence]:
        """Every occurrence, overlapping ones too."""
        for hit in self._forms.find(text, longest=False):
            label, one_word = hit.key  # type: ignore[misc]
            yield Occurrence(hit.start, hit.end, label, one_word)
        for match in _RUN.finditer(text):
            if self._glued and len(match[0]) >= GLUED:
                yield from self._within(match, squash(match[0]), self._glued, self._glued_lengths)
        for match in _DIGIT_RUN.finditer(text):
            yield from self._within(
                match, re.sub(r"\D", "", match[0]), self._digits, self._digit_lengths
            )

    def _within(
        self, match: re.Match[str], run: str, wanted: dict[str, str], lengths: list[int]
    ) -> Iterator[Occurrence]:
        for length in lengths:
            for at in range(len(run) - length + 1):
                if (label := wanted.get(run[at : at + length])) is not None:
                    yield Occurrence(match.start(), match.end(), label, "")


def line_of(text: str, at: int) -> int:
    """The line, counted from 1, of an offset."""
    return text.count("\n", 0, at) + 1


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(word.folded for word in words(text))
