"""The study that a page is open on: read when it changed, written by one request at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize

from redact.core import Entity, Place
from redact.disk import files_in
from redact.errors import Busy, UsageError
from redact.page.show import EntityAt, ShownStudy, entities_at
from redact.pipeline import run_stage
from redact.review import comment, decide
from redact.review.agreement import Agreement, between
from redact.review.settle import settle, settled_documents
from redact.study import records
from redact.study.desk import Desk
from redact.study.records import DECISIONS, ENTITIES, MENTIONS
from redact.study.rulings import (
    Left,
    Read,
    ReviewRow,
    changed_since,
    in_force,
    last_batch,
    readers,
    ruled,
)

Stamp = tuple[int, int]  # of a file: when it was written, and its size
_Done = TypeVar("_Done")
_WAITS, _WAIT = 40, 0.05  # for another command's lock, in seconds


@dataclass(slots=True, kw_only=True)
class Room:
    """One open study and the reviewer who sits at it; `reopen` opens the study anew."""

    desk: Desk
    by: str
    reopen: Callable[[], Desk] = field(repr=False)
    blind: frozenset[str] = frozenset()  # what a second reader reads, without the first's decisions
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _read_files: dict[str, tuple[Stamp, Any]] = field(default_factory=dict, repr=False)
    _applied: tuple[Stamp, Stamp] | None = None
    _sealed: frozenset[str] = frozenset()  # names of the key's files when it was opened

    def __post_init__(self) -> None:
        self._applied = self._decided()
        self._sealed = self._key_files()

    def study(self) -> ShownStudy:
        """The records as they are now; a file that is as it was is not read again."""
        with self._lock:
            if self._key_files() != self._sealed:  # somebody sealed a newer one
                self.desk, self._sealed = comment.latest(self.desk), self._key_files()
            desk, study = self.desk, self.desk.study
            if self.blind:
                return self._blind_study()
            rows = self._kept(study.rulings, records.read_rulings)
            detections = self._kept(study.work / MENTIONS, records.read_detections)
            entities, entity_at = self._kept(study.work / ENTITIES, _read_entities)
            decisions = self._kept(study.work / DECISIONS, records.read_decisions)
            held = in_force(rows)
            return ShownStudy(
                transcripts=desk.transcripts,
                names={document.doc_id: document.safe_name for document in desk.key.documents},
                detections={
                    detection.transcript: detection for detection in ruled(detections, rows)
                },
                rulings=held,
                entities={entity.id: entity for entity in entities},
                decisions={one.entity: one for one in decisions},
                settled=settled_documents(desk),
                newest=last_batch(rows),
                current=self._decided() == self._applied,
                seconded=study.second.exists(),
                changed=changed_since(detections, (r for one in held.values() for r in one)),
                comments=desk.key.comments,
                left=frozenset(row.place for row in rows if isinstance(row, Left)),
                readers=readers(rows),
                seconds=readers(rows, second=True),
                entity_at=entity_at,
                corrections=self._kept(study.corrections, records.read_corrections),
            )

    def _blind_study(self) -> ShownStudy:
        """The sample as detected, with the second reader's own decisions and nobody else's."""
        desk = self.desk
        mine = self._seconds(self.by)
        detections = self._kept(desk.study.work / MENTIONS, records.read_detections)
        return ShownStudy(
            transcripts=tuple(t for t in desk.transcripts if t.id in self.blind),
            names={d.doc_id: d.safe_name for d in desk.key.documents if d.doc_id in self.blind},
            detections={
                d.transcript: d for d in ruled(detections, mine) if d.transcript in self.blind
            },
            rulings=in_force(mine),
            entities={},
            decisions={},
            settled=frozenset(row.transcript for row in mine if isinstance(row, Read)),
            newest=last_batch(self._seconds()),
            current=True,
            blind=True,
            comments=tuple(one for one in desk.key.comments if one.by == normalize("NFC", self.by)),
        )

    def _seconds(self, by: str = "") -> tuple[ReviewRow, ...]:
        rows = self._kept(self.desk.study.second, records.read_rulings)
        return tuple(row for row in rows if by in ("", row.by))

    def agreement(self) -> Agreement:
        """The first reading against the second, where somebody has read twice."""
        with self._lock:
            return between(
                self.desk.transcripts,
                self._kept(self.desk.study.work / MENTIONS, records.read_detections),
                self._kept(self.desk.study.rulings, records.read_rulings),
                self._seconds(),
            )

    def decide(self, places: tuple[decide.Verdict, ...], seen: int) -> int:
        """Records a batch of the reviewer's decisions; gives its number."""
        if self.blind and not all(place.transcript in self.blind for place in places):
            raise UsageError("this transcript is not to be read a second time", where="review")
        detections = self._kept(self.desk.study.work / MENTIONS, records.read_detections)
        second = bool(self.blind)
        return self._write(
            lambda: decide.decide(self.desk, places, self.by, seen, second, detections)
        )

    def leave(self, passage: Place) -> None:
        """The details of this passage may stay."""
        self._write(lambda: decide.leave(self.desk, passage, self.by))

    def assign(self, docs: tuple[str, ...], to: str, second: bool) -> None:
        """These transcripts are for somebody to read, or to read a second time."""
        self._write(lambda: decide.assign(self.desk, docs, to, self.by, second))

    def comment(self, doc: str, start: int, end: int, text: str) -> None:
        """Seals a comment into the key."""
        if self.blind and doc not in self.blind:
            raise UsageError("this transcript is not to be read a second time", where="review")
        self.desk = self._write(lambda: comment.comment(self.desk, doc, start, end, text, self.by))
        self._sealed = self._key_files()

    def answer(self, comment_id: str) -> None:
        """A comment is dealt with."""
        self.desk = self._write(lambda: comment.answer(self.desk, comment_id, self.by))
        self._sealed = self._key_files()

    def undo(self, batch: int) -> None:
        self._write(lambda: decide.undo(self.desk, batch, self.by, bool(self.blind)))

    def apply(self) -> None:
        """Makes the safe transcripts say what was decided."""

        def made() -> None:
            run_stage(self.desk, "replace")
            self._reopen()

        self._write(made)

    def correct(self, change: Callable[[Desk], None]) -> None:
        """A correction of entities, and the safe transcripts made anew with it."""

        def made() -> None:
            run_stage(self.desk, "replace")
            self._reopen()
            change(self.desk)
            run_stage(self.reopen(), "replace")
            self._reopen()

        self._write(made)

    def settle(self, doc: str) -> None:
        """The reviewer has read this transcript and accepts it as its safe text has it."""
        if self.blind:
            self._write(lambda: decide.have_read(self.desk, doc, self.by))
            return
        name = self.desk.key.document(doc).safe_name
        self._write(lambda: settle(self.desk, (name,), self.by, "read against the original"))

    def _write(self, change: Callable[[], _Done]) -> _Done:
        with self._lock:
            for wait in range(_WAITS):
                try:
                    return change()
                except Busy:
                    if wait == _WAITS - 1:
                        raise
                time.sleep(_WAIT)
            raise AssertionError

    def _reopen(self) -> None:
        self.desk = self.reopen()
        self._sealed = self._key_files()
        self._applied = self._decided()

    def _key_files(self) -> frozenset[str]:
        return frozenset(path.name for path in files_in(self.desk.study.linkage, "*.age"))

    def _decided(self) -> tuple[Stamp, Stamp]:
        """Changes with every decision of a person."""
        return _stamp(self.desk.study.rulings), _stamp(self.desk.study.corrections)

    def _kept(self, path: Path, read: Callable[[Path], _Done]) -> _Done:
        stamp = _stamp(path)
        kept = self._read_files.get(path.name)
        if kept is None or kept[0] != stamp:
            kept = (stamp, read(path))
            self._read_files[path.name] = kept
        done: _Done = kept[1]
        return done


def _read_entities(path: Path) -> tuple[tuple[Entity, ...], EntityAt]:
    entities = records.read_entities(path)
    return entities, entities_at(entities)


def _stamp(path: Path) -> Stamp:
    try:
        info = path.stat()
    except OSError:
        return (0, 0)
    return (info.st_mtime_ns, info.st_size)
