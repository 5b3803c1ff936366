"""A reviewer's word on places of a transcript: it stands above what was detected, and outlasts it.

Rulings are kept apart from detections, as offsets of a text that does not change, so that they
hold when a newer version detects anew. They are never taken out: undoing one is a row of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from redact.core import Detection, Kept, Label, Mention, Place, Source
from redact.link.corrections import Act, Correction, undone


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a place of a transcript is: a mention of this label, or with no label none.

    `batch` numbers the rulings that were made at once, from 1; `time` is in UTC (RFC 3339).
    `found_label` is the label that the detectors had for just this place then, if any; `text` is
    what a person wrote to stand there, for a detail that singles somebody out: safe words, or None
    to bracket it. A ruling that `adds` hid letters that only a reviewer's word had hidden, or
    nothing. One of no mention that is said `everywhere` is about these words wherever they stand,
    not about this place alone. One of words that were `missed` says that they are a name to hide,
    also where its pseudonym was to stay as it is.
    """

    kind: ClassVar[str] = "ruling"
    batch: int
    place: Place
    label: Label | None
    by: str
    time: str
    found_label: str | None = None
    text: str | None = None
    adds: bool = False
    everywhere: bool = False
    missed: bool = False

    @property
    def transcript(self) -> str:
        return self.place.transcript


@dataclass(frozen=True, slots=True)
class Undoing:
    """The rulings of a batch do not hold any more."""

    kind: ClassVar[str] = "undoing"
    batch: int
    by: str
    time: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A second reader has read this transcript to its end."""

    kind: ClassVar[str] = "read"
    transcript: str
    by: str
    time: str
    batch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A passage whose details were looked at, and stay as the safe text has them."""

    kind: ClassVar[str] = "left"
    place: Place
    by: str
    time: str
    batch: int = 0

    @property
    def transcript(self) -> str:
        return self.place.transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """Who is to read this transcript, or to read it a second time; with no `to` nobody."""

    kind: ClassVar[str] = "assigned"
    transcript: str
    to: str | None
    second: bool
    by: str
    time: str
    batch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Words that are no name where they stand in a released file beside the transcripts.

    `token` is a keyed token of the words (elsewhere.py): the file has no place of its own yet.
    """

    kind: ClassVar[str] = "elsewhere"
    batch: int
    file: str
    token: str
    by: str
    time: str


ReviewRow = Ruling | Undoing | Read | Left | Assigned | Elsewhere


def last_batch(rows: Iterable[ReviewRow]) -> int:
    """The number of the newest batch; 0 if there is none."""
    return max((row.batch for row in rows), default=0)


def not_undone(rows: Sequence[ReviewRow]) -> tuple[Ruling, ...]:
    """The rulings whose batch nobody took back, in the order they were made."""
    undone = {row.batch for row in rows if isinstance(row, Undoing)}
    return tuple(row for row in rows if isinstance(row, Ruling) and row.batch not in undone)


def in_force(rows: Sequence[ReviewRow]) -> dict[str, tuple[Ruling, ...]]:
    """By transcript the rulings that hold, in text order: of two that overlap the later one."""
    held: dict[str, list[Ruling]] = defaultdict(list)
    for row in not_undone(rows):
        before = held[row.transcript]
        apart = [one for one in before if not one.place.overlaps(row.place)]
        held[row.transcript] = [*apart, row]
    return {
        transcript: tuple(sorted(rulings, key=lambda one: one.place))
        for transcript, rulings in held.items()
        if rulings
    }


def without_overruled(
    corrections: Iterable[Correction], rows: Sequence[ReviewRow]
) -> tuple[Correction, ...]:
    """The corrections, in their order; what was to stay as it is, not where a later ruling says
    that it is something else, or that the word is a name wherever it stands, nor where a later
    correction says of letters of the same place what else becomes of them.
    """
    adding = frozenset(row.batch for row in rows if isinstance(row, Ruling) and row.adds)
    held, said = in_force(rows), tuple(corrections)
    gone = undone(said)

    retold: dict[str, list[Place]] = defaultdict(list)  # by transcript, what later ones speak of
    last: list[Correction] = []
    for number, one in reversed(list(enumerate(said, start=1))):
        if not isinstance(one, Act) or number in gone:
            last.append(one)
        elif one.action != "keep":
            last.append(one)
            for place in one.places:
                retold[place.transcript].append(place)
        else:
            left = tuple(
                place
                for place in one.places
                if not any(p != place and p.overlaps(place) for p in retold[place.transcript])
                and not _is_overruled(place, one, held, adding)
            )
            last.append(replace(one, places=left))
    return tuple(reversed(last))


def _is_overruled(
    place: Place, act: Act, held: Mapping[str, tuple[Ruling, ...]], adding: frozenset[int]
) -> bool:
    was = next((group.label for group in act.before if place in group.places), None)
    return any(
        ruling.place.overlaps(place)
        and ruling.label is not None
        and ruling.time >= act.time
        and (
            ruling.missed or ruling.batch in adding or (ruling.place, ruling.label) != (place, was)
        )
        for ruling in held.get(place.transcript, ())
    )


def rewrites(rows: Sequence[ReviewRow]) -> dict[Place, str]:
    """By place what a person wrote to stand there."""
    held = (ruling for rulings in in_force(rows).values() for ruling in rulings)
    return {r.place: r.text for r in held if r.text}


def readers(rows: Iterable[ReviewRow], second: bool = False) -> dict[str, str]:
    """By transcript who is to read it (a second time): the newest word holds."""
    assigned = (row for row in rows if isinstance(row, Assigned) and row.second == second)
    newest = {row.transcript: row.to for row in assigned}
    return {transcript: to for transcript, to in newest.items() if to is not None}


def changed_since(detections: Iterable[Detection], rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The rulings at whose place the detectors now find something else than they did then."""
    labels = labels_at(detections)
    return tuple(r for r in rulings if labels.get(r.place) != r.found_label)


def labels_at(detections: Iterable[Detection]) -> dict[Place, str]:
    """What the detectors find, by place."""
    return {m.place: str(m.label) for d in detections for m in d.mentions}


def ruled(detections: Iterable[Detection], rows: Sequence[ReviewRow]) -> tuple[Detection, ...]:
    """The detections with the reviewers' word in them.

    A mention that a ruling touches gives way to it; one that it says again keeps its evidence.
    A place that is no mention is kept on the reviewer's word.
    """
    held = in_force(rows)
    return tuple(
        _ruled(detection, held[detection.transcript]) if detection.transcript in held else detection
        for detection in detections
    )


def _ruled(detection: Detection, rulings: tuple[Ruling, ...]) -> Detection:
    detected = {(m.place, m.label): m for m in detection.mentions}
    mentions = [m for m in detection.mentions if not _touched(m, rulings)]
    kept = [k for k in detection.kept if not any(k.place.overlaps(r.place) for r in rulings)]
    for ruling in rulings:
        if ruling.label is None:
            kept.append(Kept(ruling.place, "reviewer"))
            continue
        same = detected.get((ruling.place, ruling.label))
        sources = (*(same.sources if same else ()), Source.REVIEWER)
        kind = same.kind if same else ""
        mentions.append(
            Mention(place=ruling.place, label=ruling.label, score=1.0, sources=sources, kind=kind)
        )
    return Detection(
        detection.transcript,
        tuple(sorted(mentions, key=lambda m: m.span)),
        tuple(sorted(kept, key=lambda k: k.span)),
    )


def _touched(mention: Mention, rulings: tuple[Ruling, ...]) -> bool:
    return any(mention.place.overlaps(ruling.place) for ruling in rulings)
