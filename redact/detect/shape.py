"""The look of a text: whether it has letter case, and where sentences begin."""

from __future__ import annotations

import re
from functools import lru_cache

_SENTENCE_END = re.compile(r"(?:[.?!…:;]|\]|\)|^|[\r\n])[\s\"'“”‘’([*–—-]*\Z")


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
    return bool(_SENTENCE_END.search(text[max(0, at - 12) : at])) or at == 0
