"""An intruder with lists attacks a finished study: people are found, and nobody is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_redact, study_of

SAMPLE = ROOT / "samples" / "co-production"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    root = tmp_path_factory.mktemp("attack") / "study"
    run_redact(
        "run",
        SAMPLE / "transcripts",
        "--policy",
        "safe-copy",
        "--out",
        root,
        "--roster",
        SAMPLE / "roster.csv",
        "--interviews",
        SAMPLE / "interviews.csv",
        "--passphrase-file",
        passphrase_file,
    )
    return root


@pytest.mark.model
def test_an_intruder_with_a_staff_list_finds_people_and_nobody_is_named(
    study: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "Name,Role,Organisation\n"
        "Morag MacLeod,team leader,Corriedoon Supported Living\n"
        "Hope Imrie,tenancy support worker,Nan Gilchrist Trust\n"
        "Nobody Atall,astronaut,Corriedoon Supported Living\n",
        "utf-8",
    )
    report = tmp_path / "report.txt"
    report.write_text("The Nan Gilchrist Trust runs a hostel and a drop-in. It rained.\n", "utf-8")
    key = ("--passphrase-file", passphrase_file)
    done = run_redact("risk", study, "--attack", staff, "--attack", report, *key)
    assert done.code == 0, done.err
    said = json.loads((study / "risk.json").read_text("utf-8"))
    by_name = {one["attack"]: one for one in said["attacks"]}
    interviewees = by_name["interviewees, by their talk and their row"]
    assert (interviewees["tried"], interviewees["right"]) == (2, 2)
    all_of_it = by_name["interviewees, by all of it, gender and organisation"]
    assert all_of_it["right"] == 2
    assert by_name["places, by the gazetteer"]["fewest"] > 50
    told_all = done.out + "".join(
        (study / f"risk.{end}").read_text("utf-8") for end in ("json", "html")
    )
    for name in ("Morag", "Hope", "Imrie", "Corriedoon", "Gilchrist", "Atall"):
        assert name not in told_all
    bag = study / "release" / "safe-copy-01"
    assert not any("risk" in path.name or "attack" in path.name for path in bag.rglob("*"))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Who,Role\nAda,x\n", "no column `name`"),
        ("name,role\n", "no list names anybody"),
        ("name,role\n,x\n", "a row without one"),
    ],
)
def test_a_list_that_names_nobody_is_refused(
    study: Path, tmp_path: Path, passphrase_file: Path, text: str, what: str
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(text, "utf-8")
    done = run_redact("risk", study, "--attack", staff, "--passphrase-file", passphrase_file)
    assert (done.code, what in done.err) == (1, True), done.err


@pytest.mark.model
def test_a_shift_of_dates_leaves_the_time_between_them(
    tmp_path: Path, passphrase_file: Path
) -> None:
    days = {
        "a": ("3 May 2019", "14 June 2019", "20 June 2019"),
        "b": ("2 May 2019", "19 August 2019", "1 September 2019"),
    }
    root = study_of(
        tmp_path,
        {
            f"{name}.txt": f"I: When?\nR: I came on {first}, was ill on {second}, "
            f"left on {third}.\n"
            for name, (first, second, third) in days.items()
        },
        passphrase_file,
        "other-names",
        roster="kind,name,interview\nPERSON,Morag Haldane,A\nPERSON,Fergus Petrie,B\n",
        interviews="interview,file,nation\nA,a.txt,Scotland\nB,b.txt,Scotland\n",
    )
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "name,started,ill,left\nMorag Haldane,2019-05-03,2019-06-14,2019-06-20\n"
        "Fergus Petrie,2019-05-02,2019-08-19,2019-09-01\n"
        "Ada Quill,2019-05-05,2019-05-09,2019-06-30\n",
        "utf-8",
    )
    key = ("--passphrase-file", passphrase_file)
    safe = "".join(p.read_text("utf-8") for p in (root / "safe").iterdir())
    assert "I came on 3 May 2019" not in safe  # a later day may be moved to this one
    assert run_redact("risk", root, "--attack", staff, *key).code == 0
    said = json.loads((root / "risk.json").read_text("utf-8"))
    (dates,) = [
        one
        for one in said["attacks"]
        if "dates" in one["attack"] and one["attack"].startswith("interviewees")
    ]
    assert (dates["tried"], dates["right"]) == (2, 2)
