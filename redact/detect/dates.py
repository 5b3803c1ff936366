"""Dates to the day and exact ages of people: HIPAA Safe Harbor's elements, as people say them.

Years, months, durations, clock times and amounts are not identifying and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Transcript

# Only a shortened month has a full stop of its own: that of "in May." ends the sentence.
_MONTH = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|"
    "fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_SPOKEN_DAY = (
    r"(?:(?:twenty|thirty)[\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    rf"{_ORDINALS})"
)
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?|{_SPOKEN_DAY})"
_TEENS = "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_YEAR = (
    r"(?:(?:18|19|20)\d\d|'\d\d|"
    rf"(?:nineteen|twenty)[\s-](?:(?:{_TEENS})(?:[\s-](?:{_UNITS}))?|ten|eleven|twelve|thirteen|"
    rf"fourteen|fifteen|sixteen|seventeen|eighteen|oh[\s-](?:{_UNITS}))|"
    rf"two thousand(?: and)?(?: (?:{_UNITS}|ten|eleven|twelve))?)"
)
_FEAST = (
    r"(?:hogmanay|christmas(?: day| eve)?|boxing day|new year'?s (?:day|eve)|halloween|"
    r"thanksgiving|easter (?:sunday|monday)|good friday|burns night|st\.? andrew'?s day|"
    r"(?:the )?fourth of july|labor day|memorial day|veterans day|valentine'?s day)"
)
_SHORT_YEAR = rf"(?:{_TEENS})(?:[\s-](?:{_UNITS}))?"
_FEAST = _FEAST.replace(" ", r"\s+")  # in a verbose pattern a bare space says nothing
_YEAR = _YEAR.replace(" ", r"\s+")
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
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
_NUMBER = (
    r"(?:1[01]\d|\d{1,2}|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[\s-](?:{_UNITS}))?|"
    rf"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{_UNITS})"
)
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
        r"\b(?:he|she|they|i|who|mum|maw|mom|dad|da|gran|granny|nana|wife|husband|brother|sister|"
        r"son|daughter|wean|bairn|boy|girl|lad|lassie|laddie|kid|mother|father|baby)"
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
                Place.at(transcript.id, match.start(), match.end()),
                "DATE",
                0.9,
                (Source.DAY_LEVEL_DATE,),
            )
        spans = {match.span(1) for pattern in _AGES for match in pattern.finditer(text)}
        for start, end in sorted(spans):
            yield Mention(Place.at(transcript.id, start, end), "AGE", 0.85, (Source.EXACT_AGE,))
