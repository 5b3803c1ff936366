"""The home of a study: its counts are those of the gates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.opened import OWN, open_study
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.mark.model
def test_what_the_release_waits_for_is_what_the_list_of_it_has(root: Path) -> None:
    room = sit(root)
    visitor = Visitor(room)
    waits = room.waits()  # so that the page need not wait for the gates
    page = visitor.read("/tasks")
    assert f"{len(waits.forms)} to look at" in page
    assert "Not yet" in page
    assert page.count('class="button primary"') == 1
    assert OWN not in page  # it names no file: nothing of it is a look at an original
    assert '"review page: tasks"' not in (root / "audit" / "log.jsonl").read_text("utf-8")


@pytest.mark.model
def test_it_is_the_way_on_from_the_screen_of_progress(root: Path) -> None:
    visitor = Visitor(sit(root))
    answer = visitor.get(f"{visitor.door.root}/progress")
    assert answer.headers["location"] == f"{visitor.door.root}/tasks"


@pytest.mark.model
def test_a_second_reader_has_no_tasks_of_the_first(root: Path) -> None:
    visitor = Visitor(sit(root, "CD", frozenset({"D0001"})))
    assert visitor.get(f"{visitor.door.root}/tasks").status_code == 404
    assert '/tasks"' not in visitor.read("/")
