"""The page of what a release waits for: each form once, one key each, then the release."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import run_redact
from tests.opened import OWN, open_study
from tests.page.browsing import needs_chromium, opened
from tests.page.conftest import start, stop
from tests.page.rooms import Visitor, sit
from tests.reviewed import Key
from tests.shared import copy_of


@pytest.fixture(scope="module")
def waiting_study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    return open_study(tmp_path_factory, passphrase_file)


@pytest.fixture
def root(waiting_study: Path, tmp_path: Path) -> Path:
    return copy_of(waiting_study, tmp_path)


def hidden(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.model
def test_a_form_stands_once_with_its_places_under_the_steward_s_own_names(root: Path) -> None:
    page = Visitor(sit(root)).read("/open")
    assert page.count("<li id=") == 1
    assert "<strong>1</strong> word or name at <strong>2</strong> places" in page
    assert page.count(OWN) == 1  # both places stand close together, and are read in one passage
    assert page.count("<mark>") == 3
    assert "interview_01.txt" not in page
    log = (root / "audit" / "log.jsonl").read_text("utf-8")
    assert '"review page: to_settle"' in log
    assert OWN not in log


@pytest.mark.model
@pytest.mark.parametrize(("do", "left"), [("everywhere", 0), ("here", 0), ("none", 2)])
def test_an_answer_and_the_button_after_it_end_in_a_release(root: Path, do: str, left: int) -> None:
    visitor = Visitor(sit(root))
    page = visitor.read("/open")
    status, where = visitor.fill_in(
        "/answer", id=hidden(page, "id"), do=do, label="PERSON", seen=hidden(page, "seen")
    )
    assert (status, where) == (303, f"{visitor.door.root}/open#main")
    assert "Nothing is left to answer" in visitor.read("/open")
    status, said = visitor.fill_in("/finish")
    assert (status, "safe-copy-01" in said) == (200, True)
    (safe,) = (root / "safe").iterdir()
    assert safe.read_text("utf-8").count("Corriedoon") == left


@pytest.mark.model
def test_two_pages_at_once_say_what_the_other_did(root: Path) -> None:
    one, other = Visitor(sit(root)), Visitor(sit(root, "CD"))
    page = one.read("/open")
    form, seen = hidden(page, "id"), hidden(page, "seen")
    other.read("/open")
    said = {"id": form, "label": "PERSON", "seen": seen}
    assert other.fill_in("/answer", **said, do="none")[0] == 303
    status, message = one.fill_in("/answer", **said, do="everywhere")
    assert (status, "answered meanwhile" in message) == (400, True)
    rows = (root / "rulings.jsonl").read_text("utf-8").splitlines()
    assert len(rows) == 2
    assert all('"by":"CD"' in row for row in rows)


@pytest.mark.model
@pytest.mark.parametrize(
    "wrong", [{"do": "maybe"}, {"label": "ROBOT"}, {"id": "<script>"}, {"do": ""}]
)
def test_what_is_no_answer_records_nothing(root: Path, wrong: dict[str, str]) -> None:
    visitor = Visitor(sit(root))
    page = visitor.read("/open")
    said = {"id": hidden(page, "id"), "do": "none", "label": "PERSON", "seen": "9"} | wrong
    status, message = visitor.fill_in("/answer", **said)
    assert (status, "<script>" in message) == (400, False)
    assert not (root / "rulings.jsonl").exists()


@needs_chromium
@pytest.mark.model
def test_the_list_is_settled_by_keys_alone_and_released(
    browser: Browser, root: Path, passphrase_file: Path
) -> None:
    key: Key = ("--passphrase-file", passphrase_file)
    served = start(root, key, "AB", "--to-settle")
    try:
        page = opened(browser, served)
        page.wait_for_url(f"{served.base}/open")
        expect(page.get_by_role("heading", level=1)).to_have_text("Before the release")
        page.keyboard.press("j")
        expect(page.locator("li button:focus")).to_have_count(1)
        page.keyboard.press("x")
        expect(page.get_by_text("Nothing is left to answer")).to_have_count(1)
        page.locator("button.main").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Released", timeout=60_000)
    finally:
        stop(served)
    assert run_redact("release", root, *key).code == 0
