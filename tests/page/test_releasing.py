"""Before a release, the release, who has it, and a participant who withdraws: all on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.study.folder import Study
from redact.study.given import given_releases
from tests.conftest import run_redact
from tests.opened import OWN, open_study
from tests.page.readied import ready_study, today, visit
from tests.page.rooms import Visitor
from tests.shared import copy_of, made_once


@pytest.fixture
def waiting(
    tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path
) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def ready(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    """A study of two interviews whose release waits for nobody."""

    return copy_of(ready_study(tmp_path_factory, passphrase_file), tmp_path)


def asked(visitor: Visitor) -> None:
    """The gates have answered, so that the page need not wait for them."""
    visitor.room.waits()


@pytest.mark.model
def test_what_is_open_stands_there_with_its_way_and_no_button(waiting: Path) -> None:
    visitor = visit(waiting)
    asked(visitor)
    page = visitor.read("/before")
    assert "1 word may be names" in page or "words may be names" in page
    assert f'href="{visitor.door.root}/open"' in page
    assert "Make the release" not in page
    assert OWN not in page
    status, page = visitor.fill_in("/release")  # and whoever presses it all the same is refused
    assert (status, "There is a problem" in page) == (400, True)
    assert [*(waiting / "release").iterdir()] == []


@pytest.mark.model
def test_everything_that_goes_out_is_shown_then_made_then_given(ready: Path) -> None:
    visitor = visit(ready)
    asked(visitor)
    page = visitor.read("/before")
    assert "Everything that goes out" in page
    assert "interview_01.txt" in page
    status, page = visitor.fill_in("/release")
    assert (status, "safe-copy-01" in page) == (200, True)
    made = run_redact("release", "verify", ready / "release" / "safe-copy-01")
    assert made.code == 0, made.out
    status, page = visitor.fill_in("/given", name="safe-copy-01", to="Archive", on="tomorrow")
    assert (status, 'value="Archive"' in page) == (400, True)  # what was typed is kept
    assert visitor.fill_in("/given", name="safe-copy-01", to="Archive", on=today())[0] == 303
    assert [one.to for one in given_releases(Study(ready).audit)] == ["Archive"]
    assert "Archive" in visitor.read("/register")


@pytest.mark.model
def test_an_archive_s_list_is_shown_and_keeps_the_button_back(ready: Path) -> None:
    visitor = visit(ready)
    asked(visitor)
    page = visitor.read("/before?for=ukds")
    assert "UK Data Service asks for" in page
    assert "Make the release" not in page


@pytest.mark.model
def test_a_participant_is_taken_out_only_by_who_knows_what_it_does(ready: Path) -> None:
    visitor = visit(ready)
    visitor.fill_in("/release")
    visitor.fill_in("/given", name="safe-copy-01", to="Archive", on=today())
    assert "Ishbel.txt" in visitor.read("/withdraw")
    status, page = visitor.fill_in("/withdraw", who="interview_01.txt", reason="by letter")
    assert (status, "cannot be undone" in page) == (400, True)
    status, _ = visitor.fill_in(
        "/withdraw", who="interview_01.txt", reason="Ishbel Tannock wrote", sure="1"
    )
    assert status == 400
    assert (ready / "safe" / "interview_01.txt").exists()
    status, page = visitor.fill_in("/withdraw", who="interview_01.txt", reason="letter", sure="1")
    assert (status, "Tell Archive" in page) == (200, True), page
    assert not (ready / "safe" / "interview_01.txt").exists()
    assert "1 interview" in visitor.read("/tasks")


@pytest.mark.model
def test_who_agreed_to_the_team_alone_is_told_of_before_the_copy_goes_out(
    tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path
) -> None:
    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        for name in ("one", "two"):
            (folder / "talks" / f"{name}.txt").write_text("INT: Who?\nR: I came.\n", "utf-8")
        table = folder / "interviews.csv"
        table.write_text("file,consent\none.txt,team only\ntwo.txt,archive open\n", "utf-8")
        words = ("--policy", "safe-copy", "--interviews", table, "--out", folder / "study")
        key = ("--passphrase-file", passphrase_file)
        run_redact("run", folder / "talks", *words, *key)
        run_redact("settle", folder / "study", "--by", "AB", *key)

    root = copy_of(made_once(tmp_path_factory, "agreed", make) / "study", tmp_path)
    visitor = visit(root)
    asked(visitor)
    page = visitor.read("/before")
    assert "Nobody has said who may have the copy" in page, page.partition("<h1>")[2][:900]
    assert ("1 participant agreed to your team only" in page, "/describe/access" in page) == (
        True,
        True,
    )
    assert visitor.fill_in("/describe/access", said="controlled")[0] == 303
    asked(visitor)
    page = visitor.read("/before")
    assert "Nobody has said who may have the copy" not in page
    assert "Left out: one.txt (team only)" in page
