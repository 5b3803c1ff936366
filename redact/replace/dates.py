"""What becomes of a date: its month and year, its year, or another day some weeks away.

HIPAA Safe Harbor (45 CFR 164.514(b)(2)) lets the year stand and no smaller part. A shifted date
keeps the way it was said ("the third of May", "03/05/2019") and, shifted by whole weeks, its
weekday; all dates of one participant are shifted alike, so that the time between them stays.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from redact.core import Nation
from redact.transcript.vocabulary import MONTHS, NUMBERS, ORDINALS, TENS, UNITS

_ORDINAL_OF = {value: word for word, value in ORDINALS.items()}
_NUMBER_OF = {month[:3].casefold(): number for number, month in enumerate(MONTHS, start=1)}
_MONTH = re.compile(r"\b(" + "|".join(_NUMBER_OF) + r")([a-z]*)\b", re.IGNORECASE)
_ISO = re.compile(r"\b((?:18|19|20)\d\d)-(\d\d)-(\d\d)\b")
_NUMERIC = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})([/.-])((?:18|19|20)?\d\d)\b")
_YEAR = re.compile(r"\b(?:18|19|20)\d\d\b|(?<!\w)['’]\d\d\b")
_UNIT = "|".join(UNITS[1:10])
_YEAR_SAID = re.compile(
    rf"\b(?:two\s+thousand(?:\s+and)?"
    rf"(?:\s+(?:(?:{'|'.join(TENS)})(?:[\s-](?:{_UNIT}))?|{'|'.join(UNITS[1:])}))?"
    rf"|(?:nineteen|twenty)[\s-]+(?:(?:{'|'.join(TENS)})(?:[\s-](?:{_UNIT}))?"
    rf"|{'|'.join(UNITS[10:])}|oh[\s-](?:{_UNIT})))\b",
    re.IGNORECASE,
)
_TEENS_AND_TENS = "|".join((*UNITS[10:], *TENS))
_SHORT_YEAR = re.compile(rf"\b((?:{_TEENS_AND_TENS})(?:[\s-](?:{_UNIT}))?|\d\d)\Z", re.IGNORECASE)
_DAY = re.compile(r"\b(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?\b(?![/.:-]\d)", re.IGNORECASE)
_DAY_SAID = re.compile(
    r"\b(?:(twenty|thirty)([\s-]))?(" + "|".join(ORDINALS) + r")\b", re.IGNORECASE
)
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_WITHOUT_YEAR = 2019  # a year to count in where none is said; any that is no leap year would do
_CENTURY_TURN = 30  # '31 and above are of the last century


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a date as said: its span in the text, its value and its own wording."""

    start: int
    end: int
    value: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDate:
    """The parts of a date, each None where it is not said; `in_figures` for 03/05/2019."""

    day: Part | None
    month: Part | None
    year: Part | None
    in_figures: bool = False


def read_date(said: str, nation: Nation) -> SaidDate:
    """The parts that are said: of a numeric date that may be read two ways, the year alone."""
    if iso := _ISO.search(said):
        return SaidDate(
            day=_part(iso, 3), month=_if_month(_part(iso, 2)), year=_part(iso, 1), in_figures=True
        )
    if numeric := _NUMERIC.search(said):
        return _numeric(said, numeric, nation)
    year = _year(said)
    rest = (
        said
        if year is None
        else said[: year.start] + " " * (year.end - year.start) + said[year.end :]
    )
    named = _MONTH.search(rest)
    if named:
        month = Part(
            start=named.start(),
            end=named.end(),
            value=_NUMBER_OF[named[1].casefold()],
            said=named[0],
        )
        rest = rest[: named.start()] + " " * len(named[0]) + rest[named.end() :]
        return SaidDate(day=_day(rest), month=month, year=year)
    first = _day(rest)
    if first is None:
        return SaidDate(day=None, month=None, year=year)
    second = _day(rest[first.end :])
    if second is None:
        return SaidDate(day=first, month=None, year=year)
    second = Part(
        start=first.end + second.start,
        end=first.end + second.end,
        value=second.value,
        said=second.said,
    )
    if year is None and (short := _SHORT_YEAR.search(rest, second.end)):
        year = Part(
            start=short.start(),
            end=short.end(),
            value=_full_year(_number(short[1]) or 0),
            said=short[0],
        )
    other = _if_month(second)
    return SaidDate(day=first if other else None, month=other, year=year)


def _part(match: re.Match[str], group: int) -> Part:
    return Part(
        start=match.start(group), end=match.end(group), value=int(match[group]), said=match[group]
    )


def _if_month(part: Part) -> Part | None:
    return part if 1 <= part.value <= 12 else None


def _numeric(said: str, match: re.Match[str], nation: Nation) -> SaidDate:
    first, second, third = _part(match, 1), _part(match, 3), _part(match, 5)
    year = Part(start=third.start, end=third.end, value=_full_year(third.value), said=third.said)
    if nation == "unknown" and first.value != second.value and max(first.value, second.value) <= 12:
        return SaidDate(day=None, month=None, year=year, in_figures=True)
    american = (nation == "United States" and first.value <= 12) or second.value > 12
    month, day = (first, second) if american else (second, first)
    return SaidDate(day=day, month=_if_month(month), year=year, in_figures=True)


def _full_year(value: int) -> int:
    if value >= 100:
        return value
    return value + (1900 if value > _CENTURY_TURN else 2000)


def _year(said: str) -> Part | None:
    if written := _YEAR.search(said):
        digits = written[0].lstrip("'’")
        return Part(
            start=written.start(), end=written.end(), value=_full_year(int(digits)), said=written[0]
        )
    spoken = _YEAR_SAID.search(said)
    if spoken is None:
        return None
    words = [word for word in re.split(r"[\s-]+", spoken[0].casefold()) if word != "and"]
    if words[:2] == ["two", "thousand"]:
        value = 2000 + sum(NUMBERS[word] for word in words[2:])
    else:
        value = 100 * NUMBERS[words[0]] + sum(NUMBERS[w] for w in words[1:] if w != "oh")
    return Part(start=spoken.start(), end=spoken.end(), value=value, said=spoken[0])


def _day(text: str) -> Part | None:
    written, spoken = _DAY.search(text), _DAY_SAID.search(text)
    if written and (spoken is None or written.start() < spoken.start()):
        return Part(
            start=written.start(), end=written.end(), value=int(written[1]), said=written[0]
        )
    if spoken is None:
        return None
    value = ORDINALS[spoken[3].casefold()] + (NUMBERS[spoken[1].casefold()] if spoken[1] else 0)
    return (
        Part(start=spoken.start(), end=spoken.end(), value=value, said=spoken[0])
        if 1 <= value <= 31
        else None
    )


def _number(said: str) -> int | None:
    if said.isdigit():
        return int(said)
    return sum(NUMBERS.get(word, 0) for word in re.split(r"[\s-]+", said.casefold())) or None


def month_and_year(said: str, nation: Nation) -> str | None:
    """`[February 2019]`, or whichever of the two is said; None if neither is."""
    spoken = read_date(said, nation)
    month = MONTHS[spoken.month.value - 1] if spoken.month else None
    parts = [part for part in (month, str(spoken.year.value) if spoken.year else None) if part]
    return f"[{' '.join(parts)}]" if parts else None


def year_alone(said: str) -> str | None:
    """`[2019]`, or None if the date says no year."""
    year = read_date(said, "unknown").year
    return f"[{year.value}]" if year else None


def shifted(said: str, nation: Nation, days: int) -> str | None:
    """The date so many days away, said in the same way; None unless day and month are plain.

    A weekday said with it is set anew where the year is known; without a year it stays only if
    the shift is of whole weeks. The year is not said where it was not.
    """
    spoken = read_date(said, nation)
    if spoken.day is None or spoken.month is None:
        return None
    try:
        year = spoken.year.value if spoken.year else _WITHOUT_YEAR
        before = date(year, spoken.month.value, spoken.day.value)
        now = before + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    weekday = _WEEKDAY.search(said)
    edits: list[tuple[int, int, str]] = []
    if weekday and days % 7:
        if spoken.year is None:
            return None
        edits.append((*weekday.span(), _like(weekday[0], calendar.day_name[now.weekday()])))
    for part, value, like in (
        (spoken.day, now.day, _day_like),
        (spoken.month, now.month, _month_like),
    ):
        text = f"{value:0{len(part.said)}d}" if spoken.in_figures else like(part.said, value)
        edits.append((part.start, part.end, text))
    if spoken.year:
        edits.append((spoken.year.start, spoken.year.end, _year_like(spoken.year.said, now.year)))
    for start, end, text in sorted(edits, reverse=True):
        said = said[:start] + text + said[end:]
    return said


def _like(model: str, text: str) -> str:
    if model.islower():
        return text.lower()
    return text.upper() if model.isupper() and len(model) > 1 else text


def _day_like(model: str, day: int) -> str:
    if model[0].isdigit():
        digits = f"{day:02d}" if model.startswith("0") else str(day)
        suffix = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return digits + (_like(model, suffix) if model[-1].isalpha() else "")
    if day < 20 or day % 10 == 0:
        words = _ORDINAL_OF[day]
    else:
        gap = re.search(r"[\s-]", model)
        words = f"{TENS[day // 10 - 2]}{gap[0] if gap else '-'}{_ORDINAL_OF[day % 10]}"
    return _like(model, words.capitalize() if model[0].isupper() else words)


def _month_like(model: str, month: int) -> str:
    if model[0].isdigit():
        return str(month)
    if model.casefold() in ORDINALS:
        return _like(model, _ORDINAL_OF[month])
    name = MONTHS[month - 1]
    short = len(model) <= 4 and model.casefold() not in ("may", "june", "july")
    return _like(model, name[:3] if short else name)


def _year_like(model: str, year: int) -> str:
    digits = model.lstrip("'’")
    if digits.isdigit():
        return model[: len(model) - len(digits)] + (
            str(year)[-2:] if len(digits) == 2 else str(year)
        )
    century, rest = divmod(year, 100)
    if model.casefold().startswith("two") or (century == 20 and rest < 10):
        joint = " and " if " and" in model.casefold() and rest else " "
        words = "two thousand" + (joint + _said(rest) if rest else "")
    elif " " not in model.strip() and "-" not in model.strip():
        words = _said(rest)
    else:
        head = "nineteen" if century == 19 else "twenty"
        words = f"{head} {'oh ' + UNITS[rest] if rest < 10 else _said(rest)}"
    return _like(model, words)


def _said(number: int) -> str:
    if number < 20:
        return UNITS[number]
    unit = f" {UNITS[number % 10]}" if number % 10 else ""
    return TENS[number // 10 - 2] + unit
