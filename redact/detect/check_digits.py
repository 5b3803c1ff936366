"""Check digits and date rules of identifiers; a library's where there is one.

Sources: CHI (Public Health Scotland, CHI number structure), UTR and NHS (python-stdnum,
nhs-number), NPI (CMS, Luhn with prefix 80840), DEA (21 CFR 1301 numbers' check), VIN (49 CFR
565.15), SQA candidate number (weights 3 2 7 6 5 4 3 2).
"""

from __future__ import annotations

import re
from datetime import date

_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def digits_of(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_chi(text: str) -> bool:
    """Ten digits, the first six a date DDMMYY, the last a modulus 11 check digit."""
    from nhs_number.validate import is_valid

    digits = digits_of(text)
    if len(digits) != 10 or not is_valid(digits):
        return False
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return any(_is_date(century + year, month, day) for century in (1900, 2000))


def is_nhs(text: str) -> bool:
    from stdnum.gb import nhs

    return bool(nhs.is_valid(digits_of(text)))


def is_utr(text: str) -> bool:
    from stdnum.gb import utr

    return bool(utr.is_valid(digits_of(text)))


def is_routing(text: str) -> bool:
    from stdnum.us import rtn

    return bool(rtn.is_valid(digits_of(text)))


def is_npi(text: str) -> bool:
    """Ten digits beginning with 1 or 2 whose Luhn sum with the prefix 80840 fits."""
    from stdnum import luhn

    digits = digits_of(text)
    return len(digits) == 10 and digits[0] in "12" and bool(luhn.is_valid("80840" + digits))


def is_dea(text: str) -> bool:
    """Two letters and seven digits: (d1+d3+d5) + 2(d2+d4+d6) ends in d7."""
    digits = [int(c) for c in digits_of(text)]
    if len(digits) != 7:
        return False
    total = sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])
    return total % 10 == digits[6]


def is_candidate_number(text: str) -> bool:
    """A Scottish Candidate Number: nine digits with its weighted check digit."""
    digits = [int(c) for c in digits_of(text)]
    if len(digits) != 9:
        return False
    check = -sum(w * d for w, d in zip((3, 2, 7, 6, 5, 4, 3, 2), digits, strict=False)) % 11
    return check == digits[8]


def is_vin(text: str) -> bool:
    """Seventeen characters whose ninth is the check digit (X for ten)."""
    vin = text.upper()
    if len(vin) != 17 or any(c not in _VIN_VALUES and not c.isdigit() for c in vin):
        return False
    values = [int(c) if c.isdigit() else _VIN_VALUES[c] for c in vin]
    remainder = sum(v * w for v, w in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return vin[8] == ("X" if remainder == 10 else str(remainder))


def is_police_incident(text: str) -> bool:
    """PS-YYYYMMDD-NNNN with a real date."""
    digits = digits_of(text)
    return _is_date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
