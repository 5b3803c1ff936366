"""Whether a text looks like English, which all that finds names here was made for.

The measure is light and is said as what it is: the share of small words of English and Scots
("the", "you", "what") among the words of each passage, those with a capital aside. Figures:
docs/decisions/033.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redact.transcript.case import is_caseless
from redact.transcript.vocabulary import folded_words
from redact.transcript.words import words

_PASSAGE = 60  # words that are judged together
_LEAST = 15  # words under which nothing is said of a text
_ENGLISH = 0.12  # the least share of small words in a passage of English talk
_NOTED = 0.5  # the share of passages from which a text is said not to look like English


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How many words were judged, in how many passages, and how many of these are no English.

    `small` counts the small words of English in all of it.
    """

    words: int
    small: int
    passages: int
    foreign: int

    @property
    def is_judged(self) -> bool:
        """Whether there are words enough to say anything."""
        return self.words >= _LEAST

    @property
    def is_english(self) -> bool:
        """False where most of a text long enough to be judged does not look like English."""
        return not self.is_judged or self.foreign < self.passages * _NOTED

    @property
    def has_other_parts(self) -> bool:
        """Whether a part of an English text does not look like it: a few passages in a row."""
        return self.is_english and self.is_judged and self.foreign > 1


def language_of(text: str) -> Language:
    """The measure of a text; words with digits are not counted, nor what looks like a name.

    A head, a list or a greeting is full of names: those say nothing of the language.
    """
    small = _small_words()
    has_case = not is_caseless(text)
    said = [
        w.folded
        for w in words(text)
        if (w.folded.isalpha() or not w.folded.isascii())
        and (w.folded in small or not (has_case and text[w.start].isupper()))
    ]
    passages = _passages(said)
    counts = [sum(word in small for word in passage) for passage in passages]
    return Language(
        words=len(said),
        small=sum(counts),
        passages=len(passages),
        foreign=sum(
            count < len(passage) * _ENGLISH for count, passage in zip(counts, passages, strict=True)
        ),
    )


def _passages(said: Sequence[str]) -> list[Sequence[str]]:
    """Stretches of so many words; a short rest goes to the last."""
    starts = [*range(0, max(1, len(said)), _PASSAGE)]
    if len(starts) > 1 and len(said) - starts[-1] < _PASSAGE // 2:
        starts.pop()
    ends = [*starts[1:], len(said)]
    return [said[start:end] for start, end in zip(starts, ends, strict=True)]


def _small_words() -> frozenset[str]:
    return folded_words("small words of English")
