"""Files of transcription programs: turns by who speaks, every copy of a name, times untouched."""

from __future__ import annotations

import json
import re
from typing import Any

import pympi
import pytest
from lxml import etree

from redact.errors import BadInput
from redact.formats.content import true_ending
from redact.formats.registry import Written, read_file, write_file
from redact.formats.slots import Edit
from redact.release.unread import unread
from tests.formats.transcripts import FILES

NAMES = re.compile(
    "Morag MacLeod|MORAG|Morag|MACLEOD|Fergus Baird|Fergus|fergus baird|Isla Reid|ISLA|Isla|REID"
    "|Reid|Kilmarnock"
)
LABELS = {"mo": "[Person 1]", "ma": "[Person 1]", "fe": "[Person 2]", "ki": "[Place 1]"}


def made_safe(name: str, text: str) -> Written:
    reading = read_file(text.encode(), name, name)
    edits = [
        Edit(match.start(), match.end(), LABELS.get(match[0][:2].lower(), "[Person 3]"))
        for match in NAMES.finditer(reading.text)
    ]
    return write_file(reading, edits, name)


@pytest.mark.parametrize("name", FILES)
def test_no_name_is_left_and_every_value_is_read_or_known(name: str) -> None:
    written = made_safe(name, FILES[name])
    assert not NAMES.search(written.data.decode())
    assert not unread(name, written.data, written.text)
    assert not read_file(written.data, name, name).dropped


@pytest.mark.parametrize("name", FILES)
def test_nothing_found_says_the_same_again(name: str) -> None:
    reading = read_file(FILES[name].encode(), name, name)
    written = write_file(reading, [], name)
    assert written.text == reading.text
    assert write_file(written.reading, [], name).data == written.data


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        (
            "long.textgrid",
            'Morag MacLeod: It was Fergus Baird who said "aye",\nINT: And who was that?\n'
            "Morag MacLeod: in Kilmarnock\nphones",
        ),
        ("short.textgrid", "Morag: It was Fergus in Kilmarnock."),
        (
            "chat.cha",
            "INT: who came to the door ?\nMOR: it was Fergus Baird &-um (.) [= the postman] "
            "from Kilmarnock . aye .\nMorag\nIsla\n",
        ),
        (
            "inqscribe.inqscr",
            "[00:00:01.00] INT: Who came to the door?\n\n[00:00:04.12] MORAG: It was",
        ),
        (
            "otranscribe.otr",
            "00:01 INT: Who came to the door?\n00:04 Morag MacLeod: It was Fergus Baird & “",
        ),
        (
            "exmaralda.exb",
            "INTERVIEWER: Who came to the door? \nMORAG: It was Fergus Baird, from Kilmarnock. \n",
        ),
        ("folker.flk", "S2: who came to the door\nMORAG: it was fergus baird\nMorag MacLeod"),
        (
            "ohms.xml",
            'REID: Who came to the door?\n\nMACLEOD: It was Fergus Baird & his "brother",\n',
        ),
        ("tei.xml", "Who came?\nMORAG: It was Fergus Baird.\nTalk with Morag MacLeod\n"),
        (
            "transcriber.trs",
            "Isla: Who came to the door?\nMorag MacLeod: It was Fergus Baird from Kilmarnock.\n",
        ),
    ],
)
def test_turns_come_first_with_who_speaks(name: str, begins: str) -> None:
    assert read_file(FILES[name].encode(), name, name).text.startswith(begins)


def test_a_textgrid_in_utf16_is_read() -> None:
    data = FILES["long.textgrid"].encode("utf-16")
    written = write_file(read_file(data, "long.textgrid", "a"), [], "long.textgrid")
    assert written.text.startswith("Morag MacLeod: It was")


def test_pympi_opens_the_safe_textgrid(tmp_path: Any) -> None:
    path = tmp_path / "safe.TextGrid"
    path.write_bytes(made_safe("long.textgrid", FILES["long.textgrid"]).data)
    grid = pympi.Praat.TextGrid(str(path))
    tiers = {tier.name: list(tier.get_all_intervals()) for tier in grid.get_tiers()}
    assert list(tiers) == ["[Person 1]", "INT", "phones"]
    assert tiers["[Person 1]"][0] == (0, 4, 'It was [Person 2] who said "aye",')
    assert tiers["[Person 1]"][2] == (6.25, 12.5034512345678, "in [Place 1]")


def test_a_textgrid_that_pympi_wrote_is_read(tmp_path: Any) -> None:
    grid = pympi.Praat.TextGrid(xmax=10)
    grid.add_tier("Morag").add_interval(0, 2.5, "It was Fergus")
    grid.add_tier("INT").add_interval(2.5, 4, "Aye?")
    path = tmp_path / "a.TextGrid"
    for mode in ("normal", "short"):
        grid.to_file(str(path), mode=mode)
        reading = read_file(path.read_bytes(), "long.textgrid", "a")
        assert reading.text == "Morag: It was Fergus\nINT: Aye?"


def test_comments_and_sounds_of_words_leave_a_textgrid() -> None:
    text = FILES["long.textgrid"].replace("xmin = 0 \n", "xmin = 0 Morag was here\n", 1)
    reading = read_file(text.encode(), "long.textgrid", "a")
    assert reading.dropped == {"sounds of words": 2, "comments": 1}
    safe = write_file(reading, [], "long.textgrid").data.decode()
    assert "was here" not in safe
    assert 'mark = "3:"' not in safe


@pytest.mark.parametrize("name", ["Alphonse", "Segun", "[telephone number]", "Mauricio"])
def test_a_name_that_says_phon_or_seg_is_no_tier_of_sounds(name: str) -> None:
    text = FILES["short.textgrid"].replace("Morag", name, 1)
    reading = read_file(text.encode(), "short.textgrid", "a")
    assert reading.text == f"{name}: It was Fergus in Kilmarnock."
    assert not reading.dropped


@pytest.mark.parametrize("name", ["phones", "Morag-phonemes", "KAN-MAU", "x_segments", "SAMPA"])
def test_a_tier_that_is_called_as_sounds_are_goes(name: str) -> None:
    text = FILES["short.textgrid"].replace("Morag", name, 1)
    reading = read_file(text.encode(), "short.textgrid", "a")
    assert reading.dropped == {"sounds of words": 2}


@pytest.mark.parametrize(
    ("says", "codec"),
    [
        ("ISO-8859-1", "iso8859-1"),
        ("iso-8859-1", "cp1252"),  # as Windows has it: a quote where the standard has no letter
        ("ISO-8859-15", "iso8859-15"),
        ("windows-1252", "cp1252"),
    ],
)
def test_xml_in_the_encoding_that_it_names_is_read(says: str, codec: str) -> None:
    quote = "\u2019" if codec == "cp1252" else "'"
    said = f"Zoë O{quote}Brien, née Müller"
    text = FILES["transcriber.trs"].replace("Fergus", said, 1)
    text = re.sub(r"<\?xml.*?\?>", f'<?xml version="1.0" encoding="{says}"?>', text, count=1)
    reading = read_file(text.encode(codec), "a.trs", "a")
    assert said in reading.text
    written = write_file(reading, [], "a.trs")
    assert etree.fromstring(written.data).tag == "Trans"
    assert said in written.data.decode("utf-8")


@pytest.mark.parametrize("says", ["iso-8859-99", "utf-16", "koi-99"])
def test_xml_that_is_not_in_the_encoding_that_it_names_is_refused(says: str) -> None:
    text = re.sub(r'encoding="[^"]*"', f'encoding="{says}"', FILES["tei.xml"], count=1)
    assert says in text
    with pytest.raises(BadInput, match="as it says"):
        read_file((text + " ").encode(), "a.xml", "a")


def test_tei_as_it_was_drafted_is_read() -> None:
    text = FILES["tei.xml"]
    opening = '<iso:annotationGrp xmlns:iso="http://standoff.proposal"'
    draft = text.replace("<annotationBlock", opening)
    draft = draft.replace("</annotationBlock>", "</iso:annotationGrp>")
    assert opening in draft
    before, after = (read_file(one.encode(), "a.xml", "a") for one in (text, draft))
    assert after.text == before.text
    assert after.dropped == before.dropped
    assert after.times == before.times


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("long.textgrid", "talk", "not a TextGrid"),
        ("long.textgrid", FILES["short.textgrid"][:-30], "the end before all tiers"),
        ("long.textgrid", FILES["short.textgrid"].replace("3.5", "441414960771"), "no time"),
        ("chat.cha", "@Begin\nMorag was here\n", "line 2 begins with no mark"),
        ("chat.cha", "@Begin\n@End\n", "no turn"),
        ("inqscribe.inqscr", "app=InqScribe\n", "no text"),
        ("otranscribe.otr", '{"media": "x"}', "no transcript"),
        ("ohms.xml", "<html/>", "no transcript in XML"),
        (
            "ohms.xml",
            '<?xml version="1.0"?><!-- <TEI> -->\n<tt xmlns="http://www.w3.org/ns/ttml"><p>Hi</p></tt>',
            "no transcript in XML",
        ),
        ("exmaralda.exb", "<basic-transcription/>", "nothing said"),
    ],
)
def test_what_is_none_of_them_is_refused_with_what_it_lacks(
    name: str, text: str, what: str
) -> None:
    with pytest.raises(BadInput, match=what):
        read_file(text.encode(), name, name)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("exmaralda.exb", ".exb"),
        ("folker.flk", ".flk"),
        ("transcriber.trs", ".trs"),
        ("ohms.xml", ".xml"),
    ],
)
def test_a_root_element_says_what_an_xml_file_is(name: str, ending: str) -> None:
    assert true_ending(FILES[name].encode(), ".xml") == ending


def test_what_chat_says_of_words_goes_and_codes_of_speakers_follow_the_turns() -> None:
    chat = FILES["chat.cha"].replace("MOR", "MORAG")
    reading = read_file(chat.encode(), "chat.cha", "a")
    assert reading.dropped["words taken apart"] == 1
    assert reading.text.count("MORAG") == 1  # the headers' are copies
    safe = write_file(
        reading,
        [Edit(m.start(), m.end(), "[Person 1]") for m in re.finditer("MORAG", reading.text)],
        "chat.cha",
    ).data.decode()
    assert "@Participants:\t[Person 1] Morag Participant, INT Isla Interviewer" in safe
    assert "eng|leven|[Person 1]|62;03.01|female|||Participant|||" in safe
    assert "MORAG" not in safe
    assert "\x152100_6500\x15" in safe


def test_otranscribe_opens_the_page_in_its_json() -> None:
    written = made_safe("otranscribe.otr", FILES["otranscribe.otr"])
    document = json.loads(written.data)
    assert document["media-time"] == 12.5
    assert document["media"] == ""
    page = etree.fromstring(f"<d>{document['text'].replace('<br>', '<br/>')}</d>")
    assert [span.get("data-timestamp") for span in page.iter("span")] == ["1.25", "4.5"]
    assert "[Person 2] & “[Person 3]”, née [Person 3]." in "".join(page.itertext())


def test_references_to_speakers_and_points_stay_alike() -> None:
    text = FILES["tei.xml"].replace("SPK0", "MORAG").replace("T1", "Morags_start")
    root = etree.fromstring(made_safe("tei.xml", text).data)
    space = "{http://www.tei-c.org/ns/1.0}"
    key = "{http://www.w3.org/XML/1998/namespace}id"
    people = {f"#{one.get(key)}" for one in root.iter(f"{space}person")}
    points = {f"#{one.get(key)}" for one in root.iter(f"{space}when")}
    blocks = list(root.iter(f"{space}annotationBlock"))
    assert {block.get("who") for block in blocks} == people
    assert {block.get("start") for block in blocks} <= points
    assert not NAMES.search(etree.tostring(root).decode())
