"""The risk report: what it suggests is enough, and it names nobody and runs nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Result, run_redact
from tests.deposits import OPEN, described


def test_what_is_suggested_is_enough_when_it_is_done(
    study: Path, release: Callable[..., Result], passphrase_file: Path
) -> None:
    key = ("--passphrase-file", passphrase_file)
    found = run_redact("risk", study, "--for", "open", "--json", *key).json
    assert (found["k"], found["rows"], len(found["unique"])) == (1, 12, 12)
    assert found["suggestion"]["steps"] == ["leave out organisation", "leave out role"]
    described(study, *OPEN)
    policy = study / "policy.toml"
    columns = 'columns = ["interview", "file", "nation", "organisation", "role"]'
    text = policy.read_text("utf-8")
    assert columns in text
    policy.write_text(text.replace(columns, 'columns = ["interview", "file", "nation"]'), "utf-8")
    run_redact("replace", study, *key)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    again = run_redact("risk", study, "--for", "open", "--json", *key).json
    assert (again["k"], again["exposure"]["worst"]) == (6, 1)  # the list is enough, the talk is not
    assert not any("the data list leaves" in why for why in again["not_reached"]["open"])
    two = ("--by", "A", "--by", "B", "--reason", "agreed")
    refused = release(study, "--profile", "ukds", "--override", "G9 small counts", *two)
    assert (refused.code, "G9 small counts" in refused.err) == (4, False)


def test_the_risk_report_names_nobody_and_runs_nothing(study: Path, passphrase_file: Path) -> None:
    done = run_redact("risk", study, "--passphrase-file", passphrase_file)
    assert done.code == 0, done.err
    for name in ("risk.html", "risk.json"):
        path = study / name
        assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
        text = path.read_text("utf-8")
        assert not any(one in text for one in ("Morag", "Corriedoon", "Kilmarnock", "Ishbel"))
    page = (study / "risk.html").read_text("utf-8")
    assert "<script" not in page
    assert "http" not in page
    told = json.loads((study / "risk.json").read_text("utf-8"))
    assert {one["nation"] for one in told["organisations"]} == {"Scotland", "United States"}
    assert told["collisions"] == []
    paths = told["paths"]
    assert len(paths) == 13  # twelve interviews, and one of them as a Word file
    assert [one["is_found"] for one in paths] == sorted(
        (p["is_found"] for p in paths), reverse=True
    )
    assert paths[0]["is_found"]
    assert "they need nothing else" in paths[0]["text"]
    assert "In the data list nobody else has the same" in paths[0]["text"]
    assert all("<svg" in plot and plot in page for plot in told["plots"].values())
    assert told["by_values"]["found"]["k"] >= told["asked"][told["target"]]


def test_margins_say_who_would_be_alone_outside(
    study: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    margins = tmp_path / "margins.csv"
    margins.write_text(
        "column,value,people,source\nnation,Scotland,5400,a census\nnation,United States,9600,a "
        "census\n",
        "utf-8",
    )
    key = ("--passphrase-file", passphrase_file)
    done = run_redact("risk", study, "--margins", margins, *key)
    assert done.code == 0, done.err
    told = json.loads((study / "risk.json").read_text("utf-8"))
    assert told["margins"] == {"nation": "a census"}
    assert len(told["outside"]) == len(told["unique"])
    assert all(one["alone"] < 0.01 for one in told["outside"])
    assert "a census" in (study / "risk.html").read_text("utf-8")
    suggested = run_redact("risk", study, "--suggest", "--for", "safeguarded", *key)
    assert "Values said together" in suggested.out
    assert "[[risk.groups." in suggested.out or "leave out" in suggested.out


def test_without_a_data_list_no_k_is_claimed(small_study: tuple[Path, Path]) -> None:
    study, passphrase = small_study
    key = ("--passphrase-file", passphrase)
    told = run_redact("risk", study, *key)
    assert told.code == 0, told.err
    assert "There is no data list" in told.out
    assert "reached" not in told.out
    suggested = run_redact("risk", study, "--suggest", *key)
    assert suggested.out.startswith("There is no data list")
    checked = run_redact("release", study, "--check", "--profile", "ukds", *key)
    assert "k 1 for controlled access (there is no data list)" in checked.out
