"""Words that a list says again, one by one: each gets the words that its place in the text gets."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from redact.formats.json_copies import again, at_once, in_one, within
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.formats.turns import Utterance

WORDS = st.lists(st.text("abcé’\n", min_size=1, max_size=5), min_size=1, max_size=12)


def test_words_that_are_a_segment_are_known_at_once() -> None:
    there = in_one(Utterance(10, " I saw"), [" I", " saw"])
    assert there is not None
    assert (list(there.starts), list(there.ends)) == ([10, 12], [12, 16])
    there = in_one(Utterance(0, "I saw"), ["I", "saw"])
    assert there is not None
    assert (list(there.starts), list(there.ends)) == ([0, 2], [1, 5])
    assert in_one(Utterance(0, "I saw it"), ["I", "saw"]) is None


def test_words_are_found_over_segments_in_their_order() -> None:
    segments = [Utterance(5, "I saw,"), Utterance(20, "Aye.")]
    assert again(segments, ["i", " saw", "", "aye"]) == [5, 7, -1, 20]
    assert again(segments, ["saw", "I"]) is None
    assert at_once(segments, "I saw,  Aye.") is not None
    assert at_once(segments, "Aye. I saw,") is None
    assert within(Utterance(7, "There,"), "there") == 7
    assert within(Utterance(7, "There,"), "their") is None


@given(st.lists(WORDS, min_size=1, max_size=4), st.data(), st.booleans(), st.booleans())
def test_every_copy_of_a_word_gets_what_the_text_gets(
    segments: list[list[str]], data: st.DataObject, ensure_ascii: bool, again_in_all: bool
) -> None:
    said = [[word.replace("\n", "") or "a" for word in words] for words in segments]
    talk: dict[str, Any] = {
        "segments": [
            {
                "start": n,
                "text": " ".join(words),
                "words": [{"word": word, "start": at} for at, word in enumerate(words)],
            }
            for n, words in enumerate(said)
        ]
    }
    if again_in_all:
        words = [word for one in talk["segments"] for word in one["words"]]
        talk["word_segments"] = words
    reading = read_file(json.dumps(talk, ensure_ascii=ensure_ascii).encode(), "a.json", "a")
    assert reading.text == "\n".join(" ".join(words) for words in said)
    edits, at = [], 0
    for words in said:
        for word in words:
            if data.draw(st.booleans()):
                edits.append(Edit(at, at + len(word), "Xy"))
            at += len(word) + 1
    written = write_file(reading, edits, "a.json")
    safe = json.loads(written.data)
    for one in safe["segments"]:
        assert " ".join(word["word"] for word in one["words"]) == one["text"]
    assert "\n".join(one["text"] for one in safe["segments"]) == written.text
    if again_in_all:
        assert " ".join(word["word"] for word in safe["word_segments"]) == (
            written.text.replace("\n", " ")
        )
