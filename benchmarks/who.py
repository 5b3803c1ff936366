"""Who is who, study by study: B-cubed F1, and what is wrong in counts.

    python benchmarks/who.py GOLD.jsonl [TABLES] [--detected | --leave-one-out]

GOLD.jsonl has one annotated transcript a line, with `study`, and `entity_id` in its spans. TABLES
is a folder with STUDY/roster.csv and STUDY/interviews.csv. Each study is linked by itself, from the
gold's own mentions, or with --detected from what redact finds with the policy `safe-copy`.

--leave-one-out says how the weights of the study stage generalise: for each study those of a grid
are taken that link the other studies best, and this one is measured with them. The weights are by
hand, so that nothing is fitted; what fitting them would bring is the last line against the first.
"""

from __future__ import annotations

import itertools
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import questions

from redact.chain import find_entities, link_mentions
from redact.core import Entity, Label
from redact.evaluate import metrics
from redact.evaluate.gold import GoldDocument, given_mentions
from redact.evaluate.metrics import Predicted
from redact.link import study as weights
from redact.policy import find_policy, load_policy
from redact.transcript.assemble import Corpus

LABELS: tuple[Label, ...] = ("PERSON", "ORG", "PLACE")
GRID: Mapping[str, tuple[float, ...]] = {
    "_BASE": (-1.5, -1.0, -0.5),
    "_MARGIN": (0.4, 0.7, 1.0),
    "_OF_RARITY": (-1.8, -1.2, -0.6),
    "_OTHER_PLACE": (-3.0, -1.5, 0.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What is right and wrong of one label in one study, in counts; F1 is B-cubed."""

    f1: float
    merged: int
    silent: int
    found: int
    split: int
    people: int
    wrong: int
    second: int
    second_within: int
    mentions: int

    def __str__(self) -> str:
        return (
            f"F1 {self.f1:.3f}  hold two {self.merged} (silent {self.silent}) of {self.found}  "
            f"split {self.split} of {self.people}  mentions: wrong {self.wrong}, "
            f"second {self.second} (within {self.second_within}) of {self.mentions}"
        )


@dataclass(frozen=True, slots=True)
class Speakers:
    """Of how many speakers of transcripts the labels stand under one pseudonym."""

    one: int
    all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A study as it was linked."""

    name: str
    rows: Mapping[Label, Row]
    speakers: Speakers = field(default_factory=lambda: Speakers(0, 0))


def measure_study(
    name: str, documents: tuple[GoldDocument, ...], corpus: Corpus, entities: tuple[Entity, ...]
) -> Linked:
    """The counts of one study."""
    found: dict[str, list[Predicted]] = {document.id: [] for document in documents}
    for entity in entities:
        for m in entity.mentions:
            found[m.transcript].append(
                Predicted(
                    start=m.start,
                    end=m.end,
                    label=m.label,
                    entity=entity.id,
                    asked=bool(entity.question),
                )
            )
    predicted = {name: tuple(rows) for name, rows in found.items()}
    figures = metrics.evaluate(documents, predicted)

    def part(metric: str, label: Label) -> int:
        return int(figures[metric][label].part)

    rows = {
        label: Row(
            f1=figures["link F1"][label].value or 0.0,
            merged=part("false merges", label),
            silent=part("silent merges", label),
            found=int(figures["false merges"][label].whole),
            split=part("splits", label),
            people=int(figures["splits"][label].whole),
            wrong=part("wrong entity", label),
            second=part("second entity", label),
            second_within=part("second entity within", label),
            mentions=int(figures["second entity"][label].whole),
        )
        for label in LABELS
        if label in figures["link F1"]
    }
    return Linked(name=name, rows=rows, speakers=_speakers(documents, corpus, predicted))


def _speakers(
    documents: Iterable[GoldDocument],
    corpus: Corpus,
    predicted: Mapping[str, tuple[Predicted, ...]],
) -> Speakers:
    """Speakers by transcript, and those whose labels are all one entity."""
    labels = {t.id: [turn.speaker for turn in t.turns if turn.speaker] for t in corpus.transcripts}
    under: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document in documents:
        for span in document.spans:
            inside = any(one.start <= span.start < one.end for one in labels[document.id])
            if span.label != "PERSON" or not span.entity or not inside:
                continue
            for one in predicted[document.id]:
                if one.start < span.end and span.start < one.end and one.label == "PERSON":
                    under[document.id, span.entity].add(one.entity)
    return Speakers(sum(len(entities) == 1 for entities in under.values()), len(under))


def linked(cases: Iterable[questions.Case], detected: bool = False) -> list[Linked]:
    """Each study linked from the gold's mentions, or from what is detected."""
    policy, _ = load_policy(find_policy("safe-copy"))
    made = []
    for case in cases:
        if detected:
            entities = find_entities(case.corpus, policy, 1).entities
        else:
            entities = link_mentions(case.corpus, given_mentions(case.documents), policy)
        made.append(measure_study(case.name, case.documents, case.corpus, entities))
    return made


def leave_one_out(cases: list[questions.Case]) -> list[tuple[str, float, float]]:
    """By study, F1 of persons with the weights as they are, and with those the others choose."""
    kept = {name: getattr(weights, name) for name in GRID}
    points = [dict(zip(GRID, point, strict=True)) for point in itertools.product(*GRID.values())]
    scores: list[list[float]] = []
    try:
        for point in [kept, *points]:
            for name, value in point.items():
                setattr(weights, name, value)
            scores.append([one.rows["PERSON"].f1 for one in linked(cases)])
    finally:
        for name, value in kept.items():
            setattr(weights, name, value)
    by_hand, tried = scores[0], scores[1:]
    rows = []
    for left, case in enumerate(cases):
        best = max(tried, key=lambda row: sum(row) - row[left])
        rows.append((case.name, by_hand[left], best[left]))
    return rows


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return sum(values) / len(values)


def _print(studies: list[Linked]) -> None:
    for one in studies:
        print(f"  {one.name:18} {one.rows['PERSON']}")
    for label in LABELS:
        rows = [one.rows[label] for one in studies if label in one.rows]
        names = [name for name in Row.__dataclass_fields__ if name != "f1"]
        sums = {name: sum(getattr(row, name) for row in rows) for name in names}
        print(f"  {label:18} {Row(f1=_mean(row.f1 for row in rows), **sums)}")
    one, of = (sum(getattr(s.speakers, name) for s in studies) for name in ("one", "all"))
    print(f"  speakers of a transcript under one pseudonym: {one} of {of}", flush=True)


def main() -> None:
    metrics.DRAWS = 2  # no intervals are shown
    options = {word for word in sys.argv[1:] if word.startswith("--")}
    gold, *rest = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    for tables in (None, *rest[:1]):
        print("with tables" if tables else "no tables")
        cases = questions.cases(gold, tables)
        if "--leave-one-out" in options:
            rows = leave_one_out(cases)
            for name, by_hand, chosen in rows:
                print(f"  {name:18} {by_hand:.3f} {chosen:.3f}")
            print(f"  {'mean':18} {_mean(r[1] for r in rows):.3f} {_mean(r[2] for r in rows):.3f}")
        else:
            _print(linked(cases, "--detected" in options))


if __name__ == "__main__":
    main()
