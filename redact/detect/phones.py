"""Shapes that Presidio leaves to chance: numbers that can be dialled, and any web address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points

_BEFORE = re.compile(
    r"\b(?:phone|number|telephone|tel|cell|mobile|mob|call|text|ring|phoned|rang|fax|whatsapp|"
    r"reach|line|voicemail|extension|it's|its)\b",
    re.IGNORECASE,
)
_REACH = 60  # characters from the start of such a word to its number
_LONGEST = 64  # characters of a number as it is written
# A trunk zero with ten or eleven digits, +44 or +1, or 555-0142: the shape of a number to dial.
_SHAPE = re.compile(
    r"(?<![\d£$.,-])(?:\+\d{1,3}[\s-]?)?(?:\(?0\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}"
    r"|\(?[2-9]\d{2}\)?[\s.-]?\d{3}[\s.-]\d{4}|[2-9]\d{2}[-.]\d{4}|0\d{9,10})(?!\d|[,.-]\d)"
)
# With a country's code: +44 7700 900123, +44 (0)7700 900123, 0044 7700 900 123, +353-85-555-0142.
_ABROAD = re.compile(
    r"(?<![\d£$.,+-])(?:\+[ ]?|00(?=[1-9]))[1-9]\d{0,2}(?:[ \u00a0.-]?\(0\))?"
    r"(?:[ \u00a0.-]?\(?\d{1,12}\)?){1,6}(?!\d|[,.-]\d)"
)
_FEWEST_ABROAD, _MOST_ABROAD = 9, 16  # figures, with the country's

_DIALLED = re.compile(r"\(?[2-9]\d{2}\)?[-. ]\d{3}[-.]\d{4}")


def is_dialled(said: str) -> bool:
    """Whether this is a whole number as it is dialled in the United States: 412-555-0131."""
    return _DIALLED.fullmatch(said) is not None


class PhoneShapeRecognizer:
    """Numbers that can be dialled though no plan assigns them, by shape or by what is said."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        import phonenumbers

        text = transcript.text
        abroad = [
            match
            for match in _ABROAD.finditer(text)
            if _FEWEST_ABROAD <= _digits(match[0]) <= _MOST_ABROAD
        ]
        for match in (*_SHAPE.finditer(text), *abroad):
            yield Mention(
                place=Place.at(transcript.id, match.start(), match.end()),
                label="PHONE",
                score=points.PHONE_SHAPE,
                sources=(Source.PHONE_NUMBER_BY_SHAPE,),
            )
        found: set[Span] = set()
        # Only around a word that leads up to one: the matcher copies the rest of its text for each
        # number that it tries, so that a long list of numbers would cost its length squared.
        for word in _BEFORE.finditer(text):
            near = text[word.start() : word.start() + _REACH + _LONGEST]
            for region in ("GB", "US"):
                for one in phonenumbers.PhoneNumberMatcher(
                    near, region, leniency=phonenumbers.Leniency.POSSIBLE, max_tries=_LONGEST
                ):
                    if one.start <= _REACH and _digits(one.raw_string) >= 7:
                        found.add(Span(word.start() + one.start, word.start() + one.end))
        for place in sorted(found, key=lambda place: (place.start, place.end)):
            yield Mention(
                place=Place(transcript.id, place),
                label="PHONE",
                score=points.POSSIBLE_PHONE,
                sources=(Source.POSSIBLE_PHONE_NUMBER_IN_CONTEXT,),
            )


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]'’]", re.IGNORECASE)


class WebAddressRecognizer:
    """What begins with http:// or www., under any suffix; Presidio knows registered ones only."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        for match in _ADDRESS.finditer(transcript.text):
            yield Mention(
                place=Place.at(transcript.id, match.start(), match.end()),
                label="URL",
                score=points.WEB_ADDRESS,
                sources=(Source.WEB_ADDRESS,),
            )
