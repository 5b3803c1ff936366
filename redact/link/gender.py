"""Woman or man, as far as the talk says: titles, relations, and the pronoun that follows a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from redact.core import Gender
from redact.detect.gazetteer import gender_of_given
from redact.link.names import gender_of_title
from redact.link.scenes import NameUse
from redact.transcript.vocabulary import genders

_WORDS: Mapping[str, Gender] = genders("kin", "people")
_IN_TABLES: Mapping[str, Gender] = {  # what people write in a column, besides these words
    "women": "woman",
    "female": "woman",
    "f": "woman",
    "w": "woman",
    "men": "man",
    "male": "man",
    "m": "man",
}
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_LONGEST_RELATION = 20  # letters
_PRONOUN = re.compile(r"\b(?:(she|her|hers|herself)|(he|him|his|himself))\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.?!]\s|[\r\n]")
_TITLE_WEIGHT, _RELATION_WEIGHT, _SURE = 10, 3, 0.75
_LEAST = 3  # votes: a pronoun or two may be somebody else's


def gender_from(text: str) -> Gender | None:
    """Woman, man or nothing from what somebody wrote in a table: female, F, man."""
    word = text.strip().casefold()
    return _WORDS.get(word) or _IN_TABLES.get(word)


def gender_of_givens(names: Iterable[str]) -> Gender | None:
    """Whose these folded given names mostly are; nothing where they say nothing or differ."""
    told = {gender_of_given(name) for name in names} - {None}
    return told.pop() if len(told) == 1 else None


def gender_by_talk(uses: Iterable[NameUse]) -> Gender | None:
    """What the mentions of one person say; nothing where they say nothing or differ much.

    A title counts ten, a relation ("my brother Tam") three, a pronoun in the same sentence one.
    """
    votes: Counter[Gender] = Counter()
    spoken_of = [use for use in uses if not use.labelled]
    for use in spoken_of:
        if titled := gender_of_title(use.title):
            votes[titled] += _TITLE_WEIGHT
        word = use.title if use.kin else _word_before(use)
        if word in _WORDS:
            votes[_WORDS[word]] += _RELATION_WEIGHT
    if not votes and len(spoken_of) < _LEAST:
        return None  # pronouns could not tell
    for use in spoken_of:
        after = use.after
        spoken = _PRONOUN.search(after)
        if spoken and not _SENTENCE_END.search(after, 0, spoken.start()):
            votes["woman" if spoken[1] else "man"] += 1
    for gender, count in votes.most_common(1):
        if count >= max(_LEAST, _SURE * votes.total()):
            return gender
    return None


def _word_before(use: NameUse) -> str:
    """The word right before a name, folded; nothing where a mark stands between."""
    said = use.before.rstrip()
    if len(said) == len(use.before):
        return ""
    said = said.removesuffix(",")[-_LONGEST_RELATION:]
    if (word := said.rpartition(" ")[2]).isalpha():
        return word.casefold()
    last = _LAST_WORD.search(said)
    return last[0].casefold() if last else ""
