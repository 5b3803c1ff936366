"""Check digits against published examples, and against chance."""

from hypothesis import given
from hypothesis import strategies as st

from redact.detect import check_digits


@given(st.integers(0, 999_999_999))
def test_only_one_check_digit_in_ten_fits(number: int) -> None:
    stem = f"{number:09d}"
    for check in (check_digits.is_nhs, check_digits.is_chi):
        assert sum(check(stem + str(digit)) for digit in range(10)) <= 1
    npi = "1" + stem[1:]
    assert sum(check_digits.is_npi(npi + str(digit)) for digit in range(10)) == 1
    dea = "AB" + stem[:6]
    assert sum(check_digits.is_dea(dea + str(digit)) for digit in range(10)) == 1


def test_published_examples_of_check_digits() -> None:
    assert check_digits.is_npi("1234567893")  # CMS, NPI check digit calculation
    assert check_digits.is_vin("1M8GDM9AXKP042788")  # 49 CFR 565, common example
    assert not check_digits.is_vin("1M8GDM9A1KP042788")
    assert check_digits.is_routing("011000015")  # the Federal Reserve Bank of Boston's own
    assert not check_digits.is_police_incident("PS-20191332-0001")
