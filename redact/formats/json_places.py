"""Where the strings of a JSON file stand in its bytes, as words and as rows of words."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from redact.core import Span
from redact.formats.codec import Codec
from redact.formats.collect import Words
from redact.formats.json_copies import Stretches
from redact.formats.json_strings import characters_of
from redact.formats.json_values import RecordColumn, String
from redact.formats.offsets import as_offsets
from redact.formats.slots import WordRow
from redact.formats.text import ByteOffsets, DecodedText
from redact.formats.turns import Utterance

_LONGEST_ROW = 64  # words
WordPlace = tuple[int, int, int]  # where a word begins in the text, where in the file; its length


class StringPlaces:
    """Strings as stretches of a file."""

    def __init__(self, decoded: DecodedText) -> None:
        self.text, self.encoding = decoded.text, decoded.encoding
        self.bytes_at = ByteOffsets(decoded)
        self._has_codes = "\\u" in decoded.text
        self._is_plain = decoded.text.isascii() and not decoded.bom and self.encoding == "utf-8"

    def words(self, one: String, can_go: bool = False) -> Words:
        """The words of a string; those that `can_go` leave nothing that is read."""
        at, to = self.bytes_at(one.start), self.bytes_at(one.end)
        gone = Span(at, to) if can_go else None
        return Words(text=one.said, at=at, to=to, codec=self._codec(one), gone=gone)

    def stripped(self, one: String) -> Words:
        """The words of a string without the blanks about them."""
        return self.parts(one, [Span(_blanks_before(one.said), len(one.said.rstrip()))])[0]

    def parts(self, one: String, stretches: Sequence[Span]) -> list[Words]:
        """Stretches of what a string says."""
        raw, codec = self.text[one.start : one.end], self._codec(one)
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

    def number_bytes(self, characters: array[int]) -> array[int]:
        """The bytes at which characters begin, which are in order."""
        return characters if self._is_plain else self.bytes_at.each(characters)

    def row(
        self, column: RecordColumn, starts: array[int], ends: array[int], layer: int
    ) -> WordRow:
        """All of a column without escapes, as words that stand there in the text."""
        at, to = self.number_bytes(column.starts), self.number_bytes(column.ends)
        return WordRow(starts=starts, ends=ends, at=at, to=to, layer=layer)

    def rows(
        self, column: RecordColumn, words: Stretches, bounds: Sequence[int], first_layer: int
    ) -> Iterator[WordRow]:
        """The same of several lists, each in a layer of its own; `bounds` are of the column."""
        begins, ends = bounds[0], bounds[-1]
        at = self.number_bytes(column.starts[begins:ends])
        to = self.number_bytes(column.ends[begins:ends])
        for layer, (first, last) in enumerate(pairwise(bounds), first_layer):
            low, high = first - begins, last - begins
            yield WordRow(
                starts=words.starts[low:high],
                ends=words.ends[low:high],
                at=at[low:high],
                to=to[low:high],
                layer=layer,
            )

    def name_row(self, column: RecordColumn, speaker: Utterance, first_layer: int) -> WordRow:
        """All of a column without escapes, as a name said once, each in a layer of its own."""
        times = len(column.values)
        return WordRow(
            starts=array("I", [speaker.start]) * times,
            ends=array("I", [speaker.start + len(speaker.words)]) * times,
            at=self.number_bytes(column.starts),
            to=self.number_bytes(column.ends),
            layer=first_layer,
            are_apart=True,
        )

    def rows_of(self, places: Sequence[WordPlace], layer: int) -> Iterator[WordRow]:
        """Rows of words, which are short, so that they are soon found."""
        if places:
            starts, begins, lengths = map(np.array, zip(*places, strict=True))
            yield from self._rows(starts, begins, lengths, layer)

    def plain_at(
        self, column: RecordColumn, places: Sequence[int | None], layer: int
    ) -> PlainWords:
        """Rows of the words of a column that stand in these places, without the blanks about them.

        Those with escapes, or in no place, are in no row.
        """
        stripped = [word.strip() for word in column.values]
        starts = np.array([-1 if place is None else place for place in places], np.int64)
        lengths, whole = _lengths(stripped), _lengths(column.values)
        begins = np.frombuffer(column.starts, np.uint32).astype(np.int64)
        is_plain = np.frombuffer(column.ends, np.uint32) - begins == whole
        for n in np.flatnonzero(lengths != whole).tolist():
            begins[n] += _blanks_before(column.values[n])
        there = is_plain & (lengths > 0) & (starts >= 0)
        rows = self._rows(starts[there], begins[there], lengths[there], layer)
        return PlainWords(list(rows), np.flatnonzero(~is_plain).tolist())

    def _rows(self, starts: Any, begins: Any, lengths: Any, layer: int) -> Iterator[WordRow]:
        of_text = as_offsets(starts), as_offsets(starts + lengths)
        of_file = map(self.number_bytes, (as_offsets(begins), as_offsets(begins + lengths)))
        columns = (*of_text, *of_file)
        for first in range(0, len(starts), _LONGEST_ROW):
            part = slice(first, first + _LONGEST_ROW)
            words, ends, at, to = (column[part] for column in columns)
            yield WordRow(starts=words, ends=ends, at=at, to=to, layer=layer)

    def _codec(self, one: String) -> Codec:
        is_ascii = self._has_codes and self.text.find("\\u", one.start, one.end) >= 0
        return "json-ascii" if is_ascii else "json"


class PlainWords(NamedTuple):
    """Rows of words, and the numbers of those that have escapes."""

    rows: list[WordRow]
    others: list[int]


def _lengths(words: Sequence[str]) -> Any:
    return np.fromiter(map(len, words), np.int64, len(words))


def _blanks_before(words: str) -> int:
    return len(words) - len(words.lstrip())
