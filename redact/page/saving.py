"""The safe texts follow what was decided, by themselves, a moment after the last decision."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from enum import StrEnum

from redact.errors import RedactError

_QUIET = 1.0  # seconds without a decision before they are made anew
_AGAIN = 5.0  # before it is tried again
_LONGEST_PAUSE = 60.0  # that somebody must make before their safe texts are made anew


class SavingState(StrEnum):
    """How far the safe texts are behind what was decided."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"


class Saving:
    """A thread that makes the safe texts anew when somebody decided and then paused.

    What was decided is recorded already when it is told of: a page that is killed loses nothing.
    Who decides while the safe texts are made anew has to wait, so it begins only when somebody has
    paused for twice as long as it took last: then it is likely that they go on pausing.
    """

    def __init__(
        self,
        save: Callable[[], None],
        quiet: float = _QUIET,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        """`ended` is told each time when it was done, or could not be."""
        self._save, self._quiet, self._tell = save, quiet, ended
        self._least = min(quiet, _QUIET)
        self._news = threading.Condition()
        self._due: float | None = None
        self._is_over = False
        self.state = SavingState.SAVED
        self.problem = ""
        self._thread = threading.Thread(target=self._work, name="saving", daemon=True)
        self._thread.start()

    def soon(self) -> None:
        """Something was decided: the safe texts are to have it before long."""
        with self._news:
            self._due = time.monotonic() + self._quiet
            self.state = SavingState.SAVING
            self._news.notify()

    def close(self) -> None:
        """Ends when what is under way is done; what is not begun waits for the next command."""
        with self._news:
            self._is_over = True
            self._news.notify()
        self._thread.join()

    def _work(self) -> None:
        while self._wait():
            began = time.monotonic()
            try:
                self._save()
                took = time.monotonic() - began
                self._quiet = min(max(self._least, 2 * took), _LONGEST_PAUSE)
            except (RedactError, OSError) as error:
                what = error.what if isinstance(error, RedactError) else "the disk refuses"
                self._ended(SavingState.FAILED, what)
            else:
                self._ended(SavingState.SAVED)

    def _wait(self) -> bool:
        """Until it is time to save; False when the page closes."""
        with self._news:
            while not self._is_over:
                left = None if self._due is None else self._due - time.monotonic()
                if left is not None and left <= 0:
                    self._due = None
                    return True
                self._news.wait(left)
        return False

    def _ended(self, state: SavingState, problem: str = "") -> None:
        with self._news:
            if self._due is None:  # nothing was decided meanwhile
                self.state, self.problem = state, problem
                if state is SavingState.FAILED:
                    self._due = time.monotonic() + _AGAIN
        self._tell()
