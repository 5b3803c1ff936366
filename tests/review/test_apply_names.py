"""The list of names goes out, is corrected and comes back: what was changed holds, nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from redact.errors import UsageError
from redact.formats.tables import read_table
from redact.review.name_list import FoundName
from redact.review.name_sheet import read_names, write_names
from tests.conftest import Result, run_redact, study_of, tree
from tests.shared import copy_of, made_once

ONE = (
    "Interviewer: Thanks for coming in, Hepzibah.\n"
    "Hepzibah Orrick: I met Cosmo Pettigrew at Eskvale. Cosmo was the driver there.\n"
    "Hepzibah Orrick: And Marigold came, with Fergus Munnoch. Fergus stayed.\n"
    "Hepzibah Orrick: Then quernstone left for the north, and the tall one with her.\n"
)
TWO = (
    "Interviewer: Who ran it, Piet?\n"
    "Piet Vandersloot: Oswin Tarrant ran it, with Hepzibah Orrick and Fergus Munnoch.\n"
    "Piet Vandersloot: Quernstone went to Kilmarnock. She was the only one.\n"
)


@dataclass(frozen=True)
class Listed:
    """A study, and its list of names in a file."""

    study: Path
    folder: Path
    key: tuple[object, ...]

    def write(self, name: str = "names.csv") -> Path:
        done = run_redact("tables", self.study, "--to", self.folder / name, *self.key)
        assert done.code == 0, done.err
        return self.folder / name

    def take(self, path: Path, *more: str) -> Result:
        return run_redact("tables", self.study, "--take", path, "--by", "AB", *more, *self.key)

    def rows(self) -> list[dict[str, str]]:
        path = self.write()
        text = path.read_text("utf-8-sig")
        path.unlink()
        return list(csv.DictReader(io.StringIO(text)))

    def give_back(self, rows: Iterable[dict[str, str]], *more: str) -> Result:
        rows = list(rows)
        path = self.folder / "back.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return self.take(path, *more)

    def safe(self) -> str:
        return "".join(p.read_text("utf-8") for p in sorted((self.study / "safe").iterdir()))


@pytest.fixture(scope="session")
def listed_made(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    def make(folder: Path) -> None:
        study_of(folder, {"one.txt": ONE, "two.txt": TWO}, passphrase_file, "safe-copy")

    return made_once(tmp_path_factory, "listed", make) / "study"


@pytest.fixture
def listed(listed_made: Path, tmp_path: Path, passphrase_file: Path) -> Listed:
    return Listed(copy_of(listed_made, tmp_path), tmp_path, ("--passphrase-file", passphrase_file))


WORDS = (
    "Hepzibah Orrick Cosmo Pettigrew Oswin Tarrant Eskvale Marigold Fergus Munnoch Piet Kilmarnock"
).split()


def row_of(rows: list[dict[str, str]], name: str) -> dict[str, str]:
    return next(row for row in rows if name in (row["name"], *row["also called"].split("; ")))


def new_row(rows: list[dict[str, str]], **said: str) -> dict[str, str]:
    return {**dict.fromkeys(rows[0], ""), **said}


@pytest.mark.parametrize("name", ["names.csv", "names.xlsx"])
def test_a_list_given_back_as_it_is_changes_nothing(listed: Listed, name: str) -> None:
    path = listed.write(name)
    assert path.stat().st_mode & 0o777 == 0o600
    before = tree(listed.study)
    done = listed.take(path)
    assert done.code == 0
    assert "nothing was recorded" in done.out
    assert tree(listed.study) == before


def as_a_spreadsheet_saves(path: Path, to: Path, how: str) -> Path:
    """The list as it comes back from a spreadsheet in which nobody changed a word."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    if how == "reordered":
        rows = [[*row[7:], *row[6::-1]] for row in rows]
    if how == "sorted":
        rows = [rows[0], *sorted(rows[1:], key=lambda row: row[2])]
    if how == "columns dropped":
        rows = [[row[number] for number in (0, 2, 7, 8, 9)] for row in rows]
    if how == "rows dropped":
        rows = rows[:-2]
    if how == "a title above":
        rows = [["Names, March"], [], *rows]
    if how == "workbook":
        book = Workbook()
        book.active.title = "Blatt 1"
        for row in rows:
            book.active.append(row)
        book.save(to.with_suffix(".xlsx"))
        return to.with_suffix(".xlsx")
    out = io.StringIO(newline="")
    separator = "\t" if how == "tabs" else ";"
    csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    encoding = "cp1252" if how == "Windows" else "utf-8"
    to.write_bytes(out.getvalue().encode(encoding, "replace"))
    return to


@pytest.mark.parametrize(
    "how",
    [
        *("semicolons", "tabs", "Windows", "reordered", "sorted"),
        *("columns dropped", "rows dropped", "a title above", "workbook"),
    ],
)
def test_an_unedited_list_changes_nothing_whatever_a_spreadsheet_made_of_it(
    listed: Listed, how: str
) -> None:
    path = as_a_spreadsheet_saves(listed.write(), listed.folder / "back.csv", how)
    before = tree(listed.study)
    done = listed.take(path)
    assert done.code == 0, done.err
    assert "nothing was recorded" in done.out
    assert tree(listed.study) == before


def test_without_its_refs_a_list_is_refused_and_says_how_to_get_one(listed: Listed) -> None:
    rows = [{k: v for k, v in row.items() if k != "ref"} for row in listed.rows()]
    refused = listed.give_back(rows)
    assert refused.code != 0
    assert "the column `ref` of this list is gone" in refused.err


EDITS = ("nothing", "no forms", "other name", "more forms", "other kind", "same as", "gone")


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edit_but_no_uncovers_anything(
    listed_made: Path, passphrase_file: Path, data: st.DataObject
) -> None:
    """Any edits of any rows: what was hidden stays hidden."""
    with TemporaryDirectory() as folder:
        study = copy_of(listed_made, Path(folder))
        edited = Listed(study, Path(folder), ("--passphrase-file", passphrase_file))
        _edit_any_rows(edited, data)


def _edit_any_rows(edited: Listed, data: st.DataObject) -> None:
    names = {row["name"] for row in edited.rows()}
    hidden = [word for word in WORDS if word not in edited.safe()]
    rows = edited.rows()
    kept = []
    for number, row in enumerate(rows):
        edit = data.draw(st.sampled_from(EDITS))
        if edit == "no forms":
            row["also called"] = ""
        elif edit == "other name":
            row["name"] = data.draw(st.sampled_from(["Nobody Else", *sorted(names)]))
        elif edit == "more forms":
            row["also called"] += data.draw(st.sampled_from(["; the tall one", "; Nix, Nax", "/"]))
        elif edit == "other kind":
            row["kind"] = data.draw(st.sampled_from(["PERSON", "PLACE", "ORG"]))
        elif edit == "same as":
            other = data.draw(st.integers(2, len(rows) + 1))
            row["same as"] = str(other) if other != number + 2 else "nobody"
        if edit != "gone":
            kept.append(row)
    if not kept:
        return
    done = edited.give_back(kept)
    assert done.code == 0 or "Nothing was recorded" in done.err, done.err
    said = edited.safe()
    assert not [word for word in hidden if word in said]


def test_two_rows_that_are_the_same_become_one(listed: Listed) -> None:
    rows = listed.rows()
    cosmo, other = row_of(rows, "Cosmo Pettigrew"), row_of(rows, "Oswin Tarrant")
    other["same as"] = str(rows.index(cosmo) + 2)
    done = listed.give_back(rows)
    assert done.code == 0, done.err
    joined = row_of(listed.rows(), "Cosmo Pettigrew")
    assert joined["how often"] == "3"
    assert "Oswin Tarrant" in (joined["name"], *joined["also called"].split("; "))


def test_giving_a_row_the_name_of_another_joins_them(listed: Listed) -> None:
    rows = listed.rows()
    row_of(rows, "Oswin Tarrant")["name"] = "Cosmo Pettigrew"
    assert listed.give_back(rows).code == 0
    assert row_of(listed.rows(), "Cosmo Pettigrew")["how often"] == "3"


def test_a_form_that_is_taken_out_is_somebody_else_and_stays_hidden(listed: Listed) -> None:
    rows = listed.rows()
    fergus = row_of(rows, "Fergus Munnoch")
    assert fergus["also called"] == "Fergus"
    fergus["also called"] = ""
    assert listed.give_back(rows).code == 0
    after = listed.rows()
    assert row_of(after, "Fergus")["name"] == "Fergus"
    assert row_of(after, "Fergus Munnoch")["also called"] == ""
    assert "Fergus" not in listed.safe()


def test_a_form_moves_to_the_row_that_it_is_written_into(listed: Listed) -> None:
    rows = listed.rows()
    row_of(rows, "Fergus Munnoch")["also called"] = ""
    row_of(rows, "Cosmo Pettigrew")["also called"] += "; Fergus"
    assert listed.give_back(rows).code == 0
    assert "Fergus" in row_of(listed.rows(), "Cosmo Pettigrew")["also called"].split("; ")


def test_a_missed_name_and_a_further_form_are_hidden_wherever_they_stand(listed: Listed) -> None:
    rows = listed.rows()
    cosmo = row_of(rows, "Cosmo Pettigrew")
    cosmo["also called"] += "; the tall one"
    rows.append(new_row(rows, kind="PLACE", name="the north"))
    rows.append(new_row(rows, kind="PERSON", name="Nobody Here"))
    done = listed.give_back(rows)
    assert done.code == 0, done.err
    assert f"stands in no transcript: {len(rows) + 1}" in done.out
    assert "the tall one" not in listed.safe()
    assert "the north" not in listed.safe()
    after = listed.rows()
    assert "the tall one" in row_of(after, "Cosmo Pettigrew")["also called"]
    assert row_of(after, "the north")["kind"] == "PLACE"


def test_only_no_lets_a_name_stand_in_clear_and_only_when_it_is_said_twice(
    listed: Listed,
) -> None:
    rows = listed.rows()
    marigold = row_of(rows, "Marigold")
    gone = [row for row in rows if row is not marigold]
    done = listed.give_back(gone)
    assert "1 row of the list gone" in done.out
    assert "Marigold" not in listed.safe()
    marigold["is it a name?"] = "no"
    refused = listed.give_back(rows)
    assert (refused.code, "would uncover 1 place in" in refused.err) == (2, True)
    assert "Marigold" not in listed.safe() + refused.err
    assert listed.give_back(rows, "--uncover").code == 0
    assert "Marigold" in listed.safe()


def test_forms_may_stand_with_commas_slashes_or_on_lines(listed: Listed) -> None:
    rows = listed.rows()
    row_of(rows, "Cosmo Pettigrew")["also called"] += "\nthe tall one, Cozzie / the driver"
    rows.append(new_row(rows, name="north, the", kind="PLACE"))
    done = listed.give_back(rows)
    assert done.code == 0, done.err
    after = row_of(listed.rows(), "Cosmo Pettigrew")["also called"].split("; ")
    assert {"the tall one", "the driver"} <= set(after)
    assert "the north" not in listed.safe()


def test_a_new_row_may_give_more_forms_to_a_name_that_has_a_row(listed: Listed) -> None:
    rows = listed.rows()
    name = {"name": "Cosmo Pettigrew", "kind": "PERSON"}
    rows.append(new_row(rows, **name, **{"also called": "the tall one"}))
    rows.append(new_row(rows, name="the driver", **{"same as": "Cosmo Pettigrew"}))
    done = listed.give_back(rows)
    assert done.code == 0, done.err
    after = row_of(listed.rows(), "Cosmo Pettigrew")["also called"].split("; ")
    assert {"the tall one", "the driver", "Cosmo"} <= set(after)


def test_the_sheet_of_interviews_is_a_table_that_fits_every_transcript(listed: Listed) -> None:
    table = read_table(listed.write("names.xlsx"), "interviews")
    assert sorted(one.file for one in table.interviews) == ["one.txt", "two.txt"]
    people = {p.name for one in table.interviews for p in one.interviewees}
    assert {"Hepzibah Orrick", "Piet Vandersloot"} <= people
    assert not table.remarks


def test_another_kind_is_another_kind(listed: Listed) -> None:
    rows = listed.rows()
    row_of(rows, "Marigold")["kind"] = "PLACE"
    assert listed.give_back(rows).code == 0
    assert row_of(listed.rows(), "Marigold")["kind"] == "PLACE"


def test_a_changed_row_of_an_old_list_is_refused_and_nothing_is_recorded(listed: Listed) -> None:
    old = listed.rows()
    rows = listed.rows()
    row_of(rows, "Oswin Tarrant")["same as"] = "Cosmo Pettigrew"
    assert listed.give_back(rows).code == 0
    before = tree(listed.study)
    row_of(old, "Cosmo Pettigrew")["also called"] += "; the tall one"
    refused = listed.give_back(old)
    assert (refused.code, "has changed since this list" in refused.err) == (2, True)
    assert "back.csv, line" in refused.err
    assert tree(listed.study) == before


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"same as": "nobody of that name"}, "names none of the rows"),
        ({"is it a name?": "perhaps"}, "no answer"),
        ({"kind": "HERO"}, "the kind of this row"),
        ({"ref": "N1"}, "no ref of ours"),
        ({"also called": "Marigold; Hepzibah"}, "stands in row"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(
    listed: Listed, change: dict[str, str], what: str
) -> None:
    rows = listed.rows()
    row = row_of(rows, "Cosmo Pettigrew")
    row.update(change)
    before = tree(listed.study)
    refused = listed.give_back(rows)
    assert (refused.code, what in refused.err) == (2, True), refused.err
    assert f"line {rows.index(row) + 2}" in refused.err
    assert "Nothing was recorded" in refused.err
    assert not any(name in refused.err for name in ("Cosmo", "Hepzibah", "Marigold"))
    assert tree(listed.study) == before


def test_the_look_is_logged_before_and_no_place_is_inside_the_study(listed: Listed) -> None:
    inside = run_redact("tables", listed.study, "--to", listed.study / "n.csv", *listed.key)
    assert (inside.code, "no place for originals" in inside.err) == (2, True)
    listed.write("names.xlsx")
    log = (listed.study / "audit" / "log.jsonl").read_text("utf-8")
    assert "tables: the list of names" in log
    assert "Cosmo" not in log
    book = load_workbook(listed.folder / "names.xlsx")
    assert book.sheetnames == ["names", "interviews", "how to"]


def test_no_cell_of_a_list_runs_as_a_formula(tmp_path: Path) -> None:
    risky = FoundName(
        ref="N001-00000000-00000000",
        entity="person-1",
        label="PERSON",
        name="=cmd|' /C calc'!A0",
        forms=("+44", "@handle", "-dash", "'quoted'"),
        pseudonym="[Person 1]",
        count=1,
        files=("a.txt",),
    )
    for ending in (".csv", ".xlsx"):
        path = tmp_path / f"names{ending}"
        path.write_bytes(write_names([risky], [], ending))
        (row,) = read_names(path)
        assert (row.name, row.forms) == (risky.name, risky.forms)
    text = (tmp_path / "names.csv").read_text("utf-8-sig")
    written = [cell for line in csv.reader(text.splitlines()) for cell in line]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in written)
    cells = load_workbook(tmp_path / "names.xlsx").active
    assert all(cell.data_type != "f" for row in cells.iter_rows() for cell in row)


def test_the_list_is_no_roster_and_the_error_says_where_it_goes(listed: Listed) -> None:
    path = listed.write("names.xlsx")
    with pytest.raises(UsageError, match="redact tables STUDY --take"):
        read_table(path, "roster")
