"""What is understood of a file before anything is made: shown, and true."""

from pathlib import Path

from redact.formats.sources import read_sources
from redact.formats.understood import Understood, understood

TALK = "\n".join(
    [
        "Participant: Ishbel Gunn (IG)",
        "Date: 3 May 2024",
        "",
        "INT: And when was it that you came to the centre?",
        "IG: It was in the autumn, and they asked me if I would help out there.",
        "P07: There were six or seven of us, no more than that, and the keys.",
        "INT: Right, and who was with you?",
        "IG: That would have been my sister, and then the others came.",
    ]
)


def seen(path: Path, data: bytes) -> Understood:
    path.write_bytes(data)
    (source,) = read_sources([path])
    return understood(source)


def test_who_speaks_and_how_often_and_what_the_header_says(tmp_path: Path) -> None:
    one = seen(tmp_path / "a.txt", TALK.encode())
    speakers = {speaker.label: (speaker.kind, speaker.turns) for speaker in one.speakers}
    assert speakers == {"INT": ("role", 2), "IG": ("person", 2), "P07": ("code", 1)}
    assert {s.name for s in one.speakers if s.label == "IG"} == {"Ishbel Gunn"}
    header = {field.key: field.value for field in one.header}
    assert header == {"participant": "Ishbel Gunn (IG)", "date": "3 May 2024"}
    assert (one.format, one.encoding, one.guessed) == ("plain text", "utf-8", False)
    assert one.language.is_english
    assert one.words > 60


def test_a_guessed_encoding_and_captions_called_text_are_said(tmp_path: Path) -> None:
    one = seen(tmp_path / "a.txt", "INT: Zo\xeb came to the caf\xe9 with me.\n".encode("cp1252"))
    assert (one.encoding, one.guessed) == ("cp1252", True)
    cues = "1\n00:00:01,000 --> 00:00:02,000\nAye.\n\n2\n00:00:03,000 --> 00:00:04,000\nRight.\n"
    assert seen(tmp_path / "b.txt", cues.encode()).format == "plain text with the times of captions"


def test_what_will_be_left_out_is_counted(tmp_path: Path) -> None:
    notes = "WEBVTT\n\nNOTE made by Ishbel\n\n00:01.000 --> 00:02.000\nIshbel: Aye.\n"
    one = seen(tmp_path / "a.vtt", notes.encode())
    assert sum(one.left_out.values()) == 1
    assert [speaker.label for speaker in one.speakers] == ["Ishbel"]
