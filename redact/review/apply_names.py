"""What a corrected list of names changes, done: as decisions and corrections, in a person's name.

First what is a name and what is none; then what is parted and of another kind; then what is one.
The study is brought up to date after each, so that every record says what was before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from redact.audit.events import LinkageRevealed
from redact.core import Entity, Label, Place
from redact.disk import write_atomic
from redact.errors import UsageError
from redact.key.looks import Showing, looking
from redact.link.corrections import Apart, Correction, Merge, Retype, Split, correct
from redact.pipeline import run_stage
from redact.review import decide
from redact.review.ask import as_said, asking_of, open_questions
from redact.review.correct import as_they_were, record
from redact.review.exchange import log_of_uncovering, once
from redact.review.name_list import found_interviews, found_names, with_may_be
from redact.review.name_sheet import read_names, write_names
from redact.review.take_names import Changes, changes_of, joined
from redact.review.uncover import Bare, WouldUncover, require_finished, uncovered
from redact.review.verdict import Verdict
from redact.study import records
from redact.study.desk import Desk
from redact.study.records import ENTITIES

ENDINGS = (".xlsx", ".csv")
REASON = "a corrected list of names"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenList:
    """What was recorded of a list, in figures, and the rows whose names stand nowhere."""

    names_added: int
    uncovered: int
    parted: int
    retyped: int
    joined: int
    settled: int
    rows_nowhere: tuple[int, ...]
    rows_gone: int


def write_list(desk: Desk, to: Path, approved_by: tuple[str, ...]) -> int:
    """Writes the study's names to a file for its owner alone; how many. It is logged first.

    UsageError for a place that would be shared or is taken, and for an ending of another kind.
    """
    check_place(desk, to)
    names = with_may_be(found_names(desk), open_questions(asking_of(desk), as_said(desk)))
    held = found_interviews(desk)
    look = LinkageRevealed(
        phase="intent",
        purpose=Showing.NAMES.value,
        documents=len(desk.transcripts),
        entries=len(names),
        approved_by=approved_by,
    )
    with looking(desk.study, look):
        write_atomic(to, write_names(names, held, to.suffix.lower()))
    return len(names)


def check_place(desk: Desk, to: Path) -> None:
    """Raises UsageError where a list of all names must not be written."""
    if to.suffix.lower() not in ENDINGS:
        raise UsageError(
            "the list is written as .xlsx or .csv",
            where=str(to),
            remedy="Give a name that ends so, for example names.xlsx.",
        )
    if to.exists():
        raise UsageError("this file is there already", where=str(to), remedy="Choose another name.")
    if to.resolve().is_relative_to(desk.study.root.resolve()):
        raise UsageError(
            "the study folder is no place for originals",
            where=str(to),
            remedy="Choose a folder beside it; the file holds every name of the study.",
        )


def take_list(desk: Desk, path: Path, by: str, uncover: bool = False) -> tuple[Desk, TakenList]:
    """Records what a corrected list says otherwise, and brings the safe transcripts up to date.

    Raises BadInput or UsageError, naming the row, for what cannot be; WouldUncover, unless
    `uncover`, for what would put hidden letters in clear. Then nothing is recorded.
    """
    changes = changes_of(desk, found_names(desk), read_names(path))
    bare = _would_uncover(desk, changes, path, uncover)
    if changes.is_empty:
        return desk, _counted(changes, bare)
    _require_alike(desk, changes, path)
    verdicts = [*changes.verdicts, *_no_names(changes.no_names)]
    if verdicts:
        said = log_of_uncovering(desk, bare, by)
        whole = once(desk, verdicts, str(path))
        decide.decide(desk, whole, by, decide.newest(desk), uncovers=said)
        desk, _ = run_stage(desk, "replace")
    desk = _corrected(desk, _first_corrections(changes), by)
    desk = _corrected(desk, _last_corrections(changes), by)
    return desk, _counted(changes, bare)


def _no_names(places: Iterable[Place]) -> list[Verdict]:
    return [Verdict(transcript=p.transcript, start=p.start, end=p.end, label=None) for p in places]


def _would_uncover(desk: Desk, changes: Changes, path: Path, uncover: bool) -> tuple[Bare, ...]:
    bare = uncovered(desk, changes.no_names)
    if bare:
        require_finished(desk, bare, str(path))
        if not uncover:
            raise WouldUncover(bare, str(path))
    return bare


Maker = Callable[[list[Entity], Desk], Correction | None]


def _first_corrections(changes: Changes) -> list[Maker]:
    """What is parted, and what is of another kind."""

    def parted(places: tuple[Place, ...]) -> Maker:
        def make(meant: list[Entity], desk: Desk) -> Correction | None:
            if sum(len(entity.mentions) for entity in meant) == len(places):
                return None  # it is all of what it is part of
            return Split(places=places, before=as_they_were(desk, meant))

        return make

    def retyped(label: Label) -> Maker:
        def make(meant: list[Entity], desk: Desk) -> Correction | None:
            if all(entity.label == label for entity in meant):
                return None
            places = tuple(m.place for entity in meant for m in entity.mentions)
            return Retype(places=places, before=as_they_were(desk, meant), label=label)

        return make

    return [
        *(_at(places, parted(places)) for places in changes.parted),
        *(_at((place,), retyped(label)) for place, label in changes.retyped),
    ]


def _last_corrections(changes: Changes) -> list[Maker]:
    """What is one, and what is nobody else."""

    def merged(meant: list[Entity], desk: Desk) -> Correction | None:
        if len(meant) < 2:
            return None
        places = tuple(entity.mentions[0].place for entity in meant)
        return Merge(places=places, before=as_they_were(desk, meant))

    def apart(meant: list[Entity], desk: Desk) -> Correction | None:
        places = tuple(entity.mentions[0].place for entity in meant)
        return Apart(places=places, before=as_they_were(desk, meant)) if meant else None

    return [
        *(_at(group, merged) for group in joined(changes.groups)),
        *(_at((place,), apart) for place in changes.settled),
    ]


def _at(places: Sequence[Place], make: Maker) -> Maker:
    """The same of the entities that have a mention at these places."""
    wanted = set(places)

    def made(entities: list[Entity], desk: Desk) -> Correction | None:
        meant = [e for e in entities if any(m.place in wanted for m in e.mentions)]
        return make(meant, desk) if meant else None

    return made


def _corrected(desk: Desk, makers: Sequence[Maker], by: str) -> Desk:
    """Records the corrections one after the other, and brings the study up to date."""
    entities = list(records.read_entities(desk.study.work / ENTITIES))
    for make in makers:
        correction = make(entities, desk)
        if correction is not None:
            record(desk, correction, by, REASON)
            entities = list(correct(entities, (correction,)))
    return run_stage(desk, "replace")[0] if makers else desk


def _require_alike(desk: Desk, changes: Changes, path: Path) -> None:
    """Raises UsageError where two of different kinds would be one."""
    entities = records.read_entities(desk.study.work / ENTITIES)
    label_of = {m.place: e.label for e in entities for m in e.mentions}
    first = {m.place: e.mentions[0].place for e in entities for m in e.mentions}
    new = {first[place]: label for place, label in changes.retyped}
    for group in joined(changes.groups):
        labels = {new.get(first[place], label_of[place]) for place in group if place in label_of}
        if len(labels) > 1:
            raise UsageError(
                f"two rows of different kinds ({', '.join(sorted(labels))}) would be one",
                where=str(path),
                remedy="Write the same kind into both rows, or take them apart. Nothing was "
                "recorded.",
            )


def _counted(changes: Changes, bare: tuple[Bare, ...]) -> TakenList:
    return TakenList(
        names_added=len(changes.verdicts),
        uncovered=len(bare),
        parted=len(changes.parted),
        retyped=len(changes.retyped),
        joined=len(joined(changes.groups)),
        settled=len(changes.settled),
        rows_nowhere=changes.rows_nowhere,
        rows_gone=changes.rows_gone,
    )
