"""The lines of a transcript, and what stands on them before anybody's label: numbers, times, marks.

Line numbers of depositions, numbers of turns, marks of lists and dialogue, bold of Markdown, the
edge of a table, dates and times of a recording or a chat: a label may follow any of these.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from redact.core import Span

TIME = r"[\[(<{]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,:]\d{1,3})?[\])>}]?"
DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
_OPEN, _CLOSE = r"[\[(<{]", r"[\])>}]"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
_FRACTION = r"(?:[.,:]\d{1,3})?"
_TO = rf"(?:[ \t]*(?:-->|[-–—]|to)[ \t]*{_CLOCK}{_FRACTION})"  # when it ends
NOON = r"(?:[ \u202f]?[AaPp]\.?[Mm]\b\.?)"
_HALF_DAY = rf"(?:0?[1-9]|1[0-2]):\d{{2}}(?::\d{{2}})?{NOON}"  # no time of a recording is one
_WHEN = re.compile(
    rf"{_OPEN}?{DATE}[,T]?[ \t]*(?:at[ \t]+)?(?P<clock>{_CLOCK}){NOON}?{_CLOSE}?(?=[ \t:–-])"
    rf"|{_OPEN}{_CLOCK}{_FRACTION}{_TO}?{_CLOSE}|{_CLOCK}{_FRACTION}{_TO}(?=[ \t]|\Z)"
    rf"|\#{_CLOCK}{_FRACTION}(?:-\d{{1,2}})?\#"
    rf"|{_OPEN}?{_HALF_DAY}{_CLOSE}?(?=[ \t:–-]|\Z)|{TIME}(?=[ \t–-]|:[ \t]|\Z)"
)
_BREAK = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_BLANKS = re.compile(r"[ \t\u00a0\ufeff]*")
_MARK = re.compile(
    r"(?:>{1,3}|[-–—•‣*·~+](?=[ \t])|#{1,6}(?=[ \t])|[│┃║|](?!\|)|={2,}(?=[ \t])|@(?=[^\W\d_])"
    r"|<(?:p|li|br[ ]?/?|div|td)>|“(?=[^\W\d_][^”]{0,40}”:))",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(?:\*{1,3}|_{1,3}|<(?:b|strong|i|em)>)(?=[^\s*_:])", re.IGNORECASE)
_END_BOLD = re.compile(r"(?:\*{1,3}|_{1,3}|</(?:b|strong|i|em)>)(?=[ \t])", re.IGNORECASE)
_HEADING = re.compile(r"(?:#{1,6}|={2,})(?=[ \t])")
_TURN_NUMBER = re.compile(
    r"(?:#[ \t]?)?\d{1,4}(?:[.)](?=[ \t])|(?=\t)|;(?=\S))|#\d{1,4}(?=[ \t])"
    r"|\(\d{1,4}\)(?=[ \t])|\d{1,4}(?=[ ]{2,}[\[(]?\d{1,2}:\d{2})"
)
_DIGITS = re.compile(r"\d+")
_LINE_NUMBER = re.compile(r"\d{1,4}(?=[ \t]|\Z)")
_CUE_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
CUE_TIMES = re.compile(
    rf"[ \t]*(?P<times>{_CUE_TIME}[ \t]*-->[ \t]*{_CUE_TIME}"
    rf"|{_CUE_TIME},{_CUE_TIME}(?=[ \t]*\Z))"
    r"(?:[ \t].*)?\Z"
)
_OF_YOUTUBE = re.compile(r"^\d:\d{2}:\d{2}\.\d{3},\d:\d{2}:\d{2}\.\d{3}$", re.MULTILINE)
_CUE_NUMBER = re.compile(r"[ \t]*\d+[ \t]*\Z")
_CUE_NAME = re.compile(r"[ \t]*[0-9a-fA-F-]{8,}(?:/[0-9-]+)?[ \t]*\Z")  # as Teams writes them
_DASH = re.compile(r"[ \t]*[-–—:,|](?=[ \t])")
_MOST_FURNITURE = 6  # things that stand before a label, at most
_FEWEST_NUMBERED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line, its break included in `after`: where what is said begins, and a time before it.

    `is_mark` is true of a caption's number, name and times, and of its first line.
    """

    start: int
    end: int
    after: int
    at: int
    time: Span | None = None
    is_mark: bool = False
    opens: bool = False  # nothing stands on the line before, or it is a mark
    follows_times: bool = False  # the first line of a cue
    is_marked: bool = False  # in bold or a heading, or a time stands before
    marks: tuple[Span, ...] = ()  # the time, and a number that counts on from line to line

    @property
    def is_blank(self) -> bool:
        return self.at >= self.end


def read_lines(text: str) -> tuple[TextLine, ...]:
    """All lines in order."""
    edges = []
    for match in _BREAK.finditer(text):
        if match.end() > match.start():
            end = match.end()
            while end > match.start() and text[end - 1] in "\r\n":
                end -= 1
            edges.append((match.start(), end, match.end()))
    marks = _marks(text, edges)
    numbered = _numbered(text, edges, marks)
    furniture = [
        _furniture(text, start, end, number in numbered)
        for number, (start, end, _) in enumerate(edges)
    ]
    counted = [int(text[one.number.start : one.number.end]) for one in furniture if one.number]
    counts = _counts_on(counted)
    lines: list[TextLine] = []
    opens = True
    times = -1
    for number, (start, end, after) in enumerate(edges):
        before = furniture[number]
        is_mark = number in marks
        lines.append(
            TextLine(
                start=start,
                end=end,
                after=after,
                at=before.end,
                time=before.time,
                is_marked=before.is_marked,
                marks=tuple(one for one in (before.time, before.number if counts else None) if one),
                is_mark=is_mark,
                opens=opens,
                follows_times=not is_mark and times == number - 1 >= 0,
            )
        )
        times = number if is_mark and CUE_TIMES.match(text, start, end) else times
        opens = is_mark or not text[start:end].strip()
    return tuple(lines)


def holds_captions(text: str) -> bool:
    """Whether the text is captions, whatever its file is called: cues with their times."""
    if "-->" not in text:
        return False
    if text.lstrip("\ufeff \t\r\n").startswith("WEBVTT"):
        return True
    cues = sum(bool(CUE_TIMES.match(line)) for line in text.splitlines() if "-->" in line)
    return cues > 1


def _marks(text: str, edges: Sequence[tuple[int, int, int]]) -> frozenset[int]:
    """The numbers of the lines that are a cue's number, name or times."""
    if "-->" not in text and not _OF_YOUTUBE.search(text):
        return frozenset()
    marks: set[int] = set()
    for number, (start, end, _) in enumerate(edges):
        if not CUE_TIMES.match(text, start, end):
            continue
        marks.add(number)
        if number:
            begin, stop, _ = edges[number - 1]
            if _CUE_NUMBER.match(text, begin, stop) or _CUE_NAME.match(text, begin, stop):
                marks.add(number - 1)
    if marks and edges and text[edges[0][0] : edges[0][1]].lstrip("\ufeff").startswith("WEBVTT"):
        marks.add(0)
    return frozenset(marks)


def _numbered(
    text: str, edges: Sequence[tuple[int, int, int]], marks: frozenset[int]
) -> frozenset[int]:
    """The lines that begin with the number of the line, as depositions and bold typists have it."""
    found: list[tuple[int, int]] = []
    for number, (start, end, _) in enumerate(edges):
        at = _BLANKS.match(text, start, end)
        digits = _LINE_NUMBER.match(text, at.end() if at else start, end)
        if digits and number not in marks:
            found.append((number, int(digits[0])))
    if len(found) < _FEWEST_NUMBERED:
        return frozenset()
    if not _counts_on([value for _, value in found]):
        return frozenset()
    return frozenset(number for number, _ in found)


def _counts_on(values: Sequence[int]) -> bool:
    """Whether numbers at the starts of lines are numbers of lines, page by page, or of turns."""
    regular = sum(two - one in (1, 5) or two in (1, 5) for one, two in itertools.pairwise(values))
    return regular >= 0.8 * (len(values) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Furniture:
    """What stands before a line's words: where it ends, a time, a number, bold or a heading."""

    end: int
    time: Span | None
    number: Span | None
    is_marked: bool


def _furniture(text: str, start: int, end: int, numbered: bool) -> _Furniture:
    at, time, digits, bold, heading = start, None, None, False, False
    for _ in range(_MOST_FURNITURE):
        blanks = _BLANKS.match(text, at, end)
        at = blanks.end() if blanks else at
        when = _WHEN.match(text, at, end) if time is None else None
        if when is not None:
            time, at = Span(*when.span("clock" if when["clock"] else 0)), when.end()
            after = _DASH.match(text, at, end) or (_END_BOLD.match(text, at, end) if bold else None)
            at = after.end() if after else at
            continue
        heading = heading or bool(_HEADING.match(text, at, end))
        match = _MARK.match(text, at, end)
        if match is None:
            match = _TURN_NUMBER.match(text, at, end)
            if match is None and numbered:
                match, numbered = _LINE_NUMBER.match(text, at, end), False
            found = _DIGITS.search(text, at, match.end()) if match else None
            digits = Span(*found.span()) if found else digits
        if match is None and not bold:
            match = _BOLD.match(text, at, end)
            bold = match is not None
        if match is None or match.end() >= end:
            break
        at = match.end()
    return _Furniture(
        end=at, time=time, number=digits, is_marked=bold or heading or time is not None
    )
