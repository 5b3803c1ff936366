"""One self-contained page of every miss and false alarm in its sentence, grouped by cause.

It holds originals: it says so in red, and it is written for its owner alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redact.core import Mention
from redact.detect.lexicon import is_word_too
from redact.evaluate.gold import KEEP, GoldDocument, GoldSpan
from redact.evaluate.metrics import letters_of
from redact.rendering import render
from redact.transcript.case import is_caseless
from redact.transcript.words import fold

AROUND = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error, where it stands and why it may have happened."""

    group: str
    cause: str
    document: str
    start: int
    end: int
    text: str = field(repr=False)

    @property
    def before(self) -> str:
        """What stands before it, in up to `AROUND` characters."""
        return self.text[max(0, self.start - AROUND) : self.start]

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @property
    def after(self) -> str:
        """What stands after it, in up to `AROUND` characters."""
        return self.text[self.end : self.end + AROUND]

    @property
    def line(self) -> int:
        """The line it begins on, counted from 1."""
        return self.text.count("\n", 0, self.start) + 1


def find_problems(
    documents: Iterable[GoldDocument], predicted: Mapping[str, tuple[Mention, ...]]
) -> list[Problem]:
    """Every gold mention not covered, every KEEP touched, every prediction outside gold."""
    problems: list[Problem] = []
    for document in documents:
        found = predicted[document.id]
        covered = {at for m in found for at in range(m.start, m.end)}
        named = {at for s in document.spans if s.label != KEEP for at in range(s.start, s.end)}
        annotated = {s.label for s in document.spans}
        for span in document.spans:
            letters = letters_of(document.text, span)
            hidden = [at in covered for at in letters]
            if span.label == KEEP and any(hidden):
                problems.append(_problem("Kept body touched", "", document, span))
            elif span.label != KEEP and not all(hidden):
                cause = _cause(document, span, any(hidden))
                problems.append(_problem(f"Missed {span.label}", cause, document, span))
        for mention in found:
            inside = any(at in named for at in range(mention.start, mention.end))
            if not inside and mention.label in annotated:
                span = GoldSpan(start=mention.start, end=mention.end, label=mention.label)
                cause = "found by " + ", ".join(mention.sources)
                problems.append(_problem(f"False {mention.label}", cause, document, span))
    return problems


def _problem(group: str, cause: str, document: GoldDocument, span: GoldSpan) -> Problem:
    return Problem(
        group=group,
        cause=cause,
        document=document.id,
        start=span.start,
        end=span.end,
        text=document.text,
    )


def _cause(document: GoldDocument, span: GoldSpan, partly: bool) -> str:
    surface = document.text[span.start : span.end]
    folded = fold(surface)
    if partly:
        return "only a part was found"
    if len(folded) == 1 and is_word_too(folded[0]):
        return "a name that is a word too"
    if is_caseless(document.text):
        return "a transcript without capitals"
    if span.label in ("PHONE", "EMAIL", "ID") and not any(c.isdigit() or c == "@" for c in surface):
        return "spoken, not written"
    return "nothing pointed to it"


def write_page(problems: list[Problem]) -> str:
    """The page as HTML; every word of a transcript is escaped."""
    groups: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        groups[problem.group, problem.cause].append(problem)
    largest_first = sorted(groups.items(), key=lambda item: -len(item[1]))
    titled = [
        (f"{group}: {cause}" if cause else group, members)
        for (group, cause), members in largest_first
    ]
    return render("redact.evaluate", "errors.html", count=len(problems), groups=titled)
