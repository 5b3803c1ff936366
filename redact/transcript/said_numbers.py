"""Numbers as they are said, in English and in Scots: patterns of the words, and their value.

A pattern catches no group and asks for no bounds; letters are those of the vocabulary, small.
"""

from __future__ import annotations

import re

from redact.transcript.vocabulary import NUMBERS, one_of


def number_words(least: int, most: int) -> tuple[str, ...]:
    """The single words of the numbers between two of them, both included."""
    return tuple(word for word, value in NUMBERS.items() if least <= value <= most)


ONES = one_of(number_words(1, 9))
BELOW_TWENTY = one_of(number_words(1, 19))
TENS = one_of(number_words(20, 90))
ANY_WORD = one_of(NUMBERS)
# "twenty", "twenty-one", "twinty-een"; thirteen and up, as nobody counts things in passing.
FROM_TWENTY = rf"(?:{TENS}(?:[\s-](?:{ONES}|een|yin))?)"
FROM_THIRTEEN = rf"(?:{FROM_TWENTY}|{one_of(number_words(13, 19))})"
# "a hundred", "one hundred and two", "a hunner an wan", and as figures are said: "one oh two".
A_HUNDRED = (
    r"(?:(?:an?|one|wan)[\s-](?:hundred|hunner)"
    rf"(?:[\s-](?:(?:and|an['’]?)[\s-])?(?:{FROM_TWENTY}|{BELOW_TWENTY}))?"
    rf"|one[\s-]oh[\s-]{ONES})"
)
TO_A_HUNDRED = rf"(?:{A_HUNDRED}|{FROM_TWENTY}|{BELOW_TWENTY})"

_PIECES = re.compile(r"[^\W\d_]+")


def said_value(said: str) -> int:
    """What a number is worth, in figures or in words up to a hundred and nineteen; 0 if nothing.

    A half behind it does not count.
    """
    folded = said.casefold().removesuffix("½")
    if folded.isdigit():
        return int(folded)
    words = _PIECES.findall(folded)
    hundred = 100 if "hun" in folded or words[1:2] == ["oh"] else 0
    if hundred:
        words = words[2:]
    return hundred + sum(NUMBERS.get(word, word in ("een", "yin")) for word in words)
