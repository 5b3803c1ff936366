"""How far a table singles people out: k-anonymity, l-diversity, uniques, and what would help.

Rows are tuples of cells; a class is the rows that agree in every quasi-identifier. Sources:
Sweeney, "k-anonymity", IJUFKS 10(5), 2002; Machanavajjhala et al., "l-diversity", ACM TKDD 1(1),
2007 (here the distinct form); minimal unique sets after Elliot, Manning and Ford, "A computational
algorithm for handling the special uniques problem", IJUFKS 10(5), 2002; population uniques after
Zayatz, "Estimation of the number of unique population elements using a sample", US Census, 1991.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

Row = tuple[str, ...]
MOST_COLUMNS = 12  # quasi-identifiers for which every subset is looked at: 4,096 of them
ALL = "*"  # what a suppressed cell says


@dataclass(frozen=True, slots=True)
class QuasiTable:
    """A table by columns; `names` names each row for the reader (neutral names only)."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    names: tuple[str, ...]

    def only(self, columns: Sequence[str]) -> QuasiTable:
        """The table with these columns, in this order; KeyError for one that it has not."""
        at = [self._at(column) for column in columns]
        rows = tuple(tuple(row[n] for n in at) for row in self.rows)
        return QuasiTable(tuple(columns), rows, self.names)

    def column(self, name: str) -> tuple[str, ...]:
        at = self._at(name)
        return tuple(row[at] for row in self.rows)

    def _at(self, name: str) -> int:
        if name not in self.columns:
            raise KeyError(name)
        return self.columns.index(name)


def k_anonymity(quasi: QuasiTable) -> int:
    """How many rows the smallest class has; 0 for an empty table."""
    return min(Counter(quasi.rows).values(), default=0)


def l_diversity(quasi: QuasiTable, sensitive: Sequence[str]) -> int:
    """The fewest different values that a class has in the sensitive column; 0 for no rows."""
    values: dict[Row, set[str]] = defaultdict(set)
    for row, value in zip(quasi.rows, sensitive, strict=True):
        values[row].add(value)
    return min(map(len, values.values()), default=0)


def below(quasi: QuasiTable, k: int) -> tuple[str, ...]:
    """The names of the rows whose class has fewer than k rows."""
    size = Counter(quasi.rows)
    return tuple(n for n, row in zip(quasi.names, quasi.rows, strict=True) if size[row] < k)


def uniques(quasi: QuasiTable) -> tuple[str, ...]:
    """The names of the rows that nobody shares: sample uniques."""
    return below(quasi, 2)


@dataclass(frozen=True, slots=True)
class Cause:
    """The smallest sets of columns by which alone a row is unique."""

    name: str
    sets: tuple[tuple[str, ...], ...]


def causes(quasi: QuasiTable) -> tuple[Cause, ...]:
    """For every unique row its minimal unique sets, the smallest first.

    Every subset of the columns is looked at. Raises ValueError for more than MOST_COLUMNS.
    """
    if len(quasi.columns) > MOST_COLUMNS:
        raise ValueError(f"more than {MOST_COLUMNS} columns")
    alone_by: dict[int, list[frozenset[int]]] = defaultdict(list)
    for size in range(1, len(quasi.columns) + 1):
        for columns in combinations(range(len(quasi.columns)), size):
            cells = [tuple(row[c] for c in columns) for row in quasi.rows]
            count = Counter(cells)
            for number, cell in enumerate(cells):
                if count[cell] == 1 and not any(s <= set(columns) for s in alone_by[number]):
                    alone_by[number].append(frozenset(columns))
    return tuple(
        Cause(
            quasi.names[number],
            tuple(tuple(quasi.columns[c] for c in sorted(s)) for s in alone_by[number]),
        )
        for number in range(len(quasi.rows))
        if alone_by[number]
    )


def by_column(causes_given: Iterable[Cause]) -> dict[str, int]:
    """In how many rows a column is part of what makes them unique, the worst first."""
    counts: Counter[str] = Counter()
    for cause in causes_given:
        counts.update({column for columns in cause.sets for column in columns})
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def population_unique(quasi: QuasiTable, population: int) -> float:
    """The share of sample uniques that are estimated to be unique in the population too.

    Zayatz: that a class of i in the population shows one row in the sample is hypergeometric, and
    how many classes of i there are is taken from the sample. Too high where the sample is small.
    1.0 for a population that is no larger than the sample; 0.0 if nobody is unique.
    """
    sample = len(quasi.rows)
    sizes = Counter(Counter(quasi.rows).values())
    if not sizes[1]:
        return 0.0
    if population <= sample:
        return 1.0
    classes = sum(sizes.values())

    def shows_one(size: int) -> float:
        """One of a class of this size in the population, and no other, is in the sample."""
        if sample - 1 > population - size:
            return 0.0
        return (
            math.exp(_log_choose(population - size, sample - 1) - _log_choose(population, sample))
            * size
        )

    weight = {size: shows_one(size) * count / classes for size, count in sizes.items()}
    return weight[1] / sum(weight.values())


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A column said less exactly: its values mapped to coarser ones, or all to `*`.

    `level` is that of the policy's groups, 0 for none of them.
    """

    column: str
    to: Mapping[str, str]
    what: str
    level: int = 0

    def applied(self, quasi: QuasiTable) -> QuasiTable:
        at = quasi.columns.index(self.column)
        rows = tuple((*r[:at], self.to.get(r[at], ALL), *r[at + 1 :]) for r in quasi.rows)
        return QuasiTable(quasi.columns, rows, quasi.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What some steps would buy: k, rows still below it, and what they cost.

    `lost` is the share of pairs of rows that could be told apart by these columns and no longer can
    (discernibility of the columns that change), between 0 and 1.
    """

    steps: tuple[Step, ...]
    k: int
    below: int
    lost: float


def ladder(
    quasi: QuasiTable,
    coarser: Mapping[str, Sequence[Mapping[str, str]]],
    kept: frozenset[str] = frozenset(),
) -> tuple[Step, ...]:
    """Every step of every column: the coarser values that are named, then leaving it out.

    Columns that are `kept`, for the analysis needs them as they are, have none.
    """
    steps: list[Step] = []
    for column in quasi.columns:
        if column in kept:
            continue
        values = sorted(set(quasi.column(column)))
        for number, level in enumerate(coarser.get(column, ()), start=1):
            to = {value: level.get(value, value) for value in values}
            if len(set(to.values())) < len(values):
                steps.append(
                    Step(column=column, to=to, what=f"group {column}, level {number}", level=number)
                )
        if len(values) > 1:
            steps.append(
                Step(column=column, to=dict.fromkeys(values, ALL), what=f"leave out {column}")
            )
    return tuple(steps)


def effects(quasi: QuasiTable, steps: Iterable[Step], k: int) -> tuple[Effect, ...]:
    """What each step alone would buy, the best first."""
    each = [effect_of(quasi, (step,), k) for step in steps]
    return tuple(sorted(each, key=lambda e: (e.below, e.lost, e.steps[0].what)))


def suggest(quasi: QuasiTable, steps: Sequence[Step], k: int) -> Effect | None:
    """The smallest set of steps that reaches k: fewest columns, then least lost; None if none does.

    Every combination of one step a column is tried, those of fewer columns first, so it is exact.
    """
    by: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by[step.column].append(step)
    for size in range(len(by) + 1):
        reached = [
            effect
            for columns in combinations(by, size)
            if not below(_without(quasi, columns), k)  # else nothing in these columns is enough
            for chosen in product(*(by[column] for column in columns))
            if not (effect := effect_of(quasi, chosen, k)).below
        ]
        if reached:
            return min(reached, key=lambda e: (e.lost, [step.what for step in e.steps]))
    return None


def _without(quasi: QuasiTable, columns: Sequence[str]) -> QuasiTable:
    """The table with nothing said in these columns: what no step in them can do better than."""
    gone = {quasi.columns.index(column) for column in columns}
    rows = tuple(
        tuple(ALL if n in gone else cell for n, cell in enumerate(row)) for row in quasi.rows
    )
    return QuasiTable(quasi.columns, rows, quasi.names)


def effect_of(quasi: QuasiTable, steps: tuple[Step, ...], k: int) -> Effect:
    """What these steps together buy and cost."""
    after = quasi
    for step in steps:
        after = step.applied(after)
    return Effect(
        steps=steps, k=k_anonymity(after), below=len(below(after, k)), lost=_lost(quasi, after)
    )


def _lost(before: QuasiTable, after: QuasiTable) -> float:
    """The mean over the columns of the pairs that could be told apart and no longer can."""
    shares = []
    for column in before.columns:
        apart = pairs_apart(before.column(column))
        if apart:
            shares.append(1 - pairs_apart(after.column(column)) / apart)
    return sum(shares) / len(shares) if shares else 0.0


def pairs_apart(values: Sequence[str]) -> int:
    """How many pairs of rows a column tells apart."""
    count = len(values)
    return math.comb(count, 2) - sum(math.comb(n, 2) for n in Counter(values).values())
