"""The log: nothing changes in it unnoticed, a crash costs nothing, and it never holds a name."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from redact.audit.entries import Actor
from redact.audit.events import CheckpointAnchored, EventError, LogCreated, RunFinished
from redact.audit.log import CHECKPOINT, FOLLOWING_KEY, LOG, NEXT, create_log, open_log
from redact.audit.note import Anchor, Signer, checkpoint_text
from redact.audit.tree import Tree, leaf_hash
from redact.audit.verify import verify_log
from redact.audit.witness import witness_of
from redact.errors import RedactError, Tampered
from tests.conftest import at_length

ACTOR = Actor("steward", "data steward")
BITS = (0x01, 0x04, 0x07, 0x20, 0x80)  # all on every byte in `make test-all`, else one by turns


@pytest.fixture
def log(tmp_path: Path) -> tuple[Path, str]:
    """A log of six entries and its verifier key."""
    folder = tmp_path / "audit"
    folder.mkdir()
    signer = create_log(folder, "redact.study/test")
    with open_log(folder, ACTOR) as opened:
        opened.append(LogCreated(key=opened.key, tool="redact test"))
        for number in range(5):
            opened.append(RunFinished(command=f"step {number}", outcome="done", exit=0))
    return folder, str(signer.verifier())


def test_a_log_as_written_is_intact_only_with_a_key_from_outside(log: tuple[Path, str]) -> None:
    folder, key = log
    assert verify_log(folder, key).status == "intact"
    assert verify_log(folder, None).status == "self-attested"
    other = Signer.generate("redact.study/test").verifier()
    assert verify_log(folder, str(other)).status == "tampered"


def test_every_changed_byte_is_found(log: tuple[Path, str]) -> None:
    folder, key = log
    for name in (LOG, CHECKPOINT):
        path = folder / name
        data = path.read_bytes()
        for at in range(len(data)):
            for bit in BITS if at_length(1, 0) else (BITS[at % len(BITS)],):
                changed = bytearray(data)
                changed[at] ^= bit
                path.write_bytes(bytes(changed))
                status = verify_log(folder, key).status
                assert status in ("tampered", "crash-residue"), (name, at)
                if status == "crash-residue":
                    assert at == len(data) - 1  # the last line feed: an entry that looks torn
        path.write_bytes(data)


def test_every_truncation_deletion_duplicate_and_swap_is_found(log: tuple[Path, str]) -> None:
    folder, key = log
    data = (folder / LOG).read_bytes()
    lines = data.splitlines(keepends=True)
    edits = [data[:at] for at in range(len(data) - 1)]
    edits += [b"".join(lines[:n] + lines[n + 1 :]) for n in range(len(lines))]
    edits += [b"".join([*lines[: n + 1], lines[n], *lines[n + 1 :]]) for n in range(len(lines))]
    edits += [b"".join([*lines[1:2], *lines[:1], *lines[2:]]), data + lines[-1], b""]
    for edit in edits:
        (folder / LOG).write_bytes(edit)
        assert verify_log(folder, key).status == "tampered"


def test_the_next_append_refuses_a_changed_log(log: tuple[Path, str]) -> None:
    folder, _ = log
    data = (folder / LOG).read_bytes()
    (folder / LOG).write_bytes(data.replace(b"step 2", b"step 9"))
    with pytest.raises(Tampered), open_log(folder, ACTOR):
        pass
    (folder / LOG).write_bytes(b"".join(data.splitlines(keepends=True)[:-1]))
    with pytest.raises(Tampered), open_log(folder, ACTOR):
        pass


def test_a_torn_tail_is_set_aside_and_said(log: tuple[Path, str]) -> None:
    folder, key = log
    whole = (folder / LOG).read_bytes()
    for tail in (b"{", b'{"actor":', b"\x00" * 40):
        (folder / LOG).write_bytes(whole + tail)
        assert verify_log(folder, key).status == "crash-residue"
        with open_log(folder, ACTOR) as opened:
            size = opened.tree.size
        assert verify_log(folder, key).status == "intact"
        assert b'"event":"log.recovered"' in (folder / LOG).read_bytes().splitlines()[-1]
        assert (folder / f"torn-{size - 1}.bin").read_bytes() == tail
        whole = (folder / LOG).read_bytes()


def test_an_entry_written_before_its_checkpoint_was_promoted_is_kept(log: tuple[Path, str]) -> None:
    folder, key = log
    before = (folder / CHECKPOINT).read_bytes()
    with open_log(folder, ACTOR) as opened:
        opened.append(RunFinished(command="last", outcome="done", exit=0))
    after = (folder / CHECKPOINT).read_bytes()
    (folder / CHECKPOINT).write_bytes(before)
    (folder / NEXT).write_bytes(after)
    assert verify_log(folder, key).status == "crash-residue"
    with open_log(folder, ACTOR) as opened:
        assert opened.tree.size == 7
    assert verify_log(folder, key).status == "intact"


def test_a_forged_last_line_is_never_adopted(log: tuple[Path, str]) -> None:
    folder, _ = log
    data = (folder / LOG).read_bytes()
    last = data.splitlines()[-1]
    (folder / LOG).write_bytes(data + last.replace(b"step 4", b"step 5") + b"\n")
    tree = Tree()
    for line in (folder / LOG).read_bytes().splitlines():
        tree = tree.add(leaf_hash(line))
    forged = Signer.generate("redact.study/test")
    note = forged.sign(checkpoint_text("redact.study/test", tree.size, tree.root()))
    (folder / NEXT).write_bytes(note)
    with pytest.raises(Tampered), open_log(folder, ACTOR):
        pass


def test_an_anchor_finds_a_rollback_and_a_rewriting(log: tuple[Path, str]) -> None:
    folder, key = log
    names = (LOG, CHECKPOINT)
    old = {name: (folder / name).read_bytes() for name in names}
    with open_log(folder, ACTOR) as opened:
        opened.append(RunFinished(command="kept elsewhere", outcome="done", exit=0))
    anchor = (Anchor("bag", (folder / CHECKPOINT).read_bytes()),)
    assert verify_log(folder, key, anchor).status == "intact"
    for name, data in old.items():
        (folder / name).write_bytes(data)
    witness_of(folder).unlink()
    assert verify_log(folder, key).status == "intact"  # inherent: nobody else remembered
    found = verify_log(folder, key, anchor)
    assert found.status == "tampered"
    assert "gone" in found.findings[0]
    with open_log(folder, ACTOR) as opened:
        opened.append(RunFinished(command="another story", outcome="done", exit=0))
    assert "rewritten" in verify_log(folder, key, anchor).findings[0]


def test_a_clock_that_goes_back_is_recorded(log: tuple[Path, str]) -> None:
    folder, key = log
    with open_log(folder, ACTOR) as opened:
        opened.clock = lambda: "2020-01-01T00:00:00.000Z"
        opened.append(RunFinished(command="early", outcome="done", exit=0))
    assert b"clock.regressed" in (folder / LOG).read_bytes()
    assert verify_log(folder, key).status == "intact"


def test_an_event_that_breaks_a_rule_is_not_logged(log: tuple[Path, str]) -> None:
    folder, key = log
    with open_log(folder, ACTOR) as opened:
        for command, code in (("x", True), ("x" * 70_000, 0), ("e\u0301", 0)):
            with pytest.raises(EventError):
                opened.append(RunFinished(command, "done", code))
    assert verify_log(folder, key).entries == 6


def test_two_writers_at_once_are_told_to_wait(log: tuple[Path, str]) -> None:
    folder, _ = log
    with (
        open_log(folder, ACTOR),
        pytest.raises(RedactError, match="another redact command"),
        open_log(folder, ACTOR),
    ):
        pass


KILLED = """
import os, sys
from pathlib import Path
from redact.audit.entries import Actor
from redact.audit.events import RunFinished
from redact.audit.log import open_log
folder = Path(sys.argv[1])
with open_log(folder, Actor("steward", "data steward")) as log:
    for number in range(10_000):
        log.append(RunFinished(command=f"n{number}", outcome="done", exit=0))
        os.write(1, b"%d\\n" % number)
"""


@pytest.mark.parametrize("entries", [1, 3, 7, 20])
def test_a_killed_writer_loses_no_acknowledged_entry(log: tuple[Path, str], entries: int) -> None:
    folder, key = log
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)], stdout=subprocess.PIPE, env={**os.environ}
    ) as writer:
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline() for _ in range(entries)]
        writer.kill()
    with open_log(folder, ACTOR) as opened:
        assert opened.tree.size >= 6 + len(acknowledged)
    assert verify_log(folder, key).status == "intact"


def test_an_append_does_not_read_the_log_again(log: tuple[Path, str]) -> None:
    folder, key = log
    os.chmod(folder / LOG, 0o200)  # noqa: PTH101 write only: whoever reads it fails, root aside
    try:
        state = json.loads((folder / "log.state").read_bytes())
        with open_log(folder, ACTOR) as opened:
            assert opened.tree.size == state["size"]
            opened.append(CheckpointAnchored(where="test"))
    finally:
        os.chmod(folder / LOG, 0o600)  # noqa: PTH101
    assert verify_log(folder, key).status == "intact"


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"size": 1}', b"\xff", b'{"size": "x"}'])
def test_a_lost_or_damaged_state_costs_nothing_but_time(
    log: tuple[Path, str], damage: bytes
) -> None:
    folder, key = log
    (folder / "log.state").write_bytes(damage)
    with open_log(folder, ACTOR) as opened:
        opened.append(CheckpointAnchored(where="test"))
    assert verify_log(folder, key).status == "intact"


def test_a_forged_state_is_not_believed(log: tuple[Path, str]) -> None:
    folder, key = log
    state = json.loads((folder / "log.state").read_bytes())
    forged = {**state, "frontier": [hashlib.sha256(b"x").hexdigest()] * len(state["frontier"])}
    (folder / "log.state").write_text(json.dumps(forged), "ascii")
    with open_log(folder, ACTOR) as opened:
        opened.append(CheckpointAnchored(where="test"))
    assert verify_log(folder, key).status == "intact"


def test_an_append_that_failed_after_its_line_was_written_does_not_fork_the_log(
    log: tuple[Path, str],
) -> None:
    """Found by `make torture`: the command that failed says so in the log, in the same session."""
    folder, key = log
    checkpoint = folder / CHECKPOINT
    with open_log(folder, ACTOR) as opened:
        kept = checkpoint.read_bytes()
        checkpoint.unlink()
        checkpoint.mkdir()  # the new checkpoint cannot be moved here
        with pytest.raises(RedactError):
            opened.append(RunFinished(command="one", outcome="done", exit=0))
        checkpoint.rmdir()
        checkpoint.write_bytes(kept)
        opened.append(RunFinished(command="two", outcome="failed", exit=1))
    verified = verify_log(folder, key)
    assert (verified.status, verified.entries) == ("intact", 8)


@pytest.mark.parametrize("left", [NEXT, FOLLOWING_KEY])
def test_what_a_crash_left_is_gone_after_the_next_opening(log: tuple[Path, str], left: str) -> None:
    """Also where nothing else changed: a step that was never taken must not be taken later."""
    folder, key = log
    residue = {
        NEXT: (folder / CHECKPOINT).read_bytes(),
        FOLLOWING_KEY: f"{Signer.generate('redact.study/test').text()}\n".encode("ascii"),
    }
    (folder / left).write_bytes(residue[left])
    with open_log(folder, ACTOR):
        assert not (folder / left).exists()
    assert verify_log(folder, key).status == "intact"
    assert len((folder / LOG).read_bytes().splitlines()) == 6
