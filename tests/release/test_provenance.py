"""The run as PROV: what the log has, in a document that another reader of PROV reads."""

from __future__ import annotations

import json

import pytest
from prov.model import ProvDocument

from redact.audit.entries import Actor, LogEntry
from redact.audit.events import Event, RunFinished, RunStarted
from redact.release.metadata import Facts
from redact.release.provenance import LoggedRun, provenance, runs_of
from redact.release.reading import ReadingTally

FACTS = Facts(
    name="deposit-1",
    date="2026-01-02",
    nations={"Scotland": 2},
    policy="p 1",
    tool="redact 0.1.0",
    access="controlled",
)


def entries(*events: Event) -> list[LogEntry]:
    return [
        LogEntry(
            log="log",
            number=number,
            time=f"2026-01-02T10:0{number}:00.000Z",
            before=bytes(32),
            actor=Actor("A. Steward", "steward"),
            event=event,
        )
        for number, event in enumerate(events)
    ]


def started(command: str) -> RunStarted:
    return RunStarted(command=command, tool="redact 0.1.0", policy="p 1", policy_sha256="00")


def test_only_runs_that_ended_well_are_told() -> None:
    runs = runs_of(
        entries(
            started("run"),
            RunFinished(command="run", outcome="done", exit=0),
            started("release"),
            RunFinished(command="release", outcome="refused", exit=4),
            started("replace"),
        )
    )
    assert [(one.command, one.began, one.ended) for one in runs] == [
        ("run", "2026-01-02T10:00:00.000Z", "2026-01-02T10:01:00.000Z")
    ]


@pytest.mark.oracle
def test_another_reader_of_prov_reads_it_and_finds_nobody_s_name() -> None:
    run = LoggedRun(
        number=0,
        command="run",
        tool="redact 0.1.0",
        policy="p 1",
        policy_sha256="00",
        began="2026-01-02T10:00:00.000Z",
        ended="2026-01-02T10:01:00.000Z",
    )
    told = provenance([run], ReadingTally(1, 0, 1), FACTS, ["transcripts/one.txt"])
    document = ProvDocument.deserialize(content=told, format="json")
    kinds = {type(record).__name__ for record in document.get_records()}
    assert {"ProvEntity", "ProvActivity", "ProvAgent", "ProvDerivation", "ProvMembership"} <= kinds
    reading = json.loads(told)["activity"]["redact:reading"]
    assert reading["redact:opened_on_the_page_beside_the_original"] == 1
    assert reading["redact:not_read"] == 1
    assert "A. Steward" not in told
