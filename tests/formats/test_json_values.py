"""Lists of like records are columns, and say just what their records say one by one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redact.formats.json_strings import read_values
from redact.formats.json_values import RecordTable, Values

LEAVES = (
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(0, 1) | st.text("aé\\\n", max_size=3)
)
LIKE = st.sampled_from((("word", "start"), ("word",), ("start", "word", "speaker")))


@st.composite
def records(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Records with the same names, mostly with values of one kind for each."""
    names = draw(LIKE)
    kinds = [draw(st.sampled_from((st.text("aé\\", max_size=3), st.integers(0, 9)))) for _ in names]
    count = draw(st.integers(0, 7))
    made = [{n: draw(k) for n, k in zip(names, kinds, strict=True)} for _ in range(count)]
    if made and draw(st.integers(0, 4)) == 0:
        made[draw(st.integers(0, count - 1))][draw(st.sampled_from(names))] = draw(LEAVES)
    return made


SEGMENTS = st.lists(st.fixed_dictionaries({"text": st.text(max_size=4), "words": records()}))


def is_known(name: str) -> bool:
    return name != "speaker"


def taken_apart(values: Values) -> list[Any]:
    """Every value, wherever it came."""
    tables: list[RecordTable] = values.tables
    of_tables = [
        *(one for table in tables for one in table.every_string()),
        *(one for table in tables for suffix in table.names for one in table.names_of(suffix)),
        *(one for table in tables for suffix in table.numbers for one in table.numbers_of(suffix)),
    ]
    return sorted([*values.strings, *values.numbers, *of_tables], key=lambda one: one.start)


@given(SEGMENTS, records(), st.booleans())
def test_columns_say_what_the_records_say(
    segments: list[dict[str, Any]], words: list[dict[str, Any]], ensure_ascii: bool
) -> None:
    text = json.dumps({"segments": segments, "words": words}, ensure_ascii=ensure_ascii)
    one_by_one = taken_apart(read_values(text, is_known))
    values = read_values(text, is_known, tables=True)
    assert taken_apart(values) == one_by_one
    for table in values.tables:
        alone = [one for each in table.apart() for one in each.every_string()]
        assert sorted(alone) == sorted(table.every_string())
        assert [each.path for each in table.apart()] == table.paths


def test_lists_of_one_shape_are_one_table() -> None:
    segments = [{"words": [{"word": "aye", "start": 1}] * 4} for _ in range(3)]
    (table,) = read_values(json.dumps(segments), is_known, tables=True).tables
    assert table.is_several
    assert table.bounds == [0, 4, 8, 12]
    assert table.path_to(9, ("word",)) == (2, "words", 1, "word")
    assert "aye" not in repr(table)
