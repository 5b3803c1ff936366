"""Names and initials in the values of a header's fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from redact.core import NamedSpan, Source, Span
from redact.transcript.header import HeaderField, whole
from redact.transcript.tokens import (
    PARTICLES,
    LabelPiece,
    is_initials,
    is_small_initials,
    letters_of,
    letters_small,
    read_label,
)
from redact.transcript.vocabulary import folded_words
from redact.transcript.words import fold

_SEVERAL = re.compile(r"[^,;/]+")
_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]\r\n]*)[)\]]")
_QUOTED = re.compile(r"[\"“‘'](?P<nick>[^\"”’'\r\n]{2,30})[\"”’']")
_SURNAME_FIRST = re.compile(
    r"[ \t]*(?P<name>[^\W\d_][\w'’-]+(?:[ -][^\W\d_][\w'’-]+)?,[ ]+[^\W\d_][\w'’.-]*"
    r"(?:[ ][^\W\d_][\w'’.-]*){0,2})[ \t]*(?=[(\[\"“;]|\Z|[ ]{2,})"
)
_DEGREES = folded_words("letters behind a name")
_LONGEST_INITIALS = 12


_PARTS = re.compile(r"[^,;()/]+")


@dataclass(frozen=True, slots=True)
class HeaderPerson:
    """A person's name in the header, and the key under which it stands: "interviewer"."""

    key: str
    name: Span


@dataclass(frozen=True, slots=True)
class HeaderNames:
    """What the header names, and initials that it gives for somebody."""

    names: tuple[NamedSpan, ...]
    marks: tuple[Span, ...]
    people: tuple[HeaderPerson, ...] = ()

    def letters(self, text: str) -> frozenset[str]:
        """The folded letters of the initials."""
        said = (text[mark.start : mark.end] for mark in self.marks)
        return frozenset(letters_of(one) or letters_small(one) for one in said)


def names_in(text: str, fields: Iterable[HeaderField]) -> HeaderNames:
    """The names and initials of these fields, each once."""
    names: list[NamedSpan] = []
    marks: list[Span] = []
    people: list[HeaderPerson] = []
    for one in fields:
        if one.label == "PERSON":
            found = _people(text, one)
            names += [
                NamedSpan(p.span, "PERSON", Source.HEADER_LINE) for p in found if p.kind == "name"
            ]
            people += [HeaderPerson(one.key, p.span) for p in found if p.kind == "name"]
            marks += [p.span for p in found if p.kind == "initials"]
        elif one.label is not None:
            for match in _PARTS.finditer(text, one.value.start, one.value.end):
                spans = whole(text, Span(*match.span()))
                names += [NamedSpan(span, one.label, Source.HEADER_LINE) for span in spans]
    return HeaderNames(tuple(names), tuple(marks), tuple(people))


def _people(text: str, one: HeaderField) -> list[LabelPiece]:
    """The people of a value: what stands in brackets is theirs only where it is initials."""
    found: list[LabelPiece] = []
    at = one.value.start
    for match in _BRACKETS.finditer(text, one.value.start, one.value.end):
        found += _outside(text, Span(at, match.start()), one.key)
        inside = Span(*match.span("inside"))
        said = text[inside.start : inside.end]
        if is_initials(said) and (len(letters_of(said)) < 4 or "." in said):
            found += [p for p in read_label(text, inside) if p.kind == "initials"]
        elif quoted := _QUOTED.fullmatch(said.strip()):
            begin = inside.start + said.index(quoted["nick"])
            found.append(LabelPiece(Span(begin, begin + len(quoted["nick"])), "name"))
        elif len(fold(said)) == 1 and said[:1].isupper() and found and found[-1].kind == "name":
            found += [p for p in read_label(text, inside) if p.kind == "name"]
        at = match.end()
    return found + _outside(text, Span(at, one.value.end), one.key)


def _outside(text: str, span: Span, key: str) -> list[LabelPiece]:
    said = text[span.start : span.end]
    surname_first = _SURNAME_FIRST.fullmatch(said) or (
        _SURNAME_FIRST.match(said) if said.count(",") == 1 else None
    )
    if surname_first and not key.endswith("s") and said.count(",") == 1:
        name = Span(
            span.start + surname_first.start("name"), span.start + surname_first.end("name")
        )
        behind = "".join(fold(text[name.start : name.end].partition(",")[2]))
        if behind not in _DEGREES and not any(p.kind == "role" for p in read_label(text, name)):
            return [LabelPiece(name, "name")]
    found: list[LabelPiece] = []
    for match in _SEVERAL.finditer(text, span.start, span.end):
        place = Span(*match.span())
        written = match[0].strip()
        if (
            written[:1].islower()
            and fold(written)[:1] != ("and",)
            and not is_small_initials(written)
        ):
            if any(word in PARTICLES for word in fold(written)[:1]):
                found += [p for p in read_label(text, place) if p.kind == "name"]
                continue
            break  # a description, and what is behind it: "night concierge, Harbour House"
        if "".join(fold(written)) in _DEGREES and found:
            continue
        if is_small_initials(written) and len(said.strip()) == len(written):
            begin = place.start + match[0].index(written)
            found.append(LabelPiece(Span(begin, begin + len(written)), "initials"))
            continue
        found += [p for p in read_label(text, place) if p.kind in ("name", "initials")]
    return found
