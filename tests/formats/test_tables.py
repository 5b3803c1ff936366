"""The roster and the interviews table, and what is wrong with them."""

from pathlib import Path

import pytest

from redact.errors import UsageError
from redact.formats.tables import read_interviews, read_roster


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
        ("name\nMorag\n", "no column `kind`", "kind, name"),
        ("kind,name,alias\nPERSON,Morag,x\n", "not known", "`aliases`"),
        ("kind,name\nPERSN,Morag\n", "none of PERSON", "kind"),
        ("kind,name\nPERSON, \n", "no name", "Fill it in"),
        ("kind,name\nPERSON,Morag,x\n", "3 cells", "double quotes"),
        ("kind,name,name\nPERSON,Morag,x\n", "share a name", "Rename"),
        ("kind,name,nation\nPERSON,Morag,Narnia\n", "nation", "Scotland or United States"),
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


def test_two_rows_for_one_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="same file as line 2"):
        read_interviews(write(tmp_path, "interview,file\nS1,a.txt\nS2,A.TXT\n"))
