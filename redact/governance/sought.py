"""Words of a report, looked for in a released file; they live as long as the command."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from redact.core import Label, Span
from redact.detect.key_search import KeySearch, Reach, reach_of
from redact.release.datalist import is_in_own_head, is_own_head
from redact.release.own_words import own_words
from redact.replace.labels import is_own_label
from redact.review.occurrences import occurrences

_HERE = "a release"  # every text of a release counts as one in which the words were found
_PSEUDONYM = re.compile(r"\[[^\[\]\n]*\]")
_PAPERS = (
    *("README", "policy.toml", "redaction-summary", "ro-crate", "datapackage"),
    *("documentation/", "metadata/", "restricted/"),
)
_QUOTES, _LIST = "quotes.md", "interviews.csv"


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that are looked for; those that no key is searched for (ages, years) as they stand."""

    search: KeySearch = field(repr=False)
    words: str = field(repr=False)
    is_tied: bool

    @classmethod
    def of(cls, label: Label, words: str) -> Sought:
        """These words, ready to be looked for in many texts."""
        search = KeySearch([(label, words)], {(label, words): [_HERE]})
        return cls(search, words, reach_of(label, words) is not Reach.EVERYWHERE)

    def in_text(self, text: str) -> tuple[Span, ...]:
        """Where they stand; a label that redact put for something is none of them."""
        labels = [Span(*one.span()) for one in _PSEUDONYM.finditer(text)]
        ours = [there for there in labels if is_own_label(text[there.start : there.end])]
        hits = {Span(hit.start, hit.end) for hit in self.search.find_all(text, _HERE)}
        hits = {hit for hit in hits if not any(label.covers(hit) for label in ours)}
        if self.is_tied:
            bare = _PSEUDONYM.sub(lambda found: " " * len(found[0]), text)
            hits |= set(occurrences(bare, self.words))
        return tuple(sorted(hits))

    def lines_of(self, text: str, name: str) -> tuple[int, ...]:
        """The lines, from 1, of a released file of this name that say them.

        What redact itself says there, whatever the study, is none of them. An age, a year or a
        small number is looked for in what people said and in the data list: papers are full of
        days and counts.
        """
        if self.is_tied and name.startswith(_PAPERS):
            return ()
        found = [hit for hit in self.in_text(text) if not _is_ours(text, hit, name)]
        return tuple(sorted({text.count("\n", 0, hit.start) + 1 for hit in found}))


def _is_ours(text: str, there: Span, name: str) -> bool:
    """Whether redact says this in a file of this name, and nobody else."""
    if name == _LIST:
        return "\n" not in text[: there.start] and is_own_head(_cell(text, there))
    if name.startswith("transcripts/"):
        return is_in_own_head(text, there)
    if name == _QUOTES or name.startswith(_PAPERS):
        return own_words(of_quotes=name == _QUOTES).say(text, there)
    return False


def _cell(text: str, there: Span) -> str:
    """The cell of a plain row in which this stands."""
    start = max(text.rfind(",", 0, there.start), text.rfind("\n", 0, there.start)) + 1
    ends = [at for at in (text.find(",", there.end), text.find("\n", there.end)) if at >= 0]
    return text[start : min(ends, default=len(text))]
