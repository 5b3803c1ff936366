"""The roster and the interviews table, and what is wrong with them."""

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.errors import BadInput, UsageError
from redact.formats.column_heads import Meaning, Role
from redact.formats.columns import KeptColumns
from redact.formats.table_remarks import Remark, Told
from redact.formats.tables import TableRead, read_interviews, read_roster, read_table


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_roster_is_read_with_aliases_and_nation(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "\ufeffkind,name,aliases,nation,organisation\n"
        "person,Hugh Lennox,Shuggie; Big Hugh ;,Scotland,Corriedoon\n\nPLACE,Largs,,,\n",
    )
    person, place = read_roster(path)
    assert person.forms == ("Hugh Lennox", "Shuggie", "Big Hugh")
    assert (person.kind, person.nation, person.row) == ("PERSON", "Scotland", 2)
    assert (place.kind, place.nation) == ("PLACE", "unknown")


@pytest.mark.parametrize(
    ("text", "what", "remedy"),
    [
        ("colour,length\nred,Morag 12\nblue,13\n", "hold names", "Write `name`"),
        ("kind,name\nPERSN,Morag\n", "none of PERSON", "kind"),
        ("kind,name\nPERSON, \n", "no name", "Fill it in"),
        ("kind,name,name\nPERSON,Morag,x\n", "share a name", "Rename"),
        ('kind,name\nPERSON,"Morag\n', "not CSV", "Save"),
    ],
)
def test_a_faulty_roster_is_refused_with_place_and_remedy(
    tmp_path: Path, text: str, what: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as refused:
        read_roster(write(tmp_path, text))
    assert what in refused.value.what
    assert remedy in refused.value.remedy
    assert "table.csv" in refused.value.where
    assert "Morag" not in refused.value.line()


def test_interviews_keep_their_further_columns(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "interview,file,nation,organisation,role,year\nS1,a.txt,scotland,Doon,worker,2019\n",
    )
    (row,) = read_interviews(path)
    assert (row.nation, row.organisation, row.role) == ("Scotland", "Doon", "worker")
    assert row.more == (("year", "2019"),)


def test_two_rows_for_one_file_are_one_interview_of_everybody_in_them(tmp_path: Path) -> None:
    path = write(tmp_path, "interview,file,who\nS1,a.txt,Morag Orrick\nS2,A.TXT,Rab Orrick\n")
    read = read_table(path, "interviews")
    (row,) = read.interviews
    assert [person.name for person in row.interviewees] == ["Morag Orrick", "Rab Orrick"]
    assert read.remarks == (Remark(3, Told.SAME_FILE),)


def test_what_cannot_be_used_is_told_by_its_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "name,country,post\nMorag Orrick (not the nurse),Narnia,cook\nName,country,post\n"
        "Total: 1,,\n",
    )
    read = read_table(path, "roster")
    assert [(entry.name, entry.nation) for entry in read.entries] == [("Morag Orrick", "unknown")]
    assert {(one.row, one.told) for one in read.remarks} == {
        (2, Told.NOT_A_NAME),
        (2, Told.NATION),
        (3, Told.HEADS_AGAIN),
        (4, Told.NO_NAME),
    }


def test_a_row_that_a_separator_in_a_cell_pushes_to_the_right_is_told(tmp_path: Path) -> None:
    text = (
        "File;Interviewees;Done by\na.txt;Ottoline Farr;Rab Quill\n"
        "b.txt;Cosmo Pettigrew; Ada Birk;Rab Quill\nc.txt;Hepzibah Orrick;Rab Quill\n"
    )
    remarks = read_table(write(tmp_path, text), "interviews").remarks
    assert [(one.row, one.told) for one in remarks] == [(3, Told.BEYOND_HEADS)]
    quoted = text.replace("Cosmo Pettigrew; Ada Birk", '"Cosmo Pettigrew; Ada Birk"')
    assert read_table(write(tmp_path, quoted), "interviews").remarks == ()


def test_a_workbook_is_read_its_merged_cells_and_its_best_sheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Notes on this project"])
    sheet = book.create_sheet("people")
    for row in (
        ["Contacts of the study"],
        [],
        ["Surname", "First name", "Agency", "Staff number"],
        ["Orrick", "Hepzibah", "Kite Works Inc.", 7],
        ["Pettigrew", "Cosmo", None, 8],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("C4:C5")
    path = tmp_path / "people.xlsx"
    book.save(path)
    read = read_table(path, "roster")
    people = [e for e in read.entries if e.kind == "PERSON"]
    assert [(e.row, e.name) for e in people] == [(4, "Hepzibah Orrick"), (5, "Cosmo Pettigrew")]
    assert {e.organisation for e in people} == {"Kite Works Inc."}
    assert read.layout.head_row == 3


def test_a_column_that_a_person_named_otherwise_is_read_so(tmp_path: Path) -> None:
    path = write(tmp_path, "name,remarks\nMorag Orrick,Mo\n")
    guessed = read_table(path, "roster").guessed
    chosen = ((guessed[0][0], Meaning.NAME), (guessed[1][0], Meaning.ALIAS))
    (entry,) = read_table(path, "roster", KeptColumns(guessed=guessed, chosen=chosen)).entries
    assert entry.forms == ("Morag Orrick", "Mo")
    other = write(tmp_path, "name,post\nMorag Orrick,Mo\n")
    (entry,) = read_table(other, "roster", KeptColumns(guessed=guessed, chosen=chosen)).entries
    assert entry.forms == ("Morag Orrick",)


_CELL = st.text(st.sampled_from("abcMNO éß'\"-.,;/&+()\t\n0123:?@=#"), max_size=18)
_HEAD = st.sampled_from(
    ["name", "Surname", "First name", "aka", "File", "Ref", "who", "by", "org", "place", "x", ""]
)


@given(st.lists(_HEAD, min_size=1, max_size=6), st.lists(st.lists(_CELL, max_size=7), max_size=8))
def test_no_row_of_any_table_is_dropped_in_silence(heads: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([heads, *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_text(out.getvalue() or " ", "utf-8")
        roles: tuple[Role, ...] = ("roster", "interviews")
        for role in roles:
            read = _read_or_refused(path, role)
            if read is None:
                continue
            told = {one.row for one in read.remarks}
            used = {e.row for e in read.entries} | {i.row for i in read.interviews}
            assert {row.number for row in read.layout.rows} <= told | used


def _read_or_refused(path: Path, role: Role) -> TableRead | None:
    """The table, or None if it was refused with its place and a remedy."""
    try:
        return read_table(path, role)
    except (UsageError, BadInput) as error:
        refused = error
    assert path.name in refused.where
    assert refused.remedy
    return None
