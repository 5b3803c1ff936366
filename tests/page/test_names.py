"""The list of names from the page: a workbook, in the log before it goes out."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from redact.page.room import Room
from tests.page.rooms import Visitor, place_of, sit
from tests.shared import copy_of


@pytest.fixture(scope="module")
def room(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Room:
    return sit(copy_of(template, tmp_path_factory.mktemp("listed")))


@pytest.fixture
def visitor(room: Room) -> Visitor:
    return Visitor(room)


def test_the_list_is_a_workbook_and_is_in_the_log_first(visitor: Visitor, room: Room) -> None:
    assert 'href="' + visitor.door.root + '/names"' in visitor.read("/entities")
    assert "names.xlsx" in visitor.read("/names")
    answer = visitor.get(f"{visitor.door.root}/names.xlsx")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["content-disposition"]
    rows = load_workbook(io.BytesIO(answer.content))["names"].iter_rows(values_only=True)
    assert any("Morag Haldane" in row for row in rows)
    assert "names.xlsx" in room.desk.log.joinpath("log.jsonl").read_text("utf-8")


def test_a_second_reader_has_no_list_of_names(room: Room) -> None:
    doc = place_of(room, "Zebedee Quill").transcript
    blind = Visitor(sit(room.desk.study.root, "CD", frozenset({doc})))
    assert blind.get(f"{blind.door.root}/names.xlsx").status_code == 404
