"""What a recogniser's JSON says again: lists of words, texts as a whole, names beside each word.

These change with what they are copies of. A list of words is a copy if it says, in order and in
full, what segments say.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from redact.formats.json_copies import again, at_once, in_one, in_one_each, within
from redact.formats.json_lists import StringList
from redact.formats.json_others import stays
from redact.formats.json_places import StringPlaces
from redact.formats.json_speakers import names_somebody
from redact.formats.json_times import JsonTimes
from redact.formats.json_values import Path, RecordColumn, RecordTable, String, field_of
from redact.formats.turns import Turns, Utterance


@dataclass(frozen=True, slots=True)
class SaidRow:
    """A column of words that the text was made of, and where in it each stands; -1: nowhere."""

    suffix: Path
    column: RecordColumn
    starts: array[int]

    def words(self) -> Iterable[Utterance]:
        """Its words, one by one."""
        pairs = zip(self.starts, self.column.values, strict=True)
        return (Utterance(start, said) for start, said in pairs if start >= 0)


@dataclass(frozen=True, slots=True)
class ColumnAside:
    """A column of a table that is no talk, and not structure in all of its lists."""

    table: RecordTable
    suffix: Path

    @property
    def names_speakers(self) -> bool:
        """Whether it is a column of names, and all records of its lists have one."""
        path = (*self.table.path, 0, *self.suffix)
        return bool(self.table.bounds) and names_somebody(path)

    def strings(self) -> Iterator[String]:
        """Its strings, but for those of lists in which it is structure."""
        for table in self.table.apart():
            one = ColumnAside(table, self.suffix)
            if not one.is_structure(0, len(table.strings[self.suffix].values)):
                yield from table.column(self.suffix)

    def is_structure(self, first: int, last: int) -> bool:
        """Whether all of these strings are."""
        name = field_of((*self.table.path, *self.suffix))
        said = set(self.table.strings[self.suffix].values[first:last])
        return all(stays(name, one) for one in said)


@dataclass(slots=True, kw_only=True)
class SaidInJson:
    """What was said so far and where, and what says it again."""

    turns: Turns
    places: StringPlaces
    times: JsonTimes
    strings: list[String] = field(repr=False)  # that are no talk, or none of what is read as such
    columns: Sequence[ColumnAside]  # more of these
    taken: set[Path] = field(default_factory=set, repr=False)
    said: dict[Path, list[Utterance]] = field(default_factory=dict)  # by item: its segments
    spoken_by: dict[Path, Utterance] = field(default_factory=dict)  # by the item, who speaks
    in_lists: dict[Path, int] = field(default_factory=dict)  # words of one list are read in a line
    rows: dict[int, SaidRow] = field(default_factory=dict)  # by the id of a table: said of it
    is_of_tables: bool = False  # whether strings of tables are said
    _within: dict[Path, list[Utterance]] | None = None  # by what they stand in: all segments

    def copy(self, lists: Iterable[StringList]) -> None:
        """Takes in the lists that say again what was said."""
        everything = [said for segments in self.said.values() for said in segments]
        for one in lists:
            self._copy_lists(one, everything)

    def _copy_lists(self, one: StringList, everything: list[Utterance]) -> None:
        """Takes in lists of one shape, those that are said word by word all at once."""
        table, at = one.table, 0
        if table and table.is_several and not self.is_of_tables:
            segments = [self._segment_of(path) for path in table.paths]
            column = table.strings[one.suffix]
            for lists in in_one_each(column, table.bounds, segments):
                for number in range(at, lists.first):
                    self._copy(one.alone(number), everything)
                at = lists.last
                bounds = table.bounds[lists.first : at + 1]
                layer = self.turns.new_layers(at - lists.first)
                self.turns.word_rows += self.places.rows(column, lists.words, bounds, layer)
                self.times.heard(one, *lists.words, bounds[0])
        for number in range(at, len(table.paths) if table else 1):
            self._copy(one.alone(number), everything)

    def _segment_of(self, path: Path) -> Utterance | None:
        """The segment that a list stands in, if it is in no other too."""
        for length in range(len(path), 0, -1):
            if segments := self.said.get(path[:length]):
                return segments[0] if len(segments) == 1 else None
        return None

    def _copy(self, one: StringList, everything: list[Utterance]) -> None:
        row = self.rows.get(id(one.table))
        if (row and row.suffix == one.suffix) or one.first in self.taken:
            return
        if row and one.table:
            self._copy_records(one.table, one.suffix, row)
            return
        above = (one.path[:length] for length in range(len(one.path), 0, -1))
        segments = next((self.said[path] for path in above if path in self.said), everything)
        if len(one.values) == 1:
            self._copy_whole(segments, one.items[0])
        if one.first not in self.taken and one.suffix and not self._copy_words(segments, one):
            for string in one.items:
                if near := self._all_within(one.item_of(string)):
                    self._copy_whole(near, string)
                    if one.of_words and len(near) == 1 and string.path not in self.taken:
                        self._copy_word(near[0], string)
            if one.table:
                self._leave(one.items)

    def _all_within(self, item: Path) -> list[Utterance] | None:
        """The segments in an item of any list, of words said one by one those too."""
        if self._within is None:
            self._within = {}
            for path, segments in self.said.items():
                for length in range(1, len(path) + 1):
                    if isinstance(path[length - 1], int):
                        self._within.setdefault(path[:length], []).extend(segments)
        return self._within.get(item)

    def _copy_words(self, segments: list[Utterance], one: StringList) -> bool:
        """Takes in words each of which stands in the segments right after the one before."""
        column = one.table.strings[one.suffix] if one.table else None
        if column and len(segments) == 1 and column.has_no_escapes:
            there = in_one(segments[0], column.values)
            if there is not None:
                row = self.places.row(column, there.starts, there.ends, self.turns.new_layer())
                self.turns.word_rows.append(row)
                self.times.heard(one, there.starts, there.ends)
                return True
        places = again(segments, one.values)
        if places is None:
            return False
        self._copy_at(places, one)
        lengths = (len(said.strip()) for said in one.values)
        self.times.heard(one, places, array("i", map(int.__add__, places, lengths)))
        return True

    def _copy_at(self, places: Sequence[int | None], one: StringList) -> None:
        """Takes in strings of a list that say again what stands there; -1: a blank one."""
        layer = self.turns.new_layer()
        others: Sequence[int] = range(len(places))
        if one.table:
            plain = self.places.plain_at(one.table.strings[one.suffix], places, layer)
            self.turns.word_rows += plain.rows
            others = plain.others
        for n in others:
            place = places[n]
            if place is None:
                continue
            string = one.string(n)
            self.taken.add(string.path)
            if string.said.strip():
                self.turns.copy(place, self.places.stripped(string), layer)

    def _copy_records(self, table: RecordTable, suffix: Path, row: SaidRow) -> None:
        """Takes in what the records of a table say in another column too."""
        numbers = {item: n for n, item in enumerate(row.column.items)}
        one = StringList(path=table.path, suffix=suffix, table=table)
        places: list[int | None] = []
        for item, said in zip(table.strings[suffix].items, one.values, strict=True):
            n = numbers.get(item, -1)
            if n < 0 or row.starts[n] < 0:
                places.append(None if said.strip() else -1)
            else:
                places.append(within(Utterance(row.starts[n], row.column.values[n]), said))
        self._copy_at(places, one)
        self._leave([one.string(n) for n, place in enumerate(places) if place is None])

    def _copy_whole(self, segments: list[Utterance], whole: String) -> None:
        """Takes in one string that says all the segments, with blanks between."""
        stretches = at_once(segments, whole.said)
        if stretches is None and self.rows:
            segments = [word for row in self.rows.values() for word in row.words()]
            stretches = at_once(segments, whole.said)
        if stretches is None:
            return
        layer = self.turns.new_layer()
        parts = self.places.parts(whole, stretches)
        for segment, words in zip(segments, parts, strict=True):
            blanks = len(segment.words) - len(segment.words.lstrip())
            self.turns.copy(segment.start + blanks, words, layer)
        self.taken.add(whole.path)

    def _copy_word(self, segment: Utterance, string: String) -> None:
        """Takes in a word that stands in a segment, in capitals or not."""
        if (place := within(segment, string.said)) is not None:
            self.turns.copy(place, self.places.stripped(string), self.turns.new_layer())
            self.taken.add(string.path)

    def _leave(self, strings: Iterable[String]) -> None:
        """Words of a table that are read after the turns, in a line."""
        left = [one for one in strings if one.path not in self.taken]
        line = -1 - len(self.in_lists)
        self.in_lists.update((one.path, line) for one in left)
        self.strings += left

    def copy_speakers(self) -> None:
        """A speaker's name again: with each word, beside each segment."""
        by_name = {speaker.words: speaker for speaker in reversed(self.spoken_by.values())}
        named = [] if self.is_of_tables else [one for one in self.columns if one.names_speakers]
        for one in self.columns:
            if one not in named:
                self.strings += one.strings()
        for string in self.strings:
            if string.path and names_somebody(string.path):
                self._copy_name(string, by_name)
        for one in named:
            self._copy_names(one, by_name)

    def _copy_name(self, one: String, by_name: Mapping[str, Utterance]) -> None:
        speaker = self._speaks_near(one.path[:-1]) or by_name.get(one.said)
        if speaker and speaker.words == one.said and one.path not in self.taken:
            self.turns.copy(speaker.start, self.places.words(one), self.turns.new_layer())
            self.taken.add(one.path)

    def _speaks_near(self, path: Path) -> Utterance | None:
        """Who says what stands here, or what this is in."""
        above = (self.spoken_by.get(path[:length]) for length in range(len(path), 0, -1))
        return next(filter(None, above), None)

    def _copy_names(self, one: ColumnAside, by_name: Mapping[str, Utterance]) -> None:
        """The same of a column: a name that stands there several times running is one row."""
        table, column = one.table, one.table.strings[one.suffix]
        for path, (first, last) in zip(table.paths, pairwise(table.bounds), strict=True):
            if one.is_structure(first, last):
                continue
            near, at = self._speaks_near(path), first
            for name, run in groupby(column.values[first:last]):
                end = at + sum(1 for _ in run)
                speaker, part = near or by_name.get(name), column.part(at, end)
                if speaker and speaker.words == name and part.has_no_escapes:
                    layer = self.turns.new_layers(end - at)
                    self.turns.word_rows.append(self.places.name_row(part, speaker, layer))
                else:
                    for number in range(at, end):
                        self.strings.append(table.string(one.suffix, number))
                        self._copy_name(self.strings[-1], by_name)
                at = end
