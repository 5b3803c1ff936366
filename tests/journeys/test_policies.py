"""Every policy that is shipped: the samples come back byte for byte, and read again they stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from redact.policy import Policy, load_policy
from redact.replace.personas import read_persona
from redact.transcript.words import fold
from tests.conftest import ROOT, SAMPLES, run_redact, sample_arguments, tree
from tests.shared import copy_of

POLICIES = sorted(path.stem for path in (ROOT / "policies").glob("*.toml"))
NAMED = [
    name
    for name in POLICIES
    if load_policy(ROOT / "policies" / f"{name}.toml")[0].actions.PERSON == "surrogate"
]
LABELLED = [
    name
    for name in POLICIES
    if load_policy(ROOT / "policies" / f"{name}.toml")[0].actions.PLACE == "label"
    and name not in NAMED
]
NEW_FALSE_ALARMS = 8  # words of talk that without their neighbours' names look like names


def policy(name: str) -> Policy:
    return load_policy(ROOT / "policies" / f"{name}.toml")[0]


def test_all_shipped_policies_keep_the_same_bodies_and_programmes() -> None:
    assert len(POLICIES) == 8
    assert {policy(name).keep for name in POLICIES} == {policy("safe-copy").keep}


@pytest.fixture(scope="module")
def made(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    passphrase_file: Path,
    sample_study: Path,
) -> tuple[str, Path]:
    """The samples under one of the shipped policies."""
    if request.param == "safe-copy":
        return request.param, copy_of(sample_study, tmp_path_factory.mktemp("policy"))
    study = tmp_path_factory.mktemp("policy") / request.param
    result = run_redact(
        "run",
        *sample_arguments(),
        "--policy",
        request.param,
        "--out",
        study,
        "--passphrase-file",
        passphrase_file,
    )
    assert result.code == (3 if policy(request.param).release.review == "required" else 0), (
        result.err
    )
    return request.param, study


@pytest.mark.parametrize("made", POLICIES, indirect=True)
def test_the_samples_come_back_byte_for_byte(
    made: tuple[str, Path], tmp_path: Path, passphrase_file: Path
) -> None:
    back = tmp_path / "back"
    result = run_redact("restore", made[1], "--to", back, "--passphrase-file", passphrase_file)
    assert result.code == 0, result.err
    assert tree(back) == tree(SAMPLES / "transcripts")


@pytest.mark.parametrize("made", NAMED, indirect=True)
def test_no_surrogate_is_a_word_of_the_samples(made: tuple[str, Path]) -> None:
    sources = " ".join(d.decode("utf-8", "replace") for d in tree(SAMPLES / "transcripts").values())
    said = set(fold(sources + (SAMPLES / "roster.csv").read_text("utf-8")))
    decisions = (made[1] / "work" / "decisions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in decisions]
    personas = [
        p for r in rows if r["action"] == "surrogate" and (p := read_persona(r["pseudonym"]))
    ]
    assert len(personas) > 90
    words = [word for one in personas for word in fold(f"{one.given} {one.family} {one.pet}")]
    assert not said & set(words)
    givens, families = {p.given for p in personas}, {p.family for p in personas}
    assert len(givens) == len(families) == len(personas)


@pytest.mark.parametrize("made", LABELLED, indirect=True)
def test_a_safe_transcript_read_again_keeps_every_label(
    made: tuple[str, Path], tmp_path: Path, gold: list[dict[str, Any]]
) -> None:
    """Nobody can tell a surrogate, or a wider place, from a name: so for those that give labels."""
    again = tmp_path / "again"
    again.mkdir()
    for name, data in tree(made[1] / "safe").items():
        (again / name).write_bytes(data)
    out = tmp_path / "mentions.jsonl"
    assert run_redact("detect", again, "--policy", made[0], "--out", out).code == 0
    names = {
        r["text"][x["start"] : x["end"]] for r in gold for x in r["spans"] if x["label"] != "KEEP"
    }
    found: list[str] = []
    for line in out.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = (again / f"{row['id']}.txt").read_bytes().decode("utf-8")
        found += [text[span["start"] : span["end"]] for span in row["spans"]]
    assert not any(set("[]@#") & set(one) for one in found)
    assert not names & set(found)
    assert len(found) <= NEW_FALSE_ALARMS
