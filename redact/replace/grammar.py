"""The sentence around a replacement stays whole: a or an, no second article, capitals, plurals.

What is changed beside the mention itself (an article, an apostrophe) is a replacement of its own,
so that the linkage key's forms stay names and every source still comes back byte for byte.
"""

from __future__ import annotations

import re

from redact.core import Span
from redact.replace.splice import Planned

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


def capitalised(text: str, span: Span, instead: str, label_end: int | None = None) -> str:
    """ "[A town in Ayrshire] is quiet": a label that opens a sentence has its capital.

    `label_end` is where the last speaker label before it ends, behind which a sentence opens.
    """
    small = re.match(r"\[([a-z])", instead)
    if not small or not text[span.start : span.start + 1].isupper():
        return instead
    opens = _OPENS_SENTENCE.search(text, max(0, span.start - _LOOK_BACK), span.start)
    if not opens and not (
        label_end is not None and _AFTER_LABEL.fullmatch(text, label_end, span.start)
    ):
        return instead
    return instead[:1] + instead[1].upper() + instead[2:]


def beside(text: str, span: Span, instead: str) -> list[Planned]:
    """The article before and the apostrophe behind, where they no longer agree."""
    start, end = span.start, span.end
    edits: list[Planned] = []
    before = _A_OR_AN.search(text, max(0, start - _LOOK_BACK), start)
    if before and instead:
        old, said = before[1], text[start:end]
        new = article_for(instead)
        if old.casefold() == article_for(said) != new:
            cased = new.upper() if old.isupper() and len(old) > 1 else new
            cased = cased.capitalize() if old[0].isupper() else cased
            edits.append(Planned(Span(before.start(1), before.end(1)), cased, GRAMMAR))
    bare = _BARE_APOSTROPHE.match(text, end)
    ends_in_s = text[end - 1 : end].casefold() == "s"
    if bare and ends_in_s and instead and not instead.casefold().endswith("s"):
        edits.append(Planned(Span(end, end + 1), text[end] + "s", GRAMMAR))
    return edits
