"""Numbers in speech recognition's JSON that do not go out: all but times, counts and shares.

Ids of tokens are the whole talk again, in numbers; an embedding of a voice is somebody. Lists of
numbers go, and every number that its field does not have (json_fields.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from redact.core import Span
from redact.formats.json_fields import IDS, PAIRS, are_numbers, counts, is_number
from redact.formats.json_values import Number, Path, RecordTable, Values, field_of

CODES = "codes that nobody reads"
NUMBERS, LISTS = "numbers of unknown meaning", "lists of numbers"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Characters of the file that go, what the report calls them, and what stands there instead."""

    place: Span
    kind: str
    instead: str = field(default="", repr=False)


def numbers_left_out(
    values: Values, text: str, another: Callable[[str, str], str]
) -> Iterator[LeftOut]:
    """What goes, in no order.

    `another` gives a small number for a longer one that tells who speaks, behind a prefix.
    """
    gone = [
        Span(one.start, one.end)
        for one in values.lists
        if one.numbers > 2 or one.of_list or one.field not in PAIRS
    ]
    yield from (LeftOut(place, LISTS) for place in gone)
    loose = [*values.numbers, *_of_tables(values.tables)]
    numbers = list(_outside(sorted(loose, key=lambda one: one.start), gone))
    by_shape: dict[Path, list[str]] = defaultdict(list)
    for number in numbers:
        by_shape[number.shape].append(text[number.start : number.end])
    counted = {shape for shape, several in by_shape.items() if counts(_field(shape), several)}
    # Of few who speak: they become others, the same wherever they stand.
    of_somebody = {
        said
        for shape, several in by_shape.items()
        if shape not in counted and len(set(several)) <= max(2, len(several) // 4)
        for said in several
    }
    for number in numbers:
        said, place = text[number.start : number.end], Span(number.start, number.end)
        if number.field in IDS and said in of_somebody:
            yield LeftOut(place, NUMBERS, another("", said))
        elif not (number.shape in counted and is_number(number.field, said)):
            yield LeftOut(place, NUMBERS, "null")


def _field(shape: Path) -> str:
    """The innermost name of a shape."""
    return field_of(tuple(part for part in shape if part != "*"))


def _of_tables(tables: Iterable[RecordTable]) -> Iterator[Number]:
    """The numbers of tables, but for columns that hold times and shares only."""
    for table in tables:
        for suffix, column in table.numbers.items():
            if not are_numbers(field_of((*table.path, *suffix)), column):
                for one in table.apart():
                    yield from _doubtful(one, suffix)


def _doubtful(table: RecordTable, suffix: Path) -> Iterator[Number]:
    """The numbers of one column of a list, if it may hold others than times and shares."""
    if not are_numbers(field_of((*table.path, *suffix)), table.numbers[suffix]):
        yield from table.numbers_of(suffix)


def _outside(numbers: list[Number], gone: list[Span]) -> Iterator[Number]:
    """The numbers that are in none of these stretches."""
    at = 0
    gone = sorted(gone)
    for number in numbers:
        while at < len(gone) and gone[at].end <= number.start:
            at += 1
        if at == len(gone) or number.start < gone[at].start:
            yield number
