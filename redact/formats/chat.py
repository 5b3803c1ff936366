"""Transcripts in CHAT (.cha, TalkBank's manual of 2024): main tiers as turns, times untouched.

Main tiers (`*MOR:`) are turns, and what a tier says about one (`%com:`) is read after them, as
are headers. Tiers in which a program takes words apart (%mor, %gra …) say them again in a way in
which no name is looked for: they go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from redact.core import Span
from redact.core.timed import Timed
from redact.errors import BadInput
from redact.formats.allowed import Kind, is_a, published
from redact.formats.collect import Words, has_words
from redact.formats.format import RawFile
from redact.formats.slots import WHOLE, Reading
from redact.formats.splicing import LABELS_OF_OURS
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.turns import Turns
from redact.policy import Handling

# A line goes on where the next begins with a tab or blanks.
_LINE = re.compile(
    r"(?P<mark>[*%@])(?P<name>[^:\t\r\n]*)(?P<colon>:?)[ \t]*(?P<rest>.*(?:\r?\n[ \t].*)*)"
)
# A time of the recording, in milliseconds; the end of a line.
_TIME = re.compile(r"\x15(?P<begins>\d{1,8})_(?P<ends>\d{1,8})-?\x15|\r?\n[ \t]+")
_TURN = re.compile(r"^\*(?P<code>[^:\t\r\n]*\S):", re.MULTILINE)
_LINE_END = re.compile(r"\r?\n")
_LEFT_OUT = ("PID", "Window", "Font", "Color words")  # headers of programs and archives
_NO_MEDIA = "media"  # instead of the name of a recording
_AGE = re.compile(r"\d{1,2}(?:;(?:\d{1,2}(?:\.(?:\d{1,2})?)?)?)?")
_MEDIA = re.compile(r"(?P<name>.*?)(?P<kind>,[ \t]*(?:audio|video)(?:,[ \t]*\w{1,12})?)\s*")


@dataclass(slots=True, kw_only=True)
class _Chat(Turns):
    """With the characters of the file and where they stand in its bytes."""

    source: DecodedText
    bytes_at: ByteOffsets
    handling: Handling
    asides: list[Span]  # to be read after the turns
    participant: re.Pattern[str]
    codes: dict[str, int]  # of who speaks, and where in the text each first stands

    def words_at(self, place: Span) -> Words:
        at, to = self.bytes_at(place.start), self.bytes_at(place.end)
        return Words(text=self.source.text[place.start : place.end], at=at, to=to, codec="plain")

    def cut_out(self, place: Span, kind: str, instead: str = "") -> None:
        """Characters that do not go into the safe file."""
        at, to = self.bytes_at(place.start), self.bytes_at(place.end)
        self.cut(at, to, kind, instead.encode(self.source.encoding))

    def cut_line(self, line: re.Match[str], kind: str) -> None:
        """A line with those that go on with it, and its end: CHAT has no empty lines."""
        end = _LINE_END.match(self.source.text, line.end())
        self.cut_out(Span(line.start(), end.end() if end else line.end()), kind)


def read(file: RawFile) -> Reading:
    """What a transcript in CHAT says; BadInput for a line that CHAT does not have."""
    decoded = decode_text(file.data, file.where, file.encoding)
    out = _Chat(
        part=WHOLE,
        source=decoded,
        bytes_at=ByteOffsets(decoded),
        handling=file.handling,
        asides=[],
        participant=_participant(decoded.text),
        codes={},
    )
    at = 0
    while at < len(decoded.text):
        line = _LINE.match(decoded.text, at)
        if line is not None:
            _take_in(line, out)
            at = line.end()
        elif not decoded.text[at].isspace():
            number = decoded.text.count("\n", 0, at) + 1
            raise BadInput(
                f"line {number} begins with no mark of CHAT",
                where=file.where,
                remedy="Open it in CLAN and check it (Esc-L), or save it as .txt.",
            )
        else:
            at += 1
    if not out.codes:
        raise BadInput(
            "no turn is found in this file",
            where=file.where,
            remedy="Its lines should begin with a star, a code and a colon.",
        )
    for place in out.asides:
        _aside(place, out)
    return out.reading_of_text(file.data, decoded)


def _take_in(line: re.Match[str], out: _Chat) -> None:
    name = line["name"].strip()
    rest = Span(*line.span("rest"))
    if line["mark"] == "*":
        _say(line, rest, out)
    elif line["mark"] == "%":
        if name in published("chat-derived") or name[:1] == "x":
            out.cut_line(line, "words taken apart")
        elif name in published("chat-tiers"):
            out.asides.append(rest)
        else:
            out.cut_line(line, "unknown structure")
    elif name in _LEFT_OUT:
        out.cut_line(line, "unknown structure")
    elif name in published("chat-headers"):
        _header(name, rest, out)
    elif name.partition(" of ")[0] in published("chat-headers"):  # @Birth of MOR
        of_whom = Span(line.start("name") + name.index(" of ") + 4, line.start("name") + len(name))
        out.asides += [of_whom, rest]
    else:
        out.cut_line(line, "unknown structure")


@dataclass(frozen=True, slots=True)
class _TimedChat:
    """Characters of a line, and the time that stands behind them in milliseconds, if one does."""

    place: Span
    time: Span | None = None


def _say(line: re.Match[str], rest: Span, out: _Chat) -> None:
    pieces = _pieces(rest, out) or [_TimedChat(Span(rest.start, rest.start))]
    place = Span(*line.span("name"))
    speaker = out.words_at(place)
    begins = out.segment(speaker, out.words_at(pieces[0].place))
    _heard(begins, pieces[0], out)
    if out.speaker and speaker.text not in out.codes:
        out.codes[speaker.text] = out.speaker.start
    for before, piece in pairwise(pieces):
        more = out.more(out.words_at(piece.place), joined=False)
        begins = begins if before.time is None else more
        _heard(begins, piece, out)


def _heard(begins: int, last: _TimedChat, out: _Chat) -> None:
    """What was read since `begins` is said at the time behind it."""
    if last.time is not None and out.length > begins:
        out.times.append(
            Timed(start=begins, end=out.length, begins=last.time.start, ends=last.time.end)
        )


def _pieces(rest: Span, out: _Chat) -> list[_TimedChat]:
    """What is said on a line and those that go on with it, without times and ends of lines."""
    pieces: list[_TimedChat] = []
    at = rest.start
    for mark in (*_TIME.finditer(out.source.text, rest.start, rest.end), None):
        end = mark.start() if mark else rest.end
        said = out.source.text[at:end]
        if said.strip():
            place = Span(at + len(said) - len(said.lstrip()), at + len(said.rstrip()))
            pieces.append(_TimedChat(place, _time(mark)))
        elif pieces and pieces[-1].time is None:  # a time on a line of its own
            pieces[-1] = replace(pieces[-1], time=_time(mark))
        at = mark.end() if mark else end
    return pieces


def _time(mark: re.Match[str] | None) -> Span | None:
    if mark is None or mark["begins"] is None or not int(mark["begins"]) < int(mark["ends"]):
        return None
    return Span(int(mark["begins"]), int(mark["ends"]))


def _aside(place: Span, out: _Chat) -> None:
    pieces = [one.place for one in _pieces(place, out)]
    said = [out.source.text[piece.start : piece.end] for piece in pieces]
    if not has_words("".join(said)):
        return
    if len(pieces) == 1 and said[0] in out.codes:
        out.copy(out.codes[said[0]], out.words_at(pieces[0]), out.new_layer())
        return
    out.aside(out.words_at(pieces[0]))
    for piece in pieces[1:]:
        out.more(out.words_at(piece), joined=False)


def _header(name: str, rest: Span, out: _Chat) -> None:
    """Takes in what a header says: structure stays, names of media go, the rest is words."""
    said = out.source.text[rest.start : rest.end]
    match name:
        case "Languages" | "Options" | "Types" | "Number" | "Recording Quality" | "Transcription":
            _items(rest, ",", out)
        case "ID":
            _items(rest, "|", out)
        case "Participants":
            _participants(rest, out)
        case "Media" if out.handling.paths == "drop":
            media = _MEDIA.fullmatch(said)
            end = rest.start + (media.end("name") if media else len(said))
            if said[: end - rest.start] not in ("", _NO_MEDIA):
                out.cut_out(Span(rest.start, end), "paths and authors", _NO_MEDIA)
        case _:
            out.asides.append(rest)


def _participants(rest: Span, out: _Chat) -> None:
    """Who takes part: a code, a name if there is one, and a role, as CHAT has them."""
    for item in re.finditer(r"[^,]+", out.source.text[rest.start : rest.end]):
        parts = out.participant.fullmatch(item[0])
        for group in ("code", "name", "role") if parts else ():
            if parts and parts[group] and parts[group] not in published("chat-words"):
                start = rest.start + item.start() + parts.start(group)
                out.asides.append(Span(start, start + len(parts[group])))
        if parts is None and item[0].strip():
            out.asides.append(Span(rest.start + item.start(), rest.start + item.end()))


def _participant(text: str) -> re.Pattern[str]:
    """How a participant is written: a code may have a blank, if a turn begins with it."""
    codes = {match["code"] for match in _TURN.finditer(text)}
    spaced = sorted((re.escape(code) for code in codes if " " in code), key=len, reverse=True)
    label = "|".join([*spaced, LABELS_OF_OURS, r"\S+"])
    return re.compile(
        rf"\s*(?P<code>{label})(?:\s+(?P<name>\S.*?))??(?:\s+(?P<role>{LABELS_OF_OURS}|\S+))?\s*"
    )


def _items(rest: Span, separators: str, out: _Chat) -> None:
    """Items of a header: those that are no structure are words."""
    said = out.source.text[rest.start : rest.end]
    for item in re.finditer(f"[^{separators}\r\n]+", said):
        value = item[0].strip()
        is_structure = (
            value in published("chat-words")
            or is_a(Kind.LANGUAGE, value)
            or _AGE.fullmatch(value) is not None
        )
        if value and not is_structure:
            out.asides.append(Span(rest.start + item.start(), rest.start + item.end()))
