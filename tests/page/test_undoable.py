"""The undo says what it undoes; on a transcript's page no words of another one."""

from __future__ import annotations

from pathlib import Path

from redact.page.undoable import undoable
from redact.review.verdict import Verdict
from tests.page.rooms import place_of, sit
from tests.shared import copy_of


def test_the_newest_that_holds_is_undone_and_then_the_one_before(
    template: Path, tmp_path: Path
) -> None:
    room = sit(copy_of(template, tmp_path))
    assert undoable(room.study()) is None
    for words, label in (("Zebedee Quill", "ORG"), ("Fergus Petrie", None)):
        place = place_of(room, words)
        verdict = Verdict(
            transcript=place.transcript,
            start=place.start,
            end=place.end,
            label="ORG" if label else None,
        )
        room.decide((verdict,), room.study().newest)
    newest = undoable(room.study())
    assert newest is not None
    assert newest.said == "“Fergus Petrie” is no name"
    elsewhere = undoable(room.study(), "D0099")
    assert elsewhere is not None
    assert elsewhere.said == "what was decided in one.txt"
    room.undo(newest.batch)
    before = undoable(room.study())
    assert before is not None
    assert before.said == "“Zebedee Quill” is an organisation"
