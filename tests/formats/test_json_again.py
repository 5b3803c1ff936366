"""What stands again beside the talk changes with it: each word, and the name with each word."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit

WORDS = ("aye", "naïve", 'so "it"', "was", "Kilmarnock,")
TALK = st.lists(
    st.tuples(
        st.sampled_from(("Morag", "Éilidh", "SPEAKER_00")),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=9),
    ),
    min_size=1,
    max_size=6,
)


def exported(talk: list[tuple[str, list[str]]], lead: str) -> dict[str, Any]:
    segments = [
        {
            "text": lead + " ".join(words),
            "speaker": who,
            "words": [{"word": word, "start": 1.5, "speaker": who} for word in words],
        }
        for who, words in talk
    ]
    return {"segments": segments, "word_segments": [w for one in segments for w in one["words"]]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(talk=TALK, lead=st.sampled_from(("", " ")), ensure_ascii=st.booleans(), odd=st.booleans())
def test_names_and_words_change_wherever_they_stand(
    encoding: str, talk: list[tuple[str, list[str]]], lead: str, ensure_ascii: bool, odd: bool
) -> None:
    whole = exported(talk, lead)
    if odd:  # a list that says another word: it is no copy, and read by itself
        whole["segments"][0]["words"][0] = {"word": "Dunlop", "start": 1.5, "speaker": "Morag"}
    data = json.dumps(whole, ensure_ascii=ensure_ascii).encode(encoding)
    reading = read_file(data, "a.json", "a")
    assert write_file(reading, [], "a.json").data == data
    edits = [
        Edit(at, at + len(name), f"[P {number}]")
        for number, name in enumerate(("Morag", "Éilidh", "Kilmarnock", "Dunlop"))
        for at in range(len(reading.text))
        if reading.text.startswith(name, at)
    ]
    written = write_file(reading, edits, "a.json")
    safe = written.data.decode(encoding)
    json.loads(safe)
    assert not any(name in safe for name in ("Morag", "Éilidh", "\\u00c9ilidh", "Kilmarnock"))
    assert "Dunlop" not in safe
    assert safe.count("SPEAKER_00") == data.decode(encoding).count("SPEAKER_00")
