"""Every identifier of docs/identifiers.md: forms that must be found, near-misses, false alarms."""

import pytest

from redact.core import Nation, Transcript
from redact.detect import check_digits
from redact.detect.identifiers import IdentifierRecognizer
from tests.detect.mentions import found_by


def ids(text: str, nation: Nation = "unknown") -> list[tuple[str, str | None]]:
    mentions = IdentifierRecognizer().find(Transcript(id="D1", text=text, nation=nation))
    return [(text[m.start : m.end], m.kind) for m in mentions]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("her CHI is 010190 1234", "010190 1234", "CHI number"),
        ("ni number QQ 12 34 56 C please", "QQ 12 34 56 C", "National Insurance number"),
        ("it was qq123456c", "qq123456c", "National Insurance number"),
        ("she lives in EH6 now", "EH6", "postcode"),
        ("doon in G51 there", "G51", "postcode"),
        ("our number is SC099417", "SC099417", "charity number"),
        ("registered as SO301234", "SO301234", "company number"),
        ("the service, CS2003001234", "CS2003001234", "Care Inspectorate number"),
        ("my SSSC number 3012345", "3012345", "SSSC number"),
        ("UTR 12345 67890", "12345 67890", "tax reference"),
        ("passport 123456789", "123456789", "passport number"),
        ("the car is SA51 ABC", "SA51 ABC", "vehicle registration"),
        ("he's at zz99 9zz now", "zz99 9zz", "postcode"),
        ("our number is SC 046 913.", "SC 046 913", "charity number"),
        ("sort code 99-88-77", "99-88-77", "sort code"),
        ("bank account 12345678", "12345678", "bank account number"),
        ("PVG 1234 5678 9012 3456", "1234 5678 9012 3456", "PVG number"),
        ("my pin's 12A3456S", "12A3456S", "NMC PIN"),
        ("incident PS-20190312-0442", "PS-20190312-0442", "police incident number"),
        ("it's 987-65-4320", "987-65-4320", "Social Security number"),
        ("social ends in 0078", "0078", "Social Security number"),
        ("ITIN 912-70-1234", "912-70-1234", "taxpayer number"),
        ("EIN 04-9990142", "04-9990142", "employer number"),
        ("ZIP+4 02121-0042", "02121-0042", "ZIP code"),
        ("Anoka, MN 55303.", "55303", "ZIP code"),
        ("zip code 60613", "60613", "ZIP code"),
        ("driver's license S1234567", "S1234567", "driver's license number"),
        ("A-number A012345678", "A012345678", "A-number"),
        ("SEVIS N0001234567", "N0001234567", "SEVIS number"),
        ("UEI ABCDEF123456", "ABCDEF123456", "UEI"),
        ("Medicare 1EG4-TE5-MK73", "1EG4-TE5-MK73", "Medicare number"),
        ("case number 2017-0442, I", "2017-0442", "reference number"),
        ("inmate number B77120", "B77120", "reference number"),
        ("Medicaid ID 44019 is", "44019", "reference number"),
        ("my case is 2019-0442 now", "2019-0442", "reference number"),
        ("ask @will_oyela there", "@will_oyela", "social handle"),
        ("on Instagram, miss_dot99", "miss_dot99", "social handle"),
        ("at 56.1234, -3.9876 it is", "56.1234, -3.9876", "reference number"),
        ("at 192.0.2.17 then", "192.0.2.17", "IP address"),
    ],
)
def test_a_written_identifier_is_found(text: str, value: str, kind: str) -> None:
    assert (value, kind) in ids(text)


@pytest.mark.parametrize(
    "text",
    [
        "I've worked here 25 years",
        "room 4, 2019",
        "half ten",
        "in 1998 and 2003",
        "it cost £12,500",
        "about 30,000 people",
        "from 9 to 5",
        "option 2",
        "Section 8",
        "the case was closed in 2019",
        "the unit has 12 beds",
        "case closed",
        "24/7",
        "a 10-15 minute walk",
        "version 3.4.1",
        "we had 400 on the list",
        "it is 2019",
        "the file was thick",
        "A1 result",
        "the A77 road",
        "on the M8 3rd lane",
        "the B1 5mg one",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert ids(text) == []


def test_ten_digits_are_a_chi_number_in_scotland_and_not_in_america() -> None:
    valid = next(
        f"0101{year:02d}{tail:04d}"
        for year in range(40, 99)
        for tail in range(1000)
        if check_digits.is_chi(f"0101{year:02d}{tail:04d}")
    )
    assert (valid, "CHI number") in ids(f"it's {valid}.", "Scotland")
    assert ids(f"it's {valid}.", "United States") == []


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("my UTR is 11111 11111", 0.95),  # ten ones: the check digit fits
        ("my UTR is 12345 67890", 0.75),  # it does not: what people say after the word still goes
        ("for self assessment it's 1111111111", 0.95),
    ],
)
def test_a_tax_reference_is_surer_where_its_check_digit_fits(text: str, score: float) -> None:
    mentions = IdentifierRecognizer().find(Transcript(id="D1", text=text))
    assert [m.score for m in mentions if m.kind == "tax reference"] == [score]


@pytest.mark.parametrize(
    "text",
    ["we counted 11111 11111 of them", "the UTR form", "UTR 11111 1111", "UTR 11111 111111"],
)
def test_what_only_looks_like_a_tax_reference_is_none(text: str) -> None:
    assert "tax reference" not in {kind for _, kind in ids(text)}


@pytest.mark.parametrize("number", ["987-65-4320", "900 12 3456", "000-12-3456"])
def test_what_looks_like_a_social_security_number_is_found(number: str) -> None:
    assert set(found_by(IdentifierRecognizer(), f"it's {number}.", "ID")) == {number}


@pytest.mark.parametrize("text", ["1987-65-4320", "987-65-43201", "987-654-320"])
def test_longer_and_shorter_numbers_are_no_social_security_numbers(text: str) -> None:
    assert not found_by(IdentifierRecognizer(), text, "ID")
