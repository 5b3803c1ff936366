"""Whether a text states what a table holds: a role, a kind of organisation, a year, a number.

A fact is told wherever its words stand, after whatever verb: as written, in near forms ("managing"
of a manager), a year as figures, spoken, as its decade or by how long ago it is. It errs to the
safe side: what is found here is shown as a quote, and a person says what it means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from redact.core import Span
from redact.transcript.vocabulary import TENS, UNITS, one_of
from redact.transcript.words import fold, words

FactKind = Literal[
    "role",
    "kind of organisation",
    "size",
    "town class",
    "founding year",
    "gender",
    "age",
    "years in post",
    "other",
]
_YEAR = re.compile(  # a cell that says a year, also one that is only about right
    r"(?:(?:c|ca|circa|about|around|approx|approximately|est|established|founded|since|in)"
    r"(?![a-z])\.? ?)*"
    r"(?P<year>(?:1[6-9]|20)\d\d)(?: ?\?)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d{1,3}(?:[,\u202f\u00a0]\d{3})+\b|\b\d{1,7}\b")
_IDLE = frozenset(  # small words, and nations: the data list has these
    "and the for with from about around some small scotland usa states united kingdom america "
    "england wales".split()
)
_PARTS = re.compile(r"[,;/]|\band\b")
_STOP = re.compile(r"[.?!\n]")
_LOOSE = 3  # words that may stand between those of a phrase
_OFFICE = re.compile(r"(?:ing|ers|er|ors|or|ed|ment|ness|e)$")
_PEOPLE = r"(?:staff|people|employees|workers|members|of us|strong|beds?|residents|volunteers)"
_AS_A = r"\b(?:as an?|i'm an?|i am an?|being an?)(?: \w+)? "
_OWN = {
    "woman": rf"{_AS_A}(?:woman|mother|mum|mom|mam|girl|lady)\b",
    "man": rf"{_AS_A}(?:man|father|dad|guy|bloke)\b",
}
_GENDERS = {
    "woman": "woman",
    "female": "woman",
    "f": "woman",
    "man": "man",
    "male": "man",
    "m": "man",
}


def stated(kind: FactKind, value: str, text: str, said_in: int | None = None) -> tuple[Span, ...]:
    """Where a text states this value, in text order; `said_in` is the year of the interview."""
    text = text.replace("’", "'")
    if kind == "gender":
        shape = _OWN.get(_GENDERS.get(value.strip().casefold(), ""))
        spans = _matches(shape, text) if shape else iter(())
    elif year := _YEAR.fullmatch(value.strip()):
        spans = _matches(_year_shape(int(year["year"]), said_in), text)
    elif numbers := [int(re.sub(r"\D", "", one)) for one in _NUMBER.findall(value)]:
        spans = (span for number in numbers for span in _matches(_number_shape(number, kind), text))
    else:
        whole = [value] if kind == "role" else _PARTS.split(value)
        spans = (span for part in whole for span in _phrases(part, text))
    return tuple(sorted(set(spans), key=lambda span: (span.start, span.end)))


def _matches(shape: str, text: str) -> Iterator[Span]:
    return (Span(*match.span()) for match in re.finditer(shape, text, re.IGNORECASE))


def spoken(number: int) -> str:
    """A pattern of how a number below a million is said, after its figures."""
    return rf"(?:{number:,}|{number:_}|{number}|{_said(number)})".replace("_", "[ \u202f\u00a0.]")


@cache
def _said(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        ten, unit = divmod(number, 10)
        return TENS[ten - 2] + (rf"[- ]{UNITS[unit]}" if unit else "")
    if number < 1000:
        hundred, rest = divmod(number, 100)
        head = (
            rf"(?:an? |{UNITS[hundred]} )hundred" if hundred == 1 else f"{UNITS[hundred]} hundred"
        )
        return head + (rf"(?: and|) {_said(rest)}" if rest else "")
    thousand, rest = divmod(number, 1000)
    if thousand >= 1000:
        return str(number)
    return f"{_said(thousand)} thousand" + (rf"(?: and|) {_said(rest)}" if rest else "")


def _year_shape(year: int, said_in: int | None) -> str:
    """The year in figures, as it is spoken, its last two figures, its decade, and how long ago."""
    century, rest = divmod(year, 100)
    head = _said(century)
    tail = _said(rest) if rest >= 10 else rf"(?:oh|o|nought|hundred and) {UNITS[rest]}"
    ways = [str(year), rf"{head}[- ]{tail}" if rest else rf"{head}[- ]hundred"]
    if year >= 2000:
        ways.append(_said(year))
    if rest >= 10:
        ways.append(
            rf"(?:(?<=in )|(?<=since )|(?<=from )|(?<=of )|')'?(?:{rest}|{_said(rest)})"
            r"(?=[.,;?!]|$| ?\n)"
        )
        decade = TENS[rest // 10 - 2].removesuffix("y") + "ies" if rest >= 20 else "teens"
        ways.append(rf"(?:{head}[- ])?{decade}|(?:{century})?{rest // 10}0'?s")
    if said_in is not None and 1 < said_in - year < 1000:
        for ago in (said_in - year - 1, said_in - year, said_in - year + 1):
            ways.append(
                rf"{spoken(ago)}(?:-odd|-some)?[- ]years?[- ](?:ago|old|back|running|going)"
            )
        ways.append(rf"{_ordinal(said_in - year)} (?:anniversary|birthday|year)")
    return rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)"


def _ordinal(number: int) -> str:
    figures = rf"{number}(?:st|nd|rd|th)"
    if number < 100 and number >= 20 and number % 10 == 0:
        return rf"(?:{figures}|{TENS[number // 10 - 2].removesuffix('y')}ieth)"
    return figures


def _number_shape(number: int, kind: FactKind) -> str:
    said = spoken(number)
    if kind == "size":
        before = r"(?:staff|team|workforce|board) of (?:about |around |just |only )?"
        behind = rf"(?:-odd|-some)?[- ](?:\w+[- ])?{_PEOPLE}"
        return rf"(?<!\w)(?:{said}{behind}|{before}{said})(?!\w)"
    if kind in ("age", "years in post"):
        return rf"(?<!\w){said}(?!\w)" if number >= 10 else rf"\b{said} years?\b"
    return rf"(?<!\w){said}(?!\w)" if number >= 100 else r"(?!)"


def _phrases(part: str, text: str) -> Iterator[Span]:
    """Where all telling words of a part stand together in one sentence, in whatever order."""
    wanted = [w for w in fold(part) if len(w) > 2 and w not in _IDLE]
    stems = {stem(word, len(wanted) > 1) for word in wanted}
    if not stems:
        return
    heard = [(word, stem(word.folded, len(wanted) > 1)) for word in words(text)]
    at = [n for n, (_, one) in enumerate(heard) if one in stems]
    reach = len(stems) + (_LOOSE if len(stems) > 1 else 0)
    last = -1
    for number, first in enumerate(at):
        if first <= last:
            continue
        here = [n for n in at[number:] if n < first + reach]
        if {heard[n][1] for n in here} >= stems:
            end = next(n for n in here if {heard[m][1] for m in here if m <= n} >= stems)
            start = max(n for n in here if {heard[m][1] for m in here if n <= m <= end} >= stems)
            span = Span(heard[start][0].start, heard[end][0].end)
            if not _STOP.search(text, span.start, span.end):
                yield span
                last = end


def stem(word: str, near: bool) -> str:
    """A word without its plural, and where `near` forms count without what makes it an office."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3:
        word = word[:-1]
    if word.endswith("ness"):
        word = word[:-4]
    if near:
        cut = _OFFICE.sub("", word)
        word = cut if len(cut) >= 4 else word
    return word[:-1] + "i" if word.endswith("y") else word


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfStated:
    """What a participant says of themselves that a table need not hold."""

    kind: FactKind
    value: str
    start: int
    end: int


_UNITS = one_of(UNITS[1:])
_COUNT = rf"(?P<n>\d{{1,2}}|{one_of(TENS)}(?:[- ]{one_of(UNITS[1:10])})?|{_UNITS})"
_HERE = r"(?:here|in (?:the|this|that) (?:job|post|role)|doing this)"
_IN_POST = re.compile(
    rf"\bI(?:'ve| have) been (?:here|doing|in|with|at|working|a|an)\b[^.?!\n]{{0,40}}?"
    rf"\b(?:for |about |nearly |almost |over |going on )*{_COUNT}[- ](?:odd )?years?\b"
    rf"|\b{_COUNT.replace('<n>', '<m>')} years? {_HERE}\b",
    re.IGNORECASE,
)
_AGED = re.compile(
    r"\b(?:I'm|I am) (?:(?P<band>\[aged [^\]\n]+\])|in my (?P<tens>(?:early |mid |late )?"
    r"(?:twenties|thirties|forties|fifties|sixties|seventies)))",
    re.IGNORECASE,
)


def self_stated(text: str) -> tuple[SelfStated, ...]:
    """Age and years in post as somebody says them of themselves, in text order."""
    text = text.replace("’", "'")
    said = [
        SelfStated(
            kind="years in post",
            value=" ".join(fold(match["n"] or match["m"])),
            start=match.start(),
            end=match.end(),
        )
        for match in _IN_POST.finditer(text)
    ]
    said += [
        SelfStated(
            kind="age",
            value=" ".join(fold(match["band"] or match["tens"])),
            start=match.start(),
            end=match.end(),
        )
        for match in _AGED.finditer(text)
    ]
    return tuple(sorted(said, key=lambda one: one.start))


def quote(text: str, span: Span, around: int = 50) -> str:
    """The words around a span, cut at line ends and whole words."""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - around)
    end = text.find("\n", span.end)
    end = min(len(text) if end < 0 else end, span.end + around)
    said = " ".join(text[start:end].split())
    return ("…" if start and text[start - 1] != "\n" else "") + said
