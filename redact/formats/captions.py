"""Captions, WebVTT (W3C 2019) and SubRip: what is said, by whom, without the times.

The text has one turn a line, `Name: words`, whether the name stands in a voice tag or in the
words, and runs on from cue to cue, so that a name broken by a cue is whole. Times and tags are not
in it and are copied as they are. Notes, headings and styles that quote go: they hold paths.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from redact.formats.collect import has_words
from redact.formats.slots import WHOLE, Codec, Cut, Reading, Slot
from redact.formats.text import ByteOffsets, decode_text
from redact.policy import Formats

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})")
_TIMES = re.compile(
    rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}"
    r"(?:[ \t]+(?:align|line|position|size|vertical|region):[\w.,%-]{1,20}|[ \t]+[XY][12]:\d+)*"
    r"[ \t]*"
)
_NAMELESS = re.compile(r"[\s0-9a-fA-F/_:.-]*\Z")  # a cue's number, or a producer's identifier
_KEPT_HEADINGS = re.compile(r"(?:Kind|Language|X-TIMESTAMP-MAP)[:=][ \t]*[\w:=,.-]*\Z")
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[^\s<>.]*)(?P<rest>[^<>]*)>|\{\\[^{}]*\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")
# A name or one of our labels, so that a safe file is read as its source was.
_SPEAKS = re.compile(
    r"[ \t]*(?:[-–>]{1,2}[ \t]*)?"
    r"(?P<who>(?:\[[^\[\]\n]{1,60}\]|@@[^@#\n]{1,60}##|[^\W\d_][^:\n<>?!;\"]{0,59})[ \t]*)"
    r":(?:[ \t]+|\Z)"
)
_PAUSE = 1.0  # seconds without words after which captions without speakers begin a new line


def read(data: bytes, where: str, handling: Formats, encoding: str | None = None) -> Reading:
    """What captions say. Raises BadInput for undecodable bytes or a file without words."""
    decoded = decode_text(data, where, encoding)
    is_vtt = decoded.text.lstrip("\ufeff").startswith("WEBVTT")
    found = _Found(ByteOffsets(decoded), "xml" if is_vtt else "plain", handling.notes)
    lines = [match.span(1) for match in _LINE.finditer(decoded.text)]
    spoken = list(_spoken(decoded.text, lines, is_vtt, found))
    found.labelled = any(
        "<v" in decoded.text[a:b] or speaks(_TAG.sub("", decoded.text[a:b])) for _, a, b in spoken
    )
    for paused, start, end in spoken:
        _read_line(decoded.text, start, end, paused, found)
    for start, end in found.noted:
        if has_words(said := decoded.text[start:end]):
            found.say("\n")
            found.slot(html.unescape(said) if found.codec == "xml" else said, start, end)
    return Reading(
        "vtt" if is_vtt else "srt",
        "".join(found.text),
        tuple(found.slots),
        {WHOLE: data},
        decoded.encoding,
        decoded.bom,
        tuple(found.cuts),
        dropped=dict(found.dropped),
    )


@dataclass(slots=True)
class _Found:
    at: ByteOffsets
    codec: Codec
    notes: str = "drop"
    labelled: bool = False
    text: list[str] = field(default_factory=list)
    length: int = 0
    slots: list[Slot] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    voice: str = ""  # who speaks, by the last voice tag or label
    voice_at: tuple[int, int] = (0, 0)  # where that name stands in the text
    copies: int = 0
    noted: list[tuple[int, int]] = field(default_factory=list)  # lines of notes, to be read last

    def say(self, words: str) -> None:
        if words:
            self.text.append(words)
            self.length += len(words)

    def slot(self, words: str, start: int, end: int, gone: tuple[int, int] | None = None) -> None:
        place = (self.length, self.length + len(words))
        at = (self.at(start), self.at(end))
        self.slots.append(Slot(*place, WHOLE, *at, self.codec, gone=gone))
        self.say(words)

    def copy(self, start: int, end: int) -> None:
        """The name of who speaks, again."""
        self.copies += 1
        at = (self.at(start), self.at(end))
        self.slots.append(Slot(*self.voice_at, WHOLE, *at, self.codec, self.copies))

    def cut(self, start: int, end: int, kind: str) -> None:
        self.cuts.append(Cut(WHOLE, self.at(start), self.at(end)))
        self.dropped[kind] += 1


def _spoken(
    text: str, lines: list[tuple[int, int]], is_vtt: bool, found: _Found
) -> Iterator[tuple[bool, int, int]]:
    """The lines that are said, and whether there was a pause before one; cuts what goes."""
    number = 0
    ended, paused = 0.0, False
    if is_vtt:
        number = _header(text, lines, found)
    begins = True
    while number < len(lines):
        start, end = lines[number]
        line = text[start:end]
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        if not line.strip():
            begins = True
        elif "-->" in line:
            times = _TIMES.match(text, start, end)
            begun, until = _seconds(line)
            paused, ended = begun - ended >= _PAUSE, until
            if times is None or times.end() < end:
                kept = times.end() if times else text.index("-->", start) + 3
                if text[kept:end].strip() and not _NAMELESS.match(text[kept:end]):
                    found.cut(kept, end, "words beside times")
            begins = True
        elif "-->" in following and begins:
            if not _NAMELESS.match(line):
                found.cut(start, end, "names of cues")
        elif is_vtt and begins and re.match(r"(?:NOTE|STYLE|REGION)(?:[ \t]|\Z)", line):
            last = number
            while last + 1 < len(lines) and text[slice(*lines[last + 1])].strip():
                last += 1
            block = text[start : lines[last][1]]
            if line.startswith("NOTE") and found.notes == "replace":
                found.noted += [(start + 4, end), *lines[number + 1 : last + 1]]
            elif line.startswith("NOTE"):
                found.cut(start, lines[last][1], "notes")
            elif any(c in block for c in "\"'("):
                found.cut(start, lines[last][1], "styles")
            number = last
        else:
            yield paused, start, end
            begins = paused = False
        number += 1


def _seconds(times: str) -> tuple[float, float]:
    """When a cue begins and ends; malformed times are no pause."""
    found = []
    for match in _CLOCK.finditer(times):
        hours, minutes, seconds = (float(part or 0) for part in match.groups())
        found.append(hours * 3600 + minutes * 60 + seconds)
    return (found[0], found[1]) if len(found) > 1 else (0.0, 0.0)


def _header(text: str, lines: list[tuple[int, int]], found: _Found) -> int:
    """Cuts what the head of a WebVTT file says beside its name; gives the first line after it."""
    start, end = lines[0]
    name_end = text.index("WEBVTT", start) + len("WEBVTT")
    if text[name_end:end].strip():
        found.cut(name_end, end, "headings")
    number = 1
    while number < len(lines) and text[slice(*lines[number])].strip():
        line = text[slice(*lines[number])]
        following = text[slice(*lines[number + 1])] if number + 1 < len(lines) else ""
        if "-->" in line or "-->" in following:
            break  # a producer that leaves out the blank line
        if not _KEPT_HEADINGS.match(line):  # with its line's end: a blank line would end the head
            after = lines[number + 1][0] if number + 1 < len(lines) else lines[number][1]
            found.cut(lines[number][0], after, "headings")
        number += 1
    return number


def _read_line(text: str, start: int, end: int, paused: bool, found: _Found) -> None:
    """Adds a line of a cue to the text, with its slots."""
    at = start
    speaking = speaks(_TAG.sub("", text[start:end]))
    label = _SPEAKS.match(text, start, end) if speaking else None
    if label and label["who"] == found.voice and label.end() < end:  # as Zoom has it in every cue
        found.copy(label.start("who"), label.end("who"))
        at, speaking = label.end(), False
    said_at = at
    joint = _joint(found, speaking, paused)
    if speaking:
        found.voice = ""
    if label and speaking and "&" not in label["who"]:
        begins = found.length + len(joint) + label.start("who") - start
        found.voice, found.voice_at = label["who"], (begins, begins + len(label["who"]))
    for tag in [*_TAG.finditer(text, start, end), None]:
        stop = tag.start() if tag else end
        if stop > at:
            if text[at:stop].strip() or joint == "":
                found.say(joint)
                joint = ""
            if text[at:stop].strip() or found.text:
                _add_words(text, at, stop, (start, end), found, said_at)
        if tag is None:
            break
        if tag["name"] == "v" and not tag["slash"] and found.codec == "xml":
            joint = _add_voice(tag, joint, found)
        at = tag.end()


def speaks(line: str) -> bool:
    """Whether a line without its tags begins with a speaker: `Morag:`, `- INT 1:`."""
    match = _SPEAKS.match(line)
    first = match[0].lstrip(" \t-–>")[:1] if match else ""
    return first.isupper() or first in ("[", "@")


def _joint(found: _Found, speaks: bool, paused: bool) -> str:
    """What stands between the words before and a new line of captions."""
    if not found.text:
        return ""
    return "\n" if speaks or (paused and not found.labelled) else " "


def _add_words(
    text: str, start: int, end: int, line: tuple[int, int], found: _Found, said_at: int
) -> None:
    """Adds words of a line, of which what is said begins at `said_at`."""
    said = text[start:end]
    if found.codec == "xml" and _ENTITY.search(said):
        said = html.unescape(said)
    gone = None
    if (start, end) == line:  # a blank line would end the cue: it goes, with its line's end
        after = _LINE.match(text, start)
        gone = (found.at(start), found.at(after.end() if after else end))
    elif not _TAG.sub("", text[said_at:start] + text[end : line[1]]).strip():
        gone = (found.at(start), found.at(end))
    found.slot(said, start, end, gone=gone)


def _add_voice(tag: re.Match[str], joint: str, found: _Found) -> str:
    """A voice tag: a new turn, or a copy of the name that speaks; gives the joint that is left.

    The name in `<v.loud Morag MacLeod>` is what stands after the classes. Blanks after it tell two
    speakers apart.
    """
    rest = tag["rest"]
    name = (rest.rpartition("\t")[2] if "\t" in rest else rest.partition(" ")[2]).lstrip()
    if not name:
        return joint
    start = tag.start("rest") + rest.rindex(name)
    said = html.unescape(name)
    if said == found.voice:
        found.copy(start, start + len(name))
        return joint
    if found.text:
        found.say("\n")
    found.voice, found.voice_at = said, (found.length, found.length + len(said))
    found.slot(said, start, start + len(name))
    found.say(": ")
    return ""
