"""A policy that asks for an approval: the release waits for it, and the page records it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from redact.audit.reading import read_log
from redact.custody.keyfile import Opener
from redact.study.approval import approvals
from tests.conftest import PASSPHRASE, ROOT, run_redact
from tests.page.rooms import Visitor, sit

pytestmark = pytest.mark.model


@pytest.fixture
def visitor(tmp_path: Path, passphrase_file: Path) -> Visitor:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "one.txt").write_text("INT: Who?\nR: Ishbel Tannock came.\n", "utf-8")
    text = (ROOT / "policies" / "safe-copy.toml").read_text("utf-8")
    policy = tmp_path / "policy.toml"
    policy.write_text(text + '\n[governance]\napproval = "required"\n', "utf-8")
    words = ("--policy", policy, "--out", tmp_path / "study", "--passphrase-file", passphrase_file)
    assert run_redact("init", tmp_path / "talks", *words).code == 0
    made = run_redact("replace", tmp_path / "study", "--passphrase-file", passphrase_file)
    assert made.code == 0, made.err
    return Visitor(sit(tmp_path / "study"), Opener.from_passphrase(PASSPHRASE))


def test_a_release_waits_for_an_approval_that_the_page_records(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.room.waits()
    page = visitor.read("/before")
    assert "Nobody approved this policy" in page
    assert ("/approve" in page, "redact policy" in page) == (True, False)
    page = visitor.read("/approve")
    found = re.search(r'name="seen" value="([^"]+)"', page)
    assert found
    assert "What it does not promise" in page
    said = {"by": "The board", "role": "ethics committee", "for": "team", "seen": found[1]}
    for wrong in ({"role": " "}, {"for": "all"}, {"by": "Ishbel Tannock"}, {"seen": "0" * 64}):
        status, page = visitor.fill_in("/approve", **{**said, **wrong})
        assert (status, "There is a problem" in page) == (400, True), wrong
    assert approvals(read_log(tmp_path / "study" / "audit")) == ()
    assert visitor.fill_in("/approve", **said)[0] == 303
    assert "The board" in visitor.read("/approve")
    assert "Make the release" in visitor.read("/before")
