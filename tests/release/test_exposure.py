"""A release is measured by its tables, its talk, and whom an intruder finds with what it has."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from redact.core import Interview, RosterEntry
from redact.release.exposure import known_facts
from tests.conftest import Result, run_redact, study_of
from tests.deposits import OPEN, described

HOUSE = RosterEntry(
    row=1, kind="ORG", name="Tarbelwick Homes", category="homelessness", founded="1987"
)
PERSON = RosterEntry(row=2, kind="PERSON", name="Zebedee Petrie", gender="man", interview="A")


def only_nation(study: Path) -> None:
    """The data list without organisation and role."""
    policy = study / "policy.toml"
    text = policy.read_text("utf-8")
    assert ', "organisation", "role"]' in text
    policy.write_text(text.replace(', "organisation", "role"]', "]"), "utf-8")


def test_the_tables_know_the_role_gender_further_columns_and_the_organisation() -> None:
    row = Interview(
        interview="A",
        file="a.txt",
        organisation="tarbelwick homes",
        role="warden",
        more=(("Year", "2019"), ("Ethnicity", "Scots"), ("age", "48")),
    )
    known = known_facts(row, (HOUSE, PERSON))
    assert {(one.kind, one.value) for one in known} == {
        ("role", "warden"),
        ("gender", "man"),
        ("kind of organisation", "homelessness"),
        ("founding year", "1987"),
        ("other", "Scots"),
        ("age", "48"),
    }
    assert not any(one.value in repr(known) for one in known)


@pytest.mark.model
def test_what_the_talk_states_is_joined_with_the_list_and_shown_as_quotes(
    tmp_path: Path, passphrase_file: Path
) -> None:
    study = study_of(
        tmp_path,
        {
            "a.txt": "I: Who are you?\nR: I'm the warden. I've been here for eleven years.\n",
            "b.txt": "I: Who are you?\nR: Och, I do what there is to do. It began in "
            "nineteen eighty-seven, Tarbelwick Homes did.\n",
            "c.txt": "I: Who are you?\nR: I like the work. Tarbelwick Homes is an old place.\n",
        },
        passphrase_file,
        interviews="interview,file,nation,organisation,role\n"
        "A,a.txt,Scotland,Corriedoon Care,warden\nB,b.txt,Scotland,Tarbelwick Homes,cook\n"
        "C,c.txt,Scotland,Tarbelwick Homes,cleaner\n",
        roster="kind,name,category,founded\nORG,Corriedoon Care,care,1990\n"
        "ORG,Tarbelwick Homes,homelessness,1987\n",
    )
    only_nation(study)
    assert run_redact("risk", study, "--passphrase-file", passphrase_file).code == 0
    seen = json.loads((study / "risk.json").read_text("utf-8"))["exposure"]
    told = {(one["kind"], one["value"]) for one in seen["stated"]}
    assert told == {("role", "warden"), ("years in post", "eleven"), ("founding year", "1987")}
    assert sorted(seen["fits"].values()) == [1, 2, 3]
    assert all(one["quote"] for one in seen["stated"])
    page = (study / "risk.html").read_text("utf-8")
    assert page.index("The worst, first") < page.index("The data list")
    assert "nineteen eighty-seven" in page


@pytest.mark.model
@pytest.mark.parametrize(
    ("columns", "joined"),
    [('["interview", "nation"]', True), ('["file", "nation"]', True), ('["nation"]', False)],
)
def test_what_the_talk_states_is_asked_whichever_columns_are_released(
    study: Path, passphrase_file: Path, columns: str, joined: bool
) -> None:
    policy = study / "policy.toml"
    text = policy.read_text("utf-8")
    old = 'columns = ["interview", "file", "nation", "organisation", "role"]'
    assert old in text
    policy.write_text(text.replace(old, f"columns = {columns}"), "utf-8")
    assert run_redact("risk", study, "--passphrase-file", passphrase_file).code == 0
    seen = json.loads((study / "risk.json").read_text("utf-8"))["exposure"]
    by_name = {one["what"]: one["k"] for one in seen["measures"]}
    named = "the data list with what the talk states" if joined else "what the talk states"
    assert by_name[named] == 1
    assert len(seen["fits"]) == 12


@pytest.mark.model
def test_a_list_without_roles_is_no_way_into_open_access(
    study: Path, release: Callable[..., Result], passphrase_file: Path
) -> None:
    """k of the list is 6, and all the same the talk says the role and an intruder finds most."""
    described(study, *OPEN)
    only_nation(study)
    key = ("--passphrase-file", passphrase_file)
    run_redact("replace", study, *key)
    assert run_redact("settle", study, "--by", "AB", *key).code == 0
    refused = release(study, "--profile", "ukds", "--json")
    gates = {one["gate"]: one for one in refused.json["error"]["gates"]}
    assert gates["G9 small counts"]["result"] == "refused"
    places = " ".join(gates["G9 small counts"]["places"])
    assert "with what it states (role" in places
    assert "of 12 found" in places
    checked = release(study, "--profile", "ukds", "--check", "--json")
    assert "k 5 for open access (the data list has 6)" in checked.json["there"]
    assert any("by the worst measure" in one for one in checked.json["missing"])
    risk = run_redact("risk", study, *key)
    assert "open access is not reached because" in risk.out
    said = json.loads((study / "risk.json").read_text("utf-8"))
    assert (said["k"], said["reached"]) == (6, "controlled")
    assert said["prices"][-1]["step"] == "choose controlled access"
    assert all(one["price"] for one in said["prices"])


@pytest.mark.model
def test_readme_methods_and_risk_page_say_the_same_of_the_way_back(
    study: Path, release: Callable[..., Result], passphrase_file: Path
) -> None:
    described(study)
    assert release(study, "--profile", "ukds").code == 0
    key = ("--passphrase-file", passphrase_file)
    assert run_redact("risk", study, *key).code == 0
    data = study / "release" / "archive-deposit-01" / "data"
    told = json.loads((study / "risk.json").read_text("utf-8"))["exposure"]["leads_back"]
    assert "of 12 interviewees" in told
    for paper in (data / "README.md", data / "documentation" / "methods.md"):
        assert " ".join(told.split()) in " ".join(paper.read_text("utf-8").split())
    assert "nothing here leads back" not in (data / "README.md").read_text("utf-8")
