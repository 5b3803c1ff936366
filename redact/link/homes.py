"""Where each interview was held, when interviews.csv does not say: the organisation it opens with.

The first organisation named in the first third of the talk is taken, unless the talk says that it
is past ("I came from …", "I used to work at …"). Short forms join the one longer name they are part
of. It only lets a name alone reach across the transcripts of one organisation; nothing is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from redact.core import Detection, Mention, RosterEntry, Transcript
from redact.transcript.words import fold

Words = tuple[str, ...]

_OPENING = 0.3  # share of the transcript
_BEFORE = 40  # code points
_BETWEEN_SEVERAL = "/;>|\n"
_PAST = re.compile(
    r"\b(?:came (?:here )?from|come from|worked|used to|was (?:at|with)|were (?:at|with)|left|"
    r"before|years? (?:at|with)|did nights at|taught|school|college)\b[^.?!]*\Z",
    re.IGNORECASE,
)


def at_home(
    transcripts: tuple[Transcript, ...],
    detections: Iterable[Detection],
    roster: tuple[RosterEntry, ...],
) -> tuple[Transcript, ...]:
    """The transcripts with the organisation each was held in; what interviews.csv says stands."""
    if all(transcript.organisation for transcript in transcripts):
        return transcripts
    mentions = {detection.transcript: detection.mentions for detection in detections}
    opened = {
        t.id: _opened_with(t, mentions.get(t.id, ())) for t in transcripts if not t.organisation
    }
    known = {
        fold(form): entry.name for entry in roster if entry.kind == "ORG" for form in entry.forms
    }
    names = {name for name in opened.values() if name} | set(known)
    return tuple(
        t if t.organisation else replace(t, organisation=_whole(opened[t.id], names, known))
        for t in transcripts
    )


def under_one_name(
    transcripts: tuple[Transcript, ...], roster: tuple[RosterEntry, ...]
) -> tuple[tuple[Transcript, ...], tuple[RosterEntry, ...]]:
    """Both with each organisation of the tables under one name, however the steward wrote it.

    "The Bench" is Corrie Bench where no other name of the tables ends or begins so.
    """
    written = {t.organisation for t in transcripts} | {entry.organisation for entry in roster}
    names = {plain for one in written if (plain := _plain(one))}
    spelt_out = {name: written_out(name, names) for name in names} | {(): ()}
    names = set(spelt_out.values())
    usual = {one: _whole(spelt_out[_plain(one)], names, {}) or one for one in written}
    return (
        tuple(replace(t, organisation=usual[t.organisation]) for t in transcripts),
        tuple(replace(entry, organisation=usual[entry.organisation]) for entry in roster),
    )


def written_out(name: Words, names: Iterable[Words]) -> Words:
    """The one of these names that this one shortens word by word: H. Threads, Univ. of Corrie."""
    longer = {other for other in names if other != name and _shortens(name, other)}
    return longer.pop() if len(longer) == 1 else name


def _shortens(name: Words, other: Words) -> bool:
    """Whether each word is the other's or begins it, and one is whole and no small word."""
    return (
        1 < len(name) == len(other)
        and all(long.startswith(short) for short, long in zip(name, other, strict=True))
        and any(len(short) > 2 and short == long for short, long in zip(name, other, strict=True))
    )


def is_one_organisation(written: str) -> bool:
    """Whether a table names one organisation: not "Corrie / Dunfield", "Corrie > Dunfield"."""
    return bool(written) and not any(mark in written for mark in _BETWEEN_SEVERAL)


def _plain(written: str) -> tuple[str, ...]:
    """The words of an organisation's name, without the article and what stands in brackets."""
    name = fold(written.partition("(")[0]) if is_one_organisation(written) else ()
    return name[1:] if name[:1] == ("the",) else name


def _opened_with(transcript: Transcript, mentions: Iterable[Mention]) -> tuple[str, ...]:
    text = transcript.text
    for mention in mentions:
        if mention.start > _OPENING * len(text):
            break
        before = text[max(0, mention.start - _BEFORE) : mention.start]
        if mention.label == "ORG" and not _PAST.search(before):
            name = fold(text[mention.start : mention.end])
            return name[1:] if name[:1] == ("the",) else name
    return ()


def _whole(
    name: tuple[str, ...], names: set[tuple[str, ...]], known: dict[tuple[str, ...], str]
) -> str:
    """The one longer name of which this is a part, under the roster's wording if it has one."""
    longer = {other for other in names if len(other) > len(name) and _is_part(name, other)}
    longest = {one for one in longer if not any(_is_part(one, two) for two in longer - {one})}
    whole = longest.pop() if name and len(longest) == 1 else name
    return known.get(whole, known.get(name, " ".join(whole)))


def _is_part(name: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(other[at : at + len(name)] == name for at in range(len(other) - len(name) + 1))
