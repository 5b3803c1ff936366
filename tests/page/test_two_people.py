"""Two people let a check pass on the page: what is refused stands there, both are in the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.events import GateOverridden
from redact.audit.reading import read_log
from tests.opened import open_study
from tests.page.readied import visit
from tests.shared import copy_of

SAID = {"gate": "G3 second look", "other": "B. Chair", "reason": "the archive asks readers to sign"}


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.mark.model
def test_a_check_that_two_may_let_pass_goes_out_with_both_names(root: Path) -> None:
    visitor = visit(root)
    page = visitor.read("/two-people")
    assert all(one in page for one in ("Few words look like a name".lower(), "Second person, day"))
    assert not any(one in page for one in ("Corriedoon", "Ishbel", "--override", "redact release"))
    for wrong, said in (
        ({**SAID}, "both have read"),
        ({**SAID, "other": "", "sure": "yes"}, "two people and a reason"),
        ({**SAID, "other": "ab", "sure": "yes"}, "two people and a reason"),
        ({**SAID, "reason": " ", "sure": "yes"}, "two people and a reason"),
        ({**SAID, "gate": "G2 no original", "sure": "yes"}, "cannot be overridden"),
        ({**SAID, "reason": "Ishbel Tannock agreed", "sure": "yes"}, "name of the study"),
    ):
        status, page = visitor.fill_in("/two-people", **wrong)
        assert (status, said in page) == (400, True), (said, page[-3000:])
    assert not [*(root / "release").iterdir()]
    status, page = visitor.fill_in("/two-people", **SAID, sure="yes")
    assert (status, "Two people let one check pass" in page) == (200, True), page[-3000:]
    (said_so,) = [e.event for e in read_log(root / "audit") if isinstance(e.event, GateOverridden)]
    assert (said_so.gate, said_so.by, said_so.reason) == (
        "G3 second look",
        ("AB", "B. Chair"),
        SAID["reason"],
    )


@pytest.mark.model
def test_the_way_there_is_shown_only_where_two_may_let_it_pass(root: Path) -> None:
    visitor = visit(root)
    visitor.room.waits()
    assert "/two-people" in visitor.read("/before")
