"""Dates to the day and exact ages of people: HIPAA Safe Harbor's elements, as people say them.

Years, months, durations, clock times and amounts are not identifying and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.transcript.vocabulary import (
    KIN,
    MONTHS,
    ORDINALS,
    PEOPLE,
    TENS,
    UNITS,
    WEEKDAYS,
    one_of,
)

# Only a shortened month has a full stop of its own: that of "in May." ends the sentence.
_SHORT_MONTHS = one_of({month[:3] for month in MONTHS if len(month) > 3} | {"Sept"})
_MONTH = rf"(?:{one_of(MONTHS)}\b|{_SHORT_MONTHS}\b\.?)"
_ORDINAL = one_of(word for word, value in ORDINALS.items() if value)
_BELOW_TENTH = one_of(word for word, value in ORDINALS.items() if 0 < value < 10)
_SPOKEN_DAY = rf"(?:(?:twenty|thirty)[\s-]{_BELOW_TENTH}|{_ORDINAL})"
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?|{_SPOKEN_DAY})"
_UNIT = one_of(UNITS[1:10])
_SHORT_YEAR = rf"{one_of((UNITS[19], *TENS))}(?:[\s-]{_UNIT})?"
_YEAR = (
    r"(?:(?:18|19|20)\d\d|'\d\d|"
    rf"(?:nineteen|twenty)[\s-](?:{_SHORT_YEAR}|{one_of(UNITS[10:19])}|oh[\s-]{_UNIT})|"
    rf"two\s+thousand(?:\s+and)?(?:\s+{one_of(UNITS[1:13])})?)"
)
_FEAST = (
    r"(?:hogmanay|christmas(?: day| eve)?|boxing day|new year'?s (?:day|eve)|halloween|"
    r"thanksgiving|easter (?:sunday|monday)|good friday|burns night|st\.? andrew'?s day|"
    r"(?:the )?fourth of july|labor day|memorial day|veterans day|valentine'?s day)"
)
_FEAST = _FEAST.replace(" ", r"\s+")  # in a verbose pattern a bare space says nothing
_WEEKDAY = one_of(WEEKDAYS)
_AMOUNT = r"\s*(?:%|percent|per\s+cent|people|hours|times|or\b|of\b|to\s+\d)"
_DATES = re.compile(
    rf"""\b(?:
      (?:the\s+)?(?<!\d[.:])(?:{_DAY})(?:\s+of)?\s+{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?
    | {_MONTH}\s+(?:the\s+)?{_DAY}(?!{_AMOUNT})
      (?:,?\s+{_YEAR})?
    | (?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:(?:19|20)?\d\d)
    | (?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])[/-](?:(?:19|20)?\d\d)
    | (?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
    | (?:the\s+)?{_DAY}\s+of\s+the\s+{_DAY}(?:,?\s+(?:{_YEAR}|{_SHORT_YEAR}|\d\d))?
    | {_WEEKDAY},?\s+(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}(?:,?\s+(?:of\s+)?{_YEAR})?
    | {_WEEKDAY}\s+the\s+{_DAY}
    | {_FEAST},?\s+(?:of\s+|in\s+)?{_YEAR}
    )(?![\w])""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = rf"(?:1[01]\d|\d{{1,2}}|{one_of(TENS)}(?:[\s-]{_UNIT})?|{one_of(UNITS[1:])})"
_HALF = r"(?:\s+and\s+a\s+half)?"
_NOT_AGE = (
    r"(?!\s*(?:%|per\s?cent|percent|years?\s+(?:in|here|at|with|ago|now|later)|o'?clock|pounds?|"
    r"quid|dollars?|bucks|miles?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|times?|people|"
    r"of\b|or\b|to\b|foot|feet|stone|lbs?|kilos?|grand|thousand|hundred|million|steps?|clients?|"
    r"families|cases?|kids?|more|things?|different|and\s+a\s+half\s+(?:hours?|miles?|days?)|"
    r"[ap]\.?m\b)|[:.,-]\d)"
)
_NOT_PEOPLE = (
    "it|that|this|there|here|what|which|where|time|price|number|total|score|rate|cost|room|page|"
    "section|option|level|step|version|flat|year|answer|half|minimum|maximum|limit|budget|rota|"
    "staff|team|ratio|temperature|bus|each|all|both|these|those|they|we|one|case|count|average"
)
_AGES = (
    re.compile(rf"\b({_NUMBER})[\s-]years?[\s-]olds?\b", re.IGNORECASE),
    re.compile(
        rf"\b(?:aged?|at\s+the\s+age\s+of|age\s+of)\s+({_NUMBER})\b{_NOT_AGE}", re.IGNORECASE
    ),
    re.compile(
        rf"\b(?:he|she|they|i|who|{one_of((*KIN, *PEOPLE))})"
        r"(?:\s+(?:is|was|are|were|be)|'s|'m|'re|’s|’m|’re)\s+"
        rf"(?:only\s+|just\s+|about\s+|nearly\s+|almost\s+|now\s+)?({_NUMBER}){_HALF}\b{_NOT_AGE}",
        re.IGNORECASE,
    ),
    # "Shuggie's 46 and", "the oldest was eleven,": a number that ends what is said of somebody.
    re.compile(
        rf"\b(?!(?:{_NOT_PEOPLE})\b)[^\W\d_]+"
        r"(?:['’]s|['’]d\s+be|\s+(?:is|was|would\s+be|must\s+be|will\s+be))\s+"
        rf"(?:only\s+|just\s+|now\s+)?({_NUMBER}){_HALF}"
        r"(?=\s*(?:[.,;!?](?!\d)|$|\s(?:and|now|this\s+year|already|when|but|or\s+so)\b))",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"\b(?:when|till|until|since|by\s+the\s+time)\s+(?:I|he|she|they)\s+(?:was|were)\s+"
        rf"(?:about\s+|only\s+|just\s+)*({_NUMBER})\b{_NOT_AGE}",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:had\s+(?:me|him|her|us|them)|left\s+school|died|married|pregnant|widowed|"
        rf"left\s+home|went\s+into\s+care)\s+at\s+({_NUMBER})\b{_NOT_AGE}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?:going\s+on|coming\s+up\s+for)\s+({_NUMBER})\b{_NOT_AGE}", re.IGNORECASE),
    re.compile(rf"\b(?:turned|turns|turning)\s+(?:just\s+)?({_NUMBER})\b{_NOT_AGE}", re.IGNORECASE),
    re.compile(rf"\b({_NUMBER})\s+(?:years|yrs)\s+of\s+age\b", re.IGNORECASE),
    # "Well. Twenty-two in three weeks", "she's nineteen come March".
    re.compile(
        rf"(?:^|[.,;]\s+|(?:['’]s|['’]ll\s+be|is|be)\s+)({_NUMBER})\s+"
        rf"(?:(?:in|come|next)\s+{_MONTH}|in\s+(?:a|two|three|four|a\s+few)\s+(?:weeks?|months?))",
        re.IGNORECASE | re.MULTILINE,
    ),
)


class DateAndAgeRecognizer:
    """Day-level dates and exact ages."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        for match in _DATES.finditer(text):
            yield Mention(
                place=Place.at(transcript.id, match.start(), match.end()),
                label="DATE",
                score=points.DAY_LEVEL_DATE,
                sources=(Source.DAY_LEVEL_DATE,),
            )
        spans = {match.span(1) for pattern in _AGES for match in pattern.finditer(text)}
        for start, end in sorted(spans):
            place = Place.at(transcript.id, start, end)
            yield Mention(
                place=place, label="AGE", score=points.EXACT_AGE, sources=(Source.EXACT_AGE,)
            )
