"""How well speakers, initials and codes of laid-out files are seen: counts to be put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

from redact.chain import find_entities
from redact.core import Mention, Place, Span, Transcript
from redact.detect.boilerplate import without_boilerplate
from redact.detect.codes import without_codes
from redact.detect.combine import tidy
from redact.detect.identifiers import IdentifierRecognizer
from redact.detect.phones import PhoneShapeRecognizer
from redact.detect.roster import RosterRecognizer, SpeakerRecognizer
from redact.policy import Policy
from redact.transcript.marks import beside_marks, marks_in, without_marks
from tests.layouts.gold import STAYS, GoldPart
from tests.layouts.read import ReadLayout


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many."""

    good: int = 0
    of: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.good + other.good, self.of + other.of)

    @property
    def share(self) -> float | None:
        return self.good / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted, each of all there are.

    `speakers` and `initials` are the labels hidden, by names and by initials; `elsewhere` the
    initials in legends and other places; `talk` names that are no labels. `codes` are the codes,
    role words and safe words left alone, `words` those words that look like a label of the file,
    `marks` times, numbers and what a program writes of itself. `turns` are those that begin at
    their label and hold all that is said, of those there are or are taken for one. `one` are the
    speakers whose labels and full names are one person and nobody else.
    """

    speakers: Ratio = Ratio()
    initials: Ratio = Ratio()
    elsewhere: Ratio = Ratio()
    talk: Ratio = Ratio()
    codes: Ratio = Ratio()
    words: Ratio = Ratio()
    marks: Ratio = Ratio()
    turns: Ratio = Ratio()
    one: Ratio = Ratio()

    def __add__(self, other: Figures) -> Figures:
        pairs = ((one.name, getattr(self, one.name), getattr(other, one.name)) for one in COLUMNS)
        return Figures(**{name: mine + theirs for name, mine, theirs in pairs})


COLUMNS = fields(Figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen in a file: mentions, whose they are, and the turns; nothing if not read."""

    mentions: tuple[Mention, ...] = ()
    entity_of: Mapping[Place, str] = field(default_factory=dict)
    transcript: Transcript | None = None


def see_structure(read: ReadLayout) -> Seen:
    """By structure, tables and the forms of numbers alone, without a model."""
    if not read.is_read:
        return Seen()
    transcript = read.corpus.transcripts[0]
    marks = marks_in(transcript)
    heard = replace(transcript, text=without_marks(transcript.text, marks))
    mentions = [
        *SpeakerRecognizer().find(transcript),
        *RosterRecognizer(read.corpus.roster).find(transcript),
        *IdentifierRecognizer().find(heard),
        *PhoneShapeRecognizer().find(heard),
    ]
    left = list(without_codes(transcript, tidy(transcript, mentions)))
    left = without_boilerplate(transcript, left)
    return Seen(mentions=tuple(beside_marks(transcript.text, left, marks)), transcript=transcript)


def see_whole(read: ReadLayout, policy: Policy) -> Seen:
    """By the whole detector, and linked."""
    if not read.is_read:
        return Seen()
    linked = find_entities(read.corpus, policy)
    return Seen(
        mentions=linked.detections[0].mentions,
        entity_of=linked.entity_of(),
        transcript=read.corpus.transcripts[0],
    )


def measure(read: ReadLayout, seen: Seen) -> Figures:
    """The figures of one file."""
    people = [mention for mention in seen.mentions if mention.label == "PERSON"]
    counts: dict[str, Ratio] = defaultdict(Ratio)
    for part in read.parts:
        if part.kind in ("mark", "tool") and not read.is_read:
            continue  # nothing is written of such a file
        if part.kind in STAYS:
            good = read.is_read and not any(m.span.overlaps(part.span) for m in seen.mentions)
        else:
            good = read.is_read and _is_covered(seen, part.span, people)
        counts[_column(part)] += Ratio(int(good), 1)
    counts["turns"] = _turns(read, seen)
    if seen.entity_of:
        counts["one"] = _one(read, seen, people)
    return Figures(**counts)


def _column(part: GoldPart) -> str:
    if part.kind == "name":
        return "speakers" if part.in_label else "talk"
    if part.kind == "initials":
        return "initials" if part.in_label else "elsewhere"
    if part.kind == "ordinary":
        return "words"
    return "marks" if part.kind in ("mark", "tool") else "codes"


def _is_covered(seen: Seen, span: Span, people: Iterable[Mention]) -> bool:
    text = seen.transcript.text if seen.transcript else ""
    covering = [m.span for m in people if m.span.overlaps(span)]
    return all(
        any(one.start <= at < one.end for one in covering)
        for at in range(span.start, span.end)
        if text[at].isalnum()
    )


def _turns(read: ReadLayout, seen: Seen) -> Ratio:
    """Of the turns that there are, and those with a speaker where there is none."""
    found = [turn for turn in (seen.transcript.turns if seen.transcript else ()) if turn.speaker]
    right = sum(
        any(
            turn.speaker
            and turn.speaker.overlaps(gold.label)
            and Span(turn.start, turn.end).covers(gold.span)
            for turn in found
        )
        for gold in read.turns
    )
    strange = sum(
        not any(turn.speaker and turn.speaker.overlaps(gold.label) for gold in read.turns)
        for turn in found
    )
    return Ratio(right, len(read.turns) + strange)


def _one(read: ReadLayout, seen: Seen, people: Iterable[Mention]) -> Ratio:
    """The speakers whose labels and full names are one entity, which is nobody else's."""
    of_key: dict[str, set[str]] = defaultdict(set)
    labelled: set[str] = set()
    for part in read.parts:
        if part.kind not in ("name", "initials"):
            continue
        is_full = " " in read.written(part) if not part.in_label else True
        if part.in_label:
            labelled.add(part.who)
        if is_full:
            of_key[part.who] |= set(_entities(seen, part.span, people))
    good = 0
    for key in labelled:
        others = set().union(*(of_key[one] for one in of_key if one != key))
        good += len(of_key[key]) == 1 and not of_key[key] & others
    return Ratio(good, len(labelled))


def _entities(seen: Seen, span: Span, people: Iterable[Mention]) -> Iterator[str]:
    """Whose the words are; nobody's if they were not seen."""
    found = [seen.entity_of[m.place] for m in people if m.span.overlaps(span)]
    yield from found or [f"unseen at {span.start}"]
