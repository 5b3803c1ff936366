"""The register follows from the log: who has what, what is due, and no name of a participant."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from redact.audit.consent_events import ReleaseHolds
from redact.audit.entries import Actor, LogEntry
from redact.audit.events import (
    DecisionRecorded,
    Event,
    ReleaseCreated,
    ReleaseEnded,
    ReleaseGiven,
)
from redact.governance.register import State, as_csv, as_lines, as_page, register
from tests.conftest import run_redact

TODAY = date(2026, 12, 1)
NOW = datetime.now(UTC).date()


def made(name: str) -> tuple[Event, Event]:
    intent = ReleaseCreated(phase="intent", name=name, files=9)
    return intent, ReleaseCreated(phase="done", name=name, tagmanifest_sha512="ab" * 64)


def given(name: str, to: str, until: str | None = None) -> Event:
    digest = "ab" * 64
    return ReleaseGiven(name=name, to=to, on="2026-11-02", tagmanifest_sha512=digest, until=until)


def withdrawn(*releases: str, told: bool = True) -> Event:
    return DecisionRecorded(
        action="withdraw",
        by="steward",
        reason="withdrew",
        counts={"releases": len(releases)},
        releases=releases if told else None,
    )


def log_of(*events: Event) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(
            log="redact.study/x",
            number=number,
            time="2026-11-01T10:00:00.000Z",
            before=b"\0" * 32,
            actor=Actor("steward", "data steward"),
            event=event,
        )
        for number, event in enumerate(events)
    )


A, B = made("a-01"), made("a-02")
QUOTES: tuple[Event, ...] = (
    ReleaseHolds(name="quotes-01", audience="quotes", docs=("D1",), left_out=0),
    *made("quotes-01"),
)
CASES: list[tuple[State, tuple[Event, ...]]] = [
    ("made", A),
    ("given", (*A, given("a-01", "UKDS"))),
    ("given", (*A, given("a-01", "UKDS", "2026-12-01"))),  # until that day is over
    ("overdue", (*A, given("a-01", "UKDS", "2026-11-30"))),
    ("given", (*A, given("a-01", "UKDS", "2026-11-30"), given("a-01", "ukds", "2027-01-01"))),
    ("superseded", (*A, given("a-01", "UKDS"), *B, given("a-02", "ukds"))),
    ("given", (*A, given("a-01", "UKDS"), *B, given("a-02", "QDR"))),
    ("given", (*A, given("a-01", "UKDS"), *QUOTES, given("quotes-01", "UKDS"))),
    (
        "returned",
        (
            *A,
            given("a-01", "UKDS"),
            ReleaseEnded(name="a-01", to="ukds", how="returned", on="2026-11-9"),
        ),
    ),
    (
        "given",  # given again after it was back
        (
            *A,
            given("a-01", "UKDS"),
            ReleaseEnded(name="a-01", to="UKDS", how="destroyed", on="2026-11-09"),
            given("a-01", "UKDS"),
        ),
    ),
    ("to call back", (*A, given("a-01", "UKDS"), withdrawn("a-01"))),
    ("to call back", (*A, given("a-01", "UKDS"), withdrawn("a-01", told=False))),
    ("given", (*A, given("a-01", "UKDS"), withdrawn("a-02"))),
    ("given", (withdrawn("a-01"), *A, given("a-01", "UKDS"))),  # an earlier one of that name
    (
        "destroyed",
        (
            *A,
            given("a-01", "UKDS"),
            withdrawn("a-01"),
            ReleaseEnded(name="a-01", to="UKDS", how="destroyed", on="2026-11-09"),
        ),
    ),
]


@pytest.mark.parametrize(("state", "events"), CASES)
def test_the_state_of_a_release_follows_from_the_log(
    state: State, events: tuple[Event, ...]
) -> None:
    first = register(log_of(*events), TODAY)[0]
    assert (first.release, first.state, first.files) == ("a-01", state, 9)


def test_each_holder_has_a_row_and_what_is_due_comes_first() -> None:
    held = register(
        log_of(*A, given("a-01", "UKDS"), given("a-01", "Leith Archive", "2026-11-10")), TODAY
    )
    assert [one.to for one in held] == ["UKDS", "Leith Archive"]
    assert "overdue" in as_lines(held)[0]


def test_the_table_runs_nothing_and_the_page_escapes() -> None:
    (one,) = register(log_of(*A, given("a-01", "=HYPERLINK(<b>)")), TODAY)
    rows = list(csv.reader(io.StringIO(as_csv([one]))))
    assert dict(zip(rows[0], rows[1], strict=True))["to"] == "'=HYPERLINK(<b>)"
    assert "&lt;b&gt;" in as_page("study", TODAY, (one,))
    assert as_csv([replace(one, to="x")]).count("\n") == 2


def test_from_given_to_destroyed_on_the_command_line(
    small_study: tuple[Path, Path], tmp_path: Path
) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    who = ("--to", "Leith Archive", "--on", NOW.isoformat())
    name = json.loads(run_redact("register", study, "--json").out)["releases"][0]["release"]
    early = run_redact("release", "returned", study, name, *who, *key)
    assert (early.code, "`redact release given`" in early.err) == (2, True)
    terms = ("--purpose", "a second coding", "--agreement", "DSA 12", "--access", "team")
    until = ("--until", (NOW + timedelta(days=30)).isoformat())
    assert run_redact("release", "given", study, name, *who, *terms, *until, *key).code == 0
    listed = run_redact(
        "register", study, "--csv", tmp_path / "r.csv", "--page", tmp_path / "r.html"
    )
    assert (listed.code, "a second coding" in listed.out) == (0, True)
    assert "DSA 12" in (tmp_path / "r.csv").read_text("utf-8")
    assert "Leith Archive" in (tmp_path / "r.html").read_text("utf-8")
    assert run_redact("release", "destroyed", study, name, *who, *key).code == 0
    (row,) = json.loads(run_redact("register", study, "--json").out)["releases"]
    assert (row["state"], row["ended"]) == ("destroyed", NOW.isoformat())
    assert run_redact("audit", "verify", study, *key).code in (0, 3)


@pytest.mark.parametrize(
    ("option", "said", "what"),
    [
        ("--until", "1999-01-31", "after this day"),
        ("--until", "soon", "this is no day"),
        ("--purpose", "x" * 201, "more than 200"),
        ("--purpose", "to write to Morag MacLeod", "a name of the study"),
        ("--agreement", "DSA of Kilmarnock", "a name of the study"),
    ],
)
def test_terms_that_cannot_be_are_not_recorded(
    small_study: tuple[Path, Path], option: str, said: str, what: str
) -> None:
    study, passphrase = small_study
    before = sorted((study / "audit").glob("log*"))
    sizes = [path.stat().st_size for path in before]
    words = ("--to", "UKDS", "--on", NOW.isoformat(), option, said)
    refused = run_redact(
        "release", "given", study, "safe-copy-01", *words, "--passphrase-file", passphrase
    )
    assert (refused.code, what in refused.err) == (2, True), refused.err
    assert said[:30] not in refused.err
    assert [path.stat().st_size for path in before] == sizes


@pytest.mark.model
def test_a_damaged_log_is_no_register(small_study: tuple[Path, Path], tmp_path: Path) -> None:
    study, passphrase = small_study
    log = study / "audit" / "log.jsonl"
    lines = log.read_bytes().split(b"\n")
    at = next(n for n, line in enumerate(lines) if b'"release.created"' in line)
    lines[at] = lines[at].replace(b'"release.created"', b'"release.invented"')
    log.write_bytes(b"\n".join(lines))
    before = log.read_bytes()
    out = tmp_path / "register.csv"
    give = ("release", "given", study, "safe-copy-01", "--to", "Archive", "--on", str(NOW))
    for command in (
        ("register", study, "--csv", out),
        ("status", study),
        ("incident", "show", study),
        (*give, "--passphrase-file", passphrase),
    ):
        refused = run_redact(*command)
        assert refused.code == 1, command
        assert f"entry {at} of the audit log" in refused.err or "audit verify" in refused.err
    assert (log.read_bytes(), out.exists()) == (before, False)
