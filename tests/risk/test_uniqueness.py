"""Risk figures of tables: published examples, another implementation, and what must always hold."""

from __future__ import annotations

import json
import random
import subprocess
from collections import Counter
from fractions import Fraction
from itertools import chain, combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.uniqueness import (
    ALL,
    QuasiTable,
    below,
    by_column,
    causes,
    effects,
    k_anonymity,
    l_diversity,
    ladder,
    population_unique,
    suggest,
    uniques,
)
from tests.proofs import ANONYMITY, PYCANON, needs


def table(columns: str, text: str) -> QuasiTable:
    rows = tuple(tuple(line.split()) for line in text.strip().split("\n"))
    return QuasiTable(tuple(columns.split()), rows, tuple(f"r{n}" for n in range(len(rows))))


# Sweeney 2002, figure 2: "Example of k-anonymity, where k=2 and QI={Race, Birth, Gender, ZIP}".
SWEENEY = table(
    "race birth gender zip problem",
    """
black 1965 m 0214* short_breath
black 1965 m 0214* chest_pain
black 1965 f 0213* hypertension
black 1965 f 0213* hypertension
black 1964 f 0213* obesity
black 1964 f 0213* chest_pain
white 1964 m 0213* chest_pain
white 1964 m 0213* obesity
white 1964 m 0213* short_breath
white 1967 m 0213* chest_pain
white 1967 m 0213* chest_pain
""",
)
# Machanavajjhala et al. 2007, figure 2: "4-anonymous inpatient microdata", attacked in the paper.
FOUR_ANONYMOUS = table(
    "zip age nationality condition",
    """
130** <30 * heart
130** <30 * heart
130** <30 * viral
130** <30 * viral
1485* >=40 * cancer
1485* >=40 * heart
1485* >=40 * viral
1485* >=40 * viral
130** 3* * cancer
130** 3* * cancer
130** 3* * cancer
130** 3* * cancer
""",
)
# The same, figure 3: "3-diverse inpatient microdata".
THREE_DIVERSE = table(
    "zip age nationality condition",
    """
1305* <=40 * heart
1305* <=40 * viral
1305* <=40 * cancer
1305* <=40 * cancer
1485* >40 * cancer
1485* >40 * heart
1485* >40 * viral
1485* >40 * viral
1306* <=40 * heart
1306* <=40 * viral
1306* <=40 * cancer
1306* <=40 * cancer
""",
)
# Li, Li and Venkatasubramanian 2007, table 4: "a 3-diverse version" (t-closeness, ICDE 2007).
SALARY = table(
    "zip age disease",
    """
476** 2* gastric_ulcer
476** 2* gastritis
476** 2* stomach_cancer
4790* >=40 gastritis
4790* >=40 flu
4790* >=40 bronchitis
476** 3* bronchitis
476** 3* pneumonia
476** 3* stomach_cancer
""",
)


@pytest.mark.parametrize(
    ("published", "k", "diversity"),
    [(SWEENEY, 2, 1), (FOUR_ANONYMOUS, 4, 1), (THREE_DIVERSE, 4, 3), (SALARY, 3, 3)],
    ids=["Sweeney 2002", "Machanavajjhala 2007, figure 2", "the same, figure 3", "Li 2007"],
)
def test_published_tables_have_the_published_k_and_l(
    published: QuasiTable, k: int, diversity: int
) -> None:
    quasi = published.only(published.columns[:-1])
    assert k_anonymity(quasi) == k
    assert l_diversity(quasi, published.column(published.columns[-1])) == diversity


def random_tables() -> list[QuasiTable]:
    drawn = random.Random(20261126)  # noqa: S311 no secret
    made = []
    for _ in range(60):
        columns, rows = drawn.randint(1, 5), drawn.randint(1, 40)
        cells = [
            [drawn.choice("abc"[: drawn.randint(1, 3)]) for _ in range(columns + 1)]
            for _ in range(rows)
        ]
        names = tuple(f"c{n}" for n in range(columns + 1))
        made.append(QuasiTable(names, tuple(map(tuple, cells)), tuple(map(str, range(rows)))))
    return made


ORACLE = """
import json, sys, pandas
from pycanon import anonymity
answers = []
for columns, rows in json.load(sys.stdin):
    data = pandas.DataFrame(rows, columns=columns)
    quasi, last = columns[:-1], columns[-1:]
    answers.append([anonymity.k_anonymity(data, quasi), anonymity.l_diversity(data, quasi, last)])
json.dump([[int(k), int(l)] for k, l in answers], sys.stdout)
"""


@pytest.mark.oracle
@needs(ANONYMITY)
def test_pycanon_finds_the_same_k_and_l() -> None:
    """pycanon 1.3.6 by hand of others, in an environment of its own: it needs older libraries."""
    tables = [SWEENEY, FOUR_ANONYMOUS, THREE_DIVERSE, SALARY, *random_tables()]
    asked = json.dumps([[t.columns, t.rows] for t in tables])
    done = subprocess.run(
        [PYCANON, "-c", ORACLE], input=asked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    ours = []
    for one in tables:
        quasi = one.only(one.columns[:-1])
        ours.append([k_anonymity(quasi), l_diversity(quasi, one.column(one.columns[-1]))])
    assert json.loads(done.stdout) == ours


TABLES = (
    st.integers(1, 4)
    .flatmap(
        lambda width: st.lists(
            st.tuples(*[st.sampled_from("abc")] * width), min_size=1, max_size=12
        )
    )
    .map(
        lambda rows: QuasiTable(
            tuple(f"c{n}" for n in range(len(rows[0]))),
            tuple(rows),
            tuple(map(str, range(len(rows)))),
        )
    )
)


@given(TABLES, st.integers(1, 4))
def test_rows_below_k_are_those_of_small_classes(quasi: QuasiTable, k: int) -> None:
    size = Counter(quasi.rows)
    assert len(below(quasi, k)) == sum(n for n in size.values() if n < k)
    assert (below(quasi, k) == ()) == (k_anonymity(quasi) >= k)
    assert set(uniques(quasi)) == {c.name for c in causes(quasi)}


@given(TABLES)
def test_minimal_unique_sets_are_unique_and_minimal(quasi: QuasiTable) -> None:
    at = {name: n for n, name in enumerate(quasi.names)}
    for cause in causes(quasi):
        for columns in cause.sets:
            cells = quasi.only(columns).rows
            assert cells.count(cells[at[cause.name]]) == 1
            for fewer in combinations(columns, len(columns) - 1):
                less = quasi.only(fewer).rows
                assert not fewer or less.count(less[at[cause.name]]) > 1


@given(TABLES, st.integers(1, 4))
def test_what_is_suggested_reaches_k_with_the_fewest_columns(quasi: QuasiTable, k: int) -> None:
    steps = ladder(quasi, {"c0": [{"a": "ab", "b": "ab"}]})
    found = suggest(quasi, steps, k)
    sets = chain.from_iterable(
        combinations(quasi.columns, n) for n in range(len(quasi.columns) + 1)
    )
    least = next(
        (
            len(left_out)
            for left_out in sets
            if k_anonymity(quasi.only([c for c in quasi.columns if c not in left_out])) >= k
        ),
        None,
    )
    if found is None:
        assert len(quasi.rows) < k
        return
    after = quasi
    for step in found.steps:
        after = step.applied(after)
    assert k_anonymity(after) == found.k >= k
    assert found.below == 0
    assert least is None or len(found.steps) <= least
    assert 0 <= found.lost <= 1


def test_a_group_is_preferred_to_leaving_a_column_out() -> None:
    quasi = table("nation role", "S nurse\nS lead\nS nurse\nS lead\nU cook\nU lead\n")
    groups = {"role": [{"lead": "staff", "cook": "staff"}, {"nurse": "care", "lead": "care"}]}
    kept = frozenset({"nation"})
    found = suggest(quasi, ladder(quasi, groups, kept), 2)
    assert found is not None
    assert [step.what for step in found.steps] == ["group role, level 1"]
    assert found.k == 2
    without = suggest(quasi, ladder(quasi, {}, kept), 2)
    assert without is not None
    assert [step.what for step in without.steps] == ["leave out role"]
    assert without.lost > found.lost
    first, second, third = effects(quasi, ladder(quasi, groups, kept), 2)
    assert (first.below, second.below, third.below) == (0, 0, 2)
    assert ladder(quasi, {})[0].to == {"S": ALL, "U": ALL}
    assert suggest(quasi, (), 2) is None


def test_the_column_that_singles_out_most_is_named_first() -> None:
    quasi = table("nation role", "S nurse\nS lead\nU nurse\nU cook\nU cook\n")
    assert by_column(causes(quasi)) == {"role": 3, "nation": 2}


@given(TABLES, st.integers(1, 500))
def test_the_share_of_population_uniques_is_a_share(quasi: QuasiTable, more: int) -> None:
    share = population_unique(quasi, len(quasi.rows) + more)
    assert 0 <= share <= 1
    assert (share == 0) == (uniques(quasi) == ())
    assert population_unique(quasi, len(quasi.rows)) in (0.0, 1.0)


def test_zayatz_by_hand() -> None:
    """Four classes of sizes 1, 1, 2, 3 in a sample of 7 from 21, by fractions."""
    quasi = table("c", "a\nb\nc\nc\nd\nd\nd\n")

    def shows_one(size: int) -> Fraction:
        return Fraction(size * comb(21 - size, 6), comb(21, 7))

    whole = shows_one(1) * 2 + shows_one(2) + shows_one(3)
    assert population_unique(quasi, 21) == pytest.approx(float(shows_one(1) * 2 / whole))
