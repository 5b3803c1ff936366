"""Ages in bands of ten years; 90 and over in one (HIPAA Safe Harbor: no age over 89)."""

from __future__ import annotations

import re

from redact.transcript.said_numbers import TO_A_HUNDRED, said_value

OLDEST_BAND = 90
# What a baby's age is counted in, and how many of it are a year.
_IN_A_YEAR = {"m": 12, "w": 52, "d": 365}
_YOUNG = re.compile(r"\b(m(?:onth|th|o)s?|w(?:eek|k)s?|days?)\b", re.IGNORECASE)
_SAID = re.compile(rf"\b{TO_A_HUNDRED}\b", re.IGNORECASE)
_NO_YEARS = re.compile(r"(?:st|nd|rd|th|third|second|[\s-]oh?)\Z", re.IGNORECASE)


def age_band(said: str) -> str | None:
    """`[aged 40–49]` for an age in digits or words; None if there is no number in it.

    Of months, weeks and days the whole years count: "ten months" is under 10.
    None of an ordinal too: who is in the eightieth year is 79. And of "five-oh".
    """
    if _NO_YEARS.search(said):
        return None
    number = re.search(r"\d{1,3}", said) or _SAID.search(said)
    if not number:
        return None
    years = said_value(number[0])
    if young := _YOUNG.search(said, number.end()):
        years //= _IN_A_YEAR[young[1][0].lower()]
    if years >= OLDEST_BAND:
        return f"[aged {OLDEST_BAND} or over]"
    low = years - years % 10
    return f"[aged {low}–{low + 9}]" if low else "[aged under 10]"
