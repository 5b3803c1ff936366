"""Looking for anything in the linkage key within released bytes.

Forms are matched as whole words with case, accents, apostrophes, hyphens,
Mac/Mc and line breaks set aside; long forms also when glued into other text,
and numbers whatever stands between their digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redact.core import NAMES
from redact.custody.payload import LinkageKey
from redact.detect.lexicon import is_never_name
from redact.transcript.glued import GluedForms
from redact.transcript.words import Forms, fold, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """A place where a form stands; `one_word` is its folded word if it has just one."""

    start: int
    end: int
    label: str
    one_word: str = field(repr=False)


class KeySearch:
    """All forms of a linkage key, ready to be looked for in many texts."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        """`forms` are (label, text) pairs."""
        pairs = [(text, (label, _one_word(text))) for label, text in forms]
        self._forms = Forms(pairs)
        self._glued = GluedForms((text, (label, "")) for text, (label, _) in pairs)

    def find(self, text: str) -> Iterator[Occurrence]:
        """Every occurrence, overlapping ones too; a word by itself is not one run into others."""
        whole = tuple(self._forms.find(text, longest=False))
        seen = {(hit.start, hit.end) for hit in whole}
        glued = (hit for hit in self._glued.find(text) if (hit.start, hit.end) not in seen)
        for hit in (*whole, *glued):
            label, one_word = hit.key
            yield Occurrence(start=hit.start, end=hit.end, label=label, one_word=one_word)


def _one_word(text: str) -> str:
    folded = fold(text)
    return folded[0] if len(folded) == 1 else ""


def line_of(text: str, at: int) -> int:
    """The line, counted from 1, of an offset."""
    return text.count("\n", 0, at) + 1


def words_of(text: str) -> frozenset[str]:
    """The folded words of a text."""
    return frozenset(word.folded for word in words(text))


def name_words(key: LinkageKey) -> frozenset[str]:
    """The folded words of every person, place and organisation in the key; small words aside."""
    forms = (form.text for e in key.entries if e.type in NAMES for form in e.forms)
    return frozenset(word for form in forms for word in fold(form) if not is_never_name(word))
