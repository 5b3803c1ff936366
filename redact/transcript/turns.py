"""Who speaks where: speaker labels, time codes and header lines of a transcript.

Read as structure: `INT:`, `P07:`, `Morag:`, `[00:12:31] Dana:`,
`Speaker 2 (Dana):`, `Dana Ortiz  0:32` alone on a line, and a header of
`Key: value` lines. The names in them are mentions; codes and roles are not.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from redact.core import Label, Source, Span, Turn
from redact.transcript.vocabulary import WEEKDAYS, folded_words, one_of, word_list
from redact.transcript.words import words

_TIME = r"[\[(<{]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])>}]?"
# A pseudonym in a speaker's place: "[Person 3]:", "Speaker 2 ([Person 3]):", "@@Isla##:".
_LABEL = r"\[[^\W\d_][^\[\]\n\r:]{0,59}\]|@@[^@#\n\r:]{1,59}##"
_LABELLED = re.compile(
    rf"[ \t]*(?:(?P<time>{_TIME})[ \t]*[-–]?[ \t]*)?"
    rf"(?P<speaker>{_LABEL}|[^\W\d_](?:[^:\n\r\t\[\]<>?!;\"“”]|{_LABEL}){{0,59}}?)"
    rf"[ \t]*(?P<after>{_TIME})?[ \t]*:(?=[ \t\r\n]|\Z)"
)
_ALONE = re.compile(
    rf"[ \t]*(?P<speaker>{_LABEL}|[^\W\d_](?:[^:\n\r\t\[\]<>?!;]|{_LABEL}){{0,59}}?)"
    rf"(?:[ \t]{{2,}}|\t)(?P<time>{_TIME})[ \t]*\Z"
)
# The same with one blank, as Otter has it, where all words look like a name's; and in brackets, as
# Zoom saves what it heard.
_NAME = r"[^\W\d_][\w'’.-]*(?:[ \t][^\W\d_][\w'’.-]*){0,4}(?:[ \t]\d{1,2})?"
_CLOSE = re.compile(rf"(?P<speaker>{_LABEL}|{_NAME})[ \t](?P<time>{_TIME})[ \t]*\Z")
_BRACKETED = re.compile(
    rf"\[(?P<speaker>{_LABEL}|[^\W\d_][^\[\]\n\r]{{0,59}})\][ \t]+(?P<time>{_TIME})[ \t]*\Z"
)
_DAY = re.compile(rf"[ \t]*{one_of(WEEKDAYS)}\b")
# A cue's times, as Teams once wrote them: who speaks stands alone on the next line.
_CUE = re.compile(r"[ \t]*\d{1,2}:\d{1,2}:\d{1,2}[.,]\d{1,6} --> [\d:.,]+[ \t]*\r?\n\Z")
_NAME_ALONE = re.compile(rf"(?P<speaker>{_LABEL}|{_NAME})[ \t]*\Z")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CODE = re.compile(r"[A-Z]{1,4}[-_ ]?\d{1,4}[A-Za-z]?\Z|[A-Z]{1,3}\Z|\d+\Z")

HEADER_KEYS: dict[str, Label] = {
    "participant": "PERSON",
    "participants": "PERSON",
    "interviewee": "PERSON",
    "interviewees": "PERSON",
    "interviewer": "PERSON",
    "interviewers": "PERSON",
    "interviewed by": "PERSON",
    "respondent": "PERSON",
    "name": "PERSON",
    "present": "PERSON",
    "also present": "PERSON",
    "researcher": "PERSON",
    "transcriber": "PERSON",
    "transcribed by": "PERSON",
    "checked by": "PERSON",
    "supervisor": "PERSON",
    "location": "PLACE",
    "place": "PLACE",
    "site": "PLACE",
    "venue": "PLACE",
    "town": "PLACE",
    "city": "PLACE",
    "organisation": "ORG",
    "organization": "ORG",
    "agency": "ORG",
    "service": "ORG",
    "employer": "ORG",
    "date": "DATE",
    "date of interview": "DATE",
    "interview date": "DATE",
    "recorded": "DATE",
}
OTHER_HEADER_KEYS = frozenset(
    "interview transcript file project study role job title duration length nation country "
    "recording consent note notes language mode time start end id".split()
)
# Words of a label that say what somebody is, not who.
ROLES = frozenset(
    """int interviewer interviewee participant respondent speaker facilitator moderator
    researcher transcriber unknown unidentified male female person voice p r i q a m f s
    narrator operator host guest worker social support manager team leader lead director
    deputy assistant senior junior head chief executive officer carer caregiver service user
    client staff member coordinator co ordinator chair chairperson nurse doctor volunteer
    tenant resident friend neighbour neighbor colleague admin
    administrator advocate navigator case caseworker specialist supervisor practitioner
    peer youth housing outreach key the and of inaudible crosstalk
    question answer note notes date time location interview all both group everyone several
    multiple speakers participants interviewers new other am pm""".split()
).union(
    folded_words("titles", "cue"),
    folded_words("kin", "role"),
    folded_words("people", "role"),
    word_list("numbers below twenty")[1:4],
    word_list("ordinals below twenty")[1:4],
)


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name that the transcript's structure gives away, and what kind of name."""

    span: Span
    label: Label
    why: Source


@dataclass(frozen=True, slots=True)
class Structure:
    """The turns, and the names in labels and header lines."""

    turns: tuple[Turn, ...]
    names: tuple[NamedSpan, ...]


def read_structure(text: str) -> Structure:
    """The structure of a transcript; a text without labels has one turn a paragraph."""
    lines = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    labels = {start: match for start, end in lines if (match := _label(text, start, end))}
    counts = Counter(_key(match) for match in labels.values())
    headers = {
        start
        for start, end in lines
        if start in labels and _is_header(labels[start], counts, text[start:end])
    }
    first_turn = next(
        (start for start, _ in lines if start in labels and start not in headers), len(text)
    )
    names: list[NamedSpan] = []
    starts: list[tuple[int, Span | None, Span | None]] = []
    for start, end in lines:
        match = labels.get(start)
        if match is None:
            continue
        if start < first_turn and start in headers:
            names += _header_names(text, match, end)
            starts.append((start, None, None))
        elif _is_label(match, counts):
            speaker = Span(*match.span("speaker"))
            starts.append((start, speaker, _time(match)))
            names += [
                NamedSpan(span, "PERSON", Source.SPEAKER_LABEL) for span in name_runs(text, speaker)
            ]
    return Structure(_turns(text, lines, starts), tuple(names))


def _label(text: str, start: int, end: int) -> re.Match[str] | None:
    line_end = end
    while line_end > start and text[line_end - 1] in "\r\n":
        line_end -= 1
    match = _LABELLED.match(text, start, line_end) or _ALONE.match(text, start, line_end)
    if match is None and (text[end : end + 1] or "\n") not in "\r\n":  # words come after it
        match = _BRACKETED.match(text, start, line_end) or _after_cue(text, start, line_end)
        close = _CLOSE.match(text, start, line_end)
        if (
            match is None
            and close is not None
            and _is_shaped(close)
            and not _DAY.match(text, start)
        ):
            match = close
    return match


def _after_cue(text: str, start: int, line_end: int) -> re.Match[str] | None:
    """A name alone on the line after a cue's times, with another line to come."""
    before = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    match = _NAME_ALONE.match(text, start, line_end) if _CUE.match(before) else None
    return match if match is not None and _is_shaped(match) else None


def _key(match: re.Match[str]) -> str:
    return " ".join(match["speaker"].casefold().split())


def _is_header(match: re.Match[str], counts: Counter[str], line: str) -> bool:
    """A `Key: value` line; "Interviewer:" that comes back, or says a sentence, is a speaker."""
    key = _key(match)
    known = key in HEADER_KEYS or key in OTHER_HEADER_KEYS
    return (
        known and counts[key] == 1 and len(line) <= 120 and not line.rstrip().endswith(("?", "."))
    )


def _is_label(match: re.Match[str], counts: Counter[str]) -> bool:
    """A label, and not a sentence with a colon: it looks like one, or it comes back."""
    if match.groupdict().get("time") or counts[_key(match)] > 2:
        return len(_parts(match)) <= 6
    return _is_shaped(match)


def _parts(match: re.Match[str]) -> list[str]:
    spoken = re.sub(_LABEL, " ", match["speaker"])  # a pseudonym may have any words
    return [text for text in re.split(r"[\s(),/&-]+", spoken) if text]


def _is_shaped(match: re.Match[str]) -> bool:
    """Whether all words of a label look like those of a name, a code or a role."""
    parts = _parts(match)
    shaped = all(part[:1].isupper() or part.isdigit() or part.casefold() in ROLES for part in parts)
    return shaped and len(parts) <= 5


def _time(match: re.Match[str]) -> Span | None:
    groups = match.groupdict()
    for name in ("time", "after"):
        if groups.get(name):
            return Span(*match.span(name))
    return None


def name_runs(text: str, span: Span) -> list[Span]:
    """The runs of words within a label or header value that are names, not codes or roles."""
    runs: list[Span] = []
    previous_named = False
    cased = any(c.isupper() for c in text[span.start : span.end])
    for word in words(text[span.start : span.end]):
        start, end = span.start + word.start, span.start + word.end
        surface = text[start:end]
        role = word.folded in ROLES
        named = (
            not role
            and not (_CODE.match(surface) and not _is_said(text, surface))
            and not any(c.isdigit() for c in surface)
            and (surface[:1].isupper() or not cased)
        )
        between = text[runs[-1].end : start] if runs else ""
        if named and previous_named and not re.search(r"[^\s\-'’.]", between):
            runs[-1] = Span(runs[-1].start, end)
        elif named:
            runs.append(Span(start, end))
        previous_named = named
    return runs


def _is_said(text: str, code: str) -> bool:
    """True for ADE in a label when somebody in the text says Ade: a name in capitals, no code."""
    return len(code) > 2 and bool(re.search(rf"\b{re.escape(code.title())}\b", text))


def _header_names(text: str, match: re.Match[str], end: int) -> list[NamedSpan]:
    label = HEADER_KEYS.get(_key(match))
    if label not in ("PERSON", "PLACE", "ORG"):
        return []
    value_end = end
    while value_end > match.end() and text[value_end - 1] in "\r\n \t":
        value_end -= 1
    names: list[NamedSpan] = []
    for piece in re.finditer(r"[^,;()/]+", text[match.end() : value_end]):
        start, stop = match.end() + piece.start(), match.end() + piece.end()
        if label == "PERSON":
            spans = name_runs(text, Span(start, stop))
        else:
            spans = _whole(text, start, stop)
        names += [NamedSpan(span, label, Source.HEADER_LINE) for span in spans]
    return names


def _whole(text: str, start: int, stop: int) -> list[Span]:
    found = words(text[start:stop])
    if not found or not any(text[start + word.start].isupper() for word in found):
        return []
    return [Span(start + found[0].start, start + found[-1].end)]


def _turns(
    text: str, lines: list[tuple[int, int]], starts: list[tuple[int, Span | None, Span | None]]
) -> tuple[Turn, ...]:
    if not starts:
        return tuple(Turn(start=start, end=end) for start, end in lines if text[start:end].strip())
    turns = [Turn(start=0, end=starts[0][0])] if text[: starts[0][0]].strip() else []
    edges = [start for start, _, _ in starts[1:]] + [len(text)]
    for (start, speaker, time), end in zip(starts, edges, strict=True):
        turns.append(Turn(start=start, end=end, speaker=speaker, time=time))
    return tuple(turns)
