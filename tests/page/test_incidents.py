"""A name that was found, on the page: found again, hidden, told, closed; and written nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from redact.audit.reading import read_log
from redact.governance.incident import incidents
from tests.page.readied import WORDS, ready_study, today, visit
from tests.page.rooms import Visitor
from tests.shared import copy_of

pytestmark = pytest.mark.model


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(ready_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def visitor(root: Path) -> Visitor:
    visitor = visit(root)
    assert "There is no release yet" in visitor.read("/incident")
    visitor.fill_in("/release")
    visitor.fill_in("/given", name="safe-copy-01", to="The archive", on=today())
    return visitor


def in_files(root: Path) -> list[str]:
    """The files of the study in which the words stand, but for what was released with them."""
    return sorted(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file()
        and WORDS.encode() in path.read_bytes().lower()
        and "release/safe-copy-01" not in path.as_posix()
    )


def test_from_the_report_to_the_close(visitor: Visitor, root: Path) -> None:
    done = visitor.fill_in("/incident", label="ORG", what=WORDS)
    assert done == (303, f"{visitor.door.root}/incident/I1")
    page = visitor.read("/incident/I1")
    assert "transcripts/interview_01.txt" in page
    assert "Tell The archive" in page
    assert "When all above is done" in page
    assert "Next: see to the name that was found" in visitor.read("/tasks")

    status, page = visitor.fill_in("/incident/I1", do="close", what=WORDS)  # too early
    assert (status, WORDS in page) == (400, False)
    told = {"do": "told", "to": "The archive", "on": today()}
    assert visitor.fill_in("/incident/I1", **told)[0] == 303
    assert visitor.fill_in("/release")[0] == 200
    page = visitor.read("/incident/I1")
    assert "safe-copy-02 was made since" in page

    status, page = visitor.fill_in("/incident/I1", do="close", what="thursday soup lot")
    assert (status, "not the words that were reported" in page) == (400, True)
    assert visitor.fill_in("/incident/I1", do="close", what=WORDS)[0] == 303
    assert "Closed on" in visitor.read("/incident/I1")
    assert "Closed on" in visitor.read("/incident")
    assert [one.is_open for one in incidents(read_log(root / "audit"))] == [False]


def test_the_words_are_in_no_file_address_title_or_page(visitor: Visitor, root: Path) -> None:
    visitor.fill_in("/incident", label="ORG", what=WORDS)
    visitor.room.apply()
    assert in_files(root) == []
    status, where = visitor.fill_in("/incident", label="ORG", what=f"{WORDS} nowhere")
    assert (status, WORDS in where.lower()) == (400, False)
    for path in ("/incident", "/incident/I1", "/incident/I1/notice.txt", "/tasks", "/register"):
        assert WORDS not in visitor.read(path).lower(), path
    assert WORDS not in repr(visitor.room).lower()


@pytest.mark.parametrize(
    ("label", "what", "said"),
    [
        ("", WORDS, "say what kind"),
        ("ORG", " ", "no words were given"),
        ("ORG", "Zorbalot Quinzel", "stand in no release"),
    ],
)
def test_what_cannot_be_reported_records_nothing_and_is_not_shown_again(
    visitor: Visitor, root: Path, label: str, what: str, said: str
) -> None:
    status, page = visitor.fill_in("/incident", label=label, what=what)
    assert (status, said in page) == (400, True)
    assert not what.strip() or what not in page
    assert incidents(read_log(root / "audit")) == ()


def test_the_field_hides_what_is_typed_and_no_browser_keeps_or_corrects_it(
    visitor: Visitor,
) -> None:
    (field,) = re.findall(r'<input[^>]*name="what"[^>]*>', visitor.read("/incident"))
    for wanted in ('class="unseen-words"', 'autocomplete="off"', 'spellcheck="false"'):
        assert wanted in field
    assert "value=" not in field


def test_a_holder_who_has_none_of_it_is_not_told(visitor: Visitor) -> None:
    visitor.fill_in("/incident", label="ORG", what=WORDS)
    told = {"do": "told", "to": "Nobody's library", "on": today()}
    status, page = visitor.fill_in("/incident/I1", **told)
    assert (status, "have none of the releases" in page) == (400, True)
    assert "Not told yet" in page


def test_there_is_no_page_of_an_incident_that_was_never_opened(visitor: Visitor) -> None:
    assert "there is no incident of this number" in visitor.read("/incident/I9", 400).lower()


def test_the_notice_names_nothing(visitor: Visitor) -> None:
    visitor.fill_in("/incident", label="ORG", what=WORDS)
    notice = visitor.read("/incident/I1/notice.txt")
    assert "safe-copy-01" in notice
    assert "soup" not in notice


def test_words_that_were_mistyped_are_taken_back(visitor: Visitor, root: Path) -> None:
    visitor.fill_in("/incident", label="ORG", what=WORDS)
    back = {"do": "take back", "reason": f"not the {WORDS}"}
    status, page = visitor.fill_in("/incident/I1", **back)
    assert (status, "the log must hold none" in page, WORDS in page) == (400, True, False)
    assert visitor.fill_in("/incident/I1", **{**back, "reason": "mistyped"})[0] == 303
    page = visitor.read("/incident/I1")
    assert ("The words were taken back" in page, "Take the words back" in page) == (True, False)
    assert "Taken back on" in visitor.read("/incident")
    assert "Next: see to the name" not in visitor.read("/tasks")
    assert [one.is_open for one in incidents(read_log(root / "audit"))] == [False]


def test_each_who_has_it_has_a_notice_of_their_own(visitor: Visitor) -> None:
    visitor.fill_in("/given", name="safe-copy-01", to="A library", on=today())
    visitor.fill_in("/incident", label="ORG", what=WORDS)
    page = visitor.read("/incident/I1")
    assert "The notices" in page
    for at, to in ((1, "The archive"), (2, "A library")):
        assert f"notice.txt?for={at}" in page
        assert f"To: {to}\n" in visitor.read(f"/incident/I1/notice.txt?for={at}")
    assert "nobody is to be sent" in visitor.read("/incident/I1/notice.txt?for=3", 400).lower()
