"""A change of the log's own key: who holds the old one cannot go on, what they signed stays."""

import json
from pathlib import Path

import pytest

from redact.audit.entries import Actor, LogEntry, entry_line
from redact.audit.events import CheckpointAnchored, Event, RunFinished, event_of
from redact.audit.log import CHECKPOINT, FOLLOWING_KEY, LOG, SIGNING_KEY, create_log, open_log
from redact.audit.note import Anchor, Signer, checkpoint_text
from redact.audit.tree import Tree, leaf_hash
from redact.audit.verify import verify_log
from redact.errors import Tampered

ACTOR = Actor("steward", "data steward")


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Path, Signer, str, str]:
    """A log whose key changed after two entries: folder, old signer, new key, old checkpoint."""
    folder = tmp_path / "audit"
    folder.mkdir()
    old = create_log(folder, "redact.study/x")
    with open_log(folder, ACTOR) as log:
        for number in range(2):
            log.append(RunFinished(command="x", outcome="done", exit=number))
        anchor = log.checkpoint()
        new = log.change_key()
        log.append(RunFinished(command="x", outcome="done", exit=2))
    return folder, old, new, anchor


def _signed_anew(folder: Path, signer: Signer, lines: list[bytes]) -> None:
    """The log with these lines, under this signer's checkpoint: what a holder of a key can do."""
    tree = Tree()
    for line in lines:
        tree = tree.add(leaf_hash(line))
    (folder / LOG).write_bytes(b"".join(line + b"\n" for line in lines))
    note = signer.sign(checkpoint_text("redact.study/x", tree.size, tree.root()))
    (folder / CHECKPOINT).write_bytes(note)


def _lines(folder: Path) -> list[bytes]:
    return (folder / LOG).read_bytes().split(b"\n")[:-1]


def _next_line(lines: list[bytes], event: Event) -> bytes:
    time = json.loads(lines[-1])["time"]
    return entry_line(
        LogEntry(
            log="redact.study/x",
            number=len(lines),
            time=time,
            before=leaf_hash(lines[-1]),
            actor=ACTOR,
            event=event,
        )
    )


def test_old_key_new_key_and_old_anchor_all_vouch_for_it(
    changed: tuple[Path, Signer, str, str],
) -> None:
    folder, old, new, anchor = changed
    assert str(old.verifier()) != new
    for key in (str(old.verifier()), new):
        verified = verify_log(folder, key, (Anchor("before", anchor.encode()),))
        assert (verified.status, verified.entries, verified.anchored) == ("intact", 4, 2)
    assert (folder / SIGNING_KEY).read_text() != old.text()
    assert not (folder / FOLLOWING_KEY).exists()
    with open_log(folder, ACTOR) as log:
        log.append(CheckpointAnchored(where="after"))
        assert log.key == new
    assert verify_log(folder, new).status == "intact"


def test_a_key_that_never_was_the_logs_vouches_for_nothing(
    changed: tuple[Path, Signer, str, str],
) -> None:
    other = str(Signer.generate("redact.study/x").verifier())
    verified = verify_log(changed[0], other)
    assert verified.status == "tampered"
    assert "the trusted key never was this log's" in verified.findings


def test_the_old_key_signs_nothing_any_more(changed: tuple[Path, Signer, str, str]) -> None:
    folder, old, new, _ = changed
    lines = _lines(folder)
    forged = RunFinished("forged", "done", 0)
    _signed_anew(folder, old, [*lines, _next_line(lines, forged)])
    for key in (str(old.verifier()), new):
        verified = verify_log(folder, key)
        assert verified.status == "tampered"
        assert any("not in force" in finding for finding in verified.findings)
    with pytest.raises(Tampered), open_log(folder, ACTOR):
        pass


def test_an_anchor_of_the_old_key_from_after_the_change_is_refused(
    changed: tuple[Path, Signer, str, str],
) -> None:
    folder, old, new, _ = changed
    tree = Tree()
    for line in _lines(folder):
        tree = tree.add(leaf_hash(line))
    late = old.sign(checkpoint_text("redact.study/x", tree.size, tree.root()))
    verified = verify_log(folder, new, (Anchor("late", late),))
    assert verified.status == "tampered"
    (told,) = verified.findings
    assert told.startswith(
        "anchor late does not verify: it is signed by a key that was not in force. It says that "
        f"there were {tree.size} entries"
    )


@pytest.mark.parametrize("missing", ["by_old", "by_new"])
def test_a_change_signed_by_one_key_only_does_not_count(
    changed: tuple[Path, Signer, str, str], missing: str
) -> None:
    """A thief of either key alone cannot make the other one the log's."""
    folder, old, new, _ = changed
    lines = _lines(folder)[:2]
    data = json.loads(_lines(folder)[2])["data"]
    thief = Signer.generate("redact.study/x")
    data["key" if missing == "by_new" else "old"] = str(thief.verifier())
    lines.append(_next_line(lines, event_of("key.rotated", data)))
    _signed_anew(folder, thief, lines)
    for key in (str(old.verifier()), new):
        verified = verify_log(folder, key)
        assert verified.status == "tampered"
        assert any("not signed by both keys" in finding for finding in verified.findings)


def test_a_true_change_cannot_be_told_at_another_place(
    changed: tuple[Path, Signer, str, str],
) -> None:
    folder, old, _, _ = changed
    lines = _lines(folder)
    data = json.loads(lines[2])["data"]
    moved = lines[:1]
    moved.append(_next_line(moved, event_of("key.rotated", data)))
    _signed_anew(folder, Signer.parse((folder / SIGNING_KEY).read_text()), moved)
    assert verify_log(folder, str(old.verifier())).status == "tampered"
