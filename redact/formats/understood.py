"""What was understood of a transcript before anything is made of it, for whoever brought it.

Names stand in it: it is shown to the person whose files they are, and goes into no log.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redact.core import Speaker, SpeakerKind
from redact.formats.registry import format_of, is_plain_text
from redact.formats.source_file import SourceFile
from redact.transcript.folding import folded
from redact.transcript.language import Language, language_of
from redact.transcript.lines import holds_captions
from redact.transcript.turns import Structure, read_structure
from redact.transcript.words import words

_LONGEST = 80  # characters of a value of the header that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerSeen:
    """Who speaks: the label as it stands, what it is taken for, and how many turns it begins.

    `name` is what the transcript calls them where the label is initials.
    """

    label: str = field(repr=False)
    kind: SpeakerKind
    turns: int
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class FieldSeen:
    """A key of the header, and its value."""

    key: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A file as it was read: `left_out` counts, by kind, what will not go into the safe file.

    `unlabelled` are turns that name nobody; `was_called` is the file's own name where its content
    is not what that says.
    """

    name: str = field(repr=False)
    format: str
    encoding: str
    guessed: bool
    language: Language
    words: int
    turns: int
    unlabelled: int
    speakers: tuple[SpeakerSeen, ...]
    header: tuple[FieldSeen, ...]
    left_out: Mapping[str, int]
    was_called: str = field(default="", repr=False)


def understood(source: SourceFile) -> Understood:
    """What was understood of a source."""
    reading, known = source.reading, format_of(source.name)
    text = folded(source.text).text
    structure = read_structure(text)
    return Understood(
        name=source.name,
        format=_format(known.name if known else "", source),
        encoding=reading.encoding if known and known.is_encoded else "",
        guessed=reading.guessed,
        language=language_of(text),
        words=len(words(text)),
        turns=len(structure.turns),
        unlabelled=sum(turn.speaker is None for turn in structure.turns),
        speakers=tuple(_seen(text, speaker) for speaker in structure.speakers if speaker.labels),
        header=_header(text, structure),
        left_out=dict(reading.dropped),
        was_called=source.was_called,
    )


def _format(name: str, source: SourceFile) -> str:
    """The format's name; plain text may hold the times of captions, which say nothing."""
    timed = is_plain_text(source.name) and holds_captions(source.text)
    return f"{name} with the times of captions" if timed else name


def _seen(text: str, speaker: Speaker) -> SpeakerSeen:
    first = speaker.labels[0]
    label = " ".join(text[first.start : first.end].split())
    name = speaker.name if speaker.name.casefold() != label.casefold() else ""
    return SpeakerSeen(label=label, kind=speaker.kind, turns=len(speaker.labels), name=name)


def _header(text: str, structure: Structure) -> tuple[FieldSeen, ...]:
    fields = []
    for one in structure.header:
        said = " ".join(text[one.value.start : one.value.end].split())
        value = said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
        if value:
            fields.append(FieldSeen(one.key, value))
    return tuple(fields)
