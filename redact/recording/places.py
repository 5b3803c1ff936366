"""Every hidden place of a study as a stretch of its recording; those without a time are told.

Times come from the sources, read again; the list shows no word of them. Still it leads whoever has
the recording to each name, so it is made as a look is: two people where the policy asks, and in the
log before it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from redact.core import Span, Transcript
from redact.custody.payload import GRAMMAR_TYPE, Document, LinkageKey
from redact.study.desk import Desk
from redact.study.linkage import read_safe
from redact.transcript.heard import How, Recording

COARSE = 30_000  # milliseconds: in a share of more than this a person must listen


@dataclass(frozen=True, slots=True)
class HiddenThing:
    """What is hidden: its kind and its pseudonym."""

    kind: str
    pseudonym: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentStretch:
    """Milliseconds of a recording to be silenced, and what is said there; `how` we know it.

    It `is_coarse` if it was guessed within more than half a minute.
    """

    begins: int
    ends: int
    things: tuple[HiddenThing, ...]
    how: How
    is_coarse: bool = False

    @property
    def label(self) -> str:
        """What is said there in one line, without a name."""
        return "; ".join(f"{one.kind} {one.pseudonym}" for one in self.things)


@dataclass(frozen=True, slots=True)
class WithoutTime:
    """A hidden place of which nobody knows when it is said: a line of the safe text, from 1."""

    line: int
    thing: HiddenThing


@dataclass(frozen=True, slots=True, kw_only=True)
class Silenced:
    """What is to be silenced in the recording of a transcript, `file` being its safe name.

    `ends` is the last time that the transcript tells, in milliseconds; 0 if it tells none.
    """

    file: str
    ends: int
    stretches: tuple[SilentStretch, ...]
    without_time: tuple[WithoutTime, ...]

    @property
    def coarse(self) -> int:
        """How many stretches a person must listen to."""
        return sum(one.is_coarse for one in self.stretches)


def silenced(desk: Desk) -> tuple[Silenced, ...]:
    """For each transcript what is to be silenced; stretches in order, none over another.

    Raises Tampered where a safe file is not as it was written.
    """
    return tuple(
        _of(document, transcript, desk)
        for document, transcript in zip(desk.key.documents, desk.transcripts, strict=True)
    )


def _of(document: Document, transcript: Transcript, desk: Desk) -> Silenced:
    recording, key = Recording(transcript), desk.key
    safe = read_safe(desk.study.safe, document, desk.policy.formats).text
    stretches: list[SilentStretch] = []
    without: list[WithoutTime] = []
    for item in key.replacements_of(document.doc_id):
        thing = _thing(key, item.entry)
        place = Span(item.start, item.end)
        if thing is None or recording.is_label(place):
            continue
        if (heard := recording.stretch(place)) is None:
            without.append(WithoutTime(safe.count("\n", 0, item.safe_start) + 1, thing))
            continue
        stretches.append(
            SilentStretch(
                begins=heard.begins,
                ends=heard.ends,
                things=(thing,),
                how=heard.how,
                is_coarse=heard.how == "share" and heard.within > COARSE,
            )
        )
    return Silenced(
        file=document.safe_name,
        ends=recording.ends,
        stretches=united(stretches),
        without_time=tuple(without),
    )


def _thing(key: LinkageKey, number: int) -> HiddenThing | None:
    """What a replacement stands for; None where only the grammar of a sentence was mended."""
    entry = key.entries[number]
    return None if entry.type == GRAMMAR_TYPE else HiddenThing(entry.type, entry.pseudonym)


def united(stretches: Iterable[SilentStretch]) -> tuple[SilentStretch, ...]:
    """The same milliseconds in stretches that neither overlap nor touch, in order."""
    made: list[SilentStretch] = []
    for one in sorted(stretches, key=lambda each: (each.begins, each.ends)):
        last = made[-1] if made else None
        if last is None or one.begins > last.ends:
            made.append(one)
            continue
        made[-1] = replace(
            last,
            ends=max(last.ends, one.ends),
            things=tuple(dict.fromkeys((*last.things, *one.things))),
            how="share" if "share" in (last.how, one.how) else "word",
            is_coarse=last.is_coarse or one.is_coarse,
        )
    return tuple(made)
