"""Before a release, the release, who has it, and a participant who withdraws: all on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.custody.keyfile import Opener
from redact.study.folder import Study
from redact.study.given import given_releases
from tests.conftest import PASSPHRASE, run_redact
from tests.opened import OWN, open_study
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of, made_once

TALK = "INT: Who was there?\nR: {} came from Kilmarnock. Aye, she did, and I was there too.\n"


@pytest.fixture
def waiting(
    tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path
) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def ready(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    """A study of two interviews whose release waits for nobody."""

    def make(folder: Path) -> None:
        (folder / "talks").mkdir()
        for name in ("Ishbel Tannock", "Morag Haldane"):
            talk = folder / "talks" / f"{name.split()[0]}.txt"
            talk.write_text(TALK.format(name), "utf-8")
        words = ["--policy", "safe-copy", "--out", folder / "study"]
        done = run_redact("init", folder / "talks", *words, "--passphrase-file", passphrase_file)
        done = run_redact("replace", folder / "study", "--passphrase-file", passphrase_file)
        assert done.code == 0, done.err

    return copy_of(made_once(tmp_path_factory, "ready", make) / "study", tmp_path)


def visit(root: Path) -> Visitor:
    return Visitor(sit(root), Opener.from_passphrase(PASSPHRASE))


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
    assert "Archive" in visitor.read("/given")


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


def today() -> str:
    from datetime import UTC, datetime

    return datetime.now(UTC).date().isoformat()
