"""A column of an open study is read in another way: the study is made so, and opens again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from redact.audit.events import DecisionRecorded
from redact.audit.reading import read_log
from redact.formats.column_heads import Meaning
from redact.page.making import MakingState
from redact.study.folder import Study
from redact.study.kept_columns import read_kept_columns
from tests.conftest import PASSPHRASE, run_redact
from tests.page.houses import Newcomer
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of, made_once

TALK = "INT: Who came?\nR: Ishbel Tannock came, and Cuddieheid with her.\nR: Cuddieheid stayed.\n"


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        (folder / "talks" / "one.txt").write_text(TALK, "utf-8")
        table = folder / "people.csv"
        table.write_text("name,remark\nIshbel Tannock,Cuddieheid\n", "utf-8")
        words = ("--policy", "safe-copy", "--roster", table, "--out", folder / "study")
        run_redact("run", folder / "talks", *words, "--passphrase-file", passphrase_file)

    return copy_of(made_once(tmp_path_factory, "columns", make) / "study", tmp_path)


def opened(root: Path) -> Newcomer:
    newcomer = Newcomer()
    given = {"where": str(root), "who": "A. Steward", "words": PASSPHRASE}
    assert newcomer.fill_in("/study", **given) == (303, "/tasks")
    return newcomer


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def until_made(newcomer: Newcomer) -> None:
    making = newcomer.house.making
    assert making is not None
    end = time.monotonic() + 120
    while making.is_working and time.monotonic() < end:
        newcomer.get(newcomer.door.root + "/progress")  # leads on once it is made
    assert making.now.state is MakingState.MADE, making.now


@pytest.mark.model
def test_a_column_is_read_as_somebody_said_and_the_study_is_made_so(root: Path) -> None:
    newcomer = opened(root)
    assert f'href="{newcomer.door.root}/columns"' in newcomer.read("/sources")
    page = newcomer.read("/columns")
    columns = {
        "role": "roster",
        "seen": seen_in(page),
        "column-A": "name",
        "column-B": "also called",
    }
    told = newcomer.fill_in("/columns", **columns)
    assert told == (303, "/progress"), told[1].partition("There is a problem")[2][:400]
    until_made(newcomer)
    assert newcomer.house.room is not None
    people = [e for e in newcomer.house.room.study().entities.values() if e.label == "PERSON"]
    assert [len(one.mentions) for one in people] == [3]  # both names are one person's
    newcomer.house.close()
    study = Study(root)
    assert dict(read_kept_columns(study)["roster"].chosen)["B"] is Meaning.ALIAS
    said = [e.event for e in read_log(study.audit) if isinstance(e.event, DecisionRecorded)]
    (one,) = [e for e in said if e.action == "columns of a table read otherwise"]
    assert (one.by, dict(one.counts)) == ("A. Steward", {"columns": 1})


@pytest.mark.model
def test_what_cannot_be_is_refused_and_the_study_stays_as_it_was(root: Path) -> None:
    newcomer = opened(root)
    kept = Study(root).tables.read_bytes()
    seen = seen_in(newcomer.read("/columns"))
    for columns, said in (
        ({"column-A": "name", "column-B": "name", "seen": seen}, "are both read as: Name"),
        (
            {"column-A": "name", "column-B": "also called", "seen": "guessed"},
            "has other columns than",
        ),
        (
            {"column-A": "teapot", "column-B": "also called", "seen": seen},
            "nothing that a column can be",
        ),
    ):
        status, page = newcomer.fill_in("/columns", role="roster", **columns)
        assert (status, said in page) == (400, True), said
    assert newcomer.fill_in("/columns", role="teapot", seen=seen)[0] == 400
    assert Study(root).tables.read_bytes() == kept
    page = newcomer.read("/columns")
    same = {"column-A": "name", "column-B": "note", "seen": seen}
    if 'value="note" selected' in page:  # what is kept already makes nothing anew
        assert newcomer.fill_in("/columns", role="roster", **same) == (303, "/columns")
    newcomer.house.close()


@pytest.mark.model
def test_a_page_that_cannot_leave_its_study_says_where_it_is_done(root: Path) -> None:
    visitor = Visitor(sit(root))
    page = visitor.read("/columns")
    assert ("start redact without a study" in page, "<button>Read" in page) == (True, False)
    assert visitor.fill_in("/columns", role="roster", seen=seen_in(page))[0] == 400
