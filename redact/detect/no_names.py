"""Words that are no names: written small where names are written large, or listed.

In talk that has capitals, what a model or the corpus takes for a name and somebody wrote small is
hardly ever one ("the porch", "voice mail", "dinna ken"). It stays a mention if the tables know it
as a name or a place and English does not know it as a word. Case is judged where it stands: a
transcript may have passages without. A word of redact/data/no_names.txt or a medicine by itself is
none either, nor is what one view alone hardly believes; an illness called after somebody is not
that person, nor is Joe Bloggs anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redact.core import NAMES, Mention, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.gazetteer import is_place, name_fact
from redact.detect.lexicon import (
    is_called_out,
    is_ordinary,
    is_word_too,
    names_nothing,
    namesakes,
)
from redact.detect.ranks import Rank, rank
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.spans import overlapping
from redact.transcript.words import Word, fold, words

_AROUND = 160  # characters before and behind that say whether names have capitals here
_CAPITAL = re.compile(r"(?<![\w'’])(?!I\b)[A-Z][a-z]")  # of a word; "I" says nothing
_PAUSE = re.compile(r"[*_]*\s*(?:[.,!?…]|\Z)")
_FEWEST = 2
_SHORT = 2  # letters: initials


def without_words(transcript: Transcript, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions without those that are words here."""
    caseless = is_caseless(transcript.text)
    nobody = [Span(*match.span()) for match in namesakes().finditer(transcript.text)]
    for mention in mentions:
        if not _is_word(transcript.text, mention, caseless, nobody):
            yield mention


def _is_word(text: str, mention: Mention, caseless: bool, nobody: list[Span]) -> bool:
    if mention.label not in NAMES or rank(mention) > Rank.EVIDENCE:
        return False
    if any(one.covers(mention.span) for one in overlapping(nobody, mention.span)):
        return True
    said = words(text[mention.start : mention.end])
    if len(said) == 1 and names_nothing(said[0].folded):
        fact = name_fact(said[0].folded)
        return mention.label != "PERSON" or not (fact.given or fact.family)
    if len(said) == 1 and rank(mention) <= Rank.VIEW and _is_called_out(text, mention.span):
        return True
    if _says_too_little(mention, said):
        return True
    return not caseless and is_written_small(text, mention.span)


def _says_too_little(mention: Mention, said: tuple[Word, ...]) -> bool:
    """Whether one view alone speaks for a name, hardly, and no table knows its words."""
    if mention.sources == (Source.CAPITAL,):
        return mention.score < points.CAPITAL_ALONE_LEAST
    alone = mention.sources == (Source.SPACY,) and mention.score < points.TAGGER_ALONE_LEAST
    return alone and not any(_is_known(word) for word in said)


def _is_called_out(text: str, there: Span) -> bool:
    """Whether a word that is called out stands alone here, or opens what is said: "Weel, ..."."""
    if not is_called_out(fold(text[there.start : there.end])[0]):
        return False
    return begins_sentence(text, there.start) and bool(_PAUSE.match(text, there.end))


def is_written_small(text: str, there: Span) -> bool:
    """Whether no name that the tables know stands here, in small letters amid capitals."""
    surface = text[there.start : there.end]
    if surface != surface.lower():
        return False
    said = words(surface)
    letters_only = all(char.isalpha() or char in " -'’\n" for char in surface)
    if not said or not letters_only or max(len(w.folded) for w in said) <= _SHORT:
        return False
    near = text[max(0, there.start - _AROUND) : there.start]
    near += " " + text[there.end : there.end + _AROUND]
    if len(_CAPITAL.findall(near)) < _FEWEST:
        return False
    return not any(_is_known(word) for word in said)


def _is_known(word: Word) -> bool:
    """Whether the tables know this word as a name or a place, and English not as a word."""
    if is_word_too(word.folded) or is_ordinary(word.folded):
        return False
    fact = name_fact(word.folded)
    return fact.given > 0 or fact.family > 0 or is_place((word.folded,))
