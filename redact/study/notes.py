"""Notes of what is under way, so that it is finished after the machine stopped: no original."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from redact.disk import cannot_read, write_atomic
from redact.study import records
from redact.study.rows import Number, StrictRow
from redact.study.state import STAGES, Stage


class WithdrawalNote(StrictRow):
    """What a withdrawal takes out: documents of the key, safe files, entities, old releases."""

    kind: Literal["withdrawal"]
    ids: tuple[str, ...]
    transcripts: tuple[str, ...]
    entities: Number
    releases: tuple[str, ...]
    current: tuple[Stage, ...] = STAGES  # what was up to date; commit 938b1ec took all for it


class DestructionNote(StrictRow):
    """What a destruction of the linkage key is to destroy; digests are SHA-256."""

    kind: Literal["destruction"]
    study: str
    log: str
    log_key: str
    entry: Number
    time: str
    by: str
    linkage: str
    packets: dict[str, str]
    statements: dict[str, str]
    files_left: Number
    also: tuple[str, ...] = ()
    originals: Number = 0  # a destruction begun by an earlier build knows none


def read_note[Note: StrictRow](path: Path, model: type[Note], remedy: str) -> Note:
    """The note in this file; BadInput with this remedy if it is damaged.

    One of commit 938b1ec does not tell its kind: it has the fields of the only kind there was.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise cannot_read(path, error) from None
    what = "the note of what is under way"
    try:
        said = json.loads(data)
        if isinstance(said, dict) and "kind" not in said:
            said = {**said, "kind": "withdrawal" if "ids" in said else "destruction"}
        return model.model_validate_json(json.dumps(said))
    except ValidationError as error:
        raise records.damaged(what, str(path), records.field_of(error), remedy) from None
    except (ValueError, RecursionError):
        raise records.damaged(what, str(path), None, remedy) from None


def write_note(path: Path, note: WithdrawalNote | DestructionNote) -> None:
    write_atomic(path, note.model_dump_json().encode())
