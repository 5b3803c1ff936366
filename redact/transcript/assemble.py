"""Texts and the steward's two tables put together: the transcripts that everything else reads."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from redact.core import (
    Detection,
    Interview,
    Mention,
    NamedSpan,
    Place,
    RosterEntry,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from redact.core.timed import Timed
from redact.transcript.folding import Folded, folded
from redact.transcript.interviewed import where_held, with_interviewed
from redact.transcript.rows import match_rows
from redact.transcript.stamps import typed_times
from redact.transcript.turns import read_structure


@dataclass(frozen=True, slots=True)
class Corpus:
    """Transcripts, and what is known of them: who took part, and who is spoken of.

    `roles` are the interviewees' by transcript.
    """

    transcripts: tuple[Transcript, ...]
    roster: tuple[RosterEntry, ...] = field(default=(), repr=False)
    roles: Mapping[str, str] = field(default_factory=dict, repr=False)


def assemble(
    texts: Mapping[str, str],
    roster: tuple[RosterEntry, ...] = (),
    interviews: tuple[Interview, ...] = (),
) -> Corpus:
    """The corpus of these texts by name, in their order. A row of another text is passed over."""
    rows = where_held(interviews, roster)
    row_of = {name: one.row for name, one in match_rows(texts, rows).items()}
    people = with_interviewed(roster, rows)
    return Corpus(
        tuple(
            make_transcript(name, text, row_of.get(name), people) for name, text in texts.items()
        ),
        people,
        {name: row.role for name, row in row_of.items()},
    )


def make_transcript(
    doc_id: str,
    text: str,
    interview: Interview | None = None,
    roster: tuple[RosterEntry, ...] = (),
    ends: tuple[int, ...] = (),
    times: tuple[Timed, ...] = (),
) -> Transcript:
    """A text as a transcript, with what interviews.csv says of it; the roster helps to read it.

    `ends` and `times` are those of its file (formats/slots.py); where it tells no times, those that
    are typed in the text count.
    """
    seen = folded(text)
    read = read_structure(seen.text, roster, interview)
    place = seen.source if seen.passes else Span
    turns = tuple(_in_source(turn, seen) for turn in read.turns)
    return Transcript(
        id=doc_id,
        text=text,
        turns=turns,
        speakers=tuple(_speaker_at(speaker, place) for speaker in read.speakers),
        names=tuple(_name_at(name, place) for name in read.names),
        ends=ends,
        times=times or typed_times(text, turns),
        nation=interview.nation if interview else "unknown",
        organisation=interview.organisation if interview else "",
        interview=interview.interview if interview else "",
    )


def _in_source(turn: Turn, seen: Folded) -> Turn:
    """Its edges are the source's own, so that turns have nothing between them."""
    moved = _turn_at(turn, seen.source)
    return replace(moved, start=seen.source_of(turn.start), end=seen.source_of(turn.end))


Placing = Callable[[int, int], Span]


def _turn_at(turn: Turn, place: Placing) -> Turn:
    """The turn elsewhere: in the source, or as people see it."""
    whole = place(turn.start, turn.end)
    return Turn(
        start=whole.start,
        end=whole.end,
        speaker=place(turn.speaker.start, turn.speaker.end) if turn.speaker else None,
        time=place(turn.time.start, turn.time.end) if turn.time else None,
    )


def _speaker_at(speaker: Speaker, place: Placing) -> Speaker:
    def moved(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(place(span.start, span.end) for span in spans)

    labels, marks, named = moved(speaker.labels), moved(speaker.marks), moved(speaker.named)
    return replace(speaker, labels=labels, marks=marks, named=named)


def _name_at(name: NamedSpan, place: Placing) -> NamedSpan:
    return replace(name, span=place(name.span.start, name.span.end))


@dataclass(frozen=True, slots=True)
class SeenTranscript:
    """A transcript as people see it, and the way back to the places of its source."""

    transcript: Transcript
    folded: Folded

    def in_source(self, detection: Detection) -> Detection:
        """The same mentions and kept places where they stand in the source."""
        if not self.folded.passes:
            return detection
        mentions: list[Mention] = []
        last = 0  # two mentions may share an entity of two letters
        for mention in sorted(detection.mentions, key=lambda m: (m.start, m.end)):
            place = self.folded.source(mention.start, mention.end)
            if place.end > last:
                mentions.append(mention.moved(max(place.start, last), place.end))
                last = place.end
        kept = tuple(
            replace(k, place=Place(k.transcript, self.folded.source(k.start, k.end)))
            for k in detection.kept
        )
        return Detection(detection.transcript, tuple(mentions), kept)


def as_seen(transcript: Transcript) -> SeenTranscript:
    """The transcript as people see it: without marks that nobody sees, in plain characters."""
    seen = folded(transcript.text)
    if seen.passes:
        transcript = replace(
            transcript,
            text=seen.text,
            turns=tuple(_turn_at(turn, seen.view) for turn in transcript.turns),
            speakers=tuple(_speaker_at(one, seen.view) for one in transcript.speakers),
            names=tuple(_name_at(name, seen.view) for name in transcript.names),
            ends=tuple(seen.view(end, end).start for end in transcript.ends),
            times=(),  # nobody asks for them there
        )
    return SeenTranscript(transcript, seen)


def keyed_order(secret: bytes, digests: Iterable[str]) -> list[str]:
    """The digests in an order that only the secret knows, so that it tells nothing of names."""
    return sorted(digests, key=lambda digest: hmac.digest(secret, digest.encode("ascii"), "sha256"))
