"""What the one figure hides: names in talk, in speaker labels and as initials; errors by cause.

A person's name stands in a speaker label or in the talk; written as two or three capitals it is
initials, wherever it stands. A prediction is counted once under each source that saw it, by its
letters, as precision is; `alone` counts those that this source alone saw. A date is told by how
fine it is: a policy that hides dates to the day is not to blame for a year that stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redact.core import Mention, Span
from redact.evaluate.gold import KEEP, GoldDocument, GoldSpan
from redact.evaluate.metrics import letters_of
from redact.transcript.spans import overlapping
from redact.transcript.vocabulary import MONTHS, NUMBERS, ORDINALS, one_of

IN_TALK, AS_LABELS, INITIALS = "names in talk", "names as speaker labels", "initials"
TO_THE_DAY, MONTHS_ALONE, YEARS_ALONE = "dates to the day", "months", "years"
_MOST_INITIALS = 3
_MONTH = re.compile(
    rf"\b(?:{one_of(MONTHS)}|{one_of({month[:3] for month in MONTHS})}|sept|spring|summer|autumn|"
    r"fall|winter)\b\.?",
    re.IGNORECASE,
)
_MONTH_IN_FIGURES = re.compile(r"(?:0?[1-9]|1[0-2])[/.-](?:19|20)\d\d\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[-/]\d\d(?:\d\d)?)?\Z|['’]\d\d\Z")
_WORD = re.compile(r"[^\W\d_]+")
_OF_YEARS = frozenset("oh hundred thousand and the year of in".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`right` of `whole`; `name` says of what."""

    name: str
    right: int
    whole: int

    @property
    def share(self) -> float | None:
        """None where there was nothing to count."""
        return self.right / self.whole if self.whole else None


def persons_by_place(
    documents: Iterable[GoldDocument],
    found: Mapping[str, Sequence[Mention]],
    labels: Mapping[str, Sequence[Span]],
) -> tuple[Tally, ...]:
    """How many mentions of persons are covered, by where they stand.

    `labels` are by document the spans of speaker labels, in text order.
    """
    counted = {name: [0, 0] for name in (IN_TALK, AS_LABELS, INITIALS)}
    for document in documents:
        covered = _covered(found[document.id])
        for span in document.spans:
            if span.label == "PERSON":
                name = _where(document, span, labels.get(document.id, ()))
                counted[name][0] += all(at in covered for at in letters_of(document.text, span))
                counted[name][1] += 1
    return tuple(Tally(name=name, right=r, whole=w) for name, (r, w) in counted.items())


def _where(document: GoldDocument, span: GoldSpan, labels: Sequence[Span]) -> str:
    letters = [document.text[at] for at in letters_of(document.text, span)]
    if 1 < len(letters) <= _MOST_INITIALS and all(map(str.isupper, letters)):
        return INITIALS
    return AS_LABELS if overlapping(labels, Span(span.start, span.end)) else IN_TALK


def dates_by_fineness(
    documents: Iterable[GoldDocument], found: Mapping[str, Sequence[Mention]]
) -> tuple[Tally, ...]:
    """How many dates are covered, by how fine they are; `dates` of a policy says which it hides."""
    counted = {name: [0, 0] for name in (TO_THE_DAY, MONTHS_ALONE, YEARS_ALONE)}
    for document in documents:
        covered = _covered(found[document.id])
        for span in document.spans:
            if span.label == "DATE":
                name = fineness(document.text[span.start : span.end])
                counted[name][0] += all(at in covered for at in letters_of(document.text, span))
                counted[name][1] += 1
    return tuple(Tally(name=name, right=r, whole=w) for name, (r, w) in counted.items())


def fineness(said: str) -> str:
    """One of the names of the tallies: whether a date names a day, a month or only a year."""
    said = " ".join(said.split())
    month = _MONTH.search(said)
    rest = said[: month.start()] + " " + said[month.end() :] if month else said
    if _MONTH_IN_FIGURES.match(said):
        return MONTHS_ALONE
    rest = rest.strip(" ,.")
    told_of = rest.casefold().startswith("of ")  # "March of twenty-two", not "June thirty"
    rest = rest.removeprefix("of ").strip()
    if month and not rest:
        return MONTHS_ALONE
    is_year = _YEAR.match(rest) is not None or _is_said_year(rest, told_of or not month)
    if not is_year:
        return TO_THE_DAY
    return MONTHS_ALONE if month else YEARS_ALONE


def _is_said_year(said: str, short: bool) -> bool:
    """Whether a year stands in words; `short` if "twenty-two" may be one."""
    words = [word.casefold() for word in _WORD.findall(said)]
    if not words or "," in said or any(char.isdigit() for char in said):
        return False
    if any(word in ORDINALS or not (word in NUMBERS or word in _OF_YEARS) for word in words):
        return False
    values = [NUMBERS[word] for word in words if word in NUMBERS]
    first = values[0] if values else 0
    if "thousand" in words or (first >= 15 and len(words) > 1 and values[1:2] != [] and short):
        return True
    if first in (18, 19, 20) and (len(values) > 1 or "oh" in words):
        return len(values) == 1 or values[1] >= 10 or "oh" in words
    return short and "oh" in words[:1]


def precision_by_cause(
    documents: Iterable[GoldDocument], found: Mapping[str, Sequence[Mention]]
) -> tuple[Tally, ...]:
    """Of the letters that each source saw as names or numbers, those that are; most wrong first.

    Only predictions of labels that the gold annotates count.
    """
    documents = tuple(documents)
    annotated = {span.label for one in documents for span in one.spans} - {KEEP}
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for document in documents:
        gold = {at for s in document.spans if s.label != KEEP for at in range(s.start, s.end)}
        for mention in found[document.id]:
            if mention.label not in annotated:
                continue
            letters = [
                at for at in range(mention.start, mention.end) if document.text[at].isalnum()
            ]
            right = sum(at in gold for at in letters)
            causes = [str(source) for source in mention.sources]
            for cause in (*causes, *(f"{cause} alone" for cause in causes if len(causes) == 1)):
                counted[cause][0] += right
                counted[cause][1] += len(letters)
    parts = (Tally(name=name, right=r, whole=w) for name, (r, w) in counted.items())
    return tuple(sorted(parts, key=lambda part: (part.right - part.whole, part.name)))


def _covered(mentions: Iterable[Mention]) -> set[int]:
    return {at for mention in mentions for at in range(mention.start, mention.end)}
