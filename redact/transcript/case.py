"""The look of a text: its letter case, word by word, and where sentences begin."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np

from redact.transcript.words import words

_OPENING = " \t\"'“”‘’([*–—-"
_SENTENCE_END = frozenset(".?!…:;])\r\n")
_LOOK_BACK = 100  # more than the marks of a caption cue, which are blanks here


@lru_cache(maxsize=1024)
def is_caseless(text: str) -> bool:
    """True when a transcript's speech is all in one case, as speech recognisers give it.

    Speaker codes and the odd "I" in capitals do not make it cased: fewer than
    one word in fifty begins with a capital followed by a small letter.
    """
    initial = len(re.findall(r"\b[^\W\d_]", text))
    titled = len(re.findall(r"\b(?=[^\W\d_])[A-ZÀ-ÖØ-Þ](?=[a-zß-öø-ÿ])", text))
    return titled * 50 < initial


def begins_sentence(text: str, at: int) -> bool:
    """True if the word at this offset stands first in its line or sentence."""
    before = text[max(0, at - _LOOK_BACK) : at].rstrip(_OPENING)
    return not before or before[-1] in _SENTENCE_END


def word_cases(text: str) -> Any:
    """What each character's word looks like: 1 small, 2 capitalised, 3 capitals, 4 no letter."""
    cases = np.full(len(text), 4, dtype=np.int64)
    for word in words(text):
        letters = [c for c in text[word.start : word.end] if c.isalpha()]
        if letters:
            upper = sum(c.isupper() for c in letters)
            kind = 1 if not upper else 3 if upper == len(letters) and upper > 1 else 2
            cases[word.start : word.end] = kind
    return cases
