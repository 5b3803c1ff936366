"""Progress and charts of the corpus page: counted from the study's records, nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from redact.core import DOUBTFUL, LABELS
from redact.page.plain import kind_in_words
from redact.page.show import ShownStudy


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One transcript on the corpus page."""

    doc: str
    name: str = field(repr=False)
    nation: str
    mentions: int
    doubtful: int
    decided: int
    settled: bool


def progress_of(study: ShownStudy) -> tuple[Progress, ...]:
    """Every transcript with what is left to do, the most doubtful first among those to do."""
    rows = []
    for transcript in study.transcripts:
        marks = study.detections.get(transcript.id)
        mentions = marks.mentions if marks else ()
        rows.append(
            Progress(
                doc=transcript.id,
                name=study.names.get(transcript.id, ""),
                nation=nation_said(transcript.nation),
                mentions=len(mentions),
                doubtful=sum(m.score < DOUBTFUL for m in mentions),
                decided=len(study.rulings.get(transcript.id, ())),
                settled=transcript.id in study.settled,
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


def by_label_and_nation(study: ShownStudy) -> dict[str, tuple[Bar, ...]]:
    """Mentions by label, a chart a nation, in the same scale; "" is for no nation known."""
    nation = {t.id: t.nation for t in study.transcripts}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for doc, detection in study.detections.items():
        for mention in detection.mentions:
            counts[nation_said(nation.get(doc, ""))][mention.label] += 1
    highest = max((n for one in counts.values() for n in one.values()), default=1)
    return {
        name: tuple(
            Bar(kind_in_words(label), 100 * one[label] / highest, one[label])
            for label in LABELS
            if any(other[label] for other in counts.values())
        )
        for name, one in sorted(counts.items())
    }


def nation_said(nation: str) -> str:
    """The nation of an interview; "" where no table says it."""
    return "" if nation == "unknown" else nation


def people_by_organisation(study: ShownStudy) -> dict[str, int]:
    """How many people are spoken of in the interviews of each organisation, most first."""
    held_at = {t.id: t.organisation for t in study.transcripts if t.organisation}
    people: dict[str, set[str]] = defaultdict(set)
    for entity in study.entities.values():
        if entity.label == "PERSON":
            for mention in entity.mentions:
                if mention.transcript in held_at:
                    people[held_at[mention.transcript]].add(entity.id)
    counts = {name: len(named) for name, named in people.items()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:25])
