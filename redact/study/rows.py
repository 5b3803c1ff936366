"""The rows of a study's files, one class a kind: what each must have, and nothing else.

Pydantic reads them strictly: a field that is missing, unknown or of another type is damage. A
place is a row of three on disk: its transcript, its start and its end.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, TypeAdapter

from redact.core import (
    Action,
    Decision,
    Detection,
    Entity,
    Gender,
    Joined,
    Kept,
    Label,
    Mention,
    Place,
    Source,
    Span,
)
from redact.study import rulings
from redact.study.placements import Placement, Placements


def _place(value: object) -> Place:
    """The place that a row of three says; ValueError if it says none."""
    match value:
        case [str(transcript), int(start), int(end)] if bool not in (type(start), type(end)):
            return Place.at(transcript, start, end)
    raise ValueError("not a place")


def _source(value: object) -> Source:
    """The source of this name, an older study's too; ValueError if there is none."""
    return Source(str(value))


def _said(value: object) -> object:
    """None for what stands on disk where nothing is said; ValueError for null, which never does."""
    if value is None:
        raise ValueError("nothing is said in another way here")
    return None if value == "" or (value == 0 and type(value) is int) else value


OnDisk = Annotated[Place, PlainValidator(_place)]
SeenBy = Annotated[Source, PlainValidator(_source)]
Number = Annotated[int, Field(ge=0)]
# Nothing stands as "" or 0 on disk, as it always has.
Said = Annotated[str | None, BeforeValidator(_said)]
RosterRow = Annotated[Number | None, BeforeValidator(_said)]


class StrictRow(BaseModel):
    """A row or a part of one, read strictly."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class _MentionPart(StrictRow):
    place: OnDisk
    label: Label
    score: float
    sources: tuple[SeenBy, ...]
    kind: Said

    def record(self) -> Mention:
        return Mention(
            place=self.place,
            label=self.label,
            score=self.score,
            sources=self.sources,
            kind=self.kind,
        )


class _KeptPart(StrictRow):
    place: OnDisk
    reason: Literal["kept_body", "ordinary_word", "reviewer"]
    term: str

    def record(self) -> Kept:
        return Kept(self.place, self.reason, self.term)


class DetectionRow(StrictRow):
    """A line of mentions.jsonl."""

    kind: Literal["detection"]
    transcript: str
    mentions: tuple[_MentionPart, ...]
    kept: tuple[_KeptPart, ...]

    def record(self) -> Detection:
        mentions = tuple(part.record() for part in self.mentions)
        return Detection(self.transcript, mentions, tuple(part.record() for part in self.kept))


class _JoinedPart(StrictRow):
    places: tuple[OnDisk, ...]
    score: float

    def record(self) -> Joined:
        return Joined(self.places, self.score)


class EntityRow(StrictRow):
    """A line of entities.jsonl; `label_kind` is the kind of the entity's label."""

    kind: Literal["entity"]
    id: str
    label: Label
    label_kind: Said
    mentions: tuple[_MentionPart, ...]
    why: tuple[str, ...]
    question: Said
    roster_row: RosterRow
    renamed: Said
    gender: Annotated[Gender | None, BeforeValidator(_said)]
    interviewed_in: tuple[str, ...]
    owner: Said
    fits: tuple[OnDisk, ...]
    joins: tuple[_JoinedPart, ...]
    action: Annotated[Action | None, BeforeValidator(_said)]

    def record(self) -> Entity:
        return Entity(
            id=self.id,
            label=self.label,
            mentions=tuple(part.record() for part in self.mentions),
            kind=self.label_kind,
            why=self.why,
            question=self.question,
            roster_row=self.roster_row,
            renamed=self.renamed,
            gender=self.gender,
            interviewed_in=self.interviewed_in,
            owner=self.owner,
            fits=self.fits,
            joins=tuple(part.record() for part in self.joins),
            action=self.action,
        )


class DecisionRow(StrictRow):
    """A line of decisions.jsonl."""

    kind: Literal["decision"]
    entity: str
    action: Action
    pseudonym: str
    by: str
    reason: str
    text: str
    short: str

    def record(self) -> Decision:
        return Decision(
            entity=self.entity,
            action=self.action,
            pseudonym=self.pseudonym,
            by=self.by,
            reason=self.reason,
            text=self.text,
            short=self.short,
        )


class PlacementsRow(StrictRow):
    """A line of replacements.jsonl: start, end, safe start, safe end and entity of each place."""

    kind: Literal["placements"]
    transcript: str
    file: str
    spans: tuple[tuple[Number, Number, Number, Number, str], ...]
    encoding: str

    def record(self) -> Placements:
        placed = tuple(
            Placement(Span(start, end), Span(safe_start, safe_end), entity)
            for start, end, safe_start, safe_end, entity in self.spans
        )
        return Placements(
            transcript=self.transcript, file=self.file, placed=placed, encoding=self.encoding
        )


class _RulingRow(StrictRow):
    kind: Literal["ruling"]
    batch: Number
    place: OnDisk
    label: Label | None
    by: str
    time: str
    found_label: str | None
    text: str | None
    adds: bool
    everywhere: bool
    missed: bool

    def record(self) -> rulings.Ruling:
        said = self.model_dump(exclude={"kind", "place"})
        return rulings.Ruling(place=self.place, **said)


class _UndoingRow(StrictRow):
    kind: Literal["undoing"]
    batch: Number
    by: str
    time: str

    def record(self) -> rulings.Undoing:
        return rulings.Undoing(self.batch, self.by, self.time)


class _ReadRow(StrictRow):
    kind: Literal["read"]
    batch: Number
    transcript: str
    by: str
    time: str

    def record(self) -> rulings.Read:
        return rulings.Read(
            transcript=self.transcript, by=self.by, time=self.time, batch=self.batch
        )


class _LeftRow(StrictRow):
    kind: Literal["left"]
    batch: Number
    place: OnDisk
    by: str
    time: str

    def record(self) -> rulings.Left:
        return rulings.Left(place=self.place, by=self.by, time=self.time, batch=self.batch)


class _AssignedRow(StrictRow):
    kind: Literal["assigned"]
    batch: Number
    transcript: str
    to: str | None
    second: bool
    by: str
    time: str

    def record(self) -> rulings.Assigned:
        return rulings.Assigned(
            transcript=self.transcript,
            to=self.to,
            second=self.second,
            by=self.by,
            time=self.time,
            batch=self.batch,
        )


class _ElsewhereRow(StrictRow):
    kind: Literal["elsewhere"]
    batch: Number
    file: str
    token: str
    by: str
    time: str

    def record(self) -> rulings.Elsewhere:
        return rulings.Elsewhere(
            batch=self.batch, file=self.file, token=self.token, by=self.by, time=self.time
        )


ReviewRows = Annotated[
    _RulingRow | _UndoingRow | _ReadRow | _LeftRow | _AssignedRow | _ElsewhereRow,
    Field(discriminator="kind"),
]
DETECTIONS = TypeAdapter(DetectionRow)
ENTITIES = TypeAdapter(EntityRow)
DECISIONS = TypeAdapter(DecisionRow)
PLACEMENTS = TypeAdapter(PlacementsRow)
REVIEWS: TypeAdapter[ReviewRows] = TypeAdapter(ReviewRows)
