"""A stretch of a safe text leads back to its source, whatever was replaced before, in or after."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redact.core import Span
from redact.custody.payload import Entry, Form, Replaced
from redact.release.source_places import SourcePlaces
from tests.custody.test_payload import make_key

ENTRY = Entry(
    pseudonym="[Person 1]",
    type="PERSON",
    forms=(Form(text="Ada", count=1),),
    decided_by="t",
    reason="t",
)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 5), st.integers(0, 5)), max_size=6))
def test_what_was_left_alone_comes_back_and_what_was_replaced_comes_back_whole(
    pieces: list[tuple[int, int, int]],
) -> None:
    """Each piece is so many letters left alone, so many replaced, and so many put there."""
    replaced, source, safe = [], 0, 0
    origin: list[tuple[int, int]] = []  # of each letter of the safe text
    for alone, was, put in pieces:
        origin += [(source + n, source + n + 1) for n in range(alone)]
        source, safe = source + alone, safe + alone
        replaced.append(
            Replaced(
                doc="D0001",
                start=source,
                end=source + was,
                safe_start=safe,
                safe_end=safe + put,
                entry=0,
                form=0,
            )
        )
        origin += [(source, source + was)] * put
        source, safe = source + was, safe + put
    origin.append((source, source + 1))
    places = SourcePlaces(make_key(entries=(ENTRY,), replacements=tuple(replaced)))
    for start in range(len(origin)):
        for end in range(start + 1, len(origin) + 1):
            place = places.of("D0001", Span(start, end))
            assert (place.start, place.end) == (origin[start][0], origin[end - 1][1])
