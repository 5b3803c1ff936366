"""Times and numbers of lines, cues and turns: structure, which no mention holds or crosses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redact.core import Mention, Source, Span, Transcript
from redact.transcript.lines import CUE_TIMES, TextLine, read_lines
from redact.transcript.spans import apart, overlapping, trimmed

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_EXACT = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3}"  # from and to
# In talk, as programs and typists put them: [00:12:31], (12:31), #00:12:31-4#.
_ALONE = re.compile(
    rf"^[ \t]*(?:[A-Za-z][A-Za-z ]{{1,18}}[:=][ \t]*)?(?P<clock>{_CLOCK})[ \t]*$", re.MULTILINE
)
_IN_TALK = re.compile(
    rf"[\[(<{{][ ]?{_CLOCK}(?:[ ]?[-–][ ]?{_CLOCK})?[ ]?[\])>}}]|#{_CLOCK}(?:-\d{{1,2}})?#"
    rf"|(?<![\d:]){_EXACT}[ \t,;]{{1,3}}{_EXACT}(?!\d)"
)


def marks_in(transcript: Transcript) -> tuple[Span, ...]:
    """The times and numbers, apart and in text order; words beside the times of a cue are none."""
    text = transcript.text
    found = {turn.time for turn in transcript.turns if turn.time}
    found |= {Span(*match.span()) for match in _IN_TALK.finditer(text)}
    found |= {Span(*match.span("clock")) for match in _ALONE.finditer(text)}
    for line in read_lines(text):
        found |= set(line.marks)
        found |= set(_of_cue(text, line))
    return tuple(joined(found))


def _of_cue(text: str, line: TextLine) -> Iterator[Span]:
    if line.is_mark:
        times = CUE_TIMES.match(text, line.start, line.end)
        if times:
            yield Span(*times.span("times"))
        elif any(c.isdigit() for c in text[line.start : line.end]):
            yield Span(line.start, line.end)


def without_marks(text: str, marks: Iterable[Span]) -> str:
    """The text with these blanked, of the same length."""
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], " " * (mark.end - mark.start)]
        at = mark.end
    return "".join([*pieces, text[at:]])


def beside_marks(
    text: str, mentions: Iterable[Mention], marks: tuple[Span, ...]
) -> Iterator[Mention]:
    """The mentions cut where a mark stands in them; a piece without a letter or figure goes.

    What a person said is a mention stays whole.
    """
    for mention in mentions:
        met = overlapping(marks, mention.span)
        if not met or Source.REVIEWER in mention.sources:
            yield mention
            continue
        for rest in apart(mention.span, met):
            piece = trimmed(rest, text)
            if piece is not None:
                yield mention.moved(piece.start, piece.end)


def joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that are apart, in text order, over the same letters."""
    last: Span | None = None
    for span in sorted(spans):
        if last is not None and span.start < last.end:
            last = Span(last.start, max(last.end, span.end))
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
