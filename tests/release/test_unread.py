"""A made-up name in any place of JSON, captions, tables, .rtf and text is read, or goes."""

import io
import json
import random
from collections import Counter

import pytest
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS

from redact.formats.registry import read_file, safe_suffix, write_file
from redact.release.unread import unread
from tests.formats import plant_text, test_planted
from tests.formats.exports import shapes

EVERY = list(plant_text.planted())
SHORT = random.Random(20).sample(range(len(EVERY)), 240)  # noqa: S311
ORDINARY = [
    ("a.vtt", plant_text.VTT),
    ("a.srt", plant_text.SRT),
    ("a.csv", plant_text.TABLE),
    ("a.tsv", plant_text.TABBED),
    ("a.rtf", plant_text.RTF),
    ("a.txt", plant_text.TEXT),
    *(("a.json", json.dumps(shape)) for _, shape in shapes("Who was it?", "Me, so.", "Ann Bell")),
]


@pytest.mark.parametrize("number", SHORT)
def test_a_name_in_any_place_is_read_as_words_or_goes(number: int) -> None:
    assert plant_text.wrong(EVERY[number]) is None


@pytest.mark.parametrize("number", range(len(ORDINARY)))
def test_an_ordinary_file_passes_both_readers(number: int) -> None:
    name, text = ORDINARY[number]
    written = write_file(read_file(text.encode(), name, "a"), [], name)
    assert not unread(f"a{safe_suffix(name)}", written.data, written.text)


def workbook(*formats: str, header: str = "Talk on page &P of &N") -> bytes:
    """A workbook whose numbers are shown in these ways, with the head of a page."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["text", *(3.5 for _ in formats)])
    sheet.append(["Aye.", *(3.5 for _ in formats)])
    for number, code in enumerate(formats, start=2):
        sheet.cell(2, number).number_format = code
    sheet.oddHeader.center.text = header
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_formats_of_numbers_and_heads_of_pages_pass_the_second_reader() -> None:
    more = ("yyyy-mm-dd", "DD/MM/YYYY", "[h]:mm:ss", "[Red]-0.00", "[$-409]h:mm AM/PM;@", "£#,##0")
    data = workbook(*BUILTIN_FORMATS.values(), *more)
    written = write_file(read_file(data, "a.xlsx", "a"), [], "a.xlsx")
    assert not unread("a.xlsx", written.data, written.text)
    assert unread("a.xlsx", workbook(header="&Morag"), written.text)
    assert unread("a.xlsx", workbook('"Morag "0'), written.text)


@pytest.mark.parametrize("colour", ["#ffffff", "#CCCCCC", "#fff", "#EEE", "#aabbcc", "#dedede"])
def test_colours_without_a_figure_pass_the_second_reader(colour: str) -> None:
    page = f'<p style="color:{colour}"><font color="{colour}">Aye.</font></p>'
    written = write_file(read_file(page.encode(), "a.html", "a"), [], "a.html")
    assert not unread("a.html", written.data, written.text)
    assert unread("a.html", page.replace("#", "#zor").encode(), written.text)
    for word in ("#debbee", "DEBBEE", "#FADDEA", "FADDEA"):  # six such letters may be a name
        assert unread("a.html", page.replace(colour, word).encode(), written.text)


def test_files_of_all_formats_pass_the_second_reader_once_they_are_safe() -> None:
    every = [
        *test_planted.planted(plant_text.NAME),
        *test_planted.planted_in_parts(plant_text.NAME),
        *test_planted.planted_in_projects(plant_text.NAME),
    ]
    seen = Counter[str]()
    for place, name, data in every[::5]:
        made = plant_text.safe_bytes(plant_text.Planted(name, place, data))
        if made is not None:
            assert not unread(name, *made), f"{name}: {place}"
            assert unread(name, data, ""), f"{name}: {place}"
            seen[name] += 1
    assert len(seen) > 7


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"text": "Aye.", "tokens": [50364, 440, 2244]}'),
        ("a.json", '{"text": "Aye.", "id": 441414960771}'),
        ("a.json", '{"text": "Aye.", "tokens": [{"id": 440}, {"id": 9}, {"id": 2244}]}'),
        ("a.json", '{"text": "Aye.", "zorquavel": 1}'),
        ("a.json", '{"text": "Aye.", "hash": "Wm9ycXVhdmVs"}'),
        ("a.json", '{"text": "Aye.", "x": [{"c": "Z"}, {"c": "o"}, {"c": "r"}, {"c": "q"}]}'),
        ("a.json", '{"text": "Aye.", "x": ["Z", "o", "r", "q", "u"]}'),
        ("a.json", '{"text": "Aye."'),
        ("a.vtt", "WEBVTT\n\nzorquavel\n00:01.000 --> 00:02.000\nAye.\n"),
        ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<c.zorquavel>Aye.</c>\n"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000 441414960771\nAye.\n"),
        ("a.csv", "text,zorquavel\nAye.,1\n"),
        ("a.txt", "Aye. Zorquavel."),
    ],
)
def test_the_second_reader_sees_what_the_first_was_to_leave_out(name: str, text: str) -> None:
    found = unread(name, text.encode(), "Aye.")
    assert [finding.where for finding in found] == [name]
    assert not unread(name, text.encode(), f"Aye. {plant_text.NAME} 441414960771") or (
        name == "a.json"
    )


@pytest.mark.parametrize("number", ["0.006666571918062854", "12.345678901234567", "3.5"])
def test_a_time_as_programs_measure_it_passes_the_second_reader(number: str) -> None:
    text = f'<when interval="{number}"/>'
    assert not unread("a.xml", text.encode(), "Aye.")
    assert unread("a.xml", text.replace(".", "").encode(), "Aye.") or number == "3.5"
