"""What speech recognition exports as JSON: Whisper, WhisperX, aTrain, Otter, Trint and their like.

The text comes from the list of what was said: segments if there are any, else words. The same
words stand in the file again, whole, by sentence and word by word: these copies change with them.
Paths and addresses of the recording go; other strings are read after the turns.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from redact.errors import BadInput
from redact.formats.collect import has_words
from redact.formats.json_strings import Path, String, characters_of, read_strings
from redact.formats.slots import WHOLE, Codec, Cut, Reading, Slot
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.turns import Turns, Words
from redact.policy import Formats

SEGMENTS = ("segments", "transcript", "transcripts", "monologues", "utterances", "results", "cues",
            "transcription", "chunks", "entries", "timeline", "paragraphs")  # fmt: skip
SPEECH = ("text", "transcript", "content", "words_text", "utterance", "sentence", "spokenText")
WORD_LISTS = ("words", "word_segments", "elements", "items", "tokens")
WORDS = ("punctuated_word", "word", "value", "token")
SPEAKER = ("speaker", "speaker_name", "name", "participant", "speakerName", "speaker_label",
           "speakerDisplayName", "username")  # fmt: skip
NUMBERS = ("speaker_id", "speakerId", "speaker", "speaker_index")  # of a speaker in a table
_NAMED_IN = ((), ("speaker",), ("user",), ("users", 0))  # where a speaker's name may stand deeper
_PATHS = re.compile(
    r"(?:.*(?:path|file|filename|filepath|audio|media|url|uri|user|author|owner|email|host))\Z",
    re.IGNORECASE,
)
# Languages, numbered speakers, clocks, and what kind of thing an item is.
_NO_WORDS = re.compile(
    r"(?:[a-z]{2}(?:-[A-Z]{2})?|SPEAKER_\d+|(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,6}|text|punct|"
    r"punctuation|pronunciation|word|segment|final)\Z"
)
_BETWEEN = re.compile(r"[\W_]*")
_LABEL = re.compile(r"\[[^\]]*\]")

Said = tuple[int, str]  # where in the text it begins, and the words


@dataclass(frozen=True, slots=True)
class _List:
    """The strings that stand in the same place of each item of a list; one string by itself too."""

    path: Path
    suffix: Path
    items: Sequence[String] = field(repr=False)

    @property
    def name(self) -> str:
        return next((part for part in reversed(self.path) if isinstance(part, str)), "")

    @property
    def shape(self) -> Path:
        return tuple("*" if isinstance(part, int) else part for part in (*self.path, *self.suffix))

    @property
    def key(self) -> str:
        return next((p for p in reversed((*self.path, *self.suffix)) if isinstance(p, str)), "")

    @property
    def of_words(self) -> bool:
        """Whether its strings are single words."""
        if self.key in WORDS[:2] or self.name in WORD_LISTS:
            return True
        several = sum(" " in _LABEL.sub("", one.said.strip()).strip() for one in self.items)
        return len(self.items) > 2 and several * 4 <= len(self.items) and self.key not in SPEECH[:2]


def read(data: bytes, where: str, handling: Formats, encoding: str | None = None) -> Reading:
    """What a transcript in JSON says; BadInput for what is not JSON or has nothing said in it."""
    decoded = decode_text(data, where, encoding)
    try:
        strings = read_strings(decoded.text)
    except ValueError:
        raise BadInput(
            "this file is not plain JSON",
            where=where,
            remedy="Export the transcript again.",
        ) from None
    return _Reader(data, decoded, strings, where, handling).read()


class _Reader:
    """Strings taken up one after another as turns, copies, paths or asides."""

    def __init__(
        self,
        data: bytes,
        decoded: DecodedText,
        strings: list[String],
        where: str,
        handling: Formats,
    ) -> None:
        self.data, self.decoded, self.where, self.handling = data, decoded, where, handling
        self.offsets = ByteOffsets(decoded)
        self.strings = [one for one in strings if not one.is_key]
        self.keys = [one for one in strings if one.is_key]
        self.named = {one.path: one for one in self.strings if one.path[-1] in SPEAKER}
        # Items that say of themselves that they are punctuation: no blank stands before these.
        self.marks = {one.path[:-1] for one in self.strings
                      if one.path[-1] == "type" and one.said.startswith("punct")}  # fmt: skip
        listed = any("speakers" in path for path in self.named)
        self.whole: Any = json.loads(decoded.text) if listed else None
        self.numbered = self._table() if listed else {}
        self.turns = Turns()
        self.taken: set[Path] = set()
        self.said: dict[Path, list[Said]] = {}  # by the item of a list, what its segments say
        self.speakers: dict[Path, Said] = {}  # by the item, who speaks

    def read(self) -> Reading:
        lists = list(_lists(self.strings))
        chosen = _spoken(lists, self._has_speakers)
        for one in chosen:
            self._say(one)
        if not self.said:
            raise BadInput(
                "nothing said is found in this file",
                where=self.where,
                remedy="Export it with segments, or as text, .vtt or .srt.",
            )
        everything = [said for segments in self.said.values() for said in segments]
        for one in lists:
            if one.items[0].path not in self.taken:
                self._copy(one, everything)
        self._copy_speakers()
        self._say_others(lists)
        return self.turns.reading_of("json", self.data, self.decoded)

    def _has_speakers(self, one: _List) -> bool:
        return any(self._speaker(item) for item in one.items)

    def _say(self, one: _List) -> None:
        """The items of a list as turns; words without a speaker run on."""
        last: String | None = None
        of_words, first = one.of_words, True
        for item in one.items:
            if not item.said.strip():
                self.taken.add(item.path)
                continue
            speaker = self._speaker(item)
            goes_on = not first and ((speaker is None and of_words)
                                     or (speaker is not None and speaker is last))  # fmt: skip
            words = self._words(item, gone=of_words)
            if goes_on:
                start = self.turns.more(words, item.path[: len(one.path) + 1] in self.marks)
            else:
                named = self._words(speaker) if speaker else None
                start = self.turns.segment(named, words)
            last, first = speaker, False
            self.taken.add(item.path)
            object_ = item.path[: len(one.path) + 1]
            if speaker:
                self.taken.add(speaker.path)
                if self.turns.speaker:
                    self.speakers[object_] = (self.turns.speaker[1], speaker.said)
            self.said.setdefault(object_, []).append((start, item.said))

    def _speaker(self, item: String) -> String | None:
        """Who says this: named beside it, or in what it stands in."""
        for depth in range(len(item.path) - 1, 0, -1):
            above = item.path[:depth]
            if isinstance(item.path[depth], int):
                continue  # a list has no name of its own
            for key in SPEAKER:
                if key == "name" and depth < len(item.path) - 1:
                    continue  # of a recording, a channel …
                for inner in _NAMED_IN:
                    found = self.named.get((*above, *inner, key))
                    if found is not None and found is not item and found.said.strip():
                        return found
        return self._numbered(item) if self.numbered else None

    def _numbered(self, item: String) -> String | None:
        """Who says this, where a number beside it stands for a name in a table."""
        value, found = self.whole, None
        for part in item.path[:-1]:
            value = value[part]
            if isinstance(value, dict):
                number = next((value[key] for key in NUMBERS if key in value), None)
                if isinstance(number, int | str) and number in self.numbered:
                    found = self.numbered[number]
        return found

    def _table(self) -> dict[int | str, String]:
        """The names in a list of speakers, by their numbers."""
        numbered: dict[int | str, String] = {}
        for one in self.named.values():
            if len(one.path) > 2 and one.path[-3] == "speakers" and one.said.strip():
                value = self.whole
                for part in one.path[:-1]:
                    value = value[part]
                number = next((value[key] for key in ("id", *NUMBERS) if key in value), None)
                if isinstance(number, int | str):
                    numbered[number] = one
        return numbered

    def _copy(self, one: _List, everything: list[Said]) -> None:
        """Takes a list for a copy if it says, in order and in full, what segments say."""
        within = next(
            (self.said[one.path[:n]] for n in range(len(one.path), 0, -1)
             if one.path[:n] in self.said), everything,
        )  # fmt: skip
        if not one.suffix and len(one.items) == 1:
            self._whole_again(within, one.items[0])
        elif not self._words_again(within, one.items):
            for item in one.items:
                near = self.said.get(item.path[: len(one.path) + 1])
                if near:
                    self._whole_again(near, item)

    def _words_again(self, segments: list[Said], words: Sequence[String]) -> bool:
        """Strings each of which stands in the segments right after the one before."""
        found, number, at = [], 0, 0
        for one in words:
            sought = one.said.strip()
            if not sought:
                self.taken.add(one.path)
                continue
            while number < len(segments):
                begins, said = segments[number]
                place = _next(said, sought, at)
                if place >= 0:
                    break
                if not _BETWEEN.fullmatch(said, at):
                    return False
                number, at = number + 1, 0
            else:
                return False
            lead = len(one.said) - len(one.said.lstrip())
            exact = said.startswith(one.said, place - lead) if place >= lead else False
            start = begins + place - (lead if exact else 0)
            found.append((start, one, exact))
            at = place + len(sought)
        if found:
            layer, slots = self.turns.new_layer(), self.turns.slots
            for start, one, exact in found:
                if exact:
                    at, to = self.offsets(one.start), self.offsets(one.end)
                    end = start + len(one.said)
                    slots.append(Slot(start, end, WHOLE, at, to, self._codec(one), layer))
                else:
                    self.turns.copy(start, self._stripped(one), layer)
                self.taken.add(one.path)
        return True

    def _whole_again(self, segments: list[Said], whole: String) -> None:
        """One string that says all the segments, with blanks between."""
        pieces, at = [], 0
        for start, said in segments:
            sought = said.strip()
            place = whole.said.find(sought, at)
            if place < 0 or whole.said[at:place].strip():
                return
            lead = len(said) - len(said.lstrip())
            pieces.append((start + lead, place, sought))
            at = place + len(sought)
        if whole.said[at:].strip():
            return
        layer = self.turns.new_layer()
        parts = self._parts(whole, [(place, place + len(said)) for _, place, said in pieces])
        for (start, _, _), words in zip(pieces, parts, strict=True):
            self.turns.copy(start, words, layer)
        self.taken.add(whole.path)

    def _copy_speakers(self) -> None:
        """A speaker's name again: with each word, beside each segment."""
        places = {said: start for start, said in reversed(self.speakers.values())}
        for one in self.strings:
            if one.path in self.taken or one.path[-1] not in SPEAKER:
                continue
            above = (self.speakers.get(one.path[:n]) for n in range(len(one.path) - 1, 0, -1))
            found = next(filter(None, above), (places.get(one.said), one.said))
            if found[0] is not None and found[1] == one.said:
                self.turns.copy(found[0], self._words(one), self.turns.new_layer())
                self.taken.add(one.path)

    def _say_others(self, lists: list[_List]) -> None:
        """What is left: paths go, lists of words are a line each, other strings too."""
        in_lists = {item.path: one for one in lists if one.of_words for item in one.items}
        left = [one for one in self.strings if one.path not in self.taken and one.said.strip()]
        for of, group in groupby(left, key=lambda one: id(in_lists.get(one.path, one))):
            items = list(group)
            if len(items) > 1 and of == id(in_lists.get(items[0].path)):
                for number, item in enumerate(items):
                    words = self._words(item, gone=True)
                    if number == 0:
                        self.turns.aside(words)
                    else:
                        self.turns.more(words, joined=False)
                continue
            for item in items:
                self._say_other(item)
        for key in self.keys:
            if has_words(key.said):
                self.turns.aside(self._words(key))

    def _say_other(self, one: String) -> None:
        key = next((str(part) for part in reversed(one.path) if isinstance(part, str)), "")
        if _PATHS.match(key) and one.said and self.handling.paths == "drop":
            self.turns.cuts.append(Cut(WHOLE, self.offsets(one.start), self.offsets(one.end)))
            self.turns.dropped["paths and authors"] += 1
        elif has_words(one.said) and not _NO_WORDS.match(one.said):
            self.turns.aside(self._words(one))

    def _words(self, one: String, gone: bool = False) -> Words:
        place = self.offsets(one.start), self.offsets(one.end)
        return Words(one.said, *place, self._codec(one), gone=gone)

    def _stripped(self, one: String) -> Words:
        """The words of a string without the blanks about them."""
        lead = len(one.said) - len(one.said.lstrip())
        return self._parts(one, [(lead, len(one.said.rstrip()))])[0]

    def _parts(self, one: String, stretches: Sequence[tuple[int, int]]) -> list[Words]:
        """Stretches of what a string says."""
        raw, codec = self.decoded.text[one.start : one.end], self._codec(one)
        places = characters_of(raw) if "\\" in raw else range(len(raw) + 1)
        return [
            Words(one.said[start:end], self.offsets(one.start + places[start]),
                  self.offsets(one.start + places[end]), codec)
            for start, end in stretches
        ]  # fmt: skip

    def _codec(self, one: String) -> Codec:
        return "json-ascii" if self.decoded.text.find("\\u", one.start, one.end) >= 0 else "json"


def _next(said: str, sought: str, at: int) -> int:
    """Where it stands next, with no letter or figure between, in capitals or not; -1 if nowhere."""
    if said.startswith(sought, at):
        return at
    if said.startswith(f" {sought}", at):
        return at + 1
    match = _BETWEEN.match(said, at)
    last = match.end() if match else at
    for place in range(at, last + 1):
        if said.startswith(sought, place):
            return place
    there = said[last : last + len(sought)]
    return last if there.lower() == sought.lower() else -1


def _lists(strings: list[String]) -> Iterator[_List]:
    """The lists of strings that may be what was said, in the order of the file."""
    lists: dict[tuple[Path, Path], list[String]] = {}
    for one in strings:
        last = next((n for n in range(len(one.path) - 1, -1, -1)
                     if isinstance(one.path[n], int)), None)  # fmt: skip
        if last is None:
            if one.path[-1] in SPEECH:
                lists[one.path, ()] = [one]
            continue
        if one.path[last - 1 : last] == ("alternatives",):  # of each item the best guess is first
            outer = next((n for n in range(last - 1, -1, -1)
                          if isinstance(one.path[n], int)), None)  # fmt: skip
            last = last if outer is None else outer
        path, suffix = one.path[:last], one.path[last + 1 :]
        if suffix and suffix[-1] not in (*SPEECH, *WORDS):
            continue
        if not suffix and not (path and path[-1] in (*SEGMENTS, *SPEECH, *WORD_LISTS)):
            continue
        if len(suffix) > 1 and suffix[0] != "alternatives":
            continue
        lists.setdefault((path, suffix), []).append(one)
    for (path, suffix), items in lists.items():
        yield _List(path, suffix, items)


def _spoken(lists: list[_List], has_speakers: Callable[[_List], bool]) -> list[_List]:
    """The lists that the text is made of: all that have the shape of the best."""
    segments = [one for one in lists if one.suffix and not one.of_words]
    strings = [one for one in lists if not one.suffix and not one.of_words]
    words = [one for one in lists if one.of_words]
    if segments:
        best = min(segments, key=lambda one: (one.name not in SEGMENTS, len(one.path),
                                              _rank(one, (*SPEECH, *WORDS))))  # fmt: skip
    elif strings and not any(has_speakers(one) for one in words):
        best = min(strings, key=lambda one: len(one.path))
    elif words:
        best = min(words, key=lambda one: (len(one.path), _rank(one, (*WORDS, *SPEECH))))
    else:
        return []
    return [one for one in lists if one.shape == best.shape and one.of_words == best.of_words]


def _rank(one: _List, keys: tuple[str, ...]) -> int:
    return keys.index(one.key) if one.key in keys else len(keys)
