"""What one reviewer looks at in one sitting at the page: in the log before it is shown.

The opening of the page is an entry, and so is each page with the words of transcripts on it. An
entry holds for ten minutes: what is shown again in that time is counted, and the counts are the
last entry, when the page closes. So no look is without its entry, and the log does not grow with
every key that is pressed (docs/decisions/026).
"""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from unicodedata import normalize

from redact.audit.events import LinkageRevealed
from redact.key.looks import HOLDS, Showing, log_look
from redact.study.folder import Study

_MOST = 2000  # transcripts an entry: a line of the log is at most 64 KiB


@dataclass(slots=True, kw_only=True)
class Sitting:
    """One run of the page: who sits at it, and who agreed that originals are shown."""

    study: Study
    by: str
    approved_by: tuple[str, ...]
    clock: Callable[[], float] = time.monotonic
    _entered: dict[tuple[str, str], float] = field(default_factory=dict)  # by page and transcript
    _looks: Counter[str] = field(default_factory=Counter)  # by transcript

    def open(self, documents: int) -> None:
        """The page is about to open on so many transcripts."""
        log_look(self.study, self._entry("intent", documents))

    def look(self, page: str, docs: Iterable[str]) -> None:
        """Words of these transcripts are about to be shown on this page.

        Raises RedactError if the log cannot take it: then nothing may be shown.
        """
        shown, now = sorted(set(docs)), self.clock()
        last = self._entered
        new = [doc for doc in shown if now - last.get((page, doc), -HOLDS) >= HOLDS]
        for some in itertools.batched(new, _MOST):
            log_look(self.study, self._entry("intent", len(some), page, docs=some))
            last.update({(page, doc): now for doc in some})
        self._looks.update(shown)

    def settled(self, doc: str) -> None:
        """It was read and settled: what is shown of it from now on is another look."""
        self._entered = {key: at for key, at in self._entered.items() if key[1] != doc}

    def close(self) -> None:
        """The page is closed: how often words of each transcript were shown."""
        counted = sorted(self._looks.items())
        for some in itertools.batched(counted, _MOST) if counted else ((),):
            log_look(self.study, self._entry("done", len(counted), looks=dict(some)))

    def _entry(
        self,
        phase: str,
        documents: int,
        page: str = "",
        docs: tuple[str, ...] | None = None,
        looks: dict[str, int] | None = None,
    ) -> LinkageRevealed:
        return LinkageRevealed(
            phase=phase,
            purpose=f"{Showing.REVIEW}: {page}" if page else Showing.REVIEW.value,
            documents=documents,
            approved_by=self.approved_by,
            by=normalize("NFC", self.by),
            docs=docs,
            looks=looks,
        )
