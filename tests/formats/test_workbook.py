"""Excel workbooks: every cell of every sheet, formulas as values, hidden places gone."""

import datetime
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from redact.errors import BadInput
from redact.formats.registry import read_file, write_file
from redact.formats.slots import Edit
from redact.policy import Handling
from tests.formats.safe_files import said_beside

NAME = re.compile(r"Morag|Fergus(?: MacLeod)?|1414960123")
SHARED = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>speaker</t></si>'
    '<si><t>text</t></si><si><t>Morag</t><rPh sb="0" eb="1"><t>Morag</t></rPh></si><si><r><t>Mor'
    "</t></r><r><rPr><b/></rPr><t>ag spoke</t></r></si><si><t>Fergus, whom no cell shows</t></si>"
    "<si><t>Aye</t></si></sst>"
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c></row>'
    '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="C3" t="s"><v>5</v></c></row>'
    '<row r="4"><c r="A4" t="s"><v>2</v></c><c r="C4" t="s"><v>5</v></c></row></sheetData>'
    "</worksheet>"
)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def talk() -> Any:
    """A workbook with a name in every place that openpyxl can put one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Morag MacLeod"
    sheet.append(["start", "speaker", "text", "note", "phone", "date", "sum"])
    sheet.append([1.5, "INT", "Who is it?", "", None, datetime.date(2019, 2, 12), None])
    sheet.append([2, "Morag", "Me, Morag & <Fergus>.", "Morag cried", 1414960123, None, "=N1"])
    sheet.append(
        [3, "Morag", CellRichText("Fer", TextBlock(InlineFont(b=True), "gus"), " MacLeod")]
    )
    sheet["G3"] = '=CONCATENATE("Morag")'
    sheet["B3"].comment = Comment("This is Morag", "Morag")
    sheet["A1"].hyperlink = "mailto:morag@example.org"
    sheet.oddHeader.center.text = sheet.oddFooter.left.text = "Morag"
    rule = DataValidation(type="list", formula1='"Morag,Fergus"', promptTitle="Morag")
    rule.add("D2")
    sheet.add_data_validation(rule)
    hidden = book.create_sheet("Sheet2")
    hidden.sheet_state = "hidden"
    hidden.append(["who", "what"])
    hidden.append(["Fergus", "cook"])
    book.defined_names["Morag"] = DefinedName("Morag", attr_text="'Morag MacLeod'!$A$1")
    book.properties.creator = book.properties.title = "Morag"
    return book


def with_shared_strings() -> bytes:
    """Strings kept apart, as Excel does: shared by cells, formatted in pieces, one left over."""
    book = openpyxl.Workbook()
    book.active.append(["x"])
    with zipfile.ZipFile(io.BytesIO(saved(book))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + kind + b'"/></Types>'
    types = parts["[Content_Types].xml"]
    if b"sharedStrings" not in types:
        parts["[Content_Types].xml"] = types.replace(b"</Types>", entry)
    parts["xl/sharedStrings.xml"] = SHARED.encode()
    parts["xl/worksheets/sheet1.xml"] = SHEET.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def made_safe(data: bytes, handling: Handling | None = None) -> tuple[bytes, str]:
    handling = handling or Handling()
    reading = read_file(data, "a.xlsx", "a.xlsx", handling)
    edits = [Edit(m.start(), m.end(), "[Person 1]") for m in NAME.finditer(reading.text)]
    written = write_file(reading, edits, "a.xlsx", handling)
    made = written.data
    return made, written.text


def names_in(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = {name: archive.read(name) for name in archive.namelist()}
    found = [name for name, part in raw.items() if re.search(rb"(?i)morag|fergus|1414960123", part)]
    beside = "\n".join(said_beside(data, "a.xlsx"))
    return found + NAME.findall(beside)


def test_rows_are_turns_and_all_other_cells_are_words() -> None:
    reading = read_file(saved(talk()), "a.xlsx", "a")
    assert reading.text == (
        "INT: Who is it?\nMorag: Me, Morag & <Fergus>. Fergus MacLeod\nMorag cried\n1414960123\n"
        "phone\nsum\nFergus\ncook\nwhat\nMorag\nMorag"
    )


def test_a_workbook_as_excel_saves_it_opens_elsewhere() -> None:
    """What Excel 2013 and later add to every file goes whole: half of it opens nowhere."""
    more = (
        b'<extLst><ext uri="{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}" xmlns:x14="http://schemas.'
        b'microsoft.com/office/spreadsheetml/2009/9/main"><x14:slicerStyles '
        b'defaultSlicerStyle="Morag"/></ext></extLst>'
    )
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(talk()))) as archive,
        zipfile.ZipFile(out, "w") as excel,
    ):
        for name in archive.namelist():
            part = archive.read(name)
            excel.writestr(name, part.replace(b"</styleSheet>", more + b"</styleSheet>"))
    assert b"extLst" in zipfile.ZipFile(out).read("xl/styles.xml")
    data, _ = made_safe(out.getvalue())
    assert names_in(data) == []
    assert b"extLst" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml")
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["Sheet1", "Sheet2"]


def test_no_name_is_left_and_openpyxl_reads_the_safe_cells() -> None:
    data, _ = made_safe(saved(talk()))
    assert names_in(data) == []
    safe = openpyxl.load_workbook(io.BytesIO(data))
    assert safe.sheetnames == ["Sheet1", "Sheet2"]
    assert safe["Sheet2"].sheet_state == "hidden"
    rows = [[cell.value for cell in row] for row in safe["Sheet1"]]
    assert rows[2][:5] == [
        2,
        "[Person 1]",
        "Me, [Person 1] & <[Person 1]>.",
        "[Person 1] cried",
        "[Person 1]",
    ]
    assert rows[3][:3] == [3, "[Person 1]", "[Person 1]"]
    assert (rows[1][5], rows[2][6]) == (None, None)  # a date kept as a number, a formula


def test_strings_that_cells_share_change_once_and_forgotten_ones_too() -> None:
    data, text = made_safe(with_shared_strings())
    assert text == "[Person 1]: [Person 1] spoke Aye Aye\n[Person 1], whom no cell shows"
    assert names_in(data) == []
    safe = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [[c.value for c in row] for row in safe][1:] == [
        ["[Person 1]", None, "[Person 1] spoke"],
        ["[Person 1]", None, "Aye"],
        ["[Person 1]", None, "Aye"],
    ]


def test_what_goes_is_counted() -> None:
    dropped = read_file(saved(talk()), "a.xlsx", "a").dropped
    assert set(dropped) == {
        "comments",
        "dates kept as numbers",
        "defined names",
        "formulas",
        "names of sheets",
        "properties",
        "rules of validation",
        "targets of links",
        "numbers of programs",
        "unknown structure",
    }


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"xl/pivotCache/pivotCacheDefinition1.xml": b"<a/>"}, "cannot make safe"),
        ({"xl/vbaProject.bin": b"x"}, "cannot make safe"),
        ({"xl/embeddings/a.docx": b"x"}, "cannot make safe"),
        ({"xl/media/a.png": b"x"}, "picture"),
    ],
)
def test_what_cannot_be_made_safe_is_refused(more: dict[str, bytes], what: str) -> None:
    out = io.BytesIO(saved(talk()))
    with zipfile.ZipFile(out, "a") as archive:
        for name, data in more.items():
            archive.writestr(name, data)
    with pytest.raises(BadInput, match=what):
        read_file(out.getvalue(), "a.xlsx", "a.xlsx")


def test_a_workbook_without_a_known_column_asks_for_it() -> None:
    book = openpyxl.Workbook()
    book.active.append(["wer", "was"])
    book.active.append(["Morag", "Aye, Fergus"])
    with pytest.raises(BadInput, match="no column") as refused:
        read_file(saved(book), "a.xlsx", "a")
    assert "Morag" not in refused.value.line()
    _, text = made_safe(saved(book), Handling(speech=("was",), speaker=("wer",)))
    assert text == "[Person 1]: Aye, [Person 1]\nwer\nwas"  # heads of no table are words


def test_heads_stand_below_a_title_that_is_merged() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Talk with Morag"], [], ["who", "said"], ["INT", "Who is it?"], ["Morag", "Me."]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    _, text = made_safe(saved(book))
    assert text == "INT: Who is it?\n[Person 1]: Me.\nTalk with [Person 1]\nsaid"
