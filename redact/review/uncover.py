"""What decisions would put back in clear, seen before any of them is recorded.

A label that another program lost looks like one that a person took away. So what comes in from
elsewhere is compared with what is hidden now, letter by letter, and is asked for once more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from redact.core import DETAIL, Label, Mention, Place, Span
from redact.errors import UsageError
from redact.rendering import counted
from redact.study import records
from redact.study.desk import Desk, detections_of
from redact.study.memory import let_go
from redact.study.search import line_of
from redact.transcript.spans import apart, overlapping, trimmed


@dataclass(frozen=True, slots=True)
class Bare:
    """A stretch that would stand in clear, and what it is hidden as now."""

    place: Place
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class BareWords:
    """The same for the person who decides: its safe file, its line from 1, and its words."""

    file: str
    line: int
    label: Label
    place: Place
    words: str = field(repr=False)


class WouldUncover(UsageError):
    """An import would put names back in clear, and nobody has said that it shall."""

    def __init__(self, bare: tuple[Bare, ...], where: str) -> None:
        transcripts = counted(len({one.place.transcript for one in bare}), "transcript")
        super().__init__(
            f"this would uncover {counted(len(bare), 'place')} in {transcripts}: nothing was "
            "recorded",
            where=where,
            remedy="If not all of them are no names, put the labels back, or export again and "
            "decide on that.",
            command="If all are none, give the same command with `--uncover`.",
        )
        self.bare = bare


def bare_of(mention: Mention, left: Iterable[Span], text: str) -> list[Bare]:
    """The stretches of a mention that none of these spans covers; none without a letter."""
    pieces = (trimmed(rest, text) for rest in apart(mention.span, left))
    return [
        Bare(Place(mention.transcript, piece), mention.label)
        for piece in pieces
        if piece is not None
    ]


def hidden_now(desk: Desk) -> tuple[Mention, ...]:
    """The mentions that the safe texts do not show; a detail is not among them."""
    rows = records.read_rulings(desk.study.rulings)
    kept = frozenset(let_go(rows, records.read_corrections(desk.study.corrections)).kept)
    replaced: dict[str, list[Span]] = {}
    for item in desk.key.replacements:
        replaced.setdefault(item.doc, []).append(Span(item.start, item.end))
    return tuple(
        m
        for detection in detections_of(desk)
        for m in detection.mentions
        if m.label != DETAIL
        and m.place not in kept
        and (
            desk.policy.actions.of(m.label) != "keep"
            or overlapping(replaced.get(m.transcript, ()), m.span)
        )
    )


def uncovered(desk: Desk, no_names: Iterable[Place]) -> tuple[Bare, ...]:
    """What is hidden now at places that are said to be no names."""
    said: dict[str, list[Span]] = {}
    for place in no_names:
        said.setdefault(place.transcript, []).append(place.span)
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    bare: list[Bare] = []
    for mention in hidden_now(desk):
        touched = [s for s in said.get(mention.transcript, ()) if s.overlaps(mention.span)]
        if touched:
            stay = apart(mention.span, touched)
            bare += bare_of(mention, stay, texts[mention.transcript])
    return tuple(bare)


def require_finished(desk: Desk, bare: tuple[Bare, ...], where: str) -> None:
    """Raises UsageError where more than half of what a document hides would stand in clear.

    That is no decision but a file that somebody has not finished, or that lost its labels.
    """
    gone, hidden = Counter[str](), Counter[str]()
    for one in bare:
        gone[one.place.transcript] += _letters(desk, one.place)
    for mention in hidden_now(desk):
        hidden[mention.transcript] += _letters(desk, mention.place)
    unfinished = sorted(doc for doc, letters in gone.items() if 2 * letters > hidden[doc])
    if unfinished:
        names = ", ".join(_file(desk, doc) for doc in unfinished[:5])
        raise UsageError(
            f"most of what {names} hides would stand in clear: this looks like an unfinished "
            "export, and nothing was recorded",
            where=where,
            remedy="Finish it, or leave these documents out of the file. Names that are none you "
            "can also say one by one.",
            command="`redact review` opens them.",
        )


def _letters(desk: Desk, place: Place) -> int:
    return sum(character.isalnum() for character in desk.words_of(place))


def _file(desk: Desk, doc: str) -> str:
    return desk.key.document(doc).safe_name or doc


def words_of_bare(desk: Desk, bare: Iterable[Bare]) -> tuple[BareWords, ...]:
    """The same places with their words, for whoever has brought the originals in."""
    texts = {transcript.id: transcript.text for transcript in desk.transcripts}
    return tuple(
        BareWords(
            file=_file(desk, one.place.transcript),
            line=line_of(texts[one.place.transcript], one.place.start),
            label=one.label,
            place=one.place,
            words=_printable(desk.words_of(one.place)),
        )
        for one in sorted(bare, key=lambda b: b.place)
    )


def _printable(text: str) -> str:
    """In one line, and nothing in it that a terminal takes for an order."""
    plain = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in plain)


def counts_of(desk: Desk, bare: tuple[Bare, ...]) -> dict[str, int]:
    """What the log says of it: places, letters and transcripts."""
    return {
        "places": len(bare),
        "letters": sum(_letters(desk, one.place) for one in bare),
        "transcripts": len({one.place.transcript for one in bare}),
    }
