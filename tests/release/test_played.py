"""The intruder plays once for a state of a study; what it found is never that of another state."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Result, run_redact
from tests.deposits import described

pytestmark = pytest.mark.model


def attacks(study: Path, passphrase_file: Path) -> list[dict[str, Any]]:
    """The attacks as the risk report has them."""
    done = run_redact("risk", study, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err
    told: list[dict[str, Any]] = json.loads((study / "risk.json").read_text("utf-8"))["attacks"]
    return told


def test_what_was_played_is_known_again_and_names_nobody(
    study: Path, release: Callable[..., Result], passphrase_file: Path
) -> None:
    described(study)
    first = attacks(study, passphrase_file)
    kept = study / "work" / "attacks.json"
    before = kept.read_bytes(), kept.stat().st_mtime_ns
    assert attacks(study, passphrase_file) == first
    assert release(study, "--check").code in (0, 3)
    assert (kept.read_bytes(), kept.stat().st_mtime_ns) == before
    told = run_redact("risk", study, "--passphrase-file", passphrase_file)
    assert "not redact's" not in told.out + told.err
    for name in (b"Morag", b"Corriedoon", b"Gilchrist", b"Kilmarnock"):
        assert name not in before[0]


def test_another_data_list_is_another_state(study: Path, passphrase_file: Path) -> None:
    attacks(study, passphrase_file)
    kept = (study / "work" / "attacks.json").read_bytes()
    policy = study / "policy.toml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace(', "organisation", "role"]', "]"), "utf-8")
    fewer = attacks(study, passphrase_file)
    assert (study / "work" / "attacks.json").read_bytes() != kept
    (study / "work" / "attacks.json").unlink()
    assert attacks(study, passphrase_file) == fewer


@pytest.mark.parametrize("damage", ["changed", "cut", "empty", "another kind"])
def test_what_was_changed_by_hand_is_played_anew(
    study: Path, passphrase_file: Path, damage: str
) -> None:
    """Nobody passes a gate by editing the file: it is bound to the study's key."""
    first = attacks(study, passphrase_file)
    assert max(one["right"] for one in first) > 0
    kept = study / "work" / "attacks.json"
    said = kept.read_text("utf-8")
    played = json.loads(said)["played"]
    for one in first:
        played = played.replace(f'"right": {one["right"]}', '"right": 0')
    changed = {
        "changed": json.dumps({**json.loads(said), "played": played}),
        "cut": said[: len(said) // 2],
        "empty": "",
        "another kind": "[1, 2]",
    }
    assert changed[damage] != said
    kept.write_text(changed[damage], "utf-8")
    assert attacks(study, passphrase_file) == first
    assert kept.read_text("utf-8") == said
