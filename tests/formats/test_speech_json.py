"""JSON of many producers: what is said is read as talk, and every copy of a name changes."""

import json
import re
from typing import Any

import pytest

from redact.detect.key_search import KeySearch
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.release.unread import unread
from tests.formats.exports import shapes
from tests.formats.safe_files import said_beside

ASKS, ANSWERS = "And who was it?", "It was Seonaidh MacAskill, at Corriedoon."
NAME = "Morag MacLeod"
FULL = re.compile("Seonaidh MacAskill|Corriedoon|Morag MacLeod")
SHAPES = dict(shapes(ASKS, ANSWERS, NAME))


def without_words(shape: Any) -> Any:
    """What it is made of but its strings, and the ids of tokens, which say them again."""
    if isinstance(shape, dict):
        return {
            key: without_words(value) if value != [50364, 1] else [] for key, value in shape.items()
        }
    if isinstance(shape, list):
        return [without_words(value) for value in shape]
    return "" if isinstance(shape, str) else shape


@pytest.mark.parametrize("producer", SHAPES)
@pytest.mark.parametrize("dumped", [{}, {"indent": 2}, {"ensure_ascii": False}])
def test_names_over_words_are_whole_and_every_copy_changes(
    producer: str, dumped: dict[str, Any]
) -> None:
    data = json.dumps(SHAPES[producer], **dumped).encode()
    reading = read_file(data, "a.json", "a")
    assert not re.search("Seonaidh|MacAskill|Morag|MacLeod", FULL.sub("", reading.text))
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in FULL.finditer(reading.text)]
    written = write_file(reading, edits, "a.json")
    safe = written.data
    assert without_words(json.loads(safe)) == without_words(SHAPES[producer])
    for name in ("Seonaidh MacAskill", "Corriedoon", NAME):
        search = KeySearch([("PERSON", name)])
        for text in (written.text, *(said_beside(safe, "a.json"))):
            assert not list(search.find(text))


@pytest.mark.parametrize("producer", SHAPES)
def test_a_mark_that_clings_to_a_name_stays(producer: str) -> None:
    """The comma of a word that goes is a word of its own then."""
    said = dict(shapes(ASKS, "It was East Ayrshire Council, and Council.", NAME))[producer]
    reading = read_file(json.dumps(said).encode(), "a.json", "a")
    names = re.finditer("East Ayrshire Council|Morag MacLeod", reading.text)
    edits = [Edit(m.start(), m.end(), "[Organisation 3]") for m in names]
    written = write_file(reading, edits, "a.json")
    safe = written.data
    assert "Ayrshire" not in safe.decode()
    assert "It was [Organisation 3]" in written.text


@pytest.mark.parametrize("producer", SHAPES)
def test_talk_is_read_in_its_order_and_said_once(producer: str) -> None:
    text = read_file(json.dumps(SHAPES[producer]).encode(), "a.json", "a").text
    assert text.count(ASKS) == text.count(ANSWERS) == 1
    assert text.index(ASKS) < text.index(ANSWERS)


@pytest.mark.parametrize("producer", SHAPES)
def test_nothing_found_is_byte_for_byte_but_for_paths(producer: str) -> None:
    data = json.dumps(SHAPES[producer]).encode()
    reading = read_file(data, "a.json", "a")
    safe = write_file(reading, [], "a.json").data
    assert safe == data or reading.dropped


def test_who_speaks_stands_before_the_words() -> None:
    for producer in (
        "WhisperX, aTrain",
        "Zoom",
        "Teams",
        "Trint, words in paragraphs",
        "AssemblyAI",
        "Speechmatics",
        "Rev",
        "Otter",
        "Digital paper edit, slate",
        "autoEdit",
        "Kaldi of the BBC",
        "Amazon Transcribe, of who speaks",
        "Amazon, of calls",
        "Sonix",
        "Happy Scribe",
        "Vibe",
        "nobody's, by its structure",
        "nobody's, of words",
    ):
        text = read_file(json.dumps(SHAPES[producer]).encode(), "a.json", "a").text
        turn = next(line for line in text.split("\n") if ANSWERS in line)
        assert turn.startswith(f"{NAME}:"), producer


def test_names_of_fields_are_read_where_no_programmer_chose_them() -> None:
    body = {"text": "Aye.", "by": {"Morag MacLeod": "in Kilmarnock", "startTime": "x y"}}
    reading = read_file(json.dumps(body).encode(), "a.json", "a")
    assert "Morag MacLeod" in reading.text
    assert "startTime" not in reading.text
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in FULL.finditer(reading.text)]
    assert (
        json.loads(write_file(reading, edits, "a.json").data)["by"]["[Person 1]"] == "in Kilmarnock"
    )


def test_a_list_of_other_words_is_no_copy() -> None:
    """Words that the segments do not have, or in another order, are read as a line."""
    body = {"segments": [{"text": "Will will."}], "words": [{"word": "will"}, {"word": "Hope"}]}
    assert read_file(json.dumps(body).encode(), "a.json", "a").text == "Will will.\nwill Hope"


def test_two_names_of_one_person_may_be_names_of_fields() -> None:
    talk = {"text": "Aye.", "a": [{"Morag": "x y"}, {"Morag MacLeod": "x y"}, {"morag": "x y"}]}
    data = json.dumps(talk).encode()
    reading = read_file(data, "a.json", "a")
    names = re.finditer("Morag MacLeod|Morag|morag", reading.text)
    edits = [Edit(match.start(), match.end(), "[Person 1]") for match in names]
    safe = json.loads(write_file(reading, edits, "a.json").data)
    assert safe["a"] == [{"[Person 1]": "x y"}] * 3


def test_a_mark_clings_to_its_word_however_few_words_a_voice_says() -> None:
    """As Speechmatics has one voice after another: a list too short or too mixed for columns."""

    def item(kind: str, content: str, who: str, **more: object) -> dict[str, object]:
        said = {"content": content, "confidence": 1.0, "speaker": who}
        return {"alternatives": [said], "start_time": 0.029999999329447746, "type": kind, **more}

    talk = [
        item("word", "That's", "S1"),
        item("word", "grand", "S1"),
        item("punctuation", ".", "S1", is_eos=True, end_time=None),
        item("word", "Is", "S2"),
        item("word", "it", "S2"),
        item("punctuation", "?", "S2", is_eos=True),
    ]
    for few in (talk, talk[:3], talk[3:]):
        data = json.dumps({"results": few}).encode()
        reading = read_file(data, "a.json", "a")
        said = [line for line in reading.text.split("\n") if line.startswith("S")]
        assert said == [
            line for line in ("S1: That's grand.", "S2: Is it?") if line[:2] in str(few)
        ]
        words = re.finditer(r"grand|\bit\b", reading.text)
        edits = [Edit(word.start(), word.end(), "[Place 1]") for word in words]
        safe = write_file(reading, edits, "a.json")
        assert "[Place 1]" in safe.text
        assert json.loads(safe.data)["results"][0]["start_time"] == few[0]["start_time"]


@pytest.mark.parametrize("answer", ["Aye", "Aye now then pet"])
def test_a_mark_without_a_time_belongs_to_who_said_the_word_before(answer: str) -> None:
    """As Amazon has it: who speaks is told by times, and punctuation has none."""
    said = [(n * 1.0, word) for n, word in enumerate(f"Is it ? {answer} , so it is .".split())]
    items = [
        {
            **({} if word in "?,." else {"start_time": f"{at}"}),
            "alternatives": [{"confidence": "0.99", "content": word}],
            "type": "punctuation" if word in "?,." else "pronunciation",
        }
        for at, word in said
    ]
    begins = (("0.0", "spk_0"), ("3.0", "spk_1"))
    spoke = [{"start_time": at, "speaker_label": who, "items": []} for at, who in begins]
    whole = {"results": {"speaker_labels": {"segments": spoke}, "items": items}}
    text = read_file(json.dumps(whole).encode(), "a.json", "a").text
    assert text == f"spk_0: Is it?\nspk_1: {answer}, so it is."


def test_a_segment_is_said_once_where_its_words_are_the_talk() -> None:
    """Lists of few words and of many; small letters are the same word again."""
    text = read_file(json.dumps(SHAPES["Draft.js, of words"]).encode(), "a.json", "a").text
    assert text == f"Ann: I see. {ASKS}\n{NAME}: {ANSWERS}\nAnn: And then?"


def test_marks_of_an_editor_are_structure_and_its_keys_are_made_anew() -> None:
    """As Draft.js has them beside each word: read as words they would be most of the text."""
    words = "Aye it was Fergus who came".split()
    entities = {
        str(n): {
            "type": "WORD",
            "mutability": "MUTABLE",
            "data": {"text": one, "key": f"k{n}zq{n}"},
        }
        for n, one in enumerate(words)
    }
    block = {"key": "ailsa", "type": "paragraph", "text": " ".join(words)}
    data = json.dumps({"blocks": [block], "entityMap": entities}).encode()
    reading = read_file(data, "a.json", "a")
    assert set(reading.text.split()) == set(words)
    safe = json.loads(write_file(reading, [], "a.json").data)
    keys = [safe["blocks"][0]["key"], *(one["data"]["key"] for one in safe["entityMap"].values())]
    assert len(set(keys)) == len(words) + 1
    assert all(re.fullmatch(r"id-\d", key) for key in keys)


def test_what_would_be_a_copy_once_it_is_hidden_stands_in_brackets() -> None:
    """A word in two writings: hidden in both it would be read as one."""
    pairs = [("I", "i"), ("saw", "saw"), ("20", "twenty"), ("of", "of"), ("them", "them")]
    words = [{"start": 1.0, "punct": one, "word": other, "speaker": "A"} for one, other in pairs]
    for several in (words, words[2:3]):
        reading = read_file(json.dumps({"words": several}).encode(), "a.json", "a")
        assert reading.text.endswith("\ntwenty")
        found = re.finditer("20|twenty", reading.text)
        edits = [Edit(one.start(), one.end(), "[Number 1]") for one in found]
        written = write_file(reading, edits, "a.json")
        assert written.text.endswith("\n([Number 1])")
        told = [one["word"] for one in json.loads(written.data)["words"]]
        assert "([Number 1])" in told


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_json_lines_are_turns_and_keep_every_other_byte(end: str) -> None:
    lines = (
        '{"n": 1, "from": "Morag", "body": "It was Fergus."}',
        '{"n": 2, "from": "INT", "body": "Aye?\\nWell."}',
        '{"n": 3, "from": "Morag", "body": "Aye."}',
    )
    data = end.join((*lines, "")).encode()
    reading = read_file(data, "a.jsonl", "a")
    assert reading.text == "Morag: It was Fergus.\nINT: Aye?\nWell.\nMorag: Aye."
    safe = {"Morag": "[Person 1]", "Fergus": "[Person 2]"}
    found = re.finditer("|".join(safe), reading.text)
    edits = [Edit(name.start(), name.end(), safe[name[0]]) for name in found]
    written = write_file(reading, edits, "a.jsonl")
    assert reading.dropped == {"numbers of unknown meaning": 3}
    expected = re.sub(r"\d", "null", data.decode())
    for name, label in safe.items():
        expected = expected.replace(name, label)
    assert written.data.decode() == expected
    assert not unread("a.jsonl", written.data, written.text)
