"""Which values to say together, so that k is reached and least is lost: the lattice of a table.

Each column may have its values put together in every way that keeps their order, where they have
one (numbers, years, bands of ages), or in every way at all, where they are few. Full-domain
generalisation after Samarati (IEEE TKDE 13, 2001) and LeFevre, DeWitt and Ramakrishnan (Incognito,
SIGMOD 2005), over partitions of the values instead of a given hierarchy. What is found is the best
of all, unless there are more ways than are tried: then that is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from redact.risk.uniqueness import (
    ALL,
    Effect,
    QuasiTable,
    Step,
    effect_of,
    pairs_apart,
)

MOST_VALUES = 7  # of a column without an order: 877 ways to put them together
MOST_IN_ORDER = 12  # of one with an order: 2,048 ways
MOST_TRIED = 50_000  # about two seconds for 200 interviews
_LEADING = re.compile(r"\D*(\d+)")
_BAND = re.compile(r"(?:aged?|under|over|about|c\.?)?\s*\d+\s*(?:[-–+]|to|and over)?\s*\d*\Z", re.I)


@dataclass(frozen=True, slots=True)
class ValueSearch:
    """The best way there is, or None where none reaches k; how many were tried, and whether all."""

    best: Effect | None
    tried: int
    is_exhaustive: bool


@dataclass(frozen=True, slots=True)
class _Choice:
    """A way to say one column: what is lost of it, the group of each row, and the step."""

    lost: float
    group: tuple[int, ...]
    step: Step | None


def best_by_values(quasi: QuasiTable, k: int, kept: frozenset[str] = frozenset()) -> ValueSearch:
    """The way that reaches k and loses least of the pairs that the columns tell apart.

    Columns that are `kept` stay as they are.
    """
    telling = [c for c in quasi.columns if len(set(quasi.column(c))) > 1]
    telling.sort(key=lambda c: (c not in kept, len(set(quasi.column(c)))))
    choices, whole = [], True
    for column in telling:
        ways, is_all = _ways(quasi.column(column), column in kept)
        whole = whole and is_all
        choices.append(sorted(_choices(quasi, column, ways), key=lambda one: one.lost))
    search = _Descent(choices, k, len(quasi.rows))
    search.go(0, [0] * len(quasi.rows), 0.0, [])
    whole = whole and search.tried <= MOST_TRIED
    if search.best is None:
        return ValueSearch(None, search.tried, whole)
    steps = tuple(choice.step for choice in search.best if choice.step is not None)
    effect = effect_of(quasi, steps, k)
    return ValueSearch(effect, search.tried, whole or not effect.steps)  # nothing loses less


class _Descent:
    """Depth first over the columns; a branch that cannot reach k, or loses more, is left."""

    def __init__(self, choices: list[list[_Choice]], k: int, rows: int) -> None:
        self._choices, self._k, self._rows = choices, k, rows
        self.best: list[_Choice] | None = None
        self._least = float("inf")
        self.tried = 0

    def go(self, at: int, keys: list[int], lost: float, chosen: list[_Choice]) -> None:
        if not self._rows or min(Counter(keys).values()) < self._k:
            return  # what is still to be chosen can only divide further
        if at == len(self._choices):
            if lost < self._least:
                self.best, self._least = chosen, lost
            return
        for choice in self._choices[at]:
            if lost + choice.lost >= self._least:
                return
            self.tried += 1
            if self.tried > MOST_TRIED:
                return
            deeper = [key * 4096 + group for key, group in zip(keys, choice.group, strict=True)]
            self.go(at + 1, deeper, lost + choice.lost, [*chosen, choice])


def _choices(quasi: QuasiTable, column: str, ways: list[list[list[str]]]) -> Iterator[_Choice]:
    cells = quasi.column(column)
    apart = pairs_apart(cells)
    for way in ways:
        number = {value: n for n, group in enumerate(way) for value in group}
        group = tuple(number[cell] for cell in cells)
        lost = 1 - pairs_apart([str(n) for n in group]) / apart
        yield _Choice(lost, group, _step(column, way))


def _step(column: str, way: list[list[str]]) -> Step | None:
    together = [group for group in way if len(group) > 1]
    if not together:
        return None
    if len(way) == 1:
        return Step(column=column, to=dict.fromkeys(way[0], ALL), what=f"leave out {column}")
    to = {value: called(group) for group in way for value in group}
    told = "; ".join(called(group) for group in together)
    return Step(column=column, to=to, what=f"group {column}: {told}")


def called(group: Sequence[str]) -> str:
    """What values that are said together are called: the first to the last of numbers, else all."""
    if len(group) > 2 and all(_is_number(value) for value in group):
        return f"{group[0]} to {group[-1]}"
    return " or ".join(group)


def in_their_order(cells: Iterable[str]) -> tuple[str, ...]:
    """The values of a column from the least to the greatest; nothing where they have no order."""
    values = sorted(set(cells), key=_first_number)
    return tuple(values) if all(map(_is_number, values)) else ()


def _ways(cells: Sequence[str], is_kept: bool) -> tuple[list[list[list[str]]], bool]:
    """Every way to put a column's values together, and whether these are all."""
    counted = Counter(cells)
    values = sorted(counted)
    if is_kept:
        return [[[value] for value in values]], True
    if all(map(_is_number, values)):
        values.sort(key=_first_number)
        if len(values) <= MOST_IN_ORDER:
            return list(_in_order(values)), True
        return list(_rarest_first(values, counted)), False
    if len(values) <= MOST_VALUES:
        return list(_partitions(values)), True
    return list(_rarest_first(values, counted)), False


def _first_number(value: str) -> tuple[int, str]:
    found = _LEADING.match(value)
    return (int(found[1]) if found else 0, value)


def _is_number(value: str) -> bool:
    return bool(_BAND.match(value.strip()))


def _in_order(values: Sequence[str]) -> Iterator[list[list[str]]]:
    """Every way to cut a sequence into stretches."""
    for cuts in range(2 ** (len(values) - 1)):
        at = [0, *(n + 1 for n in range(len(values) - 1) if cuts >> n & 1), len(values)]
        yield [list(values[a:b]) for a, b in pairwise(at)]


def _partitions(values: Sequence[str]) -> Iterator[list[list[str]]]:
    """Every way to put values together, whatever their order."""
    if not values:
        yield []
        return
    first, *rest = values
    for way in _partitions(rest):
        yield [[first], *way]
        for n, group in enumerate(way):
            yield [*way[:n], [first, *group], *way[n + 1 :]]


def _rarest_first(values: Sequence[str], counted: Counter[str]) -> Iterator[list[list[str]]]:
    """Where there are too many ways: the rarest values said together, more and more of them."""
    rare = sorted(values, key=lambda value: (counted[value], value))
    for many in range(len(rare) + 1):
        if many != 1:
            together = sorted(rare[:many])
            yield [*([together] if together else []), *([value] for value in rare[many:])]
