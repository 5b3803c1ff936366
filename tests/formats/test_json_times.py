"""Producers' fields of time, each in its own shape; words before segments, segments before none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from redact.formats.registry import read_file

WORDS = ("I", "saw", "Senga", "Pollock")
TEXT = " ".join(WORDS)
HALF, MORE = 500_000_000, 400_000_000  # nanoseconds


def words(key: str, first: str, last: str, unit: float = 1, **more: Any) -> list[Any]:
    return [
        {key: word, first: n * 0.5 * unit, last: (n * 0.5 + 0.4) * unit, **more}
        for n, word in enumerate(WORDS)
    ]


SHAPES: dict[str, Any] = {
    "WhisperX": {
        "segments": [{"start": 0, "end": 2, "text": TEXT, "words": words("word", "start", "end")}]
    },
    "AssemblyAI": {
        "text": TEXT,
        "utterances": [
            {
                "speaker": "A",
                "start": 0,
                "end": 1900,
                "text": TEXT,
                "words": words("text", "start", "end", 1000),
            }
        ],
    },
    "Deepgram": {
        "results": {
            "channels": [
                {"alternatives": [{"transcript": TEXT, "words": words("word", "start", "end")}]}
            ]
        }
    },
    "Amazon": {
        "results": {
            "transcripts": [{"transcript": TEXT}],
            "items": [
                {
                    "start_time": str(n * 0.5),
                    "end_time": str(n * 0.5 + 0.4),
                    "type": "pronunciation",
                    "alternatives": [{"content": word}],
                }
                for n, word in enumerate(WORDS)
            ],
        }
    },
    "Google": {
        "results": [
            {
                "alternatives": [
                    {
                        "transcript": TEXT,
                        "words": [
                            {
                                "word": word,
                                "startTime": f"{n * 0.5:.1f}s",
                                "endTime": f"{n * 0.5 + 0.4:.1f}s",
                            }
                            for n, word in enumerate(WORDS)
                        ],
                    }
                ]
            }
        ]
    },
    "Google, in parts": {
        "results": [
            {
                "alternatives": [
                    {
                        "transcript": TEXT,
                        "words": [
                            {
                                "word": word,
                                "startTime": {"seconds": str(n // 2), "nanos": n % 2 * HALF},
                                "endTime": {"seconds": str(n // 2), "nanos": n % 2 * HALF + MORE},
                            }
                            for n, word in enumerate(WORDS)
                        ],
                    }
                ]
            }
        ]
    },
    "Amazon, of calls": {
        "Transcript": [
            {
                "Content": TEXT,
                "ParticipantRole": "AGENT",
                "BeginOffsetMillis": 0,
                "EndOffsetMillis": 1900,
                "Items": words("Content", "BeginOffsetMillis", "EndOffsetMillis", 1000),
            }
        ]
    },
    "Vosk": [{"text": TEXT, "result": words("word", "start", "end")}],
    "Rev": {
        "monologues": [
            {
                "speaker": 0,
                "elements": [
                    one
                    for n, word in enumerate(WORDS)
                    for one in (
                        {"type": "text", "value": word, "ts": n * 0.5, "end_ts": n * 0.5 + 0.4},
                        {"type": "punct", "value": " "},
                    )
                ],
            }
        ]
    },
    "Speechmatics": {
        "results": [
            {
                "type": "word",
                "start_time": n * 0.5,
                "end_time": n * 0.5 + 0.4,
                "alternatives": [{"content": word, "speaker": "S1"}],
            }
            for n, word in enumerate(WORDS)
        ]
    },
    "Speechmatics before 2019": {
        "speakers": [{"name": "M1", "time": "0.0", "duration": "2.0"}],
        "words": [
            {"name": word, "time": f"{n * 0.5:.2f}", "duration": "0.40"}
            for n, word in enumerate(WORDS)
        ],
    },
    "JSON of ticks": {
        "segments": [{"text": TEXT, "words": words("word", "offsetInTicks", "end", 1e7)}]
    },
}
for _word in SHAPES["JSON of ticks"]["segments"][0]["words"]:
    _word["durationInTicks"] = _word.pop("end") - _word["offsetInTicks"]


@pytest.mark.parametrize("producer", SHAPES)
def test_each_word_has_its_time(producer: str) -> None:
    reading = read_file(json.dumps(SHAPES[producer]).encode(), "a.json", "a")
    told = {
        reading.text[one.start : one.end].strip(): (one.begins, one.ends) for one in reading.times
    }
    for number, word in enumerate(WORDS):
        begins, ends = told[word]
        assert abs(begins - number * 500) <= 1, producer
        assert abs(ends - number * 500 - 400) <= 1, producer


SEGMENTS: dict[str, Any] = {
    "whisper.cpp": {
        "transcription": [
            {
                "timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"},
                "offsets": {"from": 1000, "to": 2500},
                "text": TEXT,
            }
        ]
    },
    "Transformers": {"chunks": [{"timestamp": [1.0, 2.5], "text": TEXT}]},
    "Teams": {
        "entries": [
            {
                "speakerDisplayName": "Una",
                "text": TEXT,
                "startOffset": "00:00:01",
                "endOffset": "00:00:02.5",
            }
        ]
    },
    "Azure": {
        "recognizedPhrases": [
            {"offset": "PT1S", "duration": "PT1.5S", "nBest": [{"display": TEXT}]}
        ]
    },
    "begins alone": {"segments": [{"text": TEXT, "start": 1.0}, {"text": TEXT, "start": 2.5}]},
}


@pytest.mark.parametrize("producer", SEGMENTS)
def test_a_segment_has_its_time(producer: str) -> None:
    reading = read_file(json.dumps(SEGMENTS[producer]).encode(), "a.json", "a")
    (one,) = reading.times
    assert reading.text[one.start : one.end] == TEXT
    assert (one.begins, one.ends) == (1000, 2500)
