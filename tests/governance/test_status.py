"""What is due follows from the log alone, and is due on the day it should be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from redact.audit.consent_events import ConsentRecorded, ThirdPartyDecided
from redact.audit.entries import Actor, LogEntry
from redact.audit.events import (
    CheckpointAnchored,
    CustodyChanged,
    DecisionRecorded,
    DocProcessed,
    Event,
    GateEvaluated,
    LinkageDestroyed,
    ReleaseCreated,
    ReleaseGiven,
)
from redact.audit.incident_events import IncidentOpened, IncidentTold
from redact.errors import UsageError
from redact.governance.status import TranscriptsRead, as_lines, reading_of, status
from redact.policy import parse_policy
from redact.study.approval import Approval
from tests.conftest import run_redact

HEAD = 'name = "mine"\nversion = "1"\n'
TODAY = date(2026, 12, 1)


def log_of(*events: tuple[str, Event]) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(
            log="redact.study/x",
            number=number,
            time=f"{day}T10:00:00.000Z",
            before=b"\0" * 32,
            actor=Actor("steward", "data steward"),
            event=event,
        )
        for number, (day, event) in enumerate(events)
    )


def replaced(doc: str, digest: str) -> tuple[str, Event]:
    done = DocProcessed(doc=doc, stage="replace", source_token="t", safe_sha256=digest)
    return "2026-11-01", done


def decided(action: str, *docs: str) -> tuple[str, Event]:
    return "2026-11-02", DecisionRecorded(action=action, by="A", reason="x", counts={}, docs=docs)


@pytest.mark.parametrize(
    ("events", "reading"),
    [
        ([], TranscriptsRead(0, 0, 0)),
        ([replaced("D1", "a"), replaced("D2", "b")], TranscriptsRead(2, 0, 0)),
        ([replaced("D1", "a"), decided("settle", "D1")], TranscriptsRead(1, 1, 0)),
        (
            [replaced("D1", "a"), decided("settle", "D1"), replaced("D1", "a")],
            TranscriptsRead(1, 1, 0),
        ),
        (
            [replaced("D1", "a"), decided("settle", "D1"), replaced("D1", "c")],
            TranscriptsRead(1, 0, 0),
        ),
        ([replaced("D1", "a"), decided("accept unread", "D1")], TranscriptsRead(1, 0, 1)),
        (
            [replaced("D1", "a"), decided("accept unread", "D1"), decided("settle", "D1")],
            TranscriptsRead(1, 1, 0),
        ),
        (
            [replaced("D1", "a"), replaced("D2", "b"), decided("withdraw", "D1")],
            TranscriptsRead(1, 0, 0),
        ),
    ],
)
def test_what_was_read_is_read_until_its_text_changes(
    events: list[tuple[str, Event]], reading: TranscriptsRead
) -> None:
    assert reading_of(log_of(*events)) == reading


def states(text: str, *events: tuple[str, Event], today: date = TODAY) -> dict[str, str]:
    policy = parse_policy((HEAD + text).encode(), "mine.toml")
    found = status(log_of(*events), (), policy, (), "ab", today)
    return {one.what: one.state for one in found}


DRILLED = CustodyChanged(change="drilled", custodian="steward", sha256="")
BEGUN = ("2026-01-01", DecisionRecorded(action="x", by="x", reason="x", counts={}))


@pytest.mark.parametrize(
    ("day", "state"),
    [("2025-12-01", "done"), ("2025-11-30", "overdue")],
)
def test_a_drill_is_due_the_day_after_its_days_are_over(day: str, state: str) -> None:
    assert states("", (day, DRILLED))["Drill of the linkage key"] == state


def test_what_was_never_done_is_open_and_then_overdue() -> None:
    before = states("", BEGUN, today=date(2026, 3, 1))
    assert (before["Drill of the linkage key"], before["Anchor of the log"]) == ("open", "open")
    after = states("", BEGUN)
    assert (after["Drill of the linkage key"], after["Anchor of the log"]) == ("open", "overdue")
    none = states("[governance]\nanchor_days = 0\n", BEGUN)
    assert none["Anchor of the log"] == "done"
    anchored = states("", BEGUN, ("2026-11-30", CheckpointAnchored("the library")))
    assert anchored["Anchor of the log"] == "done"


def test_a_key_that_was_destroyed_asks_for_nothing() -> None:
    gone = LinkageDestroyed(phase="done", packets=(), linkage=(), statements=(), copies_left=0)
    found = states("", BEGUN, ("2026-02-01", gone))
    assert found["Linkage key"] == "done"
    assert "Drill of the linkage key" not in found


@pytest.mark.parametrize(
    ("ends", "state"), [("2026-12-01", "done"), ("2026-11-30", "overdue"), ("2027-06-30", "done")]
)
def test_the_planned_end_of_the_key_is_overdue_the_day_after(ends: str, state: str) -> None:
    said = states(f'[governance]\nkey_ends = "{ends}"\n', BEGUN)
    assert said["Planned end of the linkage key"] == state


@pytest.mark.parametrize("ends", ["2026-02-30", "soon", "2026-1-1"])
def test_a_planned_end_that_is_no_day_is_no_policy(ends: str) -> None:
    with pytest.raises(UsageError, match=r"governance\.key_ends"):
        parse_policy((HEAD + f'[governance]\nkey_ends = "{ends}"\n').encode(), "mine.toml")


def test_an_approval_of_another_text_is_none() -> None:
    policy = parse_policy((HEAD + '[governance]\napproval = "required"\n').encode(), "mine.toml")
    word = Approval(
        policy="mine 1",
        digest="ab",
        by="B. Chair",
        role="ethics committee",
        access="open",
        reference="",
        time="2026-11-02T10:00:00.000Z",
    )
    for digest, state in (("ab", "done"), ("cd", "open")):
        found = status(log_of(BEGUN), (), policy, (word,), digest, TODAY)
        (one,) = (one for one in found if one.what == "Approval of the policy")
        assert one.state == state


def test_what_is_overdue_stands_first_with_what_to_do() -> None:
    policy = parse_policy(HEAD.encode(), "mine.toml")
    lines = as_lines(status(log_of(BEGUN), (), policy, (), "ab", TODAY))
    assert lines[0].startswith("OVERDUE")
    assert "redact audit anchor" in lines[1]


def test_the_command_tells_a_study_without_its_passphrase(small_study: tuple[Path, Path]) -> None:
    study, _ = small_study
    said = run_redact("status", study)
    assert said.code == 0
    assert "Drill of the linkage key: never since" in said.out
    assert f"redact key drill {study}" in said.out
    found = json.loads(run_redact("status", study, "--json").out)["standing"]
    assert {one["state"] for one in found} <= {"open", "done"}


def gate(day: str, passed: bool) -> tuple[str, Event]:
    return day, GateEvaluated(gate="Consent", passed=passed, findings=1, explained={})


def third(stays: bool, who: str = "ab") -> tuple[str, Event]:
    return "2026-11-05", ThirdPartyDecided(person_token=who, by="A", stays=stays, reason="x")


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([], None),
        ([gate("2026-11-04", True)], None),
        (
            [gate("2026-11-04", False)],
            (
                "open",
                "0 third parties may stay, 0 may not; the gate Consent refused a release on "
                "2026-11-04, 0 decided since",
            ),
        ),
        (
            [gate("2026-11-04", False), third(True), third(False, "cd")],
            (
                "open",
                "1 third party may stay, 1 may not; the gate Consent refused a release on "
                "2026-11-04, 2 decided since",
            ),
        ),
        (
            [gate("2026-11-04", False), third(False), third(True), gate("2026-11-06", True)],
            ("done", "1 third party may stay, 0 may not"),
        ),
    ],
)
def test_third_parties_wait_until_a_release_passed(
    events: list[tuple[str, Event]], said: tuple[str, str] | None
) -> None:
    policy = parse_policy(HEAD.encode(), "mine.toml")
    found = status(log_of(BEGUN, *events), (), policy, (), "ab", TODAY)
    told = [(one.state, one.said) for one in found if one.what == "Third parties"]
    assert told == ([said] if said else [])


@pytest.mark.parametrize(
    ("until", "state"),
    [("2026-11-30", None), ("2026-12-01", "open"), ("2026-12-31", "open"), ("2027-01-01", None)],
)
def test_a_last_day_to_withdraw_that_comes_soon_is_told(until: str, state: str | None) -> None:
    said = ConsentRecorded(doc="D1", level="archive open", until=until)
    assert states("", BEGUN, ("2026-11-01", said)).get("Last day to withdraw") == state


@pytest.mark.parametrize(
    ("opened", "state"), [("2026-11-28", "open"), ("2026-11-27", "overdue"), ("", None)]
)
def test_an_incident_is_overdue_after_three_days(opened: str, state: str | None) -> None:
    event = IncidentOpened(
        incident="I1", by="A", label="ORG", releases=("a",), counts={}, words_token="ab"
    )
    made = ReleaseCreated(phase="done", name="a", tagmanifest_sha512="ab" * 64)
    given = ReleaseGiven(name="a", to="Archive", on="2026-11-02", tagmanifest_sha512="ab" * 64)
    before: list[tuple[str, Event]] = [BEGUN, ("2026-11-02", made), ("2026-11-02", given)]
    log = log_of(*before, *([(opened, event)] if opened else []))
    policy = parse_policy(HEAD.encode(), "mine.toml")
    found = [
        one for one in status(log, (), policy, (), "ab", TODAY) if one.what.startswith("Incident")
    ]
    assert [one.state for one in found] == ([state] if state else [])
    assert all("1 to be told" in one.said for one in found)
    told = IncidentTold("I1", "archive", "2026-11-29")
    after = log_of(*before, ("2026-11-28", event), ("2026-11-29", told))
    assert any("0 to be told" in one.said for one in status(after, (), policy, (), "ab", TODAY))
