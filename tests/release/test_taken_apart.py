"""Files of text taken apart by other means than those that read transcripts."""

import json

import pytest

from redact.release.taken_apart import SaidAs, Value, of_captions, of_json, of_table, of_text


def said(values: object) -> list[str]:
    assert hasattr(values, "__iter__")
    return [value.said for value in values if isinstance(value, Value)]


def test_lines_cells_and_tags_are_values() -> None:
    assert said(of_text("Aye.\nSo.")) == ["Aye.", "So."]
    assert said(of_table(",;\t")('a;"b;c"\nd;e\n')) == ["a", "b;c", "d", "e"]
    vtt = "WEBVTT\n\n<v Morag>Aye &amp; so</v>"
    assert said(of_captions(vtt)) == ["WEBVTT", "", "", "<v Morag>", "Aye & so", "</v>", ""]
    assert "caf&eacute;" in said(of_captions("1\n00:01,000 --> 00:02,000\ncaf&eacute;"))


def test_names_strings_and_letters_one_by_one_are_values() -> None:
    values = list(of_json(json.dumps({"text": "Aye", "chars": [{"char": c} for c in "Morag"]})))
    assert said(values) == ["text", "Aye", "chars", *["char"] * 5, "Morag"]
    assert values[-1].how is SaidAs.LETTERS


@pytest.mark.parametrize(
    "more",
    [
        {"tokens": [1, 2, 3]},
        {"tokens": [{"id": 440}, {"id": 9}]},
        {"start": 441414960771},
        {"age": 62},
    ],
)
def test_numbers_that_say_something_may_never_stand_there(more: object) -> None:
    assert SaidAs.NEVER in {value.how for value in of_json(json.dumps(more))}


def test_times_and_counts_may() -> None:
    whole = {"segments": [{"id": 0, "start": 0.5}, {"id": 1, "start": 2}], "timestamp": [0, 1]}
    assert SaidAs.NEVER not in {value.how for value in of_json(json.dumps(whole))}
