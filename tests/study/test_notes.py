"""A note of what is under way is read as it was written, or told to be damaged."""

import json
from pathlib import Path
from typing import Any

import pytest

from redact.errors import BadInput
from redact.study.notes import DestructionNote, WithdrawalNote, read_note, write_note

WITHDRAWAL = WithdrawalNote(
    kind="withdrawal", ids=("D0001",), transcripts=("scot_01.txt",), entities=3, releases=("a-01",)
)
DESTRUCTION = DestructionNote(
    kind="destruction",
    study="s",
    log="redact.study/s",
    log_key="key",
    entry=4,
    time="2026-01-01T00:00:00.000Z",
    by="AB",
    linkage="aa",
    packets={"steward": "bb"},
    statements={"steward": "cc"},
    files_left=2,
)
NOTES = (WITHDRAWAL, DESTRUCTION)
LATER = {"current", "also", "originals"}  # notes of earlier builds do not have them


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.kind)
def test_a_note_is_read_as_it_was_written_also_one_without_its_kind(
    note: WithdrawalNote | DestructionNote, tmp_path: Path
) -> None:
    path = tmp_path / "note.next"
    write_note(path, note)
    assert read_note(path, type(note), "Mend it.") == note
    said = json.loads(path.read_bytes())
    del said["kind"]
    path.write_text(json.dumps(said))
    assert read_note(path, type(note), "Mend it.") == note


def test_a_withdrawal_of_an_earlier_build_was_one_of_a_study_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "note.next"
    write_note(path, WITHDRAWAL)
    said = json.loads(path.read_bytes())
    del said["current"]
    path.write_text(json.dumps(said))
    assert read_note(path, WithdrawalNote, "Mend it.").current == ("detect", "link", "replace")


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.kind)
def test_every_damage_to_a_field_names_file_and_remedy(
    note: WithdrawalNote | DestructionNote, tmp_path: Path
) -> None:
    path = tmp_path / "note.next"
    write_note(path, note)
    said: dict[str, Any] = json.loads(path.read_bytes())
    rest = {name: value for name, value in said.items() if name != "kind"}
    damaged = [{**said, "more": 1}, {**said, "kind": "other"}]
    for name in rest:
        without = {one: value for one, value in said.items() if one != name}
        damaged += [without] if name not in LATER else []
        damaged += [{**without, f"{name}_": said[name]}, {**said, name: None}]
        damaged += [{**said, name: 0.5}, {**said, name: [1]}]
    for row in damaged:
        path.write_text(json.dumps(row))
        with pytest.raises(BadInput, match="Mend it") as caught:
            read_note(path, type(note), "Mend it.")
        assert caught.value.where == str(path)
    for data in (b"", b"{", b"[]", b"\xff"):
        path.write_bytes(data)
        with pytest.raises(BadInput, match="Mend it"):
            read_note(path, type(note), "Mend it.")
