"""One self-contained page of every miss and false alarm in its sentence, grouped by cause.

It holds originals: it says so in red, and it is written for its owner alone.
"""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redact.core import Mention
from redact.detect.lexicon import is_word_too
from redact.evaluate.gold import KEEP, GoldDocument, GoldSpan
from redact.evaluate.metrics import letters_of
from redact.transcript.case import is_caseless
from redact.transcript.words import fold

AROUND = 70
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Misses and false alarms</title><style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem }}
body {{ margin: 2rem auto; padding: 0 1rem }}
.warning {{ background: #b00020; color: #fff; padding: .8rem 1rem; font-weight: 700 }}
li {{ margin: .3rem 0 }} mark {{ background: #ffe08a; padding: 0 .15em }}
.where {{ color: #555; font-size: .85em }} h2 {{ margin-top: 2.2rem }}
</style></head><body>
<p class="warning">This page holds original names. Keep it in the study folder, pass it to nobody,
and delete it when you are done.</p>
<h1>Misses and false alarms</h1><p>{count}</p>{groups}</body></html>
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error, where it stands and why it may have happened."""

    group: str
    cause: str
    document: str
    start: int
    end: int
    text: str = field(repr=False)


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
    parts = []
    for (group, cause), members in sorted(groups.items(), key=lambda item: -len(item[1])):
        title = f"{group}: {cause}" if cause else group
        rows = "".join(_row(problem) for problem in members)
        parts.append(f"<h2>{html.escape(title)} ({len(members)})</h2><ul>{rows}</ul>")
    return _PAGE.format(count=f"{len(problems)} in all.", groups="".join(parts))


def _row(problem: Problem) -> str:
    before = problem.text[max(0, problem.start - AROUND) : problem.start]
    after = problem.text[problem.end : problem.end + AROUND]
    line = problem.text.count("\n", 0, problem.start) + 1
    return (
        f"<li>…{html.escape(before)}<mark>{html.escape(problem.text[problem.start : problem.end])}"
        f"</mark>{html.escape(after)}… <span class=where>{html.escape(problem.document)}, "
        f"line {line}</span></li>"
    )
