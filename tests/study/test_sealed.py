"""A linkage key opens only if its signed note vouches for it; sealing anew supersedes the old."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.audit.log import open_log
from redact.audit.memory import NOTE_FORMAT
from redact.audit.note import Signer
from redact.custody.keyfile import StudyIdentity, prepare
from redact.custody.payload import LinkageKey
from redact.errors import KeyRefused
from redact.key.custodians import rotate
from redact.key.destroy import destroy
from redact.study.folder import Study, actor
from redact.study.sealed import (
    DESTROYED,
    DESTRUCTION,
    open_key,
    require_key,
    seal_key,
    superseding,
)
from redact.study.vouched import current_key
from tests.conftest import tree
from tests.study.conftest import OPENER

VOUCHES_FOR_ANOTHER = "signed note is missing or vouches for another file"


def seal_again(study: Study) -> tuple[LinkageKey, bytes]:
    """The key in force as the next one, sealed; the key and its file."""
    opened = open_key(study, OPENER)
    key, digest = opened.key, opened.digest
    with open_log(study.audit, actor(study)) as log:
        following = superseding(key, digest, log)
        return following, seal_key(
            study, log, following, opened.identity.identity, digest, opened.behind
        )


def only(study: Study, ending: str) -> Path:
    (path,) = study.linkage.glob(f"*.{ending}")
    return path


def lines_of_note(study: Study) -> list[str]:
    """Format, id, digest, recipient and size of the log, as the note says them."""
    return only(study, "note").read_text("utf-8").split("\n")[:5]


def test_a_new_key_opens_with_what_was_sealed_and_its_digest(started: Study) -> None:
    opened = open_key(started, OPENER)
    key, digest = opened.key, opened.digest
    assert digest == hashlib.sha256(only(started, "age").read_bytes()).hexdigest()
    assert key.supersedes is None
    assert key.linkage_id == only(started, "age").stem
    assert lines_of_note(started)[:3] == [NOTE_FORMAT, key.linkage_id, f"sha256:{digest}"]
    current = current_key(started, opened.identity)
    assert (current.key, current.digest) == (key, digest)


def test_sealing_twice_supersedes_and_leaves_one_file(started: Study) -> None:
    first = open_key(started, OPENER)
    second, sealed = seal_again(started)
    assert (second.supersedes, second.linkage_id != first.key.linkage_id) == (first.digest, True)
    opened = open_key(started, OPENER)
    assert (opened.key, opened.digest) == (second, hashlib.sha256(sealed).hexdigest())
    assert {path.name for path in started.linkage.iterdir()} == {
        f"{second.linkage_id}.age",
        f"{second.linkage_id}.note",
    }
    third, _ = seal_again(started)
    assert third.supersedes == hashlib.sha256(sealed).hexdigest()
    assert third.documents == first.key.documents


def test_the_log_knows_of_a_sealing_before_and_after_it(started: Study) -> None:
    before = len((started.audit / "log.jsonl").read_text("utf-8").splitlines())
    key, sealed = seal_again(started)
    told = (started.audit / "log.jsonl").read_text("utf-8").splitlines()[before:]
    assert ['"phase":"intent"' in line for line in told] == [True, False]
    assert all(key.linkage_id in line for line in told)
    assert [hashlib.sha256(sealed).hexdigest() in line for line in told] == [False, True]


def test_a_superseded_file_left_behind_does_not_come_back(started: Study) -> None:
    """As a sealing leaves it that was cut short before the older file went."""
    old = tree(started.linkage)
    key, _ = seal_again(started)
    for name, data in old.items():
        (started.linkage / name).write_bytes(data)
    assert open_key(started, OPENER).key == key
    after, _ = seal_again(started)
    assert {path.stem for path in started.linkage.iterdir()} == {after.linkage_id}


def another_file(study: Study) -> None:
    """The same key sealed by somebody who has only the public recipient."""
    opened = open_key(study, OPENER)
    only(study, "age").write_bytes(prepare(opened.key, opened.identity.identity))


def missing_note(study: Study) -> None:
    only(study, "note").unlink()


def empty_note(study: Study) -> None:
    only(study, "note").write_bytes(b"")


def changed_note(study: Study) -> None:
    note = only(study, "note")
    note.write_bytes(note.read_bytes().replace(b"\nsha256:", b"\nsha256:0", 1))


def unsigned_note(study: Study) -> None:
    note = only(study, "note")
    note.write_text(note.read_text("utf-8").partition("\n\n")[0] + "\n", "utf-8")


def signed_by_another(study: Study) -> None:
    """A note that says the right things under a key that was never the log's, of its name."""
    log = open_key(study, OPENER).key.log
    text = only(study, "note").read_text("utf-8").partition("\n\n")[0] + "\n"
    only(study, "note").write_bytes(Signer.generate(log).sign(text))


def earlier_note(study: Study) -> None:
    """The signed note of the key before, under the name of the key in force."""
    earlier = only(study, "note").read_bytes()
    seal_again(study)
    only(study, "note").write_bytes(earlier)


@pytest.mark.parametrize(
    "harm",
    [
        another_file,
        missing_note,
        empty_note,
        changed_note,
        unsigned_note,
        signed_by_another,
        earlier_note,
    ],
)
def test_a_key_that_no_signed_note_vouches_for_is_refused(
    started: Study, harm: Callable[[Study], None]
) -> None:
    harm(started)
    with pytest.raises(KeyRefused, match=VOUCHES_FOR_ANOTHER) as refused:
        open_key(started, OPENER)
    assert refused.value.where == str(started.linkage)
    assert "from your backup" in refused.value.remedy


def test_a_note_for_another_key_of_the_log_does_not_vouch(started: Study) -> None:
    """The packet names the log's key; one that names another has no say."""
    identity = open_key(started, OPENER).identity
    other = str(Signer.generate("redact.study/0").verifier())
    with pytest.raises(KeyRefused, match=VOUCHES_FOR_ANOTHER):
        current_key(started, StudyIdentity(identity.identity, other))


def test_a_note_signed_after_a_rotation_vouches_for_who_knows_the_first_key(
    started: Study,
) -> None:
    before = open_key(started, OPENER).identity
    rotate(started, OPENER)
    after = open_key(started, OPENER)
    assert after.identity.log_key != before.log_key
    knows_the_first = StudyIdentity(after.identity.identity, before.log_key)
    assert current_key(started, knows_the_first).digest == after.digest


@pytest.mark.parametrize("cut", [0, 40, -1])
def test_a_changed_or_shortened_key_is_refused_with_its_file(started: Study, cut: int) -> None:
    path = only(started, "age")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(KeyRefused, match="changed, cut short or sealed") as refused:
        open_key(started, OPENER)
    assert (refused.value.where, "backup" in refused.value.remedy) == (str(path), True)


def test_two_keys_that_both_claim_to_be_in_force_are_refused(started: Study) -> None:
    opened = open_key(started, OPENER)
    (started.linkage / "another.age").write_bytes(prepare(opened.key, opened.identity.identity))
    with pytest.raises(KeyRefused, match="2 linkage keys claim to be the one in force"):
        open_key(started, OPENER)


def test_no_key_at_all_is_refused(started: Study) -> None:
    only(started, "age").unlink()
    with pytest.raises(KeyRefused, match="0 linkage keys claim"):
        open_key(started, OPENER)


def test_a_destroyed_key_says_so(started: Study) -> None:
    destroy(started, OPENER, {"steward": b"I wiped mine today.\n"}, "A. Steward")
    for ask in (lambda: open_key(started, OPENER), lambda: require_key(started)):
        with pytest.raises(KeyRefused, match="was destroyed") as refused:
            ask()
        assert refused.value.where == str(started.custody / DESTROYED)
        assert "can still be verified" in refused.value.remedy


def test_a_destruction_cut_short_says_how_it_is_finished(started: Study) -> None:
    (started.custody / DESTRUCTION).write_bytes(b"begun")
    with pytest.raises(KeyRefused, match="was begun and cut short") as refused:
        open_key(started, OPENER)
    assert refused.value.where == str(started.custody / DESTRUCTION)
    assert "redact key destroy" in refused.value.at_a_terminal


def test_a_certificate_beside_a_packet_that_still_opens_destroys_nothing(started: Study) -> None:
    (started.custody / DESTROYED).write_text("a page\n", "utf-8")
    require_key(started)
    open_key(started, OPENER)
