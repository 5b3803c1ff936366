"""Numbers that stand bare and that only their shape, or a word some way before, gives away.

"a key safe for each, in her diary: D.M. 1414. W.R. 0690", "I'm in 44899, it's a D school", "the
three digits on the back, 5-8-1", "account 5 0017 2240 6618", "flat 2/1", "expiry oh nine twenty
six". What is counted, paid, dated or measured stays: a number that says so by what is behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redact.core import Span
from redact.detect.lexicon import is_function_word, is_ordinary
from redact.detect.reference_context import YEARS
from redact.transcript.said_numbers import ANY_WORD, BELOW_TWENTY, FROM_TWENTY, ONES

_ALONE = r"(?<![\w£$€#@./:,'’+-])(?<!\d )"
_END = r"(?!\w|[.,:/-]\d|\s?(?:%|°|[£$€]))"
_UNIT = (
    r"(?:people|folk|percent|per\s+cent|dollars?|pounds?|quid|bucks|euros?|cents?|pence|hours?|"
    r"miles?|feet|foot|acres?|steps|words|years?|volts?|watts?|calories|thousand|million|[ap]\.?m\b|"
    r"[km]?[gml]{1,2}\b|square|sq\b|odd\b|plus\b|or\s+so\b)"
)
_COUNTED = re.compile(rf"[\s-]+(?:{_UNIT}|(?:of\s+)?[^\W\d_]{{2,}}[^\W\d_su]s\b)", re.IGNORECASE)
_MONEY_BEFORE = re.compile(
    r"(?:[£$€]\s?|\b(?:pay|paid|cost|costs|worth|raised?|earn(?:ed|s)?|owe[ds]?|about|around|over|"
    r"nearly|almost|roughly|circa|up\s+to|under|than|for|to|at|of)\s+)\Z",
    re.IGNORECASE,
)
# Five figures and more in one piece are no count that somebody writes without a comma and a noun.
_LONG = re.compile(rf"{_ALONE}\d{{5,6}}{_END}")
_ROUND = re.compile(r"\d+00\Z")
# "4417 092": two groups, of which none is a year; "5 0017 2240 6618".
_GROUPS = re.compile(rf"{_ALONE}(?:\d{{3,5}}[ ]\d{{3,5}}|\d(?:[ ]\d{{3,5}}){{2,4}}){_END}")
_FEWEST = 7  # figures of groups
# What opens something, or numbers somebody, in the same passage.
_OPENER = re.compile(
    r"\b(?:key ?safes?|lock ?box(?:es)?|pad ?lock|combinations?|key ?pads?|pass ?codes?|"
    r"pin(?:s|\s+number)?|"
    r"(?:door|gate|entry|alarm|access|safe|security)\s+codes?|codes?\s+(?:for|to|on)|the\s+codes?|"
    r"gmc|nmc|sssc|pvg|(?:last|on\s+the\s+back)[^.?!\n]{0,20}\bdigits|digits\s+(?:on|of)|"
    r"(?:clock|staff|badge|locker|payroll|prison|service|works?|collar|house|call)\s+number)\b",
    re.IGNORECASE,
)
_REACH = 150  # characters behind such a word
_SHORT = re.compile(
    rf"{_ALONE}(?:\d{{4}}|\d(?:[-–]\d){{2,7}}|[A-Z]\d{{2,4}}[A-Z]?|\d{{2,4}}[A-Z])(?=[.,;!?)\"”]|\s*$)"
    r"(?![.,]\d)",
    re.MULTILINE,
)
_SCORE = re.compile(r"\b(?:won|lost|drew|beat|score[ds]?|vote[ds]?|nil|game|win)\b", re.IGNORECASE)
# Of whom, or of what, a number is: "clock number, mine is 6120"; "changed it to 4408".
_MINE = re.compile(
    r"\b(?:number|code|pin|combination)\b[^.?!\n\d]{0,24}\b(?:mine|his|hers|yours|ours|theirs|it)"
    rf"(?:\s+(?:is|was|wis)|['’]s)\s+(?P<number>\d{{3,6}}){_END}"
    r"|\b(?:changed|reset|set)\s+(?:it|the\s+\w+)\b[^.?!\n\d]{0,24}\bto\s+(?P<changed>\d{4,6})(?=[.,;!?]|\s*$)",
    re.IGNORECASE,
)
# "I'm down as 4417", "it begins 4417", "file number? 4417", "they wrote 4417 on the card".
_FILED = re.compile(
    r"\b(?:(?:down|known|listed|entered|logged|filed)\s+(?:as|under)|(?:begins?|starts?|ends?)(?:\s+(?:with|in))?|"
    r"(?:number|reference|code|ref|docket)\?|quot(?:e|ed|ing))\s+[\"“]?(?P<number>\d{4,8})(?!\w|[.,:/-]\d)"
    r"|\b(?:say(?:s|ing)?|said|wrote|written|stamped|printed|marked)\s+[\"“]?(?P<printed>\d{4,8})[\"”]?\s+"
    r"(?:on|at)\s+(?:the|my|his|her|our|your|it|top)\b",
    re.IGNORECASE,
)
# Letters and figures apart behind what is numbered: "the licence number, CD 811".
_HEADED = re.compile(
    r"\b(?i:case|licen[cs]e|policy|docket|invoice|court|file|claim|ref|reference|badge|account|order|ticket|member(?:ship)?|"
    r"patient|permit|appeal|complaint|award|voucher|receipt|plate|reg|registration)(?i:\s+(?:number|no\.?|ref))?"
    r"(?i:\s+(?:is|was|it['’]?s)|[,.:]|\?){0,2}\s+(?P<number>[A-Z]{2,4}[ ]\d{2,4})(?!\w|[.,:/-]\d)"
)
_SAID = rf"(?:{ANY_WORD}|oh|double|nought)"
# A door within a house, in figures or said; of a house only where somebody lives there.
_DOOR = re.compile(
    r"\b(?:flat|apartment|apt\.?)\s+(?:number\s+|no\.?\s+)?(?P<door>(?:\d{1,2}/\d{1,3}|\d{1,4}[A-H]?|[A-Z]?\d{1,4})"
    rf"(?!\w|[.,:/-]\d)|{_SAID}(?:[\s-]{_SAID}){{0,3}}(?:\s+(?:slash|stroke|oblique|up)\s+{_SAID})?(?!\w))"
    rf"|\b(?:street|avenue|lane|road|park|building|bedroom|court|drive|(?:east|west|north|south)\s+\w+|it['’]?s|my|in),?\s+unit\s+"
    rf"(?P<unit>(?:\d{{1,4}}[A-H]?|{_SAID}(?:[\s-]{_SAID}){{0,2}})(?!\w|[.,:/-]\d))"
    r"|\b(?:live|lives|living|lived|stay|stays|stayed|moved|house|hoose|close|street|road|brae|flat)\b[^.?!\n\d]{0,40}\bnumber\s+"
    r"(?P<house>\d{1,4}[A-H]?)(?!\w|[.,:/-]\d)",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED_FOR_A_HOUSE = re.compile(
    r"\b(?:house|flat|door|apartment)\s+number\b[^\n]{0,50}\n\s*"
    r"(?:[^\W\d_][^:\n]{0,30}:[ \t]*|[QA]\.[ \t]*)?"
    r"(?:it['’]?s\s+)?(?P<number>\d{1,4}[A-H]?)(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
# Of a card: when it ends.
_EXPIRY = re.compile(
    r"\b(?:expir(?:y|es|ation)(?:\s+date)?|valid\s+(?:to|till|until|thru))(?:\s+(?:is|was)|,|:)?\s+"
    rf"(?P<number>(?:0?[1-9]|1[0-2])[/ -]\d\d(?:\d\d)?(?!\w)|"
    rf"(?:oh[\s-]{ONES}|{BELOW_TWENTY})[\s,-]+{FROM_TWENTY}(?!\w))",
    re.IGNORECASE,
)


def bare_numbers(text: str, raised: str) -> Iterator[Span]:
    """The spans of bare numbers that identify; some more than once.

    `raised` is the text as it is where it has case, else in capitals, with the same offsets.
    """
    for match in _LONG.finditer(text):
        if not _ROUND.match(match[0]) and not _is_amount(text, match):
            yield Span(*match.span())
    for match in _GROUPS.finditer(text):
        groups = match[0].split()
        many = sum(map(len, groups))
        if (
            many >= _FEWEST
            and not any(map(YEARS.fullmatch, groups))
            and not _is_amount(text, match)
        ):
            yield Span(*match.span())
    yield from _behind_openers(text, raised)
    for match in _HEADED.finditer(raised):
        letters = match["number"].split()[0].casefold()
        if not (is_function_word(letters) or is_ordinary(letters)):
            yield Span(*match.span("number"))
    for pattern in (_MINE, _FILED, _DOOR, _ASKED_FOR_A_HOUSE, _EXPIRY):
        for match in pattern.finditer(text):
            span = Span(*match.span(match.lastgroup or 0))
            year = YEARS.fullmatch(text[span.start : span.end])
            if not year and not _COUNTED.match(text, span.end):
                yield span


def _behind_openers(text: str, raised: str) -> Iterator[Span]:
    """Short numbers in the passage that a word begins which says what they open."""
    openers = [match.end() for match in _OPENER.finditer(text)]
    if not openers:
        return
    at = 0
    for match in _SHORT.finditer(raised):
        while at + 1 < len(openers) and openers[at + 1] <= match.start():
            at += 1
        near = openers[at] <= match.start() <= openers[at] + _REACH
        if not near or YEARS.fullmatch(match[0]):
            continue
        between = text[openers[at] : match.start()]
        if not _SCORE.search(between) and not _is_amount(text, match):
            yield Span(*match.span())


def _is_amount(text: str, match: re.Match[str]) -> bool:
    """Whether a number is paid, measured or counted."""
    before = text[max(0, match.start() - 12) : match.start()]
    return _COUNTED.match(text, match.end()) is not None or _MONEY_BEFORE.search(before) is not None
