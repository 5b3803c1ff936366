"""The intruder's attack: finds what can be found, is held against chance, and says no name."""

from __future__ import annotations

import json
import random
from collections import Counter
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.attack import match, match_style
from tests.conftest import ROOT, run_redact

SAMPLE = ROOT / "samples" / "co-production"


def told(text: str) -> Counter[str]:
    return Counter(text.split())


def test_who_is_described_is_found_and_who_is_not_is_not() -> None:
    targets = {"[Person 1]": told("manager of the hostel"), "[Person 2]": told("tea and talk"),
               "[Person 3]": told("nurse in the hostel")}  # fmt: skip
    candidates = {"Ada": told("hostel manager"), "Ben": told("nurse"), "Cy": told("driver")}
    truth = {"[Person 1]": "Ada", "[Person 2]": "Cy", "[Person 3]": "Ben", "[Person 4]": "Ada"}
    found = match("x", targets, candidates, truth)
    assert (found.tried, found.right, found.by_chance) == (3, 2, 1.0)
    assert found.right_ones == ("[Person 1]", "[Person 3]")


def test_a_tie_is_no_find_and_who_is_no_candidate_is_not_tried() -> None:
    candidates = {"Ada": told("nurse"), "Ben": told("nurse")}
    found = match(
        "x", {"p": told("nurse"), "q": told("cook")}, candidates, {"p": "Ada", "q": "Zoe"}
    )
    assert (found.tried, found.right) == (1, 0)
    assert match("x", {}, {}, {}).tried == 0


def test_the_chance_of_as_many_is_the_binomial_s() -> None:
    targets = {f"p{n}": told(f"w{n}") for n in range(5)}
    candidates = {f"c{n}": told(f"w{n}") for n in range(4)}
    truth = {f"p{n}": f"c{n % 4}" for n in range(5)}
    found = match("x", targets, candidates, truth)
    assert (found.tried, found.right) == (5, 4)
    exact = sum(comb(5, k) * 0.25**k * 0.75 ** (5 - k) for k in (4, 5))
    assert found.likely == pytest.approx(exact)


@given(st.integers(0, 6), st.integers(1, 6))
def test_blind_guesses_do_as_well_as_chance(right: int, many: int) -> None:
    targets = {f"p{n}": told(f"w{n}") for n in range(many)}
    candidates = {f"c{n}": told(f"w{n}" if n < right else "z") for n in range(many)}
    found = match("x", targets, candidates, {f"p{n}": f"c{n}" for n in range(many)})
    assert 0 <= found.likely <= 1
    assert found.right == (min(right, many) if many > 1 or not right else found.right)


def test_two_who_talk_otherwise_are_told_apart_by_style() -> None:
    drawn = random.Random(7)  # noqa: S311 no secret
    styles = {"ann": "aye wee the and so like".split() * 2 + ["but"],
              "bob": "well the and of which I mean".split() + ["however"] * 2}  # fmt: skip
    talks = {f"{who}{n}": [drawn.choice(words) for _ in range(400)]
             for who, words in styles.items() for n in range(3)}  # fmt: skip
    talks["short"] = ["aye"] * 20
    found = match_style("style", talks, {name: name[:3] for name in talks})
    assert (found.tried, found.right) == (6, 6)
    assert found.by_chance == pytest.approx(6 * 2 / 5)
    once = match_style("style", talks, {name: name for name in talks})
    assert once.tried == 0


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory, passphrase_file: Path) -> Path:
    root = tmp_path_factory.mktemp("attack") / "study"
    run_redact("run", SAMPLE / "transcripts", "--policy", "safe-copy", "--out", root, "--roster",
               SAMPLE / "roster.csv", "--interviews", SAMPLE / "interviews.csv",
               "--passphrase-file", passphrase_file)  # fmt: skip
    return root


def test_an_intruder_with_a_staff_list_finds_people_and_nobody_is_named(
    study: Path, tmp_path: Path, passphrase_file: Path
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(
        "Name,Role,Organisation\n"
        "Morag MacLeod,team leader,Corriedoon Supported Living\n"
        "Hope Imrie,tenancy support worker,Nan Gilchrist Trust\n"
        "Nobody Atall,astronaut,Corriedoon Supported Living\n", "utf-8",
    )  # fmt: skip
    report = tmp_path / "report.txt"
    report.write_text("The Nan Gilchrist Trust runs a hostel and a drop-in. It rained.\n", "utf-8")
    key = ("--passphrase-file", passphrase_file)
    done = run_redact("risk", study, "--attack", staff, "--attack", report, *key)
    assert done.code == 0, done.err
    said = json.loads((study / "risk.json").read_text("utf-8"))
    by_name = {one["attack"]: one for one in said["attacks"]}
    interviewees = by_name["interviewees, by their talk and their row"]
    assert (interviewees["tried"], interviewees["right"]) == (2, 2)
    told_all = done.out + "".join((study / f"risk.{end}").read_text("utf-8")
                                  for end in ("json", "html"))  # fmt: skip
    for name in ("Morag", "Hope", "Imrie", "Corriedoon", "Gilchrist", "Atall"):
        assert name not in told_all
    bag = study / "release" / "safe-copy-01"
    assert not any("risk" in path.name or "attack" in path.name for path in bag.rglob("*"))


@pytest.mark.parametrize(("text", "what"), [("Who,Role\nAda,x\n", "no column `name`"),
                                            ("name,role\n", "no list names anybody"),
                                            ("name,role\n,x\n", "a row without one")])  # fmt: skip
def test_a_list_that_names_nobody_is_refused(
    study: Path, tmp_path: Path, passphrase_file: Path, text: str, what: str
) -> None:
    staff = tmp_path / "staff.csv"
    staff.write_text(text, "utf-8")
    done = run_redact("risk", study, "--attack", staff, "--passphrase-file", passphrase_file)
    assert (done.code, what in done.err) == (1, True), done.err
