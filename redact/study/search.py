"""What of the linkage key and of a text is compared where something is released."""

from __future__ import annotations

from redact.core import NAMES
from redact.custody.payload import LinkageKey
from redact.detect.lexicon import is_never_name
from redact.transcript.words import fold, words


def line_of(text: str, at: int) -> int:
    """The line, counted from 1, of an offset."""
    return text.count("\n", 0, at) + 1


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(word.folded for word in words(text))


def name_words(key: LinkageKey) -> frozenset[str]:
    """The folded words of every person, place and organisation in the key; small words aside."""
    forms = (form.text for e in key.entries if e.type in NAMES for form in e.forms)
    return frozenset(word for form in forms for word in fold(form) if not is_never_name(word))
