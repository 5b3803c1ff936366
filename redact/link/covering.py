"""A transcript whose mentions grow: a stretch is hidden whole, and no mark of time is touched."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from redact.core import DETAIL, Detection, Kept, Label, Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.keep import settle as without_kept
from redact.detect.lexicon import is_word_too
from redact.transcript.captions import as_heard
from redact.transcript.marks import joined, marks_in
from redact.transcript.spans import apart, overlapping, trimmed
from redact.transcript.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch where a form stands, and what it is; `is_run` says that it is longer than that."""

    start: int
    end: int
    label: Label
    kind: str | None = None
    is_run: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(slots=True, kw_only=True)
class Covering:
    """A transcript with its mentions, disjoint and in text order, and what is kept.

    A mention lies between two `edges`; `marks` are times and numbers of cues: structure, no words.
    """

    transcript: Transcript
    edges: tuple[int, ...]
    marks: tuple[Span, ...]
    labels: tuple[Span, ...]
    mentions: list[Mention] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)

    @classmethod
    def of(cls, transcript: Transcript, detection: Detection) -> Covering:
        turns = transcript.turns
        labels = tuple(turn.speaker for turn in turns if turn.speaker)
        edges = {turn.start for turn in turns} | {label.end for label in labels}
        edges |= set(transcript.ends)
        marks = {*marks_in(transcript), *_marks_of_cues(transcript.text)}
        return cls(
            transcript=transcript,
            edges=tuple(sorted(edges)),
            marks=tuple(joined(marks)),
            labels=labels,
            mentions=sorted(detection.mentions, key=lambda m: m.span),
            kept=list(detection.kept),
        )

    def detection(self) -> Detection:
        """What stands in the transcript now; what is kept lies beside the mentions."""
        spans = [m.span for m in self.mentions]
        kept = [k for k in dict.fromkeys(self.kept) if not overlapping(spans, k.span)]
        return Detection(
            self.transcript.id, tuple(self.mentions), tuple(sorted(kept, key=lambda k: k.span))
        )

    def in_label(self, there: Span) -> bool:
        """Whether it lies in a speaker's label."""
        return any(label.covers(there) for label in overlapping(self.labels, there))

    def is_hidden(self, there: Span) -> bool:
        """Whether every letter of it lies in a mention."""
        return not self._bare(there)

    def settle(self, stretch: Stretch, is_ordinary: bool) -> None:
        """Hides a stretch that stands bare, or records why it stays."""
        there = stretch.span
        touched = self._touched(there)
        if touched and not stretch.is_run:
            self._grow(stretch, touched)  # it is broken already: what is left of it is made whole
        elif self._is_kept(there):
            return
        elif is_ordinary:
            self.kept.append(Kept(Place(self.transcript.id, there), "ordinary_word"))
        else:
            self._hide(stretch, touched)

    def _touched(self, there: Span) -> list[Mention]:
        low = bisect_right(self.mentions, there.start, key=lambda m: m.start) - 1
        high = bisect_left(self.mentions, there.end, key=lambda m: m.start)
        return [m for m in self.mentions[max(0, low) : high] if m.span.overlaps(there)]

    def _bare(self, there: Span) -> list[Span]:
        """The stretches of it with a letter that no mention covers, trimmed."""
        rest = apart(there, [m.span for m in self._touched(there)])
        return [bare for one in rest if (bare := trimmed(one, self.transcript.text))]

    def _is_kept(self, there: Span) -> bool:
        """Whether every letter is kept on a decision's word."""
        spans = [k.span for k in self.kept if k.span.overlaps(there)]
        text = self.transcript.text
        return bool(spans) and not any(trimmed(one, text) for one in apart(there, spans))

    def parts(self, there: Span) -> list[Span]:
        """The stretch without blanks about it; its pieces if a turn, label or cell ends in it."""
        said = self.transcript.text[there.start : there.end]
        start = there.start + len(said) - len(said.lstrip())
        whole = Span(start, start + len(said.strip()))
        low, high = bisect_right(self.edges, whole.start), bisect_left(self.edges, whole.end)
        is_whole = low >= high and not overlapping(self.marks, whole)
        return [whole] if is_whole else self.pieces(whole)

    def pieces(self, there: Span) -> list[Span]:
        """The stretch without marks, cut where turns and labels end, each with its letters only."""
        text = self.transcript.text
        pieces: list[Span] = []
        for one in apart(there, overlapping(self.marks, there)):
            low, high = bisect_right(self.edges, one.start), bisect_left(self.edges, one.end)
            inside = self.edges[low:high]
            starts, ends = [one.start, *inside], [*inside, one.end]
            pieces += [Span(s, e) for s, e in zip(starts, ends, strict=True)]
        return [whole for piece in pieces if (whole := trimmed(piece, text))]

    def _grow(self, stretch: Stretch, touched: list[Mention]) -> None:
        """What a form leaves bare beside mentions that stand in it: one name is one mention."""
        there, pieces = stretch.span, self.pieces(stretch.span)
        kept = [k for k in self.kept if k.span.overlaps(there) and self._is_of_words(k.span)]
        whole = all(there.covers(m.span) and not _is_said(m) for m in touched)
        if whole and len(pieces) == 1 and not kept:
            self._put(pieces[0], stretch, touched)
            return
        for bare in self._bare(there):
            for piece in self.pieces(bare):
                if not kept and self._tells(piece):
                    self._put(piece, stretch, [])

    def _is_of_words(self, there: Span) -> bool:
        """Whether no word goes on over its ends: of a word that is a form no part is kept."""
        text = self.transcript.text
        edges = (there.start, there.end)
        return not any(text[at - 1 : at].isalnum() and text[at : at + 1].isalnum() for at in edges)

    def _hide(self, stretch: Stretch, touched: list[Mention]) -> None:
        there = stretch.span
        said = [m for m in touched if _is_said(m)]
        for one in touched:
            if one not in said:
                there = Span(min(there.start, one.start), max(there.end, one.end))
        taken = [m.span for m in said] + [k.span for k in self.kept if k.reason == "reviewer"]
        pieces = [p for rest in apart(there, taken) for p in self.pieces(rest)]
        telling = [piece for piece in pieces if self._tells(piece)] if len(pieces) > 1 else pieces
        if not telling and pieces:
            telling = [max(pieces, key=lambda piece: piece.end - piece.start)]
        hidden = False
        for piece in telling:
            for part in self._beside_kept(piece, stretch):
                self._put(part, stretch, [m for m in touched if part.overlaps(m.span)])
                hidden = True
        if not hidden:
            self._leave(stretch.span)

    def _beside_kept(self, piece: Span, stretch: Stretch) -> Iterator[Span]:
        """The piece, without what the policy keeps where that is no part of a longer name."""
        text = self.transcript.text
        bodies = [k for k in self.kept if k.reason == "kept_body" and k.span.overlaps(piece)]
        if not bodies:
            yield piece
            return
        left, _ = without_kept(text, [self._mention(piece, stretch)], bodies)
        yield from (one.span for one in left)

    def _leave(self, there: Span) -> None:
        """Nothing of it can be hidden: it is a mark, or bodies that are kept are all of it."""
        body = next((k for k in self.kept if k.span.overlaps(there)), None)
        place = Place(self.transcript.id, there)
        if body is None:
            self.kept.append(Kept(place, "ordinary_word"))
        else:
            self.kept.append(Kept(place, body.reason, body.term))

    def _tells(self, piece: Span) -> bool:
        """Whether a word of it is more than a word of the language."""
        text = self.transcript.text[piece.start : piece.end]
        return any(not is_word_too(word.folded) for word in words(text))

    def _put(self, span: Span, stretch: Stretch, over: Iterable[Mention]) -> None:
        """A mention at this span instead of those that lie in it."""
        gone = [m for m in over if span.covers(m.span)]
        made = self._mention(span, stretch)
        if gone:
            sources = tuple(dict.fromkeys(s for m in (*gone, made) for s in m.sources))
            score = max(m.score for m in (*gone, made))
            made = replace(made, sources=sources, score=score)
        left = [m.span for m in self._touched(span) if m not in gone]
        self.mentions = [m for m in self.mentions if m not in gone]
        for rest in apart(span, left):
            edges = [m.span for m in gone if rest.covers(m.span)]
            if letters := trimmed(rest, self.transcript.text):
                edges.append(letters)
            if edges:
                start, end = min(e.start for e in edges), max(e.end for e in edges)
                at = bisect_left(self.mentions, start, key=lambda m: m.start)
                self.mentions.insert(at, made.moved(start, end))

    def _mention(self, span: Span, stretch: Stretch) -> Mention:
        return Mention(
            place=Place(self.transcript.id, span),
            label=stretch.label,
            score=points.CORPUS,
            sources=(Source.CORPUS,),
            kind=stretch.kind,
        )


def _is_said(mention: Mention) -> bool:
    """Whether a person said that just this is a mention: it is not made longer."""
    return mention.label == DETAIL or Source.REVIEWER in mention.sources


def _marks_of_cues(text: str) -> Iterator[Span]:
    """The lines of cue numbers and times."""
    heard = as_heard(text)
    at = 0
    for line in text.splitlines(keepends=True) if heard != text else ():
        end = at + len(line)
        if line.strip() and not heard[at:end].strip():
            yield Span(at, end)
        at = end
