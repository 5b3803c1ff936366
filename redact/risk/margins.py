"""Who is alone here would be alone outside too: with counts of the population that are published.

The steward gives margins: of a column of the data list, how many people outside have each value,
and who published it. How many people share all of a row is estimated as if the columns had nothing
to do with each other, and is taken to be Poisson: so a row that is alone among n of N is alone
among all with exp(-(1 - n/N) F), F being the expected number (Bethlehem, Keller and Pannekoek,
Journal of the American Statistical Association 85, 1990; Skinner and Shlomo, ibid. 103, 2008). The
individual risk of a class is Benedetti and Franconi's (1998), as sdcMicro and mu-Argus have it.
"""

from __future__ import annotations

import csv
import io
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from redact.errors import BadInput
from redact.formats.text import read_text
from redact.risk.uniqueness import QuasiTable

_HEADS = ("column", "value", "people")
_TERMS = 200_000  # of a series that converges; more are never needed for a sample of a population


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """How many people outside have this value in a column of the data list, and who says so."""

    column: str
    value: str
    people: int
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideEstimate:
    """How many people outside are expected to share a row, and how likely it is that nobody does.

    `found` is the chance that whoever finds the row among those outside takes the right person.
    `by` are the columns that margins were given for.
    """

    name: str
    expected: float
    alone: float
    found: float
    by: tuple[str, ...]


def read_margins(path: Path) -> tuple[Margin, ...]:
    """A CSV with the columns column, value, people and, if you like, source.

    Raises BadInput, with the line, where a column is missing or people is no whole number above 0.
    """
    rows = csv.DictReader(io.StringIO(read_text(path).text, newline=""))
    heads = [(head or "").strip().casefold() for head in rows.fieldnames or ()]
    if not set(_HEADS) <= set(heads):
        raise BadInput(
            "this table of margins has not the columns column, value and people",
            where=str(path),
            remedy="Give a line a value: nation,Scotland,5400,a census.",
        )
    margins = []
    for row in rows:
        cells = {
            head: (cell or "").strip()
            for head, cell in zip(heads, row.values(), strict=False)
            if isinstance(cell, str | None)
        }
        said = cells["people"].replace(",", "")
        if not (said.isascii() and said.isdigit() and int(said)):
            raise BadInput(
                "how many people there are is no whole number above 0",
                where=f"{path}, line {rows.line_num}",
                remedy="Write it in figures: 5400.",
            )
        margins.append(
            Margin(
                column=cells["column"],
                value=cells["value"],
                people=int(said),
                source=cells.get("source", ""),
            )
        )
    return tuple(margins)


def alone_outside(
    quasi: QuasiTable, margins: Iterable[Margin], population: int = 0
) -> tuple[OutsideEstimate, ...]:
    """Of each row that is alone in the table, the most exposed first.

    `population` is how many might have been interviewed; without it the largest sum of a column's
    margins is taken. A column without margins counts as if the whole population shared the cell;
    a value that its column's margins do not name counts as nobody's but the row's own.
    """
    known: dict[str, dict[str, int]] = defaultdict(dict)
    for one in margins:
        if one.column in quasi.columns:
            known[one.column][one.value] = one.people
    people = population or max((sum(values.values()) for values in known.values()), default=0)
    if not people or not quasi.rows:
        return ()
    size = Counter(quasi.rows)
    sampled = min(1.0, len(quasi.rows) / people)
    found = []
    for name, row in zip(quasi.names, quasi.rows, strict=True):
        if size[row] > 1:
            continue
        expected = float(people)
        for column, cell in zip(quasi.columns, row, strict=True):
            if column in known:
                expected *= known[column].get(cell, 0) / sum(known[column].values())
        found.append(
            OutsideEstimate(
                name=name,
                expected=expected,
                alone=math.exp(-(1 - sampled) * expected),
                found=individual_risk(1, max(1.0, expected)),
                by=tuple(column for column in quasi.columns if column in known),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.alone, one.name)))


def individual_risk(sample: int, population: float) -> float:
    """The chance to find one of a class of so many in the sample, and so many expected outside.

    E(1/F) where F given f is negative binomial: p^f/f 2F1(f, f; f+1; 1-p) with p = f/F. Raises
    ValueError unless both are above 0; 1/f where the class is all in the sample.
    """
    if sample < 1 or population <= 0:
        raise ValueError("a class has somebody, here and outside")
    p = min(1.0, sample / population)
    total, term = 0.0, 1.0
    for n in range(_TERMS):
        total += term
        term *= (sample + n) * (sample + n) * (1 - p) / ((sample + 1 + n) * (n + 1))
        if term < 1e-12 * total:
            break
    return math.exp(sample * math.log(p)) / sample * total


def sources_of(margins: Iterable[Margin]) -> Mapping[str, str]:
    """By column who published its margins, as the steward says."""
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for one in margins:
        named[one.column].setdefault(one.source or "a source that is not named")
    return {column: "; ".join(sources) for column, sources in named.items()}
