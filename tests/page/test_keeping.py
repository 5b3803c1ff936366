"""Keep safe: who can open the key, tried, joined by somebody, and the log's end kept elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from redact.custody.keyfile import Opener, unlock
from redact.key.custodians import custodians
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, run_redact
from tests.opened import open_study
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def visitor(root: Path) -> Visitor:
    return Visitor(sit(root), Opener.from_passphrase(PASSPHRASE))


@pytest.mark.model
def test_a_drill_needs_what_is_typed_and_is_in_the_log(visitor: Visitor, root: Path) -> None:
    assert "not yet" in visitor.read("/keep")
    for words in ("", "four otters in a boat"):
        assert visitor.fill_in("/keep", do="drill", words=words)[0] == 400
    assert visitor.fill_in("/keep", do="drill", words=PASSPHRASE)[0] == 303
    assert "not yet" not in visitor.read("/keep")
    assert "drilled" in (root / "audit" / "log.jsonl").read_text("utf-8")


@pytest.mark.model
def test_somebody_gets_a_passphrase_that_is_shown_once_and_opens_it(
    visitor: Visitor, root: Path
) -> None:
    _, page = visitor.fill_in("/keep", do="add", name="archive")
    found = re.search(r"<code>([a-z-]+)</code>", page)
    assert found
    assert visitor.fill_in("/keep", do="words", words="x")[0] == 400
    assert [*custodians(Study(root))] == ["steward"]
    assert visitor.fill_in("/keep", do="words", words=found[1])[0] == 303
    assert found[1] not in visitor.read("/keep")
    opened = unlock(Study(root).custody, Opener.from_passphrase(found[1]))
    assert opened.custodian == "archive"
    assert "archive" in visitor.read("/keep")
    assert visitor.fill_in("/keep", do="remove", name="archive")[0] == 303
    assert [*custodians(Study(root))] == ["steward"]


@pytest.mark.model
def test_the_note_is_one_that_the_command_takes(
    visitor: Visitor, root: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    assert visitor.fill_in("/keep", do="anchor", where="")[0] == 400
    status, page = visitor.fill_in("/keep", do="anchor", where="the ethics office")
    note = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert (status, bool(note)) == (200, True)
    assert note
    (tmp_path / "kept.note").write_text(note[1].replace("&#43;", "+"), "utf-8")
    key = ("--passphrase-file", passphrase_file)
    verified = run_redact("audit", "verify", root, "--anchor", tmp_path / "kept.note", *key)
    assert verified.code == 0, verified.out


@pytest.mark.model
def test_everything_is_compared(visitor: Visitor) -> None:
    status, page = visitor.fill_in("/keep", do="check")
    assert (status, "In order" in page, "Not in order" in page) == (200, True, False)
