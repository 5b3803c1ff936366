"""The safe text from the original, and the way back: Presidio's AnonymizerEngine does the putting.

Each replacement has an entity type and an operator of its own: `replace`, or `redact` where nothing
stands. So the engine joins no neighbours and drops none (docs/decisions/021).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from redact.core import Entity, Mention, Replacement, SafeTranscript, Span
from redact.offline import load_without_azure

if TYPE_CHECKING:
    from presidio_anonymizer import AnonymizerEngine, OperatorConfig


@dataclass(frozen=True, slots=True)
class Planned:
    """What shall stand at a span of the original, and for which entity."""

    span: Span
    text: str
    entity: str


@dataclass(frozen=True, slots=True)
class Original:
    """The original words of a span of the safe text."""

    span: Span
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EntityMention:
    """A mention with the entity it belongs to."""

    mention: Mention
    entity: Entity


def by_transcript(entities: Iterable[Entity]) -> dict[str, list[EntityMention]]:
    """Each transcript's mentions with the entity they belong to."""
    mentions: dict[str, list[EntityMention]] = {}
    for entity in entities:
        for mention in entity.mentions:
            mentions.setdefault(mention.transcript, []).append(EntityMention(mention, entity))
    return mentions


def splice(transcript_id: str, text: str, planned: Iterable[Planned]) -> SafeTranscript:
    """The text with each replacement put in; ValueError if one is of nothing or two overlap."""
    load_without_azure()
    from presidio_anonymizer import RecognizerResult  # slow to import, so only where it is used

    ordered = sorted(planned, key=lambda item: item.span)
    _require_apart([item.span for item in ordered], len(text))
    result = _engine().anonymize(
        text,
        [
            RecognizerResult(str(number), item.span.start, item.span.end, 1.0)
            for number, item in enumerate(ordered)
        ],
        {str(number): _operator(item.text) for number, item in enumerate(ordered)},
        merge_entities_with_spaces=False,
    )
    replacements = []
    for done in reversed(result.items):
        item = ordered[int(done.entity_type)]
        replacements.append(
            Replacement(
                start=item.span.start,
                end=item.span.end,
                text=item.text,
                entity=item.entity,
                safe_start=done.start,
                safe_end=done.end,
            )
        )
    return SafeTranscript(transcript_id, result.text, tuple(replacements))


@cache
def _engine() -> AnonymizerEngine:
    from presidio_anonymizer import AnonymizerEngine

    return AnonymizerEngine()


def _operator(text: str) -> OperatorConfig:
    """The operator that puts the text there: Presidio's `replace` cannot put nothing."""
    from presidio_anonymizer import OperatorConfig

    return OperatorConfig("replace", {"new_value": text}) if text else OperatorConfig("redact")


def _require_apart(spans: list[Span], length: int) -> None:
    at = 0
    for span in spans:
        if span.start < at or span.end > length or span.start == span.end:
            raise ValueError("replacements overlap, are of nothing, or lie outside the text")
        at = span.end


def restore(safe: str, originals: Iterable[Original]) -> str:
    """The original text: each original put back; ValueError if two overlap or one lies outside."""
    pieces: list[str] = []
    at = 0
    for original in originals:
        if not at <= original.span.start <= original.span.end <= len(safe):
            raise ValueError("places overlap or lie outside the safe text")
        pieces += [safe[at : original.span.start], original.text]
        at = original.span.end
    pieces.append(safe[at:])
    return "".join(pieces)


def moved(safe: SafeTranscript, at: int) -> int:
    """Where an offset of the original lies in the safe text; inside a replacement, its end."""
    number = bisect_right(safe.replacements, at, key=lambda item: item.start) - 1
    if number < 0:
        return at
    item = safe.replacements[number]
    if at == item.start:
        return item.safe_start
    return item.safe_end + max(0, at - item.end)
