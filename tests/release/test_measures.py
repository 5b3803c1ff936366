"""The worst measure counts, and every paper says the same of the way back to people."""

from __future__ import annotations

from redact.core import Span
from redact.release.measures import Exposure, StatedFact, finds_people, leads_back
from redact.risk.attack import Outcome


def played(attack: str, tried: int, right: int, chance: float, likely: float) -> Outcome:
    return Outcome(attack=attack, tried=tried, right=right, by_chance=chance, likely=likely)


TALK = played("interviewees, by their talk", 12, 9, 0.9, 0.0)
HOUSES = played("organisations, by the talk", 4, 4, 1.0, 0.01)
ROLE = StatedFact(
    doc="D1",
    said_in="D1",
    file="one.txt",
    line=4,
    kind="role",
    value="team leader",
    quote="I am the team leader",
    span=Span(5, 16),
)


def test_the_worst_of_list_talk_and_intruder_is_the_measure() -> None:
    assert Exposure().worst() is None
    assert Exposure(k=3, rows=12).worst() == 3
    assert Exposure(k=3, rows=12, fits={"one": 2, "two": 5}).worst() == 2
    seen = Exposure(k=3, rows=12, fits={"one": 2, "two": 5}, attacks=(TALK, HOUSES))
    assert seen.worst() == 1
    assert [one.k for one in seen.measures()] == [1, 1, 2, 3]


def test_an_attack_counts_only_if_it_beats_chance_and_finds_somebody() -> None:
    assert finds_people(TALK)
    assert not finds_people(played("interviewees, by dates", 12, 2, 0.9, 0.2))
    assert not finds_people(played("interviewees, by dates", 12, 0, 0.9, 1.0))
    assert not finds_people(played("places, by the gazetteer", 9, 9, 0.0, 0.0))
    worse = played("interviewees, by their row", 12, 4, 0.9, 0.01)
    assert Exposure(attacks=(worse, TALK)).best_attacks() == (TALK,)


def test_the_gate_is_told_where_without_a_word_that_was_said() -> None:
    seen = Exposure(k=5, rows=6, fits={"one": 1, "two": 5}, stated=(ROLE,), attacks=(TALK,))
    found = list(seen.findings(3, {"one": "D1", "two": "D2"}))
    assert [one.sentence() for one in found] == [
        "one.txt, line 4: with what it states (role) its row fits 1 of 2 interviews",
        "an intruder with the study's own tables, interviewees, by their talk: 9 of 12 found "
        "(0.9 by chance)",
    ]
    assert list(seen.findings(1, {"one": "D1"})) == []


def test_where_no_column_says_which_row_is_whose_the_talk_alone_counts() -> None:
    seen = Exposure(k=5, rows=6, fits={"one": 1, "two": 5}, is_joined=False, stated=(ROLE,))
    assert [(one.what, one.k) for one in seen.measures()] == [
        ("what the talk states", 1),
        ("the data list", 5),
    ]
    (found,) = seen.findings(3, {"one": "D1", "two": "D2"})
    assert found.what == "what it states (role) fits 1 of 2 interviews"


def test_papers_claim_nothing_that_was_not_measured() -> None:
    told = leads_back(Exposure(attacks=(TALK, HOUSES)))
    assert "does not make the transcripts anonymous" in told
    assert "9 of 12 interviewees (0.9 by chance) and 4 of 4 organisations" in told
    assert "was not measured" in leads_back(Exposure(k=5, rows=9))
