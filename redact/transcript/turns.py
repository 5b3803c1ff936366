"""Who speaks where: a transcript's turns, its speakers, and the names its structure gives away.

Read as a whole (lines, layout, legend, header, speakers): `INT:`, `P07:`, `Morag:`, `[00:12:31]
Dana:`, `Speaker 2 (Dana):`, `KW - `, `Q.`, `<v Dana>`, `Dana Ortiz  0:32` alone on a line, and a
header of `Key: value` lines. Names and initials in them are mentions; codes and roles are not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redact.core import Interview, NamedSpan, RosterEntry, Source, Span, Speaker, Turn
from redact.transcript.header import HeaderField, front_matter, read_field, read_items
from redact.transcript.header_names import HeaderNames, names_in
from redact.transcript.label_forms import LabelForm
from redact.transcript.layout import (
    Start,
    candidates,
    choose,
    is_shaped,
    letters_in,
    parts,
)
from redact.transcript.legend import LegendEntry, read_legend
from redact.transcript.lines import TextLine, read_lines
from redact.transcript.speakers import ReadLabel, read_labels, read_speakers
from redact.transcript.tokens import (
    ABBREVIATIONS,
    CODES,
    is_code,
    is_initials,
    is_small_initials,
    letters_of,
    letters_small,
)
from redact.transcript.told_initials import told_initials
from redact.transcript.words import fold

_REGULAR = 6  # turns from which on the way they begin is a habit
_SHORT_VALUE = 60  # characters of a `Key: value` that nobody says


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The turns, who speaks in them, the fields of the header, and the names in all these."""

    turns: tuple[Turn, ...]
    names: tuple[NamedSpan, ...]
    speakers: tuple[Speaker, ...] = ()
    header: tuple[HeaderField, ...] = ()


def read_structure(
    text: str, roster: tuple[RosterEntry, ...] = (), interview: Interview | None = None
) -> Structure:
    """The structure of a transcript; a text without labels has one turn a paragraph.

    The tables help: whom they list may label turns in ways that nobody else is believed to.
    """
    lines = read_lines(text)
    found = candidates(text, lines)
    people = [entry for entry in roster if entry.kind == "PERSON"]
    listed = frozenset(letters_of(label) for entry in people for label in entry.labels) - {""}
    known = frozenset(form.casefold() for entry in people for form in entry.forms) | listed
    chosen = choose(text, lines, found, known)
    first = _first_turn(text, lines, chosen)
    legend = _legend(text, lines, chosen, first)
    letters = frozenset(entry.letters for entry in legend)
    if letters:
        chosen = choose(text, lines, found, known | letters)
        first = _first_turn(text, lines, chosen)
        legend = _legend(text, lines, chosen, first)
        letters = frozenset(entry.letters for entry in legend)
    fields = _fields(text, lines, first)
    starts = _turn_starts(text, lines, chosen, fields, legend, first)
    header = names_in(text, fields.values())
    letters |= header.letters(text) | listed | _small_letters(text, starts)
    letters |= _beside_initials(text, starts)
    labels = read_labels(text, starts, letters)
    speakers = read_speakers(text, labels, legend, header, roster, interview)
    return Structure(
        turns=_turns(text, lines, starts, _apart(lines, fields, legend, first)),
        names=_names(labels, legend, header, speakers, told_initials(text)),
        speakers=speakers,
        header=tuple(fields.values()),
    )


def _first_turn(text: str, lines: Sequence[TextLine], chosen: Mapping[int, list[Start]]) -> int:
    """Where the header ends: the first label that comes back, or that no header has."""
    counts = Counter(one.key for starts in chosen.values() for one in starts)
    told = _repeated_initials(text, chosen, counts)
    begin = front_matter(text, lines)
    fallback = None
    for number in sorted(chosen):
        if number < begin:
            continue
        one = chosen[number][0]
        field = read_field(text, lines[number]) if one.form is LabelForm.COLON else None
        if field and counts[one.key] == 1 and _is_no_turn(text, lines[number], field):
            continue
        if counts[one.key] > 1 or one.form is not LabelForm.COLON or field:
            if _is_turn(text, one, counts, told):
                return lines[number].start
        elif fallback is None and _is_turn(text, one, counts, told):
            fallback = lines[number].start
    return len(text) if fallback is None else fallback


def _is_no_turn(text: str, line: TextLine, field: HeaderField) -> bool:
    return not (field.may_speak and _says(text, line))


def _says(text: str, line: TextLine) -> bool:
    """Whether a line ends as a sentence does."""
    return text[line.start : line.end].rstrip().endswith(("?", ".")) or line.end - line.start > 120


def _legend(
    text: str, lines: Sequence[TextLine], chosen: Mapping[int, list[Start]], first: int
) -> tuple[LegendEntry, ...]:
    labels = letters_in(text, (one for starts in chosen.values() for one in starts))
    return tuple(read_legend(text, lines, labels, first))


def _fields(text: str, lines: Sequence[TextLine], first: int) -> dict[int, HeaderField]:
    """The header's fields by the number of their line."""
    fields: dict[int, HeaderField] = {}
    matter = front_matter(text, lines)
    read = {n: field for n, line in enumerate(lines) if (field := read_field(text, line))}
    for number, field in read.items():
        is_below = lines[number].start >= first
        if not _heads_a_message(read, number) and (
            (field.is_of_mail and is_below) or (is_below and (number >= matter or field.may_speak))
        ):
            continue
        fields[number] = field
        if field.value.start >= field.value.end:
            for nth, item in enumerate(read_items(text, lines, number + 1), start=number + 1):
                fields[nth] = HeaderField(field.key, item, field.label)
    return fields


def _heads_a_message(read: Mapping[int, HeaderField], number: int) -> bool:
    """Whether a line is one of several that head a message: From, To, Subject."""
    keys = {read[n].key for n in range(number - 2, number + 3) if n in read and read[n].is_of_mail}
    return read[number].is_of_mail and len(keys) > 1


def _turn_starts(
    text: str,
    lines: Sequence[TextLine],
    chosen: Mapping[int, list[Start]],
    fields: Mapping[int, HeaderField],
    legend: Sequence[LegendEntry],
    first: int,
) -> list[Start]:
    """The labels that begin a turn, in order."""
    counts = Counter(one.key for starts in chosen.values() for one in starts)
    marks = {entry.mark for entry in legend}
    letters = frozenset(entry.letters for entry in legend) | _repeated_initials(
        text, chosen, counts
    )
    legends = {entry.mark.start for entry in legend}
    told = _lines_of(lines, legends)
    taken = [
        one
        for number in sorted(chosen)
        if number not in fields
        for one in chosen[number]
        if _is_turn(text, one, counts, letters)
        and one.speaker not in marks
        and (counts[one.key] > 1 or one.line not in told or _holds(one.speaker, legends))
        and (counts[one.key] > 1 or not _is_remark(text, lines[one.line], one))
    ]
    main = Counter(
        one.form for one in taken if counts[one.key] > 1 and is_shaped(text, one.speaker)
    ).most_common(1)
    if main and main[0][0] is not LabelForm.COLON:  # then a sentence with a colon is no label
        taken = [
            one for one in taken if one.form is not LabelForm.COLON or is_shaped(text, one.speaker)
        ]
    opening = sum(lines[one.line].opens for one in taken if counts[one.key] > 1)
    repeated = sum(counts[one.key] > 1 for one in taken)
    regular = repeated >= _REGULAR and opening >= 0.9 * repeated
    return [
        one
        for one in taken
        if counts[one.key] > 1
        or one.form is not LabelForm.COLON
        or not (
            (lines[one.line].start < first and _is_a_note(text, lines[one.line], one, legends))
            or (regular and not lines[one.line].opens and lines[one.line].time is None)
        )
    ]


def _repeated_initials(
    text: str, chosen: Mapping[int, list[Start]], counts: Mapping[str, int]
) -> frozenset[str]:
    """The letters of initials that come back as labels, where not all of them open notes too."""
    found = letters_in(text, (s for starts in chosen.values() for s in starts if counts[s.key] > 1))
    return found if found - ABBREVIATIONS else frozenset()


def _holds(span: Span, places: Iterable[int]) -> bool:
    return any(span.start <= place < span.end for place in places)


def _is_remark(text: str, line: TextLine, one: Start) -> bool:
    """A key of a header further on, which is said once: "Transcriber's note: …"."""
    field = read_field(text, line) if one.form is LabelForm.COLON else None
    return field is not None and not field.may_speak


def _is_a_note(text: str, line: TextLine, one: Start, legends: set[int]) -> bool:
    """A key of a header that nobody listed, with what it says: no turn."""
    said = text[one.speaker.end : line.end].strip(" \t:*_")
    return one.speaker.start in legends or (
        len(said) <= _SHORT_VALUE and not said.endswith(("?", ".", "!"))
    )


def _is_turn(
    text: str, one: Start, counts: Mapping[str, int], told: frozenset[str] = frozenset()
) -> bool:
    """A label, and not a sentence with a colon: it looks like one, or it comes back."""
    if one.form is not LabelForm.COLON:
        return True
    said = text[one.speaker.start : one.speaker.end]
    words = fold(said)
    if len(words) == 1 and words[0] in ABBREVIATIONS - told and counts[one.key] < 3:
        return False
    if counts[one.key] > 2 or (one.time is not None and counts[one.key] > 1):
        return len(parts(text, one.speaker)) <= 7
    return is_shaped(text, one.speaker)


def _small_letters(text: str, starts: Sequence[Start]) -> frozenset[str]:
    """Initials in small letters, where every label is written small: kw, dm."""
    said = Counter(text[one.speaker.start : one.speaker.end] for one in starts)
    if not all(label == label.lower() for label in said):
        return frozenset()
    return (
        frozenset(
            letters_small(label)
            for label, count in said.items()
            if count > 1 and is_small_initials(label) and len(letters_small(label)) == 2
        )
        - CODES
    )


def _beside_initials(text: str, starts: Sequence[Start]) -> frozenset[str]:
    """Codes of two letters (FG, IV) beside labels that are plainly initials: initials too."""
    said = {text[one.speaker.start : one.speaker.end] for one in starts}
    initials = {one for one in said if is_initials(one) and len(letters_of(one)) == 2}
    codes = {one for one in initials if is_code(one)}
    others = {one for one in said - initials if one.isupper() or is_code(one)}
    if not codes or codes == initials or others:
        return frozenset()
    return frozenset(letters_of(one) for one in codes)


def _apart(
    lines: Sequence[TextLine],
    fields: Mapping[int, HeaderField],
    legend: Sequence[LegendEntry],
    first: int,
) -> set[int]:
    """Where something else begins though nobody speaks: a field, a legend, the line behind it."""
    told = set(fields) | _lines_of(lines, {entry.mark.start for entry in legend})
    edges = {lines[n].start for n in told} | {lines[n].after for n in told}
    return edges | {
        line.start for line in lines if line.start < first and line.opens and not line.is_blank
    }


def _lines_of(lines: Sequence[TextLine], places: Iterable[int]) -> set[int]:
    """The numbers of the lines in which these offsets stand."""
    starts = [line.start for line in lines]
    return {bisect_right(starts, at) - 1 for at in places}


def _names(
    labels: Sequence[ReadLabel],
    legend: Sequence[LegendEntry],
    header: HeaderNames,
    speakers: Sequence[Speaker],
    told: Iterable[Span],
) -> tuple[NamedSpan, ...]:
    names = [
        NamedSpan(piece.span, piece.label, Source.SPEAKER_LABEL)
        for label in labels
        for piece in label.pieces
        if piece.kind == "name"
    ]
    names += header.names
    names += [NamedSpan(entry.name, "PERSON", Source.HEADER_LINE) for entry in legend]
    names += [
        NamedSpan(mark, "PERSON", Source.SPEAKER_INITIALS)
        for speaker in speakers
        for mark in speaker.marks
    ]
    taken = sorted(name.span for name in names)
    names += [
        NamedSpan(mark, "PERSON", Source.SPEAKER_INITIALS)
        for mark in told
        if not any(mark.overlaps(span) for span in taken)
    ]
    return tuple(sorted(set(names), key=lambda name: (name.span, name.label, name.why)))


def _turns(
    text: str, lines: Sequence[TextLine], starts: Sequence[Start], apart: set[int]
) -> tuple[Turn, ...]:
    if not starts:
        return tuple(Turn(start=line.start, end=line.after) for line in lines if not line.is_blank)
    begins: dict[int, Start | None] = dict.fromkeys(apart)
    for one in starts:
        begins[_begin(lines, one)] = one
    if not any(begin == 0 for begin in begins):
        begins[0] = None
    edges = sorted(at for at in begins if at < len(text))
    turns = []
    for at, end in zip(edges, [*edges[1:], len(text)], strict=True):
        found = begins[at]
        if found is not None or text[at:end].strip():
            speaker, time = (found.speaker, found.time) if found else (None, None)
            turns.append(Turn(start=at, end=end, speaker=speaker, time=time))
    return tuple(turns)


def _begin(lines: Sequence[TextLine], one: Start) -> int:
    """Where a labelled turn begins: at its line, or, with the label behind, at its paragraph."""
    number = one.line
    while one.form is LabelForm.TAIL and number and not lines[number].opens:
        number -= 1
    return lines[number].start if one.form is LabelForm.TAIL else one.at
