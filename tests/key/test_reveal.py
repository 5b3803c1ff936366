"""What a pseudonym stands for is shown for a reason, to as many people as the policy asks."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run_redact


def test_what_was_asked_is_revealed_and_nothing_else_and_the_log_knows_first(
    small_study: tuple[Path, Path],
) -> None:
    study, passphrase = small_study
    key = ["--passphrase-file", passphrase]
    shown = run_redact("reveal", study, "Person 1", "--reason", "a query", *key)
    assert shown.code == 0, shown.err
    assert shown.out.count("(PERSON)") == 1
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    phases = [
        line.split('"phase":"')[1].split('"')[0]
        for line in log.splitlines()
        if "linkage.revealed" in line
    ]
    assert phases == ["intent", "done"]
    assert "Morag" not in log
    nobody = run_redact("reveal", study, "Person 99", "--reason", "x", *key)
    assert (nobody.code, "Morag" in nobody.out + nobody.err) == (2, False)
    assert '"phase":"refused"' in (study / "audit" / "log.jsonl").read_text("utf-8")


def test_two_people_are_needed_where_the_policy_says_so(
    kept: tuple[Path, list[object], Path], tmp_path: Path
) -> None:
    study, key, mine = kept
    policy = study / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n[custody]\ntwo_people = true\n", "utf-8")
    asked = ["reveal", study, "Person 1", "--reason", "a query", *key]
    alone = run_redact(*asked)
    assert (alone.code, "two custodians" in alone.err, alone.out) == (2, True, "")
    twice = run_redact(*asked, "--second-passphrase-file", key[1])
    assert twice.code == 2  # one person twice is one person
    both = run_redact(*asked, "--second-identity", mine)
    assert both.code == 0, both.err
    assert '"approved_by":["steward","ethics"]' in (study / "audit" / "log.jsonl").read_text()
    to = tmp_path / "back"
    assert run_redact("restore", study, "--to", to, *key).code == 2
    assert not to.exists()
    assert run_redact("restore", study, "--to", to, *key, "--second-identity", mine).code == 0
