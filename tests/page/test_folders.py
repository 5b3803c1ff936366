"""The page's own list of folders: what can be read, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from redact.errors import UsageError
from redact.page.folders import listed, places_to_begin


def test_folders_come_first_and_a_study_is_marked(tmp_path: Path) -> None:
    (tmp_path / "a talk.txt").write_text("R: Aye.\n", "utf-8")
    (tmp_path / "Zoo").mkdir()
    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "study.toml").write_text("", "utf-8")
    seen = listed(tmp_path)
    assert [(one.name, one.is_folder, one.is_study) for one in seen.entries] == [
        ("study", True, True),
        ("Zoo", True, False),
        ("a talk.txt", False, False),
    ]
    assert (seen.files, seen.unseen, seen.entries[2].size) == (1, 0, 8)
    assert [one.path for one in seen.above] == [str(one) for one in [*tmp_path.parents][::-1]]


def test_what_is_hidden_or_leads_nowhere_is_counted_and_not_listed(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text("x", "utf-8")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x", "utf-8")
    seen = listed(tmp_path)
    assert (seen.entries, seen.unseen) == ((), 4)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_this_person_cannot_read_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o000)
    assert (listed(tmp_path).entries, listed(tmp_path).unseen) == ((), 1)


@pytest.mark.parametrize("name", ["nowhere", "file.txt", "a\0b"])
def test_a_folder_that_is_none_is_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.txt").write_text("x", "utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        listed(tmp_path / name)


def test_there_is_a_place_to_begin() -> None:
    assert str(Path.home()) in [one.path for one in places_to_begin()]
