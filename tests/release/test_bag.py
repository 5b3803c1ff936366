"""The bag: valid for others, and stricter than others about what was done to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from redact.audit.note import Signer, checkpoint_text
from redact.release.bag import build_bag, verify_bag
from tests.conftest import Result, run_redact
from tests.deposits import described

SIGNER = Signer.generate("redact.study/test")


CHECKPOINT = SIGNER.sign(checkpoint_text("redact.study/test", 0, bytes(32))).decode()


PAYLOAD = {"README.md": b"hello\n", "transcripts/scot_01.txt": b"INT: [Person 1]\n"}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    build_bag(folder, PAYLOAD, {"Bagging-Date": "2026-11-24"}, CHECKPOINT, SIGNER)
    return folder


def test_a_fresh_bag_passes_ours_and_the_library_of_congress_s(bag: Path) -> None:
    report = verify_bag(bag, str(SIGNER.verifier()))
    assert report.problems == ()
    assert report.trusted
    assert bagit.Bag(str(bag)).is_valid()
    assert (bag / "bagit.txt").read_text("ascii").startswith("BagIt-Version: 1.0\n")


def test_two_bags_of_the_same_are_byte_identical(bag: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    build_bag(again, PAYLOAD, {"Bagging-Date": "2026-11-24"}, CHECKPOINT, SIGNER)
    for path in bag.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(bag)).read_bytes()


def test_files_are_private(bag: Path) -> None:
    for path in bag.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0


def rewrite_all(bag: Path) -> None:
    (bag / "data" / "README.md").write_text("other\n", "utf-8")
    bagit.Bag(str(bag)).save(manifests=True)


ATTACKS: dict[str, Callable[[Path], object]] = {
    "payload edited": lambda b: (b / "data/README.md").write_text("HELLO\n", "utf-8"),
    "payload added": lambda b: (b / "data/more.txt").write_text("x", "utf-8"),
    "payload removed": lambda b: (b / "data/README.md").unlink(),
    "key laid beside": lambda b: (b / "linkage.age").write_bytes(b"x"),
    "folder linked": lambda b: (b / "data/more").symlink_to("/"),
    "file linked": lambda b: (b / "data/more.txt").symlink_to("README.md"),
    "file hard-linked": lambda b: os.link(b / "data/README.md", b.parent / "outside"),
    "fetch.txt added": lambda b: (b / "fetch.txt").write_text("x", "utf-8"),
    "bag-info edited": lambda b: (b / "bag-info.txt").write_text("Bagging-Date: 2020\n", "utf-8"),
    "tag manifest removed": lambda b: (b / "tagmanifest-sha512.txt").unlink(),
    "all rewritten together": rewrite_all,
    "signature removed": lambda b: (b / "release.note").unlink(),
    "checkpoint edited": lambda b: (b / "audit-checkpoint.note").write_text("x\n", "utf-8"),
    "declaration edited": lambda b: (b / "bagit.txt").write_text("BagIt-Version: 0.97\n", "utf-8"),
    "manifest line repeated": lambda b: (b / "manifest-sha512.txt").write_text(
        (b / "manifest-sha512.txt").read_text("utf-8") * 2, "utf-8"
    ),
    "same name in other case": lambda b: shutil.copy(b / "data/README.md", b / "data/readme.MD"),
    "pipe laid in": lambda b: os.mkfifo(b / "data/pipe"),
    "empty manifest": lambda b: (b / "manifest-sha512.txt").write_text("", "utf-8"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_attack_on_a_bag_is_found(bag: Path, attack: str) -> None:
    ATTACKS[attack](bag)
    assert verify_bag(bag, str(SIGNER.verifier())).problems


def test_another_study_s_key_does_not_vouch_for_the_bag(bag: Path) -> None:
    other = Signer.generate("redact.study/test").verifier()
    assert verify_bag(bag, str(other)).problems
    assert not verify_bag(bag).trusted


def test_a_bag_proves_that_the_log_has_it_file_by_file(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    described(study, "abstract=Another one.")
    assert release(study, "--profile", "ukds").code == 0
    one, two = (study / "release" / f"archive-deposit-0{n}" for n in (1, 2))
    assert "that the log has this release" in run_redact("release", "verify", one).out
    shutil.copytree(one, tmp_path / "mixed")
    for name in ("audit-inclusion.txt", "audit-checkpoint.note", "audit-cosigned.note"):
        shutil.copy(two / name, tmp_path / "mixed" / name)
    bag = bagit.Bag(str(tmp_path / "mixed"))
    bag.save(manifests=True)
    done = run_redact("release", "verify", tmp_path / "mixed")
    assert done.code == 1
