"""The names that people sign with: whether two of them are one person's."""

from __future__ import annotations

import unicodedata


def signer(name: str) -> str:
    """The name by its letters and digits alone: case, blanks, dots and accents' forms aside.

    Nobody is told apart by "A. Steward" and "a steward"; no program tells two who type another's.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in unicodedata.normalize("NFKC", folded) if char.isalnum())


def is_one_person(one: str, other: str) -> bool:
    """Whether these two names, as they were typed, are one person's."""
    return signer(one) == signer(other)
