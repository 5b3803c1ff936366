"""Utility: what a researcher still gets from the safe text, counted by hand here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.core import Decision, Span
from redact.evaluate.gold import GoldDocument, GoldSpan
from redact.evaluate.utility import Share, measure_utility
from redact.replace.splice import Planned, splice
from redact.transcript.assemble import make_transcript
from tests.conftest import SAMPLES, Result

TEXT = "INT: Is Morag in?\nWill: Morag saw Hope at the NHS.\n"
GOLD = GoldDocument(
    id="a",
    text=TEXT,
    spans=(
        GoldSpan(start=8, end=13, label="PERSON", entity="morag"),
        GoldSpan(start=18, end=22, label="PERSON", entity="will"),
        GoldSpan(start=24, end=29, label="PERSON", entity="morag"),
        GoldSpan(start=34, end=38, label="PERSON", entity="hope"),
        GoldSpan(start=46, end=49, label="KEEP"),
    ),
)
PLAN = [
    Planned(Span(8, 13), "[Person 1]", "m"),
    Planned(Span(18, 22), "[Person 2]", "w"),
    Planned(Span(24, 29), "[Person 1]", "m"),
    Planned(Span(34, 38), "[Person 3]", "h"),
]


def figures(plan: list[Planned], **shown: str) -> dict[str, Share]:
    decisions = [
        Decision(
            entity=e,
            action="label",
            pseudonym=f"[Person {n}]",
            by="policy",
            reason="",
            text=shown.get(e, f"[Person {n}]"),
        )
        for n, e in enumerate(("m", "w", "h"), start=1)
    ]
    safe = splice("a", TEXT, plan)
    return measure_utility([GOLD], (make_transcript("a", TEXT, None),), (safe,), decisions)


def test_a_safe_text_in_which_only_names_changed_loses_nothing() -> None:
    made = figures(PLAN)
    for name in ("words unchanged", "kept", "lines", "turns", "speakers", "times", "co-mention"):
        assert made[name].value == 1.0, name
    assert made["words unchanged"].of == 7  # INT Is in saw at the NHS
    assert made["co-mention"].of == 3  # pairs of three people


def test_what_was_hidden_for_nothing_counts() -> None:
    made = figures(
        [
            *PLAN,
            Planned(Span(39, 41), "[Place 1]", "x"),
            Planned(Span(46, 49), "[Organisation 1]", "y"),
        ]
    )
    assert made["words unchanged"].value == pytest.approx(5 / 7)
    assert made["kept"].value == 0.0


def test_people_who_read_alike_are_fewer_pairs() -> None:
    made = figures(
        [Planned(item.span, "[a person]", item.entity) for item in PLAN],
        m="[a person]",
        w="[a person]",
        h="[a person]",
    )
    assert made["co-mention"].value == 0.0
    two = figures([*PLAN[:3], Planned(Span(34, 38), "[Person 2]", "w")])
    assert two["co-mention"].value == pytest.approx(2 * 1 / (1 + 3))


def test_a_lost_turn_and_a_lost_line_are_seen() -> None:
    broken = figures([Planned(Span(17, 23), " ", "w")])
    assert (broken["lines"].value, broken["turns"].value, broken["speakers"].value) == (0, 0, 0)


@pytest.mark.model
def test_the_command_says_utility_beside_privacy(
    redact: Callable[..., Result], tmp_path: Path
) -> None:
    rows = (SAMPLES / "gold.jsonl").read_text("utf-8").splitlines()[:3]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(rows) + "\n", "utf-8")
    tables = ["--interviews", SAMPLES / "interviews.csv", "--roster", SAMPLES / "roster.csv"]
    asked = ["evaluate", gold, "--policy", "other-names", "--utility", *tables]
    shown = redact(*asked)
    assert shown.code == 0, shown.err
    assert "covered" in shown.out
    assert "words unchanged" in shown.out
    made = json.loads(redact(*asked, "--json").out)["utility"]
    assert made["turns"]["value"] == 1.0
    assert made["words unchanged"]["value"] > 0.95
    assert {"frequent words by organisation", "telling words by organisation"} <= made.keys()
