"""Two names are one person's, however they are typed."""

from __future__ import annotations

import pytest

from redact.study.signers import is_one_person


@pytest.mark.parametrize(
    "other",
    [
        "a. steward",
        "A Steward",
        " A.  STEWARD ",
        "A. Ste\u200bward",
        "A.\u00a0Steward",
        "\uff21. Steward",
        "A. Steward\u202c",
        "A-Steward!",
    ],
)
def test_case_blanks_and_marks_make_nobody_another(other: str) -> None:
    assert is_one_person("A. Steward", other)


@pytest.mark.parametrize("other", ["B. Steward", "A. Stewart", "", "A. Steward 2"])
def test_another_letter_is_another_person(other: str) -> None:
    assert not is_one_person("A. Steward", other)
