"""Who is known beforehand: the roster, speaker labels and headers, names behind a title."""

import pytest

from redact.core import RosterEntry
from redact.detect.roster import RosterRecognizer, SpeakerRecognizer, TitleRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I asked Mrs Begum then", "Begum"),
        ("it was Mr. O'Neil's turn", "O'Neil"),
        ("Auntie Fatima came", "Fatima"),
        ("old Dr Sen-Gupta", "Sen-Gupta"),
        ("Mr Park is in", "Park"),
    ],
)
def test_the_name_behind_a_title_is_found(text: str, name: str) -> None:
    assert found_by(TitleRecognizer(), text, "PERSON") == [name]


@pytest.mark.parametrize(
    "text", ["the Dr was late", "Miss the bus", "Sister of mine", "Mr and Mrs"]
)
def test_a_title_alone_names_nobody(text: str) -> None:
    assert not found_by(TitleRecognizer(), text, "PERSON")


def test_speaker_labels_and_headers_are_mentions() -> None:
    text = "Location: Largs\nINT: So?\nMorag: Aye.\n"
    assert found_by(SpeakerRecognizer(), text, "PERSON") == ["Morag"]
    assert found_by(SpeakerRecognizer(), text, "PLACE") == ["Largs"]


ROSTER = (
    RosterEntry(row=2, kind="PERSON", name="Hugh Lennox", aliases=("Shuggie",)),
    RosterEntry(row=3, kind="PERSON", name="Will Dunlop", aliases=("Will",)),
    RosterEntry(row=4, kind="ORG", name="Corriedoon Supported Living", aliases=("Corriedoon",)),
)


def test_the_roster_is_found_in_any_case_and_possessive_but_words_wait_for_evidence() -> None:
    text = "SHUGGIE and hugh lennox's pal at corriedoon; I will ask Will Dunlop"
    recognizer = RosterRecognizer(ROSTER)
    assert found_by(recognizer, text, "PERSON") == ["SHUGGIE", "hugh lennox", "Will Dunlop"]
    assert found_by(recognizer, text, "ORG") == ["corriedoon"]
