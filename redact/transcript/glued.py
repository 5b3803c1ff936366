"""Forms that are not whole words: names run into other text, numbers with anything between digits.

`MoragMacLeod`, `morag_macleod@…`, `harborbridge`, and `0141 496 0123` for `01414960123`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from redact.transcript.folding import folded, unmarked
from redact.transcript.words import Hit, squash, words

SHORTEST_RUN = 8
SHORTEST_NUMBER = 7
_DIGITS = re.compile(r"\d(?:[\s().\-–/]{0,3}\d)+")
_RUN = re.compile(r"\S+")
_PART = re.compile(r"[^,;|\"()<>\[\]{}]+")  # of a run: each is a thing of its own
_NO_DIGIT = re.compile(r"\D")


class GluedForms[K]:
    """Long forms to be looked for inside runs of text without spaces, and inside numbers."""

    def __init__(self, forms: Iterable[tuple[str, K]]) -> None:
        self._runs: dict[str, K] = {}
        self._numbers: dict[str, K] = {}
        for form, key in forms:
            run = run_of(form)
            digits = _NO_DIGIT.sub("", unmarked(form))
            if len(run) >= SHORTEST_RUN and not run.isdigit():
                self._runs.setdefault(run, key)
            if len(digits) >= SHORTEST_NUMBER:
                self._numbers.setdefault(digits, key)
        self._run_lengths = sorted({len(run) for run in self._runs}, reverse=True)
        self._number_lengths = sorted({len(run) for run in self._numbers}, reverse=True)

    def find(self, text: str) -> Iterator[Hit[K]]:
        """Each run, or part of one, or number that holds a form, from its first letter or digit to
        its last.
        """
        seen = folded(text)
        for hit in self._find(seen.text):
            place = seen.source(hit.start, hit.end)
            yield Hit(place.start, place.end, hit.key)

    def _find(self, text: str) -> Iterator[Hit[K]]:
        if self._runs:
            for run in text_runs(text):
                if _within(run.key, self._runs, self._run_lengths) is not None:
                    yield from self._in_run(text, run.start, run.end)
        if self._numbers:
            for run in number_runs(text):
                held = _within(run.key, self._numbers, self._number_lengths)
                if held is not None:
                    yield Hit(run.start, run.end, self._numbers[held])

    def _in_run(self, text: str, start: int, end: int) -> Iterator[Hit[K]]:
        """The parts of a run that hold a form: in "a,MoragMacLeod,b" the one between the commas."""
        held = _within(run_of(text[start:end]), self._runs, self._run_lengths)
        if held is None:
            return
        parts = [(start + m.start(), start + m.end()) for m in _PART.finditer(text[start:end])]
        while len(parts) > 1 and held in run_of(text[parts[1][0] : parts[-1][1]]):
            del parts[0]
        while len(parts) > 1 and held in run_of(text[parts[0][0] : parts[-2][1]]):
            del parts[-1]
        first, last = parts[0][0], parts[-1][1]
        inside = words(text[first:last])
        yield from self._in_run(text, start, first)
        yield Hit(first + inside[0].start, first + inside[-1].end, self._runs[held])
        yield from self._in_run(text, last, end)


def text_runs(text: str) -> Iterator[Hit[str]]:
    """The long runs of a text, each squashed, from its first letter or digit to its last."""
    for match in _RUN.finditer(text):
        run = _run(match[0]) if len(match[0]) >= SHORTEST_RUN else None
        if run is not None:
            at = match.start()
            yield Hit(at + run.start, at + run.end, run.key)


@lru_cache(maxsize=32768)  # talk says the same long words again and again
def _run(surface: str) -> Hit[str] | None:
    """A run by itself, squashed; None if there is no word in it."""
    inside = words(surface)
    return Hit(inside[0].start, inside[-1].end, run_of(surface)) if inside else None


def number_runs(text: str) -> Iterator[Hit[str]]:
    """The numbers of a text, each as its digits alone."""
    for match in _DIGITS.finditer(text):
        yield Hit(match.start(), match.end(), _NO_DIGIT.sub("", match[0]))


def run_of(text: str) -> str:
    """Squashed, with Mac as Mc also in mid-word: MoragMacLeod is moragmcleod."""
    return squash(text).replace("mac", "mc")


def _within[K](run: str, wanted: dict[str, K], lengths: list[int]) -> str | None:
    """The first of the longest wanted ones that stands in a run."""
    for length in lengths:
        for at in range(len(run) - length + 1):
            if run[at : at + length] in wanted:
                return run[at : at + length]
    return None
