"""The rows of corrections.jsonl, one class a kind: what each must have, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from redact.core import Action, Label
from redact.link import corrections
from redact.study.rows import OnDisk, RosterRow, StrictRow


class _GroupPart(StrictRow):
    pseudonym: str
    label: Label
    places: tuple[OnDisk, ...]
    roster_row: RosterRow

    def record(self) -> corrections.Group:
        return corrections.Group(
            pseudonym=self.pseudonym,
            label=self.label,
            places=self.places,
            roster_row=self.roster_row,
        )


class _CorrectionRow(StrictRow):
    """What every row of corrections.jsonl has."""

    places: tuple[OnDisk, ...]
    before: tuple[_GroupPart, ...]
    by: str
    time: str

    def _groups(self) -> tuple[corrections.Group, ...]:
        return tuple(part.record() for part in self.before)


class _MergeRow(_CorrectionRow):
    kind: Literal["merge"]

    def record(self) -> corrections.Merge:
        return corrections.Merge(
            places=self.places, before=self._groups(), by=self.by, time=self.time
        )


class _SplitRow(_CorrectionRow):
    kind: Literal["split"]

    def record(self) -> corrections.Split:
        return corrections.Split(
            places=self.places, before=self._groups(), by=self.by, time=self.time
        )


class _ApartRow(_CorrectionRow):
    kind: Literal["apart"]

    def record(self) -> corrections.Apart:
        return corrections.Apart(
            places=self.places, before=self._groups(), by=self.by, time=self.time
        )


class _DifferentRow(_CorrectionRow):
    kind: Literal["different"]

    def record(self) -> corrections.Different:
        return corrections.Different(
            places=self.places, before=self._groups(), by=self.by, time=self.time
        )


class _DontKnowRow(_CorrectionRow):
    kind: Literal["dont_know"]

    def record(self) -> corrections.DontKnow:
        return corrections.DontKnow(
            places=self.places, before=self._groups(), by=self.by, time=self.time
        )


class _RenameRow(_CorrectionRow):
    kind: Literal["rename"]
    pseudonym: str

    def record(self) -> corrections.Rename:
        return corrections.Rename(
            places=self.places,
            before=self._groups(),
            by=self.by,
            time=self.time,
            pseudonym=self.pseudonym,
        )


class _RetypeRow(_CorrectionRow):
    kind: Literal["retype"]
    label: Label

    def record(self) -> corrections.Retype:
        return corrections.Retype(
            places=self.places, before=self._groups(), by=self.by, time=self.time, label=self.label
        )


class _ActRow(_CorrectionRow):
    kind: Literal["act"]
    action: Action

    def record(self) -> corrections.Act:
        return corrections.Act(
            places=self.places,
            before=self._groups(),
            by=self.by,
            time=self.time,
            action=self.action,
        )


class _UndoRow(_CorrectionRow):
    kind: Literal["undo"]
    row: Annotated[int, Field(ge=1)]

    def record(self) -> corrections.Undo:
        return corrections.Undo(
            places=self.places, before=self._groups(), by=self.by, time=self.time, row=self.row
        )


CorrectionRows = Annotated[
    _MergeRow
    | _SplitRow
    | _ApartRow
    | _DifferentRow
    | _DontKnowRow
    | _RenameRow
    | _RetypeRow
    | _ActRow
    | _UndoRow,
    Field(discriminator="kind"),
]
CORRECTIONS: TypeAdapter[CorrectionRows] = TypeAdapter(CorrectionRows)
