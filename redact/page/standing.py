"""The mentions as they stand, kept between looks: a word changes the transcripts it is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from redact.core import Detection, Transcript
from redact.custody.payload import LinkageKey
from redact.link.asking import Questioner
from redact.link.corrections import Correction, Undo
from redact.page.show import EntityAt
from redact.review.ask import AsSaid, asking_of
from redact.study.desk import Desk, decided_on
from redact.study.rulings import ReviewRow, Ruling, Undoing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """What all of them follow from; another object means that it was read anew."""

    key: LinkageKey = field(repr=False)
    transcripts: tuple[Transcript, ...] = field(repr=False)
    found: tuple[Detection, ...] = field(repr=False)
    everywhere: tuple[int, int]  # when that file was written, and its size

    def is_of(self, other: _Basis) -> bool:
        return (
            self.key is other.key
            and self.transcripts is other.transcripts
            and self.found is other.found
            and self.everywhere == other.everywhere
        )


@dataclass(frozen=True, slots=True)
class WhoNow:
    """Who is who as it is said now: of which files, the entities, and whom each place means."""

    stamps: object
    seen: AsSaid
    entity_at: EntityAt


@dataclass(slots=True, kw_only=True)
class Standing:
    """`decided_on` over all transcripts, made anew only where somebody said something since."""

    _basis: _Basis | None = None
    _rows: tuple[ReviewRow, ...] = ()
    _corrections: tuple[Correction, ...] = ()
    _standing: dict[str, Detection] = field(default_factory=dict, repr=False)

    def of(
        self,
        desk: Desk,
        found: tuple[Detection, ...],
        rows: tuple[ReviewRow, ...],
        corrections: tuple[Correction, ...],
        everywhere: tuple[int, int],
    ) -> dict[str, Detection]:
        """By transcript, in the order of the transcripts."""
        basis = _Basis(
            key=desk.key, transcripts=desk.transcripts, found=found, everywhere=everywhere
        )
        wanted = found
        if (
            self._basis is not None
            and self._basis.is_of(basis)
            and self._goes_on(rows, corrections)
        ):
            touched = _ruled_since(rows, len(self._rows)) | _corrected_since(
                corrections, len(self._corrections)
            )
            wanted = tuple(one for one in found if one.transcript in touched)
        else:
            self._standing = {}
        if wanted:
            new = {one.transcript: one for one in decided_on(desk, wanted, rows, corrections)}
            self._standing = {**self._standing, **new}  # whoever has the one before keeps it
        self._basis, self._rows, self._corrections = basis, rows, corrections
        return self._standing

    def _goes_on(self, rows: tuple[ReviewRow, ...], corrections: tuple[Correction, ...]) -> bool:
        """Whether what was said then is still the beginning of what is said now."""
        return (
            rows[: len(self._rows)] == self._rows
            and corrections[: len(self._corrections)] == self._corrections
        )


@dataclass(slots=True)
class PeopleToAsk:
    """The people of the transcripts as they were read last, to be asked about."""

    _transcripts: tuple[Transcript, ...] | None = field(default=None, repr=False)
    _questioner: Questioner | None = field(default=None, repr=False)

    def is_of(self, desk: Desk) -> bool:
        """Whether they were read from what the desk has."""
        return self._questioner is not None and self._transcripts is desk.transcripts

    def of(self, desk: Desk) -> Questioner:
        """Read the first time, which takes long."""
        if self._questioner is None or not self.is_of(desk):
            self._transcripts, self._questioner = desk.transcripts, asking_of(desk)
        return self._questioner


@dataclass(slots=True)
class Pending:
    """What somebody decided on since the safe texts had every decision."""

    _said: tuple[int, int] | None = None  # rulings and corrections that the safe texts had

    def without(
        self,
        settled: frozenset[str],
        rows: tuple[ReviewRow, ...],
        corrections: tuple[Correction, ...],
        is_current: bool,
    ) -> frozenset[str]:
        """Those of the settled transcripts that nobody decided on since they were read."""
        if is_current:
            self._said = (len(rows), len(corrections))
            return settled
        if self._said is None:
            return frozenset()
        touched = _ruled_since(rows, self._said[0])
        return settled - touched - _corrected_since(corrections, self._said[1])


def _ruled_since(rows: tuple[ReviewRow, ...], known: int) -> set[str]:
    """The transcripts that rulings after the first so many are about."""
    new = rows[known:]
    undone = {row.batch for row in new if isinstance(row, Undoing)}
    rulings = (row for row in rows if isinstance(row, Ruling))
    return {row.transcript for row in rulings if row.batch in undone} | {
        row.transcript for row in new if isinstance(row, Ruling)
    }


def _corrected_since(corrections: tuple[Correction, ...], known: int) -> set[str]:
    new = list(corrections[known:])
    new += [corrections[row.row - 1] for row in new if isinstance(row, Undo)]
    places = [place for row in new for place in row.places]
    places += [place for row in new for group in row.before for place in group.places]
    return {place.transcript for place in places}
