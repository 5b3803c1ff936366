"""Ages go in bands of ten, and the oldest in one."""

from __future__ import annotations

import pytest

from redact.replace.ages import age_band


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ("42", "[aged 40–49]"),
        ("forty-two", "[aged 40–49]"),
        ("nineteen", "[aged 10–19]"),
        ("fifty", "[aged 50–59]"),
        ("six", "[aged under 10]"),
        ("89", "[aged 80–89]"),
        ("ninety", "[aged 90 or over]"),
        ("103 years old", "[aged 90 or over]"),
        ("a hundred and two", "[aged 90 or over]"),
        ("getting on", None),
        ("eightieth", None),
        ("80th", None),
        ("five-oh", None),
        ("ten months", "[aged under 10]"),
        ("eighteen mths", "[aged under 10]"),
        ("nine-week", "[aged under 10]"),
        ("95 days", "[aged under 10]"),
        ("130 months", "[aged 10–19]"),
    ],
)
def test_ages_go_in_bands_of_ten(said: str, band: str | None) -> None:
    assert age_band(said) == band
