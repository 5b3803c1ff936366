"""A new key, shares and the end, on the page: as the commands do it, and never by one press."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.custody.keyfile import Opener, unlock
from redact.key.custodians import custodians
from redact.study.folder import Study
from tests.conftest import PASSPHRASE, run_redact
from tests.page.readied import ready_study, visit
from tests.page.rooms import Visitor
from tests.shared import copy_of

pytestmark = pytest.mark.model


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path) -> Path:
    return copy_of(ready_study(tmp_path_factory, passphrase_file), tmp_path)


@pytest.fixture
def visitor(root: Path) -> Visitor:
    return visit(root)


def identity_of(root: Path) -> str:
    opened = unlock(Study(root).custody, Opener.from_passphrase(PASSPHRASE))
    return str(opened.identity.recipient())


def test_a_new_key_opens_with_the_same_passphrase_and_the_page_goes_on(
    visitor: Visitor, root: Path
) -> None:
    before = identity_of(root)
    assert visitor.fill_in("/rotate") == (303, f"{visitor.door.root}/rotate?done=yes")
    assert "The key is new" in visitor.read("/rotate?done=yes")
    assert identity_of(root) != before
    assert "Ishbel.txt" in visitor.read("/")
    assert visitor.fill_in("/keep", do="drill", words=PASSPHRASE)[0] == 303


def test_somebody_s_own_passphrase_keeps_the_button_back(
    visitor: Visitor, root: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    (tmp_path / "other.txt").write_text("four otters in a boat went to sea again\n", "utf-8")
    added = run_redact(
        "key",
        "add-custodian",
        root,
        "archive",
        "--new-passphrase-file",
        tmp_path / "other.txt",
        "--passphrase-file",
        passphrase_file,
    )
    assert added.code == 0, added.err
    page = visitor.read("/rotate")
    assert "archive has a passphrase that only they know" in page
    assert ">Rotate the key</button>" not in page
    before = identity_of(root)
    assert visitor.fill_in("/rotate")[0] == 400
    assert identity_of(root) == before


def test_shares_are_written_where_they_are_wanted_and_open_it_together(
    visitor: Visitor, root: Path, tmp_path: Path
) -> None:
    target = tmp_path / "stick"
    for wrong in (
        {"needed": "1"},
        {"count": "x"},
        {"folder": "stick"},
        {"folder": str(root / "s")},
    ):
        said = {"needed": "2", "count": "3", "folder": str(target), **wrong}
        status, page = visitor.fill_in("/split", **said)
        assert (status, "There is a problem" in page) == (400, True)
        assert "--to" not in page
    status, page = visitor.fill_in("/split", needed="2", count="3", folder=str(target))
    assert (status, "3 shares were written" in page) == (200, True)
    shares = sorted(target.iterdir())
    assert not any(line in page for line in shares[0].read_text("utf-8").splitlines() if line)
    shares[0].unlink()
    assert visitor.fill_in("/keep", do="drill", identity=str(target))[0] == 303


def test_the_end_needs_every_statement_and_the_study_s_name(visitor: Visitor, root: Path) -> None:
    said = {"statement-steward": "Burned on 3 May, seen by the archive."}
    for wrong in ({}, {"sure": "yes"}, {"sure": root.name, "statement-steward": " "}):
        status, page = visitor.fill_in("/destroy", **{**said, **wrong})
        assert (status, "There is a problem" in page) == (400, True)
        assert [*custodians(Study(root))] == ["steward"]
    assert "Burned on 3 May" in visitor.fill_in("/destroy", **said)[1]  # nothing typed is lost
    status, page = visitor.fill_in("/destroy", sure=root.name, **said)
    assert (status, "The certificate is in" in page) == (200, True), page
    assert custodians(Study(root)) == {}
    assert run_redact("audit", "verify", root).code in (0, 3)
    assert "destroyed" in visitor.read("/tasks", 400)


def test_a_copy_that_is_left_keeps_the_end_open_until_it_is_gone(
    visitor: Visitor, root: Path, tmp_path: Path
) -> None:
    (tmp_path / "backup").mkdir()
    copy = tmp_path / "backup" / "steward.age"
    copy.write_bytes((root / "custody" / "steward.age").read_bytes())
    said = {"statement-steward": "Burned.", "sure": root.name, "also": str(tmp_path / "backup")}
    status, page = visitor.fill_in("/destroy", **said)
    assert (status, "Look for copies again" in page) == (400, True), page
    assert "Look for copies again" in visitor.read("/destroy")
    copy.unlink()
    status, page = visitor.fill_in("/destroy")
    assert (status, "No copy of it was found" in page) == (200, True)


def test_a_folder_that_is_not_there_destroys_nothing(visitor: Visitor, root: Path) -> None:
    said = {"statement-steward": "Burned.", "sure": root.name, "also": "/no/such/folder"}
    assert visitor.fill_in("/destroy", **said)[0] == 400
    assert [*custodians(Study(root))] == ["steward"]
