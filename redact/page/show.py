"""What the pages show, made of the study's records: pure, and drawn from data only."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup, escape

from redact.core import (
    DETAIL,
    DOUBTFUL,
    Decision,
    Detection,
    Entity,
    Mention,
    Place,
    Source,
    Span,
    Transcript,
)
from redact.custody.payload import Comment
from redact.link.corrections import Correction
from redact.page.plain import kind_in_words, why_in_words
from redact.rendering import is_unseen
from redact.replace.labels import REMOVED_DETAIL
from redact.study.rulings import Ruling
from redact.transcript.heard import Recording

CONTEXT = 60  # characters to either side of a place, where it is quoted


EntityAt = Mapping[str, Mapping[tuple[int, int], str]]  # by transcript and place the entity meant


def entities_at(entities: Iterable[Entity]) -> EntityAt:
    """Whom each place of each transcript means, read once for all pages."""
    entity_of: dict[str, dict[tuple[int, int], str]] = {}
    for entity in entities:
        for m in entity.mentions:
            entity_of.setdefault(m.transcript, {})[m.start, m.end] = entity.id
    return entity_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStudy:
    """A study as the pages see it: the records of one moment, by transcript and by entity.

    `left` are passages whose details may stay; `readers` and `seconds` who is to read what.
    """

    transcripts: tuple[Transcript, ...] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)  # the steward's own, by transcript
    safe_names: Mapping[str, str] = field(default_factory=dict)
    detections: Mapping[str, Detection]  # with the reviewers' word in them
    rulings: Mapping[str, tuple[Ruling, ...]]
    entities: Mapping[str, Entity]
    decisions: Mapping[str, Decision]
    settled: frozenset[str]
    read_by: Mapping[str, str] = field(default_factory=dict)  # who settled it, by transcript
    newest: int  # batch of decisions
    blind: bool = field(default=False)  # a second reading, without the first
    changed: tuple[Ruling, ...] = field(default=())  # that the detectors left since
    seconded: bool = field(default=False)  # somebody has read some a second time
    comments: tuple[Comment, ...] = field(default=(), kw_only=True, repr=False)
    left: frozenset[Place] = field(default=frozenset())
    readers: Mapping[str, str] = field(default_factory=dict)  # by transcript
    seconds: Mapping[str, str] = field(default_factory=dict)
    entity_at: EntityAt = field(default_factory=dict)
    corrections: tuple[Correction, ...] = field(default=())
    current: bool  # whether the safe transcripts say what was decided
    digests: Mapping[str, str] = field(default_factory=dict)  # of the safe files, by transcript
    _text_of: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        texts = {transcript.id: transcript.text for transcript in self.transcripts}
        object.__setattr__(self, "_text_of", texts)  # looked up for every mention

    def words_of(self, place: Place) -> str:
        """The words that stand at a place of one of the transcripts; KeyError for another."""
        return self._text_of[place.transcript][place.start : place.end]

    def transcript(self, doc: str) -> Transcript | None:
        return next((one for one in self.transcripts if one.id == doc), None)

    def is_found(self, doc: str, start: int, end: int) -> bool:
        """Whether a mention touches this stretch."""
        detection = self.detections.get(doc)
        return detection is not None and any(
            m.start < end and start < m.end for m in detection.mentions
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place that stands out: what it is, how sure, and what the safe text shows.

    `heard` is when in the recording it is said, "" where the transcript does not tell.
    """

    start: int
    end: int
    label: str
    state: str  # doubtful, found, accepted, kept
    score: float
    why: str
    safe: str = field(repr=False)
    by: str = ""
    comments: int = 0
    heard: str = ""

    @property
    def reason(self) -> str:
        """Why it is taken for what it is, in a sentence or two."""
        said = f"{self.why}." if self.why else ""
        return f"Unsure. {said}".strip() if self.state == "doubtful" else said or "Found."


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a turn: text, or a mark."""

    start: int
    text: str = field(repr=False)
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A turn with its pieces."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A place with the words around it; `name` is what the steward calls its transcript."""

    place: Place
    name: str = field(repr=False)
    before: str = field(repr=False)
    words: str = field(repr=False)
    after: str = field(repr=False)


def marks_of(study: ShownStudy, doc: str) -> tuple[Mark, ...]:
    """The mentions of a transcript and the places that a reviewer kept, in text order."""
    detection = study.detections.get(doc)
    by = {(r.place.start, r.place.end): r.by for r in study.rulings.get(doc, ())}
    entity_of = study.entity_at.get(doc, {})
    said = [(c.start, c.end) for c in study.comments if c.doc == doc]
    marks = [_mark(m, study, entity_of, by) for m in (detection.mentions if detection else ())]
    for ruling in study.rulings.get(doc, ()):
        if ruling.label is None:
            marks.append(
                Mark(
                    start=ruling.place.start,
                    end=ruling.place.end,
                    label="",
                    state="kept",
                    score=1.0,
                    why="A person said so",
                    safe="",
                    by=ruling.by,
                )
            )
    talked_of = [
        replace(mark, comments=sum(a < mark.end and mark.start < b for a, b in said))
        for mark in marks
    ]
    return tuple(sorted(talked_of, key=lambda mark: mark.start))


def with_times(marks: Sequence[Mark], transcript: Transcript) -> tuple[Mark, ...]:
    """The marks with when each is heard: hours, minutes and seconds from the beginning."""
    recording = Recording(transcript)
    if not recording:
        return tuple(marks)
    return tuple(replace(mark, heard=_heard(mark, recording)) for mark in marks)


def _heard(mark: Mark, recording: Recording) -> str:
    place = Span(mark.start, mark.end)
    stretch = None if recording.is_label(place) else recording.stretch(place)
    if stretch is None:
        return ""
    seconds = stretch.begins // 1000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _mark(
    mention: Mention,
    study: ShownStudy,
    entity_of: Mapping[tuple[int, int], str],
    by: Mapping[tuple[int, int], str],
) -> Mark:
    place = (mention.start, mention.end)
    decision = study.decisions.get(entity_of.get(place, ""))
    safe = (decision.text or decision.pseudonym) if decision else new_label(mention.label)
    if mention.label == DETAIL:
        held = study.rulings.get(mention.transcript, ())
        safe = next((r.text for r in held if r.place == mention.place), None) or REMOVED_DETAIL
    safe = f"[{kind_in_words(mention.label)}]" if study.blind else safe
    state = "found" if mention.score >= DOUBTFUL else "doubtful"
    state = "accepted" if Source.REVIEWER in mention.sources else state
    return Mark(
        start=mention.start,
        end=mention.end,
        label=mention.label,
        state=state,
        score=mention.score,
        why=why_in_words(mention.sources),
        safe=safe,
        by=by.get(place, ""),
    )


def new_label(label: str) -> str:
    """How one is shown of whom the safe texts say nothing yet."""
    return f"[new {kind_in_words(label)}]"


def lines_of(transcript: Transcript, marks: Sequence[Mark]) -> tuple[Line, ...]:
    """The whole text, turn by turn; every character is in one piece, in order."""
    edges = sorted({0, len(transcript.text), *(turn.start for turn in transcript.turns)})
    lines: list[Line] = []
    at = 0
    for number, (start, end) in enumerate(itertools.pairwise(edges)):
        pieces: list[Piece] = []
        while at < len(marks) and marks[at].end <= start:
            at += 1
        last, here = start, at
        while here < len(marks) and marks[here].start < end:
            mark = marks[here]
            low, high = max(mark.start, last), min(mark.end, end)
            if low > last:
                pieces.append(Piece(last, transcript.text[last:low]))
            if high > low:
                pieces.append(Piece(low, transcript.text[low:high], mark))
                last = high
            here += 1
        if end > last:
            pieces.append(Piece(last, transcript.text[last:end]))
        lines.append(Line(number, tuple(pieces)))
    return tuple(lines)


def visible(text: str) -> Markup:
    """The text for a page: nothing in it is markup, and nothing in it is unseen."""
    out: list[str] = []
    plain = 0
    for at, char in enumerate(text):
        if char in "\n\t\r" or not is_unseen(char):
            continue
        out.append(str(escape(text[plain:at])))
        out.append(f'<span class="unseen">U+{ord(char):04X}</span>')
        plain = at + 1
    return Markup("".join([*out, str(escape(text[plain:]))]))  # noqa: S704 all of it is escaped


def quote_of(text: str, place: Place, name: str) -> Quote:
    """A place of a transcript's text with what stands around it, on one line."""
    return Quote(
        place=place,
        name=name,
        before=text[max(0, place.start - CONTEXT) : place.start].replace("\n", " "),
        words=text[place.start : place.end],
        after=text[place.end : place.end + CONTEXT].replace("\n", " "),
    )
