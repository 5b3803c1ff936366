"""What speech recognition exports as JSON: Whisper, WhisperX, aTrain, Otter, Trint and their like.

The text comes from the list of what was said: segments if there are any, else words. The same
words stand in the file again, whole, by sentence and word by word: these copies change with them.
Paths and addresses of the recording go; other strings are read after the turns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from redact.core import Span
from redact.errors import BadInput
from redact.formats.codec import Codec
from redact.formats.collect import Words, has_words
from redact.formats.format import RawFile
from redact.formats.json_speakers import SPEAKER, Speakers
from redact.formats.json_strings import Path, String, characters_of, read_strings
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import ByteOffsets, DecodedText, decode_text
from redact.formats.turns import Turns, Utterance

# Names of fields, the likeliest first.
SEGMENTS = (
    "segments transcript transcripts monologues utterances results cues transcription chunks "
    "entries timeline paragraphs"
).split()
SPEECH = "text transcript content words_text utterance sentence spokenText".split()
WORD_LISTS = "words word_segments elements items tokens".split()
WORDS = "punctuated_word word value token".split()
_PATH_ENDINGS = tuple("path file filename audio media url uri user author owner email host".split())
_NO_WORDS = frozenset("text punct punctuation pronunciation word segment final".split())
# Languages, numbered speakers, clocks.
_CODES = re.compile(
    r"(?:[a-z]{2}(?:-[A-Z]{2})?|SPEAKER_\d+|(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,6})\Z"
)
_BETWEEN = re.compile(r"[\W_]*")
_LABEL = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class _List:
    """The strings that stand in the same place of each item of a list; one string by itself too.

    `path` leads to the list, `suffix` from an item to the string.
    """

    path: Path
    suffix: Path
    items: Sequence[String] = field(repr=False)

    @property
    def name(self) -> str | None:
        return _last_name(self.path)

    @property
    def shape(self) -> Path:
        return tuple("*" if isinstance(part, int) else part for part in (*self.path, *self.suffix))

    @property
    def key(self) -> str | None:
        return _last_name((*self.path, *self.suffix))

    @property
    def of_words(self) -> bool:
        """Whether its strings are single words."""
        if self.key in WORDS[:2] or self.name in WORD_LISTS:
            return True
        several = sum(" " in _LABEL.sub("", one.said.strip()).strip() for one in self.items)
        return len(self.items) > 2 and several * 4 <= len(self.items) and self.key not in SPEECH[:2]

    def item_of(self, string: String) -> Path:
        """What leads to the item of the list that a string stands in."""
        return string.path[: len(self.path) + 1]


def _last_name(path: Path) -> str | None:
    return next((part for part in reversed(path) if isinstance(part, str)), None)


def read(file: RawFile) -> Reading:
    """What a transcript in JSON says; BadInput for what is not JSON or has nothing said in it."""
    decoded = decode_text(file.data, file.where, file.encoding)
    try:
        strings = read_strings(decoded.text)
    except ValueError:
        raise BadInput(
            "this file is not plain JSON",
            where=file.where,
            remedy="Export the transcript again.",
        ) from None
    return _Reader(file, decoded, strings).read()


class _Reader:
    """Strings taken up one after another as turns, copies, paths or asides."""

    def __init__(self, file: RawFile, decoded: DecodedText, strings: list[String]) -> None:
        self.file, self.decoded = file, decoded
        self.bytes_at = ByteOffsets(decoded)
        self.strings = [one for one in strings if not one.is_key]
        self.keys = [one for one in strings if one.is_key]
        self.speakers = Speakers(self.strings, decoded.text)
        # Items that say of themselves that they are punctuation: no blank stands before these.
        self.marks = {
            one.path[:-1]
            for one in self.strings
            if one.path[-1] == "type" and one.said.startswith("punct")
        }
        self.turns = Turns(part=WHOLE)
        self.taken: set[Path] = set()
        self.said: dict[Path, list[Utterance]] = {}  # by the item of a list, its segments
        self.spoken_by: dict[Path, Utterance] = {}  # by the item, who speaks

    def read(self) -> Reading:
        lists = list(_lists(self.strings))
        for one in _spoken(lists, self._has_speakers):
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
        return self.turns.reading_of_text(self.file.data, self.decoded)

    def _has_speakers(self, one: _List) -> bool:
        return any(self.speakers.of(item) for item in one.items)

    def _say(self, one: _List) -> None:
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

    def _copy(self, one: _List, everything: list[Utterance]) -> None:
        """Takes a list for a copy if it says, in order and in full, what segments say."""
        above = (one.path[:length] for length in range(len(one.path), 0, -1))
        within = next((self.said[path] for path in above if path in self.said), everything)
        if not one.suffix and len(one.items) == 1:
            self._whole_again(within, one.items[0])
        elif not self._words_again(within, one.items):
            for string in one.items:
                if near := self.said.get(one.item_of(string)):
                    self._whole_again(near, string)

    def _words_again(self, segments: list[Utterance], words: Sequence[String]) -> bool:
        """Strings each of which stands in the segments right after the one before."""
        places = []
        number = at = 0
        for one in words:
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

    def _say_others(self, lists: list[_List]) -> None:
        """What is left: paths go, lists of words are a line each, other strings too."""
        in_lists = {item.path: one for one in lists if one.of_words for item in one.items}
        left = [one for one in self.strings if one.path not in self.taken and one.said.strip()]
        for _, group in groupby(left, key=lambda one: id(in_lists.get(one.path, one))):
            strings = list(group)
            if len(strings) > 1:
                self._say_in_a_line(strings)
            else:
                self._say_other(strings[0])
        for key in self.keys:
            if has_words(key.said):
                self.turns.aside(self._words(key))

    def _say_in_a_line(self, strings: Sequence[String]) -> None:
        self.turns.aside(self._words(strings[0], can_go=True))
        for one in strings[1:]:
            self.turns.more(self._words(one, can_go=True), joined=False)

    def _say_other(self, one: String) -> None:
        key = (_last_name(one.path) or "").lower()
        if key.endswith(_PATH_ENDINGS) and self.file.handling.paths == "drop":
            start, end = self.bytes_at(one.start), self.bytes_at(one.end)
            self.turns.cut(start, end, "paths and authors")
        elif has_words(one.said) and one.said not in _NO_WORDS and not _CODES.match(one.said):
            self.turns.aside(self._words(one))

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


def _lists(strings: list[String]) -> Iterator[_List]:
    """The lists of strings that may be what was said, in the order of the file."""
    lists: dict[tuple[Path, Path], list[String]] = {}
    for one in strings:
        last = _last_number(one.path, len(one.path))
        if last is None:
            if one.path[-1] in SPEECH:
                lists[one.path, ()] = [one]
            continue
        if one.path[last - 1 : last] == ("alternatives",):  # of each item the best guess is first
            outer = _last_number(one.path, last)
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
        best = min(
            segments,
            key=lambda one: (
                one.name not in SEGMENTS,
                len(one.path),
                _rank(one, [*SPEECH, *WORDS]),
            ),
        )
    elif strings and not any(has_speakers(one) for one in words):
        best = min(strings, key=lambda one: len(one.path))
    elif words:
        best = min(words, key=lambda one: (len(one.path), _rank(one, [*WORDS, *SPEECH])))
    else:
        return []
    return [one for one in lists if one.shape == best.shape and one.of_words == best.of_words]


def _last_number(path: Path, before: int) -> int | None:
    """Where in a path the last place in a list stands."""
    return next((at for at in range(before - 1, -1, -1) if isinstance(path[at], int)), None)


def _rank(one: _List, keys: Sequence[str]) -> int:
    return keys.index(one.key) if one.key in keys else len(keys)
