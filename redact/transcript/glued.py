"""Forms that are not whole words: names run into other text, numbers with anything between digits.

`MoragMacLeod`, `morag_macleod@…`, `harborbridge`, and `0141 496 0123` for `01414960123`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redact.transcript.words import Hit, squash, words

SHORTEST_RUN = 8
SHORTEST_NUMBER = 7
_DIGITS = re.compile(r"\d(?:[\s().\-–/]{0,3}\d)+")
_RUN = re.compile(r"\S+")
_NO_DIGIT = re.compile(r"\D")


class GluedForms[K]:
    """Long forms to be looked for inside runs of text without spaces, and inside numbers."""

    def __init__(self, forms: Iterable[tuple[str, K]]) -> None:
        self._runs: dict[str, K] = {}
        self._numbers: dict[str, K] = {}
        for form, key in forms:
            run = _run(form)
            digits = _NO_DIGIT.sub("", form)
            if len(run) >= SHORTEST_RUN and not run.isdigit():
                self._runs.setdefault(run, key)
            if len(digits) >= SHORTEST_NUMBER:
                self._numbers.setdefault(digits, key)
        self._run_lengths = sorted({len(run) for run in self._runs}, reverse=True)
        self._number_lengths = sorted({len(run) for run in self._numbers}, reverse=True)

    def find(self, text: str) -> Iterator[Hit[K]]:
        """Each run or number that holds a form, from its first letter or digit to its last."""
        if self._runs:
            for match in _RUN.finditer(text):
                if len(match[0]) < SHORTEST_RUN:
                    continue
                run = _run(match[0])
                key = _within(run, self._runs, self._run_lengths)
                if key is not None:
                    inside = words(match[0])
                    yield Hit(match.start() + inside[0].start, match.start() + inside[-1].end, key)
        if self._numbers:
            for match in _DIGITS.finditer(text):
                digits = _NO_DIGIT.sub("", match[0])
                key = _within(digits, self._numbers, self._number_lengths)
                if key is not None:
                    yield Hit(match.start(), match.end(), key)


def _run(text: str) -> str:
    """Squashed, with Mac as Mc also in mid-word: MoragMacLeod is moragmcleod."""
    return squash(text).replace("mac", "mc")


def _within[K](run: str, wanted: dict[str, K], lengths: list[int]) -> K | None:
    for length in lengths:
        for at in range(len(run) - length + 1):
            key = wanted.get(run[at : at + length])
            if key is not None:
                return key
    return None
