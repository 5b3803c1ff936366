"""The encoding of an old text file, guessed where only one encoding makes English of it.

A wrong guess turns "Zoë" into what no recognizer finds, so each character beyond ASCII must stand
where English has it in one encoding and not in the others; else there is no guess. Measured in
docs/decisions/004-encodings.md.
"""

from __future__ import annotations

import re

from redact.formats.text import BYTE_ORDER_MARKS

# cp850 (DOS) is never chosen where another fits, but makes a guess unsure.
CANDIDATES = ("cp1252", "mac_roman", "cp850")
_OUTSIDE = re.compile(r"[^\x00-\x7f]")
_TAILS = re.compile(r"(?:s|t|m|d|re|ll|ve|em|er|n)(?![^\W\d_])", re.IGNORECASE)
_BEFORE_NAMES = re.compile(r"(?:\b[ODL]|\bMa?c|\bMhic)\Z")
_LETTERS = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšž"
)  # of Gaelic, French, Spanish, German, Polish …
_CLOSING, _OPENING = "’”", "‘“"
_LEAST_ASCII = 0.8  # of the characters of English in UTF-16


def guess_encoding(data: bytes) -> str | None:
    """The one encoding in which these bytes are English; None if they are UTF-8, or if unsure."""
    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS):
        return None
    if b"\0" in data:  # every other byte of English in UTF-16
        wide = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
        return wide if _is_wide(data, wide) else None
    try:
        data.decode("utf-8")
        return None
    except UnicodeDecodeError:
        pass
    readings = {encoding: text for encoding in CANDIDATES if (text := _as_english(data, encoding))}
    return next(iter(readings)) if len(set(readings.values())) == 1 else None


def _is_wide(data: bytes, encoding: str) -> bool:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return "\0" not in text and sum(map(str.isascii, text)) >= len(text) * _LEAST_ASCII


def _as_english(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, None if it is not English."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if all(_fits(text, m.start()) for m in _OUTSIDE.finditer(text)) else None


def _fits(text: str, at: int) -> bool:
    """Whether a character beyond ASCII stands where English has it."""
    char, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if char.lower() in _LETTERS:
        return _fits_in_word(text, at, before, after)
    if char in _CLOSING:
        if before.isalpha() and after.isalpha():
            lead = text[max(0, at - 4) : at]
            return bool(_TAILS.match(text, at + 1) or _BEFORE_NAMES.search(lead))
        return not before.isspace() or char == "’"
    if char in _OPENING:
        return not before.isalnum() and not after.isspace()
    if char in "–—":
        is_of_word = char == "–" and before.isalpha() and after.islower()
        return before.isspace() == after.isspace() and not is_of_word
    if char == "…":
        return not (before.isalpha() and after.islower())
    if char in "£€":
        return after.isdigit() or after in " \n"
    if char in "¡¿":
        return not before.isalnum() and after.isalpha()
    if char in "½¼¾°":
        return before.isdigit() or (char != "°" and before.isspace())
    return char == "\u00a0"


def _fits_in_word(text: str, at: int, before: str, after: str) -> bool:
    """Whether an accented letter is one, not the quote or dash of another encoding."""
    char = text[at]
    if not before.isalpha() and not after.isalpha():
        return False
    if char.isupper():  # begins a word, or all of it is in capitals
        return not before.islower() and not (before.isalpha() and after.islower())
    if after.isupper():
        return False  # "OíHara"
    if char in "íìîï" and before.isalpha() and _TAILS.match(text, at + 1):
        return False  # "donít"
    begins, ends = not before.isalpha(), not after.isalpha()
    return not (begins and char in "ìîïíñ") and not (ends and char in "îïñ")
