"""Exact ages of people as they are said, in a frame or in none: an element of HIPAA Safe Harbor.

A frame ("she's 46", "a lad of nineteen", "Age: 58") says that a number is an age. Where there is
none, the person beside it does ("Danielle Ortiz, generalist, 36"), or the question before it. What
follows decides as well: behind an age a sentence ends or goes on with a small word, behind a size,
a price or a count stands what is counted. Durations, clock times and amounts stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.age_reading import ages_read
from redact.detect.lexicon import is_function_word
from redact.transcript.said_numbers import A_HUNDRED, FROM_THIRTEEN, TENS, TO_A_HUNDRED
from redact.transcript.spans import offsets_of
from redact.transcript.vocabulary import (
    KIN,
    MONTHS,
    NUMBERS,
    PEOPLE,
    UNITS,
    WEEKDAYS,
    one_of,
    word_list,
)

_GROWN_FIGURES = r"(?:1[01]\d|1[3-9]|[2-9]\d)"
_GROWN_SAID = rf"(?:{A_HUNDRED}|{FROM_THIRTEEN})"
_GROWN = rf"(?:{_GROWN_FIGURES}|{_GROWN_SAID})"
_NUMBER = rf"(?:1[01]\d|\d{{1,2}}|{TO_A_HUNDRED})"
_UNIT_WORDS = one_of(UNITS[2:10])
_SOME = one_of((*KIN, *PEOPLE))
_TENTH = "(?:" + "|".join(word[:-1] + "ieth" for word in word_list("tens from twenty")) + ")"
_NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)"
_TEENTH = r"(?:ten|eleven|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)th|twelfth"
_ORDINAL = (
    r"(?:(?:1[01]\d|\d{1,2})(?:st|nd|rd|th)|(?:a\s+)?hundred(?:th|(?:[\s-]and)?[\s-]"
    rf"{_NTH})|{TENS}[\s-]{_NTH}|{_TENTH}|{_TEENTH}|{_NTH})"
)
_ROUND = rf"(?:(?:1[01]|\d)0th|(?:18|21)(?:st|th)|{_TENTH}|hundredth)"
_MONTH = one_of(MONTHS)
_IS = r"(?:\s+(?:is|was|am|are|were|be|wis|wes|wur)|['’](?:s|m|re))"
_BEEN = (
    r"(?:['’]d|['’]ll|\s+(?:would|will|must|might|could|may|wid|wad|maun))"
    r"(?:['’]ve|\s+(?:have|hae|of|ha))?(?:\s+(?:be|been|bin))"
)
_ABOUT = (
    r"(?:(?:only|just|about|nearly|almost|now|maybe|roughly|around|aboot|jist|like|still|"
    r"approaching|pushing|nearing|hitting|rising|past|barely|over|under|all\s+of)\s+){0,2}"
)
_HALF = r"(?:\s+and\s+a\s+half)?"
# "In my eighty-fourth year," and not "in my second year there"; "her 40th birthday".
_NTH_YEARS = (
    re.compile(
        rf"\bin\s+(?:my|his|her|their)\s+({TENS}[\s-]{_NTH}|{_TENTH}|[2-9]\d(?:st|nd|rd|th))"
        r"(?=\s+year\s*(?:[.,;!?]|$|now\b|and\b))",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(rf"(?<!\w)({_ORDINAL})(?=\s+(?:birthday|bday)\b)", re.IGNORECASE),
)
# Nobody's age: what these are, somebody else is told.
_NOT_PEOPLE = (
    "it|that|this|there|here|what|which|where|time|price|number|total|score|rate|cost|room|page|"
    "section|option|level|step|version|flat|year|answer|half|minimum|maximum|limit|budget|rota|"
    "staff|team|ratio|temperature|bus|each|all|both|these|those|they|we|one|case|count|average|"
    "paragraph|question|line|tab|figure|capacity|occupancy|caseload|line|number|amount|balance|mark|"
    "grade|result|pulse|weight"
)
_THINGS = re.compile(
    r"\b(?:house|hoose|home|building|school|church|kirk|hall|mill|hospital|library|charity|project|"
    r"organi[sz]ation|company|firm|service|programme|program|building|tree|car|van|truck|boiler|furnace|roof|"
    r"bridge|farm|street|road|wall|flat|block|estate|scheme|ship|boat|piano|clock|film|book|song|law|"
    rf"policy|computer|phone|machine|fridge|bed|dog|cat|horse)(?:{_IS}|{_BEEN})\s+{_ABOUT}\Z",
    re.IGNORECASE,
)
_BEFORE_AN_AGE = 80  # characters in which what is so old is named
_AGED = re.compile(
    rf"\b(?:({_NUMBER})[\s-](?:year|yr)s?[\s-](?:olds?|auld)|({_NUMBER})\s+(?:years|yrs)\s+of\s+age)\b"
    rf"|\b(?:aged?|(?<!under\s)(?<!over\s)(?<!under\sthe\s)(?<!over\sthe\s)age\s+of)\s+({_NUMBER})\b"
    # As carers and doctors write it: "54 y/o", "54yo", "67M,".
    rf"|(?<![\w.,/-])({_GROWN_FIGURES})\s?(?:y/?\.?o\b|y\.o\.)"
    # "In my fifties, 53 to be exact", "the wrong side of sixty, sixty-three", "the big five-oh".
    rf"|\b(?:in\s+(?:my|his|her|their)|side\s+of)\s+(?:(?:early|mid|late)[\s-])?"
    rf"(?:{TENS}|\w+ties|\d0['’]?s?),\s+({_NUMBER})\b(?!\s*[%£$])"
    rf"|\bthe\s+big\s+((?:[3-9]-?0|{_UNIT_WORDS}[\s-]?oh?)|{TENS})\b(?!\s+\w)"
    # A form's field: "Age: 58", "Age / sex: | 44".
    rf"|\bage\b(?:[ \t]*/[ \t]*\w+)?[\"' \t]*[:=│|\t][\"' \t│|]*({_NUMBER})\b",
    re.IGNORECASE,
)
_FRAMES = (
    re.compile(
        rf"\b(?:he|she|they|i|who|eh|ah|{_SOME})(?:{_IS}|{_BEEN})\s+{_ABOUT}({_NUMBER}){_HALF}\b",
        re.IGNORECASE,
    ),
    # "Shuggie's 46 and", "the oldest was eleven,".
    re.compile(
        rf"\b(?!(?:{_NOT_PEOPLE})\b)[^\W\d_]+(?:{_IS}|{_BEEN})\s+{_ABOUT}({_GROWN}){_HALF}"
        r"(?=\s*(?:[.,;!?](?!\d)|$|\s(?:and|now|this\s+year|already|when|but|or\s+so)\b))",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"\b(?!(?i:{_NOT_PEOPLE})\b)(?:[A-Z][a-z]+|(?i:the\s+(?:eldest|oldest|youngest|middle|wee|older|other)(?:\s+(?:one|yin))?))"
        rf"(?i:{_IS})\s+(?i:{_ABOUT})(?!one\b)((?i:{_NUMBER}))(?i:{_HALF})(?=\s*[.,;!?](?!\d)|\s+(?:and|now)\b)"
    ),
    re.compile(
        rf"\b(?:one|other|another|eldest|oldest|youngest|middle)(?:\s+(?:one|yin))?{_IS}\s+"
        rf"({_GROWN})(?=\s*[.,;!?](?!\d)|\s*$|\s+and\s+(?:the|one)\b)",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"\b(?:when|till|until|since|by\s+the\s+time|afore|before)\s+(?:I|he|she|they|eh|ah)"
        rf"(?:\s+(?:was|were|wis|wes)|['’]s)\s+{_ABOUT}({_NUMBER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:had\s+(?:me|him|her|us|them)|left\s+school|left|died|married|pregnant|widowed|"
        rf"left\s+home|went\s+into\s+care)\s+at\s+({_NUMBER})\b",
        re.IGNORECASE,
    ),
    # "he twenty-four," as people speak in the South; a restart as well: "he twenty-, he".
    re.compile(rf"\b(?:he|she)\s+({_GROWN})(?=[.,!?](?!\d)|\s+(?:now|and|years)\b)", re.IGNORECASE),
    re.compile(rf"\bat\s+({_GROWN_SAID})\b", re.IGNORECASE),
    # In figures it is a paragraph or a sum as well: "At 16 I went", and not "at 27 she says".
    re.compile(
        rf"\b(?:at|since|from)[ ]+(?:age\s+({_NUMBER})|({_GROWN_FIGURES}))"
        r"(?=\s+(?:I|eh|ah|when|with)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:going\s+on|coming\s+up\s+for|approaching|pushing|nearing|turned|turns|turning)\s+"
        rf"(?:just\s+)?({_NUMBER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:wo)?man|lass(?:ie)?|lad|girl|boy|lady|wifie|fella|guy|somebody|someone|person|"
        rf"kid|wean|bairn)\s+(?:of|o['’]|aged)\s+({_GROWN})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:has|had|hae|have)\s+({_GROWN})\s+years(?=[.,;]|\s+(?:old|of\s+age|and\s+(?:he|she))\b)",
        re.IGNORECASE,
    ),
    # "At my age, 77, you don't"; "the twins' 40th on the Saturday".
    re.compile(rf"\b(?:at|of)\s+(?:my|his|her|your|their|oor)\s+age,\s*({_NUMBER})\b", re.I),
    re.compile(
        rf"\b(?:{_SOME}|twins|his|her|my|their)['’]?s?['’]?\s+({_ROUND})"
        r"(?=\s+(?:on\s+the|do\b|party)|[.,;])",
        re.IGNORECASE,
    ),
    # "My eldest's 22, then 19": who comes after.
    re.compile(
        rf"\b(?:eldest|oldest|youngest|{_SOME}){_IS}\s+{_NUMBER},?\s+(?:and\s+)?then\s+"
        rf"({_NUMBER})\b(?:,?\s+(?:and\s+)?then\s+({_NUMBER})\b)?",
        re.IGNORECASE,
    ),
    # "Well. Twenty-two in three weeks", "she's nineteen come March".
    re.compile(
        rf"(?:^|[.,;]\s+|(?:['’]s|['’]ll\s+be|is|be)\s+)({_NUMBER})\s+"
        rf"(?:(?:in|come|next)\s+{_MONTH}|in\s+(?:a|two|three|four|a\s+few)\s+(?:weeks?|months?))",
        re.IGNORECASE | re.MULTILINE,
    ),
)
_NAME = r"(?:[A-Z][\w'’-]+|[A-Z]\.|\))"
# Behind these a number is a date's, a time's or a house's.
_NOT_BEHIND = frozenset(word.casefold() for word in (*MONTHS, *WEEKDAYS)) | frozenset(
    "section suite room flat chapter page part act no past to number figure table".split()
)
# Beside somebody: "Mr Ogilvie, seventy-one.", "generalist, 36" at a line's end, "(79, widower".
_BESIDE = (
    re.compile(
        rf"(?<![\w,])(?!(?:[A-Z][\w'’-]+,\s+){{2}}){_NAME},\s+({_GROWN})"
        r"(?=\s*[.;()]|,\s+(?![\d£$])|\s+and\s+(?:never|he|she|still|a)\b)(?!\.\d)"
    ),
    re.compile(rf"(?<=[^\W\d_]),[ \t]+({_GROWN})(?=[ \t]*$)", re.MULTILINE),
    re.compile(rf"[^\W\d_][\w.'’\"”)]{{0,60}}\s+\(({_GROWN})(?=\)|,\s+[a-z])"),
)
_OPENERS = frozenset("so well now then but and right ok okay".split())
_BESIDE_SAID = re.compile(
    rf"(?<=[^\W\d_]),\s+(?:about\s+)?({_GROWN})(?=\s*[.;)]|,\s+(?:(?:she|he|and\s+(?:she|he)|who|"
    r"lives|living|single|married|widowed|took|with|when|retired|from|on|in|at|wi|\w+ing)\b))",
    re.IGNORECASE,
)
# A figure at the start of a line is the line's or the turn's: "13. AB: And then?"
_ALONE = re.compile(
    rf"(?:(?<=[.!?…][ ])|(?<=:[ ]))({_GROWN})(?=[.!](?!\d)|,\s+(?:lives|she|he|and\s+(?:she|he)))"
    rf"|(?:^|(?<=[.!?…]\n))({_GROWN_SAID})(?=[.!]|,\s+(?:lives|she|he|and\s+(?:she|he)))",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED = re.compile(
    r"\b(?:how\s+(?:old|auld)|what\s+age|your\s+age|(?:his|her)\s+age)\b"
    r"|\b(?:me|masel|myself|you|yersel|him|her)\?\s*\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:how\s+(?:many|much|long|far|often)|percent|per\s+cent|miles|hours|pounds|dollars|"
    r"people|times|clients|paragraph|page|question)\b|[%£$]",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\b(?i:he|she|her|his|him|mother|father|mum|mam|dad)\b|\b[A-Z][a-z]+\s+[A-Z][a-z]+"
)
_REACH = 140  # characters before a number by itself, for the question or the person
_LIST = re.compile(
    rf"\b(?:kids|children|sons|daughters|grandkids|grandchildren|boys|girls|weans|bairns|twins)\b"
    rf"[^.?!\n]{{0,40}}?({_NUMBER}),?\s+(?:({_NUMBER}),?\s+)?(?:and|an['’])\s+({_NUMBER})\b",
    re.IGNORECASE,
)
_NEW_LINE = re.compile(r"[ \t]*\r?\n\s*(?:[A-Z\[(<*>]|[\w. ]{1,30}:)")
_AGES = re.compile(
    rf"\bages\b[ \t]*[:=]?[ \t]*({_NUMBER}(?:(?:,?\s+(?:and|an['’]|&)\s+|,\s*){_NUMBER})+)\b", re.I
)
_CHART = re.compile(
    rf"(?:^|(?<=[.;:(]\s)|(?<=[(,])|(?<=\b[Aa]\s))({_GROWN_FIGURES})"
    r"(?=[MF](?:[,.;)]|\s*$|\s+(?:with|who|present)))",
    re.M,
)
_EACH = re.compile(rf"\b{_NUMBER}\b", re.I)
_NEXT = re.compile(r"[ \t]*\n?[ \t]*([^\W\d_]+(?:['’][^\W\d_]+)?|\S)?")
# Small words behind what is no age: "at 20 past", "they're two of", "she's one to".
_NO_AGE = frozenset(
    "past of or percent per o'clock to till more something month months week weeks day days".split()
) | {*(month.casefold() for month in MONTHS)}
# What else an age goes on with.
_GOES_ON = frozenset(
    "now years year yrs tae an come this next last already going nearly and old auld same soon "
    "afore fan whan".split()
)
_YEARS_OF = re.compile(
    r"\s*(?:years?|yrs?)\s+(?:in\b|here|at\b|with|wi['’]|ago|now|later|of\s+(?!age)|experience|on\b)",
    re.IGNORECASE,
)
_FIGURE_BEHIND = re.compile(r"[ \t]*[-–/:.,][ \t]*\d|[ \t]*[%£$°]|[ \t]+\d|st\b|nd\b|rd\b|th\b")
_NUMBER_BEHIND = re.compile(rf",?\s+(?:or\s+|to\s+)?{_NUMBER}\b", re.IGNORECASE)
_COUNT_BEHIND = re.compile(
    rf"(?:,?\s+(?:or\s+|to\s+)?{_NUMBER})?\s+(?:people|folk|clients|members|staff|hours|oors|minutes|pounds|"
    r"dollars|quid|miles|percent|per\s+cent|times|beds|units|pages|points|degrees|milligrams|mg|mil)\b",
    re.IGNORECASE,
)
_HOUSE_BEFORE = re.compile(
    r"\b(?:suite|room|flat|section|page|unit|apartment|apt)\s+\d+,\s+\Z", re.I
)
_FIGURE_BEFORE = re.compile(r"(?:\d[.,:/-]?|[£$#])[ \t]*\Z")


class AgeRecognizer:
    """Exact ages of people: those in a frame, and other numbers that what is around them tells."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        framed = framed_ages(transcript.text)
        told = offsets_of(framed)
        for span in framed:
            yield Mention(
                place=Place(transcript.id, span),
                label="AGE",
                score=points.EXACT_AGE,
                sources=(Source.EXACT_AGE,),
            )
        for span, likely in ages_read(transcript.text, framed, points.LEAST_AGE):
            is_framed = not told.isdisjoint(range(span.start, span.end))
            if not is_framed and not _counts(transcript.text, span):
                yield Mention(
                    place=Place(transcript.id, span),
                    label="AGE",
                    score=round((1 + likely) / 2, 2),
                    sources=(Source.NUMBER_READ_AS_AN_AGE,),
                )


def framed_ages(text: str) -> tuple[Span, ...]:
    """The spans of what a rule reads as ages, in order."""
    return tuple(sorted({*_spans(text)}))


def _spans(text: str) -> Iterator[Span]:
    for match in _AGED.finditer(text):
        if not _THINGS.search(text, max(0, match.start() - _BEFORE_AN_AGE), match.start()):
            yield from _groups(match)
    for match in _AGES.finditer(text):
        for one in _EACH.finditer(text, *match.span(1)):
            yield Span(*one.span())
    for pattern in (*_NTH_YEARS, _CHART):
        for match in pattern.finditer(text):
            yield from _groups(match)
    for pattern in _FRAMES:
        for match in pattern.finditer(text):
            if _ends_as_an_age(text, match.end(match.lastindex or 0)):
                yield from _groups(match)
    for pattern in (*_BESIDE, _BESIDE_SAID):
        for match in pattern.finditer(text):
            if _stands_alone(text, *match.span(1)):
                yield Span(*match.span(1))
    for match in _LIST.finditer(text):
        if _ends_as_an_age(text, match.end(3)):
            yield from _groups(match)
    for match in _ALONE.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        near = re.split(r"(?<=[.!?])\s", before.rstrip())[-1]
        asked = _ASKED.search(before)
        if asked or (_SOMEBODY.search(near) and not _COUNTED.search(before)):
            yield from _groups(match)


def _groups(match: re.Match[str]) -> Iterator[Span]:
    for group in range(1, match.re.groups + 1):
        if match[group]:
            yield Span(*match.span(group))


def _ends_as_an_age(text: str, end: int) -> bool:
    """Whether what follows leaves it an age: a mark, the end of a line, a small word."""
    if _FIGURE_BEHIND.match(text, end) or _YEARS_OF.match(text, end):
        return False
    if _NEW_LINE.match(text, end):
        return True  # somebody else speaks, or a sentence begins
    following = _NEXT.match(text, end)
    word = following[1] if following else None
    if not word or not word[0].isalpha():
        return True
    folded = word.casefold().replace("’", "'")
    return folded not in _NO_AGE and (folded in _GOES_ON or is_function_word(folded))


def _counts(text: str, span: Span) -> bool:
    """Whether a number counts what stands behind it, or is one of a row of a house's."""
    if _COUNT_BEHIND.match(text, span.end) or _YEARS_OF.match(text, span.end):
        return True
    return _HOUSE_BEFORE.search(text, max(0, span.start - 24), span.start) is not None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no other number stands beside it: "12, 23, 40", "£3, 40", "twenty, thirty"."""
    before = text[max(0, start - 16) : start].rstrip(" ,\t\n(")
    said = re.split(r"[^\w]", before)[-1].casefold()
    if said in _OPENERS and re.search(r"(?:\A|[.!?:\n]\s*)\w+\Z", before):
        return False  # "So, 46."
    if _FIGURE_BEHIND.match(text, end) or _FIGURE_BEFORE.search(before):
        return False
    return said not in _NOT_BEHIND and said not in NUMBERS and not _NUMBER_BEHIND.match(text, end)
