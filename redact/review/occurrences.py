"""Where words stand by themselves in a text, as a person searches for them."""

from __future__ import annotations

from redact.core import Span
from redact.transcript.folding import folded, unmarked


def occurrences(text: str, form: str) -> list[Span]:
    """Where these words stand by themselves, capitals and what nobody sees aside, in text order."""
    seen = folded(text)
    spans = _occurrences(seen.text, unmarked(form))
    return [seen.source(span.start, span.end) for span in spans] if seen.passes else spans


def _occurrences(text: str, form: str) -> list[Span]:
    small, wanted = text.lower(), form.lower()
    if len(small) != len(text) or not wanted.strip():
        small, wanted = text, form
    spans, at = [], small.find(wanted)
    while at >= 0 and wanted.strip():
        end = at + len(wanted)
        inside = (text[at - 1 : at].isalnum() and wanted[0].isalnum()) or (
            text[end : end + 1].isalnum() and wanted[-1].isalnum()
        )
        if not inside:
            spans.append(Span(at, end))
        at = small.find(wanted, end if not inside else at + 1)
    return spans
