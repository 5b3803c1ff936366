"""What a recogniser's JSON says beside the talk: words are read after it, codes and paths go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from redact.core import Span
from redact.formats.collect import has_words
from redact.formats.json_fields import IDS, is_structure, is_unreadable
from redact.formats.json_numbers import CODES, numbers_left_out
from redact.formats.json_places import StringPlaces
from redact.formats.json_strings import LEAST
from redact.formats.json_values import Path, String, Values, field_of, shape_of
from redact.formats.turns import Turns

_PATH_ENDINGS = tuple("path file filename audio media url uri user author owner email host".split())
_KEY = re.compile(r"[0-9a-z]{5,7}")  # of a block of Draft.js, drawn by chance
_END_OF_OURS = re.compile(r"\d\]")  # of "[Person 5]", which fills the strings of two words


def stays(name: str, said: str) -> bool:
    """Whether what a field of this name says is structure, or nothing."""
    return not said.strip() or is_structure(name, said)


class Others:
    """Strings, names of fields and numbers that are no talk."""

    def __init__(
        self, values: Values, turns: Turns, places: StringPlaces, *, drops_paths: bool
    ) -> None:
        self._values, self._turns, self._places = values, turns, places
        self._drops_paths = drops_paths
        self._made: dict[str, int] = {}  # numbers instead of what nobody can read

    def say(self, strings: Iterable[String], in_lists: Mapping[Path, int]) -> None:
        """Strings that no talk has: paths go, those of a list of words are a line.

        `in_lists` has the number of its list for each word of one.
        """

        def line_of(one: String) -> Path | int:
            number = in_lists.get(one.path)
            return one.path if number is None else number

        left = [one for one in strings if self._is_left(one)]
        begins: dict[Path | int, int] = {}  # of each line
        for one in left:
            begins[line_of(one)] = min(one.start, begins.get(line_of(one), one.start))
        left.sort(key=lambda one: (begins[line_of(one)], one.start))
        for _, group in groupby(left, key=line_of):
            words = list(group)
            self._turns.aside(self._places.words(words[0], can_go=len(words) > 1))
            for one in words[1:]:
                self._turns.more(self._places.words(one, can_go=True), joined=False)

    def say_names(self, names: Iterable[String]) -> None:
        """Names of fields that are not known; one that many like records have is said once."""
        places: dict[tuple[str, Path], list[String]] = {}
        for key in names:
            places.setdefault((key.said, shape_of(key.path)), []).append(key)
        for table in self._values.tables:
            for suffix in table.names:
                keys = list(table.names_of(suffix))
                places.setdefault((keys[0].said, shape_of(keys[0].path)), []).extend(keys)
        for (said, _), keys in places.items():
            if is_unreadable(said):
                for key in keys:
                    self._cut(key.place, CODES, self._instead("field-", said))
            elif has_words(said):
                self._say_name(keys)

    def _say_name(self, keys: Sequence[String]) -> None:
        for n, key in enumerate(keys):
            if n == 0 or len(keys) < LEAST:
                self._turns.aside(self._places.words(key))
                start = self._turns.length - len(key.said)
            else:
                self._turns.copy(start, self._places.words(key), self._turns.new_layer())

    def _is_left(self, one: String) -> bool:
        """Whether a string is read as words; what is none and no structure goes."""
        name = field_of(one.path)
        if stays(name, one.said):
            return False
        if name.lower().endswith(_PATH_ENDINGS) and self._drops_paths:
            self._cut(one.place, "paths and authors")
        elif is_unreadable(one.said) or (name == "key" and _KEY.fullmatch(one.said)):
            self._cut(one.place, CODES, self._instead("id-", one.said) if name in IDS else "")
        else:
            return has_words(one.said) or _END_OF_OURS.search(one.said) is not None
        return False

    def leave_out_numbers(self) -> None:
        """Cuts numbers that are no times, counts or shares."""
        for one in numbers_left_out(self._values, self._places.text, self._instead):
            self._cut(one.place, one.kind, one.instead)

    def _instead(self, before: str, said: str) -> str:
        """Another number for each thing that goes, the same for the same."""
        return f"{before}{self._made.setdefault(said, len(self._made) + 1)}"

    def _cut(self, place: Span, kind: str, instead: str = "") -> None:
        at, to = self._places.bytes_at(place.start), self._places.bytes_at(place.end)
        self._turns.cut(at, to, kind, instead.encode(self._places.encoding))
