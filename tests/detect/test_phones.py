"""Numbers that can be dialled and web addresses, and what only looks like one."""

import pytest

from redact.detect.phones import PhoneShapeRecognizer, WebAddressRecognizer
from tests.detect.mentions import found_by


@pytest.mark.parametrize(
    "number",
    [
        "07700 900 123",
        "07700900123",
        "0131 496 0123",
        "01632 960 188",
        "+44 7700 900 123",
        "617-555-0142",
        "(617) 555-0142",
        "617.555.0142",
        "555-0142",
        "+1 617-555-0142",
    ],
)
def test_a_phone_number_is_found(number: str) -> None:
    spans = found_by(PhoneShapeRecognizer(), f"ring {number} after six", "PHONE")
    digits = "".join(filter(str.isdigit, number))
    assert any(digits in "".join(filter(str.isdigit, span)) for span in spans)


@pytest.mark.parametrize(
    "number",
    [
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)7700 900123",
        "+44\u00a07700\u00a0900123",
        "0044 7700 900123",
        "+353 85 555 0142",
        "+1 617 555 0142",
    ],
)
@pytest.mark.parametrize("form", ["{}: Aye, I was.", "[09:10] ~{}: Aye.", "So {} was there."])
def test_a_number_with_its_country_needs_no_word_before_it(number: str, form: str) -> None:
    assert number in found_by(PhoneShapeRecognizer(), form.format(number), "PHONE")


@pytest.mark.parametrize("text", ["it's +3 to +5", "scores +1 +2 +3 +4", "+12 000 000", "00 12 14"])
def test_sums_and_scores_are_no_phone_numbers(text: str) -> None:
    assert not found_by(PhoneShapeRecognizer(), text, "PHONE")


@pytest.mark.parametrize(
    "text", ["between 1998 2003", "room 4, 2019", "it cost 12,500.00", "12 34", "section 8 2020"]
)
def test_other_numbers_are_no_phone_numbers(text: str) -> None:
    assert not found_by(PhoneShapeRecognizer(), text, "PHONE")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("My number's 020 7946 0018.", "020 7946 0018"),
        ("Reach her on +1 (212) 555-0143, she said.", "+1 (212) 555-0143"),
        ("the cell is (617)555-0142", "(617)555-0142"),
    ],
)
def test_a_number_said_to_be_a_telephone_s_is_one(text: str, number: str) -> None:
    assert number in found_by(PhoneShapeRecognizer(), text, "PHONE")


@pytest.mark.parametrize(
    "text",
    ["It cost $212-555-0143 or so.", "ref 12345-617-555-01421", "7 946 018", "ring me at nine"],
)
def test_a_price_a_longer_number_and_a_short_one_cannot_be_dialled(text: str) -> None:
    assert not found_by(PhoneShapeRecognizer(), text, "PHONE")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://corrie.example/people?id=7.", "https://corrie.example/people?id=7"),
        ("(www.corrie.example)", "www.corrie.example"),
        ("it's HTTP://corrie.invalid, I think", "HTTP://corrie.invalid"),
        ("at “https://corrie.test/a-b”", "https://corrie.test/a-b"),
    ],
)
def test_a_web_address_ends_before_the_sentence_s_own_marks(text: str, address: str) -> None:
    assert found_by(WebAddressRecognizer(), text, "URL") == [address]


@pytest.mark.parametrize("text", ["the www was new", "http, whatever that is", "corrie.example"])
def test_a_word_of_the_web_is_no_address(text: str) -> None:
    assert not found_by(WebAddressRecognizer(), text)
