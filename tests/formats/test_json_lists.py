"""Which lists of a recogniser's JSON are talk: segments before words, and letters are copies."""

import json

from redact.formats.json_lists import last_name, lists_of, spoken_lists
from redact.formats.json_strings import read_values
from redact.formats.registry import read_file


def test_segments_are_talk_and_their_words_are_not() -> None:
    whole = {"segments": [{"text": "It was so.", "words": [{"word": "It"}, {"word": "was"}]}]}
    lists = lists_of(read_values(json.dumps(whole), lambda _: True))
    spoken = spoken_lists(lists, lambda _: False)
    assert [one.key for one in spoken] == ["text"]
    assert sorted(str(one.key) for one in lists) == ["text", "word"]
    assert last_name(("segments", 0, "text")) == "text"
    assert last_name((0,)) is None


def test_letters_one_by_one_are_the_same_words_again() -> None:
    whole = {"segments": [{"text": "Morag.", "chars": [{"char": c, "start": 1} for c in "Morag."]}]}
    assert read_file(json.dumps(whole).encode(), "a.json", "a").text == "Morag."


def test_lists_of_few_and_of_many_words_come_as_they_stand() -> None:
    talk = [("Una", "And who was it then?"), ("Morag", "Fergus."), ("Una", "He came in the end?")]
    whole = [
        {"speaker": who, "words": [{"word": one, "time": 1} for one in said.split()]}
        for who, said in talk
    ]
    reading = read_file(json.dumps({"paragraphs": whole}).encode(), "a.json", "a")
    assert reading.text == "\n".join(f"{who}: {said}" for who, said in talk)


def test_who_speaks_is_never_what_is_said() -> None:
    words = [{"word": word, "start": 1, "speaker": "[Person 1]"} for word in "I was here.".split()]
    reading = read_file(json.dumps({"words": words}).encode(), "a.json", "a")
    assert reading.text == "[Person 1]: I was here."
