"""The study that a page is open on: read when it changed, written by one request at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from redact.core import Detection, Label, Place
from redact.errors import StudyChanged, UsageError
from redact.link.corrections import correct
from redact.link.questions import WhoQuestion
from redact.page.opened import OpenedStudy, stamp_of
from redact.page.own_names import own_names, safe_names
from redact.page.release_waits import ReleaseWaits
from redact.page.saving import Saving
from redact.page.show import ShownStudy, entities_at
from redact.page.sitting import Sitting
from redact.page.standing import Pending, PeopleToAsk, Standing, WhoNow
from redact.pipeline import run_stage
from redact.release.make import ReleaseOutcome, release
from redact.release.open_forms import OpenForm, Waiting, asked_of, waiting
from redact.review import comment, decide
from redact.review.agreement import Agreement, between
from redact.review.answer import Answer, answer
from redact.review.ask import AsSaid, Replied, as_said, open_questions, take_answers
from redact.review.correct import Known
from redact.review.settle import first_readers, settle, settled_documents
from redact.review.verdict import Verdict
from redact.study import records
from redact.study.desk import Desk
from redact.study.hold import changed, hold
from redact.study.records import DECISIONS, ENTITIES, EVERYWHERE, MENTIONS
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
from redact.study.state import STATE, WHO_IS_ONE, is_current, read_state

_Done = TypeVar("_Done")
_INTERVIEWS_A_SECOND = 10  # made safe anew, before it is known how long it takes


@dataclass(slots=True, kw_only=True)
class Room:
    """One open study and the reviewer who sits at it.

    `approved_by` are the custodians who opened the key for it.
    """

    opened: OpenedStudy
    by: str
    blind: frozenset[str] = frozenset()  # what a second reader reads, without the first's decisions
    approved_by: tuple[str, ...] = ()
    recordings: Mapping[str, Path] = field(default_factory=dict, repr=False)  # by transcript
    _sitting: Sitting = field(init=False, repr=False)
    _waits: ReleaseWaits = field(init=False, repr=False)
    _applied: tuple[object, bool] | None = None  # what was looked at, and whether it is up to date
    _who: WhoNow | None = field(default=None, repr=False)
    _standing: Standing = field(default_factory=Standing, repr=False)
    _pending: Pending = field(default_factory=Pending)
    saving: Saving | None = None  # where the safe texts follow by themselves
    _asking: PeopleToAsk = field(default_factory=PeopleToAsk, repr=False)

    def __post_init__(self) -> None:
        study = self.desk.study
        self._sitting = Sitting(study=study, by=self.by, approved_by=self.approved_by)
        self._waits = ReleaseWaits(self.opened)

    @property
    def desk(self) -> Desk:
        """The study as it was opened last."""
        return self.opened.desk

    def open(self) -> None:
        """The page is about to open: in the log first."""
        count = len(self.blind or self.desk.transcripts)
        self.opened.write(lambda: self._sitting.open(count))

    def look(self, page: str, docs: Iterable[str]) -> None:
        """Words of these transcripts are about to be shown on this page: in the log first."""
        self.opened.write(lambda: self._sitting.look(page, docs))

    def close(self) -> None:
        """The page is closed: what was looked at goes into the log."""
        self.opened.write(self._sitting.close)

    def study(self) -> ShownStudy:
        """The records as they are now; a file that is as it was is not read again."""
        with self.opened.lock:
            self.opened.refresh()
            desk, study = self.desk, self.desk.study
            if self.blind:
                return self._blind_study()
            rows = self.opened.kept(study.rulings, records.read_rulings)
            detections = self.opened.kept(study.work / MENTIONS, records.read_detections)
            who, current = self._who_is_who(), self._is_current()
            decisions = self.opened.kept(study.work / DECISIONS, records.read_decisions)
            held = in_force(rows)
            corrections, standing = who.seen.corrections, self._standing_of(self._standing)
            return ShownStudy(
                transcripts=desk.transcripts,
                names=own_names(desk),
                safe_names=safe_names(desk),
                digests={one.doc_id: one.safe_sha256 for one in desk.key.documents},
                detections=standing,
                rulings=held,
                entities={entity.id: entity for entity in who.seen.entities},
                decisions={one.entity: one for one in decisions},
                settled=self._pending.without(settled_documents(desk), rows, corrections, current),
                read_by={doc: one.by for doc, one in read_state(study).settled.items()},
                newest=last_batch(rows),
                current=current,
                seconded=study.second.exists(),
                changed=changed_since(
                    (one for one in detections if one.transcript in held),
                    (r for one in held.values() for r in one),
                ),
                comments=desk.key.comments,
                left=frozenset(row.place for row in rows if isinstance(row, Left)),
                readers=readers(rows),
                seconds=readers(rows, second=True),
                entity_at=who.entity_at,
                corrections=corrections,
            )

    def _standing_of(self, standing: Standing) -> dict[str, Detection]:
        study = self.desk.study
        return standing.of(
            self.desk,
            self.opened.kept(study.work / MENTIONS, records.read_detections),
            self.opened.kept(study.rulings, records.read_rulings),
            records.read_corrections(study.corrections),
            stamp_of(study.work / EVERYWHERE),
        )

    def _blind_study(self) -> ShownStudy:
        """The sample as detected, with the second reader's own decisions and nobody else's."""
        desk = self.desk
        mine = self._seconds(self.by)
        detections = self.opened.kept(desk.study.work / MENTIONS, records.read_detections)
        return ShownStudy(
            transcripts=tuple(t for t in desk.transcripts if t.id in self.blind),
            names={doc: name for doc, name in own_names(desk).items() if doc in self.blind},
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
        rows = self.opened.kept(self.desk.study.second, records.read_rulings)
        return tuple(row for row in rows if by in ("", row.by))

    def agreement(self) -> Agreement:
        """The first reading against the second, where somebody has read twice."""
        with self.opened.lock:
            return between(
                self.desk.transcripts,
                self.opened.kept(self.desk.study.work / MENTIONS, records.read_detections),
                self.opened.kept(self.desk.study.rulings, records.read_rulings),
                self._seconds(),
                first_readers(self.desk),
            )

    def decide(self, places: tuple[Verdict, ...], seen: int) -> int:
        """Records a batch of the reviewer's decisions; gives its number."""
        if self.blind and not all(place.transcript in self.blind for place in places):
            raise UsageError("this transcript is not to be read a second time", where="review")
        detections = self.opened.kept(self.desk.study.work / MENTIONS, records.read_detections)
        second = bool(self.blind)
        return self.recorded(
            lambda: decide.decide(self.desk, places, self.by, seen, second, detections)
        )

    def waits(self) -> Waiting:
        """What the release waits for, without what was answered since it was asked for."""
        return self._waits.now()

    def waits_soon(self) -> Waiting | None:
        """The same, or None while the gates are asked."""
        return self._waits.soon()

    def say_of(self, form: OpenForm, said: Answer, label: Label, seen: int) -> None:
        """Records what open words are."""
        asked = asked_of(form)
        self.recorded(lambda: answer(self.desk, asked, said, label, self.by, seen))

    def go_on(self) -> ReleaseOutcome | None:
        """The safe texts made anew with every answer, and the release where nothing is open."""

        def made() -> ReleaseOutcome | None:
            with hold(self.desk.study, self.desk.seen):
                self.opened.keep(run_stage(self.desk, "replace")[0])
                return release(self.desk) if waiting(self.desk).is_over else None

        return self.opened.write(made, follows_from_records=True)

    def questions(self, most: int | None = None) -> tuple[WhoQuestion, ...]:
        """So many questions about who is who, or all; those of most worth first."""
        with self.opened.lock:
            return open_questions(self._asking.of(self.desk), self._who_is_who().seen, most)

    def tell(self, told: Replied) -> None:
        """Records the answer to one of them; the safe texts follow when they are made anew."""

        def made() -> None:
            seen = self._who_is_who().seen
            asked = self._asking.of(self.desk).questions(seen.entities, seen.corrections)
            said = take_answers(self.desk, seen, asked, (told,), self.by)
            self._who = WhoNow(self._who_stamps(), said, entities_at(said.entities))

        self.recorded(made)

    @property
    def is_asking(self) -> bool:
        """Whether the questions are at hand: the first time it takes long to find them."""
        return self._asking.is_of(self.desk)

    def _who_is_who(self) -> WhoNow:
        """The entities with all corrections, read again where a file of theirs changed."""
        if self._who is None or not (
            self.opened.is_as_it_was or self._who.stamps == self._who_stamps()
        ):
            self._who = self._read_who()
        return self._who

    def _read_who(self) -> WhoNow:
        stamps = self._who_stamps()
        linked = self.opened.kept(self.desk.study.work / ENTITIES, records.read_entities)
        seen = as_said(self.desk, linked)
        return WhoNow(stamps, seen, entities_at(seen.entities))

    def _who_stamps(self) -> object:
        study = self.desk.study
        paths = (study.work / ENTITIES, study.corrections, study.work / STATE)
        return (*map(stamp_of, paths), self.opened.seen)

    def leave(self, passage: Place) -> None:
        """The details of this passage may stay."""
        self.opened.write(lambda: decide.leave(self.desk, passage, self.by))

    def assign(self, docs: tuple[str, ...], to: str, second: bool) -> None:
        """These transcripts are for somebody to read, or to read a second time."""
        self.opened.write(lambda: decide.assign(self.desk, docs, to, self.by, second))

    def comment(self, doc: str, start: int, end: int, text: str) -> None:
        """Seals a comment into the key."""
        if self.blind and doc not in self.blind:
            raise UsageError("this transcript is not to be read a second time", where="review")
        self.opened.write(
            lambda: self.opened.keep(comment.comment(self.desk, doc, start, end, text, self.by))
        )

    def answer(self, comment_id: str) -> None:
        """A comment is dealt with."""
        self.opened.write(lambda: self.opened.keep(comment.answer(self.desk, comment_id, self.by)))

    def undo(self, batch: int) -> None:
        self.recorded(lambda: decide.undo(self.desk, batch, self.by, bool(self.blind)))

    def apply(self) -> None:
        """Makes the safe transcripts say what was decided.

        It follows from what is recorded, whatever the reviewer saw: a command that did it meanwhile
        is no reason to refuse.
        """

        def made() -> None:
            self.opened.keep(run_stage(self.desk, "replace")[0])

        self.opened.write(made, follows_from_records=True)

    def correct(self, change: Callable[[Desk, Known], None]) -> None:
        """Records a correction of entities; the safe texts follow when they are made anew."""

        def made() -> None:
            with hold(self.desk.study, self.desk.seen):
                if not self._who_is_who().seen.is_whole:  # something else than a person changed it
                    self.opened.keep(run_stage(self.desk, "replace")[0])
                seen = self._who_is_who().seen
                decisions = self.opened.kept(
                    self.desk.study.work / DECISIONS, records.read_decisions
                )
                change(self.desk, Known(seen.entities, decisions))
                self._who = self._after(seen)

        self.recorded(made)

    def _after(self, seen: AsSaid) -> WhoNow:
        """Who is who once more was said; what says only who is one is laid over what was seen."""
        said = records.read_corrections(self.desk.study.corrections)
        if not all(isinstance(one, WHO_IS_ONE) for one in said[len(seen.corrections) :]):
            return self._read_who()
        entities = correct(seen.entities, said, len(seen.corrections))
        return WhoNow(self._who_stamps(), AsSaid(entities, said), entities_at(entities))

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
            self.opened.write(lambda: decide.have_read(self.desk, doc, self.by))
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
                self.opened.keep(run_stage(self.desk, "replace")[0])
                name = self.desk.key.document(doc).safe_name
                settle(self.desk, (name,), self.by, "read against the original")
                self._sitting.settled(doc)

        self.opened.write(made)

    def saves_by_itself(self, ended: Callable[[], None] = lambda: None) -> Saving:
        """From now on the safe texts follow what is decided here; `ended` is told each time."""
        quiet = max(1.0, len(self.desk.transcripts) / _INTERVIEWS_A_SECOND)
        self.saving = Saving(self._save, quiet, ended)
        return self.saving

    def _save(self) -> None:
        """As `apply`, while others look: what they see is as it was until all of it is new."""
        desk = self.desk
        try:
            with hold(desk.study, desk.seen), self.opened.as_it_was():
                made, _ = run_stage(desk, "replace")
                self._learn(made)
        except StudyChanged:  # by another command
            self.apply()

    def _learn(self, made: Desk) -> None:
        """The study as it is once its safe texts were made anew; nobody waits for it."""
        work = made.study.work
        for path, read in ((ENTITIES, records.read_entities), (DECISIONS, records.read_decisions)):
            self.opened.read_again(work / path, read)
        self.opened.keep(made)
        standing = Standing()
        self._standing_of(standing)
        self._who, self._standing = self._read_who(), standing
        self._applied = (self._applied_stamps(), True)

    def recorded(self, change: Callable[[], _Done]) -> _Done:
        """Does what records a decision; the safe texts follow."""
        done = self.opened.write(change)
        if self.saving is not None and not self.blind:
            self.saving.soon()
        return done

    def _is_current(self) -> bool:
        """Whether the safe texts have every decision; asked anew when any of it changed."""
        if self.opened.is_as_it_was:
            return False  # they are being made
        stamps = self._applied_stamps()
        if self._applied is None or self._applied[0] != stamps:
            found = is_current(self.desk, read_state(self.desk.study), "replace")
            self._applied = (stamps, found)
        return self._applied[1]

    def _applied_stamps(self) -> object:
        study = self.desk.study
        paths = (
            study.rulings,
            study.corrections,
            study.work / STATE,
            *sorted(study.safe.iterdir()),
        )
        return (*map(stamp_of, paths), self.opened.seen)
