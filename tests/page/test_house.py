"""What the page is open on: nothing, and then one study for as long as it is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.events import LinkageRevealed
from redact.audit.reading import read_log
from redact.custody.keyfile import Opener
from redact.review import decide
from redact.study.desk import open_desk
from redact.study.folder import Study
from tests.conftest import PASSPHRASE
from tests.opened import open_study
from tests.page.houses import Newcomer
from tests.shared import copy_of


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.mark.model
def test_a_study_is_opened_by_what_opens_it_and_that_is_in_the_log(root: Path) -> None:
    newcomer = Newcomer()
    where = {"where": str(root), "who": "A. Steward"}
    assert newcomer.fill_in("/study", **where, words="four otters in a boat")[0] == 400
    assert newcomer.fill_in("/study", **where)[0] == 400
    status, said = newcomer.fill_in("/study", where=str(root), who="", words=PASSPHRASE)
    assert (status, PASSPHRASE in said) == (400, False)
    assert newcomer.fill_in("/study", **where, words=PASSPHRASE) == (303, "/tasks")
    assert "What is left to do" in newcomer.read("/tasks")
    newcomer.house.close()
    looks = [e.event for e in read_log(root / "audit") if isinstance(e.event, LinkageRevealed)]
    assert [(one.phase, one.by, one.approved_by) for one in looks] == [
        ("intent", "A. Steward", ("steward",)),
        ("done", "A. Steward", ("steward",)),
    ]


@pytest.mark.model
def test_where_two_must_agree_one_opens_nothing(root: Path) -> None:
    policy = root / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n[custody]\ntwo_people = true\n", "utf-8")
    newcomer = Newcomer()
    given = {"where": str(root), "who": "AB", "words": PASSPHRASE}
    for more in ({}, {"second": PASSPHRASE}):
        status, page = newcomer.fill_in("/study", **given, **more)
        assert (status, "two custodians" in page) == (400, True)
    assert newcomer.house.room is None
    newcomer.house.close()


@pytest.mark.model
def test_a_second_reader_opens_what_is_theirs_and_no_work_of_the_first(root: Path) -> None:
    given = {"where": str(root), "who": "B. Colleague", "words": PASSPHRASE, "as": "second"}
    newcomer = Newcomer()
    status, page = newcomer.fill_in("/study", **given)
    assert (status, "no interview is assigned to B. Colleague" in page) == (400, True)
    assert ('value="second" checked' in page, "--second" in page) == (True, False)
    desk = open_desk(Study(root), Opener.from_passphrase(PASSPHRASE))
    chosen = desk.transcripts[0].id
    decide.assign(desk, (chosen,), "B. Colleague", "A. Steward", True)
    assert newcomer.fill_in("/study", **given) == (303, "/")
    assert newcomer.house.room is not None
    assert newcomer.house.room.blind == {chosen}
    assert newcomer.read("/entities", 404)
    newcomer.house.close()
