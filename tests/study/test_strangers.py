"""Other things in a study's folders: told by name, never deleted, in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.study.folder import Study
from redact.study.strangers import strangers
from tests.conftest import run_redact, tree

FOLDERS = ("safe", "work", "linkage", "custody", "audit", "release")
TOLD = (
    "notes.docx",
    "scot_01.txt~",
    "scot_01.txt.bak",
    ".scot_01.txt.swp",
    "scot_01 (conflicted copy 2026-11-28).txt",
    "scot_01.sync-conflict-20261128-101010-ABCDEFG.txt",
    "scot_01 - Copy.txt",
    "scot_01 (1).txt",
    "Copy of scot_01.txt",
    ".#scot_01.txt",
    ".hidden",
    ".mine.tmp",
)
PASSED_OVER = (
    ".DS_Store",
    "._scot_01.txt",
    "Thumbs.db",
    "desktop.ini",
    ".~lock.scot_01.txt#",
    "~$ot_01.docx",
    ".directory",
    ".nfs0000000000123",
)
SECRET = b"INT: Morag MacLeod said so, on 07700 900 123.\n"


def test_nothing_that_a_study_made_itself_is_strange(small_study: tuple[Path, Path]) -> None:
    assert strangers(Study(small_study[0])) == ()


def test_what_is_strange_is_told_and_stays_and_nothing_is_blocked(
    small_study: tuple[Path, Path], small_source: Path
) -> None:
    study, passphrase = small_study
    key = ["--passphrase-file", passphrase]
    for folder in FOLDERS:
        for name in (*TOLD, *PASSED_OVER):
            (study / folder / name).write_bytes(SECRET)
        (study / folder / "a folder").mkdir()
        (study / folder / "a folder" / "inside.txt").write_bytes(SECRET)
    (study / "paper.pdf").write_bytes(b"mine")
    (study / "rulings (conflicted copy).jsonl").write_bytes(b"{}")
    for command in (
        ["entity", "rename", study, "[Person 1]", "[Manager A]", "--by", "AB"],
        ["settle", study, "--by", "AB"],
        ["release", study],
        ["key", "rotate", study],
        ["key", "check", study],
    ):
        done = run_redact(*command, *key)
        assert done.code == 0, (command, done.err, done.out)
        for folder in FOLDERS if command[0] != "key" else FOLDERS[1:]:
            for name in (*TOLD, "a folder"):
                assert f"{study / folder / name}: " in done.err, (command, folder, name)
            assert "rulings (conflicted copy).jsonl: it looks like a second copy" in done.err
            assert "paper.pdf" not in done.err
            for name in PASSED_OVER:
                assert str(study / folder / name) not in done.err, name
    kept = tree(study)
    for folder in FOLDERS:
        for name in (*TOLD, *PASSED_OVER, "a folder/inside.txt"):
            assert kept[f"{folder}/{name}"] == SECRET
    released = tree(study / "release" / "safe-copy-02")
    assert not [name for name, data in released.items() if b"Morag" in data]


def test_a_second_copy_of_key_or_packet_opens_nothing_and_stops_nothing(
    small_study: tuple[Path, Path],
) -> None:
    """As a synchroniser makes them, also of a key that was followed by a newer one."""
    study, passphrase = small_study
    key = ["--passphrase-file", passphrase]
    (sealed,) = (study / "linkage").glob("*.age")
    copy = sealed.with_name(f"{sealed.stem} (conflicted copy).age")
    copy.write_bytes(sealed.read_bytes())
    packet = study / "custody" / "steward (1).age"
    packet.write_bytes((study / "custody" / "steward.age").read_bytes())
    done = run_redact("entity", "rename", study, "[Person 1]", "[Manager A]", "--by", "AB", *key)
    assert done.code == 0, done.err
    checked = run_redact("key", "check", study, *key)
    assert checked.code == 0, checked.out
    assert f"{copy}: it looks like a backup or a second copy" in checked.err
    assert copy.exists()
    packet_said = run_redact("key", "rotate", study, *key)
    assert packet_said.code == 0, packet_said.err
    assert f"{packet}: " in packet_said.err
    assert "steward (1)" not in packet_said.out


def test_a_destruction_is_not_stopped_by_a_folder_beside_the_key(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, passphrase = small_study
    statement = tmp_path / "s.txt"
    statement.write_text("Wiped.\n", "utf-8")
    (study / "linkage" / "old").mkdir()
    (study / "custody" / "x.age").mkdir()
    done = run_redact(
        *("key", "destroy", study, "--by", "AB", "--yes", "--statement", f"steward={statement}"),
        *("--passphrase-file", passphrase),
    )
    assert done.code == 0, done.err
    assert not list((study / "linkage").glob("*.age"))
    assert (study / "linkage" / "old").is_dir()


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_study_as_redact_leaves_it_has_no_strangers(sample_study: Path, folder: str) -> None:
    told = [one for one in strangers(Study(sample_study)) if one.path.parent.name == folder]
    assert told == []
