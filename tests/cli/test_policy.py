"""`redact policy`: lists, shows where a setting is from, and starts a policy of one's own."""

from __future__ import annotations

import json
from pathlib import Path

from redact.policy import load_policy, shipped_names
from tests.conftest import run_redact


def test_all_policies_that_come_with_redact_are_listed() -> None:
    said = json.loads(run_redact("policy", "list", "--json").out)
    assert [one["name"] for one in said["policies"]] == [*shipped_names()]
    assert all(one["description"] for one in said["policies"])


def test_show_tells_whose_each_setting_is() -> None:
    lines = run_redact("policy", "show", "teaching").out.splitlines()
    of = {line.split(" = ")[0]: line.rpartition("  of ")[2] for line in lines if " = " in line}
    assert of["place_level"] == "teaching 1"
    assert of["PERSON"] == "other-names 1"
    assert of["min_score"] == "safe-copy 1"


def test_a_new_policy_is_a_policy_and_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    words = ["policy", "new", "ours", "--extends", "teaching", "--for", 'A "class"', "--to", path]
    assert run_redact(*words).code == 0
    policy, _ = load_policy(path)
    assert (policy.name, policy.description) == ("ours", "A 'class'")
    assert policy.actions.PERSON == "surrogate"
    before = path.read_bytes()
    assert run_redact(*words).code == 1
    assert path.read_bytes() == before
    refused = run_redact("policy", "new", "Our own", "--to", tmp_path / "no.toml")
    assert (refused.code, (tmp_path / "no.toml").exists()) == (2, False)
