"""Neutral names: by nation, in order, and a name that was given stays."""

from redact.core import Nation
from redact.study.names import neutral_names, token

NATIONS: tuple[Nation, ...] = ("Scotland", "United States", "Scotland", "unknown")
NAMED = ["scot_01", "us_01", "scot_02", "interview_01"]


def test_transcripts_are_numbered_within_their_nation() -> None:
    assert neutral_names(NATIONS) == NAMED
    assert neutral_names([]) == []


def test_a_corpus_of_a_hundred_has_three_figures() -> None:
    names = neutral_names(["Scotland"] * 100)
    assert (names[0], names[-1], len(set(names))) == ("scot_001", "scot_100", 100)


def test_a_name_stays_when_others_come_and_is_never_given_twice() -> None:
    assert neutral_names([*NATIONS, "Scotland"], NAMED) == [*NAMED, "scot_03"]
    assert neutral_names(["Scotland", "Scotland"], ["scot_02"]) == ["scot_02", "scot_01"]


def test_a_transcript_of_another_nation_than_thought_is_named_anew() -> None:
    assert neutral_names(["United States", "Scotland"], ["scot_01", "scot_02"]) == [
        "us_01",
        "scot_02",
    ]


def test_a_token_tells_nothing_without_the_secret_and_keeps_kinds_apart() -> None:
    mine = token(b"s" * 32, "withdrawn", "x")
    assert mine == token(b"s" * 32, "withdrawn", "x")
    others = {token(b"t" * 32, "withdrawn", "x"), token(b"s" * 32, "settled", "x")}
    assert mine not in others
    assert "x" not in mine
