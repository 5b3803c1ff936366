"""Words that say digits one by one, and where a number that is said so ends.

A mark within a number is none of its end ("four four seven. Oh nine one."); a sentence that begins
is, and so is what is counted behind it ("00981, and ten minutes").
"""

from __future__ import annotations

import re

from redact.transcript.said_numbers import number_words
from redact.transcript.vocabulary import NUMBERS, entries

DIGITS = {word: str(NUMBERS[word]) for word in number_words(0, 9)} | {
    said.word: digit for said in entries("digits as said") for digit in said.notes
}
TEENS = {word: str(NUMBERS[word]) for word in number_words(10, 19)}
TENS_SAID = {word: str(NUMBERS[word] // 10) for word in number_words(20, 90)}
TIMES = {"double": 2, "triple": 3, "treble": 3}
FILLERS = frozenset(
    "em um uh er eh erm mm hm mmhm uhhuh aye yeah yep right okay ok then and so dash hyphen space "
    "sorry wait no hang on is it's that's mhm na haud er stroke slash forward backslash hash pound "
    "star capital small big wee lower upper case lowercase uppercase underscore oblique "
    "hing huh yes sure inaud inaudible unclear pause crosstalk".split()
)

_OF_A_NUMBER = "|".join((*DIGITS, *TEENS, *TENS_SAID, *TIMES))
DIGIT_BEHIND = re.compile(
    rf"[ ,.-]{{1,2}}(?:\d|(?:{'|'.join((*DIGITS, *TIMES))})\b)", re.IGNORECASE
)
_PLAIN_WORD = rf"\s+(?!(?:{_OF_A_NUMBER}|{'|'.join(sorted(FILLERS))})\b)[^\W\d_]{{3,}}"
# "one one. Two numbers swapped": a sentence's first word, with a plain word behind it.
_SENTENCE_BEHIND = re.compile(
    rf"\s+(?-i:[A-Z])(?:[^\W\d_]|-)*(?:,?\s+(?:{_OF_A_NUMBER}))?{_PLAIN_WORD}", re.IGNORECASE
)
_COUNTED_BEHIND = re.compile(_PLAIN_WORD, re.IGNORECASE)
# "one. oh. three." is one number.
_STOPPED = re.compile(
    rf"[ ](?:{'|'.join((*DIGITS, *TIMES))})\.[ ](?:{'|'.join((*DIGITS, *TIMES))})\b"
)
_AND_BEFORE = re.compile(r"\band\s+\Z", re.IGNORECASE)
_AND_A_NUMBER = re.compile(rf"\s+(?:and|an['’]?)\s+(?:{_OF_A_NUMBER})\b", re.IGNORECASE)
_WRITTEN, _WRITTEN_OUT = 6, 10  # figures of a number that may be whole, and of one that is
_FEWEST = 4  # figures of one that "and" may join to something else
_ONE = "1"


def ends_a_number(text: str, at: re.Match[str], said: str, spoken: int) -> bool:
    """Whether a mark ends a number: that of a time, or of a sentence that another follows."""
    behind = text[at.end() : at.end() + 2]
    if at[0] == ":":
        return behind[:1].isdigit() and text[at.start() - 1 : at.start()].isdigit()
    if at[0] != "." or behind[:1] not in (" ", "\n"):
        return False
    if not spoken:
        return behind[1:].isupper()
    if said == _ONE:
        return _STOPPED.match(text, at.end()) is None
    return _SENTENCE_BEHIND.match(text, at.end()) is not None


def begins_anew(said: str, piece: str) -> bool:
    """Whether "one" before a written number is no figure of it: "the work one, 07700 900462"."""
    return said == _ONE and piece.isdigit() and len(piece) > 2


def is_counted(said: str, spoken: int, text: str, at: re.Match[str]) -> bool:
    """Whether this word counts what stands behind it, and is none of the number before it.

    That may be written and whole (ten figures, or six with no further figure behind), or go on with
    "and" and a plain word: "docket 00981, and ten minutes".
    """
    if spoken or not said.isdigit():
        return False
    joined = _AND_BEFORE.search(text, max(0, at.start() - 8), at.start())
    if joined and len(said) >= _FEWEST and _COUNTED_BEHIND.match(text, at.end()):
        return True
    if len(said) < _WRITTEN:
        return False
    return len(said) >= _WRITTEN_OUT or DIGIT_BEHIND.match(text, at.end()) is None


def is_an_amount(said: str, text: str, at: re.Match[str]) -> bool:
    """Whether a hundred is an amount's: "seventy-six on nine hundred and forty a month"."""
    return len(said) > 1 and _AND_A_NUMBER.match(text, at.end()) is not None
