"""Strings of JSON stand where the file has them, and plain JSON is all that is read."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.formats.json_strings import DEEPEST, characters_of, read_values
from redact.formats.json_values import PLACE

NAMES = st.text("abcdef", min_size=1, max_size=4)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=10,
)


def strings_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return [said for one in value for said in strings_in(one)] if isinstance(value, list) else []


@given(VALUES, st.booleans(), st.sampled_from([None, 1]))
def test_every_string_is_found_between_its_quotes(
    value: Any, ensure_ascii: bool, indent: int | None
) -> None:
    text = json.dumps(value, ensure_ascii=ensure_ascii, indent=indent)
    strings = read_values(text, lambda _: True).strings
    assert [one.said for one in strings] == strings_in(value)
    for one in strings:
        assert json.loads(f'"{text[one.start : one.end]}"') == one.said
        there = value
        for part in one.path:
            if isinstance(there, list) and isinstance(part, str):  # in a list that is a record
                part = int(part.removeprefix(PLACE))
            there = there[part]
        assert there == one.said


def test_names_of_fields_are_strings_where_nobody_knows_them() -> None:
    text = '{"start_time": 1, "Morag MacLeod": {"endTime": "x"}}'
    strings = read_values(text, {"start_time", "endTime"}.__contains__).strings
    assert [(one.said, one.is_key) for one in strings] == [("Morag MacLeod", True), ("x", False)]


@pytest.mark.parametrize(
    "text", ["", "{", "Morag", '{"a": 1, "a": 2}', "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)]
)
def test_what_readers_may_differ_on_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_values(text, lambda _: True)


@given(st.text(max_size=20))
def test_each_character_is_where_its_escape_begins(said: str) -> None:
    raw = json.dumps(said)[1:-1]
    places = characters_of(raw)
    assert len(places) == len(said) + 1
    for number, char in enumerate(said):
        assert json.loads(f'"{raw[places[number] : places[number + 1]]}"') == char


@pytest.mark.parametrize("figures", [1, 31, 32, 33, 34, 400])
@pytest.mark.parametrize("behind", ["", " ", ', "b"]', "\n"])
def test_a_number_of_any_length_ends_before_the_next_mark(figures: int, behind: str) -> None:
    before = "[2, " if behind.endswith("]") else ""
    text = f"{before}{'7' * figures}{behind}"
    numbers = read_values(text, lambda _: True).numbers
    assert text[numbers[-1].start : numbers[-1].end] == "7" * figures


def test_quotes_behind_backslashes_are_told_from_others() -> None:
    said = ['a "b" c', "\\", '\\"', 'x\\\\"y', "plain"]
    assert [one.said for one in read_values(json.dumps(said), lambda _: True).strings] == said
