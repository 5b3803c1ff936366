"""Every check of a release has words for a person: what it is, why, and where it is settled."""

from __future__ import annotations

import pytest

from redact.page.checks import open_checks, passed_checks
from redact.release.findings import Finding, Gate, GateResult
from redact.release.open_forms import Waiting


def waiting(*others: GateResult, unread: tuple[str, ...] = ()) -> Waiting:
    passed = (GateResult(gate=Gate.BAG, findings=(), remedy=""),)
    return Waiting(
        forms=(), unread=unread, others=others, gates=(*others, *passed), newest=0, names={}
    )


@pytest.mark.parametrize("gate", list(Gate))
def test_a_gate_that_refuses_is_told_with_reason_places_and_way(gate: Gate) -> None:
    findings = tuple(Finding(what=f"thing {n}", where="a.txt") for n in range(9))
    (check,) = open_checks(waiting(GateResult(gate=gate, findings=findings, remedy="Do this.")))
    assert check.head.startswith("Not in order: ")
    assert check.why.endswith(".")
    assert (len(check.places), check.more, check.remedy) == (6, 3, "Do this.")
    assert bool(check.path) == bool(check.button)
    assert str(gate) not in check.head + check.why  # no code in a sentence
    assert passed_checks(waiting(GateResult(gate=gate, findings=(), remedy=""))) != ()


def test_reading_comes_first_and_what_passed_is_apart() -> None:
    refused = GateResult(gate=Gate.SMALL_COUNTS, findings=(Finding(what="k 1"),), remedy="x")
    seen = waiting(refused, unread=("D0001",))
    first, second = open_checks(seen)
    assert (first.head, first.path) == ("1 interview has not been read", "/")
    assert second.path == "/tells"
    assert passed_checks(seen) == ("The folder is whole",)
