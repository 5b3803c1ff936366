"""What a consent form or information sheet promises, held against who is to have the transcripts.

It reads for five promises that archiving may break: to destroy, to show nobody but the team, not to
share, to publish quotes only, and a day until which people may withdraw; and for safeguards that
open access would not have. It is a list of shapes, not a lawyer: what it finds is quoted to the
steward, who says what people agreed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from redact.replace.dates import read_date
from redact.study.description import Access

PromiseKind = Literal[
    "destroy", "the team only", "no sharing", "quotes only", "withdrawal", "safeguards"
]
_GONE = r"(?:destroy|destroyed|delete|deleted|erase|erased|shred|shredded|wipe|wiped)"
_DATA = r"(?:transcripts?|data|interviews?|materials?|records|information|answers|everything)"
_US = r"(?:research team|project team|research group|researchers?|team|supervisors?|us|me)"
_NOT = r"(?:not|never|nobody|no one|none|won't|cannot)"
_AWAY = (
    r"(?:shared?|passed on|given to|made available|deposited?|archived?|published|disclosed?|"
    r"lea(?:ve|ves) the|go(?:es)? (?:to|beyond)|released)"
)
_QUOTES = r"(?:quotes?|quotations?|extracts?|excerpts?)"
_FORMS: tuple[tuple[PromiseKind, str], ...] = (
    ("destroy", rf"\b{_DATA}\b.*\b{_GONE}\b|\b{_GONE}\b.*\b{_DATA}\b"),
    (
        "the team only",
        rf"\b(?:only|solely|just)\b[^,;]{{0,40}}\b{_US}\b.*\b(?:see|access|read|hear|use|handle)\b"
        rf"|\b(?:see|seen|access|accessible|read|heard|available|used)\b.*\b(?:only|solely|just)\b"
        rf"[^,;]{{0,25}}\b{_US}\b"
        rf"|\b(?:nobody|no one|no-one)\b.*\b(?:but|except|outside|else|other than)\b.*"
        rf"|\bconfidential (?:to|within) the {_US}\b",
    ),
    ("no sharing", rf"\b{_NOT}\b[^,;]{{0,60}}\b{_AWAY}\b|\bno (?:third part|other researcher)"),
    (
        "quotes only",
        rf"\b(?:only|just|nothing but)\b[^;]{{0,40}}\b{_QUOTES}\b|\b{_QUOTES} only\b",
    ),
    ("withdrawal", r"\b(?:withdraw|take (?:my|your|the) (?:interview|data|words) back)\b"),
    (
        "safeguards",
        r"\bsafeguards?\b|\bregistered (?:users?|researchers?)\b|\b(?:bona fide|genuine) "
        r"researchers?\b|\bresearch (?:purposes )?only\b|\bnon-?commercial\b|"
        r"\bonly (?:for|in) (?:research|teaching)\b|\bother researchers\b",
    ),
)
_SHAPES = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _FORMS)
_UNTIL = re.compile(r"\b(?:until|before|up to|by|within|no later than)\b (?P<when>.{3,60})", re.I)
_DATE = re.compile(
    r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Z][a-z]+,? \d{4}|"
    r"[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}/\d{1,2}/\d{2,4})\b"
)
_LONGEST = 600  # characters that are read as one sentence
_RECORDING = re.compile(r"\b(?:recordings?|audio|tapes?|videos?)\b", re.IGNORECASE)
_WRITTEN = re.compile(r"\b(?:transcripts?|data|everything|materials?|written)\b", re.IGNORECASE)
_END = re.compile(r"(?<=[.?!;])\s+|\n\s*(?:[-*•]|\d+[.)]|\[ \])\s*|\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A sentence of a paper that promises something, with the line it begins at."""

    kind: PromiseKind
    paper: str
    line: int
    quote: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A promise that the deposit would break, and why."""

    promise: Promise
    why: str


def promises_in(paper: str, text: str) -> tuple[Promise, ...]:
    """What a paper promises, in its order; a sentence may promise more than one thing."""
    found = []
    at = 0
    for sentence in (*_sentences(text), ""):
        start = text.find(sentence, at) if sentence else len(text)
        said = " ".join(sentence.split()).lstrip("-*• ").strip()
        for kind, shape in _SHAPES:
            if said and shape.search(said) and not _is_of_recording(kind, said):
                line = text.count("\n", 0, start) + 1
                found.append(Promise(kind=kind, paper=paper, line=line, quote=said))
        at = start
    return tuple(found)


def _sentences(text: str) -> Iterator[str]:
    """The sentences; one that never ends, as in a table, in pieces that overlap by half."""
    for sentence in _END.split(text):
        yield sentence[:_LONGEST]
        yield from (
            sentence[at : at + _LONGEST]
            for at in range(_LONGEST // 2, len(sentence) - _LONGEST // 2, _LONGEST // 2)
        )


def _is_of_recording(kind: PromiseKind, said: str) -> bool:
    """That a recording is deleted breaks nothing: the transcript is deposited."""
    return kind == "destroy" and bool(_RECORDING.search(said)) and not _WRITTEN.search(said)


def contradictions(
    promises: Iterable[Promise], access: Access | Literal[""], is_open_licence: bool, today: date
) -> tuple[Contradiction, ...]:
    """The promises that a deposit with this access and licence would break.

    `today` is the day of the release: who may still withdraw then is asked about.
    """
    found = []
    for one in promises:
        why = _why(one, access or "controlled", is_open_licence, today)
        if why:
            found.append(Contradiction(one, why))
    return tuple(found)


def _why(one: Promise, access: Access, is_open_licence: bool, today: date) -> str:
    match one.kind:
        case "destroy":
            return "an archive keeps what is deposited"
        case "the team only":
            return f"with {access} access people outside the team read it"
        case "no sharing":
            return f"a deposit shares it, with {access} access"
        case "quotes only":
            return "whole transcripts are deposited, not quotes"
        case "withdrawal":
            return _withdrawal(one.quote, today)
        case "safeguards":
            if access == "open":
                return "open access has no safeguards: anybody may have it"
            return "this licence lets anybody use it for anything" if is_open_licence else ""


def _withdrawal(quote: str, today: date) -> str:
    """Why a promise about withdrawing is still open; nothing where it ends with the deposit."""
    until = _UNTIL.search(quote)
    if until is None:
        return ""
    said = _DATE.search(until["when"])
    if said is None:
        return ""
    day = read_date(said[0], "unknown")
    if not (day.year and day.month and day.day):
        return ""
    try:
        ends = date(day.year.value, day.month.value, day.day.value)
    except ValueError:
        return ""
    return f"people may still withdraw until {ends.isoformat()}" if ends >= today else ""
