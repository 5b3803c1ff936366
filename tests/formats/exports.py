"""The shapes in which programs export a talk as JSON, of an invented one.

Made from what their documentation and readers of them tell; none is a file of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Shape = Any


def _element(piece: str) -> Shape:
    """A word, or a blank or mark between words, of Rev."""
    return {"type": "text" if piece[0].isalnum() else "punct", "value": piece}


def shapes(asks: str, answers: str, name: str) -> Iterator[tuple[str, Shape]]:
    """By producer: `asks` is said by nobody named or an interviewer, `answers` by `name`."""
    whole = f"{asks} {answers}"
    both = (asks, answers)
    every = whole.split()

    def words(said: str, key: str = "word", **more: object) -> list[Shape]:
        return [{key: word, "start": 1.5, "end": 2.0, **more} for word in said.split()]

    yield (
        "Whisper",
        {
            "text": f" {whole}",
            "segments": [
                {"id": 0, "start": 0.0, "text": f" {asks}", "tokens": [50364, 1]},
                {
                    "id": 1,
                    "text": f" {answers}",
                    "words": [{"word": f" {w}", "probability": 0.9} for w in answers.split()],
                },
            ],
            "language": "en",
        },
    )
    yield (
        "WhisperX, aTrain",
        {
            "segments": [
                {
                    "start": 0,
                    "text": f" {asks}",
                    "speaker": "SPEAKER_00",
                    "words": words(asks, speaker="SPEAKER_00"),
                },
                {
                    "start": 2,
                    "text": f" {answers}",
                    "speaker": name,
                    "words": words(answers, speaker=name),
                },
            ],
            "word_segments": words(whole),
        },
    )
    yield (
        "whisper.cpp",
        {
            "result": {"language": "en"},
            "transcription": [
                {
                    "timestamps": {"from": "00:00:00,000", "to": "00:00:02,000"},
                    "offsets": {"from": 0, "to": 2000},
                    "text": f" {said}",
                    "tokens": [{"text": f" {word}", "id": 3} for word in said.split()],
                }
                for said in both
            ],
        },
    )
    yield "Whisper, text only", {"text": whole}
    chunks = [{"timestamp": [0, 1], "text": f" {said}"} for said in both]
    yield "Whisper by Transformers", {"text": f" {whole}", "chunks": chunks}
    transcripts = [{"id": n, "transcript": said, "speaker_id": n} for n, said in enumerate(both)]
    speech = {
        "title": f"Note of {name}",
        "owner": {"name": name, "email": "a@example.org"},
        "speakers": [{"id": 1, "speaker_name": name}],
        "transcripts": transcripts,
    }
    yield "Otter", {"speech": speech}
    speaks = [{"username": name}]
    timeline = [{"text": said, "ts": "00:00:01.000", "users": speaks} for said in both]
    yield "Zoom", {"timeline": timeline}
    entries = [
        {"speakerDisplayName": name, "text": said, "startOffset": "00:00:01.2"} for said in both
    ]
    yield "Teams", {"entries": entries}
    paragraphs = [
        {"speaker": "Ann", "time": 1, "words": words(asks)},
        {"speaker": name, "time": 2, "words": words(answers)},
    ]
    yield "Trint, words in paragraphs", {"transcript": {"paragraphs": paragraphs}}
    yield (
        "Trint, words and paragraphs",
        {"words": words(whole, "text"), "paragraphs": [{"speaker": name, "start": 1}]},
    )
    elements = [
        {"speaker": n, "elements": [_element(piece) for piece in re.findall(r"\w+|\W", said)]}
        for n, said in enumerate(both)
    ]
    yield "Rev", {"monologues": elements, "speakers": [{"id": 1, "name": name}]}
    utterances = [
        {"speaker": who, "text": said, "words": words(said, "text", speaker=who)}
        for who, said in (("A", asks), (name, answers))
    ]
    yield (
        "AssemblyAI",
        {
            "text": whole,
            "utterances": utterances,
            "audio_url": f"https://example.org/{name}.mp3",
            "words": [word for one in utterances for word in one["words"]],
        },
    )
    alternative = {
        "transcript": whole,
        "words": [{"word": w.lower().strip(".?,"), "punctuated_word": w} for w in every],
    }
    yield "Deepgram", {"results": {"channels": [{"alternatives": [alternative]}]}}
    items = [{"type": "pronunciation", "alternatives": [{"content": word}]} for word in every]
    yield "Amazon Transcribe", {"results": {"transcripts": [{"transcript": whole}], "items": items}}
    yield "Vosk", [{"text": said, "result": words(said)} for said in both]
    results = [{"alternatives": [{"transcript": said, "words": words(said)}]} for said in both]
    yield "Google", {"results": results}
    said_by = (("M1", asks), (name, answers))
    yield (
        "Speechmatics before 2019",
        {
            "job": {"lang": "en", "duration": 9},
            "speakers": [
                {"duration": "4.0", "confidence": None, "name": who, "time": f"{n * 4}.00"}
                for n, (who, _) in enumerate(said_by)
            ],
            "words": [
                {"duration": "0.2", "confidence": "0.99", "name": piece, "time": f"{n * 4}.{at:02}"}
                for n, (_, said) in enumerate(said_by)
                for at, piece in enumerate(re.findall(r"[\w'’-]+|[.,?!]", said))
            ],
        },
    )
    yield (
        "Azure",
        {
            "combinedRecognizedPhrases": [{"channel": 0, "display": whole}],
            "recognizedPhrases": [
                {
                    "channel": 0,
                    "offset": "PT1.5S",
                    "nBest": [{"confidence": 0.9, "display": said}],
                }
                for said in both
            ],
        },
    )
    yield (
        "Speechmatics",
        {
            "results": [
                {"type": "word", "alternatives": [{"content": w, "speaker": name}]} for w in every
            ]
        },
    )
    said_by_both = (("Ann", asks), (name, answers))
    yield (
        "Transformers, a word at a time",
        [{"text": f" {piece}", "timestamp": [n * 1.0, n + 0.5]} for n, piece in enumerate(every)],
    )
    yield (
        "Draft.js, of words",
        {
            "blocks": [
                {
                    "text": said,
                    "depth": 0,
                    "data": {
                        "speaker": who,
                        "words": [
                            {
                                "start": n * 1.0,
                                "end": n + 0.5,
                                "word": piece.lower().strip(".,?"),
                                "punct": piece,
                            }
                            for n, piece in enumerate(said.split())
                        ],
                    },
                }
                # Of few words and of many, so that lists of both lengths stand in one file.
                for who, said in (("Ann", "I see."), *said_by_both, ("Ann", "And then?"))
            ]
        },
    )
    pieces = [(who, piece) for who, said in said_by_both for piece in said.split()]
    timed = [
        {"id": n, "start": n * 1.0, "end": n + 0.5, "text": piece}
        for n, (_, piece) in enumerate(pieces)
    ]
    begins = len(asks.split()) * 1.0
    yield (
        "Digital paper edit, slate",
        {
            "words": timed,
            "paragraphs": [
                {"id": 0, "start": 0.0, "end": begins - 0.5, "speaker": "Ann"},
                {"id": 1, "start": begins, "end": 99.5, "speaker": name},
            ],
        },
    )
    yield (
        "autoEdit",
        {
            "status": True,
            "text": [
                {
                    "id": n,
                    "speaker": who,
                    "paragraph": [
                        {
                            "id": 0,
                            "startTime": n * 4.05,
                            "line": [
                                {"id": at, "text": piece, "startTime": at * 1.0}
                                for at, piece in enumerate(said.split())
                            ],
                        }
                    ],
                }
                for n, (who, said) in enumerate(said_by_both)
            ],
        },
    )
    yield (
        "Kaldi of the BBC",
        {
            "action": "audio-transcribe",
            "retval": {
                "status": True,
                "punct": whole,
                "words": [
                    {
                        "start": n * 1.0,
                        "confidence": 0.9,
                        "word": re.sub(r"[.,?]", "", piece).lower(),
                        "punct": piece,
                        "index": n,
                    }
                    for n, (_, piece) in enumerate(pieces)
                ],
                "segmentation": {
                    "segments": [
                        {"@type": "Segment", "start": 0.0, "speaker": {"@id": "S1"}},
                        {"@type": "Segment", "start": begins, "speaker": {"@id": name}},
                    ]
                },
            },
        },
    )
    yield (
        "Watson",
        {
            "results": [
                {
                    "final": True,
                    "alternatives": [
                        {
                            "transcript": f"{said} ",
                            "timestamps": [[piece, 1.5, 2.0] for piece in said.split()],
                            "word_confidence": [[piece, 0.9] for piece in said.split()],
                        }
                    ],
                }
                for said in both
            ],
            "speaker_labels": [{"speaker": 0, "from": 1.5, "to": 2.0, "final": True}],
        },
    )
    yield (
        "Google, of who speaks",
        {
            "results": [
                {
                    "alternatives": [
                        {
                            "transcript": said,
                            "words": [
                                {
                                    "startTime": {"seconds": "1", "nanos": 900000000},
                                    "word": piece,
                                    "speakerTag": n + 1,
                                }
                                for piece in said.split()
                            ],
                        }
                    ],
                    "languageCode": "en-us",
                }
                for n, said in enumerate(both)
            ]
        },
    )
    elements = [
        {"start_time": f"{n}.0", "end_time": f"{n}.5", "type": "pronunciation"}
        | {"alternatives": [{"confidence": "0.99", "content": piece}]}
        for n, (_, piece) in enumerate(pieces)
    ]
    yield (
        "Amazon Transcribe, of who speaks",
        {
            "status": "COMPLETED",
            "results": {
                "transcripts": [{"transcript": whole}],
                "speaker_labels": {
                    "speakers": 2,
                    "segments": [
                        {"start_time": "0.0", "speaker_label": "Ann", "items": []},
                        {"start_time": f"{begins}", "speaker_label": name, "items": []},
                    ],
                },
                "items": elements,
            },
        },
    )
    yield (
        "Amazon, of calls",
        {
            "JobStatus": "COMPLETED",
            "LanguageCode": "en-GB",
            "Transcript": [
                {
                    "Content": said,
                    "ParticipantRole": who,
                    "BeginOffsetMillis": 40,
                    "Items": [
                        {"Content": piece, "BeginOffsetMillis": 40} for piece in said.split()
                    ],
                }
                for who, said in said_by_both
            ],
        },
    )
    yield (
        "Sonix",
        {
            "transcript": [
                {
                    "speaker": who,
                    "start_time": 1.5,
                    "text": said,
                    "words": [{"text": f" {piece}", "start_time": 1.5} for piece in said.split()],
                }
                for who, said in said_by_both
            ]
        },
    )
    yield (
        "Happy Scribe",
        [
            {
                "speaker": who,
                "speaker_number": None,
                "words": [
                    {"text": piece, "type": "text", "data_start": 1.5} for piece in said.split()
                ],
            }
            for who, said in said_by_both
        ],
    )
    yield (
        "Vibe",
        [{"start": 0, "stop": 9, "text": said, "speaker": who} for who, said in said_by_both],
    )
    yield (
        "nobody's, by its structure",
        {"data": [{"spk": who, "t0": 1.5, "txt": said} for who, said in said_by_both]},
    )
    yield (
        "nobody's, of words",
        {"asr": [{"tok": piece, "t0": n, "spk": who} for n, (who, piece) in enumerate(pieces)]},
    )
