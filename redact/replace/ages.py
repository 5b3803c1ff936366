"""Ages in bands of ten years; 90 and over in one (HIPAA Safe Harbor: no age over 89)."""

from __future__ import annotations

import re

from redact.transcript.vocabulary import NUMBERS
from redact.transcript.words import fold

OLDEST_BAND = 90
_NO_YEARS = re.compile(r"(?:st|nd|rd|th|third|second|[\s-]oh?)\Z", re.IGNORECASE)


def age_band(said: str) -> str | None:
    """`[aged 40–49]` for an age in digits or words; None if there is no number in it.

    None of an ordinal too: who is in the eightieth year is 79. And of "five-oh".
    """
    if _NO_YEARS.search(said):
        return None
    digits = re.search(r"\d{1,3}", said)
    years = int(digits[0]) if digits else _in_words(fold(said))
    if years is None:
        return None
    if years >= OLDEST_BAND:
        return f"[aged {OLDEST_BAND} or over]"
    low = years - years % 10
    return f"[aged {low}–{low + 9}]" if low else "[aged under 10]"


def _in_words(words: tuple[str, ...]) -> int | None:
    """The first number below 100 that the words say: forty two, nineteen."""
    for at, word in enumerate(words):
        if word in NUMBERS:
            number = NUMBERS[word]
            unit = NUMBERS.get(words[at + 1], 0) if at + 1 < len(words) else 0
            return number + unit if number >= 20 and 0 < unit < 10 else number
    return None
