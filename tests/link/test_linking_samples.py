"""Linking on the transcripts written for it, and the names that measure fairness."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("folder", ["linking", "co-production"])
def test_people_places_and_organisations_are_told_apart(
    redact: Callable[..., Result], folder: str
) -> None:
    samples = ROOT / "samples" / folder
    tables: list[object] = ["--interviews", samples / "interviews.csv"]
    if (samples / "roster.csv").exists():
        tables += ["--roster", samples / "roster.csv"]
    result = redact(
        "evaluate", samples / "gold.jsonl", "--policy", "safe-copy", "--linking", *tables, "--json"
    )
    assert result.code == 0, result.err
    figures = result.json["figures"]
    assert figures["link F1"]["PERSON"]["value"] >= 0.95
    assert figures["link F1"]["ORG"]["value"] >= 0.93
    assert figures["link F1"]["PLACE"]["value"] >= 0.97
    assert figures["false merges"]["PERSON"]["value"] <= 0.01


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
