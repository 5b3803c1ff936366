"""Ages that stand with other ages: in a table's column, in a list, beside one, said again.

A number that nothing calls an age is one where its company is: under the head "Age", behind
"children:", in "Ross 31, Kirsty 29", in "eighteen, sixteen and thirteen" of which one is an age, or
where somebody says the same age again by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from redact.core import Span
from redact.detect.age_frames import NUMBER, YOUNG
from redact.detect.age_reading import could_be_ages
from redact.detect.gazetteer import name_fact
from redact.detect.lexicon import is_function_word, is_word_too
from redact.transcript.case import is_caseless
from redact.transcript.said_numbers import said_value
from redact.transcript.spans import offsets_of
from redact.transcript.vocabulary import KIN, PEOPLE, one_of
from redact.transcript.words import fold_word

_ONE = rf"(?:{NUMBER})(?:\s?{YOUNG}\b)?(?![\w/%:.]*\d|\s?(?:%|lbs?|kg|st\b))"
_JOINT = r"(?:\s*[,;&+]\s*(?:and\s+|an['’]?\s+)?|\s+(?:and|an['’]?)\s+)"
_OF_SOME = (
    rf"(?:(?:{one_of((*KIN, *PEOPLE))})s|child(?:ren)?|wives|women|men|adults?|ch|sibs?|siblings?|"
    r"grand(?:kids?|child(?:ren)?|sons?|daughters?|weans?|bairns?)|teens?|twins|triplets|dependants?)"
)
# "Children: Jaylen 9, Kamryn 7", "adults 38, 36; ch. 11, 2", "brothers 8, 4", "sibs 7 and 5".
_HEADED = re.compile(
    rf"\b{_OF_SOME}(?:\s*[.:(]\s*|\s+)(?:\d{{1,2}}\s*\(\s*)?"
    rf"((?:(?-i:[A-Z])[\w'’-]+,?\s+)?{_ONE}(?:{_JOINT}(?:(?-i:[A-Z])[\w'’-]+,?\s+)?{_ONE})+)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b([A-Z][\w-]+)(?:['’]s|\s+is)?[ ,]{{1,2}}({NUMBER})(?=\s*[,;.)]|\s+and\b)(?![.,]\d)", re.I
)
_NAMES_APART = 12  # characters between one name's age and the next name
_NUMBER = re.compile(rf"(?<![\w.]){_ONE}", re.IGNORECASE)
# A form's line: "Child 1   Kamari   M   13   grade 8", "Tekle, Yonas  M  20".
_OF_A_FORM = re.compile(rf"\s[MF](?:\s{{2,4}}|\t)({NUMBER})(?=\s{{2,}}|\t|[ \t]*$)", re.MULTILINE)
# "2. Delgado, Rosa – mother – 61", "niece – 20 mos."; "Grandchild (10) asked", "Child B (10)".
_PARTED_OFF = re.compile(
    rf"[–—|-][ ]?({NUMBER}(?:\s?{YOUNG})?)(?=\.?[ \t]*(?:$|[–—|,;-]\s))"
    rf"|(?<=\s)\(({NUMBER}(?:\s?{YOUNG})?)\)",
    re.IGNORECASE | re.MULTILINE,
)
_BEHIND_KIN = re.compile(
    rf"\b(?:{one_of((*KIN, *PEOPLE))}|self|applicant|(?:gt-?)?grand(?:son|daughter|child|baby)|"
    r"child|sib|dau\.?|pupil)(?:\s[A-H1-9])?\s\Z",
    re.IGNORECASE,
)
_LONGEST_KIN = 24  # characters
_CELL = re.compile(r"[^|│\t]*[|│\t]|[^|│\t]+\Z")
_AGE_HEAD = re.compile(
    r"\s*(?:age|ages|aged|age\s*\(\w+\)|age\s*/\s*sex)\s*[|│\t]?\Z", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\s*(?:,|&|\+|;)\s*(?:(?:and|an['’]?|or|then)\s+)?|\s+(?:(?:and|an['’]?|or)\s+)?",
    re.IGNORECASE,
)
_A_BOUND = re.compile(r"\b(?:side\s+of|over|under|above|below)\s+\Z", re.IGNORECASE)
_COUNTS = re.compile(r"[ -]([^\W\d_]+)")
_ALONE_BEFORE = re.compile(r"(?:^|[.!?:\n]\s*|[“\"]|\b(?:aye|yeah|yes|uh)[, ]+)\Z", re.IGNORECASE)
_ALONE_BEHIND = re.compile(r"[ \t]*(?:[.!?\n”\"]|$)")
_AGAIN = 120  # characters within which an age is said again


def listed_ages(text: str) -> Iterator[Span]:
    """The spans of ages that a list, a form or a column makes ages, some more than once."""
    for match in _HEADED.finditer(text):
        for one in _NUMBER.finditer(text, *match.span(1)):
            yield Span(*one.span())
    for match in _OF_A_FORM.finditer(text):
        yield Span(*match.span(1))
    for match in _PARTED_OFF.finditer(text):
        if _BEHIND_KIN.search(text, max(0, match.start() - _LONGEST_KIN), match.start()):
            yield Span(*match.span(match.lastindex or 1))
    yield from _of_names(text)
    yield from _in_columns(text)


def _of_names(text: str) -> Iterator[Span]:
    """ "Ross 31, Kirsty 29": two given names or more in a row, each with its number."""
    row: list[re.Match[str]] = []
    caseless = is_caseless(text)
    for match in _NAMED.finditer(text):
        name = fold_word(match[1])
        written = not is_word_too(name) if caseless else match[1][0].isupper()
        if not (written and name_fact(name).given > 0):
            continue
        if row and match.start() - row[-1].end() > _NAMES_APART:
            row = []
        row.append(match)
        if len(row) == 2:
            yield Span(*row[0].span(2))
        if len(row) >= 2:
            yield Span(*match.span(2))


def _in_columns(text: str) -> Iterator[Span]:
    """The numbers of a table under a head that says age."""
    column, width, start = -1, 0, 0
    for line in text.splitlines(keepends=True):
        cells = list(_CELL.finditer(line.rstrip("\r\n")))
        heads = [n for n, cell in enumerate(cells) if _AGE_HEAD.match(cell[0])]
        if len(cells) >= 2 and heads:
            column, width = heads[0], len(cells)
        elif len(cells) != width:
            column = -1
        elif column >= 0 and (number := _NUMBER.search(cells[column][0])):
            at = start + cells[column].start()
            yield Span(at + number.start(), at + number.end())
        start += len(line)


def ages_in_company(text: str, ages: Iterable[Span]) -> Iterator[Span]:
    """The numbers beside an age in a list of numbers, and an age's number said again alone."""
    known = sorted({*ages})
    if not known:
        return
    inside = offsets_of(known)
    longest = max(age.end - age.start for age in known)
    numbers = [n for n in could_be_ages(text) if text[n.start : n.end].casefold() != "one"]
    is_known = [not inside.isdisjoint(range(n.start, n.end)) for n in numbers]
    taken = [*is_known]
    order = range(len(numbers))
    for step, row in ((1, order), (-1, reversed(order))):
        for n in row:
            if not taken[n] and 0 <= n - step < len(numbers) and taken[n - step]:
                taken[n] = _are_listed(text, *sorted((numbers[n - step], numbers[n])))
    for n, one in enumerate(numbers):
        near = known[
            bisect_left(known, one.start - _AGAIN - longest, key=_start) : bisect_left(
                known, one.start + _AGAIN, key=_start
            )
        ]
        if not is_known[n] and (taken[n] or _is_said_again(text, one, near)):
            yield one


def _are_listed(text: str, first: Span, second: Span) -> bool:
    """Whether two numbers are one list's: alike in form, and nothing counted behind either."""
    alike = text[first.start].isdigit() == text[second.start].isdigit()
    between = _BESIDE.fullmatch(text, first.end, second.start)
    if not alike or between is None or "\n" in between[0]:
        return False
    if between[0].isspace() and text[first.start].isdigit():
        return False
    if _A_BOUND.search(text, max(0, first.start - 12), first.start):
        return False
    behind = _COUNTS.match(text, second.end)
    return behind is None or is_function_word(behind[1].casefold())


def _start(span: Span) -> int:
    return span.start


def _is_said_again(text: str, one: Span, known: list[Span]) -> bool:
    """Whether a number that stands alone in its sentence is worth an age that is near."""
    if not _ALONE_BEFORE.search(text, max(0, one.start - 12), one.start):
        return False
    if not _ALONE_BEHIND.match(text, one.end):
        return False
    value = said_value(text[one.start : one.end])
    return any(
        age.start - _AGAIN < one.start < age.end + _AGAIN
        and said_value(text[age.start : age.end]) == value
        for age in known
    )
