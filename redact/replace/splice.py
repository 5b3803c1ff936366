"""Safe text from original text: one join over pieces, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from redact.core import Entity, Mention, Replacement, SafeTranscript

Planned = tuple[int, int, str, str]  # start, end, what stands there, entity


def by_transcript(entities: Iterable[Entity]) -> dict[str, list[tuple[Mention, Entity]]]:
    """Each transcript's mentions with the entity they belong to."""
    found: dict[str, list[tuple[Mention, Entity]]] = {}
    for entity in entities:
        for mention in entity.mentions:
            found.setdefault(mention.transcript, []).append((mention, entity))
    return found


def splice(transcript_id: str, text: str, planned: Iterable[Planned]) -> SafeTranscript:
    """The text with each (start, end, text, entity) put in; ValueError if two overlap."""
    pieces: list[str] = []
    replacements: list[Replacement] = []
    at = safe_at = 0
    for start, end, instead, entity in sorted(planned):
        if start < at or end > len(text):
            raise ValueError("replacements overlap or lie outside the text")
        pieces += [text[at:start], instead]
        safe_start = safe_at + start - at
        safe_at = safe_start + len(instead)
        replacements.append(Replacement(start, end, instead, entity, safe_start, safe_at))
        at = end
    pieces.append(text[at:])
    return SafeTranscript(transcript_id, "".join(pieces), tuple(replacements))


def restore(safe: str, originals: Iterable[tuple[int, int, str]]) -> str:
    """The original text: each (safe start, safe end, original) put back."""
    pieces: list[str] = []
    at = 0
    for start, end, original in originals:
        if not at <= start <= end <= len(safe):
            raise ValueError("places overlap or lie outside the safe text")
        pieces += [safe[at:start], original]
        at = end
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
