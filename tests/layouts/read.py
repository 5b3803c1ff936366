"""A file of the generator as redact's own readers see it, its gold moved to the text they give."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import PurePath

from redact.core import Span
from redact.errors import BadInput
from redact.formats.content import true_ending
from redact.formats.registry import read_file
from redact.formats.slots import Slot
from redact.transcript.assemble import Corpus, assemble
from tests.layouts.gold import GoldPart, GoldTurn, LaidOut


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLayout:
    """The corpus of one file, and its gold; what is not in the text that is read is left out.

    `is_read` is false for a file that no reader takes: it then has no text at all.
    """

    laid: LaidOut
    corpus: Corpus = field(repr=False)
    parts: tuple[GoldPart, ...]
    turns: tuple[GoldTurn, ...]
    is_read: bool = True

    def written(self, part: GoldPart) -> str:
        """The words of a part as they were read."""
        text = self.corpus.transcripts[0].text if self.is_read else self.laid.text
        return text[part.span.start : part.span.end]


def read_layout(laid: LaidOut) -> ReadLayout:
    """What the reader for the file's ending makes of it."""
    data, pure = laid.text.encode("utf-8"), PurePath(laid.name)
    name = f"{pure.stem}{true_ending(data, pure.suffix)}"
    try:
        reading = read_file(data, name, name)
    except BadInput:
        return ReadLayout(
            laid=laid, corpus=Corpus(()), parts=laid.parts, turns=laid.turns, is_read=False
        )
    back = _WayBack(laid.text, reading.every_slot())
    parts = (
        GoldPart(span=span, kind=one.kind, who=one.who, in_label=one.in_label)
        for one in laid.parts
        if (span := back.span(one.span)) is not None
    )
    turns = []
    for turn in laid.turns:
        label, said = back.span(turn.label), back.last(turn.span)
        if label is not None and said is not None:
            whole = Span(min(label.start, said.start), max(label.end, said.end))
            turns.append(GoldTurn(span=whole, label=label, who=turn.who))
    return ReadLayout(
        laid=laid,
        corpus=assemble({laid.name: reading.text}, laid.roster, laid.interviews),
        parts=tuple(parts),
        turns=tuple(turns),
    )


class _WayBack:
    """From places of a file to places of the text that was read from it."""

    def __init__(self, text: str, slots: Iterable[Slot]) -> None:
        self._text = text
        sizes = (len(character.encode("utf-8")) for character in text)
        self._bytes = [0, *accumulate(sizes)]
        self._slots = sorted(slots, key=lambda slot: slot.layer)

    def span(self, span: Span) -> Span | None:
        """Where the words stand, or the first copy of them; a name may be cut by a line's end."""
        start, end = self._bytes[span.start], self._bytes[span.end]
        pieces = [
            (slot, max(start, slot.at), min(end, slot.to))
            for slot in self._slots
            if slot.at < end and start < slot.to
        ]
        first = [
            (self._of(slot, at), self._of(slot, to))
            for slot, at, to in pieces
            if slot.layer == pieces[0][0].layer
        ]
        if not first:
            return None
        return Span(min(at for at, _ in first), max(to for _, to in first))

    def last(self, span: Span) -> Span | None:
        """Where the last letter of it stands."""
        at = span.end
        while at > span.start and not self._text[at - 1].isalnum():
            at -= 1
        return self.span(Span(at - 1, at)) if at > span.start else None

    def _of(self, slot: Slot, byte: int) -> int:
        """The offset in the text of a byte of a slot, whose words are written as they are."""
        first = bisect_right(self._bytes, slot.at) - 1
        here = bisect_right(self._bytes, byte) - 1
        return slot.start + here - first
