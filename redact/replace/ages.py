"""Ages in bands of ten years; 90 and over in one (HIPAA Safe Harbor: no age over 89)."""

from __future__ import annotations

import re

from redact.transcript.said_numbers import TO_A_HUNDRED, said_value

OLDEST_BAND = 90
_SAID = re.compile(rf"\b{TO_A_HUNDRED}\b", re.IGNORECASE)
_NO_YEARS = re.compile(r"(?:st|nd|rd|th|third|second|[\s-]oh?)\Z", re.IGNORECASE)


def age_band(said: str) -> str | None:
    """`[aged 40–49]` for an age in digits or words; None if there is no number in it.

    None of an ordinal too: who is in the eightieth year is 79. And of "five-oh".
    """
    if _NO_YEARS.search(said):
        return None
    number = re.search(r"\d{1,3}", said) or _SAID.search(said)
    if not number:
        return None
    years = said_value(number[0])
    if years >= OLDEST_BAND:
        return f"[aged {OLDEST_BAND} or over]"
    low = years - years % 10
    return f"[aged {low}–{low + 9}]" if low else "[aged under 10]"
