"""Nothing is written into a study on a stale view of it, nor by two at once."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from redact.audit.events import CheckpointAnchored
from redact.custody.age import HybridIdentity
from redact.errors import Busy, RedactError, StudyChanged
from redact.key.custodians import add_custodian, remove_custodian, rotate, split_key
from redact.study.folder import Study
from redact.study.hold import as_it_lies, hold
from redact.study.sealed import open_key, seal_key, superseding
from tests.conftest import tree
from tests.study.conftest import OPENER

SAID = "the study changed meanwhile: nothing was written; run it again"


def add_another(study: Study) -> None:
    add_custodian(study, OPENER, "archive", HybridIdentity.generate().recipient())


def seal_again(study: Study) -> None:
    opened = open_key(study, OPENER)
    with hold(study, opened.seen) as log:
        key = superseding(opened.key, opened.digest, log)
        seal_key(study, log, key, opened.identity.identity, opened.digest, opened.behind)


def change_policy(study: Study) -> None:
    study.policy.write_bytes(study.policy.read_bytes() + b"\n")


CHANGES: tuple[Callable[[Study], object], ...] = (
    add_another,
    seal_again,
    change_policy,
    lambda study: rotate(study, OPENER),
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_seen_before_a_change_is_not_written_from(
    started: Study, change: Callable[[Study], object]
) -> None:
    opened = open_key(started, OPENER)
    change(started)
    before = tree(started.root)
    with pytest.raises(StudyChanged, match=SAID), hold(started, opened.seen) as log:
        log.append(CheckpointAnchored(where="never"))
    assert {**tree(started.root), "audit/log.state": b""} == {**before, "audit/log.state": b""}
    assert open_key(started, OPENER).key.documents == opened.key.documents


@pytest.mark.parametrize("change", CHANGES[:2])
def test_nothing_is_sealed_over_a_key_that_was_not_opened(
    started: Study, change: Callable[[Study], object]
) -> None:
    """Also for somebody who has the lock and a key from before."""
    opened = open_key(started, OPENER)
    seal_again(started)
    with hold(started) as log:
        key = superseding(opened.key, opened.digest, log)
        before = tree(started.linkage)
        with pytest.raises(StudyChanged):
            seal_key(started, log, key, opened.identity.identity, opened.digest)
    assert tree(started.linkage) == before


def test_one_hold_within_another_is_the_same(started: Study) -> None:
    with hold(started) as log, hold(Study(started.root / "work" / "..")) as same:
        assert same is log
        seen = as_it_lies(started)
        change_policy(started)
        with pytest.raises(StudyChanged), hold(started, seen):
            pass
    with hold(started) as log:
        log.append(CheckpointAnchored(where="after"))


def test_a_child_has_not_the_lock_of_its_parent(started: Study) -> None:
    with hold(started):
        child = os.fork()
        if child == 0:
            code = 0
            try:
                with hold(started):
                    code = 1
            except Busy:
                code = 7
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.parametrize(
    "command",
    [
        add_another,
        seal_again,
        lambda study: rotate(study, OPENER),
        lambda study: remove_custodian(study, OPENER, "steward"),
        lambda study: split_key(study, OPENER, 2, 3, study.root.parent / "shares"),
    ],
)
def test_nobody_writes_while_another_process_has_the_lock(
    started: Study, command: Callable[[Study], object]
) -> None:
    add_another(started)
    ready, told = os.pipe()
    go, gone = os.pipe()
    child = os.fork()
    if child == 0:
        with hold(started):
            os.write(told, b"x")
            os.read(go, 1)
        os._exit(0)
    os.read(ready, 1)
    before = tree(started.root)
    try:
        with pytest.raises(RedactError):
            command(started)
        assert tree(started.root) == before
        assert not (started.root.parent / "shares").exists()
    finally:
        os.write(gone, b"x")
        os.waitpid(child, 0)


def test_a_lock_that_somebody_deletes_is_no_lock(started: Study) -> None:
    """As a program that synchronises folders may, or a person who clears up."""
    opened = open_key(started, OPENER)
    with hold(started, opened.seen) as log:
        (started.audit / "log.lock").unlink()
        before = tree(started.root)
        key = superseding(opened.key, opened.digest, log)
        with pytest.raises(Busy, match="taken away"):
            seal_key(started, log, key, opened.identity.identity, opened.digest)
        assert tree(started.root) == before
    seal_again(started)
