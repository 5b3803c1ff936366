"""Safe text from original text: one join over pieces, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from redact.core import Decision, Entity, Mention, Replacement, SafeTranscript, Transcript

_ARTICLE = re.compile(r"(?<!\w)(?:the|an?)\s+\Z", re.IGNORECASE)
_OWN_ARTICLE = re.compile(r"\[an? ")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


def by_transcript(entities: Iterable[Entity]) -> dict[str, list[tuple[Mention, Entity]]]:
    """Each transcript's mentions with the entity they belong to."""
    found: dict[str, list[tuple[Mention, Entity]]] = {}
    for entity in entities:
        for mention in entity.mentions:
            found.setdefault(mention.transcript, []).append((mention, entity))
    return found


def replace(
    transcript: Transcript,
    mentions: Iterable[tuple[Mention, Entity]],
    decisions: Mapping[str, Decision],
) -> SafeTranscript:
    """The safe transcript. Line breaks inside a mention stay, so lines and turns keep count."""
    planned: list[tuple[int, int, str, str]] = []
    for mention, entity in mentions:
        decision = decisions[entity.id]
        if decision.action == "keep":
            continue
        original = transcript.text[mention.start : mention.end]
        text = _without_second_article(transcript.text, mention.start, decision.text)
        breaks = "".join(_LINE_BREAK.findall(original))
        planned.append((mention.start, mention.end, text + breaks, entity.id))
    return splice(transcript.id, transcript.text, planned)


def _without_second_article(text: str, start: int, instead: str) -> str:
    """ "The [town in Ayrshire]", not "the [a town in Ayrshire]"."""
    opening = _OWN_ARTICLE.match(instead)
    if opening and _ARTICLE.search(text, max(0, start - 5), start):
        return "[" + instead[opening.end() :]
    return instead


def splice(
    transcript_id: str, text: str, planned: Iterable[tuple[int, int, str, str]]
) -> SafeTranscript:
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
