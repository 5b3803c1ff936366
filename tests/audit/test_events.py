"""Events have classes of their own, and the log's bytes are those it always had."""

from __future__ import annotations

from pathlib import Path

import pytest

from redact.audit.consent_events import (
    ConsentRecorded,
    HolderTold,
    QuoteChosen,
    QuoteDecided,
    ReleaseHolds,
    ThirdPartyDecided,
)
from redact.audit.entries import Actor, LogEntry, entry_line, read_entry
from redact.audit.events import (
    KINDS,
    CheckpointAnchored,
    ClockRegressed,
    CustodyChanged,
    DecisionRecorded,
    DocProcessed,
    Event,
    EventError,
    GateEvaluated,
    GateOverridden,
    KeyRotated,
    LinkageDestroyed,
    LinkageRevealed,
    LinkageSealed,
    LogCreated,
    LogRecovered,
    LogUnwitnessed,
    PolicyApproved,
    ReleaseCreated,
    ReleaseEnded,
    ReleaseGiven,
    RunFinished,
    RunStarted,
    data_of,
    event_of,
)
from redact.audit.incident_events import (
    IncidentClosed,
    IncidentOpened,
    IncidentTakenBack,
    IncidentTold,
)
from redact.audit.sent import TextsSent

# Written by commit 938b1ec, which had one table of schemas and no classes; the last ones by later
# builds, when they came to have them.
GOLDEN = (Path(__file__).parent / "golden_lines.jsonl").read_bytes().splitlines()
DIGEST = "0123456789abcdef" * 4
SHA512 = "fedcba9876543210" * 8
KEY = "redact.study/golden+0a1b2c3d+AQ=="
LINKAGE = "5dc1fd86-d0b8-4a4d-9587-5540b4fd455c"
EVENTS: tuple[Event, ...] = (
    LogCreated(KEY, "redact 0.1.0"),
    LogRecovered(4711, 12, DIGEST),
    ClockRegressed("2026-11-28T19:03:38.123Z"),
    KeyRotated(
        old=KEY,
        key="redact.study/golden+0b1b2c3d+AQ==",
        by_old="— redact.study/golden AAAA",
        by_new="— redact.study/golden BBBB",
    ),
    RunStarted(command="detect", tool="redact 0.1.0", policy="safe-copy 1", policy_sha256=DIGEST),
    RunFinished("release", "refused", 4),
    DocProcessed(doc="D0001", stage="replace", source_token=DIGEST),
    DocProcessed(doc="D0002", stage="detect", source_token=DIGEST, mentions={}, encoding="utf-8"),
    DocProcessed(
        doc="D0003",
        stage="detect",
        source_token=DIGEST,
        mentions={"PLACE": 2, "PERSON": 17},
        left_out={"comments": 1},
        safe_sha256=DIGEST,
        encoding="windows-1252",
        encoding_guessed=True,
    ),
    DecisionRecorded(
        action="access open", by="nobody: not described yet", reason="no reason given", counts={}
    ),
    DecisionRecorded(
        action="settle",
        by="Ànn Invented",
        reason="read “twice”\tand once",
        counts={"transcripts": 2},
        docs=("D0001", "D0002"),
    ),
    GateEvaluated(gate="G1", passed=True, findings=0, explained={"kept_body": 3}),
    GateEvaluated(
        gate="G9",
        passed=False,
        findings=2,
        explained={},
        places=("transcripts/a.txt:1", "interviews.csv"),
        remedy="Settle them.",
    ),
    GateOverridden(gate="G3", by=("First Person", "Second Person"), reason="known"),
    GateOverridden(gate="G3", by=("First Person", "Second Person"), reason="known", approved_by=()),
    ReleaseCreated(phase="done", name="archive-deposit-01", tagmanifest_sha512=SHA512),
    ReleaseCreated(phase="intent", name="archive-deposit-01", files=0, payload_sha512=SHA512),
    LinkageSealed(phase="intent", linkage_id=LINKAGE),
    LinkageSealed(
        phase="done", linkage_id=LINKAGE, sha256=DIGEST, supersedes=DIGEST, recipient=DIGEST
    ),
    LinkageRevealed(phase="intent", purpose="restore", documents=3),
    LinkageRevealed(
        phase="refused",
        purpose="reveal: a call",
        documents=0,
        entries=0,
        approved_by=("steward", "ethics"),
    ),
    CustodyChanged("added", "steward", DIGEST),
    LinkageDestroyed(
        phase="done", packets=(DIGEST, DIGEST), linkage=(DIGEST,), statements=(), copies_left=3
    ),
    CheckpointAnchored("the ethics office"),
    # Of later builds
    LogUnwitnessed(135),
    LinkageRevealed(
        phase="done",
        purpose="review page",
        documents=2,
        approved_by=("steward",),
        by="A. Reader",
        docs=("D0001", "D0002"),
        looks={"D0001": 1, "D0002": 3},
    ),
    ReleaseGiven(
        name="archive-deposit-01",
        to="UK Data Service",
        on="2026-11-29",
        tagmanifest_sha512=SHA512,
    ),
    ReleaseGiven(
        name="archive-deposit-02",
        to="A colleague",
        on="2026-11-30",
        tagmanifest_sha512=SHA512,
        purpose="a second coding",
        agreement="DSA 12",
        access="team",
        until="2027-11-30",
    ),
    ReleaseEnded(name="archive-deposit-02", to="A colleague", how="destroyed", on="2026-12-01"),
    PolicyApproved(
        policy="archive-deposit 1",
        policy_sha256=DIGEST,
        by="B. Chair",
        role="ethics committee",
        access="safeguarded",
        reference="EC 12",
    ),
    DecisionRecorded(
        action="withdraw",
        by="steward",
        reason="withdrew",
        counts={"releases": 1},
        docs=("D0001",),
        releases=("archive-deposit-01",),
    ),
    IncidentOpened(
        incident="I1",
        by="A. Steward",
        label="PERSON",
        releases=("archive-deposit-01",),
        counts={"places in releases": 3, "places in the study": 3},
        words_token=DIGEST,
    ),
    IncidentTold("I1", "UK Data Service", "2026-12-01"),
    IncidentClosed("I1", "A. Steward"),
    ConsentRecorded(
        doc="D0001",
        level="team only",
        given="2026-01-31",
        until="2026-12-31",
        releases=("archive-deposit-01",),
    ),
    ReleaseHolds(name="safe-copy-01", audience="team", docs=("D0001", "D0002"), left_out=1),
    ThirdPartyDecided(person_token=DIGEST, by="A. Steward", stays=True, reason="a public office"),
    HolderTold("archive-deposit-01", "UK Data Service", "2026-12-01"),
    QuoteChosen(quote="Q1", doc="D0001", start=12, end=90, safe_sha256=DIGEST, by="A. Reader"),
    QuoteDecided(quote="Q1", by="B. Chair", role="approver", approved=False, reason="too near"),
    TextsSent("tls://head.cluster.example:8786", 40, 184),
    IncidentTakenBack(incident="I1", by="A. Steward", reason="mistyped"),
    ReleaseGiven(
        name="archive-deposit-01",
        to="A colleague",
        on="2026-11-30",
        tagmanifest_sha512=SHA512,
        anyway="they had it before",
    ),
)


def entry_of(number: int, event: Event) -> LogEntry:
    return LogEntry(
        log="redact.study/golden",
        number=number,
        time=f"2026-11-28T19:03:{number:02}.000Z",
        before=bytes([number]) * 32,
        actor=Actor("steward", "data steward"),
        event=event,
    )


def test_every_kind_of_event_stands_among_the_golden_lines() -> None:
    assert {event.kind for event in EVENTS} == set(KINDS)
    assert len(EVENTS) == len(GOLDEN)


@pytest.mark.parametrize("number", range(len(EVENTS)), ids=lambda number: EVENTS[number].kind)
def test_an_event_has_the_line_it_had_before_it_had_a_class(number: int) -> None:
    entry = entry_of(number, EVENTS[number])
    assert entry_line(entry) == GOLDEN[number]
    assert read_entry(GOLDEN[number]) == entry


@pytest.mark.parametrize("number", range(len(EVENTS)), ids=lambda number: EVENTS[number].kind)
def test_a_field_of_another_type_or_name_makes_no_event(number: int) -> None:
    event = EVENTS[number]
    data = data_of(event)
    with pytest.raises(EventError, match="missing or unknown"):
        event_of(event.kind, {**data, "name of somebody": "x"})
    for name in data:
        for value in (None, 1.5, [1], {"x": "y"}, {"x": True}):
            with pytest.raises(EventError, match=f"{name} has the wrong type"):
                event_of(event.kind, {**data, name: value})


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("run.finished", {"command": "x", "outcome": "done"}),
        ("decision.recorded", {"action": "keep", "by": "x", "reason": "x"}),
        ("checkpoint.anchored", {}),
    ],
)
def test_a_field_that_must_be_there_may_not_be_missing(kind: str, data: dict[str, object]) -> None:
    with pytest.raises(EventError, match="missing or unknown"):
        event_of(kind, data)


def test_a_truth_value_is_no_number_and_the_set_of_events_is_closed() -> None:
    with pytest.raises(EventError, match="exit has the wrong type"):
        event_of("run.finished", {"command": "x", "outcome": "done", "exit": True})
    with pytest.raises(EventError, match="unknown event"):
        event_of("name.found", {})
