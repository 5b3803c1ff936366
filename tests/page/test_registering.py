"""The register on the page: given, returned, destroyed; as a table; and a stale view refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from redact.audit.events import ReleaseEnded, ReleaseGiven
from redact.audit.reading import read_log
from tests.agreed import again, table
from tests.conftest import run_redact
from tests.page.readied import WORDS, ready_study, today, visit
from tests.page.rooms import Visitor
from tests.shared import copy_of

pytestmark = pytest.mark.model
RELEASE = "safe-copy-01"


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(ready_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def visitor(root: Path) -> Visitor:
    """A release was made, and the archive has it."""
    visitor = visit(root)
    assert "It stands here once it is made" in visitor.read("/register")
    visitor.fill_in("/release")
    terms = {"purpose": "home care", "agreement": "DTA 7", "access": "controlled"}
    assert visitor.fill_in("/given", name=RELEASE, to="The archive", on=today(), **terms)[0] == 303
    return visitor


def test_who_has_what_on_which_terms(visitor: Visitor, root: Path) -> None:
    page = visitor.read("/register")
    for said in (
        RELEASE,
        "The archive",
        "home care",
        "DTA 7",
        "lets in one by one",
        "They have it",
    ):
        assert said in page
    assert "Ishbel" not in page
    (given,) = [e.event for e in read_log(root / "audit") if isinstance(e.event, ReleaseGiven)]
    assert (given.purpose, given.access) == ("home care", "controlled")


def test_what_cannot_be_recorded_stays_in_its_fields(visitor: Visitor) -> None:
    said = {"name": RELEASE, "to": "Library", "on": today(), "agreement": "DTA 8"}
    for wrong in ({"until": "never"}, {"access": "everybody"}, {"purpose": "Ishbel Tannock asked"}):
        status, page = visitor.fill_in("/given", **{**said, **wrong})
        assert (status, "There is a problem" in page, 'value="DTA 8"' in page) == (400, True, True)
        assert "--" not in page.partition("There is a problem")[2].partition("</div>")[0]


def test_a_table_for_a_data_protection_officer(
    visitor: Visitor, root: Path, tmp_path: Path
) -> None:
    answer = visitor.get(f"{visitor.door.root}/register.csv")
    assert "register.csv" in answer.headers["content-disposition"]
    (row,) = csv.DictReader(answer.text.splitlines())
    assert (row["to"], row["state"]) == ("The archive", "given")
    out = tmp_path / "register.csv"
    assert run_redact("register", root, "--csv", out).code == 0
    assert answer.text == out.read_text("utf-8")


@pytest.mark.parametrize(("how", "told"), [("returned", "Given back"), ("destroyed", "Destroyed")])
def test_the_end_is_recorded_once_and_is_no_more_to_be_recorded(
    visitor: Visitor, root: Path, how: str, told: str
) -> None:
    said = {"name": RELEASE, "to": "The archive", "since": today(), "day": today()}
    assert visitor.fill_in("/ended", do=how, **said)[0] == 303
    page = visitor.read("/register")
    assert (told in page, "Record what became of it" in page) == (True, False)
    status, page = visitor.fill_in("/ended", do=how, **said)  # from a page that is stale
    assert (status, "something else of this by now" in page) == (400, True)
    ends = [e.event for e in read_log(root / "audit") if isinstance(e.event, ReleaseEnded)]
    assert [one.how for one in ends] == [how]


def test_a_day_that_is_none_records_nothing(visitor: Visitor, root: Path) -> None:
    said = {"name": RELEASE, "to": "The archive", "since": today(), "do": "returned"}
    status, page = visitor.fill_in("/ended", day="yesterday", **said)
    assert (status, "this is no day" in page) == (400, True)
    assert not any(isinstance(e.event, ReleaseEnded) for e in read_log(root / "audit"))


def test_after_a_withdrawal_it_is_to_be_called_back(visitor: Visitor) -> None:
    visitor.fill_in("/withdraw", who="interview_01.txt", reason="letter", sure="1")
    page = visitor.read("/register")
    assert "Call it back: somebody withdrew" in page
    assert "The archive still has safe-copy-01" in page
    tasks = visitor.read("/tasks")
    assert "Next: call a release back" in tasks


def test_what_is_to_be_called_back_is_given_with_a_reason_only(
    visitor: Visitor, root: Path
) -> None:
    assert "to be called back" not in visitor.read("/register")
    visitor.fill_in("/incident", label="ORG", what=WORDS)
    page = visitor.read("/register")
    assert "Give it to nobody: a name was found in it (I1)." in page
    said = {"name": RELEASE, "to": "Library", "on": today(), "access": "team"}
    status, page = visitor.fill_in("/given", **said)
    problem = page.partition("There is a problem")[2].partition("</div>")[0]
    assert (status, "say why they have it" in problem, "--" in problem) == (400, True, False)
    assert visitor.fill_in("/given", anyway="they had it before", **said)[0] == 303
    given = [e.event for e in read_log(root / "audit") if isinstance(e.event, ReleaseGiven)]
    assert [one.anyway for one in given] == [None, "they had it before"]


def test_a_release_for_the_team_is_given_to_the_team(
    agreed_folder: Path, passphrase_file: Path
) -> None:
    levels = {"one": "team only", "two": "archive open", "three": "archive open"}
    assert again(agreed_folder, passphrase_file, table(**levels)).code in (0, 3)
    study = agreed_folder / "study"
    visitor = visit(study)
    said = {"name": RELEASE, "to": "A colleague", "on": today()}
    status, page = visitor.fill_in("/given", **said)
    problem = page.partition("There is a problem")[2].partition("</div>")[0]
    assert (status, "who may see it there" in problem) == (400, True)
    assert "did not agree to controlled access" in problem
    assert "redact " not in problem
    assert f'href="{visitor.door.root}/describe/access"' in page  # the way to a release for more
    assert visitor.fill_in("/given", access="team", **said)[0] == 303
    assert "The own team" in visitor.read("/register")
