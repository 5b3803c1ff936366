"""Dates, as people write and say them: to the day, an element of HIPAA Safe Harbor, or coarser.

How fine a date must be to count is the policy's choice. Durations, clock times and amounts stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Literal

from redact.core import Mention, Place, Source, Transcript
from redact.detect import operating_points as points
from redact.transcript.said_numbers import BELOW_TWENTY, ONES, TENS, number_words
from redact.transcript.vocabulary import (
    MONTHS,
    ORDINALS,
    SHORT_MONTHS,
    WEEKDAYS,
    one_of,
)

_SCOTS_MONTHS = "(?:Januar|Februar|Mairch|Aprile)"
# Only a shortened month has a full stop of its own: that of "in May." ends the sentence.
_MONTH = rf"(?:{one_of(MONTHS)}\b|{_SCOTS_MONTHS}\b|{one_of(SHORT_MONTHS)}\b\.?)"
_ORDINAL = one_of(word for word, value in ORDINALS.items() if value)
_BELOW_TENTH = one_of(word for word, value in ORDINALS.items() if 0 < value < 10)
_SCOTS_TENTHS = "(?:nint|eicht|echt|sivent|seevent|saxt|sixt|fift|fowert|fourt|third)"
_SPOKEN_DAY = (
    rf"(?:(?:twenty|thirty)[\s-]{_BELOW_TENTH}|(?:twinty|twunty|thurty)[\s-](?:{_BELOW_TENTH}|"
    rf"{_SCOTS_TENTHS})|{_ORDINAL})"
)
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?|{_SPOKEN_DAY})"
_TEEN = one_of(number_words(10, 18))
_SHORT_YEAR = rf"(?:nineteen|{TENS})(?:[\s-]{ONES})?"
_YEAR = (
    r"(?:(?:18|19|20)\d\d|['’]\d\d|"
    rf"(?:nineteen|twenty)[\s-](?:{_SHORT_YEAR}|{_TEEN}|oh[\s-]{ONES})|"
    rf"two\s+thousand(?:\s+and)?(?:\s+{one_of(number_words(1, 12))})?)"
)
_FEAST = (
    r"(?:hogmanay|christmas(?: day| eve)?|boxing day|new year['’]?s (?:day|eve)|halloween|"
    r"thanksgiving|easter (?:sunday|monday)|good friday|burns night|st\.? andrew['’]?s day|"
    r"(?:the )?fourth of july|labor day|memorial day|veterans day|valentine['’]?s day)"
)
_FEAST = _FEAST.replace(" ", r"\s+")  # in a verbose pattern a bare space says nothing
_WEEKDAY = rf"(?:{one_of(WEEKDAYS)}|(?:Mon|Tues?|Weds?|Thur?s?|Fri|Sat|Sun)\b\.?)"
# "of", as Scots shortens it; "of next month" is a month too.
_OF = r"(?:of|o['’]?)"
_AMOUNT = r"\s*(?:%|percent|per\s+cent|people|hours|times|or\b|of\b|to\s+\d)"
_DATES = re.compile(
    rf"""(?<![^\W_])(?:
      (?:the\s+)?(?<!\d[.:])(?:{_DAY})(?:\s+{_OF})?\s+{_MONTH}(?:,?\s+(?:{_OF}\s+)?(?:{_YEAR}|{_SHORT_YEAR}))?
    | (?:the\s+)?(?<!\d[.:])(?:{_DAY})\s+{_OF}\s+(?:the|this|next|last)\s+month
    | {_MONTH}\s+(?:the\s+)?{_DAY}(?!{_AMOUNT})
      (?:,?\s+{_YEAR})?
    | (?:{_WEEKDAY},?\s+)?(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:(?:19|20)?\d\d)
    | (?:{_WEEKDAY},?\s+)?(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])[/-](?:(?:19|20)?\d\d)
    | (?:0?[1-9]|[12]\d|3[01])[ .](?-i:VI{{0,3}}|I{{1,3}}|I[VX]|XI{{0,2}})[ .](?:19|20)\d\d
    | (?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
    | (?:the\s+)?{_DAY}\s+{_OF}\s+the\s+{_DAY}(?:,?\s+(?:{_YEAR}|{_SHORT_YEAR}|\d\d))?
    | {_WEEKDAY},?\s+(?:the\s+)?{_DAY}(?:\s+{_OF})?\s+{_MONTH}(?:,?\s+(?:{_OF}\s+)?{_YEAR})?
    | {_WEEKDAY},?\s+{_MONTH}\s+{_DAY}(?!{_AMOUNT})(?:,?\s+{_YEAR})?
    | {_WEEKDAY}\s+the\s+{_DAY}
    | {_FEAST},?\s+(?:of\s+|in\s+)?{_YEAR}
    | the\s+(?:first|second|third|fourth|last)\s+{_WEEKDAY}\s+(?:in|o['’]|of)\s+{_MONTH}
      (?:,?\s+{_YEAR})?
    | the\s+{_WEEKDAY}\s+(?:before|after|afore|efter)\s+{_FEAST}
    | the\s+(?:day|morning|night)\s+(?:before|after|afore|efter)\s+(?:{_FEAST}|new\s+year)
    )(?![^\W_])""",
    re.IGNORECASE | re.VERBOSE,
)
# In Gaelic: "4 Giblean 2023", "an 9mh den Ghiblean".
_IN_GAELIC = re.compile(
    r"(?<![\w.:/])(?:an\s+)?(?:0?[1-9]|[12]\d|3[01])(?:mh|d|na|s)?\s+(?:(?:de|den|dhen|dan)\s+)?(?:an\s+|an\s+t-)?"
    r"(?:Fh?aoilleach|Gh?earran|Mh?[àa]rt|Gh?iblean|C[èe]itean|Ch[èe]itean|[ÒO]gmhios|Iuchar|L[ùu]nastal|"
    r"(?:t-?)?Sultain|Dh?[àa]mhair|(?:t-?)?Samhain|Dh?[ùu]bhlachd)(?:\s+(?:19|20)\d\d)?\b",
    re.IGNORECASE,
)
# The day said after the month as one counts: "june thirty", "on march twenty six".
_COUNTED_DAY = re.compile(
    rf"\b(?:(?!may\b|march\b){one_of(MONTHS)}|(?:on|by|since|until|till|of|it's|was)\s+(?:may|march))\s+"
    rf"(?:(?:twenty|thirty)(?:[\s-]{ONES})?|{BELOW_TWENTY})"
    rf"(?!\w|[\s-](?:{ONES}|hundred|thousand|or\b|of\b|to\b|percent|people|years?|weeks?|days?|hours|times))",
    re.IGNORECASE,
)
# Month, day and year, or day, month and year, as numbers, where a date is asked for or told.
_NUMBERED = re.compile(
    r"\b(?:birth|born|birthday|d\.?o\.?b|dated?)\b[^.!\n]{0,40}?[.?:,]?\s(?:[^\W\d_][^:\n]{0,30}:\s+)?"
    rf"(?:(?:it['’]?s|is|was|i['’]m|uh|um|on)[\s,]+){{0,3}}"
    rf"((?:oh[\s-]|{BELOW_TWENTY}|thirty|twenty)(?:[\s-]?{ONES})?[\s,]+(?:(?:twenty|thirty)(?:[\s-]{ONES})?|oh[\s-]{ONES}|{BELOW_TWENTY})[\s,]+"
    rf"(?:nineteen[\s-])?(?:{TENS}(?:[\s-]{ONES})?|oh[\s-]{ONES}|{BELOW_TWENTY}))\b",
    re.IGNORECASE,
)
_THE_DAY = rf"the\s+(?:(?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)|{_SPOKEN_DAY})"
_NOTHING_COUNTED = (
    r"(?=\s*(?:[.,;!?]|$)|\s+(?:because|and|an|I|he|she|they|we|at|so|but|when)\b"
    rf"|\s+(?:to|tae|till|until|through|or)\s+(?:{_THE_DAY}|{_MONTH}))"
)
# "on the 25th, because": its month was said before. Behind it stands nothing that it counts.
_BARE_DAY = re.compile(
    r"\b(?:on|by|till|until|since|from|afore|before|it|out|between|dated)\s+"
    rf"({_THE_DAY}){_NOTHING_COUNTED}",
    re.IGNORECASE | re.MULTILINE,
)
# "the hearing was the nineteenth", "to the 17th", "The twenty-eighth.": from the eleventh on, for
# what comes earlier is a rank as well.
_LATER_DAY = re.compile(
    r"(?:\b(?:was|wis|is|for|to|tae|through|or|not)\s+|['’]s\s+|(?:^|[.!?:]\s)\s*)"
    rf"(the\s+(?:(?:1[1-9]|2\d|3[01])(?:st|nd|rd|th)|(?!{_BELOW_TENTH}\b|tenth\b){_SPOKEN_DAY}))"
    rf"{_NOTHING_COUNTED}",
    re.IGNORECASE | re.MULTILINE,
)
# "turned twenty-one on the ninth", "he was on call the night of the 28th": what happened says so.
_HAPPENED = re.compile(
    r"\b(?:born|birthday|turn(?:s|ed)|died|passed|buried|funeral|hearing|court|trial|appointment|operation|surgery|"
    r"discharged|admitted|released|arrested|wedding|married|interview|signed|dated|letter)\b"
    r"(?![^.?!\n]*\b(?:flat|floor))"
    rf"[^.?!\n]{{0,40}}?\bon\s+({_THE_DAY}){_NOTHING_COUNTED}"
    rf"|\b(?:night|day|morning|evening|afternoon|eve|week)\s+of\s+({_THE_DAY})"
    r"(?!\w|\s+(?:\w+\s+)?(?:cent\w+|floor|street|avenue))",
    re.IGNORECASE | re.MULTILINE,
)
# A line of a diary or log: "Tues 9: no carer", "Mon 13. Rang twice".
_OF_A_LOG = re.compile(
    rf"(?:^|(?<=[.;]\s))[ \t]*({_WEEKDAY}[ ]+(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)"
    r"(?=\s*(?::(?!\d)|[.,](?!\d)|[-–—]\s|$))",
    re.IGNORECASE | re.MULTILINE,
)
# Month and day, as the US writes them, without a year: no fraction and no score.
_NO_YEAR = re.compile(
    r"(?<![\w£$€#./:,-])(?!9/11|12/12)(?:(?:0?[1-9]|1[0-2])/(?:1[3-9]|2\d|3[01])|0[1-9]/(?:0[1-9]|1[0-2]))"
    r"(?![\w%/]|[.,:-]\d|\s*(?:of|per|out|points?|marks|in\b))"
    r"|(?<=\b[Oo]n )(?!9/11)(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])(?=[.,;)]?(?:\s|\Z))"
    r"|(?<=\b[Dd]ated )(?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])(?=[.,;)]?(?:\s|\Z))"
)
_SCORED = re.compile(
    r"\b(?:scor\w+|rat(?:ed|ing)|pain|gad|phq|moca|mmse|grade[ds]?|marks?|bp|over)\W{1,3}(?:of\s+|was\s+)?\Z",
    re.I,
)
_EARLY = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
# As names of files have it: 20240312; of six figures only there.
_FILE = re.compile(
    r"(?<![^\W_])[\w-]{0,80}?(?<!\d)((?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d\d)"
    r"(?!\d)[\w-]{0,80}\.(?:m4a|mp3|wav|mp4|wma|aac|docx?|txt|vtt|srt|pdf|rtf|odt)\b",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)")


Fineness = Literal["day", "month", "year"]
_MONTHS_OF_YEARS = re.compile(
    rf"\b(?:{_MONTH}|spring|summer|autumn|winter)(?:,|\s+{_OF})?\s+(?:{_YEAR}|{_OF}\s+{_SHORT_YEAR}|"
    rf"oh[\s-]{ONES})(?!\w)|\b(?:0?[1-9]|1[0-2])/(?:19|20)\d\d(?![\w/])",
    re.IGNORECASE,
)
# A number of four figures that counts nothing, or a year in words.
_YEARS = re.compile(
    rf"(?<![\w£$€#./:,-])(?:(?:1[89]|20)\d\d(?!\w|[/:.,-]\d|{_AMOUNT})|"
    rf"nineteen[\s-](?:{_SHORT_YEAR}|{_TEEN}|oh[\s-]{ONES})(?!\w)|"
    rf"twenty[\s-](?:{one_of(number_words(10, 19))}|{_SHORT_YEAR})(?!\w)|"
    rf"two\s+thousand\s+and\s+{BELOW_TWENTY}(?!\w))"
    rf"|(?<!\w)['’][0-9]\d(?!\w)|(?<=till ){TENS}[\s-]{ONES}(?=[.,;!?])"
    rf"|(?<=since ){TENS}[\s-]{ONES}(?=[.,;!?])",
    re.IGNORECASE,
)


class DateRecognizer:
    """Dates that are as fine as `fineness`, or finer: to the day, the month or the year."""

    def __init__(self, fineness: Fineness = "day") -> None:
        self._coarser = {"day": (), "month": (_MONTHS_OF_YEARS,)}.get(
            fineness, (_MONTHS_OF_YEARS, _YEARS)
        )

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        text = transcript.text
        whole = (_DATES, _RUN_TOGETHER, _IN_GAELIC, _COUNTED_DAY)
        spans = [m.span() for m in chain.from_iterable(one.finditer(text) for one in whole)]
        spans += [m.span(1) for m in _NUMBERED.finditer(text)]
        behind = (_FILE, _LATER_DAY, _OF_A_LOG)
        spans += [m.span(1) for m in chain.from_iterable(one.finditer(text) for one in behind)]
        spans += [
            m.span()
            for m in _NO_YEAR.finditer(text)
            if not _SCORED.search(text, max(0, m.start() - 24), m.start())
        ]
        spans += [
            m.span(1) for m in _BARE_DAY.finditer(text) if m[1].split()[-1].lower() not in _EARLY
        ]
        spans += [m.span(m.lastindex or 0) for m in _HAPPENED.finditer(text)]
        spans += [m.span() for pattern in self._coarser for m in pattern.finditer(text)]
        for start, end in spans:
            yield Mention(
                place=Place.at(transcript.id, start, end),
                label="DATE",
                score=points.DAY_LEVEL_DATE,
                sources=(Source.DAY_LEVEL_DATE,),
            )
