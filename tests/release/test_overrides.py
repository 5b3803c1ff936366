"""Small counts refuse a release, saying less mends it, and two people may override it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Result, run_redact
from tests.release.depositing import described

GATES = [
    "G1 review",
    "G2 no original",
    "G3 second look",
    "G4 round trip",
    "G5 no key or source",
    "G6 hidden places",
    "Papers",
    "Surrogates",
    "G7 log and key",
    "G9 small counts",
    "G8 bag",
]


def logged_gates(study: Path) -> list[dict[str, Any]]:
    lines = (study / "audit" / "log.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    return [one["data"] for one in entries if one["event"] == "gate.evaluated"]


def test_every_gate_is_told_on_the_screen_to_programs_and_in_the_log(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study, "abstract=Ishbel McKinnon told us.", "access=open")
    refused = release(study, "--profile", "ukds")
    assert "  ✓ G1 review: passed" in refused.out
    assert "  ✗ G2 no original: refused\n      README.md, line " in refused.out
    assert "`redact risk --suggest` says what to group" in refused.out
    told = release(study, "--profile", "ukds", "--json").json["error"]["gates"]
    assert [one["gate"] for one in told] == GATES[:-1]
    by_name = {one["gate"]: one for one in told}
    assert {name for name, one in by_name.items() if one["result"] == "refused"} == {
        "G2 no original",
        "G9 small counts",
    }
    assert by_name["G9 small counts"]["findings"] == 12
    assert by_name["G2 no original"]["remedy"].startswith("If it is a name")
    logged = {one["gate"]: one for one in logged_gates(study)}
    places = logged["G9 small counts"]["places"]  # each interview that stands out, by neutral name
    assert len(set(places)) == 12
    assert "interviews.csv, scot_01" in places
    assert logged["G9 small counts"]["remedy"] == by_name["G9 small counts"]["remedy"]
    assert any(place.startswith("README.md, line ") for place in logged["G2 no original"]["places"])
    assert "places" not in logged["G1 review"]
    assert "McKinnon" not in refused.out + (study / "audit" / "log.jsonl").read_text("utf-8")


def test_a_release_tells_every_gate_it_passed(study: Path, release: Callable[..., Result]) -> None:
    described(study)
    done = release(study, "--profile", "ukds", "--json")
    assert [(one["gate"], one["result"]) for one in done.json["gates"]] == [
        (name, "passed") for name in GATES
    ]
    assert [one["gate"] for one in logged_gates(study)] == GATES
    assert not [path for path in (study / "work").iterdir() if ".tmp" in path.name]


def test_small_counts_refuse_what_is_too_open_and_two_people_can_override(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study, "access=open")
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "G9 small counts" in refused.err) == (4, True)
    for wrong in (
        ("--by", "A", "--by", "a", "--reason", "x"),
        ("--by", "A", "--reason", "x"),
        ("--by", "A", "--by", "B"),
    ):
        done = release(study, "--profile", "ukds", "--override", "G9 small counts", *wrong)
        assert (done.code, "two people and a reason" in done.err) == (2, True)
    done = release(
        study,
        "--profile",
        "ukds",
        "--override",
        "G2 no original",
        "--by",
        "A",
        "--by",
        "B",
        "--reason",
        "x",
    )
    assert (done.code, "cannot be overridden" in done.err) == (2, True)
    assert list((study / "release").iterdir()) == []
    done = release(
        study,
        "--profile",
        "ukds",
        "--override",
        "G9 small counts",
        "--by",
        "A",
        "--by",
        "B",
        "--reason",
        "the curator agreed",
    )
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    gates = json.loads((data / "redaction-summary.json").read_text("utf-8"))["gates"]
    assert gates["G9 small counts"] == "refused, and overridden by two people"
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"event":"gate.overridden"' in log
    assert '"action":"access open"' in log


def test_where_the_policy_asks_for_two_people_the_second_brings_a_key(
    study: Path, release: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> None:
    described(study, "access=open")
    key = ("--passphrase-file", passphrase_file)
    policy = study / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n[custody]\ntwo_people = true\n", "utf-8")
    run_redact("replace", study, *key)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    other = tmp_path / "other.txt"
    recipient = run_redact("key", "new", other, "--json").json["recipient"]
    added = run_redact("key", "add-custodian", study, "chair", "--recipient", recipient, *key)
    assert added.code == 0, added.err
    override = (
        "--profile",
        "ukds",
        "--override",
        "G9 small counts",
        "--by",
        "A. Steward",
        "--by",
        "Chair of ethics",
        "--reason",
        "the curator agreed",
    )
    for second in ((), ("--second-passphrase-file", passphrase_file)):
        refused = release(study, *override, *map(str, second))
        assert (refused.code, "two custodians to override a gate" in refused.err) == (2, True)
    assert list((study / "release").iterdir()) == []
    done = release(study, *override, "--second-identity", str(other))
    assert done.code == 0, done.err
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"approved_by":["steward","chair"]' in log
    assert run_redact("audit", "verify", study, *key).code == 0


def test_what_is_suggested_is_enough_when_it_is_done(
    study: Path, release: Callable[..., Result], passphrase_file: Path
) -> None:
    key = ("--passphrase-file", passphrase_file)
    found = run_redact("risk", study, "--for", "open", "--json", *key).json
    assert (found["k"], found["rows"], len(found["unique"])) == (1, 12, 12)
    assert found["suggestion"]["steps"] == ["leave out organisation", "leave out role"]
    described(study, "access=open")
    policy = study / "policy.toml"
    columns = 'columns = ["interview", "file", "nation", "organisation", "role"]'
    text = policy.read_text("utf-8")
    assert columns in text
    policy.write_text(text.replace(columns, 'columns = ["interview", "file", "nation"]'), "utf-8")
    run_redact("replace", study, *key)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    done = release(study, "--profile", "ukds")
    assert done.code == 0, done.err
    again = run_redact("risk", study, "--for", "open", "--json", *key).json
    assert (again["k"], again["reached"]) == (6, "open")


def test_the_risk_report_names_nobody_and_runs_nothing(study: Path, passphrase_file: Path) -> None:
    done = run_redact("risk", study, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err
    for name in ("risk.html", "risk.json"):
        path = study / name
        assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
        text = path.read_text("utf-8")
        assert not any(one in text for one in ("Morag", "Corriedoon", "Kilmarnock", "Ishbel"))
    page = (study / "risk.html").read_text("utf-8")
    assert "<script" not in page
    assert "http" not in page
    told = json.loads((study / "risk.json").read_text("utf-8"))
    assert {one["nation"] for one in told["organisations"]} == {"Scotland", "United States"}
    assert told["collisions"] == []
