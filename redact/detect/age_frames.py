"""Frames that say a number is an age: "she's 46", "a lad of nineteen", "Age: 58".

Where there is none, the person beside it does ("Danielle Ortiz, generalist, 36"), or the question
before it. What follows decides as well: behind an age a sentence ends or goes on with a small word,
behind a size, a price or a count stands what is counted. Durations, clock times and amounts stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from redact.core import Span
from redact.detect.lexicon import is_function_word
from redact.transcript.said_numbers import A_HUNDRED, FROM_THIRTEEN, TENS, TO_A_HUNDRED
from redact.transcript.vocabulary import (
    KIN,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PEOPLE,
    UNITS,
    WEEKDAYS,
    one_of,
    word_list,
)

GROWN_FIGURES = r"(?:1[01]\d|1[3-9]|[2-9]\d)"
GROWN_SAID = rf"(?:{A_HUNDRED}|{FROM_THIRTEEN})"
GROWN = rf"(?:{GROWN_FIGURES}|{GROWN_SAID})"
NUMBER = rf"(?:1[01]\d|\d{{1,2}}|{TO_A_HUNDRED})"
_UNIT_WORDS = one_of(UNITS[2:10])
_SOME = one_of((*KIN, *PEOPLE))
_TENTH = "(?:" + "|".join(word[:-1] + "ieth" for word in word_list("tens from twenty")) + ")"
_NTH = one_of(word for word, value in ORDINALS.items() if 0 < value < 10)
_TEENTH = one_of(word for word, value in ORDINALS.items() if 10 <= value < 20)
_ORDINAL = (
    r"(?:(?:1[01]\d|\d{1,2})(?:st|nd|rd|th)|(?:a\s+)?hundred(?:th|(?:[\s-]and)?[\s-]"
    rf"{_NTH})|{TENS}[\s-]{_NTH}|{_TENTH}|{_TEENTH}|{_NTH})"
)
_ROUND = rf"(?:(?:1[01]|\d)0th|(?:18|21)(?:st|th)|{_TENTH}|hundredth)"
_MONTH = one_of(MONTHS)
IS = r"(?:\s+(?:is|was|am|are|were|be|wis|wes|wur)|['’](?:s|m|re))"
BEEN = (
    r"(?:(?:['’]d|['’]ll|\s+(?:would|will|must|might|could|may|wid|wad|maun))"
    r"(?:['’]ve|\s+(?:have|hae|of|ha))?|(?:['’](?:s|m|re)|\s+(?:is|was|am|are))\s+"
    r"(?:going\s+to|gonna|gonnae|gaun\s+(?:tae|to)|gaen\s+tae|aboot\s+tae|about\s+to))"
    r"\s+(?:be|been|bin)"
)
ABOUT = (
    r"(?:(?:only|just|about|nearly|almost|now|maybe|roughly|around|aboot|jist|like|still|"
    r"approaching|pushing|nearing|hitting|rising|past|barely|over|under|all\s+of|no|nae|not|"
    r"no\s+sorry|what)\s+){0,2}"
)
HALF = (
    r"(?:(?:\s+an(?:d|['’])?\s+(?:a\s+(?:half|hauf|quarter)|three[\s-]quarters)|\s*½)"
    r"(?!\s+(?:hours?|oors?|years?|miles?|days?|weeks?|inch\w*|percent)\b))?"
)
YOUNG = r"(?:months?|mths?|mos?|weeks?|wks?|days?)"  # of a baby, said with the number
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
    "test|fee|fees|fine|deposit|ticket|shift|drop|fare|bill|charge|premium|copay|mileage|tip|lunch|wage|rate|"
    "grade|result|pulse|weight|water|rent|gas|electric|train|boat|bus|camp|page|temp|bp|sugar|speed"
)
_THING = (
    r"(?:house|hoose|home|building|school|church|kirk|hall|mill|hospital|library|charity|project|"
    r"organi[sz]ation|company|firm|service|programme|program|tree|car|van|truck|lorry|bus|boiler|furnace|"
    r"roof|bridge|farm|street|road|wall|flat|block|estate|scheme|ship|boat|piano|clock|film|book|song|"
    r"law|policy|computer|laptop|phone|machine|fridge|bed|chair|wheelchair|mattress|carpet|wiring|close|"
    r"lift|elevator|rover|bike|heater|cooker|stove|dogs?|dugs?|cats?|horses?|pony|cows?|cuddy|hens?)"
)
_THINGS = re.compile(
    rf"\b(?:{_THING}(?:{IS}|{BEEN})|(?:it|that)(?:{IS}|{BEEN}))\s+{ABOUT}\Z", re.IGNORECASE
)
# "a four-year-old car", "that's an eighty-year-old cast-iron boiler".
_OF_A_THING = re.compile(rf"(?:\s+[\w’'-]+){{0,2}}?\s+{_THING}\b", re.IGNORECASE)
_BEFORE_AN_AGE = 80  # characters in which what is so old is named
_AGED = re.compile(
    rf"\b({NUMBER})(?:[\s-](?:year|yr)s?[\s-](?:young|olds?|auld)|\s+(?:years|yrs)\s+of\s+age"
    rf"|[\s-]{YOUNG}[\s-](?:olds?|auld))\b"
    rf"|\b(?:aged?|(?<!under\s)(?<!over\s)(?<!under\sthe\s)(?<!over\sthe\s)age\s+of)\s+({NUMBER})\b"
    # As carers and doctors write it: "54 y/o", "54yo", "67M,".
    rf"|(?<![\w.,/-])({GROWN_FIGURES})\s?(?:y/?\.?o\b|y\.o\.)"
    # "In my fifties, 53 to be exact", "the wrong side of sixty, sixty-three", "the big five-oh".
    rf"|\b(?:in\s+(?:my|his|her|their)|side\s+of)\s+(?:(?:early|mid|late)[\s-])?"
    rf"(?:{TENS}|\w+ties|\d0['’]?s?),\s+({NUMBER})\b(?!\s*[%£$])"
    rf"|\bthe\s+big\s+((?:[3-9]-?0|{_UNIT_WORDS}[\s-]?oh?)|{TENS})\b(?!\s+\w)"
    # A form's field: "Age: 58", "Age / sex: | 44".
    rf"|\bage\b(?:[ \t]*/[ \t]*\w+)?[\"' \t]*[:=│|\t][\"' \t│|]*({NUMBER})\b",
    re.IGNORECASE,
)
_FRAMES = (
    re.compile(
        rf"\b(?:he|she|they|i|who|eh|ah|{_SOME})(?:{IS}|{BEEN})\s+{ABOUT}({NUMBER}){HALF}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?!(?i:{_NOT_PEOPLE})\b)(?:[A-Z][a-z]+|(?i:the\s+(?:eldest|oldest|youngest|middle|wee|older|other)(?:\s+(?:one|yin))?))"
        rf"(?i:{IS})\s+(?i:{ABOUT})(?!one\b)((?i:{NUMBER}))(?i:{HALF})(?=\s*[.,;!?](?!\d)|\s+(?:and|now)\b)"
    ),
    re.compile(
        rf"\b(?:one|other|another|eldest|oldest|youngest|middle)(?:\s+(?:one|yin))?{IS}\s+"
        rf"({GROWN})(?=\s*[.,;!?](?!\d)|\s*$|\s+and\s+(?:the|one)\b)",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"\b(?:when|till|until|since|by\s+the\s+time|afore|before)\s+(?:I|he|she|they|eh|ah)"
        rf"(?:\s+(?:was|were|wis|wes)|['’]s)\s+{ABOUT}({NUMBER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:had\s+(?:me|him|her|us|them)|left\s+school|left|died|dead|married|pregnant|widowed|adopted|"
        r"fostered|orphaned|retired|diagnosed|deaf|blind|enlisted|engaged|divorced|emigrated|"
        rf"left\s+home|went\s+into\s+care|aged\s+out)\s+at\s+({NUMBER}(?:\s+{YOUNG})?)\b",
        re.IGNORECASE,
    ),
    # A baby: "the wee one's seven months", "a newborn, four days,".
    re.compile(
        rf"\b(?:{_SOME}|newborn|infant|bairn|yin|one|he|she)(?:{IS}|,|\s+\()\s*{ABOUT}({NUMBER}\s*{YOUNG})"
        r"(?=\s*(?:[.,;!?)]|$)|\s+(?:old|and|now)\b)",
        re.IGNORECASE | re.MULTILINE,
    ),
    # "our youngest ever driver's 21".
    re.compile(rf"\b(?:eldest|oldest|youngest)(?:\s+\w+){{1,3}}?{IS}\s+({GROWN})\b", re.IGNORECASE),
    # As a chart has it: "Female, 44", "F (8, grade 3)", "Son (14 mo)", "Child B (10)".
    re.compile(
        rf"\b(?:(?:[Mm]ale|[Ff]emale|[MF]|pt|[Pp]atient)[,:]?\s\(?|(?i:{_SOME})\s(?:[A-H]\s)?\()"
        rf"(\d{{1,3}}(?:\s?{YOUNG})?)(?=\)|,|\s*(?:$|[.;]))",
        re.MULTILINE,
    ),
    # "he twenty-four," as people speak in the South; a restart as well: "he twenty-, he".
    re.compile(rf"\b(?:he|she)\s+({GROWN})(?=[.,!?](?!\d)|\s+(?:now|and|years)\b)", re.IGNORECASE),
    # In figures it is a paragraph or a sum as well: "At 16 I went", and not "at 27 she says".
    re.compile(
        rf"\b(?:at|since|from)[ ]+(?:age\s+({NUMBER})|({GROWN_FIGURES}))"
        r"(?=\s+(?:I|eh|ah|when|with)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:going|goin|gaun)\s+on|com(?:ing|in)\s+up\s+(?:for|on)|approaching|pushing|nearing|turned|turns|turning)\s+"
        rf"(?:just\s+)?({NUMBER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:wo)?man|wumman|lass(?:ie)?|laddie|lad|girl|boy|lady|wifie|fella|guy|somebody|someone|person|"
        rf"kid|wean|bairn|mither|widow)\s+(?:of|o['’]?|aged)\s+({NUMBER})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:has|had|hae|have)\s+({GROWN})\s+years(?=[.,;]|\s+(?:old|of\s+age|and\s+(?:he|she))\b)",
        re.IGNORECASE,
    ),
    # "At my age, 77, you don't"; "the twins' 40th on the Saturday".
    re.compile(rf"\b(?:at|of)\s+(?:my|his|her|your|their|oor)\s+age,\s*({NUMBER})\b", re.I),
    re.compile(
        rf"\b(?:{_SOME}|twins|his|her|my|their)['’]?s?['’]?\s+({_ROUND})"
        r"(?=\s+(?:on\s+the|do\b|party)|[.,;?!])",
        re.IGNORECASE,
    ),
    # "My eldest's 22, then 19": who comes after.
    re.compile(
        rf"\b(?:eldest|oldest|youngest|{_SOME}){IS}\s+{NUMBER},?\s+(?:and\s+)?then\s+"
        rf"({NUMBER})\b(?:,?\s+(?:and\s+)?then\s+({NUMBER})\b)?",
        re.IGNORECASE,
    ),
    # "Well. Twenty-two in three weeks", "she's nineteen come March".
    re.compile(
        rf"(?:^|[.,;]\s+|(?:['’]s|['’]ll\s+be|is|be)\s+)({NUMBER})\s+"
        rf"(?:(?:in|come|next)\s+{_MONTH}|in\s+(?:a|two|three|four|a\s+few)\s+(?:weeks?|months?))",
        re.IGNORECASE | re.MULTILINE,
    ),
)
# Of these a number stands that what is around it does not deny (detect/age_reading.py).
_WEAK_FRAMES = (
    # "Shuggie's 46 and", "the oldest was eleven,".
    re.compile(
        rf"\b(?!(?:{_NOT_PEOPLE})\b)[^\W\d_]+(?:{IS}|{BEEN})\s+{ABOUT}({GROWN}){HALF}"
        r"(?=\s*(?:[.,;!?](?!\d)|$|\s(?:and|now|this\s+year|already|when|but|or\s+so|she|he|I|we|they)\b))",
        re.IGNORECASE | re.MULTILINE,
    ),
    # Whom or what "is at fifty" counts or measures.
    re.compile(
        rf"(?<!['’]s\s)(?<!['’]m\s)(?<!\bis\s)(?<!\bwas\s)(?<!\bstays\s)(?<!\bset\s)(?<!\bout\s)(?<!\btied\s)"
        rf"\bat\s+({GROWN_SAID})\b",
        re.IGNORECASE,
    ),
    # "what's good about being a hundred", "the middle one four, the wee one two".
    re.compile(rf"\bbeing\s+{ABOUT}({GROWN})(?=\s*[.,;!?](?!\d)|\s*$)", re.I | re.M),
    re.compile(
        rf"\b(?:eldest|oldest|youngest|middle|other|wee|little)(?:\s+(?:one|yin))?,?\s+({NUMBER})"
        r"(?=\s*[.,;!?](?!\d)|\s*$)",
        re.I | re.M,
    ),
)
_CORRECTED = re.compile(
    rf"\s*[?.,…–—-]+\s*(?:no|naw|na|sorry|wait|or|nae)[,.]*\s+(?:no,\s+)?({NUMBER})(?=\s*[.,;!?](?!\d)|\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_NAME = r"(?:[A-Z][\w'’-]{1,40}|[A-Z]\.|\))"
# Behind these a number is a date's, a time's or a house's.
_NOT_BEHIND = frozenset(word.casefold() for word in (*MONTHS, *WEEKDAYS)) | frozenset(
    "section suite room flat chapter page part act no past to number figure table".split()
)
# Beside somebody: "Mr Ogilvie, seventy-one.", "generalist, 36" at a line's end, "(79, widower".
_BESIDE = (
    re.compile(
        rf"(?<![\w,'’-])(?!(?:[A-Z][\w'’-]{{1,40}},\s+){{2}}){_NAME},\s+({GROWN})"
        r"(?=\s*[.;()]|,\s+(?![\d£$])|\s+and\s+(?:never|he|she|still|a)\b)(?!\.\d)"
    ),
    re.compile(rf"(?<=[^\W\d_]),[ \t]+({GROWN})(?=[ \t]*$)", re.MULTILINE),
    re.compile(rf"[^\W\d_][\w.'’\"”)]{{0,60}}\s+\(({GROWN})(?=\)|,\s+[a-z])"),
)
_OPENERS = frozenset("so well now then but and right ok okay".split())
_BESIDE_SAID = re.compile(
    rf"(?<=[^\W\d_]),\s+(?:about\s+)?({GROWN})(?=\s*[.;)]|,\s+(?:(?:she|he|and\s+(?:she|he)|who|"
    r"lives|living|single|married|widowed|took|with|when|retired|from|on|in|at|wi|\w+ing)\b))",
    re.IGNORECASE,
)
# A figure at the start of a line is the line's or the turn's: "13. AB: And then?"
_ALONE = re.compile(
    rf"(?:(?<=[.!?…][ ])|(?<=:[ ]))({GROWN})(?=[.!](?!\d)|,\s+(?:lives|she|he|and\s+(?:she|he)))"
    rf"|(?:^|(?<=[.!?…]\n))({GROWN_SAID})(?=[.!]|,\s+(?:lives|she|he|and\s+(?:she|he)))",
    re.IGNORECASE | re.MULTILINE,
)
# A turn that is nothing but a number, behind a question: "how old were you / eleven".
_WHOLE_TURN = re.compile(
    r"^(?:[^\W\d_][^:\n]{0,30}:)?[ \t]*"
    r"(?:(?:aye|yeah|um|uh|eh|well|oh|i['’]?m|she['’]s|he['’]s)[ ,]+){0,2}"
    rf"({NUMBER}){HALF}[ \t]*[.!,]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LINE_BEFORE = re.compile(r"([^\n]{0,140})\n\s*\Z")
_ASKED = re.compile(
    rf"\b(?:how\s+(?:old|auld)(?!(?:['’]s|\s+(?:is|was|are))\s+(?:\w+\s+)?{_THING}\b)|whit?\s+age|what\s+age|"
    r"your\s+age|(?:his|her)\s+age|(?<![^\W_])age\s+at\b)\b"
    r"|\b(?:you|he|she)(?:['’](?:re|s)|\s+(?:are|is|wid\s+be|would\s+be))(?:\s+now)?\s*(?:\.{2,}|…|—|--?)"
    r"\s*(?:\n[^:\n]{0,30}:?\s*)?\Z"
    r"|\b(?:me|masel|myself|you|yersel|him|her)\?\s*\Z",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:how\s+(?:many|much|long|far|often)|percent|per\s+cent|miles|hours|pounds|dollars|"
    r"people|times|clients|paragraph|page|question)\b|[%£$]",
    re.IGNORECASE,
)
_OTHER_QUESTION = re.compile(r"\b(?:how\s+(?:many|much|long|far|often)|which|where|what)\b", re.I)
_SOMEBODY = re.compile(
    r"\b(?i:he|she|her|his|him|mother|father|mum|mam|dad)\b|\b[A-Z][a-z]+\s+[A-Z][a-z]+"
)
_REACH = 140  # characters before a number by itself, for the question or the person
_LIST = re.compile(
    rf"\b(?:kids|children|sons|daughters|grandkids|grandchildren|boys|girls|weans|bairns|twins)\b"
    rf"[^.?!\n]{{0,40}}?({NUMBER}),?\s+(?:({NUMBER}),?\s+)?(?:and|an['’])\s+({NUMBER})\b",
    re.IGNORECASE,
)
_NEW_LINE = re.compile(r"[ \t]*\r?\n\s*(?:[A-Z\[(<*>]|[\w. ]{1,30}:)")
_AGES = re.compile(
    rf"\bages\b[ \t]*[:=]?[ \t]*({NUMBER}(?:(?:,?\s+(?:and|an['’]|&)\s+|,\s*){NUMBER})+)\b", re.I
)
_CHART = re.compile(
    rf"(?:^|(?<=[.;:(]\s)|(?<=[(,])|(?<=\b[Aa]\s))({GROWN_FIGURES})"
    r"(?=[MF](?:[,.;)]|\s*$|\s+(?:with|who|present)))"
    # "children: 14 M, 12 F": a list of them.
    rf"|(?<=[:,]\s)({NUMBER})(?=\s[MF](?:[,.;)]|\s*$))"
    # "Participant 4, RN. 44, f."
    rf"|(?<=[.;:)]\s)({GROWN_FIGURES})(?=,\s?[fmFM](?:[.,;)]|\s*$))",
    re.M,
)
_EACH = re.compile(rf"\b{NUMBER}\b", re.I)
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
YEARS_OF = re.compile(
    r"\s*(?:years?|yrs?)\s+(?:in\b|here|at\b|with|wi['’]|ago|now|later|of\s+(?!age)|experience|on\b)",
    re.IGNORECASE,
)
_FIGURE_BEHIND = re.compile(r"[ \t]*[-–/:.,][ \t]*\d|[ \t]*[%£$°]|[ \t]+\d|st\b|nd\b|rd\b|th\b")
_NUMBER_BEHIND = re.compile(rf",?\s+(?:or\s+|to\s+)?{NUMBER}\b", re.IGNORECASE)
_FIGURE_BEFORE = re.compile(r"(?:(?<![^\W\d_])\d[.,:/-]?|[£$#])[ \t]*\Z")


def framed_ages(text: str) -> tuple[Span, ...]:
    """The spans of what a rule reads as ages, surely or not, in order."""
    return tuple(sorted({*sure_ages(text), *weak_ages(text)}))


def sure_ages(text: str) -> Iterator[Span]:
    """The spans of numbers that a frame makes ages, in any order, some more than once."""
    for match in _AGED.finditer(text):
        if not is_of_a_thing(text, *match.span()):
            yield from _groups(match)
    for match in _AGES.finditer(text):
        for one in _EACH.finditer(text, *match.span(1)):
            yield Span(*one.span())
    for pattern in (*_NTH_YEARS, _CHART):
        for match in pattern.finditer(text):
            yield from _groups(match)
    yield from _in_frames(text, _FRAMES)
    for pattern in (*_BESIDE, _BESIDE_SAID):
        for match in pattern.finditer(text):
            if _stands_alone(text, *match.span(1)):
                yield Span(*match.span(1))
    for match in _LIST.finditer(text):
        if _ends_as_an_age(text, match.end(3)):
            yield from _groups(match)
    for match in _ALONE.finditer(text):
        if _is_asked_for(text[max(0, match.start() - _REACH) : match.start()]):
            yield from _groups(match)
    for match in _WHOLE_TURN.finditer(text):
        before = _LINE_BEFORE.search(text, max(0, match.start() - _REACH), match.start())
        if before and _ASKED.search(before[1]):
            yield from _groups(match)


def corrected_ages(text: str, ages: Iterable[Span]) -> Iterator[Span]:
    """What is said instead of an age: "seventeen? No. Eighteen."."""
    for age in ages:
        if match := _CORRECTED.match(text, age.end):
            yield Span(*match.span(1))


def weak_ages(text: str) -> Iterator[Span]:
    """Those in a frame that a size, an hour or a mark may have too."""
    yield from _in_frames(text, _WEAK_FRAMES)
    for match in _ALONE.finditer(text):
        before = text[max(0, match.start() - _REACH) : match.start()]
        near = re.split(r"(?<=[.!?])\s", before.rstrip())[-1]
        if _SOMEBODY.search(near) and not _COUNTED.search(before):
            yield from _groups(match)


def is_of_a_thing(text: str, start: int, end: int) -> bool:
    """Whether what is so old is a house, a car, a cat: "the van is ten", "a ten-year-old car"."""
    before = max(0, start - _BEFORE_AN_AGE)
    return bool(_OF_A_THING.match(text, end) or _THINGS.search(text, before, start))


def _is_asked_for(before: str) -> bool:
    """Whether an age was asked for last: no other question stands between it and the number."""
    asked = max((match.end() for match in _ASKED.finditer(before)), default=-1)
    between = before[asked:]
    return asked >= 0 and between.count("?") <= 1 and not _OTHER_QUESTION.search(between)


def _in_frames(text: str, frames: tuple[re.Pattern[str], ...]) -> Iterator[Span]:
    for pattern in frames:
        for match in pattern.finditer(text):
            if _ends_as_an_age(text, match.end(match.lastindex or 0)):
                yield from _groups(match)


def _groups(match: re.Match[str]) -> Iterator[Span]:
    for group in range(1, match.re.groups + 1):
        if match[group]:
            yield Span(*match.span(group))


def _ends_as_an_age(text: str, end: int) -> bool:
    """Whether what follows leaves it an age: a mark, the end of a line, a small word."""
    if _FIGURE_BEHIND.match(text, end) or YEARS_OF.match(text, end):
        return False
    if _NEW_LINE.match(text, end):
        return True  # somebody else speaks, or a sentence begins
    following = _NEXT.match(text, end)
    word = following[1] if following else None
    if not word or not word[0].isalpha():
        return True
    folded = word.casefold().replace("’", "'").partition("'")[0]  # "she's" is "she"
    return folded not in _NO_AGE and (folded in _GOES_ON or is_function_word(folded))


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no other number stands beside it: "12, 23, 40", "£3, 40", "twenty, thirty"."""
    before = text[max(0, start - 16) : start].rstrip(" ,\t\n(")
    said = re.split(r"[^\w]", before)[-1].casefold()
    if said in _OPENERS and re.search(r"(?:\A|[.!?:\n]\s*)\w+\Z", before):
        return False  # "So, 46."
    if _FIGURE_BEHIND.match(text, end) or _FIGURE_BEFORE.search(before):
        return False
    return said not in _NOT_BEHIND and said not in NUMBERS and not _NUMBER_BEHIND.match(text, end)
