"""What speech recognition exports as JSON: Whisper, WhisperX, aTrain, Otter, Trint and their like;
and chats. One list or object, or, as JSON lines, an object a line.

The text comes from the list of what was said: segments if there are any, else words. The same
words stand in the file again, whole, by sentence and word by word: these copies change with them.
Paths and addresses of the recording go; other strings are read after the turns, and so are names of
fields that no producer publishes. Numbers that are no times, counts or shares go, and all lists of
numbers: ids of tokens are the whole talk again. So do codes that nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from redact.core import Span
from redact.errors import BadInput
from redact.formats.codec import Codec
from redact.formats.collect import Words, has_words
from redact.formats.format import RawFile
from redact.formats.json_fields import (
    IDS,
    is_known,
    is_structure,
    is_unreadable,
)
from redact.formats.json_lists import NAMED_WORD, StringList, last_name, lists_of, spoken_lists
from redact.formats.json_numbers import CODES, numbers_left_out
from redact.formats.json_speakers import SPEAKER, Speakers
from redact.formats.json_strings import (
    Path,
    String,
    Values,
    characters_of,
    read_values,
)
from redact.formats.json_times import JsonTimes
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.turns import Turns, Utterance

_PATH_ENDINGS = tuple("path file filename audio media url uri user author owner email host".split())
_PUNCTUATION = (".", ",", "?", "!", ";", ":")
_END_OF_OURS = re.compile(r"\d\]")  # of "[Person 5]", which fills the strings of two words
_BETWEEN = re.compile(r"[\W_]*")
_LINE_END = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))+[ \t]*")  # and empty lines


def read(file: RawFile) -> Reading:
    """What a transcript in JSON says; BadInput for what is not JSON or has nothing said in it."""
    return _read(file, "", "")


def read_lines(file: RawFile) -> Reading:
    """The same of JSON lines: a list, but for the brackets about it and the commas between."""
    return _read(file, "[", "]")


def _read(file: RawFile, before: str, behind: str) -> Reading:
    decoded = decode_text(file.data, file.where, file.encoding)
    text = decoded.text
    if before:
        text = f"{before}{_LINE_END.sub(lambda end: ',' + ' ' * (len(end[0]) - 1), text.rstrip())}"
    try:
        values = read_values(text + behind, is_known)
    except ValueError:
        raise BadInput(
            "this file is not plain JSON",
            where=file.where,
            remedy="Export the transcript again.",
        ) from None
    return _Reader(file, decoded, values.moved(-len(before)), text + behind).read()


class _Reader:
    """Strings taken up one after another as turns, copies, paths or asides."""

    def __init__(self, file: RawFile, decoded: DecodedText, values: Values, whole: str) -> None:
        self.file, self.decoded, self.values = file, decoded, values
        self.bytes_at = ByteOffsets(decoded)
        self.strings = [one for one in values.strings if not one.is_key]
        self.keys = [one for one in values.strings if one.is_key]
        self.made: dict[str, int] = {}  # numbers instead of what nobody can read
        self.speakers = Speakers(self.strings, whole)
        self.times = JsonTimes(values, decoded.text)
        # Items that say of themselves that they are punctuation: no blank stands before these.
        self.marks = {
            one.path[:-1]
            for one in self.strings
            if one.path[-1] == "type" and one.said.startswith("punct")
        }
        self.marks |= {
            one.path[:-1]
            for one in self.strings
            if one.path[-1] == NAMED_WORD and one.said in _PUNCTUATION
        }
        self.turns = Turns(part=WHOLE)
        self.taken: set[Path] = set()
        self.said: dict[Path, list[Utterance]] = {}  # by the item of a list, its segments
        self.spoken_by: dict[Path, Utterance] = {}  # by the item, who speaks

    def read(self) -> Reading:
        lists = list(lists_of(self.strings))
        for one in spoken_lists(lists, self._has_speakers):
            self._say(one)
        if not self.said:
            raise BadInput(
                "nothing said is found in this file",
                where=self.file.where,
                remedy="Export it with segments, or as text, .vtt or .srt.",
            )
        everything = [said for segments in self.said.values() for said in segments]
        for one in lists:
            if one.items[0].path not in self.taken:
                self._copy(one, everything)
        self._copy_speakers()
        self._say_others(lists)
        self._leave_out_numbers()
        self.turns.times += self.times.times()
        return self.turns.reading_of_text(self.file.data, self.decoded)

    def _has_speakers(self, one: StringList) -> bool:
        return any(self.speakers.of(item) for item in one.items)

    def _say(self, one: StringList) -> None:
        """The items of a list as turns; words without a speaker run on."""
        last: String | None = None
        of_words, is_first = one.of_words, True
        for string in one.items:
            self.taken.add(string.path)
            if not string.said.strip():
                continue
            speaker = self.speakers.of(string)
            goes_on = not is_first and (of_words if speaker is None else speaker is last)
            item = one.item_of(string)
            words = self._words(string, can_go=of_words)
            if goes_on:
                start = self.turns.more(words, item in self.marks)
            else:
                start = self.turns.segment(self._words(speaker) if speaker else None, words)
            last, is_first = speaker, False
            if speaker:
                self.taken.add(speaker.path)
                if self.turns.speaker:
                    self.spoken_by[item] = Utterance(self.turns.speaker.start, speaker.said)
            self.said.setdefault(item, []).append(Utterance(start, string.said))
            self.times.heard(Span(start, start + len(string.said)), string.path, item)

    def _copy(self, one: StringList, everything: list[Utterance]) -> None:
        """Takes a list for a copy if it says, in order and in full, what segments say."""
        above = (one.path[:length] for length in range(len(one.path), 0, -1))
        within = next((self.said[path] for path in above if path in self.said), everything)
        if not one.suffix and len(one.items) == 1:
            self._whole_again(within, one.items[0])
        elif not self._words_again(within, one):
            for string in one.items:
                if near := self.said.get(one.item_of(string)):
                    self._whole_again(near, string)

    def _words_again(self, segments: list[Utterance], words: StringList) -> bool:
        """Strings each of which stands in the segments right after the one before."""
        places = []
        number = at = 0
        for one in words.items:
            sought = one.said.strip()
            if not sought:
                self.taken.add(one.path)
                continue
            while number < len(segments):
                segment = segments[number]
                place = _next(segment.words, sought, at)
                if place >= 0:
                    break
                if not _BETWEEN.fullmatch(segment.words, at):
                    return False
                number, at = number + 1, 0
            else:
                return False
            places.append(_WordPlace(one, segment, place))
            at = place + len(sought)
        if places:
            layer = self.turns.new_layer()
            for again in places:
                words_again = (
                    self._words(again.string) if again.is_exact else self._stripped(again.string)
                )
                self.turns.copy(again.start, words_again, layer)
                self.taken.add(again.string.path)
                self.times.heard(again.words, again.string.path, words.item_of(again.string))
        return True

    def _whole_again(self, segments: list[Utterance], whole: String) -> None:
        """One string that says all the segments, with blanks between."""
        starts, stretches, at = [], [], 0
        for segment in segments:
            sought = segment.words.strip()
            place = whole.said.find(sought, at)
            if place < 0 or whole.said[at:place].strip():
                return
            at = place + len(sought)
            starts.append(segment.start + _blanks_before(segment.words))
            stretches.append(Span(place, at))
        if whole.said[at:].strip():
            return
        layer = self.turns.new_layer()
        for start, words in zip(starts, self._parts(whole, stretches), strict=True):
            self.turns.copy(start, words, layer)
        self.taken.add(whole.path)

    def _copy_speakers(self) -> None:
        """A speaker's name again: with each word, beside each segment."""
        by_name = {speaker.words: speaker for speaker in reversed(self.spoken_by.values())}
        for one in self.strings:
            if one.path in self.taken or one.path[-1] not in SPEAKER:
                continue
            above = (self.spoken_by.get(one.path[:n]) for n in range(len(one.path) - 1, 0, -1))
            speaker = next(filter(None, above), by_name.get(one.said))
            if speaker and speaker.words == one.said:
                self.turns.copy(speaker.start, self._words(one), self.turns.new_layer())
                self.taken.add(one.path)

    def _say_others(self, lists: list[StringList]) -> None:
        """What is left: paths go, lists of words are a line each, other strings too."""
        in_lists = {item.path: one for one in lists if one.of_words for item in one.items}
        left = [one for one in self.strings if self._is_left(one)]
        for _, group in groupby(left, key=lambda one: id(in_lists.get(one.path, one))):
            strings = list(group)
            if len(strings) > 1:
                self._say_in_a_line(strings)
            else:
                self.turns.aside(self._words(strings[0]))
        for key in self.keys:
            if is_unreadable(key.said):
                self._cut(key.place, CODES, self._instead("field-", key.said))
            elif has_words(key.said):
                self.turns.aside(self._words(key))

    def _is_left(self, one: String) -> bool:
        """Whether a string is read as words; what is none and no structure goes."""
        name = last_name(one.path) or ""
        if one.path in self.taken or not one.said.strip() or is_structure(name, one.said):
            return False
        if name.lower().endswith(_PATH_ENDINGS) and self.file.handling.paths == "drop":
            self._cut(one.place, "paths and authors")
        elif is_unreadable(one.said):
            self._cut(one.place, CODES, self._instead("id-", one.said) if name in IDS else "")
        else:
            return has_words(one.said) or _END_OF_OURS.search(one.said) is not None
        return False

    def _leave_out_numbers(self) -> None:
        for one in numbers_left_out(self.values, self.decoded.text, self._instead):
            self._cut(one.place, one.kind, one.instead)

    def _instead(self, before: str, said: str) -> str:
        """Another number for each thing that goes, the same for the same."""
        return f"{before}{self.made.setdefault(said, len(self.made) + 1)}"

    def _cut(self, place: Span, kind: str, instead: str = "") -> None:
        at, to = self.bytes_at(place.start), self.bytes_at(place.end)
        self.turns.cut(at, to, kind, instead.encode(self.decoded.encoding))

    def _say_in_a_line(self, strings: Sequence[String]) -> None:
        self.turns.aside(self._words(strings[0], can_go=True))
        for one in strings[1:]:
            self.turns.more(self._words(one, can_go=True), joined=False)

    def _words(self, one: String, can_go: bool = False) -> Words:
        """The words of a string; those that `can_go` leave nothing that is read."""
        at, to = self.bytes_at(one.start), self.bytes_at(one.end)
        gone = Span(at, to) if can_go else None
        return Words(text=one.said, at=at, to=to, codec=self._codec(one), gone=gone)

    def _stripped(self, one: String) -> Words:
        """The words of a string without the blanks about them."""
        return self._parts(one, [Span(_blanks_before(one.said), len(one.said.rstrip()))])[0]

    def _parts(self, one: String, stretches: Sequence[Span]) -> list[Words]:
        """Stretches of what a string says."""
        raw, codec = self.decoded.text[one.start : one.end], self._codec(one)
        places = characters_of(raw) if "\\" in raw else range(len(raw) + 1)
        return [
            Words(
                text=one.said[stretch.start : stretch.end],
                at=self.bytes_at(one.start + places[stretch.start]),
                to=self.bytes_at(one.start + places[stretch.end]),
                codec=codec,
            )
            for stretch in stretches
        ]

    def _codec(self, one: String) -> Codec:
        return "json-ascii" if self.decoded.text.find("\\u", one.start, one.end) >= 0 else "json"


@dataclass(frozen=True, slots=True)
class _WordPlace:
    """A string that says again what stands at `at` of a segment."""

    string: String
    segment: Utterance
    at: int

    @property
    def is_exact(self) -> bool:
        """Whether the segment has the same blanks before it."""
        begins = self.at - _blanks_before(self.string.said)
        return begins >= 0 and self.segment.words.startswith(self.string.said, begins)

    @property
    def words(self) -> Span:
        """Where in the text its words stand, without blanks."""
        start = self.segment.start + self.at
        return Span(start, start + len(self.string.said.strip()))

    @property
    def start(self) -> int:
        """Where in the text it stands, with the blanks if they are the same."""
        blanks = _blanks_before(self.string.said) if self.is_exact else 0
        return self.segment.start + self.at - blanks


def _blanks_before(words: str) -> int:
    return len(words) - len(words.lstrip())


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
