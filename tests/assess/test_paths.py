"""How each could be found: in plain words, the plainest way first, and nothing else."""

from __future__ import annotations

from redact.assess.paths import found_paths
from redact.core import Span
from redact.release.measures import Exposure, StatedFact
from redact.risk.attack import Outcome
from redact.risk.uniqueness import Cause

FILES = {"D1": "one.txt", "D2": "two.txt", "D3": "three.txt"}
ROLE = StatedFact(
    doc="D1",
    said_in="D1",
    file="one.txt",
    line=4,
    kind="role",
    value="team leader",
    quote="I am the team leader",
    span=Span(9, 20),
)


def played(attack: str, likely: float = 0.01, *right: str) -> Outcome:
    return Outcome(
        attack=attack,
        tried=3,
        right=len(right),
        by_chance=0.3,
        likely=likely,
        right_ones=right,
    )


def test_the_found_come_first_with_row_talk_and_attack() -> None:
    seen = Exposure(
        k=1,
        rows=3,
        fits={"one": 1, "two": 2, "three": 3},
        stated=(ROLE,),
        attacks=(played("interviewees, by their talk and their row", 0.01, "one.txt"),),
    )
    causes = {"one": Cause("one", (("nation", "role"),))}
    one, three, two = found_paths(seen, FILES, causes)
    assert (one.file, one.is_found) == ("one.txt", True)
    assert one.text == (
        "Somebody with the list of people that was tried finds who this is by their talk and "
        "their row; they need nothing else. In the data list nobody else has the same nation and "
        "role. The talk says role (one.txt, line 4: “I am the team leader”). Row and talk "
        "together fit nobody but this one."
    )
    assert not two.is_found
    assert two.text == (
        "Row and talk together fit 2 of 3. The intruder that was played did not find them."
    )
    assert three.file == "three.txt"


def test_what_does_as_well_by_chance_found_nobody() -> None:
    seen = Exposure(attacks=(played("interviewees, by dates", 0.4, "one.txt"),))
    for path in found_paths(seen, FILES, {}):
        assert not path.is_found
        assert path.text == "No measure of ours leads here. That is no proof that nobody could."


def test_the_talk_alone_is_told_as_such() -> None:
    seen = Exposure(fits={"one": 1, "two": 2}, is_joined=False, stated=(ROLE,))
    one = next(p for p in found_paths(seen, FILES, {}) if p.file == "one.txt")
    assert "The talk alone fits nobody but this one." in one.text
