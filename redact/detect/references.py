"""References, codes and numbers of no known form: hidden unless something says they are harmless.

Offices number people in more ways than a table can hold. What is written like a reference (letters
and figures mixed, figures in groups, a long run of figures, figures one by one) counts as one.
Harmless are years, roads, forms of a tax office, bills, measures, times, money and the study's own
codes (detect/codes.py). A short number counts where the words before it say what it opens or whom
it counts: "the key safe, 2580", "P.O. Box 417", "his number was 3071".
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from redact.core import Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.lexicon import is_function_word
from redact.detect.phones import is_dialled
from redact.detect.spoken import is_counting
from redact.transcript.case import is_caseless
from redact.transcript.said_numbers import ANY_WORD
from redact.transcript.vocabulary import STATES, one_of

_JOINED = re.compile(
    r"(?<![\w£$€#@./:-])(?=[A-Z0-9/\n-]{0,40}\d)[A-Z0-9]+(?:(?:/|-\n?)[A-Z0-9]+)*(?:/[a-z]{1,3})?"
    r"(?![\w@]|[/:.,-]\w)"
)
# What a number is, said before it; the number alone is hidden, under its own kind.
_KINDS = (
    "CHI|NHS|NI|NINO|SSN|DOB|PVG|SSSC|UTR|NPI|DEA|EIN|TEL|FAX|ID|PIN|ZIP|MOB|EXT|NO|REF|URN|SCN|"
    "NMC|IBAN|VIN"
)
_COUNTED = r"[%°]|percent|per\s+cent|hours|pounds|dollars|people|a\.?m\b|p\.?m\b"
# "CL 1204", "HOM 24 / 7731", "B626 5009 4471 02"; a group of figures is never cut in two.
_SPACED = re.compile(
    rf"(?<![\w£$€#@./:-])(?!(?:{_KINDS})\b)(?:[A-Z]{{1,5}}+\d{{0,4}}+|\d{{2,4}}/)"
    r"(?:[ ]?[-/]?[ ]?(?:\d{2,}+(?:-\d++)*+|[A-Z]{1,3}(?=[ ]\d{2})))+"
    rf"(?:[ -/][A-Z])?(?![\w@]|[/:.,-]\w|[ ]?(?:{_COUNTED}))"
)
_GROUPED = re.compile(r"(?<![\w£$€#@./:,-])\d{2,4}(?:[ -]\d{3,4}){2,}(?![\w@]|[/:.,-]\d)")
_LONG = re.compile(r"(?<![\w£$€#@./:,-])\d{7,}(?![\w@]|[/:.,-]\d)")
# One by one, as somebody dictates it: 7-0-3-3; in groups with what is said between: 1-0-0, pause,
# 4-4-7-2.
_DICTATED = re.compile(
    r"(?<![\w-])(?:\d(?:[-–][ ]?\d){3,}+|\d(?:[ ]\d){3,}+(?:[ ]?[-–][ ]?\d(?:[ ]?\d)*+)?"
    r"|\d(?:-\d)+(?:[, ]+(?:(?:pause|dash|space|slash|stroke|hyphen)[, ]+)?\d(?:-\d)+)+)(?![\w-])"
)
_BETWEEN_SINGLES = r"(?:[ ]?[,.-]?[ ]|[,-]|[ ](?:dash|slash|stroke|hyphen)[ ])"
# Figures behind figures that are no month and year: 25/0418.
_OF_A_YEAR = re.compile(r"(?<![\w£$€#@./:-])\d{2}/(?!(?:19|20)\d\d)\d{4}(?![\w/]|[-.,]\d)")
# Two figures thrice that are no date: 04-41-97.
_NO_DATE = re.compile(
    r"(?<![\w£$€#@./:-])(?:(?:3[2-9]|[4-9]\d)-\d\d|\d\d-(?:3[2-9]|[4-9]\d))-\d\d(?![\w/]|[-.,]\d)"
)
_HASHED = re.compile(r"(?<![\w#&])#\d{3,8}(?:-[A-Z\d]+)?(?![\w-]|[.,]\d)")
_DOTTED = re.compile(r"(?<![\w.])[A-Z]{1,3}\.\d{2,}(?:\.\d+)+(?![\w.])")
# Letters and figures one by one: "r 0 4 7 7 x", "9 4 3, 0 0, 7 6 1 5", "0 9 9 dash 1 5".
_SINGLES = re.compile(
    rf"(?<![\w.,:/£$€#@'’-])[A-Za-z\d](?:{_BETWEEN_SINGLES}[A-Za-z\d](?![\w'’])){{3,}}+"
    r"(?![.:]\d|[ ]?[%:])"
)
# "M dash 8890", "UNX oblique 00562 oblique G".
_STROKED = re.compile(
    r"(?<![\w-])[A-Z]{1,4}(?:\s(?:dash|slash|stroke|hyphen|oblique)\s(?=[\dA-Z])[A-Z\d]+)+"
    r"(?:[ ,]+\d\b)*"
)
_WITH_SIGNS = re.compile(
    r"(?<!\S)(?=\S*[A-Za-z])(?=\S*\d)[A-Za-z\d]+[!$^*][A-Za-z\d!$^*]+(?=[\s,.;)]|\Z)"
)
_CALLED = re.compile(
    r"\b(?:he|she|I|they)(?:\s+(?:was|is|am|were)|['’](?:s|m|re))\s+(?P<number>\d{4,6})(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
# Groups that mix letters and figures: W94 0KX 17R. A constable's number: PC K 0960.
_MIXED_GROUPS = re.compile(r"(?<![\w£$€/.-])[A-Z\d]{1,5}(?:[ ][A-Z\d]{1,5}){1,5}(?![\w/%-]|[.,]\d)")
_FIGURES_ALONE = re.compile(r"(?<![\w£$€./:,-])\d{4,6}(?!\w|[.,:/-]\d)")
_LAST = re.compile(r"(?<=[^\d\s.,])\d{4,6}\Z")
_HAS_BOTH = re.compile(r"(?=\w*[A-Z])(?=\w*\d)\w+\Z")
_OFFICER = re.compile(
    r"\b(?:PC|WPC|DC|DS|DI|PO|[Oo]fficer|[Cc]onstable|[Ss]ergeant)\s+"
    r"(?P<number>[A-Z]{1,2}[ ]?\d{2,5})\b"
)
# What opens a machine or an account, up to a mark or a small word, if figures are in it.
_UNSAID = r"(?!(?:and|but|so|or|which|if|for|then|that|when|because|the|an?|not|on|in|no|just)\b)"
_PIECE = r"[^\s.,;!?\"”]{1,40}"
_PASSWORD = re.compile(
    r"\b(?:pass ?words?|pass ?codes?|pass ?phrase|user ?name|log-?in)"
    r"(?:\s+(?:is|was|wis|for\s+\w+\s+is)|['’]s|\s*[:=])\s+[\"“']?"
    rf"(?P<number>{_UNSAID}{_PIECE}(?:[ ]{_UNSAID}{_PIECE}){{0,4}})",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"\d|\b{ANY_WORD}\b", re.IGNORECASE)
_USER = re.compile(
    r"(?<![\w@./\\-])(?!(?i:spk|speaker|int|resp|part|voice|channel|ch|seg|track)_?\d)(?=\w*\d)[A-Za-z][A-Za-z\d]*(?:_[A-Za-z\d]+)+(?![\w@]|\.\w)"
)
# Two sentences on: "the incident number. I had it on my hand: 2960".
_AFTER_A_COLON = re.compile(
    r"\b(?:number|code|pin|reference|combination)\b[^:\n\d]{0,60}:[ ][\"“]?(?P<number>\d{4,8})"
    r"(?!\w|[.,:/-]\d)",
    re.IGNORECASE,
)
# The column of a table: what stands at its head.
_CELL = re.compile(r"[^|│\t\n]*[|│\t]|[^|│\t\n]+\Z")
_NUMBERS_HEAD = re.compile(
    r"\b(?:code|pin|ref|reference|id|number|no\.?|fob|badge|licen[cs]e|reg|plate|policy|claim|account|case|"
    r"file|tag|serial|ssn|nino|chi|mrn|zip|postcode)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_A_NUMBER = re.compile(r"(?=[\w./-]*\d)[A-Z\d][A-Z\d./-]{2,20}(?:[ ][A-Z\d./-]{1,12}){0,4}\Z")
_YEARS = re.compile(r"(?:18|19|20)\d\d(?:[-/](?:(?:18|19|20)?\d\d))?")
_MEASURES = (
    "MG|MCG|ML|MB|GB|KB|TB|KG|KM|MM|CM|KW|KWH|HZ|MHZ|GHZ|KCAL|CAL|RPM|MPH|BPM|PX|P|K|G|AM|PM|HRS|HR|"
    "H|S|ST|ND|RD|TH|D"
)
_BILLS = "DD|AT|BD|SDS|SSI|BP|CPT|HB|SB|HR|PL|HJR|SJR|ISO|IEC|DS|SF|SSA|CMS|HUD|IRS|DSM|ICD|GPT|WD"
_HARMLESS = re.compile(
    # Roads; bills and acts, forms, standards; viruses; years of a budget; measures; sizes.
    r"(?:[ABM]|I-?|US-?|SR-?|HWY-?)\d{1,4}[A-Z]?"
    rf"|(?:{_BILLS})[- /]?\d{{1,4}}(?:[-/]\d{{1,4}})?[A-Z]?"
    r"|(?:COVID|CV|SARS|H\d+N)[- ]?\d{1,4}"
    r"|(?:FY|CY|AY|SY|Q[1-4]|H[12])[- /]?(?:(?:19|20)\d\d|\d\d)(?:[-/]\d\d(?:\d\d)?)?"
    r"|\d{4}[- ]?(?:MISC|NEC|EZ|SR)"
    rf"|\d+(?:{_MEASURES}|X\d+)"
    r"|\d+X\d+|[A-Z]{1,3}\d",
)
_FEWEST_SINGLE = 2  # figures among single letters and figures
_TITLE = frozenset(
    "section title article chapter act bill form schedule route highway road psalm verse".split()
)
_OPENS = (
    r"(?:key ?safe|lock ?box|key ?pad|key ?code|alarm|door|gate|buzzer|entry|access|security|"
    r"pass ?code|pin|pass|garage|safe|wi-?fi)"
)
_COUNTS = (
    r"(?:his|her|my|your|their|our|client|visitor|employee|staff|volunteer|member|badge|payroll|"
    r"docket|case|cause|claim|crime|incident|ticket|award|grant|certificate|licen[cs]e|registration|"
    r"reference|ref\.?|file|record|prison(?:er)?|inmate|booking|account|policy|order|invoice|tag|"
    r"plate|unit|appeal|employer|parole|hospital|patient|tenancy|rent|meter|serial|box|locker)"
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
    re.compile(
        rf"\b(?:card|locker|drawer|cab|lot|fob|box(?=\s+\d\d))\s+(?:number\s+|no\.?\s+)?(?-i:{_MIXED})",
        re.I,
    ),
    re.compile(
        rf"\b(?:no\.|number|vin)\s*(?:is|ends|ending|:)?\s*(?P<number>\d{{5,9}}){_END}", re.I
    ),
    re.compile(rf"\b{_REFERS}(?:\s+(?:number|no\.?))?[.:,]?\s+#?(?=[\w/-]{{0,9}}\d{{3}}){_MIXED}"),
)
_ZIP = (
    re.compile(rf"\b{one_of(STATES)},?\s+(?P<number>\d{{5}})(?![\w-]|[.,]\d)"),
    re.compile(r"(?<=[a-z]),[ ](?P<number>\d{5})(?=\.\s|\s*$|;)", re.M),
)


class ReferenceRecognizer:
    """What is written like a reference, and short numbers where a word says what they open."""

    def find(self, transcript: Transcript) -> Iterator[Mention]:
        reached, found = -1, {*_spans(transcript.text)}
        found |= {*_read_back(transcript.text, found)}
        for span in sorted(found, key=lambda one: (one.start, -one.end)):
            if span.end <= reached:
                continue  # part of a longer one
            reached = span.end
            yield Mention(
                place=Place(transcript.id, span),
                label="ID",
                score=points.REFERENCE_SHAPE,
                sources=(Source.REFERENCE_NUMBER_FORM,),
                kind="reference number",
            )


def _spans(text: str) -> Iterator[Span]:
    for match in _JOINED.finditer(_raised(text) if is_caseless(text) else text):
        if _is_reference(match[0]) and not _is_titled(text, match.start()):
            yield Span(*match.span())
    for match in _SPACED.finditer(text):
        if _is_spaced_reference(text, match) and not _is_titled(text, match.start()):
            yield Span(*match.span())
    for pattern in (_GROUPED, _LONG):
        for match in pattern.finditer(text):
            figures = re.sub(r"\D", "", match[0])
            if len(figures) >= 7 and not (_are_years(match[0]) or is_dialled(match[0])):
                yield Span(*match.span())
    for match in _DICTATED.finditer(text):
        if not is_counting(re.sub(r"\D", "", match[0])):
            yield Span(*match.span())
    for pattern in (_OF_A_YEAR, _NO_DATE, _HASHED, _USER, _DOTTED, _STROKED, _WITH_SIGNS):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for match in _MIXED_GROUPS.finditer(text):
        if _are_mixed(match[0].split(" ")):
            yield Span(*match.span())
    for match in _SINGLES.finditer(text):
        if sum(map(str.isdigit, match[0])) >= _FEWEST_SINGLE and not is_counting(
            re.sub(r"\D", "", match[0])
        ):
            yield Span(*match.span())
    yield from _in_columns(text)
    for match in _PASSWORD.finditer(text):
        if _FIGURE.search(match["number"]):
            yield Span(*match.span("number"))
    for pattern in (*_IN_CONTEXT, _OFFICER, _AFTER_A_COLON, _CALLED):
        for match in pattern.finditer(text):
            if not _YEARS.fullmatch(match["number"]):
                yield Span(*match.span("number"))
    for pattern in _ZIP:
        for match in pattern.finditer(text):
            yield Span(*match.span("number"))


def _read_back(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """The last figures of a reference where they stand alone: "TH-2290 ... hang in there, 2290"."""
    ends = {last[0] for span in found if (last := _LAST.search(text[span.start : span.end]))}
    ends = {end for end in ends if not _YEARS.fullmatch(end)}
    for match in _FIGURES_ALONE.finditer(text) if ends else ():
        if match[0] in ends:
            yield Span(*match.span())


def _in_columns(text: str) -> Iterator[Span]:
    """The numbers of a table under a head that says what they open or whom they count."""
    heads: list[str] = []
    start = 0
    for line in text.splitlines(keepends=True):
        cells = list(_CELL.finditer(line.rstrip("\r\n")))
        if len(cells) < 3:
            heads = []
        elif len(cells) != len(heads):
            heads = [cell[0].strip("|│\t ") for cell in cells]
        else:
            for head, cell in zip(heads, cells, strict=True):
                said = cell[0].strip("|│\t ")
                is_number = _A_NUMBER.match(said) and not _YEARS.fullmatch(said)
                if is_number and _NUMBERS_HEAD.search(head):
                    at = start + cell.start() + cell[0].index(said)
                    yield Span(at, at + len(said))
        start += len(line)


def _is_reference(said: str) -> bool:
    """Whether letters and figures in one piece look like a reference."""
    groups = re.split(r"[-/]", said)
    figures, letters = sum(map(str.isdigit, said)), sum(map(str.isalpha, said))
    if _HARMLESS.fullmatch(said) or _are_years(said):
        return False
    if not letters:
        return (len(groups) >= 3 and figures >= 7) or (len(groups) == 2 and figures >= 8)
    if figures >= 4 or (len(groups) >= 3 and figures >= 2):
        return True
    if figures == 2 and letters >= 3:
        return len(groups) == 2 and any(_HAS_BOTH.match(group) for group in groups)  # a plate
    return figures == 3 and letters >= 2


def _raised(text: str) -> str:
    """The text in capitals, with the same offsets: a machine writes "ls-0417"."""
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def _are_mixed(groups: list[str]) -> bool:
    """Whether groups between blanks are one reference: "W94 0KX 17R", "99 116 538 QX"."""
    mixed = [group for group in groups if _HAS_BOTH.match(group) and len(group) > 2]
    figures = sum(map(str.isdigit, "".join(groups)))
    if any(_HARMLESS.fullmatch(group) for group in groups if not group.isdigit()):
        return False
    if len(mixed) >= 2 or (
        len(groups) == 2 and mixed and groups[0].isalpha() and len(groups[0]) > 1
    ):
        return True
    letters = any(group.isalpha() for group in groups[1:]) or bool(mixed)
    return len(groups) >= 3 and figures >= 6 and letters


def _is_spaced_reference(text: str, match: re.Match[str]) -> bool:
    """Whether letters and figures with blanks between them do."""
    said = match[0]
    head = said[: len(said) - len(said.lstrip(string.ascii_uppercase))]
    groups = re.findall(r"\d+", said)
    figures = sum(map(len, groups))
    if figures < 4 or " " not in said or _HARMLESS.fullmatch(said):
        return False
    if len(groups) == 1 or _YEARS.fullmatch(groups[0]):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        is_word = is_function_word(head.casefold()) or len(head) < 1 or head in _MONTH_HEADS
        if is_word or _YEARS.fullmatch(groups[-1]) or line.isupper() or is_caseless(text):
            return False
    return True


_MONTH_HEADS = frozenset("JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC".split())


def _are_years(said: str) -> bool:
    """Whether nothing but years stands in it: 2014-2019, 2015/16."""
    return all(_YEARS.fullmatch(piece) for piece in re.split(r"[ ]", said)) or all(
        _YEARS.fullmatch(piece) or re.fullmatch(r"[A-Z]{2,4}", piece)
        for piece in re.split(r"[-/ ]", said)
    )


def _is_titled(text: str, start: int) -> bool:
    """Whether the word before says that it is a section, a road or a form."""
    before = re.findall(r"[^\W\d_]+", text[max(0, start - 20) : start])
    return bool(before) and before[-1].casefold() in _TITLE
