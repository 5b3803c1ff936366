"""A licence and an access agree, or the release is refused."""

from __future__ import annotations

import pytest

from redact.release.licences import LICENCES, disagreement, licence_of, offered
from redact.study.description import Access


@pytest.mark.parametrize(
    "said", ["CC-BY-4.0", "cc by 4.0", "https://creativecommons.org/licenses/by/4.0/"]
)
def test_a_licence_is_known_however_it_is_written(said: str) -> None:
    assert licence_of(said) is LICENCES["CC-BY-4.0"]


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
