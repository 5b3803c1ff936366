"""The study that a page is open on: read when it changed, written by one request at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from redact import records, reviewing
from redact.desk import Desk
from redact.detect.rulings import in_force, last_batch, ruled
from redact.errors import RedactError
from redact.pipeline import DECISIONS, ENTITIES, MENTIONS, SETTLED, is_current, run_stage
from redact.releasing import settle, settled_documents
from redact.review.show import Study

_Done = TypeVar("_Done")
_WAITS, _WAIT = 40, 0.05  # for another command's lock, in seconds


@dataclass(slots=True)
class Room:
    """One open study and the reviewer who sits at it; `reopen` opens the study anew."""

    desk: Desk
    by: str
    reopen: Callable[[], Desk] = field(repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _seen: tuple[tuple[int, int], ...] = ()
    _study: Study | None = field(default=None, repr=False)

    def study(self) -> Study:
        """The records as they are now."""
        with self._lock:
            stamp = tuple(_stamp(path) for path in self._files())
            if self._study is None or stamp != self._seen:
                self._study, self._seen = self._read(), stamp
            return self._study

    def decide(self, places: tuple[reviewing.Place, ...], seen: int) -> int:
        """Records a batch of the reviewer's decisions; gives its number."""
        return self._write(lambda: reviewing.decide(self.desk, places, self.by, seen))

    def undo(self, batch: int) -> None:
        self._write(lambda: reviewing.undo(self.desk, batch, self.by))

    def apply(self) -> None:
        """Makes the safe transcripts say what was decided."""

        def made() -> None:
            run_stage(self.desk, "replace")
            self.desk = self.reopen()

        self._write(made)

    def correct(self, change: Callable[[Desk], None]) -> None:
        """A correction of entities, and the safe transcripts made anew with it."""

        def made() -> None:
            run_stage(self.desk, "replace")
            self.desk = self.reopen()
            change(self.desk)
            run_stage(self.reopen(), "replace")
            self.desk = self.reopen()

        self._write(made)

    def settle(self, doc: str) -> None:
        """The reviewer has read this transcript and accepts it as its safe text has it."""
        name = self.desk.key.document(doc).safe_name
        self._write(lambda: settle(self.desk, (name,), self.by, "read against the original"))

    def _write(self, change: Callable[[], _Done]) -> _Done:
        with self._lock:
            for wait in range(_WAITS):
                try:
                    return change()
                except RedactError as error:
                    busy = error.what == "another redact command is working on this study"
                    if not busy or wait == _WAITS - 1:
                        raise
                time.sleep(_WAIT)
            raise AssertionError

    def _files(self) -> tuple[Path, ...]:
        study = self.desk.study
        work = (MENTIONS, ENTITIES, DECISIONS, SETTLED, "state.json")
        return (study.rulings, study.corrections, *(study.work / name for name in work))

    def _read(self) -> Study:
        desk = self.desk
        rows = reviewing.rows_of(desk)
        found = records.read_detections(desk.study.work / MENTIONS)
        return Study(
            desk.transcripts,
            {document.doc_id: document.safe_name for document in desk.key.documents},
            {detection.transcript: detection for detection in ruled(found, rows)},
            in_force(rows),
            {entity.id: entity for entity in records.read_entities(desk.study.work / ENTITIES)},
            {one.entity: one for one in records.read_decisions(desk.study.work / DECISIONS)},
            settled_documents(desk),
            last_batch(rows),
            is_current(desk, "replace"),
        )


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
