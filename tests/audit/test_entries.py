"""An entry has one line, canonical and small; what is not so is no entry."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from redact.audit.entries import LARGEST_LINE, Actor, LogEntry, entry_line, read_entry
from redact.audit.events import (
    CheckpointAnchored,
    DecisionRecorded,
    EventError,
    GateOverridden,
    LinkageRevealed,
)
from redact.errors import UsageError

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


BLANKS = (
    "",
    " ",
    "\t\n",
    "\N{NO-BREAK SPACE}",
    "\N{ZERO WIDTH SPACE}",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
)


@pytest.mark.parametrize("text", BLANKS, ids=range(len(BLANKS)))
def test_who_and_why_must_say_something(text: str) -> None:
    """The commands refuse it with its place; the log is the last that could."""
    settled = DecisionRecorded(action="settle", by="A. Steward", reason="read", counts={})
    shown = LinkageRevealed(phase="intent", purpose="restore", documents=1, approved_by=("a",))
    for event in (
        CheckpointAnchored(text),
        replace(settled, by=text),
        replace(settled, reason=text),
        replace(shown, purpose=text),
        replace(shown, approved_by=("a", text)),
        GateOverridden(gate="G9", by=("A. Steward", text), reason="known"),
    ):
        with pytest.raises(UsageError, match="does not take an empty"):
            entry_line(replace(ENTRY, event=event))
    with pytest.raises(UsageError, match="does not take an empty `actor`"):
        entry_line(replace(ENTRY, actor=Actor(text, "data steward")))


def test_a_name_and_a_reason_have_limits_and_older_entries_are_read_without() -> None:
    settled = DecisionRecorded(action="settle", by="x" * 200, reason="y" * 4000, counts={})
    assert read_entry(entry_line(replace(ENTRY, event=settled))).event == settled
    for event, limit in (
        (replace(settled, by="x" * 201), "200"),
        (replace(settled, by="x" * 70_000), "200"),
        (replace(settled, reason="y" * 4001), "4,000"),
    ):
        with pytest.raises(UsageError, match=f"the audit log takes {limit}"):
            entry_line(replace(ENTRY, event=event))
    by, reason = LINE.replace(b"checkpoint.anchored", b"decision.recorded"), b'"by":"","counts":{}'
    data = b'"data":{"action":"settle",%b,"reason":""}' % reason
    before = by.replace(b'"data":{"where":"the ethics office"}', data)
    assert read_entry(before).event == replace(settled, by="", reason="")
