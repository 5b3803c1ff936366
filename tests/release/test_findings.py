"""What a gate found is told on the screen, to programs and in the log, and holds no name."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Result
from tests.deposits import described

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
