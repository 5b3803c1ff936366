"""How a study stands: what was found, and what needs a human eye. Counts and neutral names only."""

from __future__ import annotations

from dataclasses import dataclass

from redact.core import DOUBTFUL, LABELS
from redact.review.settle import settled_documents
from redact.study import records
from redact.study.desk import Desk, detections_of
from redact.study.records import DECISIONS, ENTITIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The summary a person wants to read after a run. Counts and neutral names only."""

    transcripts: int
    nations: dict[str, int]
    mentions: dict[str, int]
    entities: dict[str, int]
    kept: int
    ordinary: int
    questions: int
    doubtful: int
    settled: int
    without_row: int
    rows_without_file: int
    still_hidden: int  # entities that the policy would leave, and that were hidden before


def overview(desk: Desk) -> Overview:
    """Counts of what was found and of what needs a human eye."""
    detections = detections_of(desk)
    entities = records.read_entities(desk.study.work / ENTITIES)
    decided = {d.entity: d.action for d in records.read_decisions(desk.study.work / DECISIONS)}
    mentions = [mention for detection in detections for mention in detection.mentions]
    kept = [item for detection in detections for item in detection.kept]
    nations: dict[str, int] = {}
    for transcript in desk.transcripts:
        nations[transcript.nation] = nations.get(transcript.nation, 0) + 1
    return Overview(
        transcripts=len(desk.transcripts),
        nations=dict(sorted(nations.items())),
        mentions={x: n for x in LABELS if (n := sum(m.label == x for m in mentions))},
        entities={x: n for x in LABELS if (n := sum(e.label == x for e in entities))},
        kept=sum(item.reason == "kept_body" for item in kept),
        ordinary=sum(item.reason == "ordinary_word" for item in kept),
        questions=sum(bool(entity.question) for entity in entities),
        doubtful=sum(mention.score < DOUBTFUL for mention in mentions),
        settled=len(settled_documents(desk)),
        without_row=sum(row is None for row in desk.interviews),
        rows_without_file=desk.unmatched_rows,
        still_hidden=sum(
            desk.policy.actions.for_entity(one) == "keep" != decided.get(one.id, "keep")
            for one in entities
        ),
    )
