"""Words of a report, looked for in a released file; they live as long as the command."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from redact.core import Label
from redact.detect.key_search import KeySearch, Reach, reach_of
from redact.release.papers import shipped_policies
from redact.review.occurrences import occurrences

_HERE = "a release"  # every text of a release counts as one in which the words were found
_PSEUDONYM = re.compile(r"\[[^\[\]\n]*\]")
_PAPERS = (
    *("README", "policy.toml", "redaction-summary", "ro-crate", "datapackage"),
    *("documentation/", "metadata/", "restricted/"),
)
_MARKS = re.compile(r"<[^>]*>|\{%.*?%\}|[#*`|]|^\s*-|\s+")


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

    def in_text(self, text: str) -> tuple[int, ...]:
        """Where they begin, in code points; the number of a pseudonym is none of them."""
        hits = {hit.start for hit in self.search.find_all(text, _HERE)}
        if self.is_tied:
            bare = _PSEUDONYM.sub(lambda found: " " * len(found[0]), text)
            hits |= {span.start for span in occurrences(bare, self.words)}
        return tuple(sorted(hits))

    def lines_of(self, text: str, name: str) -> tuple[int, ...]:
        """The lines, from 1, of a released file of this name that say them.

        A line that redact itself writes there, whatever the study, is none of them. An age, a year
        or a small number is looked for in what people said and in the data list: papers are full
        of days and counts.
        """
        if self.is_tied and name.startswith(_PAPERS):
            return ()
        numbers = sorted({text.count("\n", 0, at) for at in self.in_text(text)})
        lines, ours = text.split("\n"), _lines_of_redact(name)
        return tuple(number + 1 for number in numbers if _bare(lines[number]) not in ours)


@cache
def _lines_of_redact(name: str) -> frozenset[str]:
    """The lines, without their marks, that redact writes in this file of any release."""
    match name:
        case "README.md" | "README.html":
            folder = resources.files("redact.release") / "templates"
            said = (folder / "README.md").read_text("utf-8")
        case "policy.toml":
            said = shipped_policies()
        case _:
            said = ""
    return frozenset(map(_bare, said.split("\n")))


def _bare(line: str) -> str:
    """A line's words: what Markdown, HTML and templates put round them left out."""
    return " ".join(_MARKS.sub(" ", html.unescape(line)).split())
