"""What stands in a safe file beside its text is told to the release gate, however it is written."""

import base64

from redact.formats.beside import beside_the_text
from redact.formats.registry import read_file
from redact.formats.slots import WHOLE, Reading, Slot
from tests.formats.safe_files import said_beside

NAME = "Morag MacLeod"


def beside_of(raw: bytes) -> str:
    """What is read of bytes in which no word is known."""
    (one,) = beside_the_text(Reading(text="", slots=(), parts={WHOLE: raw}), "a.bin")
    assert one.part is None
    return one.text


def test_the_words_themselves_are_not_beside_the_text() -> None:
    raw = f"{NAME}: aye".encode()
    slot = Slot(start=0, end=len(raw), at=0, to=len(raw), codec="plain")
    (one,) = beside_the_text(Reading(text=raw.decode(), slots=(slot,), parts={WHOLE: raw}), "a.txt")
    assert NAME not in one.text


def test_markup_entities_wide_characters_and_base64_are_read() -> None:
    assert NAME in beside_of(b"<a b='Morag&#32;MacLeod'/>")
    assert NAME in beside_of(b"<a>Aye.<!-- Morag MacLeod --></a>")
    assert NAME in beside_of(NAME.encode("utf-16-le"))
    assert NAME in beside_of(b"x" + NAME.encode("utf-16-le"))
    assert NAME in beside_of(b"data:" + base64.b64encode(f"It was {NAME} of Ayr.".encode()))
    for before in ("It was ", "It was  ", "It was   "):  # whole to its last letter, padded or not
        assert NAME in beside_of(b"data:" + base64.b64encode(f"{before}{NAME}".encode()))


def test_names_of_fonts_on_a_page_are_no_people() -> None:
    page = b'<p style="font-family: Morag">Aye.</p>'
    assert not any(NAME.split()[0] in said for said in said_beside(page, "a.html"))


def test_a_file_that_is_no_zip_has_one_part_without_a_name() -> None:
    reading = read_file(b"WEBVTT\n\n00:01.000 --> 00:02.000\nAye.\n", "a.vtt", "a")
    assert [one.part for one in beside_the_text(reading, "a.vtt")] == [None]
