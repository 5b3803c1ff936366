"""Turns from segments: what is said once in the text changes in every copy of it."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling

NAME = re.compile(r"Morag|Fergus(?:\s+MacLeod)?")
TALK = " Who is it? Me, Morag. And Fergus MacLeod came."
WORDS = [" Who is it?", " Me, Morag.", " And Fergus MacLeod came."]


def made_safe(data: bytes, name: str, handling: Handling | None = None) -> tuple[bytes, str]:
    handling = handling or Handling()
    reading = read_file(data, name, name, handling)
    edits = [
        Edit(m.start(), m.end(), "[Person 1]" if m[0] == "Morag" else "[Person 2]")
        for m in NAME.finditer(reading.text)
    ]
    written = write_file(reading, edits, name, handling)
    made = written.data
    return made, written.text


def whisper(ensure_ascii: bool = False) -> bytes:
    """All copies that Whisper and WhisperX write."""
    segments = [
        {
            "id": n,
            "start": n,
            "speaker": "INT" if n == 0 else "Morag",
            "text": words,
            "words": [{"word": word, "score": 0.9} for word in re.findall(r" \S+", words)],
        }
        for n, words in enumerate(WORDS)
    ]
    body: dict[str, Any] = {
        "text": TALK,
        "language": "en",
        "audio_path": "/home/morag.wav",
        "title": "Of Morag, élan",
        "segments": segments,
        "word_segments": [{"word": word} for word in TALK.split()],
    }
    return json.dumps(body, indent=1, ensure_ascii=ensure_ascii).encode()


def test_segments_are_turns_and_copies_are_said_once() -> None:
    assert read_file(whisper(), "a.json", "a").text == (
        "INT: Who is it?\nMorag: Me, Morag. And Fergus MacLeod came.\nOf Morag, élan"
    )


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_every_copy_in_the_json_changes(ensure_ascii: bool) -> None:
    data, text = made_safe(whisper(ensure_ascii), "a.json")
    assert not re.search(rb"morag|fergus|macleod", data, re.IGNORECASE)
    safe = json.loads(data)
    assert safe["text"] == " Who is it? Me, [Person 1]. And [Person 2] came."
    assert [s["text"] for s in safe["segments"]][1:] == [
        " Me, [Person 1].",
        " And [Person 2] came.",
    ]
    assert [s["speaker"] for s in safe["segments"]] == ["INT", "[Person 1]", "[Person 1]"]
    words = [w["word"] for w in safe["segments"][2]["words"]]
    assert words == [" And", " [Person 2]", "", " came."]
    again = [w["word"] for w in safe["word_segments"]]
    assert again[-3:] == ["[Person 2]", "", "came."]
    assert " ".join(filter(None, again)) == safe["text"].strip()
    assert safe["text"].strip() in text.replace("\nMorag:", "").replace("\n[Person 1]:", "")
    assert safe["audio_path"] == ""
    assert [(s["id"], s["start"]) for s in safe["segments"]] == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize(
    "body",
    [
        {"transcripts": [{"speaker": "Morag", "content": "Aye, Fergus MacLeod."}]},
        [{"speaker_name": "Morag", "text": "Aye, Fergus MacLeod."}],
        {"monologues": [{"speaker": 0, "text": "Morag: aye, Fergus MacLeod."}]},
        {"segments": [{"text": "Aye, Fergus.", "words": [{"word": "Morag"}]}], "text": "Morag x"},
    ],
)
def test_other_exports_and_copies_that_are_none(body: Any) -> None:
    data, _ = made_safe(json.dumps(body).encode(), "a.json")
    assert not re.search(rb"morag|fergus|macleod", data, re.IGNORECASE)


def test_json_without_a_mention_is_byte_for_byte_as_it_was() -> None:
    raw = b'{ "segments" : [ {"text":"I\\u00a0spoke.\\n", "start":1.50} ] }\n'
    reading = read_file(raw, "a.json", "a")
    assert write_file(reading, [], "a.json").data == raw


@pytest.mark.parametrize(
    "data",
    [
        b"Morag",
        b"{",
        b'{"title": "Morag"}',
        b"[" * 9000,
        b'{"a":' * 70 + b'""' + b"}" * 70,
        b'{"segments":[{"text":"Morag","text":"x"}]}',
        b"[]",
        b'"Morag"',
    ],
)
def test_json_that_is_no_transcript_is_refused_in_a_line(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_file(data, "a.json", "a.json")
    assert "Morag" not in refused.value.line()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_any_json_with_segments_comes_back_as_it_says(more: Any, said: list[str]) -> None:
    body = {"segments": [{"text": words} for words in said], "more": more}
    raw = json.dumps(body).encode()
    reading = read_file(raw, "a.json", "a")
    written = write_file(reading, [], "a.json")
    data = written.data
    assert written.text == reading.text
    assert json.loads(data)["segments"] == body["segments"]


def test_a_speaker_written_with_a_colon_is_a_speaker() -> None:
    table = b"speaker,words\nMorag:,Who is it?\nDB:,Me.\n"
    assert read_file(table, "t.csv", "t.csv").text == "Morag: Who is it?\nDB: Me."
    data, text = made_safe(table, "t.csv")
    assert text == "[Person 1]: Who is it?\nDB: Me."
    assert data == b"speaker,words\n[Person 1]:,Who is it?\nDB:,Me.\n"
