"""A find anywhere, over any edge of any file: the safe file says it, and all of it is hidden."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import PurePath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redact.core import Replacement, SafeTranscript, Span
from redact.formats.edges import Edge, within_edges
from redact.formats.format import BY_DEFAULT
from redact.formats.registry import read_file, safe_suffix, write_file
from redact.formats.slots import Edit, Reading
from redact.formats.source_file import SourceFile
from redact.replace.splice import Original, restore
from redact.study.linkage import made_file
from tests.conftest import ROOT
from tests.formats import exports, fuzz

SAMPLES = ROOT / "samples" / "formats" / "transcripts"
# Captions in which nobody is named, with notes that go: as a video service exports them.
UNNAMED = b"""\xef\xbb\xbfWEBVTT

NOTE Confidence: 0.9902322

00:00:00.000 --> 00:00:04.720
Hello again. In this talk I'm going

NOTE Confidence: 0.9902322

00:00:04.720 --> 00:00:07.619
to say who it was: that was

00:00:07.700 --> 00:00:09.619
Ailsa Reid of Corriedoon,
who came

00:00:09.700 --> 00:00:12.000
to the hall. I'd
"""
# What a person may write for a detail, what a role or a number may say, and marks of the files.
ODD = (
    *("[said at 12:00 --> 13:00]", "[, ]", "[+44 1]", '[a <b>bold</b> & "quoted" thing]', "…"),
    *("[NOTE x]", "[*P1: y]", f"[one {'word ' * 36}]", "12", "12:30", "=1+1", "-", "Interviewer"),
    *("a care worker: nights", "the hall -- then", 'a manager (nights), "the boss"', "M&S"),
)
TOLD = (
    *ODD,
    *("[Person 1]", "[Person 12]", "@@PLACE 3##", "[telephone number]"),
    *("Ailsa", "Ailsa Reid", "12 May 1970", "a son", "twenty", "P7"),
)


def _files() -> Iterator[tuple[str, bytes]]:
    """Files of every format with the shapes that their producers give them."""
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix not in (".zip", ".json"):
            yield path.name, path.read_bytes()
    yield "video service.vtt", UNNAMED
    for producer, shape in exports.shapes("Who was it?", "Me and Morag MacLeod, aye.", "Fergus"):
        if not producer.startswith("nobody's"):  # read by its words: refused where most are hidden
            yield f"{producer}.json", json.dumps(shape).encode()
    for kind, (name, seed, wrapped) in fuzz.seeds().items():
        if kind != "json of others":
            yield f"{kind}, {name}", wrapped(seed)


FILES = dict(_files())


@cache
def read(name: str) -> Reading:
    return read_file(FILES[name], name, name)


def spans(text: str) -> st.SearchStrategy[list[Edit]]:
    """Some stretches of a text, none over another, with something to stand there."""
    length = st.sampled_from((1, 2, 5, 12, 30, 80, 200))
    one = st.tuples(st.integers(0, len(text) - 1), length, st.sampled_from(TOLD))

    def apart(drawn: list[tuple[int, int, str]]) -> list[Edit]:
        edits: list[Edit] = []
        for start, long, told in sorted(drawn):
            if not edits or start >= edits[-1].end:
                edits.append(Edit(start, min(len(text), start + long), told))
        return edits

    return st.lists(one, min_size=1, max_size=5).map(apart)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=12)
@given(data=st.data())
def test_finds_anywhere_are_made_and_undone(name: str, data: st.DataObject) -> None:
    """Each word of a find is hidden, in one piece or several, and what stood there comes back."""
    reading = read(name)
    edits = data.draw(spans(reading.text))
    source = SourceFile(name=name, path=name, sha256="", reading=reading)
    items = tuple(
        Replacement(start=edit.start, end=edit.end, text=edit.text, entity=str(number))
        for number, edit in enumerate(edits)
    )
    file, safe = made_file(source, SafeTranscript("D0001", "", items), BY_DEFAULT)
    hidden = {at for one in safe.replacements for at in range(one.start, one.end)}
    for edit in edits:
        letters = {at for at in range(edit.start, edit.end) if reading.text[at].isalnum()}
        assert letters <= hidden
    for one in safe.replacements:
        assert file.text[one.safe_start : one.safe_end] == one.text
    said = [
        Edit(one.safe_start, one.safe_end, reading.text[one.start : one.end])
        for one in safe.replacements
    ]
    text = restore(file.text, [Original(Span(one.start, one.end), one.text) for one in said])
    if safe_suffix(name) != PurePath(name).suffix:  # our own Word files end a line
        assert text in (reading.text, reading.text + "\n")
    else:
        assert text == reading.text


def test_a_find_over_lines_is_one_in_each() -> None:
    name = "morag-srt.srt"
    reading = read(name)
    start = reading.text.index("came to be here?")
    end = reading.text.index("nae bother", start)
    cut = within_edges(reading, [Edit(start, end, "[Person 1]")], Edge.LINE)
    assert [reading.text[one.start : one.end] for one in cut] == [
        "came to be here?",
        "Morag",
        "Aye,",
    ]
    written = write_file(reading, [Edit(start, end, "[Person 1]")], name)
    assert "how you [Person 1]\n[Person 1]: [Person 1] nae bother" in written.text


def test_a_name_over_two_lines_of_a_cue_stays_one() -> None:
    data = b"1\n00:00:01,000 --> 00:00:02,000\nMorag: It was Fergus\nMacLeod who came.\n"
    reading = read_file(data, "a.srt", "a.srt")
    start = reading.text.index("Fergus")
    written = write_file(reading, [Edit(start, start + 14, "[Person 1]")], "a.srt")
    assert written.text == "Morag: It was [Person 1]  who came."
    assert b"\nMorag: It was [Person 1]\n who came." in written.data


def test_what_begins_a_cue_like_a_mark_of_who_speaks_comes_back() -> None:
    """A label at the beginning of a cue is read as one; the text is told back to the letter."""
    reading = read_file(UNNAMED, "a.vtt", "a.vtt")
    start = reading.text.index("Ailsa Reid")
    source = SourceFile(name="a.vtt", path="a.vtt", sha256="", reading=reading)
    item = Replacement(start=start, end=start + 10, text="[Person 1]", entity="E1")
    file, safe = made_file(source, SafeTranscript("D0001", "", (item,)), BY_DEFAULT)
    assert "that was\n[Person 1] of Corriedoon" in file.text
    assert [(one.entity, one.text) for one in safe.replacements] == [
        ("grammar", "\n"),
        ("E1", "[Person 1]"),
    ]
    originals = [
        Original(Span(one.safe_start, one.safe_end), reading.text[one.start : one.end])
        for one in safe.replacements
    ]
    assert restore(file.text, originals) == reading.text


def test_a_label_that_would_be_talk_stands_in_brackets() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\nINT: Who?\n\n00:02.000 --> 00:03.000\nMorag: Me.\n"
    reading = read_file(data, "a.vtt", "a.vtt")
    start = reading.text.index("Morag")
    written = write_file(reading, [Edit(start, start + 5, "a daughter; of four")], "a.vtt")
    assert written.text == "INT: Who?\n[a daughter  of four]: Me."


def test_blanks_and_marks_of_their_own_are_nobody() -> None:
    data = b'{"segments": [{"speaker": "A", "text": "Aye"}, {"speaker": "B", "text": "No"}]}'
    reading = read_file(data, "a.json", "a.json")
    at = reading.text.index("\n")
    assert write_file(reading, [Edit(at, at + 1, "[Person 1]")], "a.json").data == data


@pytest.mark.parametrize(
    ("name", "begins", "ends", "told"),
    [
        ("chat.cha, chat.cha", "MOR: it was", "Morag", "[telephone number]"),  # a code, and a name
        ("qdpx, its project, a.qdpx", "Fergus does", "town", "twenty"),
        ("qdpx, its project, a.qdpx", "Morag MacLeod\nMora", "g\nabout", "twenty"),
        ("morag-qdpx.qdpx", "choice\n", "first interview", "twenty"),  # a name to sign in with
    ],
)
def test_what_nobody_says_is_no_copy_of_the_talk_once_both_are_hidden(
    name: str, begins: str, ends: str, told: str
) -> None:
    reading = read(name)
    end = reading.text.rindex(ends)
    start = reading.text.rindex(begins, 0, end)
    written = write_file(reading, [Edit(start, end + len(ends), told)], name)
    hidden = [written.text[one.safe_start : one.safe_end] for one in written.placed]
    assert hidden
    assert all(told in one for one in hidden)


def test_words_that_are_marks_of_the_file_stand_there_plainly() -> None:
    """Lines and times of a cue would make two of one."""
    reading = read_file(b"WEBVTT\n\n00:01.000 --> 00:02.000\nAye.\n", "a.vtt", "a.vtt")
    written = write_file(reading, [Edit(0, 4, "one\n\n00:02.000 --> 00:03.000\ntwo")], "a.vtt")
    assert written.text == "[one 00 02 000 00 03 000 two]"


@pytest.mark.parametrize(("told", "said"), [("12", "[12 instead]"), ("…", "[removed]")])
def test_figures_beside_the_talk_are_words_there(told: str, said: str) -> None:
    """A place of figures alone would be taken for structure, and not be read again."""
    name = "tei.xml, tei.xml"
    reading = read(name)
    start = reading.text.rindex("audio")
    written = write_file(reading, [Edit(start, start + 5, told)], name)
    assert said in written.text.splitlines()
