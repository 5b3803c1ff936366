"""References, codes and numbers of no known form: hidden unless something says they are harmless.

Offices number people in more ways than a table can hold. What is written like a reference (letters
and figures mixed, figures in groups, a long run of figures, figures one by one) counts as one.
Harmless are years, roads, forms of a tax office, bills, measures, times, money and the study's own
codes (detect/codes.py). A short number counts where the words before it say what it opens or whom
it counts: "the key safe, 2580", "P.O. Box 528", "his number was 3071".
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator

from redact.core import Mention, Place, Source, Span, Transcript
from redact.detect import operating_points as points
from redact.detect.bare_numbers import bare_numbers
from redact.detect.lexicon import is_function_word, is_ordinary
from redact.detect.phones import is_dialled
from redact.detect.reference_context import YEARS, numbers_in_context
from redact.detect.spoken import is_counting, number_runs
from redact.transcript.case import is_caseless

_JOINED = re.compile(
    r"(?<![\w£$€#@./:-])(?<!\d,)(?=[A-Z0-9/\n-]{0,40}\d)[A-Z0-9]+(?:(?:/|-\n?)[A-Z0-9]+)*(?:/[a-z]{1,3})?"
    r"(?![\w@]|[/:.,-]\w)"
)
# What a number is, said before it; the number alone is hidden, under its own kind.
_KINDS = (
    "CHI|NHS|NI|NINO|SSN|DOB|PVG|SSSC|UTR|NPI|DEA|EIN|TEL|FAX|ID|PIN|ZIP|MOB|EXT|NO|REF|URN|SCN|"
    "NMC|IBAN|VIN|MRN|MPAN|MPRN|EBT|UPRN|CASE|FILE"
)
_COUNTED = r"[%°]|percent|per\s+cent|hours|pounds|dollars|people|a\.?m\b|p\.?m\b"
# "KD 1306", "KAD 24 / 6642", "B318 6007 5582 09"; a group of figures is never cut in two.
_SPACED = re.compile(
    rf"(?<![\w£$€#@./:'’-])(?!(?:{_KINDS})\b)(?:[A-Z]{{1,5}}+\d{{0,4}}+|\d{{2,4}}/)"
    r"(?:[ ]?[-/]?[ ]?(?:\d{2,}+(?:-\d++)*+|[A-Z]{1,3}(?=[ ]\d{2})))+"
    rf"(?:[ /-](?!I\b|A\b)[A-Z])?(?![\w@]|[/:.,-]\w|[ ]?(?:{_COUNTED}))"
)
_GROUPED = re.compile(r"(?<![\w£$€#@./:,-])\d{2,4}(?:[ -]\d{3,4}){2,}(?![\w@]|[/:.,-]\d)")
_LONG = re.compile(r"(?<![\w£$€#@./:,-])\d{7,}(?![\w@]|[/:.,-]\d)")
# One by one, as somebody dictates it: 6-0-8-8; in groups with what is said between: 1-0-0, pause,
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
_DOTTED = re.compile(
    r"(?<![\w.])(?:[A-Z]{1,3}\.\d{2,}(?:\.\d+)+|\d{2,4}\.\d{4,6}\.\d{2,4})(?!\w|\.\w)"
)
_ONE_LETTER = re.compile(r"(?<![\w£$€/.'’-])[A-Z][ ]\d{5,7}(?!\w|[.,:/-]\d)")
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
    r"(?<!\S)(?=\S*[A-Za-z])(?=\S*\d)(?!\d+(?:st|nd|rd|th)\b)[A-Za-z\d]+[!$^*][A-Za-z\d!$^*]+(?=[\s,.;)]|\Z)"
)
# Groups that mix letters and figures: W94 0KX 17R. A constable's number: PC K 0960.
_MIXED_GROUPS = re.compile(
    r"(?<![\w£$€/.-])(?:\d{2}-(?=\d\d[ ]))?[A-Z\d]{1,5}(?:[ ][A-Z\d]{1,5}){1,5}(?![\w/%-]|[.,]\d)"
)
# Without case each group has both: "w7k 9qd 2lr".
_BOTH = r"(?=\d{0,4}[A-Z])(?=[A-Z]{0,4}\d)[A-Z\d]{3,5}"
_ALL_MIXED = re.compile(
    rf"(?<![\w£$€/.-])(?:{_BOTH}[ ]){{1,5}}{_BOTH}"
    r"(?![\w/%-]|[.,]\d)"
)
_FIGURES_ALONE = re.compile(r"(?<![\w£$€./:,-])\d{4,6}(?!\w|[.,:/-]\d)")
_LAST = re.compile(r"(?:(?<=[^\d\s.,])|\A)\d{4,6}\Z")
_HAS_BOTH = re.compile(r"(?=\w*[A-Z])(?=\w*\d)\w+\Z")
_USER = re.compile(
    r"(?<![\w@./\\-])(?!(?i:spk|speaker|int|resp|part|voice|channel|ch|seg|track)_?\d)(?=\w*\d)[A-Za-z][A-Za-z\d]*(?:_[A-Za-z\d]+)+(?![\w@]|\.\w)"
)
# The column of a table: what stands at its head.
_CELL = re.compile(r"[^|│\t\n]*[|│\t]|[^|│\t\n]+\Z")
_NUMBERS_HEAD = re.compile(
    r"\b(?:code|pin|ref|reference|id|number|no\.?|fob|badge|licen[cs]e|reg|plate|policy|claim|account|case|"
    r"file|tag|serial|ssn|nino|chi|mrn|zip|postcode)\b(?!\s+of\b)",
    re.IGNORECASE,
)
_A_NUMBER = re.compile(r"(?=[\w./-]*\d)[A-Z\d][A-Z\d./-]{2,20}(?:[ ][A-Z\d./-]{1,12}){0,4}\Z")
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
    r"|\d{4}[- ]?(?:MISC|NEC|EZ|SR)|1[01]\d\d-?[A-DK]|CP-?\d{2,4}[A-Z]?"
    rf"|\d{{1,4}}(?:{_MEASURES})|\d+X\d+"
    r"|\d+X\d+|[A-Z]{1,3}\d",
)
_AN_ARTICLE = re.compile(r"[A-Z].*(?<!\w)a(?!\w)")
_FEWEST_SINGLE = 2  # figures among single letters and figures
_TITLE = frozenset(
    "section title article chapter act bill form schedule route highway road psalm verse".split()
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
    caseless = is_caseless(text)
    raised = _raised(text) if caseless else text
    for match in _JOINED.finditer(raised):
        worded = caseless and _has_a_word(match[0])
        if _is_reference(match[0]) and not worded and not _is_titled(text, match.start()):
            yield Span(*match.span())
    for match in _spaced(raised, caseless):
        if _is_spaced_reference(text, match, caseless) and not _is_titled(text, match.start()):
            yield Span(*match.span())
    for pattern in (_GROUPED, _LONG):
        for match in pattern.finditer(text):
            figures = re.sub(r"\D", "", match[0])
            if len(figures) >= 7 and not (_are_years(match[0]) or is_dialled(match[0])):
                yield Span(*match.span())
    for match in _DICTATED.finditer(text):
        if not is_counting(re.sub(r"\D", "", match[0])):
            yield Span(*match.span())
    for pattern in (
        _OF_A_YEAR,
        _NO_DATE,
        _HASHED,
        _USER,
        _DOTTED,
        _ONE_LETTER,
        _STROKED,
        _WITH_SIGNS,
    ):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    mixed = [*_MIXED_GROUPS.finditer(text), *(_ALL_MIXED.finditer(raised) if caseless else ())]
    for match in mixed:
        if _are_mixed(re.split("[ -]", match[0])):
            yield Span(*match.span())
    for match in _SINGLES.finditer(text):
        figures = re.sub(r"\D", "", match[0])
        is_list = not caseless and _AN_ARTICLE.search(match[0])  # "an I-9, a W-4, a thing"
        if len(figures) >= _FEWEST_SINGLE and not is_counting(figures) and not is_list:
            yield Span(*match.span())
    yield from _in_columns(text)
    yield from numbers_in_context(text, raised)
    yield from bare_numbers(text, raised)


def _read_back(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """The last figures of a reference where they stand alone: "TH-2290 ... hang in there, 2290"."""
    ends = {last[0] for span in found if (last := _LAST.search(text[span.start : span.end]))}
    ends = {end for end in ends if not YEARS.fullmatch(end)}
    for match in _FIGURES_ALONE.finditer(text) if ends else ():
        if match[0] in ends:
            yield Span(*match.span())
    for run in number_runs(text) if ends else ():
        if run.said in ends and run.words:
            yield Span(run.start, run.end)


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
                is_number = _A_NUMBER.match(said) and not YEARS.fullmatch(said)
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


def _has_a_word(joined: str) -> bool:
    """Whether a word of talk stands among its groups: "71-YEAR-OLD", "55-PLUS"."""
    return any(
        len(group) > 2 and group.isalpha() and _is_word(group) for group in re.split("[-/]", joined)
    )


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


def _spaced(text: str, caseless: bool) -> Iterator[re.Match[str]]:
    """Letters and figures with blanks between them; without case, from behind words of talk on."""
    at = 0
    while match := _SPACED.search(text, at):
        heads = _LETTERS.findall(match[0])
        if caseless and heads and match[0].startswith(heads[0]) and _is_word(heads[0]):
            at = match.start() + len(heads[0])
            continue
        at = match.end()
        if not (caseless and any(map(_is_word, heads))):
            yield match


def _is_word(letters: str) -> bool:
    folded = letters.casefold()
    if len(folded) == 1:
        return folded in "aio"
    return is_function_word(folded) or is_ordinary(folded)


def _is_spaced_reference(text: str, match: re.Match[str], caseless: bool) -> bool:
    """Whether letters and figures with blanks between them do."""
    said = match[0]
    head = said[: len(said) - len(said.lstrip(string.ascii_uppercase))]
    groups = re.findall(r"\d+", said)
    figures = sum(map(len, groups))
    if figures < 4 or " " not in said or _HARMLESS.fullmatch(said) or _SCORE.search(said):
        return False
    if len(groups) == 1 or YEARS.fullmatch(groups[0]):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
        is_word = is_function_word(head.casefold()) or len(head) < 1 or head in _MONTH_HEADS
        is_title = line.isupper() and not caseless
        if is_word or YEARS.fullmatch(groups[-1]) or is_title:
            return False
    return True


_LETTERS = re.compile(r"[^\W\d_]+")
_SCORE = re.compile(r"[A-Z] \d{1,2}/\d\d\Z")  # of a test or a day: MMSE 24/30, NOTES 11/02
_MONTH_HEADS = frozenset("JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC".split())


def _are_years(said: str) -> bool:
    """Whether nothing but years stands in it: 2014-2019, 2015/16."""
    return all(YEARS.fullmatch(piece) for piece in re.split(r"[ ]", said)) or all(
        YEARS.fullmatch(piece) or re.fullmatch(r"[A-Z]{2,4}", piece)
        for piece in re.split(r"[-/ ]", said)
    )


def _is_titled(text: str, start: int) -> bool:
    """Whether the word before says that it is a section, a road or a form."""
    before = re.findall(r"[^\W\d_]+", text[max(0, start - 20) : start])
    return bool(before) and before[-1].casefold() in _TITLE
