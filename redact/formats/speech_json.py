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
from array import array
from collections.abc import Sequence
from dataclasses import replace

from redact.errors import BadInput
from redact.formats.format import RawFile
from redact.formats.json_again import ColumnAside, SaidInJson, SaidRow
from redact.formats.json_fields import is_known
from redact.formats.json_lists import NAMED_WORD, StringList, lists_of, spoken_lists
from redact.formats.json_others import Others
from redact.formats.json_places import StringPlaces, WordPlace
from redact.formats.json_speakers import NOBODY, Speakers, Voice
from redact.formats.json_strings import read_values
from redact.formats.json_times import JsonTimes
from redact.formats.json_values import Path, RecordTable, String, Values
from redact.formats.slots import WHOLE, Reading
from redact.formats.text import DecodedText, decode_text
from redact.formats.turns import Turns, Utterance

_PUNCTUATION = (".", ",", "?", "!", ";", ":")
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
        values = read_values(text + behind, is_known, before=len(before), tables=True)
        del text  # a file's size of memory
        return _Reader(file, decoded, values).read()
    except ValueError:
        raise BadInput(
            "this file is not plain JSON",
            where=file.where,
            remedy="Export the transcript again.",
        ) from None


class _Reader:
    """Strings taken up one after another as turns, copies, paths or asides."""

    def __init__(self, file: RawFile, decoded: DecodedText, values: Values) -> None:
        self.file, self.decoded, self.values = file, decoded, values
        self.lists = lists_of(values)
        times = JsonTimes(values, decoded.text)
        self.keys = [one for one in values.strings if one.is_key]
        self.strings = [one for one in values.strings if not one.is_key]
        self.asides: list[ColumnAside] = []  # of tables with talk
        self._take_apart_tables()
        self.speakers = Speakers(values)
        values.whole = None  # it takes the most memory of all
        self.voices: dict[int, Sequence[Voice]] = {}  # by the id of a list
        # Items that say of themselves that they are punctuation: no blank stands before these.
        self.marks = {
            one.path[:-1]
            for one in self.strings
            if (one.path and one.path[-1] == "type" and one.said.startswith("punct"))
            or (one.path[-1:] == (NAMED_WORD,) and one.said in _PUNCTUATION)
        }
        self.turns = Turns(part=WHOLE)
        self.places = StringPlaces(decoded)
        self.heard = SaidInJson(
            turns=self.turns,
            places=self.places,
            times=times,
            strings=self.strings,
            columns=self.asides,
        )

    def _take_apart_tables(self) -> None:
        """Looks at what is no talk of tables a string at a time, but for structure."""
        tables = ((one.table.whole or one.table, one.suffix) for one in self.lists if one.table)
        talk = {(id(table), suffix) for table, suffix in tables}
        with_talk = {number for number, _ in talk}
        for table in self.values.tables:
            if id(table) not in with_talk:
                self.strings += table.every_string()
        self.values.strings = [*self.keys, *self.strings]
        for table in self.values.tables:
            for suffix, column in table.strings.items():
                is_talk = id(table) not in with_talk or (id(table), suffix) in talk
                aside = ColumnAside(table, suffix)
                if not is_talk and not aside.is_structure(0, len(column.values)):
                    self.asides.append(aside)

    def read(self) -> Reading:
        for one in spoken_lists(self.lists, self._has_speakers):
            self._say(one)
        if not self.heard.said:
            raise BadInput(
                "nothing said is found in this file",
                where=self.file.where,
                remedy="Export it with segments, or as text, .vtt or .srt.",
            )
        self.heard.copy(self.lists)
        self.heard.copy_speakers()
        talk_ends = self.turns.length
        self._say_others()
        self.turns.times += self.heard.times.times()
        reading = self.turns.reading_of_text(self.file.data, self.decoded)
        return replace(reading, talk_ends=talk_ends)

    def _voices(self, one: StringList) -> Sequence[Voice]:
        if id(one) not in self.voices:
            self.voices[id(one)] = self.speakers.of_list(one)
        return self.voices[id(one)]

    def _has_speakers(self, one: StringList) -> bool:
        if one.is_several:
            return any(voice.name for each in one.apart() for voice in self.speakers.of_list(each))
        return any(voice.name for voice in self._voices(one))

    def _say(self, one: StringList) -> None:
        """The items of a list as turns; words without a speaker run on."""
        self.heard.is_of_tables |= one.table is not None
        if one.table and one.of_words:
            self._say_row(one, one.table)
            return
        last: Voice | None = None
        starts = array("i")
        for string, voice in zip(one.items, self._voices(one), strict=True):
            self.heard.taken.add(string.path)
            if not string.said.strip():
                starts.append(-1)
                continue
            item = one.item_of(string)
            if last is not None and item in self.marks and voice == NOBODY:
                voice = last  # that of its word
            speaker = voice.name
            goes_on = last is not None and (
                voice.is_as(last) if one.of_words else speaker is not None and speaker is last.name
            )
            words = self.places.words(string, can_go=one.of_words)
            if goes_on:
                start = self.turns.more(words, item in self.marks)
                self._named_again(voice)
            else:
                start = self.turns.segment(self.places.words(speaker) if speaker else None, words)
            last = voice
            if speaker:
                self._is_named(item, speaker)
            self.heard.said.setdefault(item, []).append(Utterance(start, string.said))
            starts.append(start)
        self._heard(one, starts)

    def _heard(self, one: StringList, starts: Sequence[int]) -> None:
        """Notes where the strings of a list stand, to tell when they are said; -1: nowhere."""
        ends = array("i", map(int.__add__, starts, map(len, one.values)))
        self.heard.times.heard(one, starts, ends)

    def _is_named(self, item: Path, speaker: String) -> None:
        self.heard.taken.add(speaker.path)
        if self.turns.speaker:
            self.heard.spoken_by[item] = Utterance(self.turns.speaker.start, speaker.said)

    def _named_again(self, voice: Voice) -> None:
        """A speaker's name that stands with each word."""
        if voice.name and voice.name.path not in self.heard.taken:
            speaking = self.turns.speaker or Utterance(0, "")
            self.turns.copy(speaking.start, self.places.words(voice.name), self.turns.new_layer())
            self.heard.taken.add(voice.name.path)

    def _say_row(self, one: StringList, table: RecordTable) -> None:
        """The words of a table as turns: those of one voice run on."""
        column, turns = table.strings[one.suffix], self.turns
        marks = self._marks_in(table)
        starts, row = array("i"), list[WordPlace]()
        last: Voice | None = None
        begins = piece = 0  # of the run, in the text and among its pieces
        for n, (word, voice) in enumerate(zip(column.values, self._voices(one), strict=True)):
            if not word.strip():
                starts.append(-1)
                continue
            is_plain = column.ends[n] - column.starts[n] == len(word)
            joined = column.items[n] in marks
            if last is not None and joined and voice == NOBODY:
                voice = last
            if last is None or not voice.is_as(last):
                if last is not None:
                    self._end_run(table, begins, piece)
                begins = start = self._begin_run(one.string(n), voice)
                piece = len(turns.text) - 1
            elif is_plain:
                turns.say(word if joined or word[0].isspace() else f" {word}")
                start = turns.length - len(word)
                row.append((start, column.starts[n], len(word)))
            else:
                words = self.places.words(one.string(n), can_go=True)
                start = turns.more(words, joined)
            self._named_again(voice)
            starts.append(start)
            last = voice
        self._end_run(table, begins, piece)
        turns.word_rows += self.places.rows_of(row, layer=0)
        self.heard.rows[id(table)] = SaidRow(one.suffix, column, starts)
        self._heard(one, starts)

    def _begin_run(self, word: String, voice: Voice) -> int:
        """Begins a turn, or goes on with it where the same name stands again. Gives the place."""
        words = self.places.words(word, can_go=True)
        name = self.places.words(voice.name) if voice.name else None
        start = self.turns.segment(name, words)
        if voice.name:
            self._is_named(word.path, voice.name)
        return start

    def _end_run(self, table: RecordTable, begins: int, piece: int) -> None:
        words = "".join(self.turns.text[piece:])
        if piece or words:
            self.heard.said.setdefault(table.path, []).append(Utterance(begins, words))

    def _marks_in(self, table: RecordTable) -> set[int]:
        """The items of a table that say of themselves that they are punctuation."""
        types, names = table.strings.get(("type",)), table.strings.get((NAMED_WORD,))
        marks: set[int] = set()
        if types:
            pairs = zip(types.items, types.values, strict=True)
            marks |= {item for item, said in pairs if said.startswith("punct")}
        if names:
            pairs = zip(names.items, names.values, strict=True)
            marks |= {item for item, said in pairs if said in _PUNCTUATION}
        return marks

    def _say_others(self) -> None:
        """What is left, after the turns."""
        of_words = [one for one in self.lists if one.of_words and not one.table]
        for number, one in enumerate(of_words):
            self.heard.in_lists.update((item.path, number) for item in one.items)
        others = Others(
            self.values,
            self.turns,
            self.places,
            drops_paths=self.file.handling.paths == "drop",
        )
        others.say(
            (one for one in self.strings if one.path not in self.heard.taken), self.heard.in_lists
        )
        others.say_names(self.keys)
        others.leave_out_numbers()
