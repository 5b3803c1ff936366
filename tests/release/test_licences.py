"""A licence and an access agree, or the release is refused."""

from __future__ import annotations

import pytest

from redact.release.licences import LICENCES, disagreement, is_like_one, licence_of, offered
from redact.study.description import Access


@pytest.mark.parametrize(
    "said",
    [
        "CC-BY-4.0",
        "cc by 4.0",
        "https://creativecommons.org/licenses/by/4.0/",
        "https://creativecommons.org/licenses/by/4.0/deed.en",
        "Creative Commons Attribution 4",
        "Creative Commons Attribution 4.0 International License",
        "CC-BY 4.0",
        "the Creative Commons licence, Attribution, version 4.0",
    ],
)
def test_a_licence_is_known_however_it_is_written(said: str) -> None:
    assert licence_of(said) is LICENCES["CC-BY-4.0"]


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Creative Commons Attribution-NonCommercial-ShareAlike 4.0", "CC-BY-NC-SA-4.0"),
        ("CC BY-ND 4.0 International", "CC-BY-ND-4.0"),
        ("CC0", "CC0-1.0"),
        ("Open Government Licence v3.0", "OGL-UK-3.0"),
        ("End User Licence", "UKDS-EUL"),
    ],
)
def test_other_names_of_one_are_known(said: str, known: str) -> None:
    assert licence_of(said) is LICENCES[known]


@pytest.mark.parametrize(
    "said",
    [
        "Creative Commons",
        "CC BY",
        "CC BY 3.0",
        "CC BY 4.0 for the papers, ask us for the rest",
        "Creative Commons Attribution, not version 4.0",
        "A public domain dedication",
        "OGL v2",
    ],
)
def test_a_licence_that_may_mean_several_is_asked_about_whatever_the_access(said: str) -> None:
    assert licence_of(said) is None
    for access in ("open", "safeguarded", "controlled"):
        assert "other words" in disagreement(said, access, "ukds")


@pytest.mark.parametrize("said", ["Terms of our own: no republication", "Ask the steward, c.c. us"])
def test_terms_of_one_s_own_are_no_licence_of_the_list(said: str) -> None:
    assert not is_like_one(said)
    assert disagreement(said, "safeguarded", "ukds") == ""


@pytest.mark.parametrize(
    ("said", "access", "archive", "agree"),
    [
        ("CC-BY-4.0", "open", "zenodo", True),
        ("CC-BY-4.0", "controlled", "ukds", False),
        ("CC BY-NC 4.0", "safeguarded", "zenodo", False),
        ("UK Data Service End User Licence", "safeguarded", "ukds", True),
        ("UK Data Service End User Licence", "open", "ukds", False),
        ("UK Data Service End User Licence", "safeguarded", "icpsr", False),
        ("ICPSR Terms of Use", "open", "icpsr", True),
        ("The archive's end user licence", "controlled", "ukds", True),
        ("Ask us", "open", "ukds", False),
        ("", "open", "ukds", True),
    ],
)
def test_terms_and_access_agree(said: str, access: Access, archive: str, agree: bool) -> None:
    assert (disagreement(said, access, archive) == "") is agree


def test_what_is_offered_agrees() -> None:
    levels: tuple[Access, ...] = ("open", "safeguarded", "controlled")
    for access in levels:
        for archive in ("ukds", "icpsr", "qdr", "zenodo"):
            assert not any(disagreement(one, access, archive) for one in offered(access, archive))
