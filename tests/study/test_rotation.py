"""A rotation is finished or undone under the lock, by whoever proves that the key then opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.audit.verify import verify_log
from redact.custody.age import HybridIdentity
from redact.custody.keyfile import Opener
from redact.errors import Busy, KeyRefused
from redact.key.custodians import add_custodian, check_custody, rotate, split_key
from redact.study import rotation
from redact.study.folder import Study
from redact.study.hold import hold
from redact.study.sealed import open_key, seal_key, superseding
from tests.conftest import tree
from tests.study.conftest import OPENER

OTHER = HybridIdentity.generate()
OTHERS = Opener(OTHER, "identity file")


@pytest.fixture
def shared(started: Study) -> Study:
    """A study with a second custodian."""
    add_custodian(started, OPENER, "archive", OTHER.recipient())
    return started


class Killed(BaseException):
    """The machine stops here."""


def killed_at(monkeypatch: pytest.MonkeyPatch, study: Study, name: str, time: int = 1) -> None:
    """A rotation that stops before the `time`th call of this function of `pathlib` or the disk."""
    calls = 0
    real = getattr(Path, name)

    def stopping(path: Path, *given: object, **more: object) -> object:
        nonlocal calls
        mine = path.is_relative_to(study.custody) or path.is_relative_to(study.linkage)
        calls += mine and not path.name.startswith(".")
        if mine and calls == time:
            raise Killed
        return real(path, *given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, name, stopping)
        with pytest.raises(Killed):
            rotate(study, OPENER)
    assert (study.custody / "rotation.next").exists()


def opens(study: Study) -> None:
    for opener, custodian in ((OPENER, "steward"), (OTHERS, "archive")):
        assert open_key(study, opener).identity.custodian == custodian
    assert not list(study.custody.glob("*.next"))
    assert len(list(study.linkage.iterdir())) == 2
    assert all(one.good for one in check_custody(study, OPENER) if one.what != "safe transcripts")


@pytest.mark.parametrize("first", [OPENER, OTHERS])
def test_a_rotation_that_was_sealed_is_finished_by_any_custodian(
    shared: Study, monkeypatch: pytest.MonkeyPatch, first: Opener
) -> None:
    before = open_key(shared, OPENER)
    killed_at(monkeypatch, shared, "replace")  # before the first packet is put in place
    assert len(list(shared.linkage.glob("*.age"))) == 2, "the last good key is still there"
    assert open_key(shared, first).key.documents == before.key.documents
    assert open_key(shared, first).identity.identity.text() != before.identity.identity.text()
    opens(shared)


@pytest.mark.parametrize(("call", "time"), [("replace", 2), ("unlink", 1), ("unlink", 2)])
def test_the_old_key_stays_until_the_new_one_was_opened_from_its_place(
    shared: Study, monkeypatch: pytest.MonkeyPatch, call: str, time: int
) -> None:
    before = open_key(shared, OPENER).key.documents
    killed_at(monkeypatch, shared, call, time)
    assert open_key(shared, OTHERS).key.documents == before
    opens(shared)


def harm_packet(study: Study) -> None:
    (study.custody / "archive.age.next").write_bytes(b"age-encryption.org/v1\nnothing\n")


def harm_key(study: Study) -> None:
    newest = max(study.linkage.glob("*.age"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(newest.read_bytes()[:-1])


@pytest.mark.parametrize("harm", [harm_packet, harm_key])
def test_a_rotation_that_came_to_harm_takes_nothing_away(
    shared: Study, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Study], None]
) -> None:
    killed_at(monkeypatch, shared, "replace")
    backup = shared.root.parent / "backup"
    shutil.copytree(shared.root, backup)
    harm(shared)
    before = tree(shared.custody) | tree(shared.linkage)
    if harm is harm_packet:
        with pytest.raises(KeyRefused, match="not as it was sealed"):
            open_key(shared, OPENER)
        assert tree(shared.custody) | tree(shared.linkage) == before
        shutil.copytree(backup, shared.root, dirs_exist_ok=True)  # what the remedy says
        opens(shared)
    for opener in (OPENER, OTHERS):
        assert len(open_key(shared, opener).key.documents) == 2


def test_who_opens_nothing_finishes_nothing(
    shared: Study, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    split_key(shared, OPENER, 2, 2, tmp_path / "shares")
    killed_at(monkeypatch, shared, "replace")
    before = tree(shared.custody) | tree(shared.linkage)
    stranger = Opener(HybridIdentity.generate(), "identity file")
    for opener in (stranger, Opener.from_identity_file(tmp_path / "shares")):
        with pytest.raises(KeyRefused, match=r"cannot prove|does not open"):
            open_key(shared, opener)
        assert tree(shared.custody) | tree(shared.linkage) == before
    opens(shared)


def test_a_rotation_under_way_elsewhere_is_left_alone(
    shared: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at(monkeypatch, shared, "replace")
    before = tree(shared.custody) | tree(shared.linkage)
    ready, told = os.pipe()
    go, gone = os.pipe()
    child = os.fork()
    if child == 0:
        with hold(shared):
            os.write(told, b"x")
            os.read(go, 1)
        os._exit(0)
    os.read(ready, 1)
    with pytest.raises(Busy):
        open_key(shared, OPENER)
    assert tree(shared.custody) | tree(shared.linkage) == before
    os.write(gone, b"x")
    os.waitpid(child, 0)
    opens(shared)


def test_shares_rotate_and_are_void_then(shared: Study, tmp_path: Path) -> None:
    split_key(shared, OPENER, 2, 2, tmp_path / "shares")
    rotate(shared, Opener.from_identity_file(tmp_path / "shares"))
    opens(shared)
    with pytest.raises(KeyRefused, match="not this study's"):
        open_key(shared, Opener.from_identity_file(tmp_path / "shares"))


def test_a_packet_that_was_never_put_in_force_does_not_come_back(
    shared: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Laid ready by a rotation that was killed before its marker, for a custodian who then left."""
    (shared.custody / f"gone{rotation.NEXT}").write_bytes(b"half a rotation")
    rotate(shared, OPENER)
    opens(shared)
    assert not (shared.custody / "gone.age").exists()


def test_a_key_that_was_sealed_on_another_machine_is_told_and_kept(
    shared: Study, tmp_path: Path
) -> None:
    """Two copies of a study, as a synchronised folder makes them: one rotates, one seals."""
    copy = Study(tmp_path / "copy")
    shutil.copytree(shared.root, copy.root)
    rotate(shared, OPENER)
    opened = open_key(copy, OPENER)
    with hold(copy, opened.seen) as log:
        key = superseding(opened.key, opened.digest, log)
        seal_key(copy, log, key, opened.identity.identity, opened.digest)
    theirs = tree(copy.linkage)
    shutil.copytree(copy.linkage, shared.linkage, dirs_exist_ok=True)
    with pytest.raises(KeyRefused, match="sealed elsewhere"):
        open_key(shared, OPENER)
    assert theirs.items() <= tree(shared.linkage).items(), "nothing of theirs was deleted"
    for name in theirs:
        (shared.linkage / name).rename(tmp_path / name)  # what the remedy says
    opens(shared)
    log_key = open_key(shared, OPENER).identity.log_key
    assert verify_log(shared.audit, log_key).status == "intact"
