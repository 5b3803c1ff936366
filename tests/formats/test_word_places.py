"""Words of a part that somebody dealt with, told apart from those that nobody did."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span
from redact.formats.word_places import TakenBytes, WordPlace, WordPlaces

STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=12)


def taken(stretches: list[tuple[int, int]]) -> TakenBytes:
    begins = array("I", (at for at, _ in stretches))
    return TakenBytes(begins, array("I", (at + long for at, long in stretches)))


@given(STRETCHES, STRETCHES)
def test_what_nobody_dealt_with_is_told_byte_by_byte(
    dealt_with: list[tuple[int, int]], words: list[tuple[int, int]]
) -> None:
    bytes_taken = {byte for at, long in dealt_with for byte in range(at, at + long)}
    stretches, places = taken(dealt_with), WordPlaces()
    for at, long in words:
        places.add(WordPlace(at=at, to=at + long + 1, reads="said", in_attribute=False))
    outside = {(one.at, one.to) for one in places.outside(stretches)}
    for one in places:
        rest = stretches.rest(one.at, one.to)
        said = {byte for span in rest for byte in range(span.start, span.end)}
        assert said == set(range(one.at, one.to)) - bytes_taken
        assert ((one.at, one.to) in outside) is bool(rest)


def test_places_come_back_as_they_were_noted() -> None:
    noted = [
        WordPlace(at=3, to=9, reads="said", in_attribute=True),
        WordPlace(at=12, to=14, reads="codes", in_attribute=False),
    ]
    places = WordPlaces()
    for one in noted:
        places.add(one)
    assert [*places] == noted
    assert len(places) == 2
    assert taken([(4, 2), (6, 3)]).rest(3, 12) == [Span(3, 4), Span(9, 12)]
