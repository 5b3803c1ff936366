"""What a release of the open study waits for: asked of the gates beside the page, and kept."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from redact.audit.consent_events import ThirdPartyDecided
from redact.audit.reading import read_log
from redact.errors import Busy, StudyChanged
from redact.page.opened import WAIT, WAITS, OpenedStudy, stamp_of
from redact.release.open_forms import Waiting, still_open, waiting
from redact.study.state import STATE

SHOWN_AFTER = 0.8  # seconds that a page waits for figures before it is shown without them


class ReleaseWaits:
    """The gates' word, asked anew when safe texts, key, policy, stage or tables are others, or
    somebody decided on a person who is spoken of.

    The gates take seconds. Meanwhile the pages answer and decisions are recorded: the lock of the
    open study is held only to see what it is.
    """

    def __init__(self, opened: OpenedStudy) -> None:
        self._opened = opened
        self._asking = threading.Lock()
        self._aside = ThreadPoolExecutor(1, "gates")
        self._asked: Future[Waiting] | None = None
        self._kept: tuple[object, Waiting] | None = None  # what it was asked of, and what is open

    def soon(self) -> Waiting | None:
        """The same if it is known in a moment; None while it is counted.

        Raises what asking raises.
        """
        if self._asked is None or self._asked.done():
            self._asked = self._aside.submit(self.now)
        try:
            return self._asked.result(SHOWN_AFTER)
        except TimeoutError:
            return None

    def now(self) -> Waiting:
        """What is open, without what was answered since it was asked."""
        with self._asking:
            stamps = self._stamps()
            if self._kept is None or self._kept[0] != stamps:
                self._kept = (stamps, self._ask())
            return still_open(self._opened.desk, self._kept[1])

    def _stamps(self) -> object:
        with self._opened.lock:
            study = self._opened.desk.study
            files = (*sorted(study.safe.iterdir()), study.settings, study.work / STATE)
            tables = (Path(table.path) for table in self._opened.desk.key.tables)
            decided = sum(isinstance(e.event, ThirdPartyDecided) for e in read_log(study.audit))
            return (*map(stamp_of, (*files, *tables)), decided, self._opened.seen)

    def _ask(self) -> Waiting:
        is_new, tries = False, 0
        while True:
            try:
                return waiting(self._opened.desk)
            except StudyChanged:
                if is_new:
                    raise
                is_new = True
                with self._opened.lock:
                    self._opened.look_again()
            except Busy:
                tries += not self._opened.is_as_it_was  # for a thread of ours as long as it takes
                if tries == WAITS:
                    raise
                time.sleep(WAIT)
