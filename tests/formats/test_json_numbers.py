"""Numbers beside speech: times and counts stay, the rest goes."""

import json
from typing import Any

import pytest

from redact.formats.registry import read_file, write_file

SAID = {"text": "Aye.", "language": "en"}


def safe(**more: Any) -> Any:
    data = json.dumps({**SAID, **more}).encode()
    return json.loads(write_file(read_file(data, "a.json", "a"), [], "a.json").data)


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"tokens": [50364, 440, 2244]}, {"tokens": []}),
        ({"embedding": [[0.1, 0.2], [0.3, 0.4]]}, {"embedding": [[], []]}),
        ({"phone": 441414960771}, {"phone": None}),
        ({"start": 441414960771}, {"start": None}),
        ({"start": 1.5, "duration": 3}, {"start": 1.5, "duration": 3}),
        ({"chunks": [{"timestamp": [0, 1.5]}]}, {"chunks": [{"timestamp": [0, 1.5]}]}),
        (
            {"tokens": [{"id": 440}, {"id": 9}, {"id": 2244}]},
            {"tokens": [{"id": None}, {"id": None}, {"id": None}]},
        ),
        ({"tokens": [{"id": n} for n in range(3)]}, {"tokens": [{"id": n} for n in range(3)]}),
    ],
)
def test_only_times_and_counts_go_out(more: Any, left: Any) -> None:
    assert safe(**more) == {**SAID, **left}


def test_long_numbers_of_speakers_become_short_ones_and_still_tell_them_apart() -> None:
    talk = {
        "speakers": [{"id": 70001, "name": "Ann"}, {"id": 80002, "name": "Bell"}],
        "transcripts": [
            {"speaker_id": number, "transcript": "Aye, so it was."}
            for number in (70001, 80002, 70001, 80002, 70001, 80002, 70001, 80002)
        ],
    }
    data = json.dumps(talk).encode()
    reading = read_file(data, "a.json", "a")
    written = write_file(reading, [], "a.json")
    assert written.text == reading.text
    assert written.text.startswith("Ann: Aye")
    ids = [one["speaker_id"] for one in json.loads(written.data)["transcripts"]]
    assert len(set(ids)) == 2
    assert max(ids) < 100
