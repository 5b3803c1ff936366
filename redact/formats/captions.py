"""Captions, WebVTT (W3C 2019) and SubRip: what is said, by whom, without the times.

The text has one turn a line, `Name: words`, whether the name stands in a voice tag or in the
words, and runs on from cue to cue, so that a name broken by a cue is whole. Times and tags are not
in it and are copied as they are. Notes, headings and styles that quote go: they hold paths.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from redact.core import Span
from redact.core.timed import Timed, milliseconds
from redact.formats.caption_marks import (
    SRT_TAG,
    TIMES,
    VTT_TAG,
    is_cue_number,
    is_heading,
    is_region,
    is_style,
    unknown_in,
)
from redact.formats.codec import Codec
from redact.formats.collect import Collector, Words, has_words
from redact.formats.format import RawFile
from redact.formats.slots import WHOLE, Reading
from redact.formats.splicing import LABELS_OF_OURS
from redact.formats.text import ByteOffsets, decode_text
from redact.policy import Hidden

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
# A name, one of our labels, or both: "[Person 1] Reid", "[Person 1] (she/her)". So a safe file is
# read as its source was.
_SPEAKS = re.compile(
    r"[ \t]*(?:[-–>]{1,2}[ \t]*)?"
    rf"(?P<who>(?:{LABELS_OF_OURS}|[^\W\d_])"
    rf"(?:{LABELS_OF_OURS}|(?!{LABELS_OF_OURS})[^:\n<>?!;\"]){{0,59}}[ \t]*)"
    r":(?:[ \t]+|\Z)"
)
# Who speaks in other ways, in captions that have no name with a colon. Only marks count, not words:
# the safe file must be read as its source was.
_TAKES_OVER = re.compile(r"[ \t]*(?:[-–—]|>{2,3})[ \t]*\S")  # the dash of dialogue, `>>`
_MARKED = re.compile(
    r"[ \t]*[\[(<{][^()\r\n]{1,80}?[\])>}][ \t]*:?[ \t]*\S|[^\r\n]*?[ ][-–—][ ]*\S"
)
_LEAST_LABELLED = 0.25  # of the cues
_PAUSE = 1  # seconds without words after which captions without speakers begin a new line


@dataclass(slots=True, kw_only=True)
class _Captions(Collector):
    """With the characters of the file, its lines, where they stand in its bytes, and who speaks."""

    source: str = field(kw_only=True, repr=False)
    bytes_at: ByteOffsets = field(kw_only=True)
    is_vtt: bool = field(kw_only=True)
    handling_of_notes: Hidden = field(kw_only=True)
    lines: Sequence[Span] = field(kw_only=True)
    is_labelled: bool = False  # whether any line says who speaks
    voice: str = ""  # who speaks, by the last voice tag or label
    voice_at: int = 0  # where that name stands in the text
    copies: int = 0
    notes: list[Span] = field(default_factory=list)  # lines of notes, to be read last
    cue: _Times | None = None  # that is read now
    stamped: int = 0  # when what comes next begins, by the last stamp within the cue
    last: Timed | None = None  # what was said since then

    @property
    def tag(self) -> re.Pattern[str]:
        return VTT_TAG if self.is_vtt else SRT_TAG

    @property
    def codec(self) -> Codec:
        return "xml" if self.is_vtt else "plain"

    def line(self, number: int) -> str:
        """What a line says; nothing after the last."""
        if number >= len(self.lines):
            return ""
        return self.source[self.lines[number].start : self.lines[number].end]

    def words_of(self, words: str, place: Span) -> Words:
        at, to = self.bytes_at(place.start), self.bytes_at(place.end)
        return Words(text=words, at=at, to=to, codec=self.codec)

    def repeat_voice(self, name: str, place: Span) -> None:
        """The name of who speaks, again."""
        self.copies += 1
        self.copy(self.voice_at, self.words_of(name, place), self.copies)

    def heard(self, said: Span, cue: _Times) -> None:
        """Words of a cue, with those of its lines before; a stamp within it may end them."""
        if self.cue is not cue:
            self.cue, self.stamped = cue, cue.begins
            self.last = None
        if cue.ends <= self.stamped or said.end == said.start:
            return
        if self.last is not None:
            self.times.pop()
        start = said.start if self.last is None else self.last.start
        self.last = Timed(start=start, end=said.end, begins=self.stamped, ends=cue.ends)
        self.times.append(self.last)

    def stamp(self, tag: re.Match[str], cue: _Times) -> None:
        """A time within a cue, `<00:00:01.500>`: the words before it end there."""
        name = tag["name"] or ""
        at = milliseconds(name + tag["classes"]) if ":" in name else None
        if at is None or self.cue is not cue or not self.stamped <= at <= cue.ends:
            return
        if self.last is not None:
            self.times[-1] = self.last._replace(ends=max(at, self.stamped + 1))
        self.last = None
        self.stamped = at

    def cut_out(self, start: int, end: int, kind: str) -> None:
        """Characters that do not go into the safe file."""
        self.cut(self.bytes_at(start), self.bytes_at(end), kind)


def read(file: RawFile) -> Reading:
    """What captions say. Raises BadInput for undecodable bytes or a file without words."""
    decoded = decode_text(file.data, file.where, file.encoding)
    captions = _Captions(
        part=WHOLE,
        source=decoded.text,
        bytes_at=ByteOffsets(decoded),
        is_vtt=decoded.text.lstrip("\ufeff").startswith("WEBVTT"),
        handling_of_notes=file.handling.notes,
        lines=[Span(*match.span(1)) for match in _LINE.finditer(decoded.text)],
    )
    spoken_lines = list(_spoken_lines(captions))
    captions.is_labelled = _are_labelled(captions, spoken_lines)
    for spoken_line in spoken_lines:
        _read_line(spoken_line, captions)
    for place in captions.notes:
        if has_words(said := decoded.text[place.start : place.end]):
            captions.say("\n")
            captions.words(captions.words_of(_as_said(said, captions), place))
    return captions.reading_of_text(file.data, decoded)


def _are_labelled(captions: _Captions, spoken_lines: Sequence[_SpokenLine]) -> bool:
    """Whether who speaks is named with a voice tag or a colon; a colon in talk is not that."""
    said = [captions.source[one.place.start : one.place.end] for one in spoken_lines]
    if any("<v" in one for one in said):
        return True
    labelled = sum(speaks(captions.tag.sub("", one)) for one in said)
    return labelled >= _LEAST_LABELLED * sum(one.begins_cue for one in spoken_lines) > 0


def _as_said(words: str, captions: _Captions) -> str:
    return html.unescape(words) if captions.is_vtt else words


@dataclass(frozen=True, slots=True, kw_only=True)
class _SpokenLine:
    """A line of a cue, whether nobody spoke for a while before it, and whether it is the first."""

    place: Span
    is_after_pause: bool
    begins_cue: bool
    cue: _Times


def _spoken_lines(captions: _Captions) -> Iterator[_SpokenLine]:
    """The lines that are said; cuts what goes."""
    cue, paused = _Times(0, 0), False
    begins = True  # a cue or block, as far as blank lines tell
    number = _header(captions) if captions.is_vtt else 0
    while number < len(captions.lines):
        line = captions.line(number)
        if not line.strip():
            begins = True
        elif TIMES.match(line):
            before, cue = cue, _times(line)
            paused = cue.begins // 1000 - before.ends // 1000 >= _PAUSE
            _cut_words_beside_times(captions.lines[number], captions)
            begins = True
        elif TIMES.match(captions.line(number + 1)) and begins:
            if not is_cue_number(line):
                place = captions.lines[number]
                captions.cut_out(place.start, place.end, "names of cues")
        elif captions.is_vtt and begins and _BLOCK.match(line):
            number = _block(number, captions)
        else:
            place = captions.lines[number]
            yield _SpokenLine(place=place, is_after_pause=paused, begins_cue=begins, cue=cue)
            begins = paused = False
        number += 1


def _cut_words_beside_times(line: Span, captions: _Captions) -> None:
    times = TIMES.match(captions.source, line.start, line.end)
    kept = times.end() if times else line.start
    if captions.source[kept : line.end].strip():
        captions.cut_out(kept, line.end, "words beside times")


def _block(number: int, captions: _Captions) -> int:
    """Takes in a note, style or region of WebVTT; gives the number of its last line."""
    last = number
    while captions.line(last + 1).strip():
        last += 1
    first, end = captions.lines[number], captions.lines[last].end
    is_note = captions.line(number).startswith("NOTE")
    if is_note and captions.handling_of_notes == "replace":
        said = Span(first.start + len("NOTE"), first.end)
        captions.notes += [said, *captions.lines[number + 1 : last + 1]]
    elif is_note:
        captions.cut_out(first.start, end, "notes")
    else:
        block = [captions.line(one) for one in range(number, last + 1)]
        if not (is_region(block) or is_style(block)):
            captions.cut_out(first.start, end, "styles")
    return last


@dataclass(frozen=True, slots=True)
class _Times:
    """When a cue, or a part of it, begins and ends, in milliseconds."""

    begins: int
    ends: int


def _times(line: str) -> _Times:
    """The times of a cue; malformed ones make no pause."""
    match = TIMES.match(line)
    if match is None:
        return _Times(0, 0)
    return _Times(milliseconds(match["begins"]) or 0, milliseconds(match["ends"]) or 0)


def _header(captions: _Captions) -> int:
    """Cuts what the head of a WebVTT file says beside its name; gives the first line after it."""
    first = captions.lines[0]
    name_end = captions.source.index("WEBVTT", first.start) + len("WEBVTT")
    if captions.source[name_end : first.end].strip():
        captions.cut_out(name_end, first.end, "headings")
    number = 1
    while (line := captions.line(number)).strip():
        if TIMES.match(line) or TIMES.match(captions.line(number + 1)):
            break  # a producer that leaves out the blank line
        if not is_heading(line):  # with its line's end: a blank line would end the head
            place, following = captions.lines[number], captions.lines[number + 1 : number + 2]
            after = following[0].start if following else place.end
            captions.cut_out(place.start, after, "headings")
        number += 1
    return number


def _read_line(line: _SpokenLine, captions: _Captions) -> None:
    """Adds a line of a cue to the text, with its slots."""
    source, place = captions.source, line.place
    at = place.start
    plain = captions.tag.sub("", source[place.start : place.end])
    is_speaking = speaks(plain) and not _has_voice(line, captions)
    label = _SPEAKS.match(source, place.start, place.end) if is_speaking else None
    if label and label["who"] == captions.voice and label.end() < place.end:
        captions.repeat_voice(label["who"], Span(*label.span("who")))  # as Zoom has it in every cue
        at, is_speaking = label.end(), False
    said_at = at
    joint = _joint(captions, line, is_speaking)
    if is_speaking:
        captions.voice = ""
    if label and is_speaking and "&" not in label["who"]:
        captions.voice = label["who"]
        captions.voice_at = captions.length + len(joint) + label.start("who") - place.start
    # No name runs on from who speaks to what is said, nor over the colon.
    who = _SPEAKS.match(plain) if is_speaking and "&" not in plain else None
    edges = (who.end("who"), who.end()) if who else ()
    seen = 0  # characters of the line without its tags
    for tag in [*captions.tag.finditer(source, place.start, place.end), None]:
        stop = tag.start() if tag else place.end
        if stop > at:
            if source[at:stop].strip() or joint == "":
                captions.say(joint)
                joint = ""
            if source[at:stop].strip() or captions.text:
                begins = captions.length - seen
                captions.ends += [begins + e for e in edges if seen < e <= seen + stop - at]
                said = captions.words(_words(Span(at, stop), place, said_at, captions))
                captions.heard(said, line.cue)
            seen += stop - at
        if tag is None:
            break
        captions.stamp(tag, line.cue)
        for unknown in unknown_in(tag):
            captions.cut_out(unknown.start, unknown.end, "tags")
        if tag["name"] == "v" and not tag["slash"] and captions.is_vtt:
            joint = _add_voice(tag, joint, captions)
        at = tag.end()


def _has_voice(line: _SpokenLine, captions: _Captions) -> bool:
    """Whether a line begins with a voice tag: a colon in it is of the talk."""
    tag = captions.tag.match(captions.source, line.place.start, line.place.end)
    return captions.is_vtt and tag is not None and tag["name"] == "v" and not tag["slash"]


def speaks(line: str) -> bool:
    """Whether a line without its tags begins with a speaker: `Morag:`, `- INT 1:`."""
    match = _SPEAKS.match(line)
    first = match[0].lstrip(" \t-–>")[:1] if match else ""
    return first.isupper() or first in ("[", "@")


def _joint(captions: _Captions, line: _SpokenLine, is_speaking: bool) -> str:
    """What stands between the words before and a new line of captions."""
    if not captions.text:
        return ""
    said = captions.tag.sub("", captions.source[line.place.start : line.place.end])
    if is_speaking or _TAKES_OVER.match(said):
        return "\n"
    is_marked = line.begins_cue and _MARKED.match(said)
    return "\n" if (line.is_after_pause or is_marked) and not captions.is_labelled else " "


def _words(place: Span, line: Span, said_at: int, captions: _Captions) -> Words:
    """Words of a line, of which what is said begins at `said_at`."""
    source = captions.source
    said = source[place.start : place.end]
    if captions.is_vtt and _ENTITY.search(said):
        said = html.unescape(said)
    words = captions.words_of(said, place)
    if place == line:  # a blank line would end the cue: it goes, with its line's end
        after = _LINE.match(source, place.start)
        end = after.end() if after else place.end
        return words._replace(gone=Span(words.at, captions.bytes_at(end)))
    beside = source[said_at : place.start] + source[place.end : line.end]
    if said_at > line.start:  # a name stands before it: with nothing behind it, it would be words
        return words._replace(never_empty=True)
    if not captions.tag.sub("", beside).strip():
        return words._replace(gone=Span(words.at, words.to))
    return words


def _add_voice(tag: re.Match[str], joint: str, captions: _Captions) -> str:
    """A voice tag: a new turn, or a copy of the name that speaks; gives the joint that is left.

    The name in `<v.loud Morag MacLeod>` is what stands after the classes. Blanks after it tell two
    speakers apart.
    """
    name = tag["rest"].lstrip()
    if not name:
        return joint
    start = tag.end("rest") - len(name)
    place = Span(start, start + len(name))
    said = html.unescape(name)
    if said == captions.voice:
        captions.repeat_voice(said, place)
        return joint
    if captions.text:
        captions.say("\n")
    captions.voice = said
    captions.voice_at = captions.words(captions.words_of(said, place)).start
    captions.say(": ")
    return ""
