"""A number of the linkage key is found in every way people write and say it, and no other is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from redact.core import Label
from redact.detect.key_search import KeySearch
from redact.replace.labels import NOUNS

# Numbers that are kept for films and examples: Ofcom's, and 555-01xx.
_KEPT = (("GB", "7700", "900"), ("GB", "141", "496"), ("GB", "20", "7946"), ("US", "212", "555"))
_SAID = "oh one two three four five six seven eight nine".split()
_JOINS = ("", " ", "-", ".", "\u00a0", "\u2011", "/", " - ", "\n", ". ", "\u200e")


@st.composite
def dialled(draw: st.DrawFn) -> tuple[str, str, str]:
    """Nation, area and the rest of a number that nobody has."""
    nation, area, head = draw(st.sampled_from(_KEPT))
    last = draw(st.integers(100, 199) if nation == "US" else st.integers(0, 999))
    tail = f"{head}0{last}" if nation == "US" or head != "900" else f"{head}{last:03}"
    return nation, area, tail if head == "900" else f"{head}0{last:03}"


@st.composite
def written(draw: st.DrawFn, number: tuple[str, str, str]) -> str:
    """One of the ways to write or say a number."""
    nation, area, rest = number
    code, trunk = ("44", "0") if nation == "GB" else ("1", "")
    heads = [f"{trunk}{area}", f"({trunk}{area})", f"+{code}|{area}", f"00{code}|{area}"]
    heads += [f"{code}|{area}", f"(+{code})|{area}"]
    if nation == "GB":
        heads.append(f"+{code}|(0){area}")
    head = draw(st.sampled_from(heads))
    cuts = sorted(draw(st.sets(st.integers(1, len(rest) - 1), max_size=3)))
    parts = [rest[a:b] for a, b in zip([0, *cuts], [*cuts, len(rest)], strict=True)]
    pieces = [*head.split("|"), *parts]
    if draw(st.booleans()):
        figures = "".join(c for c in "".join(pieces) if c.isdigit())
        return ", ".join(_SAID[int(c)] for c in figures)
    text = pieces[0]
    for piece in pieces[1:]:
        text += draw(st.sampled_from(_JOINS)) + piece
    if draw(st.integers(0, 4)) == 0:
        text = text.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)})
    return text


def found(key: list[tuple[str, str]], text: str) -> list[str]:
    return [hit.label for hit in KeySearch(key).find(text)]


@given(st.data())
def test_any_writing_of_a_number_is_found_by_any_other(data: st.DataObject) -> None:
    number = data.draw(dialled())
    key, text = data.draw(written(number)), data.draw(written(number))
    assert "PHONE" in found([("PHONE", key)], f"So ring {text} then.")


@given(st.data())
def test_no_writing_of_another_number_is_found(data: st.DataObject) -> None:
    one, other = data.draw(dialled()), data.draw(dialled())
    assume(one != other)
    key, text = data.draw(written(one)), data.draw(written(other))
    assert found([("PHONE", key)], f"So ring {text} then.") == []


@pytest.mark.parametrize(
    ("label", "key", "texts", "others"),
    [
        ("ID", "QQ 12 34 56 C", ["QQ123456C", "qq 123456 c", "QQ-12-34-56-C"], ["QQ 12 34 57 C"]),
        (
            "ID",
            "QQ123456C",
            ["Q Q one two three four five six C", "QQ 12 34 56 C", "Q Q 1 2 3 4 5 6 C"],
            ["QQ12345", "QQ 12 34 56"],
        ),
        ("ID", "ZZ1 9ZZ", ["ZZ19ZZ", "zz1-9zz", "ZZ1\n9ZZ"], ["ZZ1 9ZX", "ZZ1", "19 ZZ"]),
        ("ID", "ZZ19ZZ", ["ZZ1 9ZZ"], ["ZZ1 8ZZ"]),
        ("ID", "900-12-3456", ["900123456", "900 12 3456", "900.12.3456"], ["900-12-3457"]),
        ("ID", "010101 0000", ["0101010000", "010101-0000", "010 101 0000"], ["010101 0001"]),
        ("ID", "12-34-56", ["123456", "12 34 56"], ["12-34-57", "1234567"]),
        (
            "PHONE",
            "oh seven seven double oh, nine hundred, one two three",
            ["07700 900 123", "+44 7700 900123"],
            ["07700 900 124"],
        ),
        ("PHONE", "0141 496 0123", ["496 0123", "four nine six, oh one two three"], ["496 0124"]),
        ("PHONE", "(212) 555-0142", ["555-0142", "1 212 555 0142"], ["(312) 555-0142"]),
        ("PHONE", "555-0142", ["555 0142", "212-555-0142"], ["555-0143"]),
        ("PHONE", "07700 900123 ext 12", ["+44 7700 900123"], []),
    ],
)
def test_a_number_is_one_whatever_stands_in_it(
    label: str, key: str, texts: list[str], others: list[str]
) -> None:
    for text in texts:
        assert label in found([(label, key)], f"He said {text}, aye."), text
    for text in others:
        assert found([(label, key)], f"He said {text}, aye.") == [], text


@pytest.mark.parametrize("label", sorted(NOUNS))
def test_a_form_without_a_number_is_none(label: Label) -> None:
    assert found([(label, "Morag")], "07700 900 123, and 12 of 2019") == []


def test_a_place_is_that_of_the_number() -> None:
    text = "Ring +44 (0)7700-900 123 tonight."
    (hit,) = KeySearch([("PHONE", "07700900123")]).find(text)
    assert text[hit.start : hit.end] == "44 (0)7700-900 123"


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Ring &#48;&#55;700 9&#48;0123, &#111;r not.", "&#48;&#55;700 9&#48;0123"),
        ("Ring %30%37700 9%300123, o%72 not.", "%30%37700 9%300123"),
        ("Ring 0\u200b7700 9\u00ad00123, o\u200br not.", "0\u200b7700 9\u00ad00123"),
        ("Ring \uff10\uff17700 900123, or not.", "\uff10\uff17700 900123"),
    ],
)
def test_figures_of_another_writing_are_the_number_and_no_part_of_a_word_is(
    text: str, there: str
) -> None:
    for form in ("07700 900123", there):
        places = KeySearch([("PHONE", form)]).find(text)
        assert {text[hit.start : hit.end] for hit in places} == {there}
