"""The questions at the top of Who is who: shown, answered, logged; nothing else is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import study_of
from tests.page.browsing import needs_chromium, opened
from tests.page.conftest import start, stop
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of, made_once

ONE = (
    "INT: Who was there?\nR: Dougie Farquhar came, and Oddny Vik does the nights.\n"
    "R: Not Dougie Menmuir. Oddny Vik left early.\n"
)
TWO = "INT: And then?\nR: Dougie came. And Dougie went. Then Oddny Vik slept.\n"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    def make(folder: Path) -> None:
        study_of(folder, {"one.txt": ONE, "two.txt": TWO}, passphrase_file, "safe-copy")

    return made_once(tmp_path_factory, "asked-on-the-page", make) / "study"


@pytest.fixture
def root(asked: Path, tmp_path: Path) -> Path:
    return copy_of(asked, tmp_path)


def asked_about(page: str, name: str = "Dougie") -> str:
    """The part of the page that is the question about this name."""
    parts: list[str] = re.findall(r'<li id="Q.*?</form></li>', page, re.DOTALL)
    return next(part for part in parts if f"<mark>{name}</mark></h3>" in part)


def id_of(question: str) -> str:
    found = re.search(r'name="id" value="(Q[0-9a-f]{6})"', question)
    assert found
    return found[1]


def test_both_sides_stand_in_their_words_and_the_look_is_logged(root: Path) -> None:
    question = asked_about(Visitor(sit(root)).read("/entities"))
    assert "Who is this?" in question
    assert question.count("Dougie Farquhar") >= 2
    assert "two.txt" in question
    assert [f'value="{word}"' in question for word in ("same", "different", "dont-know")] == [
        True
    ] * 3
    log = (root / "audit" / "log.jsonl").read_text("utf-8")
    assert '"review page: entities"' in log
    assert "Dougie" not in log


def test_an_answer_is_seen_at_once_and_the_safe_texts_follow(root: Path) -> None:
    visitor = Visitor(sit(root))
    question = asked_about(visitor.read("/entities"))
    beside = re.findall(r'name="same" value="(\d)".*?<q>(.*?)</q>', question)
    number = next(number for number, words in beside if words == "Dougie Menmuir")
    status, where = visitor.fill_in("/questions", id=id_of(question), do="same", same=number)
    assert (status, where) == (303, f"{visitor.door.root}/entities#questions")
    page = visitor.read("/entities")
    assert "<mark>Dougie</mark></h3>" not in page
    assert "<q>Dougie</q> ×2, <q>Dougie Menmuir</q>" in page, "the list of everybody has it too"
    assert "The safe texts do not have yet what you decided" in page
    assert "does not know of" in page
    assert visitor.fill_in("/apply")[0] == 303
    assert "The safe texts do not have yet" not in visitor.read("/entities")


def test_a_question_that_was_answered_meanwhile_is_refused(root: Path) -> None:
    one, other = Visitor(sit(root)), Visitor(sit(root, "CD"))
    name = id_of(asked_about(one.read("/entities")))
    assert other.fill_in("/questions", id=name, do="different")[0] == 303
    status, message = one.fill_in("/questions", id=name, do="dont-know")
    assert (status, "This question was answered meanwhile" in message) == (400, True)
    rows = (root / "corrections.jsonl").read_text("utf-8").splitlines()
    assert ['"by":"CD"' in row for row in rows] == [True]


@pytest.mark.parametrize(
    "wrong", [{"do": "maybe"}, {"do": ""}, {"same": "one"}, {"same": "99"}, {"id": "<script>"}]
)
def test_what_is_no_answer_records_nothing(root: Path, wrong: dict[str, str]) -> None:
    visitor = Visitor(sit(root))
    question = asked_about(visitor.read("/entities"))
    said = {"id": id_of(question), "do": "same", "same": "1"} | wrong
    status, message = visitor.fill_in("/questions", **said)
    assert (status, "<script>" in message) == (400, False)
    assert not (root / "corrections.jsonl").exists()


def test_a_second_reader_is_asked_nothing(root: Path) -> None:
    visitor = Visitor(sit(root, blind=frozenset({"D0001"})))
    assert visitor.fill_in("/questions", id="Q000000", do="same")[0] == 404


@needs_chromium
def test_who_is_the_same_is_ticked_and_said_with_a_button(
    browser: Browser, root: Path, passphrase_file: Path
) -> None:
    served = start(root, ("--passphrase-file", passphrase_file))
    try:
        page = opened(browser, served)
        page.goto(f"{served.base}/entities")
        question = page.locator("li", has=page.locator("h3", has_text=re.compile(r"Dougie$")))
        question.locator("li", has_text="Dougie Menmuir [Person").get_by_role("checkbox").check()
        question.get_by_role("button", name="Those I tick are the same").click()
        expect(question).to_have_count(0)
        expect(page.locator("#saved")).to_have_text("Saved")
    finally:
        stop(served)
