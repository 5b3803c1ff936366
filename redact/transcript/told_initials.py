"""Initials that the talk itself gives somebody: J.T., "typed by KB", a list after "initials".

What means something else as well (U.S., M.D., A.M.) is left, and so is what stands before a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Span
from redact.transcript.tokens import is_code, is_initials, letters_of
from redact.transcript.vocabulary import folded_words, one_of, word_list

_ORDINARY = folded_words("acronyms of talk") | folded_words("letters behind a name")
# Nobody writes these with full stops.
_SMALL_WORDS = frozenset(
    "is in on or me my we he if as at an to so no of do go by be up hi oh".split()
)
_BARE = r"[A-Z]{2,3}(?![\w&/@'’-])"
_DOTTED = re.compile(r"(?<![\w.@/&-])[A-Z]\.[A-Z]\.(?:[A-Z]\.)?(?![\w@/&])")
_BEFORE_A_NAME = re.compile(r"[ ][A-Z][a-z]|[ ]?[A-Z]\.")
_SIGNED = re.compile(
    rf"\b(?i:{one_of(word_list('what initials sign'))})\.?(?i:[ ]+by)?[:.]?[ ]+(?P<mark>{_BARE})"
    rf"|[-–—][ ]?(?P<note>{_BARE})(?=\])"
)
_LISTED = re.compile(r"\binitials\b[^\r\n]{0,80}", re.IGNORECASE)
_ONE = re.compile(rf"(?<![\w.@/&-]){_BARE}")


def told_initials(text: str) -> Iterator[Span]:
    """Where they stand."""
    for match in _DOTTED.finditer(text):
        letters = letters_of(match[0])
        is_free = letters not in _ORDINARY or letters in _SMALL_WORDS
        if is_initials(match[0]) and is_free and not _BEFORE_A_NAME.match(text, match.end()):
            yield Span(*match.span())
    for match in _SIGNED.finditer(text):
        name = "mark" if match["mark"] else "note"
        if _may_be(match[name]):
            yield Span(*match.span(name))
    for match in _LISTED.finditer(text):
        for one in _ONE.finditer(text, match.start(), match.end()):
            if _may_be(one[0]):
                yield Span(*one.span())


def _may_be(written: str) -> bool:
    letters = letters_of(written)
    return is_initials(written) and letters not in _ORDINARY and not is_code(letters)
