"""Linking on the transcripts written for it, and the names that measure fairness."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result

ROOT = Path(__file__).resolve().parents[2]


SETS = {
    "co-production": ("co-production/gold.jsonl", "co-production/interviews.csv"),
    "linking": ("linking/gold.jsonl", "linking/interviews.csv"),
    "further": ("linking/further.jsonl", "linking/further-interviews.csv"),
    "unseen": ("linking/unseen.jsonl", "linking/unseen-interviews.csv"),
}


def measured(redact: Callable[..., Result], name: str) -> dict[str, Any]:
    """The figures of linking alone on a set, with its tables."""
    gold, interviews = (ROOT / "samples" / path for path in SETS[name])
    tables: list[object] = ["--interviews", interviews]
    if (roster := gold.parent / "roster.csv").exists():
        tables += ["--roster", roster]
    result = redact("evaluate", gold, "--policy", "safe-copy", "--linking", *tables, "--json")
    assert result.code == 0, result.err
    figures: dict[str, Any] = result.json["figures"]
    return figures


@pytest.mark.parametrize("name", SETS)
def test_people_places_and_organisations_are_told_apart(
    redact: Callable[..., Result], name: str
) -> None:
    figures = measured(redact, name)
    assert figures["link F1"]["PERSON"]["value"] >= 0.95
    assert figures["link F1"]["ORG"]["value"] >= 0.93
    assert figures["link F1"]["PLACE"]["value"] >= 0.97


def test_no_more_than_one_person_in_a_hundred_silently_holds_two(
    redact: Callable[..., Result],
) -> None:
    merged = people = 0.0
    for name in SETS:
        figure = measured(redact, name)["silent merges"]["PERSON"]
        merged, people = merged + figure["value"] * figure["n"], people + figure["n"]
    assert people > 200
    assert merged / people <= 0.01


def test_no_name_that_measures_fairness_was_trained_on() -> None:
    def names(path: Path) -> set[str]:
        lines = path.read_text("utf-8").splitlines()
        return {
            name
            for line in lines
            if not line.startswith("#")
            for name in line.partition(":")[2].split()
        }

    measured = names(ROOT / "samples" / "further" / "origins.txt")
    trained = names(ROOT / "training" / "name_model" / "people.txt")
    assert len(measured) > 400
    assert not measured & trained
