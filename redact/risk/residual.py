"""Names that may be left in a safe text: a second look, built differently from detection.

Detection weighs models, context and the corpus. This looks only at the released words: a capital
in the middle of a sentence that English does not write so, or a word of the name tables; what is in
brackets, was kept by decision, or is a surrogate is passed over. It finds less and asks no model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from redact.detect.gazetteer import is_place, name_fact
from redact.detect.lexicon import is_function_word, is_word_too
from redact.transcript.words import Word, words

_BRACKETS = re.compile(r"\[[^\[\]\n]{1,80}\]")
_STARTS = re.compile(r"(?:\A|[.?!…:;\n\r\]\)\"“”]|[-–—]{1,2})[\s\"'“”‘’(*_>]*\Z")
_BIG_I, _SMALL_I = re.compile(r"\bI\b"), re.compile(r"\bi\b")  # "i": a machine wrote no capitals
_FEWEST_BEARERS = 50  # of a name that is looked for without a capital or at a sentence's start
_REACH = 24  # characters before a word that tell whether a sentence begins


@dataclass(frozen=True, slots=True)
class Left:
    """A word or words of a safe text that look like a name, and why."""

    start: int
    end: int
    why: str


def residual_names(text: str, sure: Iterable[tuple[int, int]] = ()) -> tuple[Left, ...]:
    """What looks like a name outside brackets and the stretches that decisions account for."""
    passed = sorted([*sure, *(match.span() for match in _BRACKETS.finditer(text))])
    has_case = len(_BIG_I.findall(text)) >= len(_SMALL_I.findall(text))
    found: list[Left] = []
    at = 0
    for word in words(text):
        while at < len(passed) and passed[at][1] <= word.start:
            at += 1
        if at < len(passed) and passed[at][0] < word.end:
            continue
        why = _looks_like_a_name(text, word, has_case)
        if not why:
            continue
        if found and text[found[-1].end : word.start].strip(" -’'") == "":
            found[-1] = Left(found[-1].start, word.end, found[-1].why)
        else:
            found.append(Left(word.start, word.end, why))
    return tuple(found)


def _looks_like_a_name(text: str, word: Word, has_case: bool) -> str:
    shown, folded = text[word.start : word.end], word.folded
    if len(folded) < 3 or not folded.isalpha() or is_function_word(folded) or is_word_too(folded):
        return ""
    fact = name_fact(folded)
    known = fact.given + fact.family >= _FEWEST_BEARERS or is_place((folded,))
    capital = shown[0].isupper() and not shown.isupper()
    begins = _STARTS.search(text[max(0, word.start - _REACH) : word.start]) is not None
    if capital and not begins:
        return "a capital in the middle of a sentence"
    if capital and known:
        return "a name of the tables"
    return "a name of the tables, without a capital" if known and not has_case else ""
