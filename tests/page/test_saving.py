"""The safe texts follow by themselves; a failure is said, and tried again."""

from __future__ import annotations

import threading
from pathlib import Path

from redact.errors import RedactError
from redact.page.saving import Saving, SavingState
from redact.review.verdict import Verdict
from tests.page.rooms import place_of, sit
from tests.shared import copy_of

_PATIENCE = 60


def test_what_was_decided_is_in_the_safe_texts_without_being_asked_for(
    template: Path, tmp_path: Path
) -> None:
    root = copy_of(template, tmp_path)
    room = sit(root)
    done = threading.Event()
    saving = room.saves_by_itself(done.set)
    grand = place_of(room, "grand")
    verdict = Verdict(transcript=grand.transcript, start=grand.start, end=grand.end, label="PLACE")
    room.decide((verdict,), room.study().newest)
    states = [saving.state]
    assert done.wait(_PATIENCE)
    saving.close()
    assert [*states, saving.state] == [SavingState.SAVING, SavingState.SAVED]
    assert room.study().current
    assert "grand" not in "".join(p.read_text("utf-8") for p in (root / "safe").iterdir())
    assert room.study().detections == sit(root).study().detections


def test_a_failure_is_said_and_nothing_else_ends() -> None:
    done = threading.Event()

    def refuses() -> None:
        raise RedactError("the disk is full")

    saving = Saving(refuses, quiet=0, ended=done.set)
    saving.soon()
    assert done.wait(_PATIENCE)
    assert (saving.state, saving.problem) == (SavingState.FAILED, "the disk is full")
    saving.close()


def test_a_page_that_closes_waits_for_what_is_under_way_and_begins_nothing() -> None:
    made: list[int] = []
    saving = Saving(lambda: made.append(1), quiet=_PATIENCE)
    saving.soon()
    saving.close()
    assert made == []
