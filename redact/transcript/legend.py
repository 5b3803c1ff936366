"""Who the initials of a transcript are, as its legend, its header and its tables say.

`AR = Ailsa Ross, researcher`, `AR – Ailsa Ross`, `Present: Anna Berg (AB)`, `RK   Rosalind Petrie`,
at the head of a transcript, at its end, or between. A legend never joins two people over the end of
a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from redact.core import Interview, RosterEntry, Span
from redact.transcript.lines import TextLine
from redact.transcript.tokens import (
    ROLES,
    fits,
    is_code,
    is_initials,
    is_small_initials,
    letters_of,
    letters_small,
)
from redact.transcript.vocabulary import TITLES, one_of
from redact.transcript.words import fold

_MARK = r"(?:[A-Za-z][\w.'’-]{0,9}(?:[ ][A-Z]\.)?)"
_WORD = r"[^\W\d_][\w'’-]*\.?"
_NICK = r"[\"“‘'(][^\W\d_][\w '’.-]{0,30}[\"”’')]"
_SMALL = r"(?:de|la|del|van|der|den|von|al|el|bin|ibn|da|dos|di|du|nic|ni|ap|y|e)"
_NAME = re.compile(
    rf"(?:{one_of(TITLES)}\.?[ ])*(?P<name>[^\W\d_](?<![a-z])[\w'’-]*\.?"
    rf"(?:,?[ ](?![A-Z.]{{2,6}}[ ]*[=(])(?:{_SMALL}[ ])*"
    rf"(?:{_NICK}|[^\W\d_](?<![a-z])[\w'’-]*\.?)){{0,5}})"
)
_SMALL_NAME = re.compile(rf"(?P<name>{_WORD}(?:[ ]{_WORD}){{0,3}})")
_PAIR = re.compile(
    rf"(?<![\w.])(?P<mark>{_MARK})[*_]{{0,3}}"
    r"(?P<by>[ \t]*(?:=|:=|→|->)[ \t]*|[ ]+[-–—:][ ]+|[–—]|:[ \t]+"
    r"|\t[ \t]*|[ ]{2,}|[ \t]*[.…_]{3,}[ \t]*"
    r"|[ ]+(?:is|was|for|means|denotes|stands for|refers to)[ ]+"
    r"|[ \t]*[|│][ \t]*|[ ]+[(\[])[*_]{0,3}(?=[^\W\d_])"
)
_AHEAD = re.compile(rf"[ \t>•*-]*[(\[](?P<mark>{_MARK})[)\]][ \t]*(?:[-–—:=][ \t]*)?")
_IN_BRACKETS = re.compile(
    rf"[(\[](?:(?:here(?:in)?after|initials|referred to as|known as|as|or)[: ]+)?"
    rf"[\"“‘']?(?P<mark>{_MARK})[\"”’']?[)\]]",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"[ ]*(?:=|[-–—][ ])[ ]*(?P<mark>{_MARK})(?![\w])")
_BEFORE_BRACKET = re.compile(
    r"(?P<name>[^\W\d_](?<![a-z])[\w'’-]*\.?(?:,?[ ](?:[a-z]{1,3}[ ])?[\"“(]?[^\W\d_](?<![a-z])"
    r"[\w'’-]*[\"”)]?\.?){0,5})[ ]*\Z"
)
_NICKNAME = re.compile(r"[\"“‘(]+([^\W\d_][\w '’.-]{0,30}?)[\"”’)]")
_NICK_BEHIND = re.compile(r"[ ]*[(\[][^()\[\]\r\n]{1,30}[)\]]")
_IN_NAME = re.compile(r"[\"“‘(\[]+[^\"”’)\]]{0,40}[\"”’)\]]+")
_SAYING = frozenset(
    {"=", "(", "[", "means", "denotes", "stands for", "refers to"}
)  # anywhere in a line
_GOES_ON = re.compile(
    r"[ ](?!(?:and|or|with)\b)[a-z]{2,}"
)  # a sentence, where a legend has a comma or nothing
_LONGEST_SHORTENED = 3  # characters of a name that has a full stop of its own: Jr.
_LOOK_BACK = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """Initials where a legend gives them, and the name it gives for them."""

    mark: Span
    name: Span
    letters: str = field(repr=False)
    sure: bool  # it says so with an equals sign, or the letters fit the name


def read_legend(
    text: str, lines: Sequence[TextLine], labels: frozenset[str], header: int
) -> Iterator[LegendEntry]:
    """All pairs that are said, line by line.

    `labels` are the folded letters that label turns; `header` is where the first turn begins.
    """
    for line in lines:
        if line.is_blank or line.is_mark or line.end - line.start > 2_000:
            continue
        within = line.start < header
        yield from _pairs(text, line, labels, within)
        yield from _bracketed(text, line, labels, within)


def _pairs(
    text: str, line: TextLine, labels: frozenset[str], within: bool
) -> Iterator[LegendEntry]:
    for match in _PAIR.finditer(text, line.start, line.end):
        mark = Span(*match.span("mark"))
        written = text[mark.start : mark.end]
        letters, by = _letters(written), match["by"].strip()
        if not letters or (is_code(written) and by != "=") or "." in written[:1]:
            continue
        opens = (
            not text[line.start : mark.start].strip(" \t-•*_│|>#\ufeff") or mark.start == line.at
        )
        if not opens and by not in _SAYING:
            continue
        small = written.islower()
        named = (_SMALL_NAME if small else _NAME).match(text, match.end(), line.end)
        if named is None:
            continue
        name = _without_roles(text, Span(*named.span("name")))
        if name is None:
            continue
        suits = any(
            fits(letters, words, in_legend=within)
            for words in _readings(_with_nickname(text, named))
        )
        if not within and _GOES_ON.match(text, named.end()):
            continue
        if (by == "=" and (letters in labels or within) and not is_code(written)) or (
            suits and (letters in labels or within) and not small
        ):
            yield LegendEntry(mark=mark, name=name, letters=letters, sure=True)


def _bracketed(
    text: str, line: TextLine, labels: frozenset[str], within: bool
) -> Iterator[LegendEntry]:
    for match in _IN_BRACKETS.finditer(text, line.start, line.end):
        entry = _named_before(text, line, Span(*match.span("mark")), match.start())
        if entry and (within or entry.letters in labels):
            yield entry
    behind = _named_behind(text, line)
    if behind and (within or behind.letters in labels):
        yield behind
    for match in _BEHIND.finditer(text, line.start, line.end) if within else ():
        entry = _named_before(text, line, Span(*match.span("mark")), match.start())
        if entry:
            yield entry


def _named_behind(text: str, line: TextLine) -> LegendEntry | None:
    """`(AB) Anna Berg, tenant`: the name behind initials that open the line."""
    ahead = _AHEAD.match(text, line.start, line.end)
    named = _NAME.match(text, ahead.end(), line.end) if ahead else None
    if ahead is None or named is None:
        return None
    letters, name = letters_of(ahead["mark"]), _without_roles(text, Span(*named.span("name")))
    if name is None or not any(
        fits(letters, said, in_legend=True) for said in _readings(_with_nickname(text, named))
    ):
        return None
    if _GOES_ON.match(text, named.end()):
        return None
    return LegendEntry(mark=Span(*ahead.span("mark")), name=name, letters=letters, sure=True)


def _named_before(text: str, line: TextLine, mark: Span, end: int) -> LegendEntry | None:
    """The name that stands before initials in brackets, if they are its initials."""
    written = text[mark.start : mark.end]
    letters = letters_of(written)
    if not letters:
        return None
    begin = max(line.start, end - _LOOK_BACK)
    begin += max(text[begin:end].rfind(stop) for stop in ")];:(=") + 1
    named = None
    for found in _BEFORE_BRACKET.finditer(text, begin, end):
        named = found
        break
    if named is None:
        return None
    name = Span(*named.span("name"))
    folded = fold(text[name.start : name.end])
    for skip in range(len(folded) - 1):
        if fits(letters, folded[skip:], in_legend=True):
            start = _start_of_word(text, name, skip)
            return LegendEntry(mark=mark, name=Span(start, name.end), letters=letters, sure=True)
    return None


def _start_of_word(text: str, span: Span, skip: int) -> int:
    at = span.start
    for match in re.finditer(r"[\w'’.-]+", text[span.start : span.end]):
        if fold(match[0]):
            if skip == 0:
                return span.start + match.start()
            skip -= 1
    return at


def _letters(written: str) -> str:
    if is_initials(written):
        return letters_of(written)
    return letters_small(written) if is_small_initials(written) else ""


def _without_roles(text: str, name: Span) -> Span | None:
    """The name without a role at its edges; None if nothing is left."""
    said = [(m.start(), m.end()) for m in re.finditer(r"[^\s,]+", text[name.start : name.end])]
    shown = list(said)
    while shown and text[name.start + shown[-1][1] - 1] in ')”"' and len(shown) > 1:
        shown.pop()
    while shown and (_is_role(text, name, shown[-1]) or _opens(text, name, shown[-1])):
        shown.pop()
    while shown and _is_role(text, name, shown[0]):
        shown.pop(0)
    if not shown:
        return None
    end = name.start + shown[-1][1]
    ends_sentence = text[end - 1] == "." and shown[-1][1] - shown[-1][0] > _LONGEST_SHORTENED
    return Span(name.start + shown[0][0], end - ends_sentence)


def _opens(text: str, name: Span, place: tuple[int, int]) -> bool:
    return text[name.start + place[0]] in "(["


def _is_role(text: str, name: Span, place: tuple[int, int]) -> bool:
    folded = fold(text[name.start + place[0] : name.start + place[1]])
    return bool(folded) and all(word in ROLES for word in folded)


def _with_nickname(text: str, named: re.Match[str]) -> str:
    """The name as it stands, with what is in brackets straight behind it."""
    behind = _NICK_BEHIND.match(text, named.end())
    return text[named.start("name") : behind.end() if behind else named.end()]


def _readings(said: str) -> list[tuple[str, ...]]:
    """The folded words of the name that opens this: as it is, and with a nickname for the given
    name (Alexander "Zander" Leask)."""
    plain = _said(said)
    nicknames = [fold(nick) for nick in _NICKNAME.findall(said)]
    return [plain, *[(*nick, *plain[-1:]) for nick in nicknames if nick and plain]]


def listed_initials(
    letters: str, roster: Iterable[RosterEntry], interview: Interview | None
) -> str:
    """The one name of the tables that has these initials, "" if there is none or several.

    Whom the row of this interview names comes before all others.
    """
    people = [entry for entry in roster if entry.kind == "PERSON"]
    told = [entry for entry in people if letters in map(_letters, entry.labels)]
    taking = (*interview.interviewees, *interview.interviewers) if interview else ()
    own = [(one.name, *one.aliases) for one in taking]
    own += [entry.forms for entry in people if _is_of(entry, interview)]
    if len(told) == 1:
        return told[0].name
    for persons in (own, [entry.forms for entry in people]):
        found = [name for forms in persons if (name := _of_letters(letters, forms))]
        if len(set(map(_said, found))) == 1:
            return found[0]
        if found:
            return ""
    return ""


def _of_letters(letters: str, forms: Iterable[str]) -> str:
    return next((form.strip() for form in forms if fits(letters, _said(form))), "")


def _is_of(entry: RosterEntry, interview: Interview | None) -> bool:
    return bool(interview and entry.interview and entry.interview == interview.interview)


def _said(name: str) -> tuple[str, ...]:
    surname, comma, given = _IN_NAME.sub(" ", name).partition(",")
    return fold(f"{given} {surname}") if comma else fold(surname)
