"""The sentence around a replacement stays whole: a or an, no second article, capitals, plurals.

What is changed beside the mention itself (an article, an apostrophe) is a replacement of its own,
so that the linkage key's forms stay names and every source still comes back byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

GRAMMAR = "grammar"  # the entity of such replacements
_A_OR_AN = re.compile(r"(?<!\w)(an?)\s+\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)(?:the|an?)\s+\Z", re.IGNORECASE)
_OWN_ARTICLE = re.compile(r"\[(?:an?|the) ")
_BARE_APOSTROPHE = re.compile(r"['’](?!\w)")
_OPENS_SENTENCE = re.compile(r"(?:\A|[.?!…][\"'”’)]*\s+|[\r\n])[\s\"'“‘(]*\Z")
_AFTER_LABEL = re.compile(r"[)\]\s\d:.]*:[ \t]+\Z")
_VOWEL = re.compile(
    r"[\[\"'“‘@(]*((?!eu|one\b|once\b)[aeio]|u(?!ni|s[ae]|k\b|[bcfhjkqrst][aeiou])|hour|honest|heir)"
)
_BY_LETTER = re.compile(r"[\[(]*([A-Z])[A-Z]")
_LOOK_BACK = 16  # code points


@dataclass(frozen=True, slots=True)
class Edit:
    """A change beside a mention: span of the original and what stands there."""

    start: int
    end: int
    text: str


def article_for(text: str) -> str:
    """a or an, as the first word is spoken: an [Organisation 3], a [United States], an NHS."""
    if letter := _BY_LETTER.match(text):
        return "an" if letter[1] in "AEFHILMNORSX" else "a"
    return "an" if _VOWEL.match(text.casefold()) else "a"


def without_second_article(text: str, start: int, instead: str) -> str:
    """ "The [town in Ayrshire]", not "the [a town in Ayrshire]"."""
    opening = _OWN_ARTICLE.match(instead)
    if opening and _ARTICLE.search(text, max(0, start - _LOOK_BACK), start):
        return "[" + instead[opening.end() :]
    return instead


def capitalised(text: str, start: int, said: str, instead: str, label_end: int = -1) -> str:
    """ "[A town in Ayrshire] is quiet": a label that opens a sentence has its capital.

    `label_end` is where the turn's speaker label ends, behind which a sentence opens.
    """
    small = re.match(r"\[([a-z])", instead)
    if not small or not said[:1].isupper():
        return instead
    opens = _OPENS_SENTENCE.search(text, max(0, start - _LOOK_BACK), start)
    if not opens and (label_end < 0 or not _AFTER_LABEL.fullmatch(text, label_end, start)):
        return instead
    return instead[:1] + instead[1].upper() + instead[2:]


def beside(text: str, start: int, end: int, instead: str) -> list[Edit]:
    """The article before and the apostrophe behind, where they no longer agree."""
    edits: list[Edit] = []
    before = _A_OR_AN.search(text, max(0, start - _LOOK_BACK), start)
    if before and instead:
        old, said = before[1], text[start:end]
        new = article_for(instead)
        if old.casefold() == article_for(said) != new:
            cased = new.upper() if old.isupper() and len(old) > 1 else new
            cased = cased.capitalize() if old[0].isupper() else cased
            edits.append(Edit(before.start(1), before.end(1), cased))
    bare = _BARE_APOSTROPHE.match(text, end)
    ends_in_s = text[end - 1 : end].casefold() == "s"
    if bare and ends_in_s and instead and not instead.casefold().endswith("s"):
        edits.append(Edit(end, end + 1, text[end] + "s"))
    return edits
