"""The papers: each is looked at when its place is said, and nothing is written otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.study.description import documents_of, read_description
from redact.study.folder import Study
from tests.opened import open_study
from tests.page.rooms import Visitor, sit
from tests.shared import copy_of


@pytest.mark.model
def test_a_paper_that_can_be_read_is_kept_and_another_is_refused_in_its_field(
    tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path, tmp_path: Path
) -> None:
    root = copy_of(open_study(tmp_path_factory, passphrase_file), tmp_path)
    visitor = Visitor(sit(root))
    (tmp_path / "form.txt").write_text("I agree that this is kept in an archive.\n", "utf-8")
    (tmp_path / "scan.mp3").write_bytes(b"ID3\x03\x00\x00\x00")
    before = (root / "study.toml").read_bytes()
    for wrong in ("form.txt", str(tmp_path / "nowhere.txt"), str(tmp_path / "scan.mp3")):
        status, page = visitor.fill_in("/papers", consent_form=wrong)
        assert (status, f'value="{wrong}"' in page) == (400, True)
    assert (root / "study.toml").read_bytes() == before
    assert visitor.fill_in("/papers", consent_form=str(tmp_path / "form.txt"))[0] == 303
    held = documents_of(Study(root), read_description(Study(root)))
    assert held == {"consent_form": tmp_path / "form.txt"}
    assert "form.txt" in visitor.read("/describe")
    assert str(tmp_path / "form.txt") in visitor.read("/papers")
