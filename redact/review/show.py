"""What the pages show, made of the study's records: pure, and drawn from data only."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from redact.core import LABELS, Decision, Detection, Entity, Mention, Transcript
from redact.detect.rulings import REVIEWER, Ruling
from redact.reviewing import DOUBTFUL
from redact.transcript.words import fold

_RARE = re.compile(r"[^\W\d_][^\W\d_'’-]{2,}|\d[\d ]*\d{2}")
_CANDIDATES = 6
_RARELY = 2  # places in the corpus
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE_END = re.compile(r"[.?!:…\n\r\])]['\"”’)\]]*\s*\Z|\A\s*\Z|[\[(\"“]\s*\Z")
CONTEXT = 60  # characters to either side of a place, where it is quoted
_UNSEEN = ("Cf", "Cc", "Co", "Cn", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Study:
    """A study as the pages see it: the records of one moment, by transcript and by entity."""

    transcripts: tuple[Transcript, ...] = field(repr=False)
    names: Mapping[str, str]  # of the safe transcripts, by transcript
    detections: Mapping[str, Detection]  # with the reviewers' word in them
    rulings: Mapping[str, tuple[Ruling, ...]]
    entities: Mapping[str, Entity]
    decisions: Mapping[str, Decision]
    settled: frozenset[str]
    newest: int  # batch of decisions
    blind: bool = field(default=False, kw_only=True)  # a second reading, without the first
    changed: tuple[Ruling, ...] = field(default=(), kw_only=True)  # that the detectors left since
    seconded: bool = field(default=False, kw_only=True)  # somebody has read some a second time
    current: bool  # whether the safe transcripts say what was decided

    def transcript(self, doc: str) -> Transcript | None:
        return next((one for one in self.transcripts if one.id == doc), None)

    def entity_of(self, doc: str) -> dict[tuple[int, int], str]:
        """By place of a transcript the entity that is meant there."""
        return {(m.start, m.end): e.id for e in self.entities.values() for m in e.mentions
                if m.transcript == doc}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that stands out: what it is, how sure, and what the safe text shows."""

    start: int
    end: int
    label: str
    state: str  # doubtful, found, accepted, kept
    score: float
    why: str
    safe: str = field(repr=False)
    by: str = ""


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


def marks_of(study: Study, doc: str) -> tuple[Mark, ...]:
    """The mentions of a transcript and the places that a reviewer kept, in text order."""
    detection = study.detections.get(doc)
    by = {(r.start, r.end): r.by for r in study.rulings.get(doc, ())}
    entity_of = study.entity_of(doc)
    marks = [_mark(m, study, entity_of, by) for m in (detection.mentions if detection else ())]
    for ruling in study.rulings.get(doc, ()):
        if ruling.label is None:
            place = ruling.start, ruling.end
            marks.append(Mark(*place, "", "kept", 1.0, "no name", "", ruling.by))
    return tuple(sorted(marks, key=lambda mark: mark.start))


def _mark(
    mention: Mention,
    study: Study,
    entity_of: Mapping[tuple[int, int], str],
    by: Mapping[tuple[int, int], str],
) -> Mark:
    place = (mention.start, mention.end)
    decision = study.decisions.get(entity_of.get(place, ""))
    safe = (decision.text or decision.pseudonym) if decision else f"[new {mention.label.lower()}]"
    safe = f"[{mention.label.lower()}]" if study.blind else safe
    state = "found" if mention.score >= DOUBTFUL else "doubtful"
    state = "accepted" if REVIEWER in mention.sources else state
    why = ", ".join(mention.sources)
    return Mark(*place, mention.label, state, mention.score, why, safe, by.get(place, ""))


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
        if char in "\n\t\r" or unicodedata.category(char) not in _UNSEEN:
            continue
        out.append(str(escape(text[plain:at])))
        out.append(f'<span class="unseen">U+{ord(char):04X}</span>')
        plain = at + 1
    return Markup("".join([*out, str(escape(text[plain:]))]))  # noqa: S704 all of it is escaped


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a place, the place, and what stands after it."""
    before = text[max(0, start - CONTEXT) : start].replace("\n", " ")
    after = text[end : end + CONTEXT].replace("\n", " ")
    return before, text[start:end], after


@dataclass(frozen=True, slots=True)
class Progress:
    """One transcript on the corpus page."""

    doc: str
    name: str
    nation: str
    mentions: int
    doubtful: int
    decided: int
    settled: bool


def progress_of(study: Study) -> tuple[Progress, ...]:
    """Every transcript with what is left to do, the most doubtful first among those to do."""
    rows = []
    for transcript in study.transcripts:
        marks = study.detections.get(transcript.id)
        mentions = marks.mentions if marks else ()
        rows.append(
            Progress(
                transcript.id,
                study.names.get(transcript.id, ""),
                transcript.nation,
                len(mentions),
                sum(m.score < DOUBTFUL for m in mentions),
                len(study.rulings.get(transcript.id, ())),
                transcript.id in study.settled,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.settled, -row.doubtful, row.name)))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: what it stands for, its height in per cent of the highest, and number."""

    name: str = field(repr=False)
    share: float
    number: int


def bars(counts: Mapping[str, int]) -> tuple[Bar, ...]:
    highest = max(counts.values(), default=0) or 1
    return tuple(Bar(name, 100 * number / highest, number) for name, number in counts.items())


def by_label_and_nation(study: Study) -> dict[str, tuple[Bar, ...]]:
    """Mentions by label, a chart a nation, in the same scale."""
    nation = {t.id: t.nation for t in study.transcripts}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, detection in study.detections.items():
        for mention in detection.mentions:
            counts[nation.get(doc, "unknown")][mention.label] += 1
    highest = max((n for one in counts.values() for n in one.values()), default=1)
    return {
        name: tuple(Bar(label, 100 * one[label] / highest, one[label]) for label in LABELS
                    if any(other[label] for other in counts.values()))
        for name, one in sorted(counts.items())
    }  # fmt: skip


def people_by_organisation(study: Study) -> dict[str, int]:
    """How many people are spoken of in the interviews of each organisation, most first."""
    held_at = {t.id: t.organisation for t in study.transcripts if t.organisation}
    people: dict[str, set[str]] = defaultdict(set)
    for entity in study.entities.values():
        if entity.label == "PERSON":
            for mention in entity.mentions:
                if mention.transcript in held_at:
                    people[held_at[mention.transcript]].add(entity.id)
    counts = {name: len(found) for name, found in people.items()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:25])


@dataclass(frozen=True, slots=True)
class Who:
    """An entity on its page: what the safe text shows, how it was said, how sure, and why."""

    entity: Entity
    pseudonym: str
    safe: str
    forms: tuple[tuple[str, int], ...] = field(repr=False)
    interviews: tuple[str, ...] = ()
    score: float = 1.0
    places: tuple[tuple[str, int, int], ...] = ()


def entities_of(study: Study, label: str = "") -> tuple[Who, ...]:
    """Entities, those with a question first, then by doubt."""
    texts = {t.id: t.text for t in study.transcripts}
    rows = []
    for entity in study.entities.values():
        if label and entity.label != label:
            continue
        said: Counter[str] = Counter()
        for mention in entity.mentions:
            said[texts[mention.transcript][mention.start : mention.end]] += 1
        decision = study.decisions.get(entity.id)
        names = dict.fromkeys(study.names.get(m.transcript, "") for m in entity.mentions)
        rows.append(
            Who(
                entity,
                decision.pseudonym if decision else "",
                (decision.text or decision.pseudonym) if decision else "",
                tuple(said.most_common(12)),
                tuple(names),
                min((m.score for m in entity.mentions), default=1.0),
                tuple((m.transcript, m.start, m.end) for m in entity.mentions),
            )
        )
    return tuple(sorted(rows, key=lambda who: (not who.entity.question, who.score, who.safe)))


def may_be_one(study: Study, entity: Entity) -> tuple[Who, ...]:
    """Others of its kind that share a word with it, those of its own interviews first."""
    rows = entities_of(study, entity.label)
    mine = next((who for who in rows if who.entity.id == entity.id), None)
    if mine is None:
        return ()
    said = _words_of(mine)
    near = [who for who in rows if who is not mine and said & _words_of(who)]
    together = set(mine.interviews)
    near.sort(key=lambda who: (not together & set(who.interviews), -len(who.places), who.safe))
    return tuple(near[:_CANDIDATES])


def _words_of(who: Who) -> set[str]:
    return {word for form, _ in who.forms for word in fold(form) if len(word) > 1}


@dataclass(frozen=True, slots=True)
class Missed:
    """Words like a name that nothing caught, and where they stand."""

    words: str = field(repr=False)
    places: tuple[tuple[str, int, int], ...]
    in_texts: int


def missed_words(study: Study, is_ordinary: Callable[[str], bool]) -> tuple[Missed, ...]:
    """Capitalised words in the middle of a sentence that are in no mention; the rarest first."""

    def is_like_a_name(word: str, before: str) -> bool:
        small = _base(word)
        return word[0].isupper() and not _SENTENCE_END.search(before) and not is_ordinary(small)

    return _outside(study, _WORD, is_like_a_name)


def rare_words(study: Study, is_ordinary: Callable[[str], bool]) -> tuple[Missed, ...]:
    """Numbers of three figures and more, and words of no list that stand there once or twice."""

    def is_rare(word: str, _: str) -> bool:
        return word[0].isdigit() or (word.islower() and not is_ordinary(_base(word)))

    found = _outside(study, _RARE, is_rare)
    return tuple(row for row in found if len(row.places) <= _RARELY or row.words[0].isdigit())


def _base(word: str) -> str:
    return re.split("['’]", word)[0].casefold()


def _outside(
    study: Study, shape: re.Pattern[str], wanted: Callable[[str, str], bool]
) -> tuple[Missed, ...]:
    """What has this shape outside mentions, kept places and labels; the rarest first."""
    found: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    surface: dict[str, str] = {}
    for transcript in study.transcripts:
        detection = study.detections.get(transcript.id)
        taken = [(m.start, m.end) for m in detection.mentions] if detection else []
        taken += [(k.start, k.end) for k in detection.kept] if detection else []
        taken += [(t.speaker.start, t.speaker.end) for t in transcript.turns if t.speaker]
        taken.sort()
        at = 0
        for match in shape.finditer(transcript.text):
            while at < len(taken) and taken[at][1] <= match.start():
                at += 1
            if len(match[0]) < 2 or (at < len(taken) and taken[at][0] < match.end()):
                continue
            before = transcript.text[max(0, match.start() - 8) : match.start()]
            if wanted(match[0], before):
                key = _base(match[0])
                surface.setdefault(key, match[0])
                found[key].append((transcript.id, *match.span()))
    rows = [
        Missed(surface[key], tuple(places), len({doc for doc, _, _ in places}))
        for key, places in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (len(row.places), row.words)))
