"""Kinds of value: what programs write is of one; no name, telephone or date of birth is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redact.formats.allowed import Allowed, Kind, is_a

TAKEN: list[tuple[Kind, *tuple[str, ...]]] = [
    (Kind.BOOLEAN, "true", "0", "on"),
    (Kind.WHOLE, "-7", "240"),
    (Kind.NUMBER, "0.9381240606307983", "1e-05", "12"),
    (Kind.LENGTH, "20116800", "-9525"),
    (Kind.MEASURE, "1.27cm", "12pt", "40%"),
    (Kind.TIME, "00:01:02.500", "1:02", "PT3.5S"),
    (Kind.COLOUR, "FF00CC", "FFFFFF", "ffccee", "#DEDEDE", "FFAABBCC", "#fff", "windowText"),
    (Kind.HEX, "04A0", "FF", "0xBF", "F0FC", "FFFF"),
    (Kind.LANGUAGE, "en-GB", "gd", "zh-Hans-CN"),
    (Kind.SCRIPT, "Hans"),
    (Kind.SCHEMA, "http://www.w3.org/1999/xhtml"),
    (Kind.PREFIX, "w14", "ns0"),
    (Kind.FONT, "Times New Roman"),
    (Kind.GUID, "{0F1E2D3C-0000-4000-8000-000000000000}"),
    (Kind.REFERENCE, "rId12"),
    (Kind.NUMBERED, "ts12", "a1"),
    (Kind.CELL, "A1", "$B$2:C9"),
    (Kind.VERSION, "16.0300"),
    (Kind.ENCODING, "UTF-8"),
    (Kind.BLANK, " \n"),
]
VALUES = [value for _, *values in TAKEN for value in values]
# Names made of the letters that figures, codes and units are made of too.
NEVER = (
    *("Morag", "Ng", "Ada", "ADA", "Abe", "Fae", "Debbee", "Ian", "ian", "Meg", "Ann1"),
    *(
        "DEBBEE",
        "debbee",
        "#DEBBEE",
        "FADDEA",
        "FFDEBBEE",
        "00DEBBEE",
        "Ed",
        "Abbe",
        "ABBE",
        "abbe",
        "Ada007",
    ),
    *("Olive", "BROWN", "Iain", "en-Iain", "gd-Rory"),
    *("IAN5", "07911 123456", "07911123456", "19510217", "900-12-3456", "900123456", "1951-02-17"),
    *("7.911123456E9", "4.47911123456E+11", "79111.23456e05"),
    *("morag@example.org", "17.02.1951", "17/02/51", "https://example.org/Morag"),
)


@pytest.mark.parametrize(("kind", "values"), [(kind, values) for kind, *values in TAKEN])
def test_what_programs_write_is_of_its_kind(kind: Kind, values: list[str]) -> None:
    assert Allowed(kinds=(kind,)).takes_all(values)


@pytest.mark.parametrize("kind", Kind)
def test_no_name_or_number_of_a_person_is_of_a_kind(kind: Kind) -> None:
    taken = [value for value in NEVER if is_a(kind, value)]
    # A length may have eight figures: nobody sees it, and no person writes it.
    assert taken == (["19510217"] if kind is Kind.LENGTH else [])


@given(st.sampled_from(Kind), st.sampled_from(VALUES), st.sampled_from(NEVER))
def test_words_beside_a_value_are_never_taken_with_it(kind: Kind, value: str, name: str) -> None:
    for both in (f"{value} {name}", f"{name}{value}", f"{value}\n{name}", f"{value};{name}"):
        assert not is_a(kind, both) or name.isdecimal()


def test_an_enumeration_takes_its_words_only() -> None:
    rule = Allowed(kinds=(Kind.BOOLEAN,), words=frozenset({"left", "right"}))
    assert rule.takes("left")
    assert rule.takes("true")
    assert not rule.takes("Left")
    assert not rule.takes("left ")
