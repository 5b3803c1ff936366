"""Who speaks in a transcript, and what is known of each: a person, a role or a code.

Initials that label a speaker are a person's, by name where the legend, the header or the tables
give it. They are that person's at their other places in the same transcript too, but for what means
something else in talk: US, IT, PA.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from redact.core import Interview, RosterEntry, Span, Speaker, SpeakerKind
from redact.transcript.header_names import HeaderNames
from redact.transcript.layout import Start
from redact.transcript.legend import LegendEntry, listed_initials
from redact.transcript.tokens import (
    LabelPiece,
    fits,
    is_initials,
    letters_of,
    letters_small,
    read_label,
)
from redact.transcript.vocabulary import folded_words
from redact.transcript.words import fold

_ORDINARY = folded_words("acronyms of talk")
_THING = re.compile(r"\b(?:the|a|an|our|his|her|their|my|your|this|that|every|of|in)[ ]+\Z", re.I)
_ASIDE = re.compile(r"[\[(]\Z")
_DOES = re.compile(r"[ ]+[a-z]|['’]s\b|[:\])]")
_LOOK_BACK = 12


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """A label of a turn, and what stands in it."""

    start: Start
    pieces: tuple[LabelPiece, ...]


@dataclass(slots=True, kw_only=True)
class _Known:
    """What has been gathered of one speaker so far."""

    labels: list[Span] = field(default_factory=list)
    marks: set[Span] = field(default_factory=set)
    named: list[Span] = field(default_factory=list)
    kind: SpeakerKind = "role"
    letters: str = ""
    name: str = ""
    why: str = ""


def read_labels(text: str, starts: Iterable[Start], known: frozenset[str]) -> tuple[ReadLabel, ...]:
    """The labels with their pieces; one wording is read once."""
    read: dict[str, tuple[int, tuple[LabelPiece, ...]]] = {}
    labels = []
    for start in starts:
        said = text[start.speaker.start : start.speaker.end]
        if said not in read:
            read[said] = (start.speaker.start, read_label(text, start.speaker, known))
        begun, pieces = read[said]
        by = start.speaker.start - begun
        moved = (
            LabelPiece(Span(p.span.start + by, p.span.end + by), p.kind, p.label) for p in pieces
        )
        labels.append(ReadLabel(start, tuple(moved)))
    return tuple(labels)


def read_speakers(
    text: str,
    labels: Sequence[ReadLabel],
    legend: Sequence[LegendEntry],
    header: HeaderNames,
    roster: tuple[RosterEntry, ...],
    interview: Interview | None,
) -> tuple[Speaker, ...]:
    """The speakers by their first label, then whom only the header names by initials."""
    people: dict[str, _Known] = {}
    for label in labels:
        _add_label(text, people, label)
    for mark in header.marks:
        letters = _letters(text, mark)
        one = people.setdefault(f"({letters})", _Known(kind="person", letters=letters))
        one.marks.add(mark)
    for entry in legend:
        key = f"({entry.letters})"
        if key in people:
            people[key].marks.add(entry.mark)
            people[key].named.append(entry.name)
    _add_header(text, people, header)
    for one in people.values():
        _name(text, one, roster, interview)
    written = {one.letters for one in people.values() if one.letters}
    signed = _signatures(text, people, written)
    elsewhere = _elsewhere(text, written, set(signed))
    for letters, one in signed.items():
        if elsewhere[letters]:
            one.letters = letters
    taken = {span for one in people.values() for span in one.marks}
    for one in people.values():
        one.marks |= {span for span in elsewhere[one.letters] if not _meets(span, taken)}
    return tuple(
        Speaker(
            labels=tuple(one.labels),
            kind=one.kind,
            marks=tuple(sorted(one.marks)),
            named=tuple(one.named),
            letters=one.letters,
            name=one.name,
            why=one.why,
        )
        for one in people.values()
    )


def _add_label(text: str, people: dict[str, _Known], label: ReadLabel) -> None:
    initials = [piece for piece in label.pieces if piece.kind == "initials"]
    named = [piece for piece in label.pieces if piece.kind == "name" and piece.label == "PERSON"]
    kinds = {piece.kind for piece in label.pieces}
    if initials and not named:
        letters = _letters(text, initials[0].span)
        one = people.setdefault(f"({letters})", _Known(kind="person", letters=letters))
        one.marks.add(initials[0].span)
    elif named:
        one = people.setdefault(label.start.key, _Known(kind="person"))
        if not one.named:
            one.named.append(named[0].span)
            one.why = "label"
    else:
        is_code = "code" in kinds or "pseudonym" in kinds or not kinds
        one = people.setdefault(label.start.key, _Known(kind="code" if is_code else "role"))
    one.labels.append(label.start.speaker)


def _add_header(text: str, people: Mapping[str, _Known], header: HeaderNames) -> None:
    """The names that the header has for a role or for initials, where it has one."""
    for key, one in people.items():
        if one.named or one.kind == "code":
            continue
        if one.letters:
            spans = [h.name for h in header.people if fits(one.letters, _words(text, h.name))]
        else:
            spans = [h.name for h in header.people if key == h.key]
        if len({_words(text, span) for span in spans}) == 1:
            one.named.append(spans[0])
            one.why = "header"


def _words(text: str, span: Span) -> tuple[str, ...]:
    surname, comma, given = text[span.start : span.end].partition(",")
    return fold(f"{given} {surname}") if comma else fold(surname)


def _signatures(text: str, people: Mapping[str, _Known], taken: set[str]) -> dict[str, _Known]:
    """Initials by which somebody with a full name may sign, who alone has them: "R.K." """
    found: dict[str, list[_Known]] = defaultdict(list)
    for one in people.values():
        words = _words(text, one.named[0]) if one.named and not one.letters else ()
        if len(words) > 1:
            found[words[0][0] + words[-1][0]].append(one)
    return {
        letters: those[0]
        for letters, those in found.items()
        if len(those) == 1 and letters not in taken
    }


def _letters(text: str, span: Span) -> str:
    written = text[span.start : span.end]
    return letters_of(written) or letters_small(written)


def _name(
    text: str, one: _Known, roster: tuple[RosterEntry, ...], interview: Interview | None
) -> None:
    """Sets what legend or tables call somebody."""
    if one.named:
        first = one.named[0]
        one.name = " ".join(text[first.start : first.end].split())
        one.why = one.why or "legend"
    elif one.letters and (listed := listed_initials(one.letters, roster, interview)):
        one.name, one.why = listed, "tables"


def _elsewhere(text: str, letters: set[str], signed: set[str]) -> Mapping[str, list[Span]]:
    """Every place where initials stand as a whole token, written as initials are.

    Those that only a full name speaks for (`signed`) have their full stops, or open an aside.
    """
    found: dict[str, list[Span]] = defaultdict(list)
    if not letters and not signed:
        return found
    for match in _WRITTEN.finditer(text):
        said = match[0]
        mine = letters_of(said) if is_initials(said) else ""
        if mine not in letters and mine not in signed:
            continue
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        aside = _ASIDE.search(before) and _DOES.match(text, match.end())
        if (mine in _ORDINARY or _THING.search(before)) and not aside:
            continue
        if mine not in letters and not said.endswith(".") and not aside:
            continue
        found[mine].append(Span(*match.span()))
    return found


_WRITTEN = re.compile(
    r"(?<![\w.@/#&'’-])(?:[A-Z]\.(?:[ ]?[A-Z]\.){1,3}|[A-Z][A-Za-z]{0,4}[A-Z])(?![\w@/#&-])"
)


def _meets(span: Span, taken: set[Span]) -> bool:
    """Whether this is one of these, give or take a full stop at its end."""
    return any(
        Span(span.start, span.end + by) in taken for by in (-1, 0, 1) if span.end + by >= span.start
    )
