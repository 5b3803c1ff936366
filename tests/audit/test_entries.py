"""An entry has one line, canonical and small; what is not so is no entry."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from redact.audit.entries import LARGEST_LINE, Actor, LogEntry, entry_line, read_entry
from redact.audit.events import CheckpointAnchored, EventError

ENTRY = LogEntry(
    log="redact.study/test",
    number=3,
    time="2026-11-28T19:03:38.123Z",
    before=bytes(range(32)),
    actor=Actor("steward", "data steward"),
    event=CheckpointAnchored("the ethics office"),
)
LINE = entry_line(ENTRY)


def test_an_entry_is_one_canonical_line_and_comes_back_from_it() -> None:
    assert read_entry(LINE) == ENTRY
    fields = json.loads(LINE)
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert canonical.encode("utf-8") == LINE
    assert fields["prev"] == bytes(range(32)).hex()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"\xff",
        LINE + b" ",
        LINE.replace(b'"seq":3', b'"seq": 3'),
        LINE.replace(b'"seq":3', b'"seq":3.0'),
        LINE.replace(b'"seq":3', b'"seq":true'),
        LINE.replace(b'"v":1', b'"v":2'),
        LINE.replace(b'"v":1', b'"v":1,"w":1'),
        LINE.replace(b"38.123Z", b"38Z"),
        LINE.replace(b'"prev":"00', b'"prev":"0'),
        LINE.replace(b'"role":"data steward"', b'"role":7'),
        LINE.replace(b"checkpoint.anchored", b"checkpoint.lost"),
        b'{"a":' * 20 + b"1" + b"}" * 20,
        b"[" * 5000 + b"]" * 5000,
        b'"' + b"x" * LARGEST_LINE + b'"',
    ],
    ids=range(16),
)
def test_a_line_that_is_not_as_it_was_written_is_refused(line: bytes) -> None:
    assert line != LINE
    with pytest.raises(EventError):
        read_entry(line)


@pytest.mark.parametrize("where", ["x" * LARGEST_LINE, "a cafe\u0301"], ids=["long", "not NFC"])
def test_an_entry_that_is_too_large_or_not_in_nfc_is_not_written(where: str) -> None:
    with pytest.raises(EventError):
        entry_line(replace(ENTRY, event=CheckpointAnchored(where)))
