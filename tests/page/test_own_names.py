"""Pages call a transcript what its steward calls it; what goes out has a name of its own."""

from pathlib import Path

from redact.page.own_names import own_names, safe_names
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of


def test_every_page_has_the_own_name_and_no_address_has(template: Path, tmp_path: Path) -> None:
    room = sit(copy_of(template, tmp_path))
    assert sorted(own_names(room.desk).values()) == ["one.txt", "two.txt"]
    assert sorted(safe_names(room.desk).values()) == ["interview_01.txt", "interview_02.txt"]
    visitor = Visitor(room)
    for path in ("/", "/entities", "/missed", "/details", "/t/D0001"):
        page = visitor.read(path)
        assert "one.txt" in page or "two.txt" in page, path
        assert 'href="' not in page or "one.txt" not in "".join(page.split('href="')[1:2])
    assert "Goes out as interview_0" in visitor.read("/t/D0001")
    assert "one.txt" not in (room.desk.study.audit / "log.jsonl").read_text("utf-8")
