"""How a transcript marks who speaks: the form that comes back where its lines begin.

Every line is tried for each form (`KW:`, `KW - `, `[KW]`, `KW<tab>`, `Q.`, a name alone, …). A form
that few other things have is believed at once; any other only where its tokens come back, take
turns and open a good part of the paragraphs. What a line says alone decides nothing.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from redact.core import Span
from redact.transcript.blocks import block_speakers
from redact.transcript.label_forms import (
    ADDRESSED,
    BOLD,
    COLON,
    EVENT,
    FIELD,
    FOLLOWED_BY_TIME,
    NAME_ALONE,
    STRONG,
    TABBED,
    TAIL,
    VOICE,
    WEAK,
    LabelForm,
)
from redact.transcript.lines import TextLine
from redact.transcript.tokens import (
    PARTICLES,
    PSEUDONYM,
    ROLES,
    SOUNDS,
    is_code,
    is_initials,
    letters_of,
    letters_small,
)
from redact.transcript.vocabulary import MONTHS, SHORT_MONTHS, WEEKDAYS, folded_words, one_of
from redact.transcript.words import fold

_SMALL_WORDS = ROLES | PARTICLES  # that a label may have in small letters
# The share of paragraphs that a form's labels open at the least, where nobody says who they are.
_LEAST: Mapping[LabelForm, float] = {LabelForm.BLANK: 0.6, LabelForm.BRACKET: 0.25}
_SHORT = 4  # letters: with one blank behind it a short word of a role is any word ("All", "The")
# Forms with a mark of their own: labels may be in small letters if they open most lines.
_MARKED = frozenset({LabelForm.BRACKET, LabelForm.DASH, LabelForm.BOLD, LabelForm.GAP})
_MOST_OPEN, _MOST_SMALL = 0.7, 3
# Forms in which a label may stand that is written with a colon elsewhere.
_ALSO = frozenset({LabelForm.BRACKET, LabelForm.DASH, LabelForm.BOLD, LabelForm.GAP})
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*\Z")
_WEEKDAY = re.compile(rf"[ \t]*{one_of(WEEKDAYS)}\b")
# A diary's line, and nobody's label: "Monday 8 January: up at 5", "March 9th, 2019:".
_MONTH = one_of((*MONTHS, *SHORT_MONTHS))
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATED = re.compile(
    rf"[ \t]*(?:(?:{one_of(WEEKDAYS)}|Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun)\b[.,]?[ ]+(?:the[ ]+)?"
    rf"(?:{_DAY}|{_MONTH}[ ]+{_DAY})|{_DAY}[ ]+{_MONTH}\b|{_MONTH}\b\.?[ ]+\d{{1,2}}"
    r"(?:st|nd|rd|th|,[ ]+(?:19|20)\d\d)\b)[ ]?[^:\n]{0,16}:",  # "Jan 2:" is a second Jan
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a turn may begin: the line, its label, the form it has, and a time beside it."""

    line: int
    at: int
    form: LabelForm
    speaker: Span
    key: str
    time: Span | None = None


def key_of(text: str, span: Span) -> str:
    """A label as labels are compared: case and blanks set aside."""
    return " ".join(text[span.start : span.end].casefold().split())


def candidates(text: str, lines: Sequence[TextLine]) -> list[Start]:
    """All that may be labels, in text order; a line may have several, one a form."""
    found: list[Start] = []
    blocks = block_speakers(text, lines)
    filled = [number for number, line in enumerate(lines) if not line.is_blank]
    next_of = dict(itertools.pairwise(filled))
    for number in filled:
        line = lines[number]
        if line.is_mark or _is_head_of_table(text, lines, number):
            continue
        if number in blocks:
            if (speaker := blocks[number]) is not None:
                found.append(_start(text, number, line, LabelForm.FIELD, speaker))
            continue
        after = next_of.get(number)
        following = lines[after] if after is not None else None
        close = after == number + 1
        found += _of_line(text, number, line, following if close or line.is_marked else None)
    return found


def _is_head_of_table(text: str, lines: Sequence[TextLine], number: int) -> bool:
    """The names of a table's columns, or the rule below them."""
    below = lines[number + 1] if number + 1 < len(lines) else lines[number]
    return any(_RULE.match(text, one.start, one.end) for one in (lines[number], below))


def _start(
    text: str, number: int, line: TextLine, form: LabelForm, span: Span, time: Span | None = None
) -> Start:
    return Start(
        line=number,
        at=line.start,
        form=form,
        speaker=span,
        key=key_of(text, span),
        time=time or line.time,
    )


def _of_line(text: str, number: int, line: TextLine, following: TextLine | None) -> Iterator[Start]:
    def start(form: LabelForm, match: re.Match[str], at: int = -1) -> Start:
        groups = {name: match.span(name) for name, value in match.groupdict().items() if value}
        time = next((groups.pop(name) for name in ("time", "after") if name in groups), None)
        made = _start(
            text,
            number,
            line,
            form,
            Span(*next(iter(groups.values()))),
            Span(*time) if time else None,
        )
        return made if at < 0 else replace(made, at=at)

    end = line.end
    if text.find("<v", line.start, end) >= 0:
        for nth, match in enumerate(VOICE.finditer(text, line.start, end)):
            yield start(LabelForm.VOICE, match, at=match.start() if nth else -1)
        return
    if text.find(":", line.start, end) >= 0 and text[line.start : line.at + 1].strip(" \t,[")[
        :1
    ] in ('"', "'", "{"):
        for nth, match in enumerate(FIELD.finditer(text, line.start, end)):
            yield start(LabelForm.FIELD, match, at=match.start() if nth else -1)
    if event := EVENT.match(text, line.start, end):
        yield start(LabelForm.FIELD, event)
        return
    if addressed := ADDRESSED.match(text, line.at, end):
        yield start(LabelForm.COLON, addressed)
        return
    colon = COLON.match(text, line.at, end)
    if colon and not _DATED.match(text, line.at, end):
        yield start(LabelForm.COLON, colon)
    followed = following is not None and not following.is_mark
    timed = None if colon else _timed(text, line, followed)
    if timed:
        yield start(LabelForm.TIMED, timed)
        return
    cued = NAME_ALONE.match(text, line.at, end) if line.follows_times and followed else None
    if cued and is_shaped(text, Span(*cued.span("speaker"))):
        yield start(LabelForm.CUED, cued)
    for form, pattern in WEAK.items():
        tried = pattern.match(text, line.at, end)
        if tried and (followed or form is not LabelForm.ALONE):
            yield start(form, tried)
    if bold := BOLD.match(text, line.start, end):
        yield start(LabelForm.BOLD, bold)
    if tail := TAIL.search(text, max(line.at, end - 80), end):
        yield start(LabelForm.TAIL, tail)


def _timed(text: str, line: TextLine, followed: bool) -> re.Match[str] | None:
    """A name alone on its line with a time behind it."""
    timed = TABBED.match(text, line.at, line.end)
    if timed or not followed or _WEEKDAY.match(text, line.at):
        return timed
    for pattern in FOLLOWED_BY_TIME:
        found = pattern.match(text, line.at, line.end)
        if found and is_shaped(text, Span(*found.span("speaker"))):
            return found
    return None


def parts(text: str, span: Span) -> list[str]:
    """The words of a label; a pseudonym may have any."""
    spoken = re.sub(PSEUDONYM, " ", text[span.start : span.end])
    return [part for part in re.split(r"[\s(),/&|-]+", spoken) if part]


def is_shaped(text: str, span: Span) -> bool:
    """Whether all words of a label look like those of a name, a code or a role."""
    said = parts(text, span)
    shaped = all(
        part[:1].isupper() or not part[:1].isalpha() or part.casefold().strip(".") in _SMALL_WORDS
        for part in said
    )
    return shaped and len(said) <= 6


def choose(
    text: str, lines: Sequence[TextLine], found: Iterable[Start], known: frozenset[str]
) -> dict[int, list[Start]]:
    """The labels that are believed, by their line. `known` are keys that legend or tables name."""
    by_form: dict[LabelForm, list[Start]] = defaultdict(list)
    for one in _apart_from_colons(found):
        by_form[one.form].append(one)
    opening = sum(line.opens and not line.is_blank and not line.is_mark for line in lines)
    filled = sum(not line.is_blank and not line.is_mark for line in lines)
    paragraphs = max(1, min(filled, opening if opening > 3 else filled))
    strong = [one for form in STRONG for one in by_form[form]]
    repeated = Counter(one.key for one in strong)
    speaking = sum(repeated[one.key] > 1 for one in strong)
    told = known | {key for key, count in repeated.items() if count > 1}
    chosen: dict[int, list[Start]] = defaultdict(list)
    for one in strong:
        chosen[one.line].append(one)
    cues = sum(line.follows_times for line in lines)
    if len(by_form[LabelForm.CUED]) >= 0.7 * cues:
        for one in by_form[LabelForm.CUED]:
            chosen[one.line].append(one)
    settled = STRONG | {LabelForm.CUED}
    weak = [form for form in LabelForm if form not in settled and by_form[form]]
    shares = {form: _believed(text, by_form[form], known, paragraphs) for form in weak}
    best = max(weak, key=lambda form: len(shares[form]), default=None)
    for form in weak:
        believed = shares[form]
        if form is not best or speaking > 2 * len(believed):
            believed = [one for one in believed if _is_one_of(one, known)]
            if form in _ALSO:
                believed += [one for one in by_form[form] if _also(text, lines, one, told)]
        for one in believed:
            if not chosen[one.line] or _is_better(text, one, chosen[one.line][0]):
                chosen[one.line] = [one]
    return {line: starts for line, starts in chosen.items() if starts}


def _apart_from_colons(found: Iterable[Start]) -> list[Start]:
    """Without weak labels on lines where one that comes back nearly as often has a strong form."""
    starts = list(found)
    counts = Counter((one.form, one.key) for one in starts)
    strongest: dict[int, int] = defaultdict(int)
    lines: dict[LabelForm, set[int]] = defaultdict(set)
    for one in starts:
        count = counts[one.form, one.key]
        if one.form in STRONG and count > 1:
            strongest[one.line] = max(strongest[one.line], count)
        elif count > 1:
            lines[one.form].add(one.line)
    many = {form for form, there in lines.items() if len(there) > 1.2 * len(strongest)}
    return [
        one
        for one in starts
        if one.form in STRONG
        or not strongest[one.line]
        or (
            one.form is not LabelForm.BLANK
            and (one.form in many or counts[one.form, one.key] > 2 * strongest[one.line])
        )
    ]


def _is_better(text: str, one: Start, strong: Start) -> bool:
    """A label of the file's own form, and not what a colon further on makes of the line."""
    if strong.form is not LabelForm.COLON:
        return False
    return strong.speaker.covers(one.speaker) or not is_shaped(text, strong.speaker)


def _is_one_of(one: Start, keys: frozenset[str]) -> bool:
    return one.key in keys or _plain(one.key) in keys


def _also(text: str, lines: Sequence[TextLine], one: Start, told: frozenset[str]) -> bool:
    """A label in another form than the others: initials and codes, where a paragraph begins."""
    said = text[one.speaker.start : one.speaker.end]
    plain = is_initials(said) or (is_code(said) and len(said) > 1)
    return lines[one.line].opens and plain and _is_one_of(one, told)


def _may_be_small(said: str, words: Sequence[str]) -> bool:
    """Whether a label in small letters may be a name: one to three words, none a small one."""
    return (
        said.islower()
        and len(words) <= _MOST_SMALL
        and folded_words("small words of English").isdisjoint(words)
    )


def _plain(key: str) -> str:
    return key.replace(".", "").replace(" ", "")


def _believed(
    text: str, starts: Sequence[Start], known: frozenset[str], paragraphs: int
) -> list[Start]:
    """The labels of a weak form, if it is how this text marks its turns; else none."""
    form = starts[0].form
    counts = Counter(one.key for one in starts)
    told: list[Start] = []
    named: list[Start] = []
    small: list[Start] = []  # in small letters, as nobody's sentence begins
    for one in starts:
        said = text[one.speaker.start : one.speaker.end]
        words = fold(said)
        if not words or (set(words) & SOUNDS and not is_initials(said)):
            continue
        is_known = _is_one_of(one, known)
        if form is LabelForm.BLANK:
            in_capitals = is_initials(said) or (is_code(said) and len(said) > 1 and said.isupper())
            says_role = len(said) > _SHORT and words[0] in ROLES and said[:1].isupper()
            marked = in_capitals or says_role or not said[:1].isalpha()
            if is_known or (marked and counts[one.key] > 1):
                told.append(one)
            continue
        shaped = is_code(said) or is_initials(said) or set(words) <= ROLES or "[" in said
        pseudonym = said.startswith(("[", "@@"))
        if (is_known or pseudonym or (shaped and said[:1].isupper())) and (
            counts[one.key] > 1 or is_known or shaped
        ):
            told.append(one)
        elif counts[one.key] > 1 and is_shaped(text, one.speaker) and said[:1].isupper():
            named.append(one)
        elif counts[one.key] > 1 and form in _MARKED and _may_be_small(said, words):
            small.append(one)
    if not named and len(small) >= _MOST_OPEN * paragraphs:
        named = small
    tokens = {one.key for one in told}
    enough = len(told) >= (2 if tokens <= known else 3) and (
        len(tokens) > 1 or any(_plain(key) in known for key in tokens) or len(told) > 3
    )
    least = 0.02 if any(_plain(key) in known for key in tokens) else _LEAST.get(form, 0.15)
    repeats = sum(counts[key] > 1 for key in tokens)
    varied = repeats >= min(2, len(tokens)) and len(tokens) <= max(3, len(told) // 2)
    if not (enough and varied and len(told) >= least * paragraphs):
        told = []
    everyone = told + named
    names = {one.key for one in named}
    turn_taking = len(names | {one.key for one in told}) > 1 and len(everyone) > 3
    if (
        named
        and turn_taking
        and len(everyone) >= 0.35 * paragraphs
        and len(names) <= max(3, len(named) // 2)
    ):
        return sorted(everyone, key=lambda one: one.at)
    return told


def letters_in(text: str, starts: Iterable[Start]) -> frozenset[str]:
    """The folded letters of all labels that are written as initials."""
    found = set()
    for one in starts:
        said = text[one.speaker.start : one.speaker.end]
        for piece in (said, *re.split(r"[\s()\[\]|/,]+", said)):
            letters = letters_of(piece) or (letters_small(piece) if piece.islower() else "")
            if 1 < len(letters) <= 5:
                found.add(letters)
    return frozenset(found)
