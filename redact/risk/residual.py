"""Names that may be left in a safe text: a second look, built differently from detection.

Detection weighs two networks, tables of names and places, context and the corpus. This looks at the
released words only: a labeller that knows no name (labeller.py), and in texts with case a capital
in the middle of a sentence that English does not write so, or a word of the name tables. What is in
brackets, was kept by decision, or is a surrogate is passed over.

How many names neither sees is estimated from how often the second look finds what detection misses.
Two looks at the same text are not independent: names that are hard for one are hard for the other,
so that Chapman's estimate from what each finds would be too low. benchmarks/second_look.py counted
how many of the names that detection had missed the second look found; that share is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma

import numpy as np

from redact.detect.gazetteer import is_place, name_fact
from redact.detect.lexicon import is_function_word, is_word_too
from redact.risk.labeller import begins_sentence, name_chances
from redact.transcript.folding import folded
from redact.transcript.words import Word

_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]")
_BIG_I, _SMALL_I = re.compile(r"\bI\b"), re.compile(r"\bi\b")  # "i": a machine wrote no capitals
_FEWEST_BEARERS = 50  # of a name that is believed on the tables' word
_LIKELY, _LIKELY_WITHOUT_CASE = 0.6, 0.7
_MAYBE = 0.2  # enough for a word of the name tables in a text without case
# Of names that detection missed, found and not found: in texts with case, and in those without.
_MEASURED = {True: (32, 50), False: (26, 121)}
_TAIL = 1e-6  # of a distribution that is left off


@dataclass(frozen=True, slots=True)
class Residual:
    """A word or words of a safe text that look like a name, and why."""

    start: int
    end: int
    why: str


def residual_names(
    text: str,
    sure: Iterable[tuple[int, int]] = (),
    words: tuple[Residual, ...] | None = None,
) -> tuple[Residual, ...]:
    """What looks like a name outside brackets and the stretches that decisions account for.

    `words` is what `words_like_names` gives for this text, where it is known.
    """
    alike = words_like_names(text) if words is None else words
    seen = folded(text)
    text = seen.text
    decided = (seen.view(start, end) for start, end in sure)
    passed = sorted(
        [
            *((span.start, span.end) for span in decided),
            *(match.span() for match in _BRACKETS.finditer(text)),
        ]
    )
    found: list[Residual] = []
    at = 0
    for one in alike:
        while at < len(passed) and passed[at][1] <= one.start:
            at += 1
        if at < len(passed) and passed[at][0] < one.end:
            continue
        if found and text[found[-1].end : one.start].strip(" -’'") == "":
            found[-1] = Residual(found[-1].start, one.end, found[-1].why)
        else:
            found.append(one)
    places = ((seen.source(one.start, one.end), one.why) for one in found)
    return tuple(Residual(place.start, place.end, why) for place, why in places)


def words_like_names(text: str) -> tuple[Residual, ...]:
    """Each word that looks like a name, wherever it stands; places are of the text as it is read.

    It depends on the text, the labeller and the tables alone.
    """
    return _words_like_names(folded(text).text)


@lru_cache(maxsize=1024)  # the review page asks again after every decision
def _words_like_names(text: str) -> tuple[Residual, ...]:
    has_case = with_case(text)
    return tuple(
        Residual(word.start, word.end, why)
        for word, chance in name_chances(text)
        if (why := _looks_like_a_name(text, word, chance, has_case))
    )


def with_case(text: str) -> bool:
    """False for a text whose "I" is written "i": capitals say nothing there."""
    return len(_BIG_I.findall(text)) >= len(_SMALL_I.findall(text))


def _looks_like_a_name(text: str, word: Word, chance: float, has_case: bool) -> str:
    shown, folded = text[word.start : word.end], word.folded
    if len(folded) < 3 or not folded.isalpha() or is_function_word(folded):
        return ""
    if chance >= (_LIKELY if has_case else _LIKELY_WITHOUT_CASE):
        return "stands where names stand"
    if is_word_too(folded):
        return ""
    capital = has_case and shown[0].isupper() and not shown.isupper()
    if capital and not begins_sentence(text, word):
        return "a capital in the middle of a sentence"
    if not capital and (has_case or chance < _MAYBE):
        return ""
    fact = name_fact(folded)
    known = fact.given + fact.family >= _FEWEST_BEARERS or is_place((folded,))
    return "a name of the tables" if known else ""


@dataclass(frozen=True, slots=True)
class Expected:
    """How many names neither look sees: the estimate, and an interval of 95%."""

    names: float
    low: int
    high: int


def missed_by_both(found: Mapping[bool, int]) -> Expected:
    """What neither sees, from the names that only the second look found: by texts with case or not.

    A name in one transcript counts once. If it finds the share r of what detection misses and found
    n, it has not found n(1 - r)/r. The interval is that of the posterior with a flat prior of their
    number (negative binomial), r itself with a Beta distribution from the figures measured.
    """
    whole, estimate = np.ones(1), 0.0
    for has_case, names in found.items():
        hits, misses = _MEASURED[has_case]
        estimate += names * misses / hits
        whole = np.convolve(whole, _spread(names, hits + 0.5, misses + 0.5))
    at_most = np.cumsum(whole) / whole.sum()
    low, high = (int(np.searchsorted(at_most, share)) for share in (0.025, 0.975))
    return Expected(estimate, low, high)


def _spread(found: int, hits: float, misses: float) -> np.ndarray:
    """How likely 0, 1, 2 … are missed: the negative binomial over a Beta (in closed form)."""

    def beta(one: float, other: float) -> float:
        return lgamma(one) + lgamma(other) - lgamma(one + other)

    chances: list[float] = []
    left = 1.0
    while left > _TAIL and len(chances) < 100 * (found + 10):
        m = len(chances)
        ways = lgamma(found + m + 1) - lgamma(found + 1) - lgamma(m + 1)
        chances.append(exp(ways + beta(hits + found + 1, misses + m) - beta(hits, misses)))
        left -= chances[-1]
    return np.array(chances)
