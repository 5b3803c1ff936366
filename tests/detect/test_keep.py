"""Kept bodies stay as whole entities; no longer name and nobody's name stays with them."""

import pytest

from redact.core.kept_lists import kept_terms
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
        ("in the NHS Scotland team", "NHS Scotland", [], ["NHS", "Scotland"]),
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


AS_SAID = KeepList(("Children's Panel", "Carers' Allowance", "DWP", "SNAP", "Section 8", "NHS"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        # A possessive within, however its mark is set; it was not found at all.
        ("Up at the Children's Panel, then", ["Children's Panel"]),
        ("the Childrens Panel, and Carer's Allowance", ["Childrens Panel", "Carer's Allowance"]),
        # Letter by letter.
        ("the D.W.P. said, and then D W P again", ["D W P", "D.W.P."]),
        ("ON S.N.A.P. Now.", ["S.N.A.P."]),
        # A number as people say it.
        ("She has Section eight.", ["Section eight"]),
        # Part of a longer run of letters, small letters in talk with capitals, two letters.
        ("D W P S she spelled, and d w p, and D.W. too. Yes.", []),
    ],
)
def test_a_kept_term_is_known_as_people_say_it(text: str, kept: list[str]) -> None:
    found = AS_SAID.find(transcript(text))
    assert sorted(text[k.start : k.end] for k in found) == sorted(kept)


def test_letters_said_one_by_one_are_known_without_case() -> None:
    text = "so i rang the d w p and they said no"
    assert [text[k.start : k.end] for k in AS_SAID.find(transcript(text))] == ["d w p"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("so it's a d w p thing she said", ["d w p"]),
        ("The Dwp wrote, and then the nhs did.", ["Dwp", "nhs"]),
        # What can be said as a word may be somebody.
        ("My pal Snap came, and Pip.", []),
    ],
)
def test_letters_behind_an_article_and_letters_that_are_no_word(text: str, kept: list[str]) -> None:
    found = AS_SAID.find(transcript(text))
    assert [text[k.start : k.end] for k in sorted(found, key=lambda k: k.start)] == kept


def test_people_of_a_body_without_case_make_it_no_longer_name() -> None:
    text = "and the nhs people came and the nhs lothian people"
    one = transcript(text)
    whole = [mention(text, "nhs people"), mention(text, "nhs lothian people")]
    mentions, _ = settle(text, whole, KEEP.find(one))
    assert [text[m.start : m.end] for m in mentions] == ["nhs lothian people"]


def test_every_term_that_comes_with_redact_is_found_as_it_is_listed() -> None:
    for name in ("public-bodies", "programmes", "state-programmes", "nations"):
        terms = kept_terms(name)
        keep = KeepList(terms)
        lost = [t for t in terms if not keep.find(transcript(f"I know {t} well. They told us."))]
        assert lost == []
