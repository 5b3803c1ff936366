"""A release is built from what passes the gates, byte for byte the same; two may override one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Result, run_redact
from tests.deposits import described


def test_the_same_inputs_give_the_same_bytes(
    study: Path, tmp_path: Path, release: Callable[..., Result]
) -> None:
    described(study)
    shutil.copytree(study, tmp_path / "again")
    for one in (study, tmp_path / "again"):
        assert release(one, "--profile", "qdr").code == 0
    first, second = (one / "release" / "archive-deposit-01" for one in (study, tmp_path / "again"))
    names = sorted(path.relative_to(first) for path in (first / "data").rglob("*"))
    assert names == sorted(path.relative_to(second) for path in (second / "data").rglob("*"))
    for name in [*names, Path("manifest-sha512.txt"), Path("bagit.txt"), Path("bag-info.txt")]:
        if (first / name).is_file():
            assert (first / name).read_bytes() == (second / name).read_bytes(), name


NAMES: list[tuple[str, str]] = [
    ("title", "Personalisation at Corriedoon Supported Living"),
    ("abstract", "We thank Morag Reid for her time."),
    ("contact", "Ask Ishbel McKinnon, data@example.org."),
    ("subjects", "care; Kilmarnock"),
]


@pytest.mark.parametrize(("setting", "value"), NAMES)
def test_a_name_in_the_description_stops_the_release_and_is_not_shown(
    study: Path, release: Callable[..., Result], setting: str, value: str
) -> None:
    described(study, f"{setting}={value}")
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "G2 no original" in refused.err) == (4, True), refused.err
    said = refused.err + (study / "audit" / "log.jsonl").read_text("utf-8")
    assert not any(name in said for name in ("Corriedoon", "Morag", "Ishbel", "Kilmarnock"))
    assert list((study / "release").iterdir()) == []


def test_a_name_in_the_policy_s_name_stops_the_release_and_an_earlier_one_is_not_written(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study)
    policy = study / "policy.toml"
    own = policy.read_text("utf-8")
    policy.write_text(own.replace('"archive-deposit"', '"corriedoon-copy"', 1), "utf-8")
    refused = release(study, "--profile", "ukds", "--name", "deposit-1")
    assert (refused.code, "the policy's name" in refused.err) == (2, True), refused.err
    assert "orriedoon" not in refused.err
    policy.write_text(own.replace('"archive-deposit"', '"another-deposit"', 1), "utf-8")
    done = release(study, "--profile", "ukds", "--name", "deposit-1")
    assert done.code == 0, done.err
    told = json.loads((study / "release/deposit-1/data/metadata/prov.json").read_text("utf-8"))
    runs = [run for run in told["activity"].values() if "redact:policy_sha256" in run]
    assert {run.get("redact:policy") for run in runs} == {None, "another-deposit 1"}
    for path in (study / "release" / "deposit-1").rglob("*.*"):
        assert b"corriedoon-copy" not in path.read_bytes(), path.name


def test_small_counts_refuse_what_is_too_open_and_two_people_can_override(
    study: Path, release: Callable[..., Result]
) -> None:
    described(study, "access=safeguarded")
    refused = release(study, "--profile", "ukds")
    assert (refused.code, "G9 small counts" in refused.err) == (4, True)
    for wrong in (
        ("--by", "A", "--by", "a", "--reason", "x"),
        ("--by", "A", "--reason", "x"),
        ("--by", "A", "--by", "B"),
    ):
        done = release(study, "--profile", "ukds", "--override", "G9 small counts", *wrong)
        assert (done.code, "two people and a reason" in done.err) == (2, True)
    done = release(
        study,
        "--profile",
        "ukds",
        "--override",
        "G2 no original",
        "--by",
        "A",
        "--by",
        "B",
        "--reason",
        "x",
    )
    assert (done.code, "cannot be overridden" in done.err) == (2, True)
    assert list((study / "release").iterdir()) == []
    done = release(
        study,
        "--profile",
        "ukds",
        "--override",
        "G9 small counts",
        "--by",
        "A",
        "--by",
        "B",
        "--reason",
        "the curator agreed",
    )
    assert done.code == 0, done.err
    data = study / "release" / "archive-deposit-01" / "data"
    gates = json.loads((data / "redaction-summary.json").read_text("utf-8"))["gates"]
    assert gates["G9 small counts"] == "refused, and overridden in two people's names"
    assert "Every gate passed;" not in done.out
    assert "Every gate passed but G9 small counts, which was overridden" in done.out
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"event":"gate.overridden"' in log
    assert '"action":"access safeguarded"' in log


def test_where_the_policy_asks_for_two_people_the_second_brings_a_key(
    study: Path, release: Callable[..., Result], tmp_path: Path, passphrase_file: Path
) -> None:
    described(study, "access=safeguarded")
    key = ("--passphrase-file", passphrase_file)
    policy = study / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "\n[custody]\ntwo_people = true\n", "utf-8")
    run_redact("replace", study, *key)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    other = tmp_path / "other.txt"
    recipient = run_redact("key", "new", other, "--json").json["recipient"]
    added = run_redact("key", "add-custodian", study, "chair", "--recipient", recipient, *key)
    assert added.code == 0, added.err
    override = (
        "--profile",
        "ukds",
        "--override",
        "G9 small counts",
        "--by",
        "A. Steward",
        "--by",
        "Chair of ethics",
        "--reason",
        "the curator agreed",
    )
    for second in ((), ("--second-passphrase-file", passphrase_file)):
        refused = release(study, *override, *map(str, second))
        assert (refused.code, "two custodians to override a gate" in refused.err) == (2, True)
    assert list((study / "release").iterdir()) == []
    done = release(study, *override, "--second-identity", str(other))
    assert done.code == 0, done.err
    log = (study / "audit" / "log.jsonl").read_text("utf-8")
    assert '"approved_by":["steward","chair"]' in log
    assert run_redact("audit", "verify", study, *key).code == 0
