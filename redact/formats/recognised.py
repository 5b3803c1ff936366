"""What speech recognition exports as JSON: Whisper, WhisperX, aTrain and their like.

The text comes from the segments, a turn a line. The same words stand in the file again, whole and
word by word: these copies change with them. Paths and addresses of the recording go; other strings
are read after the turns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from dataclasses import dataclass
from json import decoder

from redact.errors import BadInput
from redact.formats.slots import WHOLE, Codec, Cut, Reading
from redact.formats.speech import Turns, Words, has_words
from redact.formats.text import ByteOffsets, DecodedText, decode_text

DEEPEST = 60
SEGMENTS = ("segments", "transcript", "transcripts", "monologues", "utterances", "results", "cues")
SPEECH = ("text", "transcript", "content", "words_text", "utterance", "sentence")
SPEAKER = ("speaker", "speaker_name", "name", "participant", "speakerName", "speaker_label")
_PATHS = re.compile(
    r"(?:.*(?:path|file|filename|filepath|audio|media|url|uri|user|author|owner|email|host))\Z",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[ \t\r\n]*")
_OTHER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|NaN|-?Infinity")
_NO_WORDS = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?\Z|SPEAKER_\d+\Z")  # languages, numbered speakers

Path = tuple[str | int, ...]
# The standard library's own reading of a string: what it says, and the place after its last quote.
_SCAN: Callable[[str, int, bool], tuple[str, int]] = vars(decoder)["scanstring"]


@dataclass(frozen=True, slots=True)
class _String:
    """A string of the file: where it stands, between its quotes, and what it says."""

    path: Path
    start: int
    end: int
    said: str


def read(data: bytes, where: str, encoding: str | None = None) -> Reading:
    """What a transcript in JSON says; BadInput for what is not JSON or has no segments."""
    decoded = decode_text(data, where, encoding)
    try:
        json.loads(decoded.text)
        strings = list(_strings(decoded.text))
        if len({one.path for one in strings}) != len(strings):
            raise ValueError  # one name twice: readers differ on which of the two counts
    except (ValueError, RecursionError):
        raise BadInput(
            "this file is not plain JSON",
            where=where,
            remedy="Export the transcript again.",
        ) from None
    return _Reader(data, decoded, strings, where).read()


class _Reader:
    """Strings by their paths, taken up one after another as turns, copies, paths or asides."""

    def __init__(
        self, data: bytes, decoded: DecodedText, strings: list[_String], where: str
    ) -> None:
        self.data, self.decoded, self.where = data, decoded, where
        self.offsets = ByteOffsets(decoded)
        self.strings = strings
        self.by_path = {one.path: one for one in strings}
        self.turns = Turns()
        self.taken: set[Path] = set()
        self.lists: dict[Path, list[_String]] = {}  # words by the list of words they stand in
        for one in strings:
            if one.path[-1:] in (("word",), ("text",)) and len(one.path) > 2:
                self.lists.setdefault(one.path[:-2], []).append(one)

    def read(self) -> Reading:
        begun: dict[Path, tuple[int, str]] = {}  # where each segment's words begin in the text
        for path in self._segments():
            words = next((p for key in SPEECH if (p := (*path, key)) in self.by_path), None)
            if words is None or not self.by_path[words].said.strip():
                continue
            named = next((p for key in SPEAKER if (p := (*path, key)) in self.by_path), None)
            self.taken |= {words, named} if named else {words}
            said = self.by_path[words].said
            start = self.turns.segment(self._words(named) if named else None, self._words(words))
            begun[path] = (start, said)
        if not begun:
            raise BadInput(
                "no segments of speech are in this file",
                where=self.where,
                remedy="Export it with segments, or as text, .vtt or .srt.",
            )
        self._copies(begun)
        for one in self.strings:
            if one.path in self.taken:
                continue
            key = next((str(part) for part in reversed(one.path) if isinstance(part, str)), "")
            if _PATHS.match(key) and one.said:
                self.turns.cuts.append(Cut(WHOLE, self.offsets(one.start), self.offsets(one.end)))
                self.turns.dropped["paths and authors"] += 1
            elif has_words(one.said) and not _NO_WORDS.match(one.said):
                self.turns.aside(self._words(one.path))
        return self.turns.reading("json", self.data, self.decoded)

    def _segments(self) -> list[Path]:
        """The objects of the list that holds what was said, in its order."""
        lists: dict[Path, dict[Path, None]] = {}
        for one in self.strings:
            for at in range(len(one.path) - 1):
                is_item = isinstance(one.path[at], int) and at == len(one.path) - 2
                if is_item and one.path[-1] in SPEECH:
                    lists.setdefault(one.path[:at], {})[one.path[: at + 1]] = None
        if not lists:
            return []
        best = min(lists, key=lambda path: (not (path and path[-1] in SEGMENTS), len(path)))
        return list(lists[best])

    def _copies(self, begun: dict[Path, tuple[int, str]]) -> None:
        """Word lists and whole texts that say again what the segments say."""
        for path, (start, said) in begun.items():
            self._words_again([(start, said)], (*path, "words"))
        everything = list(begun.values())
        self._words_again(everything, ("word_segments",))
        whole = self.by_path.get(("text",))
        if whole is not None and whole.path not in self.taken:
            self._whole_again(everything, whole)

    def _words_again(self, segments: list[tuple[int, str]], path: Path) -> None:
        """A list of words, each found in the segments after the one before."""
        words = [one for one in self.lists.get(path, ()) if one.path not in self.taken]
        found, number, at = [], 0, 0
        for one in words:
            place = -1
            while number < len(segments) and place < 0:
                place = segments[number][1].find(one.said, at)
                if place < 0:
                    number, at = number + 1, 0
            if number == len(segments):
                return  # not a copy after all: its words are read as they are
            found.append((segments[number][0] + place, one))
            at = place + len(one.said)
        if found:
            layer = self.turns.new_layer()
            for start, one in found:
                if one.said:
                    self.turns.copy(start, self._words(one.path), layer)
                self.taken.add(one.path)

    def _whole_again(self, segments: list[tuple[int, str]], whole: _String) -> None:
        """The whole text in one string: each segment's words within it."""
        raw = self.decoded.text[whole.start : whole.end]
        if "\\" in raw:
            return  # offsets within it are not those of its letters
        pieces, at = [], 0
        for start, said in segments:
            place = raw.find(said.strip(), at)
            if place < 0 or raw[at:place].strip():
                return
            lead = len(said) - len(said.lstrip())
            pieces.append((start + lead, place, said.strip()))
            at = place + len(said.strip())
        if raw[at:].strip():
            return
        layer = self.turns.new_layer()
        for start, place, said in pieces:
            first = whole.start + place
            codec = self._codec(said)
            words = Words(said, self.offsets(first), self.offsets(first + len(said)), codec)
            self.turns.copy(start, words, layer)
        self.taken.add(whole.path)

    def _words(self, path: Path) -> Words:
        one = self.by_path[path]
        codec = self._codec(self.decoded.text[one.start : one.end])
        return Words(one.said, self.offsets(one.start), self.offsets(one.end), codec)

    def _codec(self, raw: str) -> Codec:
        return "json-ascii" if "\\u" in raw else "json"


def _strings(text: str, at: int = 0, path: Path = ()) -> Generator[_String, None, int]:
    """Every string value with its path; `text` is known to be JSON. Gives where the value ends."""
    if len(path) > DEEPEST:
        raise RecursionError
    at = _skip(text, at)
    if text[at] == '"':
        said, end = _SCAN(text, at + 1, True)
        yield _String(path, at + 1, end - 1, said)
        return end
    if text[at] not in "{[":
        match = _OTHER.match(text, at)
        return match.end() if match else len(text)
    closing, number = {"{": "}", "[": "]"}[text[at]], 0
    at = _skip(text, at + 1)
    while text[at] != closing:
        key: str | int = number
        if closing == "}":
            key, end = _SCAN(text, at + 1, True)
            at = _skip(text, end) + 1  # past the colon
        at = _skip(text, (yield from _strings(text, at, (*path, key))))
        if text[at] == ",":
            at = _skip(text, at + 1)
        number += 1
    return at + 1


def _skip(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
