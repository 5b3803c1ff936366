"""WebVTT and SubRip: names across cues, voices, notes; times untouched."""

import io
import re

import pytest
import srt
import webvtt
from hypothesis import given
from hypothesis import strategies as st

from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from tests.formats.safe_files import said_beside

VTT = """WEBVTT - Interview with Morag MacLeod
Kind: captions
Recorded by: Fergus

NOTE
file /home/morag/macleod.wav

STYLE
::cue(v[voice="Morag MacLeod"]) { color: lime }

1
00:00:01.000 --> 00:00:04.000 align:start
<v Morag MacLeod>Well, I went to Kil</v>

2
00:00:04.000 --> 00:00:06.000
<v Morag MacLeod>marnock &amp; saw <i>Fer</i>gus
in the office.</v>

morag-3
00:00:06.000 --> 00:00:08.000 Morag
<v INT>Right.</v><v.loud Morag MacLeod>Yes.</v>
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
INT: Who was it?

2
00:00:02,500 --> 00:00:03,000
Morag: It was Fergus
MacLeod

3
00:00:03,000 --> 00:00:04,0
who came.

4
00:00:04,000 --> 00:00:05,000
{\\an8}<font color="red">INT:</font> I see.
"""
NAMES = re.compile(r"Morag MacLeod|Morag|Fergus MacLeod|Fergus|Kil ?marnock")


def made_safe(text: str, name: str, label: str = "[Person 1]") -> tuple[str, str]:
    """The safe file and the text in it, every name replaced."""
    reading = read_file(text.encode(), name, name)
    edits = [Edit(m.start(), m.end(), label) for m in NAMES.finditer(reading.text)]
    written = write_file(reading, edits, name)
    data = written.data
    return data.decode(), written.text


def test_turns_run_on_over_cues_and_a_speaker_is_said_once() -> None:
    assert read_file(VTT.encode(), "a.vtt", "a").text == (
        "Morag MacLeod: Well, I went to Kil marnock & saw Fergus in the office.\n"
        "INT: Right.\nMorag MacLeod: Yes."
    )
    assert read_file(SRT.encode(), "a.srt", "a").text == (
        "INT: Who was it?\nMorag: It was Fergus MacLeod who came.\nINT: I see."
    )


def test_captions_without_speakers_break_at_pauses() -> None:
    text = (
        "1\n00:01,0 --> 00:02,0\nI went home\n\n2\n00:02,0 --> 00:03,0\nto Largs.\n\n3\n"
        "00:05,0 --> 00:06,0\nIt rained.\n"
    )
    assert read_file(text.encode(), "a.vtt", "a").text == "I went home to Largs.\nIt rained."


@pytest.mark.parametrize("label", ["[Person 1]", "Isla", "Isla Reid", "@@Isla##"])
@pytest.mark.parametrize(("text", "name"), [(VTT, "a.vtt"), (SRT, "a.srt")])
def test_no_name_is_left_anywhere_in_the_file(text: str, name: str, label: str) -> None:
    data, said = made_safe(text, name, label)
    assert not re.search("morag|macleod|fergus|marnock", data, re.IGNORECASE)
    assert not NAMES.search(said)


@pytest.mark.parametrize(("text", "name"), [(VTT, "a.vtt"), (SRT, "a.srt")])
def test_times_and_tags_stay_as_they_are(text: str, name: str) -> None:
    data, _ = made_safe(text, name)
    times = re.compile(r"^[\d:.,]+ --> [\d:.,]+(?: align:start)?", re.MULTILINE)
    assert times.findall(data) == times.findall(text)
    for tag in ("<i>", "</i>", "</v>", '<font color="red">', "{\\an8}", "<v.loud "):
        assert (tag in data) == (tag in text)


def test_what_goes_is_counted_and_other_headings_stay() -> None:
    reading = read_file(VTT.encode(), "a.vtt", "a")
    assert reading.dropped == {
        "headings": 2,
        "notes": 1,
        "styles": 1,
        "names of cues": 1,
        "words beside times": 1,
    }
    assert "Kind: captions" in made_safe(VTT, "a.vtt")[0]


def test_other_readers_find_the_safe_words_at_the_old_times() -> None:
    data, _ = made_safe(VTT, "a.vtt")
    before = webvtt.from_buffer(io.StringIO(VTT))
    after = webvtt.from_buffer(io.StringIO(data))
    times = [(caption.start, caption.end) for caption in before.captions]
    assert [(caption.start, caption.end) for caption in after.captions] == times
    assert [caption.voice for caption in after.captions] == ["[Person 1]", "[Person 1]", "INT"]
    assert after[0].text == "Well, I went to [Person 1]"
    data, _ = made_safe(SRT, "a.srt")
    pairs = zip(srt.parse(data), srt.parse(SRT), strict=True)
    assert all((a.start, a.end, a.index) == (b.start, b.end, b.index) for a, b in pairs)


@pytest.mark.parametrize("name", ["a.vtt", "a.srt"])
def test_without_a_mention_every_byte_is_as_it_was(name: str) -> None:
    text = "1\r\n00:00:01.000 --> 00:00:02.000\r\n<b>Well</b>, &amp; no.\r\n\r\n"
    data = b"\xef\xbb\xbf" + (("WEBVTT\r\n\r\n" if name == "a.vtt" else "") + text).encode()
    reading = read_file(data, name, name)
    assert write_file(reading, [], name).data == data
    assert not reading.dropped


def test_the_gate_reads_what_stands_beside_the_words() -> None:
    data = VTT.replace("<i>", "<c.morag>").encode()
    beside = "\n".join(said_beside(data, "a.vtt"))
    assert "<c.morag>" in beside
    assert "Well, I went" not in beside


LINES = [
    "WEBVTT",
    "",
    "NOTE x",
    "STYLE",
    "00:01.0 --> 00:02.0",
    "1:2,3 --> 4:5,6 x",
    "Morag: hi",
    "-->",
    "<v Morag>I",
    "</v>",
    "<v",
    "<",
    "7",
    "Fergus",
    "a --> b",
    "\ufeff",
    "&amp;&#9;",
    "{\\an8}",
]


@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=14), st.sampled_from(["\n", "\r\n", "\r"])
)
def test_malformed_captions_are_read_and_written_all_the_same(lines: list[str], end: str) -> None:
    reading = read_file(("x" + end + end.join(lines)).encode(), "a.vtt", "a")
    edits = [Edit(m.start(), m.end(), "[P 1]") for m in NAMES.finditer(reading.text)]
    written = write_file(reading, edits, "a.vtt")
    data = written.data
    assert read_file(data, "a.vtt", "a").text == written.text


ZOOM = (
    "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nMorag MacLeod: It was Seonaidh\n\n"
    "2\n00:02.000 --> 00:03.000\nMorag MacLeod: MacAskill\n\n"
    "3\n00:03.000 --> 00:04.000\nMorag MacLeod: of Ayr.\n\n4\n00:04.000 --> 00:05.000\nAnn: Aye?\n"
)


def test_a_name_over_cues_that_each_say_who_speaks_is_whole() -> None:
    reading = read_file(ZOOM.encode(), "a.vtt", "a")
    assert reading.text == "Morag MacLeod: It was Seonaidh MacAskill of Ayr.\nAnn: Aye?"
    edits = [
        Edit(m.start(), m.end(), "[Person 1]")
        for m in re.finditer("Morag MacLeod|Seonaidh MacAskill", reading.text)
    ]
    written = write_file(reading, edits, "a.vtt")
    safe = written.data
    assert not re.search(b"Morag|MacLeod|Seonaidh|MacAskill", safe)
    assert safe.count(b"[Person 1]:") == 3
    assert written.text == "[Person 1]: It was [Person 1] [Person 1] of Ayr.\nAnn: Aye?"


def test_rolling_captions_have_whole_labels_in_each_cue() -> None:
    """As YouTube writes them: each line again above the next, words with times of their own."""
    data = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.160 --> 00:00:02.389 align:start position:0%\n \n"
        "so<00:00:00.480><c> I</c><00:00:00.640><c> met</c><00:00:00.800><c> Morag</c>\n\n"
        "00:00:02.389 --> 00:00:02.399 align:start position:0%\nso I met Morag\n \n\n"
        "00:00:02.399 --> 00:00:05.110 align:start position:0%\nso I met Morag\n"
        "MacLeod<00:00:02.639><c> in</c><00:00:02.879><c> Kilmarnock</c>\n\n"
        "00:00:05.110 --> 00:00:05.120 align:start position:0%\nMacLeod in Kilmarnock\n \n"
    )
    reading = read_file(data.encode(), "a.vtt", "a.vtt")
    found = re.finditer("Morag MacLeod|Morag|MacLeod|Kilmarnock", reading.text)
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in found]
    safe = write_file(reading, edits, "a.vtt").data.decode()
    assert not re.search("Morag|MacLeod|Kilmarnock", safe)
    assert [line.count("[") for line in safe.splitlines()] == [
        line.count("]") for line in safe.splitlines()
    ]
    assert safe.count("[Person 1]") == 6
    assert re.findall("<00[^>]*>", safe) == re.findall("<00[^>]*>", data)


@pytest.mark.parametrize(
    "behind",
    ["", " (she/her)", " | Ferrin Housing", ", Housing Officer", " (Guest) | LCHT", " - Desk"],
)
@pytest.mark.parametrize("said", ["[Person 1]", "@@Person 1##", "Ailsa"])
def test_what_stands_behind_a_speakers_name_goes_with_the_label(behind: str, said: str) -> None:
    name = "Catriona Merrilees"
    data = (
        f"WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\n{name}{behind}: Right, off you go.\n\n"
        f"2\n00:00:01.000 --> 00:00:02.000\nHamish (he/him): Thanks.\n\n"
        f"3\n00:00:02.000 --> 00:00:03.000\n{name}{behind}: Off.\n"
    ).encode()
    reading = read_file(data, "a.vtt", "a.vtt")
    assert reading.text.count("\n") == 2
    edits = [Edit(m.start(), m.end(), said) for m in re.finditer(name, reading.text)]
    written = write_file(reading, edits, "a.vtt")
    assert written.text == reading.text.replace(name, said)
    assert name.encode() not in written.data


@pytest.mark.parametrize("label", ["[Person 1]", "Isla", "Isla Reid"])
@pytest.mark.parametrize(
    "form", ["({}) ", "[{}] ", "{} - ", "- ", ">> ", "<b>({})</b> "], ids=lambda form: form.strip()
)
def test_a_speaker_marked_in_another_way_begins_a_line(form: str, label: str) -> None:
    talk = ("Two things: why?", "Badly.", "How?", "Aye.", "And?", "No.")
    text = "".join(
        f"{number}\n00:00:0{number},000 --> 00:00:0{number},900\n{form.format(who)}{said}\n\n"
        for number, (who, said) in enumerate(zip(("Morag", "Fergus") * 3, talk, strict=True), 1)
    )
    assert read_file(text.encode(), "a.srt", "a").text.count("\n") == 5
    data, said = made_safe(text, "a.srt", label)
    assert said.count("\n") == 5
    assert not NAMES.search(data)


@pytest.mark.parametrize("behind", ["", " and more"])
def test_a_number_runs_on_into_a_cue_of_which_it_leaves_little(behind: str) -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nMorag: It is 0141 496\n\n"
        f"2\n00:00:02,000 --> 00:00:03,000\nMorag: 0123{behind}\n\n"
        "3\n00:00:04,000 --> 00:00:05,000\nINT: Right.\n"
    )
    reading = read_file(text.encode(), "a.srt", "a")
    at = reading.text.index("0141")
    edit = Edit(at, reading.text.index("0123") + 4, "[telephone]")
    written = write_file(reading, [edit], "a.srt")
    assert f"Morag: [telephone]{behind}\n" in written.data.decode()
    assert not re.search("0141|0123", written.data.decode())
    (place,) = written.placed
    assert written.text[: place.safe_start] == reading.text[:at]


def test_a_colon_behind_a_voice_tag_is_of_the_talk() -> None:
    data = (
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Morag>It was long.\n\n"
        b"00:02.000 --> 00:03.000\n<v Morag>I had it by heart: four one four.\n"
    )
    reading = read_file(data, "a.vtt", "a.vtt")
    assert reading.text == "Morag: It was long. I had it by heart: four one four."
