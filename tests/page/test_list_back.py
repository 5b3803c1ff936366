"""The whole list given back on the page: read where it lies, asked once more, and deleted."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from redact.page.list_back import saved_lists
from redact.page.room import Room
from redact.review.name_list import found_names
from redact.review.name_sheet import write_names
from tests.page.rooms import Visitor, place_of, sit
from tests.shared import copy_of

NAME = "Zebedee Quill"


@pytest.fixture
def room(template: Path, tmp_path: Path) -> Room:
    return sit(copy_of(template, tmp_path))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home" / "Downloads"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder.parent))
    monkeypatch.setenv("USERPROFILE", str(folder.parent))
    return folder


def corrected(room: Room, path: Path, name: str, **said: str) -> Path:
    """The list as it is now, with one row said otherwise."""
    text = write_names(found_names(room.desk), (), ".csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = [row for row in rows if row["name"] == name]
    row.update(said)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_list_is_found_where_it_was_saved_and_taken_and_deleted(room: Room, home: Path) -> None:
    visitor = Visitor(room)
    (home / "holiday.xlsx").write_bytes(b"")
    path = corrected(room, home / "names.csv", NAME, kind="ORG")
    assert [one.path for one in saved_lists()] == [str(path)]
    assert f'value="{path}"' in visitor.read("/names")
    status, page = visitor.fill_in("/names", path=str(path), do="take")
    assert (status, "1 of another kind" in page) == (200, True)
    quill = place_of(room, NAME)
    entity = next(
        e for e in room.study().entities.values() if quill in {m.place for m in e.mentions}
    )
    assert entity.label == "ORG"
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    path.write_bytes(path.read_bytes() + b"\n")
    status, page = visitor.fill_in("/names", path=str(path), do="delete", seen=seen)
    assert (status, "was changed since" in page, path.exists()) == (400, True, True)
    corrected(room, path, NAME)
    status, page = visitor.fill_in("/names", path=str(path), do="take")
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    assert "Nothing in this list differs" in page
    assert visitor.fill_in("/names", path=str(path), do="delete", seen=seen)[0] == 200
    assert not path.exists()


def test_what_would_stand_in_clear_is_shown_and_asked_of_that_very_list(
    room: Room, home: Path
) -> None:
    visitor = Visitor(room)
    safe = room.desk.study.safe
    path = corrected(room, home / "names.csv", NAME, **{"is it a name?": "no"})
    status, page = visitor.fill_in("/names", path=str(path), do="take")
    assert (status, "are no names" in page, "Quill" in page) == (200, True, True)
    assert "--uncover" not in page
    assert not any("Quill" in one.read_text("utf-8") for one in safe.iterdir())
    assert visitor.fill_in("/names", path=str(path), do="uncover", seen="guessed")[0] == 400
    assert not any("Quill" in one.read_text("utf-8") for one in safe.iterdir())
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    status, page = visitor.fill_in("/names", path=str(path), do="uncover", seen=seen)
    assert (status, "stand in clear now" in page) == (200, True)
    assert any("Quill" in one.read_text("utf-8") for one in safe.iterdir())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("", "does not say where a list lies"),
        ("names.xlsx", "does not say where a list lies"),
        ("/etc/passwd", "does not say where a list lies"),
        ("/nowhere/names.xlsx", "cannot be read"),
    ],
)
def test_what_is_no_list_is_refused_and_what_was_typed_stays(
    room: Room, path: str, said: str
) -> None:
    status, page = Visitor(room).fill_in("/names", path=path, do="take")
    assert (status, said in page, f'value="{path}"' in page) == (400, True, True)


def test_a_file_that_is_another_table_is_said_to_be_one(room: Room, home: Path) -> None:
    path = home / "names.csv"
    path.write_text("name,role\nA,b\n", "utf-8")
    status, page = Visitor(room).fill_in("/names", path=str(path), do="take")
    assert (status, "not the list of names" in page, "redact tables" in page) == (400, True, False)
