"""From a stretch of a released transcript back to the source: what a person is asked about."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from redact.core import Place, Span
from redact.custody.payload import LinkageKey, Replaced


class SourcePlaces:
    """Ready to say of many stretches of safe texts where they come from."""

    def __init__(self, key: LinkageKey) -> None:
        self._replaced: dict[str, list[Replaced]] = defaultdict(list)
        for item in key.replacements:
            self._replaced[item.doc].append(item)
        for items in self._replaced.values():
            items.sort(key=lambda r: (r.safe_start, r.start))
        self._starts = {d: [r.safe_start for r in items] for d, items in self._replaced.items()}

    def of(self, doc: str, span: Span) -> Place:
        """Where it is in the source; a pseudonym that it touches counts whole."""
        return Place.at(
            doc, self._source(doc, span.start, False), self._source(doc, span.end, True)
        )

    def _source(self, doc: str, at: int, is_end: bool) -> int:
        starts = self._starts.get(doc, [])
        number = bisect_right(starts, at - 1 if is_end else at) - 1
        if number < 0:
            return at
        item = self._replaced[doc][number]
        if at < item.safe_end or (is_end and at == item.safe_end):
            return item.end if is_end else item.start
        return item.end + at - item.safe_end
