"""What the one figure hides: names in talk, in speaker labels and as initials; errors by cause.

A person's name stands in a speaker label or in the talk; written as two or three capitals it is
initials, wherever it stands. A prediction is counted once under each source that saw it, by its
letters, as precision is; `alone` counts those that this source alone saw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redact.core import Mention, Span
from redact.evaluate.gold import KEEP, GoldDocument, GoldSpan
from redact.evaluate.metrics import letters_of
from redact.transcript.spans import overlapping

IN_TALK, AS_LABELS, INITIALS = "names in talk", "names as speaker labels", "initials"
_MOST_INITIALS = 3


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
