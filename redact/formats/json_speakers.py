"""Who says something in the JSON of speech recognition: named beside it, or by a number or time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from redact.formats.json_lists import (
    NAMED_WORD,
    SPEAKER,
    SPEECH,
    WORD_LISTS,
    StringList,
    plain_name,
)
from redact.formats.json_times import BEGINS
from redact.formats.json_values import PLACE, Path, RecordTable, String, Values
from redact.formats.times import moment_of

# Names of fields, the likeliest first.
_KEYS = (*SPEAKER, "id")  # as Kaldi has it: {"speaker": {"@id": "S0"}}
NUMBERS = "speakerid speaker speakerindex speakertag channel".split()  # of a speaker in a table
# Where below an item a speaker's name may stand.
_NAMED_IN: tuple[Path, ...] = ((), ("speaker",), ("user",), ("users", 0))


class Voice(NamedTuple):
    """Who speaks: by a name in the file, or by a number that only tells voices apart."""

    name: String | None
    number: int | str | None = None

    def is_as(self, other: Voice) -> bool:
        """Whether the same one speaks, as far as a file tells."""
        if self.name is None or other.name is None:
            return self.name is other.name and self.number == other.number
        return self.name is other.name or self.name.said == other.name.said


NOBODY = Voice(None)


class Speakers:
    """The strings that name speakers, by where they stand, by number, and by time."""

    def __init__(self, values: Values) -> None:
        self._whole: Any = values.whole
        self._named: dict[Path, dict[str, String]] = defaultdict(dict)
        for one in values.strings:
            if len(one.path) and not one.is_key and names_somebody(one.path):
                self._named[one.path[:-1]][plain_name(str(one.path[-1]))] = one
        self._numbered = self._table()
        self._timed = self._times()
        self._has_numbers = any(
            plain_name(one.field) in NUMBERS for one in values.numbers if one.path
        )
        if not (self._has_numbers or self._numbered or self._timed):
            self._whole = None  # nothing is looked up in it

    def of(self, item: String) -> String | None:
        """Who says this: named beside it, or in what it stands in."""
        if (named := self._near(item.path, item)) is not None:
            return named
        if self._numbered and (named := self._numbered.get(self._number(item.path))) is not None:
            return named
        return self._by_time(_seconds(self._beside(item.path))) if self._timed else None

    def of_list(self, one: StringList) -> Sequence[Voice]:
        """Who says each string of a list."""
        if one.table is None:
            return [self._voice(item) for item in one.items]
        table, column = one.table, one.table.strings[one.suffix]
        for depth in range(len(one.suffix) - 1, -1, -1):
            if (suffix := _speaker_in(table, one.suffix[:depth], one.suffix)) is not None:
                names = {item.path[len(table.path)]: item for item in table.column(suffix)}
                return [
                    Voice(name if (name := names.get(item)) and name.said.strip() else None)
                    for item in column.items
                ]
        numbers = self._numbers_in(table)
        if self._numbered and numbers:
            return [Voice(self._numbered.get(numbers.get(n))) for n in column.items]
        above = self._near((*table.path, 0, ""), None)
        if above is None and self._numbered:
            above = self._numbered.get(self._number((*table.path, 0, "")))
        if above is not None:
            return [Voice(above)] * len(column.items)
        if self._timed and (times := _times_in(table)):
            return [Voice(self._by_time(times.get(item))) for item in column.items]
        if numbers:
            return [Voice(None, numbers.get(item)) for item in column.items]
        return [self._voice_of((*table.path, 0, ""))] * len(column.items)

    def _voice(self, item: String) -> Voice:
        named = self.of(item)
        return Voice(named) if named is not None else self._voice_of(item.path)

    def _voice_of(self, path: Path) -> Voice:
        number = self._number(path) if self._has_numbers else None
        return Voice(None, number if isinstance(number, int) else None)

    def _near(self, path: Path, item: String | None) -> String | None:
        """Who is named beside something, or in what it stands in."""
        for depth in range(len(path) - 1, 0, -1):
            if isinstance(path[depth], int):
                continue  # a list has no name of its own
            above = path[:depth]
            for inner in _NAMED_IN:
                named = self._named.get((*above, *inner))
                if named is None:
                    continue
                for key in _KEYS:
                    one = named.get(key)
                    if one is None or one is item or not one.said.strip():
                        continue
                    if key == "name" and not inner and depth < len(path) - 1:
                        continue  # of a recording, a channel …
                    if key == "id" and inner != ("speaker",):
                        continue
                    return one
        return None

    def _number(self, path: Path) -> int | str | None:
        """The number that stands for who says something, in it or in what it stands in."""
        value, number = self._whole, None
        for part in path[:-1]:
            value = _at(value, part)
            if isinstance(value, dict):
                here = next((value[key] for key in value if plain_name(key) in NUMBERS), None)
                number = here if isinstance(here, int | str) else number
        return number

    def _numbers_in(self, table: RecordTable) -> dict[int, int | str]:
        """The same for the records of a table, by their numbers in the list."""
        for columns in (table.numbers, table.strings):
            for suffix, column in columns.items():
                if len(suffix) == 1 and plain_name(str(suffix[0])) in NUMBERS:
                    return dict(zip(column.items, column.values, strict=True))
        return {}

    def _table(self) -> dict[int | str | None, String]:
        """The names in a list of speakers, by their numbers."""
        numbered: dict[int | str | None, String] = {}
        for path, named in self._named.items():
            if len(path) > 1 and path[-2] == "speakers":
                value = self._beside((*path, "")) or {}
                number = next(
                    (value[key] for key in value if plain_name(key) in ("id", *NUMBERS)), None
                )
                name = next((named[key] for key in _KEYS if key in named and key != "id"), None)
                if name is not None and name.said.strip() and isinstance(number, int | str):
                    numbered[number] = name
        return numbered

    def _times(self) -> _SpeakingTimes | None:
        """The names in a list of who speaks, by the times from which they do.

        Of several lists the longest counts.
        """
        lists: dict[Path, list[_From]] = defaultdict(list)
        for path, named in self._named.items():
            inner = 2 if path[-1:] == ("speaker",) else 1
            name = next((named[key] for key in _KEYS if key in named), None)
            if len(path) < inner + 1 or not isinstance(path[-inner], int) or name is None:
                continue
            record = self._beside((*path[: len(path) - inner + 1], ""))
            begins = None if _says(record) else _seconds(record)
            if begins is not None and name.said.strip():
                lists[path[:-inner]].append(_From(begins, name))
        longest = max(lists.values(), key=len, default=[])
        if len({id(one.name) for one in longest}) < 2:
            return None
        longest.sort(key=lambda one: one.begins)
        return _SpeakingTimes([one.begins for one in longest], [one.name for one in longest])

    def _by_time(self, time: float | None) -> String | None:
        """Who spoke when this was said."""
        if time is None or self._timed is None:
            return None
        number = bisect_right(self._timed.begins, time) - 1
        return self._timed.names[number] if number >= 0 else None

    def _beside(self, path: Path) -> Any:
        """What something is a field of."""
        value = self._whole
        for part in path[:-1]:
            value = _at(value, part)
        return value


@dataclass(frozen=True, slots=True)
class _From:
    """Who speaks, and from which second."""

    begins: float
    name: String


@dataclass(frozen=True, slots=True)
class _SpeakingTimes:
    """From when on who speaks, in order."""

    begins: list[float]
    names: list[String]


def names_somebody(path: Path) -> bool:
    """Whether a string that stands there is the name of who speaks."""
    name = plain_name(str(path[-1]))
    if name == "id":
        return path[-2:-1] == ("speaker",)
    is_word = path[-1] == NAMED_WORD and len(path) > 2 and path[-3] == WORD_LISTS[0]
    return name in _KEYS and not is_word


def _speaker_in(table: RecordTable, within: Path, said: Path) -> Path | None:
    """The column that names who says what another column has."""
    for key in _KEYS:
        for inner in _NAMED_IN:
            if key == "id" and inner != ("speaker",):
                continue
            for suffix in table.strings:
                if (
                    suffix[:-1] == (*within, *inner)
                    and plain_name(str(suffix[-1])) == key
                    and suffix != said
                    and names_somebody((*table.path, 0, *suffix))
                ):
                    return suffix
    return None


def _times_in(table: RecordTable) -> dict[int, float]:
    """When each record of a table begins, in seconds, by its number in the list."""
    for key in BEGINS:
        for columns in (table.numbers, table.strings):
            for suffix, column in columns.items():
                if len(suffix) == 1 and plain_name(str(suffix[0])) == key:
                    times = zip(column.items, map(moment_of, column.values), strict=True)
                    return {item: time.counted for item, time in times if time is not None}
    return {}


def _at(value: Any, part: str | int) -> Any:
    """What stands at one part of a path; None where an object counts its items as "01", "02"."""
    if isinstance(value, dict):
        return value.get(str(part))  # of {"0": {}, "1": {}} parts are numbers
    if isinstance(value, list):
        return value[int(str(part).removeprefix(PLACE))]
    return None


def _seconds(record: Any) -> float | None:
    """When a record begins, by its own count; None where it does not say."""
    if not isinstance(record, dict):
        return None
    named = {plain_name(key): value for key, value in record.items()}
    times = (moment_of(named[key]) for key in BEGINS if key in named)
    begins = next(times, None)
    return None if begins is None else begins.counted


def _says(record: Any) -> bool:
    """Whether what was said stands in a record itself."""
    return isinstance(record, dict) and any(plain_name(key) in SPEECH for key in record)
