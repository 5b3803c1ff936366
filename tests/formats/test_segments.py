"""Tables of talk and the JSON of speech recognition: every copy of a name changes."""

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.policy import Formats

NAME = re.compile(r"Morag|Fergus(?:\s+MacLeod)?")
TALK = " Who is it? Me, Morag. And Fergus MacLeod came."
WORDS = [" Who is it?", " Me, Morag.", " And Fergus MacLeod came."]


def made_safe(data: bytes, name: str, handling: Formats | None = None) -> tuple[bytes, str]:
    handling = handling or Formats()
    reading = read_file(data, name, name, handling)
    edits = [(m.start(), m.end(), "[Person 1]" if m[0] == "Morag" else "[Person 2]")
             for m in NAME.finditer(reading.text)]  # fmt: skip
    made, spliced = write_file(reading, edits, name, handling)
    return made, spliced.text


def whisper(ensure_ascii: bool = False) -> bytes:
    """All copies that Whisper and WhisperX write."""
    segments = [
        {"id": n, "start": n, "speaker": "INT" if n == 0 else "Morag", "text": words,
         "words": [{"word": word, "score": 0.9} for word in re.findall(r" \S+", words)]}
        for n, words in enumerate(WORDS)
    ]  # fmt: skip
    body: dict[str, Any] = {
        "text": TALK, "language": "en", "audio_path": "/home/morag.wav", "title": "Of Morag, élan",
        "segments": segments, "word_segments": [{"word": word} for word in TALK.split()],
    }  # fmt: skip
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
        " Me, [Person 1].", " And [Person 2] came.",
    ]  # fmt: skip
    assert [s["speaker"] for s in safe["segments"]] == ["INT", "[Person 1]", "[Person 1]"]
    words = [w["word"] for w in safe["segments"][2]["words"]]
    assert words == [" And", " [Person 2]", "", " came."]
    assert " ".join(w["word"] for w in safe["word_segments"]) == safe["text"].strip()
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
    assert write_file(reading, [], "a.json")[0] == raw


@pytest.mark.parametrize(
    "data",
    [b"Morag", b"{", b'{"title": "Morag"}', b"[" * 9000, b'{"a":' * 70 + b'""' + b"}" * 70,
     b'{"segments":[{"text":"Morag","text":"x"}]}', b"[]", b'"Morag"'],
)  # fmt: skip
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
    data, spliced = write_file(reading, [], "a.json")
    assert spliced.text == reading.text
    assert json.loads(data)["segments"] == body["segments"]


TABLE = (
    b'start,speaker,text,note,"a ""b"""\r\n00:01,INT,Who?,,1\r\n'
    b'00:02,Morag,"Me, ""Morag"",\r\naye",Morag cried,2\r\n00:04,Morag,-Fergus,=Fergus,3\r\n'
)


def test_rows_are_turns_and_other_cells_come_after() -> None:
    reading = read_file(TABLE, "a.csv", "a")
    assert reading.text == (
        'INT: Who?\nMorag: Me, "Morag",\r\naye -Fergus\nMorag cried\n=Fergus\na "b"'
    )
    assert reading.dropped == {"formulas made text": 2}


def test_a_spreadsheet_reads_the_safe_cells_and_runs_none() -> None:
    data, _ = made_safe(TABLE, "a.csv")
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows[0] == ["start", "speaker", "text", "note", 'a "b"']
    assert rows[2] == ["00:02", "[Person 1]", 'Me, "[Person 1]",\r\naye', "[Person 1] cried", "2"]
    assert rows[3] == ["00:04", "[Person 1]", "'-[Person 2]", "'=[Person 2]", "3"]


def test_the_policy_names_columns_that_are_not_known() -> None:
    table = b"wer;was\nMorag;Ich bin's, Fergus\n"
    with pytest.raises(BadInput, match="no column") as refused:
        read_file(table, "a.csv", "a.csv")
    assert "speech" in refused.value.remedy
    handling = Formats(speech=("was",), speaker=("Wer",))
    data, text = made_safe(table, "a.csv", handling)
    assert text == "[Person 1]: Ich bin's, [Person 2]"
    assert data == b'wer;was\n[Person 1];"Ich bin\'s, [Person 2]"\n'


def test_a_head_that_is_not_usual_is_words_too() -> None:
    data, text = made_safe(b"text,Morag said,start\nI spoke.,1,2\n", "a.csv")
    assert text == "I spoke.\n[Person 1] said"
    assert data == b"text,[Person 1] said,start\nI spoke.,1,2\n"


@pytest.mark.parametrize("data", [b'""', b'text\n"Morag', b'text\n"a"b\n', b"a,b\n1,2\n"])
def test_malformed_tables_are_refused_naming_the_line(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        read_file(data, "a.csv", "a.csv")
    assert "line" in refused.value.where
    assert "Morag" not in refused.value.line()


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(',"\n\t;'),
                max_size=12)  # fmt: skip


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6), st.booleans(), st.booleans())
def test_cells_are_those_that_the_csv_module_reads(
    rows: list[tuple[str, str]], tabbed: bool, quote_all: bool
) -> None:
    """Python's csv is the oracle: what it writes is read, and it reads what we write."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter="\t" if tabbed else ",", lineterminator="\n",
                        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)  # fmt: skip
    writer.writerows([("text", "note"), ("said", "noted"), *rows])
    raw = out.getvalue().encode()
    name = "a.tsv" if tabbed else "a.csv"
    reading = read_file(raw, name, name)
    words = {reading.text[slot.start : slot.end] for slot in reading.slots}
    figures = re.compile(r"[\s\d:.,+%-]*\Z")
    for row in rows:
        for cell in row:
            plain = cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell
            assert plain in words or figures.match(plain) or not plain.strip()
    data, _ = write_file(reading, [], name)
    mark = writer.dialect.delimiter
    again = list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter=mark))
    assert [[c.removeprefix("'") for c in row] for row in again if any(row)][2:] == [
        [c.removeprefix("'") for c in row] for row in rows if any(row)
    ]  # fmt: skip
