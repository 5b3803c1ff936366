"""The study that a page is open on: read when it changed, written by one request at a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize

from redact.core import Label, Place
from redact.custody.payload import Document
from redact.disk import files_in
from redact.errors import Busy, StudyChanged, UsageError
from redact.link.asking import Questioner
from redact.link.questions import WhoQuestion
from redact.page.show import EntityAt, ShownStudy, entities_at
from redact.page.sitting import Sitting
from redact.pipeline import run_stage
from redact.release.make import ReleaseOutcome, release
from redact.release.open_forms import OpenForm, Waiting, asked_of, still_open, waiting
from redact.review import comment, decide
from redact.review.agreement import Agreement, between
from redact.review.answer import Answer, answer
from redact.review.ask import AsSaid, Replied, as_said, asking_of, open_questions, take_answers
from redact.review.settle import first_readers, settle, settled_documents
from redact.study import records
from redact.study.desk import WITHDRAWAL, Desk, decided_on
from redact.study.hold import changed, hold
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
from redact.study.state import STATE, is_current, read_state

Stamp = tuple[int, int]  # of a file: when it was written, and its size
_Done = TypeVar("_Done")
_WAITS, _WAIT = 40, 0.05  # for another command's lock, in seconds


@dataclass(slots=True, kw_only=True)
class Room:
    """One open study and the reviewer who sits at it; `reopen` opens the study anew.

    `approved_by` are the custodians who opened the key for it.
    """

    desk: Desk
    by: str
    reopen: Callable[[], Desk] = field(repr=False)
    blind: frozenset[str] = frozenset()  # what a second reader reads, without the first's decisions
    approved_by: tuple[str, ...] = ()
    recordings: Mapping[str, Path] = field(default_factory=dict, repr=False)  # by transcript
    _sitting: Sitting = field(init=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _read_files: dict[str, tuple[Stamp, Any]] = field(default_factory=dict, repr=False)
    _waits: tuple[object, Waiting] | None = None  # what it was asked of, and what is open
    _applied: tuple[object, bool] | None = None  # what was looked at, and whether it is up to date
    _who: tuple[object, tuple[AsSaid, EntityAt]] | None = None  # of which files, who is who
    _asking: tuple[object, Questioner] | None = field(default=None, repr=False)
    _opened: tuple[tuple[str, Stamp], ...] = ()  # the files that say what was opened

    def __post_init__(self) -> None:
        study = self.desk.study
        self._sitting = Sitting(study=study, by=self.by, approved_by=self.approved_by)
        self._opened = self._stamps()

    def open(self) -> None:
        """The page is about to open: in the log first."""
        count = len(self.blind or self.desk.transcripts)
        self._write(lambda: self._sitting.open(count))

    def look(self, page: str, docs: Iterable[str]) -> None:
        """Words of these transcripts are about to be shown on this page: in the log first."""
        self._write(lambda: self._sitting.look(page, docs))

    def close(self) -> None:
        """The page is closed: what was looked at goes into the log."""
        self._write(self._sitting.close)

    def study(self) -> ShownStudy:
        """The records as they are now; a file that is as it was is not read again."""
        with self._lock:
            if self._stamps() != self._opened:  # another command sealed, rotated, withdrew …
                self._reopen()
            desk, study = self.desk, self.desk.study
            if self.blind:
                return self._blind_study()
            rows = self._kept(study.rulings, records.read_rulings)
            detections = self._kept(study.work / MENTIONS, records.read_detections)
            seen, entity_at = self._who_is_who()
            decisions = self._kept(study.work / DECISIONS, records.read_decisions)
            held = in_force(rows)
            corrections = seen.corrections
            standing = decided_on(desk, detections, rows, corrections)
            return ShownStudy(
                transcripts=desk.transcripts,
                names={d.doc_id: _both_names(d) for d in desk.key.documents},
                digests={document.doc_id: document.safe_sha256 for document in desk.key.documents},
                detections={detection.transcript: detection for detection in standing},
                rulings=held,
                entities={entity.id: entity for entity in seen.entities},
                decisions={one.entity: one for one in decisions},
                settled=settled_documents(desk),
                newest=last_batch(rows),
                current=self._is_current(),
                seconded=study.second.exists(),
                changed=changed_since(detections, (r for one in held.values() for r in one)),
                comments=desk.key.comments,
                left=frozenset(row.place for row in rows if isinstance(row, Left)),
                readers=readers(rows),
                seconds=readers(rows, second=True),
                entity_at=entity_at,
                corrections=corrections,
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
                first_readers(self.desk),
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

    def waits(self) -> Waiting:
        """What the release waits for, without what was answered since it was asked for.

        The gates are asked anew when safe texts, key or policy are others.
        """
        with self._lock:
            study = self.desk.study
            files = (*sorted(study.safe.iterdir()), study.settings, study.work / STATE)
            stamps = (*map(_stamp, files), self._opened)
            if self._waits is None or self._waits[0] != stamps:
                self._waits = (stamps, self._write(lambda: waiting(self.desk), True))
            return still_open(self.desk, self._waits[1])

    def say_of(self, form: OpenForm, said: Answer, label: Label, seen: int) -> None:
        """Records what open words are."""
        asked = asked_of(form)
        self._write(lambda: answer(self.desk, asked, said, label, self.by, seen))

    def go_on(self) -> ReleaseOutcome | None:
        """The safe texts made anew with every answer, and the release where nothing is open."""

        def made() -> ReleaseOutcome | None:
            with hold(self.desk.study, self.desk.seen):
                self._keep(run_stage(self.desk, "replace")[0])
                return release(self.desk) if waiting(self.desk).is_over else None

        return self._write(made, follows_from_records=True)

    def questions(self, most: int | None = None) -> tuple[WhoQuestion, ...]:
        """So many questions about who is who, or all; those of most worth first."""
        with self._lock:
            seen, _ = self._who_is_who()
            return open_questions(self._asked(), seen, most)

    def tell(self, told: Replied) -> None:
        """Records the answer to one of them; the safe texts follow when they are made anew."""

        def made() -> None:
            seen, _ = self._who_is_who()
            asked = self._asked().questions(seen.entities, seen.corrections)
            said = take_answers(self.desk, seen, asked, (told,), self.by)
            self._who = (self._who_stamps(), (said, entities_at(said.entities)))

        self._write(made)

    def _asked(self) -> Questioner:
        """The people of the transcripts as they were read last."""
        if self._asking is None or self._asking[0] is not self.desk.transcripts:
            self._asking = (self.desk.transcripts, asking_of(self.desk))
        return self._asking[1]

    def _who_is_who(self) -> tuple[AsSaid, EntityAt]:
        """The entities with all corrections, read again where a file of theirs changed."""
        stamps = self._who_stamps()
        if self._who is None or self._who[0] != stamps:
            seen = as_said(self.desk)
            self._who = (stamps, (seen, entities_at(seen.entities)))
        return self._who[1]

    def _who_stamps(self) -> object:
        study = self.desk.study
        paths = (study.work / ENTITIES, study.corrections, study.rulings, study.work / STATE)
        return (*map(_stamp, paths), self._opened)

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
        self._write(lambda: self._keep(comment.comment(self.desk, doc, start, end, text, self.by)))

    def answer(self, comment_id: str) -> None:
        """A comment is dealt with."""
        self._write(lambda: self._keep(comment.answer(self.desk, comment_id, self.by)))

    def undo(self, batch: int) -> None:
        self._write(lambda: decide.undo(self.desk, batch, self.by, bool(self.blind)))

    def apply(self) -> None:
        """Makes the safe transcripts say what was decided.

        It follows from what is recorded, whatever the reviewer saw: a command that did it meanwhile
        is no reason to refuse.
        """

        def made() -> None:
            self._keep(run_stage(self.desk, "replace")[0])

        self._write(made, follows_from_records=True)

    def correct(self, change: Callable[[Desk], None]) -> None:
        """A correction of entities, and the safe transcripts made anew with it."""

        def made() -> None:
            with hold(self.desk.study, self.desk.seen):
                self._keep(run_stage(self.desk, "replace")[0])
                change(self.desk)
                self._keep(run_stage(self.desk, "replace")[0])

        self._write(made)

    def settle(self, doc: str, seen: int, digest: str) -> None:
        """The reviewer has read this transcript and accepts it as its safe text has it.

        Their own decisions are applied first. `seen` is the newest batch on the page that was read
        and `digest` that of the safe file then: Stale if somebody else decided since, StudyChanged
        if a command made another of it. A form that says neither is taken as it is.
        """
        if self.study().transcript(doc) is None:
            raise UsageError(
                "there is no such transcript in this study",
                where="review",
                remedy="It may have been withdrawn meanwhile: go back to the corpus.",
            )
        if self.blind:
            self._write(lambda: decide.have_read(self.desk, doc, self.by))
            return

        def made() -> None:
            with hold(self.desk.study, self.desk.seen):
                rulings = in_force(decide.rows_of(self.desk)).get(doc, ())
                if seen >= 0 and (
                    since := [r for r in rulings if r.batch > seen and r.by != self.by]
                ):
                    raise decide.Stale(tuple(since))
                if digest and self.desk.key.document(doc).safe_sha256 != digest:
                    raise changed(self.desk.study)
                self._keep(run_stage(self.desk, "replace")[0])
                name = self.desk.key.document(doc).safe_name
                settle(self.desk, (name,), self.by, "read against the original")

        self._write(made)

    def _write(self, change: Callable[[], _Done], follows_from_records: bool = False) -> _Done:
        """Does it; once more if the study changed, but not what the reviewer saw of it.

        What follows from records alone is done once more whatever changed.
        """
        is_new = False
        with self._lock:
            for wait in range(_WAITS):
                try:
                    return change()
                except StudyChanged:
                    before = self.desk
                    self._reopen()
                    is_seen = follows_from_records or _says_the_same(before, self.desk)
                    if is_new or not is_seen:
                        raise
                    is_new = True
                except Busy:
                    if wait == _WAITS - 1:
                        raise
                    time.sleep(_WAIT)
            raise AssertionError

    def _reopen(self) -> None:
        """Looks at the study anew: what was decided and not applied stays so."""
        stamps = self._stamps()
        self.desk = self.reopen()
        self._opened = stamps

    def _keep(self, desk: Desk) -> None:
        """The desk after a change of ours."""
        self.desk, self._opened = desk, self._stamps()

    def _stamps(self) -> tuple[tuple[str, Stamp], ...]:
        """Changes with every key, packet, policy or withdrawal."""
        study = self.desk.study
        paths = (
            *files_in(study.linkage, "*"),
            *files_in(study.custody, "*"),
            study.policy,
            study.root / WITHDRAWAL,
        )
        return tuple((path.name, _stamp(path)) for path in paths if path.name[0] != ".")

    def _is_current(self) -> bool:
        """Whether the safe texts have every decision; asked anew when any of it changed."""
        study = self.desk.study
        paths = (study.rulings, study.corrections, study.work / STATE, *study.safe.iterdir())
        stamps = (*map(_stamp, paths), self._opened)
        if self._applied is None or self._applied[0] != stamps:
            found = is_current(self.desk, read_state(study), "replace")
            self._applied = (stamps, found)
        return self._applied[1]

    def _kept(self, path: Path, read: Callable[[Path], _Done]) -> _Done:
        stamp = _stamp(path)
        kept = self._read_files.get(path.name)
        if kept is None or kept[0] != stamp:
            kept = (stamp, read(path))
            self._read_files[path.name] = kept
        done: _Done = kept[1]
        return done


def _says_the_same(one: Desk, other: Desk) -> bool:
    """Whether what a reviewer saw at one desk is what they would see at the other."""
    return one.policy_data == other.policy_data and (
        (one.key.documents, one.key.entries, one.key.replacements)
        == (other.key.documents, other.key.entries, other.key.replacements)
    )


def _both_names(document: Document) -> str:
    """The released file, and the name that whoever opened the key gave it."""
    neutral, own = document.safe_name, document.source_name
    return f"{neutral} ({own})" if neutral and own != neutral else neutral


def _stamp(path: Path) -> Stamp:
    try:
        info = path.stat()
    except OSError:
        return (0, 0)
    return (info.st_mtime_ns, info.st_size)
