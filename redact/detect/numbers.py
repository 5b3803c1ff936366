"""Numbers of the linkage key, found however they are written or said.

A telephone number is one in every writing: +44 7911 123456, 0044 (0)7911-123456, 07911 123456, "oh
seven nine one one, …". Other numbers and identifiers are one whatever stands between their letters
and figures. What is compared is a canonical form; offsets are those of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redact.core import Span
from redact.detect.spoken import number_runs
from redact.transcript.folding import folded, unmarked
from redact.transcript.vocabulary import NUMBERS, entries
from redact.transcript.words import Hit

SHORTEST = 7  # figures of a number that is looked for inside longer ones
_SHORTEST_WHOLE = 6  # figures of one that is found only where it stands by itself
_LONG = 10  # figures of a number with its area
_SHORTEST_MIXED = 5  # letters and figures of an identifier
_BETWEEN = r"[^\w:]|_"  # what may stand between figures: a colon is that of a time
_RUN = re.compile(rf"\d(?:(?:{_BETWEEN}){{0,5}}\d)+")
_TOKEN = re.compile(r"[^\W_]+")
_GAP = re.compile(rf"(?:{_BETWEEN}){{0,4}}\Z")
_WORDS = (*NUMBERS, *(said.word for said in entries("digits as said")))
_APART = 80  # characters between two figures that are said, with what the other speaker puts in
_LETTERS = 12  # characters before and behind, for letters that belong to a number
_SAID = re.compile(
    rf"\d+|\b(?:{'|'.join(_WORDS)}|hundred|double|triple)\b",
    re.IGNORECASE,
)
_REGIONS = ("GB", "US")
_FIGURES = re.compile(r"\d+")
_CODE_OR_TRUNK = re.compile(r"(?:(?:00|011)?(?:44|1))?0?")  # before a number of either nation
_LONGEST_CODE = 6  # figures: 011 44 0
_CODES = (44, 1)  # of these, that are written without a plus too


class NumberForms[K]:
    """Numbers and identifiers to be looked for in many texts."""

    def __init__(self, forms: Iterable[tuple[str, str, K]]) -> None:
        """`forms` are a text, the label it was detected as, and what it is filed under.

        One that holds no number is ignored.
        """
        self._inside: dict[str, K] = {}  # figures that count also within longer ones
        self._national: dict[str, K] = {}  # figures without code and trunk nought
        self._whole: dict[str, K] = {}  # figures and letters that count by themselves only
        self._local: dict[str, K] = {}  # figures without those of an area
        for form, label, key in forms:
            self._add(form, label, key)
        self._lengths = _lengths(self._inside)
        self._national_lengths = _lengths(self._national)
        alone = (*self._whole, *self._local)
        self._heads = {said[:n] for said in alone for n in range(1, len(said) + 1)}

    def _add(self, form: str, label: str, key: K) -> None:
        form = unmarked(form)
        for said in _readings(form):
            figures = "".join(c for c in said if c.isdigit())
            if len(figures) >= SHORTEST:
                self._inside.setdefault(figures, key)
            if label in ("PHONE", "ID", ""):
                self._add_whole(said, figures, key)
            if label == "PHONE" or (figures.startswith("0") and len(figures) >= _LONG):
                for number in _numbers(form, figures):
                    self._national.setdefault(number.national, key)
                    if label == "PHONE" and len(number.local) >= _SHORTEST_WHOLE:
                        self._local.setdefault(number.local, key)

    def _add_whole(self, said: str, figures: str, key: K) -> None:
        mixed = said != figures and figures and len(said) >= _SHORTEST_MIXED
        if mixed or (said == figures and len(figures) >= _SHORTEST_WHOLE):
            self._whole.setdefault(said, key)

    def find(self, text: str) -> Iterator[Hit[K]]:
        """Every place where one stands, from its first letter or figure to its last, in order."""
        reached, seen = -1, folded(text)
        for hit in sorted(self._all(seen.text), key=lambda hit: (hit.start, -hit.end)):
            if hit.end > reached:
                reached = hit.end
                place = seen.source(hit.start, hit.end)
                yield Hit(place.start, place.end, hit.key)

    def _all(self, text: str) -> Iterator[Hit[K]]:
        if not (self._inside or self._national or self._heads):
            return
        plain = _plain(text)
        for match in _RUN.finditer(plain):
            groups = _FIGURES.findall(match[0])
            key = _within("".join(groups), self._inside, self._lengths)
            if key is None:
                key = self._dialled(groups)
            if key is not None:
                yield Hit(match.start(), match.end(), key)
        if self._heads:
            yield from self._alone(plain)
        for stretch in _stretches(plain):
            for run in number_runs(plain[stretch.start : stretch.end]):
                if not run.words:
                    continue  # written, and seen above
                key = _within(run.said, self._inside, self._lengths)
                if key is None:
                    key = _within(run.said, self._national, self._national_lengths)
                if key is None:
                    key = self._whole.get(run.said) or self._local.get(run.said)
                if key is not None:
                    yield Hit(stretch.start + run.start, stretch.start + run.end, key)

    def _dialled(self, groups: list[str]) -> K | None:
        """What these groups of figures dial: a whole number, behind the codes that may lead it."""
        for first, group in enumerate(groups):
            for said in _without_codes(group):
                for following in (*groups[first + 1 :], ""):
                    if (key := self._national.get(said)) is not None:
                        return key
                    if len(said) > self._national_lengths[0]:
                        break
                    said += following
        return None

    def _alone(self, plain: str) -> Iterator[Hit[K]]:
        """Letters and figures that together are just a number, whatever stands between them."""
        tokens = list(_TOKEN.finditer(plain))
        for first, token in enumerate(tokens):
            said, end, following = token[0].upper(), token.end(), first + 1
            while said in self._heads:
                key = self._whole.get(said)
                if key is None and said in self._local and not _goes_on(plain, tokens, first):
                    key = self._local[said]
                if key is not None:
                    yield Hit(token.start(), end, key)
                if following == len(tokens) or not _is_gap(plain, end, tokens[following].start()):
                    break
                said += tokens[following][0].upper()
                end, following = tokens[following].end(), following + 1


def _without_codes(group: str) -> list[str]:
    """The figures as they are, and without what may be a code or the trunk's nought."""
    return [group[n:] for n in range(_LONGEST_CODE + 1) if _CODE_OR_TRUNK.fullmatch(group[:n])]


def _lengths[K](numbers: dict[str, K]) -> list[int]:
    return sorted({len(figures) for figures in numbers}, reverse=True) or [0]


def _within[K](figures: str, wanted: dict[str, K], lengths: list[int]) -> K | None:
    """What is filed under figures that stand somewhere in these, the longest first."""
    for length in lengths:
        for at in range(len(figures) - length + 1):
            key = wanted.get(figures[at : at + length])
            if key is not None:
                return key
    return None


def _is_gap(plain: str, start: int, end: int) -> bool:
    """Whether what stands here may stand within one number."""
    return _GAP.match(plain, start, end) is not None


def _goes_on(plain: str, tokens: list[re.Match[str]], at: int) -> bool:
    """Whether figures stand before this token: those of another area."""
    before = tokens[at - 1] if at else None
    return (
        before is not None
        and before[0].isdigit()
        and _is_gap(plain, before.end(), tokens[at].start())
    )


def _stretches(plain: str) -> Iterator[Span]:
    """Where numbers may be said: words for figures, or figures, near one another; whole lines."""
    start = end = -1
    for match in _SAID.finditer(plain):
        if start < 0 or match.start() - end > _APART:
            if start >= 0:
                yield Span(start, end + _LETTERS)
            line = plain.rfind("\n", max(0, match.start() - _APART), match.start()) + 1
            start = line or max(0, match.start() - _LETTERS)
        end = match.end()
    if start >= 0:
        yield Span(start, min(len(plain), end + _LETTERS))


def _readings(form: str) -> Iterator[str]:
    """The letters and figures of a form in capitals, as written; and as said, if it is said."""
    plain = _plain(form)
    written = "".join(token[0] for token in _TOKEN.finditer(plain)).upper()
    if any(c.isdigit() for c in written):
        yield written
    for run in number_runs(plain):
        if run.words:
            yield run.said


@dataclass(frozen=True, slots=True)
class _Dialled:
    """A telephone number without the codes that may be left out: of the country, of the area."""

    national: str = field(repr=False)
    local: str = field(repr=False)


def _numbers(form: str, figures: str) -> Iterator[_Dialled]:
    """The telephone numbers that a form may be, by the plans of both nations."""
    import phonenumbers

    for region in _REGIONS:
        for said in (form, figures, f"+{figures}"):
            try:
                number = phonenumbers.parse(said, region)
            except phonenumbers.NumberParseException:
                continue
            national = str(number.national_number)
            ours = said == form or number.country_code in _CODES
            possible = phonenumbers.is_possible_number(number) and ours
            if not possible or len(national) < SHORTEST:
                continue
            area = phonenumbers.length_of_geographical_area_code(number)
            yield _Dialled(national, national[area:] if area else "")


def _plain(text: str) -> str:
    """The text, letter for letter, with figures of any script as 0 to 9 and unseen marks as `_`."""
    if text.isascii():
        return text
    return text.translate(
        {ord(char): _plain_char(char) for char in set(text) if not char.isascii()}
    )


def _plain_char(char: str) -> str:
    figure = unicodedata.digit(char, None)
    if figure is not None:
        return str(figure)
    if unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return "_"
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
