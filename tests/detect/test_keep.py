"""Kept bodies stay as whole entities; no longer name and nobody's name stays with them."""

import pytest

from redact.detect.keep import KeepList, settle
from tests.detect.mentions import mention, transcript

KEEP = KeepList(
    (
        "Scottish Government",
        "NHS",
        "US",
        "Self-directed Support",
        "Scotland",
        "Carers (Scotland) Act",
    )
)


@pytest.mark.parametrize(
    ("text", "surface", "left", "kept"),
    [
        ("the Scottish Government said", "the Scottish Government", [], ["Scottish Government"]),
        (
            "the Scottish Government's Morag",
            "Scottish Government's Morag",
            ["Morag"],
            ["Scottish Government"],
        ),
        ("at NHS Lanarkshire then", "NHS Lanarkshire", ["NHS Lanarkshire"], []),
        ("self directed support works", "self directed", [], ["self directed support"]),
        (
            "the Carers (Scotland) Act 2016 said",
            "Carers (Scotland) Act 2016",
            [],
            ["Carers (Scotland) Act 2016"],
        ),
        ("in Scotland Morag", "Scotland Morag", ["Scotland Morag"], []),
        ("He bides in Nis, ken. NHS staff", "ken. NHS", [], ["NHS"]),
    ],
)
def test_kept_bodies_stay_and_hide_nobody(
    text: str, surface: str, left: list[str], kept: list[str]
) -> None:
    one = transcript(text)
    mentions, staying = settle(text, [mention(text, surface)], KEEP.find(one))
    assert [text[m.start : m.end] for m in mentions] == left
    assert [text[k.start : k.end] for k in staying] == kept


def test_a_short_acronym_is_kept_only_in_capitals() -> None:
    text = "INT: They told us about the US and us. And it was Us.\nP01: Right then, well.\n"
    assert [text[k.start : k.end] for k in KEEP.find(transcript(text))] == ["US"]


def test_the_same_place_is_kept_once_however_the_policy_spells_it() -> None:
    keep = KeepList(("Self-directed Support", "Self Directed Support"))
    assert len(keep.find(transcript("Self-directed Support"))) == 1


@pytest.mark.parametrize(
    ("text", "surface", "left"),
    [
        ("Morag and the NHS paid", "Morag and the NHS", ["Morag"]),
        ("the NHS in Corriedoon", "NHS in Corriedoon", ["Corriedoon"]),
        ("the NHS Corriedoon office", "NHS Corriedoon", ["NHS Corriedoon"]),
    ],
)
def test_two_things_joined_by_a_small_word_are_two_and_a_longer_name_is_one(
    text: str, surface: str, left: list[str]
) -> None:
    mentions, _ = settle(text, [mention(text, surface)], KEEP.find(transcript(text)))
    assert [text[m.start : m.end] for m in mentions] == left


LAW = "Mental Health (Care and Treatment) (Scotland) Act 2003"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"under the {LAW}, aye", [LAW]),
        ("the Public Health Act 2008 said", ["Public Health Act 2008"]),
        ("the Stukenborg Act 2008 said", []),
        ("Carers and Scottish Government", ["Scottish Government"]),
    ],
)
def test_an_act_by_its_whole_name_stays_if_it_names_nobody(text: str, kept: list[str]) -> None:
    assert [text[k.start : k.end] for k in KEEP.find(transcript(text))] == kept


def test_a_sign_for_and_is_and() -> None:
    keep = KeepList(("Adult Support and Protection",))
    text = "an Adult Support & Protection case"
    assert [text[k.start : k.end] for k in keep.find(transcript(text))] == [
        "Adult Support & Protection"
    ]
