"""Turns written as records: `Speaker: …`, `Time: …` and `Text: …` below one another."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from redact.core import Span
from redact.transcript.lines import TextLine
from redact.transcript.vocabulary import one_of, word_list

_EDGE = r"[ \t*_>•-]*"
_BY = r"[*_]*[ \t]*[:=][*_]*[ \t]*"
_WHO = re.compile(
    rf"{_EDGE}{one_of(word_list('keys of a record: who'))}{_BY}(?P<speaker>[^\s:][^:\r\n]{{0,60}}?)"
    r"[ \t*_]*\Z",
    re.IGNORECASE,
)
_WHAT = re.compile(rf"{_EDGE}{one_of(word_list('keys of a record: what'))}{_BY}", re.IGNORECASE)
_LEAST = 3  # records; a header is one


def block_speakers(text: str, lines: Sequence[TextLine]) -> Mapping[int, Span | None]:
    """By the number of its line who speaks in a record; None for the record's other lines."""
    found: dict[int, Span | None] = {}
    records = 0
    filled = [number for number, line in enumerate(lines) if not line.is_blank]
    for at, number in enumerate(filled):
        line = lines[number]
        who = _WHO.match(text, line.start, line.end)
        if who is None:
            continue
        others = []
        for other in filled[at + 1 :]:
            what = _WHAT.match(text, lines[other].start, lines[other].end)
            if what is None:
                break
            others.append(other)
        before = number - 1
        while before >= 0 and _WHAT.match(text, lines[before].start, lines[before].end):
            others.append(before)
            before -= 1
        if others:
            records += 1
            found[number] = Span(*who.span("speaker"))
            found.update(dict.fromkeys((one for one in others if one not in found), None))
    return found if records >= _LEAST else {}
