"""Labels of turns stay apart: two names of one person in turn are two turns, and go back."""

import re

import pytest

from redact.formats.labels import told_apart
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit

TIERS = (
    '<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="1"/><TIME_SLOT '
    'TIME_SLOT_ID="b" TIME_VALUE="2"/></TIME_ORDER><TIER TIER_ID="{0}"><ANNOTATION>'
    '<ALIGNABLE_ANNOTATION ANNOTATION_ID="x" TIME_SLOT_REF1="a" TIME_SLOT_REF2="b">'
    "<ANNOTATION_VALUE>I saw.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>"
    '<TIER TIER_ID="{1}"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="y" '
    'TIME_SLOT_REF1="b" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>I went.</ANNOTATION_VALUE>'
    "</ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>"
)


@pytest.mark.parametrize(
    "two",
    [
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v {0}>I saw.\n\n00:02.000 --> 00:03.000\n"
            "<v {1}>I went.\n\n00:03.000 --> 00:04.000\n<v {0}>Home.\n",
        ),
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\n{0}: I saw.\n\n00:02.000 --> 00:03.000\n"
            "{1}: I went.\n\n00:03.000 --> 00:04.000\n{0}: Home.\n",
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n{0}: I saw.\n\n2\n00:00:02,000 --> 00:00:03,"
            "000\n{1}: I went.\n\n3\n00:00:03,000 --> 00:00:04,000\n{0}: Home.\n",
        ),
        ("a.csv", "speaker,text\n{0},I saw.\n{1},I went.\n{0},Home.\n"),
        (
            "a.json",
            '[{{"speaker": "{0}", "text": "I saw."}}, {{"speaker": "{1}", "text": "I went."'
            '}}, {{"speaker": "{0}", "text": "Home."}}]',
        ),
        ("a.eaf", TIERS),
    ],
)
def test_two_names_of_one_speaker_in_turn_stay_two_turns(two: tuple[str, str]) -> None:
    name, template = two
    reading = read_file(template.format("Morag", "Morag MacLeod").encode(), name, name)
    edits = [
        Edit(m.start(), m.end(), "[Person 1]")
        for m in re.finditer("Morag MacLeod|Morag", reading.text)
    ]
    written = write_file(reading, edits, name)
    safe = written.data
    assert b"Morag" not in safe
    assert written.text.startswith("[Person 1]: I saw.\n[Person 1] : I went.")
    back = [Edit(p.safe_start, p.safe_end, reading.text[p.start : p.end]) for p in written.placed]
    again = read_file(safe, name, name)
    assert read_file(write_file(again, back, name).data, name, name).text == reading.text


def test_only_the_label_that_would_be_another_turns_gets_a_blank() -> None:
    text = "Morag: I saw.\nMorag MacLeod: I went.\n\nMorag: Home, Morag."
    edits = [
        Edit(m.start(), m.end(), "[Person 1]") for m in re.finditer("Morag MacLeod|Morag", text)
    ]
    said = [edit.text for edit in told_apart(text, edits)]
    assert said == ["[Person 1]", "[Person 1] ", "[Person 1]", "[Person 1]"]


def test_one_speaker_in_turn_is_left_alone() -> None:
    text = "Morag: I saw.\nMorag: I went."
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in re.finditer("Morag", text)]
    assert told_apart(text, edits) == edits
