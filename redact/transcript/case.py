"""The look of a text: whether it has letter case, and where sentences begin."""

from __future__ import annotations

import re
from functools import lru_cache

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
