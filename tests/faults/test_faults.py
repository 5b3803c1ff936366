"""Every fault and attack in a short form; `make torture` runs them in full."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from redact.audit.events import CheckpointAnchored
from redact.audit.log import CHECKPOINT, LOG, NEXT, open_log
from redact.audit.verify import verify_log
from redact.audit.witness import witness_of
from tests.conftest import ROOT, examples
from tests.faults.injected import available
from tests.faults.operations import ACTOR, some_log
from tests.proofs import TRACING, did_not_run


@pytest.mark.model
def test_nothing_is_lost_forged_or_left_in_clear(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """In a process of its own, for it forks."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.torture", "--short"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if not available():
        did_not_run(request, TRACING)
    rows = [row.split("|") for row in done.stdout.splitlines()[2:]]
    assert done.returncode == 0, done.stdout + done.stderr
    assert [row for row in rows if row[3].strip() not in ("0", "")] == []
    assert sum(int(row[2].replace(",", "")) for row in rows if row[3].strip() == "0") > 10_000


class AppendCrashRecoverVerify(RuleBasedStateMachine):
    """Any order of appends, crashes at every place of an append, and openings; never a loss."""

    @initialize()
    def start(self) -> None:
        self.place = tempfile.TemporaryDirectory(dir=".")
        self.folder = Path(self.place.name) / "audit"
        self.key = some_log(self.folder, 1)
        self.acknowledged = 1

    @rule()
    def append(self) -> None:
        with open_log(self.folder, ACTOR) as log:
            log.append(CheckpointAnchored(where="x"))
            self.acknowledged = log.tree.size

    @rule()
    def crash_before_the_line(self) -> None:
        """`.next` was signed and the line never written."""
        self._half_an_append(line=False, promoted=False)

    @rule()
    def crash_after_the_line(self) -> None:
        """The line is written and `.next` not promoted: the entry counts from now on."""
        self._half_an_append(line=True, promoted=False)

    @rule()
    def crash_within_the_line(self) -> None:
        with (self.folder / LOG).open("ab") as file:
            file.write(b'{"actor":{"id')

    def _half_an_append(self, line: bool, promoted: bool) -> None:
        with open_log(self.folder, ACTOR) as log:
            self.acknowledged = log.tree.size
        before = {name: (self.folder / name).read_bytes() for name in (LOG, CHECKPOINT)}
        remembered = witness_of(self.folder).read_bytes()
        with open_log(self.folder, ACTOR) as log:
            log.append(CheckpointAnchored(where="half"))
        (self.folder / NEXT).write_bytes((self.folder / CHECKPOINT).read_bytes())
        (self.folder / CHECKPOINT).write_bytes(before[CHECKPOINT])
        witness_of(self.folder).write_bytes(remembered)  # written when a command lets go
        if line:
            self.acknowledged += 1
        else:
            (self.folder / LOG).write_bytes(before[LOG])

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        if not hasattr(self, "folder"):
            return
        with open_log(self.folder, ACTOR) as log:
            assert log.tree.size >= self.acknowledged
        assert verify_log(self.folder, self.key).status == "intact"

    def teardown(self) -> None:
        if hasattr(self, "place"):
            self.place.cleanup()


TestAppendCrashRecoverVerify = AppendCrashRecoverVerify.TestCase
TestAppendCrashRecoverVerify.settings = settings(
    max_examples=examples(0.15), stateful_step_count=12, deadline=None
)
