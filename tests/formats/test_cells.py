"""The cells of a sheet: where each stands, what it says, and what of it does not go on."""

from __future__ import annotations

from typing import Any

import pytest

from redact.formats.cells import Book, read_date_styles, read_sheet, read_strings
from redact.formats.collect import Collector
from redact.formats.slots import Edit
from redact.formats.splicing import splice_slots
from redact.policy import Handling


def book_of(sheet: str, strings: str = "", **handling: Any) -> Book:
    shared = Collector()
    shared.open("strings", f"<sst>{strings}</sst>".encode())
    words = read_strings(shared, "book.xlsx")
    book = Book(handling=Handling(**handling), strings=words, date_styles=frozenset({3}))
    book.open("sheet", f"<sheet>{sheet}</sheet>".encode())
    return book


def cells(sheet: str, strings: str = "") -> list[list[str]]:
    rows = read_sheet(book_of(sheet, strings), "book.xlsx")
    return [[cell.text for cell in row] for row in rows]


STRINGS = "<si><t>Morag</t></si><si><r><t>Hal</t></r><r><t>dane</t></r></si>"


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>", [["Morag", "Haldane"]]),
        ("<row><c t='s'><v>7</v></c></row>", []),  # there is no such string
        ("<row><c t='inlineStr'><is><t>Fergus</t></is></c></row>", [["Fergus"]]),
        ("<row><c t='str'><v>Fergus</v></c></row>", [["Fergus"]]),
        ("<row><c r='C1' t='str'><v>Fergus</v></c></row>", [["", "", "Fergus"]]),
        ("<row><c r='AB1' t='str'><v>Fergus</v></c></row>", [[*[""] * 27, "Fergus"]]),
        # A cell that claims a place to the left does not overwrite what stands there
        ("<row><c t='str'><v>a b</v></c><c r='A1' t='str'><v>c d</v></c></row>", [["a b", "c d"]]),
        ("<row><c><v>7</v></c><c t='b'><v>1</v></c></row>", []),  # figures and yes or no
        ("<row><c><v>447700900123</v></c></row>", [["447700900123"]]),  # may be a telephone
        ("<row><c s='3'><v>45000</v></c></row>", []),  # a date kept as a number
        ("<row/><row><c t='str'><v>Fergus</v></c></row>", [["Fergus"]]),
        ("<c t='str'><v>Fergus</v></c>", []),  # in no row
    ],
)
def test_a_cell_says_its_words_where_it_stands(sheet: str, rows: list[list[str]]) -> None:
    assert cells(sheet, STRINGS) == rows


def test_readings_of_a_string_go() -> None:
    strings = "<si><t>Morag</t><rPh><t>mo-rag</t></rPh></si>"
    shared = Collector()
    shared.open("strings", f"<sst>{strings}</sst>".encode())
    (words,) = read_strings(shared, "book.xlsx")
    assert words.text == "Morag"
    assert shared.dropped == {"readings": 1}
    safe = splice_slots(shared.reading({"strings": shared.data}), ()).parts["strings"]
    assert b"mo-rag" not in safe


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<row><c><f>Morag!A1</f><v>7</v></c></row>", "formulas"),
        ("<row><c s='3'><v>45000</v></c></row>", "dates kept as numbers"),
        ("<definedNames><x>Morag</x></definedNames>", "defined names"),
        ("<dataValidations><x>Morag</x></dataValidations>", "rules of validation"),
        ("<hyperlinks><hyperlink display='Morag'/></hyperlinks>", "targets of links"),
        ("<drawing id='Morag'/>", "media"),
        ("<extLst><x>Morag</x></extLst>", "extensions"),
        ("<legacyDrawing id='Morag'/>", "comments"),
    ],
)
def test_what_no_reader_sees_goes_and_is_counted_by_its_kind(inside: str, kind: str) -> None:
    book = book_of(inside)
    read_sheet(book, "book.xlsx")
    reading = book.reading({"sheet": book.data})
    assert reading.dropped == {kind: 1}
    safe = splice_slots(reading, ()).parts["sheet"]
    assert b"Morag" not in safe
    assert b"45000" not in safe


def test_a_long_number_that_becomes_words_is_a_cell_of_text() -> None:
    book = book_of("<row><c r='A1'><v>447700900123</v></c></row>")
    ((cell,),) = read_sheet(book, "book.xlsx")
    book.words(cell)
    reading = book.reading({"sheet": book.data})
    assert splice_slots(reading, ()).parts["sheet"] == book.data
    safe = splice_slots(reading, (Edit(0, 12, "[Phone number 1]"),)).parts["sheet"]
    assert b"<c r='A1' t=\"str\"><v>[Phone number 1]</v></c>" in safe


HEAD = "<headerFooter><oddHeader>&amp;L&amp;14Morag Haldane&amp;R&amp;D</oddHeader></headerFooter>"


def test_heads_of_printed_pages_are_words_between_their_codes() -> None:
    book = book_of(HEAD, headers="replace")
    read_sheet(book, "book.xlsx")
    reading = book.reading({"sheet": book.data})
    assert reading.text == "Morag Haldane"
    safe = splice_slots(reading, (Edit(0, 13, "[Person 1]"),)).parts["sheet"]
    assert b"&amp;L&amp;14[Person 1]&amp;R&amp;D" in safe


def test_or_they_go_as_the_policy_says() -> None:
    book = book_of(HEAD, headers="drop")
    read_sheet(book, "book.xlsx")
    reading = book.reading({"sheet": book.data})
    assert (reading.text, reading.dropped) == ("", {"headers and footers": 1})
    assert b"Morag" not in splice_slots(reading, ()).parts["sheet"]


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yy", True),
        ("yyyy", True),
        ("0.00", False),
        ("0 &quot;days&quot;", False),  # a word beside the number
        ("[Red]0", False),
        (r"\d0", False),
    ],
)
def test_a_style_is_of_dates_by_the_letters_of_its_code(code: str, is_date: bool) -> None:
    styles = (
        f"<s><numFmts><numFmt numFmtId='200' formatCode='{code}'/></numFmts>"
        "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
        "<cellXfs><xf numFmtId='0'/><xf numFmtId='200'/><xf numFmtId='14'/></cellXfs></s>"
    )
    dates = {2, *([1] if is_date else [])}
    assert read_date_styles(styles.encode(), "book.xlsx") == dates
