"""Exact ages of people as they are said, in a frame or in none: an element of HIPAA Safe Harbor.

A frame (detect/age_frames.py) says that a number is an age; of a weak one, and where there is none,
what is around the number decides (detect/age_reading.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.age_frames import (
    HALF,
    NUMBER,
    YEARS_OF,
    YOUNG,
    corrected_ages,
    is_of_a_thing,
    sure_ages,
    weak_ages,
)
from redact.detect.age_lists import ages_in_company, listed_ages
from redact.detect.age_reading import ages_read
from redact.detect.ages_running_on import ages_running_on
from redact.transcript.said_numbers import number_words
from redact.transcript.spans import offsets_of
from redact.transcript.vocabulary import one_of

_BABY_OR_HALF = re.compile(rf"[ -]?{YOUNG}\b|{HALF}", re.IGNORECASE)
_COUNT_BEHIND = re.compile(
    rf"(?:,?\s+(?:or\s+|to\s+)?{NUMBER})?\s+(?:people|folk|clients|members|staff|hours|oors|minutes|pounds|"
    r"dollars|quid|miles|percent|per\s+cent|times|beds|units|pages|points|degrees|milligrams|mg|mil)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"[\s-]+(?:square|sq|f(?:oo|ee|i)t|inch(?:es)?|met(?:re|er)s?|lit(?:re|er)s?|gallons?|kilos?|acres?|stone|"
    r"bed(?:room)?s?|seater)\b",
    re.IGNORECASE,
)
# "she was 5 days in", "ninety days clean".
_SINCE = re.compile(
    rf"[\s-]+{YOUNG}\s+(?:in|into|early|late|ago|later|off|on|clean|sober|behind|pregnant|left|away|"
    r"of|at|there|here|before|after|since|straight|running)\b",
    re.IGNORECASE,
)
# How tall somebody is, "she's six four"; what stands among decimals, "3.5, 3 and 3".
_TALL = re.compile(
    r"(?:four|five|six|[4-6])[ ](?:foot[ ]|feet[ ]|fit[ ])?"
    rf"(?:{one_of(number_words(1, 11))}|1[01]|\d)(?!\w)",
    re.IGNORECASE,
)
_SIZES = frozenset(("four five", "five six", "six seven", "4 5", "5 6", "6 7"))  # or two ages
_DECIMALS = re.compile(r"\d\.\d(?:,| and| or)?[^\w\n]{0,2}(?:\d+(?:,| and| or)\s)?\Z")
_CITED = re.compile(r"\s+(?:he|she|they|it)\s+(?:says|said|writes|wrote)\b", re.IGNORECASE)
_HOUSE_BEFORE = re.compile(
    r"\b(?:suite|room|flat|section|page|unit|apartment|apt)\s+\d+,\s+\Z", re.I
)


class AgeRecognizer:
    """Exact ages of people: those in a frame, and other numbers that what is around them tells."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        sure, weak = (
            {*sure_ages(text), *listed_ages(text)},
            {*weak_ages(text), *ages_running_on(text)},
        )
        sure |= {*corrected_ages(text, sure)}
        framed, certain = offsets_of({*sure, *weak, *ages_running_on(text)}), offsets_of(sure)
        found = {
            span: _mention(transcript, span, points.EXACT_AGE, Source.EXACT_AGE) for span in sure
        }
        for span, likely in ages_read(text, sure | weak, points.LEAST_AGE_IN_A_FRAME):
            number = range(span.start, span.end)
            if not certain.isdisjoint(number):
                continue
            if not framed.isdisjoint(number):
                if _is_a_size(text, span):
                    continue
                found[span] = _mention(transcript, span, points.EXACT_AGE, Source.EXACT_AGE)
            elif likely >= points.LEAST_AGE and not _counts(text, span):
                score, why = round((1 + likely) / 2, 2), Source.NUMBER_READ_AS_AN_AGE
                found[span] = _mention(transcript, span, score, why)
        sound = [span for span, one in found.items() if one.score >= points.LEAST_OF_COMPANY]
        for span in ages_in_company(text, sound):
            if any(span.overlaps(other) for other in found):
                continue
            if not _counts(text, span):
                score, why = points.AGE_IN_COMPANY, Source.NUMBER_READ_AS_AN_AGE
                found[span] = _mention(transcript, span, score, why)
        yield from (found[span] for span in sorted(found))


def _mention(transcript: Transcript, span: Span, score: float, why: Source) -> Mention:
    """The age at a number, with what a baby's counts and a half behind it."""
    behind = _BABY_OR_HALF.match(transcript.text, span.end)
    whole = Span(span.start, behind.end() if behind else span.end)
    return Mention(place=Place(transcript.id, whole), label="AGE", score=score, sources=(why,))


def _counts(text: str, span: Span) -> bool:
    """Whether a number counts what stands behind it, is a thing's, a house's or a line's."""
    if any(
        one.match(text, span.end) for one in (_COUNT_BEHIND, _MEASURED, YEARS_OF, _SINCE, _CITED)
    ):
        return True
    if is_of_a_thing(text, span.start, span.end) or _is_a_size(text, span):
        return True
    return _HOUSE_BEFORE.search(text, max(0, span.start - 24), span.start) is not None


def _is_a_size(text: str, span: Span) -> bool:
    """Whether a number is somebody's height, or one of a row of decimals."""
    near = text[max(0, span.start - 10) : span.end + 12]
    for match in _TALL.finditer(near):
        at = max(0, span.start - 10) + match.start()
        inside = at <= span.start and span.end <= at + len(match[0])
        if inside and match[0].casefold() not in _SIZES and not text[at - 1 : at].isalnum():
            return True
    return _DECIMALS.search(text, max(0, span.start - 12), span.start) is not None
