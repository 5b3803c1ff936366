"""Who says something in the JSON of speech recognition, wherever a program puts the name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from redact.formats.json_speakers import Speakers
from redact.formats.json_strings import read_values


def speaker_of(said: str, whole: Any) -> str | None:
    text = json.dumps(whole)
    values = read_values(text, lambda _: True)
    (item,) = [one for one in values.strings if one.said == said]
    speaker = Speakers(values).of(item)
    return speaker.said if speaker else None


@pytest.mark.parametrize(
    "whole",
    [
        [{"speaker": "Morag", "text": "Aye."}],
        {"segments": [{"speaker_name": "Morag", "text": "Aye."}]},
        [{"speaker": {"name": "Morag"}, "text": "Aye."}],
        [{"user": {"name": "Morag"}, "text": "Aye."}],
        [{"users": [{"name": "Morag"}], "text": "Aye."}],
        [{"username": "Morag", "words": [{"text": "Aye."}]}],  # a word, by its turn
        [{"participant": "Morag", "alternatives": [{"transcript": "Aye."}]}],
        # The likelier field is meant, wherever both stand
        [{"participant": "room 2", "speaker": "Morag", "text": "Aye."}],
        # The nearer one is meant
        [{"speaker": "Fergus", "words": [{"speaker": "Morag", "text": "Aye."}]}],
        # A number stands for a name in a table
        {"speakers": [{"id": 1, "name": "Morag"}], "turns": [{"speaker_id": 1, "text": "Aye."}]},
        {
            "speakers": [{"id": "S2", "name": "Morag"}, {"id": "S1", "name": "Fergus"}],
            "turns": [{"speakerId": "S2", "words": [{"text": "Aye."}]}],
        },
        # Objects count their items, by numbers for names
        {
            "speakers": {"0": {"id": 1, "name": "Morag"}},
            "turns": [{"speaker_id": 1, "text": "Aye."}],
        },
        {
            "speakers": [{"id": 1, "name": "Morag"}],
            "turns": {"0": {"speaker_id": 1, "text": "Aye."}},
        },
        {
            "speakers": [{"id": 1, "name": "Morag"}],
            "turns": [{"speaker_id": 1, "said": ["so", 1.5, {"text": "Aye."}]}],
        },
    ],
)
def test_a_speaker_is_named_beside_above_or_by_number(whole: Any) -> None:
    assert speaker_of("Aye.", whole) == "Morag"


@pytest.mark.parametrize(
    "whole",
    [
        [{"text": "Aye."}],
        [{"speaker": " ", "text": "Aye."}],
        {"name": "a recording", "turns": [{"text": "Aye."}]},  # not of who speaks
        [{"speaker": "Morag"}, {"text": "Aye."}],  # somebody else's
        {"speakers": [{"id": 1, "name": "Morag"}], "turns": [{"speaker_id": 2, "text": "Aye."}]},
        {"speakers": [{"name": "Morag"}], "turns": [{"speaker_id": 0, "text": "Aye."}]},
        {"speakers": [{"id": 1, "name": " "}], "turns": [{"speaker_id": 1, "text": "Aye."}]},
        {
            "speakers": {"01": {"id": 1, "name": "Morag"}},
            "turns": [{"speaker_id": 1, "text": "Aye."}],
        },
    ],
)
def test_nobody_is_named_where_the_file_names_nobody(whole: Any) -> None:
    assert speaker_of("Aye.", whole) is None


@pytest.mark.parametrize("at", [5, 5.0, "5.00", "5.000s", "0:00:05", "00:00:05,000", "PT5S"])
def test_who_speaks_is_told_by_the_time_however_it_is_written(at: float | str) -> None:
    whole = {
        "turns": [{"speaker": "Isla", "start": 0.5}, {"speaker": "Morag", "start": at}],
        "segments": [{"text": "Aye.", "start": 6.5}],
    }
    assert speaker_of("Aye.", whole) == "Morag"


def test_who_speaks_is_told_by_the_time_where_objects_count_their_items() -> None:
    whole = {
        "turns": {"0": {"speaker": "Isla", "start": 0.5}, "1": {"speaker": "Morag", "start": 5}},
        "segments": {"0": {"text": "Aye.", "start": 6.5}},
    }
    assert speaker_of("Aye.", whole) == "Morag"


def test_the_name_of_a_speaker_is_not_said_by_that_speaker() -> None:
    assert speaker_of("Morag", [{"speaker": "Morag", "text": "Aye."}]) is None
