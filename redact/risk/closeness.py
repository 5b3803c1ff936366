"""How far what is sensitive in a class tells more than the whole table does: t-closeness.

Li, Li and Venkatasubramanian, "t-Closeness: privacy beyond k-anonymity and l-diversity", ICDE 2007:
the earth mover's distance between the values of a class and those of all rows, at most t. Values
without an order are equally far from each other; ordered ones by how many lie between.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate

from redact.risk.uniqueness import QuasiTable, Row


def t_closeness(quasi: QuasiTable, sensitive: Sequence[str], order: Sequence[str] = ()) -> float:
    """The largest distance of a class from the whole, between 0 and 1; 0.0 for no rows.

    `order` are all values of the sensitive column from the least to the greatest, where they have
    an order. Raises ValueError for a value that it has not.
    """
    if order and not set(sensitive) <= set(order):
        raise ValueError("a value stands outside the order")
    classes: dict[Row, list[str]] = defaultdict(list)
    for row, value in zip(quasi.rows, sensitive, strict=True):
        classes[row].append(value)
    return max((_distance(one, sensitive, order) for one in classes.values()), default=0.0)


def _distance(some: Sequence[str], every: Sequence[str], order: Sequence[str]) -> float:
    values = list(order) or sorted(set(every))
    mine, whole = Counter(some), Counter(every)
    apart = [mine[value] / len(some) - whole[value] / len(every) for value in values]
    if not order:
        return sum(map(abs, apart)) / 2
    return sum(map(abs, accumulate(apart))) / max(1, len(values) - 1)
