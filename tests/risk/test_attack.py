"""The intruder's attack: finds what can be found, is held against chance, and says no name."""

from __future__ import annotations

import json
import random
from collections import Counter
from itertools import combinations, permutations
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.risk.attack import in_order, match, match_style, narrow, nearest
from redact.risk.signs import (
    date_signs,
    gazetteer,
    gender_by_name,
    gender_by_pronouns,
    places_that_fit,
)
from tests.conftest import ROOT, run_redact, study_of

SAMPLE = ROOT / "samples" / "co-production"


def told(text: str) -> Counter[str]:
    return Counter(text.split())


def test_who_is_described_is_found_and_who_is_not_is_not() -> None:
    targets = {
        "[Person 1]": told("manager of the hostel"),
        "[Person 2]": told("tea and talk"),
        "[Person 3]": told("nurse in the hostel"),
    }
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
    styles = {
        "ann": "aye wee the and so like".split() * 2 + ["but"],
        "bob": "well the and of which I mean".split() + ["however"] * 2,
    }
    talks = {
        f"{who}{n}": [drawn.choice(words) for _ in range(400)]
        for who, words in styles.items()
        for n in range(3)
    }
    talks["short"] = ["aye"] * 20
    found = match_style("style", talks, {name: name[:3] for name in talks})
    assert (found.tried, found.right) == (6, 6)
    assert found.by_chance == pytest.approx(6 * 2 / 5)
    once = match_style("style", talks, {name: name for name in talks})
    assert once.tried == 0


def test_who_is_ruled_out_is_not_taken_and_the_only_one_left_is() -> None:
    targets = {"[Person 1]": told("manager of the hostel"), "[Person 2]": told("tea")}
    candidates = {"Ada": told("hostel manager"), "Ben": told("manager"), "Cy": told("driver")}

    def may_be(target: str, candidate: str) -> bool:
        return candidate == "Cy" if target == "[Person 2]" else candidate != "Ada"

    assert nearest(targets, candidates, may_be) == {"[Person 1]": "Ben", "[Person 2]": "Cy"}
    found = match("x", targets, candidates, {"[Person 1]": "Ada", "[Person 2]": "Cy"}, may_be)
    assert (found.right_ones, found.fewest) == (("[Person 2]",), 1)


def test_a_public_list_finds_where_nothing_else_is_left() -> None:
    fitting: dict[str, set[tuple[str, ...]]] = {
        "a": {("x",)},
        "b": {("x",), ("y",)},
        "c": {("z",)},
        "d": set(),
    }
    truth = {"a": {("x",)}, "b": {("y",)}, "c": {("w",)}, "d": {("x",)}}
    found = narrow("x", fitting, truth, among=10)
    assert (found.tried, found.right_ones, found.fewest) == (4, ("a",), 1)
    assert found.by_chance == pytest.approx(0.4)


@given(st.permutations(list("abcde")))
def test_the_chance_of_an_order_is_that_of_trying_all(order: list[str]) -> None:
    """As many pairs from half as these, either way, among all 120 orders."""

    def in_place(one: tuple[str, ...] | list[str]) -> int:
        return sum(a < b for a, b in combinations(one, 2))

    found = in_order("x", order, sorted(order), {name: name for name in order})
    far = abs(2 * in_place(order) - 10)
    as_far = sum(abs(2 * in_place(one) - 10) >= far for one in permutations("abcde"))
    assert (found.tried, found.right) == (10, in_place(order))
    assert found.likely == pytest.approx(as_far / 120)


def test_public_lists_and_pronouns_tell_a_gender_or_nothing() -> None:
    assert (gender_by_name("Margaret Quill"), gender_by_name("John Quill")) == ("woman", "man")
    assert gender_by_name("Zzyzx") == gender_by_name("") == ""
    assert gender_by_pronouns(["she said it was hers", "her van"]) == "woman"
    assert gender_by_pronouns(["he said she did", "his and hers"]) == ""
    assert gender_by_pronouns(["he said"]) == ""


def test_dates_tell_what_is_said_and_the_time_between_two_days() -> None:
    said = date_signs(
        [
            "I came on 3 May 2019 and left on May 13th, 2019",
            "[February 2020]",
            "1987",
            "2019-06-01",
            "31 February 2019",
        ]
    )
    assert {"year 1987", "month 2020-2", "month 2019-5", "day 2019-05-03"} <= said.keys()
    assert {"between 10", "between 19", "between 29"} <= said.keys()
    assert sum(name.startswith("day ") for name in said) == 3
    moved = date_signs(["on 24 May 2019", "the 3rd of June, 2019"])
    assert said.keys() & moved.keys() == {"between 10", "year 2019", "month 2019-5", "month 2019-6"}


def test_what_is_said_next_to_a_place_leaves_fewer_places() -> None:
    every = places_that_fit("Scotland", [])
    islands = places_that_fit("Scotland", ["the ferry to", "the island"])
    assert ("arran",) in islands < every <= gazetteer()
    assert ("glasgow",) in places_that_fit("Scotland", ["in the city"])
    assert ("glasgow",) not in places_that_fit("Scotland", ["in the village"])
    in_ohio = places_that_fit("United States", ["a town in Ohio"])
    assert in_ohio < places_that_fit("United States", ["a town"])
    assert in_ohio


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
    assert "on 3 May 2019" not in safe
    assert run_redact("risk", root, "--attack", staff, *key).code == 0
    said = json.loads((root / "risk.json").read_text("utf-8"))
    (dates,) = [
        one
        for one in said["attacks"]
        if "dates" in one["attack"] and one["attack"].startswith("interviewees")
    ]
    assert (dates["tried"], dates["right"]) == (2, 2)
