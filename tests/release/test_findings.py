"""What a gate found is told on the screen, to programs and in the log, and holds no name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redact.release.findings import Finding, Gate, GateResult, sentences
from tests.conftest import Result
from tests.deposits import OPEN, described

GATES = [
    "Consent",
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
    described(study, "abstract=Ishbel McKinnon told us.", *OPEN)
    refused = release(study, "--profile", "ukds")
    assert "  ✓ G1 review: passed" in refused.out
    assert "  ✗ G2 no original: refused\n      README.md, line " in refused.out
    assert "`redact risk --suggest` says what to group" in refused.out
    told = release(study, "--profile", "ukds", "--json").json["error"]["gates"]
    assert [one["gate"] for one in told] == GATES[:-1]
    by_name = {one["gate"]: one for one in told}
    assert {name for name, one in by_name.items() if one["result"] == "refused"} == {
        "G2 no original",
        "G3 second look",  # open access bears fewer
        "G9 small counts",
    }
    found = by_name["G9 small counts"]
    assert sum("rows share its" in place for place in found["places"]) == 12
    assert found["findings"] == 12 + sum("an intruder" in place for place in found["places"])
    assert by_name["G2 no original"]["remedy"].startswith("Say of each word")
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


@pytest.mark.parametrize(
    ("finding", "place", "sentence"),
    [
        (Finding(what="it fell"), None, "it fell"),
        (Finding(what="a name", where="a.txt", line=3), "a.txt, line 3", "a.txt, line 3: a name"),
        (
            Finding(what="alone", where="t.csv", row="scot_01"),
            "t.csv, scot_01",
            "t.csv, scot_01: alone",
        ),
        (Finding(what="no place", line=2), "line 2", "line 2: no place"),
    ],
)
def test_a_finding_says_where_it_is_as_far_as_it_is_anywhere(
    finding: Finding, place: str | None, sentence: str
) -> None:
    assert (finding.place(), finding.sentence()) == (place, sentence)


def test_a_place_and_a_sentence_are_told_once_and_a_nowhere_is_no_place() -> None:
    twice = Finding(what="a name", where="a.txt", line=3)
    told = GateResult(
        gate=Gate.NO_ORIGINAL,
        findings=(twice, Finding(what="it fell"), twice, Finding(what="a date", where="a.txt")),
    )
    assert told.places() == ("a.txt, line 3", "a.txt")
    assert sentences(told.findings) == ("a.txt, line 3: a name", "it fell", "a.txt: a date")


def test_a_gate_passes_if_it_found_nothing_and_has_a_remedy_only_if_it_refuses() -> None:
    passed = GateResult(gate=Gate.REVIEW, remedy="Read it.")
    refused = replace(passed, findings=(Finding(what="nobody read it"),))
    assert [one.to_json()["remedy"] for one in (passed, refused)] == ["", "Read it."]
    overridden = replace(refused, overridden=True)
    assert [one.result for one in (passed, refused, overridden)] == [
        "passed",
        "refused",
        "overridden",
    ]


def test_the_gates_of_the_screen_are_all_there_are() -> None:
    assert sorted(GATES) == sorted(Gate)
