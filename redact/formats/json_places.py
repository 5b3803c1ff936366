"""Where the strings of a JSON file stand in its bytes, as words and as rows of words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

from redact.core import Span
from redact.formats.codec import Codec
from redact.formats.collect import Words
from redact.formats.json_strings import RecordColumn, String, characters_of
from redact.formats.slots import WordRow
from redact.formats.text import ByteOffsets, DecodedText

_LONGEST_ROW = 64  # words
WordPlace = tuple[int, int, int]  # where a word begins in the text, where in the file; its length


class StringPlaces:
    """Strings as stretches of a file."""

    def __init__(self, decoded: DecodedText) -> None:
        self.text, self.encoding = decoded.text, decoded.encoding
        self.bytes_at = ByteOffsets(decoded)
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
        if self._is_plain or not characters:
            return characters
        first = self.bytes_at(characters[0])
        if self.text[characters[0] : characters[-1]].isascii():
            by = first - characters[0]
            return array("I", [at + by for at in characters]) if by else characters
        return array("I", map(self.bytes_at, characters))

    def row(
        self, column: RecordColumn, starts: array[int], ends: array[int], layer: int
    ) -> WordRow:
        """All of a column without escapes, as words that stand there in the text."""
        at, to = self.number_bytes(column.starts), self.number_bytes(column.ends)
        return WordRow(starts=starts, ends=ends, at=at, to=to, layer=layer)

    def rows_of(self, places: Sequence[WordPlace], layer: int) -> Iterator[WordRow]:
        """Rows of words, which are short, so that they are soon found."""
        for first in range(0, len(places), _LONGEST_ROW):
            yield self._row(places[first : first + _LONGEST_ROW], layer)

    def _row(self, places: Iterable[WordPlace], layer: int) -> WordRow:
        starts, begins, lengths = (array("I", some) for some in zip(*places, strict=True))
        ends = array("I", map(int.__add__, starts, lengths))
        closes = array("I", map(int.__add__, begins, lengths))
        at, to = self.number_bytes(begins), self.number_bytes(closes)
        return WordRow(starts=starts, ends=ends, at=at, to=to, layer=layer)

    def _codec(self, one: String) -> Codec:
        return "json-ascii" if self.text.find("\\u", one.start, one.end) >= 0 else "json"


def _blanks_before(words: str) -> int:
    return len(words) - len(words.lstrip())
