"""What stands in a safe file beside its text is told to the release gate, however it is written."""

import base64

import pytest

from redact.formats.beside import beside_the_text, decoded_runs
from redact.formats.registry import read_file
from redact.formats.slots import WHOLE, Reading, Slot
from redact.formats.xml import everything_in
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


@pytest.mark.parametrize(
    "written",
    [
        base64.b64encode(NAME.encode()).decode(),
        base64.urlsafe_b64encode(f"ÿ{NAME}".encode()).decode(),
        NAME.encode().hex(),
        NAME.encode().hex(" "),
        "Morag=20MacLeod",
        f"\u202e{NAME[::-1]}\u202c",
    ],
)
def test_runs_in_other_writings_are_decoded_where_they_stand(written: str) -> None:
    found = [one for one in decoded_runs(f"It was {written} so.") if NAME in one.text]
    assert {one.at for one in found} <= {7, 7 + written.find("=")}
    assert found


def test_words_and_numbers_are_no_runs_of_another_writing() -> None:
    text = "Nevertheless co-production, 07700 900123, in Kilmarnock: understanding."
    assert not [one for one in decoded_runs(text) if one.text.isascii() and " " in one.text]


@pytest.mark.parametrize("schema", ["http://www.mpi.nl/tools/elan/EAFv3.0.xsd", "elan.xsd"])
def test_only_the_address_of_a_published_schema_says_nothing(schema: str) -> None:
    said = everything_in(f'<a b="{schema}" c="Elan">Nell</a>'.encode(), "a")
    assert said.split("\n") == [*([schema] if schema == "elan.xsd" else []), "Elan", "Nell"]
