"""Words that a study writes small: with a capital they are names less surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from redact.core import Transcript
from redact.transcript.case import begins_sentence, is_caseless
from redact.transcript.words import words


def lowered_words(transcripts: Iterable[Transcript]) -> frozenset[str]:
    """Words that cased transcripts write small more often than with a capital in mid-sentence."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for transcript in transcripts:
        text = transcript.text
        if is_caseless(text):
            continue
        for word in words(text):
            if text[word.start].islower():
                small[word.folded] += 1
            elif not begins_sentence(text, word.start):
                capital[word.folded] += 1
    return frozenset(word for word, count in small.items() if count > capital[word])
