"""Every check of a release has words for a person: what it is, why, and where it is settled."""

from __future__ import annotations

import pytest

from redact.page.checks import open_checks, passed_checks, wanted_check
from redact.release.findings import Finding, Gate, GateResult
from redact.release.open_forms import Waiting
from redact.release.profiles import Item, ItemKind


def waiting(*others: GateResult, unread: tuple[str, ...] = ()) -> Waiting:
    passed = (GateResult(gate=Gate.BAG, findings=(), remedy=""),)
    return Waiting(
        forms=(), unread=unread, others=others, gates=(*others, *passed), newest=0, names={}
    )


@pytest.mark.parametrize("gate", list(Gate))
def test_a_gate_that_refuses_is_told_with_reason_places_and_way(gate: Gate) -> None:
    findings = tuple(Finding(what=f"thing {n}", where="a.txt") for n in range(9))
    refused = GateResult(gate=gate, findings=findings, remedy="Do it: `redact replace`.")
    (check,) = open_checks(waiting(refused))
    assert check.head.startswith("Not in order: ")
    assert check.why.endswith(".")
    assert (len(check.places), check.more) == (6, 3)
    assert "redact " not in check.remedy  # on the page a remedy is a button or a link
    assert check.path or check.remedy
    assert bool(check.path) == bool(check.button)
    assert str(gate) not in check.head + check.why  # no code in a sentence
    assert passed_checks(waiting(GateResult(gate=gate, findings=(), remedy=""))) != ()


@pytest.mark.parametrize("kind", list(ItemKind))
def test_what_an_archive_asks_for_leads_to_the_page_where_it_is_given(kind: ItemKind) -> None:
    item = Item(kind=kind, field="licence", what="a thing", there=False, command="redact describe")
    check = wanted_check(item, "The archive")
    assert (check.head, check.why) == ("A thing", "The archive asks for it.")
    assert check.path.startswith("/")
    assert ("/licence" in check.path) == (kind is ItemKind.ANSWER)
    assert "redact describe" not in check.remedy + check.button


def test_reading_comes_first_and_what_passed_is_apart() -> None:
    refused = GateResult(gate=Gate.SMALL_COUNTS, findings=(Finding(what="k 1"),), remedy="x")
    seen = waiting(refused, unread=("D0001",))
    first, second = open_checks(seen)
    assert (first.head, first.path) == ("1 interview has not been read", "/")
    assert second.path == "/tells"
    assert passed_checks(seen) == ("The folder is whole",)
