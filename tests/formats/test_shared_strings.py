"""Texts that cells of a workbook share: each cell gets its own where they become two things."""

import io
import re

import openpyxl

from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from tests.formats.test_workbook import saved


def test_a_text_that_cells_share_can_become_two_things() -> None:
    """Two Morags in one workbook, and a third cell that keeps the word."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("speaker", "text"),
        ("INT", "Morag"),
        ("Ann", "Morag"),
        ("Ann", "Aye, Morag"),
        ("INT", "Morag"),
    ):
        sheet.append(row)
    data = saved(book)
    reading = read_file(data, "a.xlsx", "a")
    places = [m.span() for m in re.finditer("Morag", reading.text)]
    labels = ["[Person 1]", "[Person 2]", "[Person 1]"]
    edits = [Edit(*place, label) for place, label in zip(places, labels, strict=False)]
    written = write_file(reading, edits, "a.xlsx")
    safe = written.data
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(safe)).active]
    assert [row[1] for row in rows[1:]] == ["[Person 1]", "[Person 2]", "Aye, [Person 1]", "Morag"]
    assert written.text == read_file(safe, "a.xlsx", "a").text
