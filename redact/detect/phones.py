"""Shapes that Presidio leaves to chance: numbers that can be dialled, and any web address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Transcript
from redact.detect import operating_points as points

_BEFORE = re.compile(
    r"\b(?:phone|number|telephone|tel|cell|mobile|mob|call|text|ring|phoned|rang|fax|whatsapp|"
    r"reach|line|voicemail|extension|it's|its)\b",
    re.IGNORECASE,
)
# A trunk zero with ten or eleven digits, +44 or +1, or 555-0142: the shape of a number to dial.
_SHAPE = re.compile(
    r"(?<![\d£$.,-])(?:\+\d{1,3}[\s-]?)?(?:\(?0\d{2,4}\)?[\s-]?\d{3,4}[\s-]?\d{3,4}"
    r"|\(?[2-9]\d{2}\)?[\s.-]?\d{3}[\s.-]\d{4}|[2-9]\d{2}[-.]\d{4}|0\d{9,10})(?!\d|[,.-]\d)"
)


class PhoneShapeRecognizer:
    """Numbers that can be dialled though no plan assigns them, by shape or by what is said."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        import phonenumbers

        text = transcript.text
        for match in _SHAPE.finditer(text):
            yield Mention(
                place=Place.at(transcript.id, match.start(), match.end()),
                label="PHONE",
                score=points.PHONE_SHAPE,
                sources=(Source.PHONE_NUMBER_BY_SHAPE,),
            )
        for region in ("GB", "US"):
            for found in phonenumbers.PhoneNumberMatcher(
                text, region, leniency=phonenumbers.Leniency.POSSIBLE, max_tries=65535
            ):
                before = text[max(0, found.start - 60) : found.start]
                if _BEFORE.search(before) and sum(map(str.isdigit, found.raw_string)) >= 7:
                    yield Mention(
                        place=Place.at(transcript.id, found.start, found.end),
                        label="PHONE",
                        score=points.POSSIBLE_PHONE,
                        sources=(Source.POSSIBLE_PHONE_NUMBER_IN_CONTEXT,),
                    )


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
