"""Numbers that a word says are somebody's or open something: "the key safe, 2580", "ext. 4417".

The number alone is hidden: whatever it looks like, what stands before it, asks for it or follows it
says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Span
from redact.transcript.said_numbers import ANY_WORD
from redact.transcript.vocabulary import STATES, one_of

YEARS = re.compile(r"(?:18|19|20)\d\d(?:[-/](?:(?:18|19|20)?\d\d))?")
_CALLED = re.compile(
    r"\b(?:he|she|I|they)(?:\s+(?:was|is|am|were)|['’](?:s|m|re))\s+(?P<number>\d{4,6})(?!\w|[.,:/-]\d)"
    r"|\b(?:call|cried|cry|cries)(?:ed|s)?\s+(?:me|him|her|us)\b[^.?!\n\d]{0,24}?[\s,\"“](?P<named>\d{3,6})(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
_OFFICER = re.compile(
    r"\b(?:PC|WPC|DC|DS|DI|PO|[Oo]fficer|[Cc]onstable|[Ss]ergeant)\s+"
    r"(?P<number>[A-Z]{1,2}[ ]?\d{2,5})\b"
)
# What opens a machine or an account, up to a mark or a small word, if figures are in it.
_UNSAID = r"(?!(?:and|but|so|or|which|if|for|then|that|when|because|the|an?|not|on|in|no|just)\b)"
_PIECE = r"[^\s.,;!?\"”]{1,40}"
_PASSWORD = re.compile(
    r"\b(?:pass ?words?|pass ?codes?|pass ?phrase|user ?name|log-?in|screen ?name|gamer ?tag|"
    r"wi-?fi)"
    r"(?:\s+(?:is|was|wis|for\s+\w+\s+is)|['’]s|\s*[:=])\s+[\"“']?"
    rf"(?P<number>{_UNSAID}{_PIECE}(?:[ ]{_UNSAID}{_PIECE}){{0,4}})",
    re.IGNORECASE,
)
_WIFI = re.compile(
    r"\bwi-?fi\s+[\"“]?(?P<number>(?=[\w-]{0,30}[a-z])(?=[\w-]{0,30}\d)[\w!*-]{6,40})(?!\w)", re.I
)
_FIGURE = re.compile(rf"\d|\b{ANY_WORD}\b", re.IGNORECASE)
# Two sentences on: "the incident number. I had it on my hand: 2960".
_AFTER_A_COLON = re.compile(
    r"\b(?:number|code|pin|reference|combination)\b[^:\n\d]{0,60}:[ ][\"“]?(?P<number>\d{4,8})"
    r"(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
_OPENS = (
    r"(?:key ?safe|lock ?box|key ?pad|key ?code|alarm|door|gate|buzzer|entry|access|security|"
    r"pass ?code|pin|pass|garage|safe|wi-?fi)"
)
_COUNTS = (
    r"(?:his|her|my|your|their|our|client|visitor|employee|staff|volunteer|member|badge|payroll|"
    r"docket|case|cause|claim|crime|incident|ticket|award|grant|certificate|licen[cs]e|registration|"
    r"reference|ref\.?|file|record|prison(?:er)?|inmate|booking|account|policy|order|invoice|tag|"
    r"plate|unit|appeal|employer|parole|hospital|patient|tenancy|rent|meter|serial|box|locker|log|"
    r"tracking|confirmation|notice|warrant|permit|student|lunch|chart|medal|complaint|voucher|job)"
)
_REFERS = (
    r"(?:ref|reference|volunteer|badge|ticket|docket|cause|crime|appeal|certificate|extension)"
)
_IS = (
    r"(?:\s+(?:is|was|wis|are|be|of|it['’]s|number|code|no\.?|combination)|['’]s|[:,.=\"“]|"
    r"\s+[\"“]|\s+#|\s+-){0,4}\s*"
)
_END = r"(?!\w|[.,:/-]\d)"
_CODE = rf"[\"“(]?(?P<number>\d{{3,8}}[#*]?|\d(?:[- ]\d){{2,7}}|\d{{1,2}}(?:-\d{{1,2}}){{2}}){_END}"
_MIXED = rf"(?P<number>(?=[\w/-]{{0,40}}\d)[A-Z0-9]+(?:[-/][A-Z0-9]+)*){_END}"
_IN_CONTEXT = (
    re.compile(
        rf"\b{_OPENS}\b(?:\s+(?:code|number|pin|combination))?[^.?!\n\d]{{0,25}}?{_IS}{_CODE}", re.I
    ),
    re.compile(rf"\b(?:code|passcode|combination|pin)\b(?:\s+\w+){{0,4}}?{_IS}{_CODE}", re.I),
    re.compile(
        r"\b(?:extension|ext\.?|extn\.?|voicemail)\s*(?:is|was|number|:|,|it['’]s)?\s*"
        rf"(?P<number>\d{{2,6}}){_END}",
        re.I,
    ),
    # "the card ends 4242", "last four of my social, 6619".
    re.compile(
        r"\b(?:card|account|phone|social|number|plate|licen[cs]e|ssn)\b[^.?!\n\d]{0,30}?\b"
        rf"(?:ends?|ending|ended|finish(?:es|ing))\b(?:\s+(?:in|with|on))?{_IS}{_CODE}",
        re.I,
    ),
    re.compile(
        r"\blast\s+(?:four|4)\b(?:\s+(?:digits|numbers|figures))?[^.?!\n\d]{0,40}?"
        rf"{_IS}(?P<number>\d{{4}}|\d(?:[- ]\d){{3}})(?=[.;!?\"”)]|,(?!\s*\d)|\s*$)",
        re.I | re.M,
    ),
    re.compile(r"\b(?P<number>P\.?\s?O\.?\s+Box\s+(?:number\s+)?\d{1,6})(?!\w)", re.I),
    re.compile(rf"\b{_COUNTS}\s+(?:\w+\s+)?(?:number|no\.?|num\.?|id|#){_IS}{_MIXED}", re.I),
    # "partial plate 8LK", "the reg was QX1": letters and figures, however few.
    re.compile(
        r"\b(?:plates?|reg|registration)\b[^.?!\n\d]{0,20}?\s[\"“]?(?-i:(?P<number>"
        rf"(?=[A-Z]{{0,6}}\d)(?=\d{{0,6}}[A-Z])[A-Z\d]{{3,8}}(?:[ -][A-Z\d]{{2,4}})?)){_END}",
        re.I,
    ),
    re.compile(
        r"\b(?:card|locker|drawer|cab|lot|fob|badge|tent|tag|wristband|bracelet|warrant|box(?=\s+\d\d))"
        r"(?:\s+(?:number|no\.?|is|was|it['’]s|says|said)|,){0,2}\s+"
        rf"(?=[A-Z\d/-]{{0,8}}\d{{2}})(?-i:{_MIXED})",
        re.I,
    ),
    re.compile(
        rf"\b(?:no\.|number|vin)\s*(?:is|ends|ending|:)?\s*(?P<number>\d{{5,9}}){_END}", re.I
    ),
    re.compile(
        rf"\b(?i:{_REFERS}(?:\s+(?:number|no\.?))?)[.:,]?\s+#?(?=[\w/-]{{0,9}}\d{{3}}){_MIXED}"
    ),
)
_ZIP = (
    re.compile(rf"\b(?i:{one_of(STATES)}),?\s+(?P<number>\d{{5}})(?![\w-]|[.,]\d)"),
    re.compile(r"(?<=[a-z]),[ ](?P<number>\d{5})(?=\.\s|\s*$|;)", re.M),
)
# Asked for in the turn before: "What's the warrant number? / A: 4417, he says".
_ASKED = re.compile(
    r"\b(?:number|code|pin|extension|reference|ref|id|zip|badge|plate|docket|combination|passcode)\b"
    r"[^.?!\n]{0,24}\?[ \t]*\n\s*(?:[^\W\d_][^:\n]{0,30}:[ \t]*|[QA]\.[ \t]*)?[\"“]?"
    r"(?:(?:it['’]?s|it\s+is|aye|yes|yeah|um|uh|em|eh|that['’]?s|well|oh)[ ,.]+){0,3}[\"“]?"
    r"(?P<number>(?=[\w/-]{0,20}\d{3})[A-Z0-9]+(?:[-/][A-Z0-9]+)*)"
    r"(?!\w|[.,:/-]\d|[ ]?(?:%|percent|per\s|people|hours))",
    re.IGNORECASE,
)
# A docket of a federal court: 4:23-cv-00417.
_FEDERAL = re.compile(
    r"(?<![\w:.-])(?P<number>\d{1,2}:\d\d-[a-z]{2,4}-\d{3,6}(?:-[A-Z]{1,4}){0,3})(?![\w-])", re.I
)
# Made up by somebody to sign in: capitals, small letters and figures in one word, or a cash tag.
_CHOSEN = re.compile(
    r"(?<![\w@./$£-])(?P<number>(?=\w{0,40}[a-z])(?=\w{0,40}[A-Z])[A-Za-z]{1,20}\d{1,8}[A-Za-z]{3,20}[\w!*]{0,20}"
    r"|\$[A-Za-z][A-Za-z_-]{3,20}\d{0,6})(?![\w@./])"
)


def numbers_in_context(text: str, raised: str) -> Iterator[Span]:
    """The spans of numbers that what stands around them makes references; some more than once.

    `raised` is the text as it is where it has case, else in capitals, with the same offsets.
    """
    for match in _PASSWORD.finditer(text):
        if _FIGURE.search(match["number"]):
            yield Span(*match.span("number"))
    for pattern in (*_IN_CONTEXT, _OFFICER, _AFTER_A_COLON, _CALLED, _ASKED):
        for match in pattern.finditer(raised):
            span = Span(*match.span(match.lastgroup or 0))
            if not YEARS.fullmatch(text[span.start : span.end]):
                yield span
    for pattern in (*_ZIP, _FEDERAL, _CHOSEN, _WIFI):
        for match in pattern.finditer(text):
            yield Span(*match.span("number"))
